"""An app that the system ends in the middle of its use did not get to what it might have done: that is no "did not"."""

from harness.events.findings import Outcome
from harness.rules import load_rules
from harness.verdicts.judge import Verdict, judge
from tests.cases.script import APP, timeline

RULE = "c5-asks-again-in-session"
USED = """
2 segment first-launch
2.1 launch
2.2 start 4000
2.4 resume
3 dialog CAMERA
4 deny CAMERA
{end}
150 segment return
151 key home
151.2 home
157 launch warm
157.2 start 4100
157.4 resume
170 key none
"""


def verdict(end: str) -> Verdict:
    (rule,) = [rule for rule in load_rules() if rule.id == RULE]
    return judge(timeline(USED.format(end=end)), APP, [rule])[0]


def test_too_short_a_watch_because_of_the_system_is_inconclusive() -> None:
    found = verdict("60 low_memory 4000\n60.1 died 4000")
    assert found.outcome is Outcome.INCONCLUSIVE
    assert "the system ended the app" in found.reason_en


def test_an_end_by_the_app_itself_or_in_the_background_is_none_of_the_systems() -> None:
    for end in ("60 exited 4000 status 0\n60.1 died 4000", "50 key home\n50.2 home\n60 low_memory 4000\n60.1 died 4000"):
        assert verdict(end).outcome is Outcome.NOT_EXERCISED, end


def test_a_stop_of_ours_is_known_by_the_journal_where_the_log_lost_who_asked() -> None:
    killed = "60.2 kill 4000 stop com.example.shop due to from pid 77\n60.3 died 4000"
    assert verdict(killed).outcome is Outcome.INCONCLUSIVE
    assert verdict(f"60 stop\n{killed}").outcome is Outcome.NOT_EXERCISED
