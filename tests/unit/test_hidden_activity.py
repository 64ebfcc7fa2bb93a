"""How long a window that is read is a page's of the background: what a hand-written timeline of one boot cannot say."""

import pytest

from harness import events as ev
from harness.detectors.hidden_activity import hidden_activity
from harness.events import Instant, Source
from harness.events.findings import Outcome
from harness.events.timeline import Timeline
from harness.rules import load_rules
from tests.cases.script import APP, timeline

(RULE,) = [rule for rule in load_rules() if rule.id == "c6-hidden-activity"]
VEIL = "com.example.shop/.Veil"
SCRIPT = f"""
1 launch
1.5 start 4000
5 key home
6 segment trigger-dark-1
10.2 created {VEIL}
90 key none
"""


def outcome(boot: int, uptime: float) -> Outcome:
    """What a window of one pixel says that is read then."""
    written = timeline(SCRIPT).of(ev.Event)
    (created,) = [event for event in written if isinstance(event, ev.ActivityCreated)]
    dot = ev.WindowSeen(at=Instant(boot, uptime), source=Source.DUMP, ref=created.ref, component=VEIL, width=1, height=1, translucent=True)
    (finding,) = hidden_activity(Timeline([*written, dot]), APP, RULE)
    return finding.outcome


@pytest.mark.parametrize(
    ("boot", "uptime", "wanted"),
    [
        (0, 10.5, Outcome.VIOLATION),
        (0, 89.0, Outcome.VIOLATION),  # the same page, however late
        (1, 20.0, Outcome.INCONCLUSIVE),  # no page outlives its boot: it is another's
        (0, 9.0, Outcome.INCONCLUSIVE),  # a window of the page before
    ],
)
def test_a_window_is_the_pages_until_the_boot_ends(boot: int, uptime: float, wanted: Outcome) -> None:
    assert outcome(boot, uptime) is wanted
