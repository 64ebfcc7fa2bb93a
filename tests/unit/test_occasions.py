"""Why a rule was not exercised is told by the occasion that was missing, and only where all of the run was seen."""

from dataclasses import replace

import pytest

from harness.events import Instant, Source, StreamLost, StreamOpened
from harness.events.findings import Outcome
from harness.events.timeline import Timeline
from harness.rules import load_rules
from harness.verdicts.judge import judge
from tests.cases.script import APP, timeline

RULES = {rule.id: rule for rule in load_rules()}
BY_HAND = """
    0   segment by-hand
    1   resume
    2   screen home 首页 今日推荐
"""
LAUNCHED = """
    0   stop clear
    1   segment first-launch
    1.5 launch
    2   resume
    3   screen home 首页 今日推荐
    20  end
"""


def verdict(rule: str, events: Timeline) -> tuple[Outcome, str, str]:
    (found,) = judge(events, APP, [RULES[rule]])
    return found.outcome, found.reason_zh, found.reason_en


def without_tree(script: str, lost: float, back: float | None = None) -> Timeline:
    """The script with the view tree away from a moment on."""
    away = [StreamLost(at=Instant(0, lost), source=Source.SESSION, stream=Source.TREE, reason="it stays empty")]
    again = [StreamOpened(at=Instant(0, back), source=Source.SESSION, stream=Source.TREE)] if back is not None else []
    return Timeline([*timeline(script), *away, *again])


def test_an_app_that_was_opened_by_hand_was_open() -> None:
    for rule in RULES:
        outcome, zh, en = verdict(rule, timeline(BY_HAND))
        assert outcome is Outcome.NOT_EXERCISED, rule
        assert "没有打开" not in zh, rule
        assert "not open" not in en, rule


@pytest.mark.parametrize(
    ("rule", "script", "said"),
    [
        ("c1-no-privacy-prompt", BY_HAND, "首次运行"),
        ("c1-permission-before-consent", BY_HAND, "首次运行"),
        ("c1-consent-preticked", BY_HAND, "未弹出隐私政策"),
        ("c5-exit-after-denial", BY_HAND, "未申请权限"),
        ("c5-exit-after-denial", "1 stop", "没有打开过"),
        ("c5-dialog-loop", f"{BY_HAND}\n15 dialog LOCATION", "没有拒绝"),
        ("c5-asks-again-on-relaunch", f"{BY_HAND}\n15 dialog LOCATION\n16 deny LOCATION", "没有冷启动"),
        ("c5-denial-blocks-login", f"{BY_HAND}\n15 dialog LOCATION\n16 deny LOCATION", "登录"),
        ("c5-purpose-not-told", BY_HAND, "未申请权限"),
        ("c5-bundled-request", f"{BY_HAND}\n15 dialog NOTIFICATIONS", "不属于"),
        ("c6-self-start", BY_HAND, "没有触发过"),
        ("c6-association-start", "1 stop", "后台"),
        ("c7-jump", LAUNCHED, "没有寻找过广告"),
        ("c7-jump", LAUNCHED.replace("first-launch", "advert-start-1"), "没有出现广告"),
        ("c7-shake-jump", "1 segment advert-start-1\n2 advert a splash x", "没有移动过手机"),
    ],
)
def test_the_reason_names_the_occasion_that_was_missing(rule: str, script: str, said: str) -> None:
    outcome, zh, _ = verdict(rule, timeline(script))
    assert (outcome, said in zh) == (Outcome.NOT_EXERCISED, True), zh


def test_an_app_that_was_opened_and_never_answered_is_not_told_as_one_that_did_nothing() -> None:
    for rule in (rule for rule in RULES if not rule.startswith("c6-")):
        name = "advert-start-1" if rule.startswith("c7-") else "first-launch"
        outcome, _zh, en = verdict(rule, timeline(f"0 stop clear\n1 segment {name}\n1.5 launch\n3 home-seen\n20 end"))
        assert outcome is Outcome.INCONCLUSIVE, rule
        assert "it does not answer" in en or rule == "c1-no-privacy-prompt", rule


def test_without_a_tree_nothing_did_not_happen() -> None:
    for rule in (rule for rule in RULES if not rule.startswith("c6-")):
        script = LAUNCHED.replace("first-launch", {"c7": "advert-start-1", "c2": "allow-front"}.get(rule[:2], "first-launch"))
        outcome, zh, en = verdict(rule, without_tree(script, 4.0))
        assert outcome in (Outcome.INCONCLUSIVE, Outcome.SUSPECTED), rule
        assert outcome is Outcome.SUSPECTED or "中断" in zh or "不完整" in zh, rule
        assert outcome is Outcome.SUSPECTED or "it stays empty" in en or "incomplete" in en, rule


def test_a_tree_that_was_away_for_a_while_leaves_nothing_clear() -> None:
    script = "0 stop clear\n1 segment first-launch\n1.5 launch\n2 resume\n5 dialog LOCATION\n6 deny LOCATION\n40 end"
    whole, holed = timeline(script), without_tree(script, 30.0, 35.0)
    assert verdict("c5-dialog-loop", whole)[0] is Outcome.CLEAR
    assert verdict("c5-dialog-loop", holed)[0] is Outcome.INCONCLUSIVE


def test_a_tree_that_was_away_while_adverts_were_tried_is_missed_by_their_rules_only() -> None:
    refused = "0 stop clear\n1 segment first-launch\n1.5 launch\n2 resume\n5 dialog LOCATION\n6 deny LOCATION\n80 end\n"
    tried = "90 segment advert-start-1\n91 launch\n92 advert card feed-card x\n93 act card nothing\n101 left card still\n130 end"
    holed = without_tree(refused + tried, 110.0, 120.0)
    assert verdict("c5-dialog-loop", holed)[0] is Outcome.CLEAR
    assert verdict("c7-jump", holed)[0] is Outcome.INCONCLUSIVE
    assert verdict("c7-jump", without_tree(refused + tried, 20.0, 30.0))[0] is Outcome.CLEAR


def test_what_was_lost_before_and_after_the_driving_takes_nothing_away() -> None:
    assert verdict("c5-exit-after-denial", without_tree(LAUNCHED, 0.2, 0.5))[0] is Outcome.NOT_EXERCISED
    assert verdict("c5-exit-after-denial", without_tree(LAUNCHED, 20.5))[0] is Outcome.NOT_EXERCISED


def test_an_app_whose_code_does_not_run_is_told_as_that() -> None:
    (found,) = judge(timeline("1 segment first-launch\n2 launch\n3 end"), replace(APP, code_runs=False), [RULES["c5-dialog-loop"]])
    assert "不运行 APK 代码" in found.reason_zh
