"""For each rule of clause 7: what shows its fault was seen and never tried, so another place clears nothing."""

import pytest

from harness.events.findings import Outcome
from tests.cases.test_cases import FILES, outcome_of

SEEN = {
    "c7-close-acts-as-confirm": "feed-card 乙 control=close:×",
    "c7-disguised-download": "red-packet 乙 control=act:领取红包",
    "c7-download-outside-button": "feed-card 乙 control=load:下载乙 control=title:乙",
    "c7-download-without-notice": "feed-card 乙 control=load:下载乙",
    "c7-jump": "banner 乙",
    "c7-not-the-promised-app": "feed-card 乙 control=load:下载乙",
    "c7-shake-jump": "interstitial 乙",
    "c7-window-cannot-close": "red-packet 乙 control=close:×",
}


@pytest.mark.parametrize("rule", SEEN)
def test_what_was_seen_and_never_tried_is_not_clear_by_another_place(rule: str) -> None:
    case = next(case for case in FILES[rule] if case["expect"] == "clear" and "reason" not in case)
    assert outcome_of(rule, case) is Outcome.CLEAR
    assert outcome_of(rule, case | {"script": f"{case['script']}\n900 advert unseen {SEEN[rule]}\n"}) is Outcome.INCONCLUSIVE


ROWS = """
1 opened advert-start-1
2 advert card feed-card 甲 control=load:下载 control=title:甲 told=name:甲
3 advert card feed-card 乙 control=load:下载 control=title:乙 told=name:乙 {lower}
4 advert card feed-card 甲 control=load:下载 control=title:甲 told=name:甲
5 act card button role=load words=下载
8 download file /sdcard/Download/a.apk done path=/sdcard/Download/a.apk
13 left card still
15 described file /sdcard/Download/a.apk com.example.jia 甲
"""


@pytest.mark.parametrize(("lower", "outcome"), [("lower=1300", Outcome.INCONCLUSIVE), ("", Outcome.CLEAR)], ids=["row", "turn"])
def test_a_row_that_shares_a_place_was_not_tried_with_another_and_what_comes_there_in_turn_is_no_row(lower: str, outcome: Outcome) -> None:
    assert outcome_of("c7-not-the-promised-app", {"script": ROWS.format(lower=lower)}) is outcome
