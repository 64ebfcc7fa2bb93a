"""An act of ours that took long is on record as such, and what hangs on its moment is not decided."""

import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from harness.errors import DeviceTimeout
from harness.events import DialogKind, DialogShown, Instant, SlowAct, Source, Tapped
from harness.events.action_kinds import Purpose
from harness.events.findings import Finding, Outcome
from harness.events.timeline import Timeline
from harness.language import Text
from harness.recording.journal import JOURNAL, Journal, read_journal
from harness.recording.steps import Slow, Step
from harness.session.dated_act import SLOW_SECONDS, dated_act
from harness.verdicts.slow_acts import either_way

TAP = Tapped(x=1, y=2, purpose=Purpose.FUNCTION)
TAPPED = Tapped(at=Instant(0, 10.0), source=Source.SESSION, x=1, y=2, purpose=Purpose.FUNCTION)
SLOW = SlowAct(at=Instant(0, 16.0), source=Source.SESSION, since=TAPPED.at)


def asked(uptime: float) -> DialogShown:
    return DialogShown(
        at=Instant(0, uptime), source=Source.TREE, dialog=DialogKind.PERMISSION, owner="a", text="", permission_group=None, box=(0, 0, 9, 9)
    )


@pytest.mark.parametrize(("seconds", "fails"), [(SLOW_SECONDS - 0.5, False), (6.0, False), (6.0, True)])
def test_an_act_is_on_the_disk_before_it_is_done_and_its_length_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, seconds: float, fails: bool
) -> None:
    (tmp_path / "raw").mkdir()
    journal, now = Journal(tmp_path / JOURNAL), time.monotonic()
    session: Any = SimpleNamespace(journal=journal, screen=SimpleNamespace(forget=lambda: None))

    def on_disk() -> list[tuple[float, Step]]:
        return [(line.host, line.step) for line in read_journal(tmp_path / JOURNAL)]

    def stall() -> None:
        with dated_act(session, TAP) as taken:
            assert [step for _host, step in on_disk()] == [TAP]
            monkeypatch.setattr(time, "monotonic", lambda: taken + seconds)
            if fails:
                raise DeviceTimeout("away")

    monkeypatch.setattr(time, "monotonic", lambda: now)
    if fails:
        with pytest.raises(DeviceTimeout):
            stall()
    else:
        stall()
    journal.close()
    ((host, _tap), *slow) = on_disk()
    assert [step for _host, step in slow] == ([Slow(of_host=host)] if seconds > SLOW_SECONDS else [])
    assert [end for end, _slow in slow] == [pytest.approx(host + seconds, abs=1e-5)] * len(slow)


def found(part: str, outcome: Outcome, *facts: Any) -> Finding:
    return Finding(rule="r", outcome=outcome, part=part, reason_zh="因", reason_en="why", facts=facts)


def judged(detector: Callable[[Timeline], list[Finding] | Text], timeline: Timeline) -> list[Finding]:
    findings = either_way(detector, timeline)
    assert isinstance(findings, list)
    return findings


def unexplained(timeline: Timeline) -> list[Finding] | Text:
    """What a detector does: an ask within 5 s after a tap is explained by it."""
    (tap,) = timeline.of(Tapped)
    asks = [ask for ask in timeline.of(DialogShown) if not 0 <= ask.at.seconds_since(tap.at) <= 5]
    return [found("asks", Outcome.SUSPECTED if asks else Outcome.CLEAR, tap, *asks), found("other", Outcome.CLEAR)]


@pytest.mark.parametrize(
    ("uptime", "outcome"),
    [
        (9.0, Outcome.SUSPECTED),
        (12.0, Outcome.INCONCLUSIVE),
        (16.2, Outcome.INCONCLUSIVE),
        (20.0, Outcome.INCONCLUSIVE),
        (30.0, Outcome.SUSPECTED),
    ],
)
def test_only_what_comes_out_otherwise_by_the_end_of_the_act_is_open(uptime: float, outcome: Outcome) -> None:
    timeline = Timeline([TAPPED, SLOW, asked(uptime)])
    one, other = judged(unexplained, timeline)
    assert (one.outcome, other.outcome) == (outcome, Outcome.CLEAR)
    assert (SLOW in one.facts) == (outcome is Outcome.INCONCLUSIVE)


def test_what_is_found_by_the_later_date_alone_is_told_with_facts_of_the_record() -> None:
    def late(timeline: Timeline) -> list[Finding] | Text:
        (tap,) = timeline.of(Tapped)
        return [found("late", Outcome.VIOLATION, tap)] if tap.at > TAPPED.at else []

    (one,) = judged(late, Timeline([TAPPED, SLOW]))
    assert (one.outcome, one.facts) == (Outcome.INCONCLUSIVE, (TAPPED, SLOW))


def test_an_accusation_either_way_is_the_weaker_one() -> None:
    def weaker(timeline: Timeline) -> list[Finding] | Text:
        (tap,) = timeline.of(Tapped)
        return [found("it", Outcome.VIOLATION if tap.at > TAPPED.at else Outcome.SUSPECTED, tap)]

    assert [one.outcome for one in judged(weaker, Timeline([TAPPED, SLOW]))] == [Outcome.SUSPECTED]
