"""What is judged twice: given up for a window of others and done again, or hung on the moment of a slow act of ours."""

import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock, call

import pytest

from harness.engine.scenario_run import from_nothing
from harness.errors import DeviceTimeout
from harness.events import DialogKind, DialogShown, DoneAgain, Event, Instant, SlowAct, Source, StreamLost, Tapped
from harness.events.action_kinds import Purpose
from harness.events.findings import Finding, Outcome
from harness.events.timeline import Timeline
from harness.language import Text
from harness.recording.journal import JOURNAL, Journal, read_journal
from harness.recording.steps import Slow, Step
from harness.session.dated_act import SLOW_SECONDS, dated_act
from harness.session.seen_acts import TOAST_SECONDS
from harness.verdicts.done_again import seen_before, without_given_up
from harness.verdicts.slow_acts import either_way


def tapped(uptime: float) -> Tapped:
    return Tapped(at=Instant(0, uptime), source=Source.SESSION, x=1, y=1, purpose=Purpose.WALK)


FIRST, GIVEN_UP, ANEW = tapped(5.0), tapped(20.0), tapped(60.0)
LOST = StreamLost(at=Instant(0, 30.0), source=Source.SESSION, stream=Source.MAIN, reason="away")
AGAIN = DoneAgain(at=Instant(0, 50.0), source=Source.SESSION, since=Instant(0, 10.0))
TIMELINE = Timeline([FIRST, GIVEN_UP, LOST, AGAIN, ANEW])


def found(outcome: Outcome, *facts: Event, part: str = "LOCATION") -> Finding:
    return Finding(rule="r", outcome=outcome, part=part, reason_zh="因", reason_en="why", facts=facts)


def test_what_was_given_up_is_judged_no_more_and_a_lost_stream_stays_lost() -> None:
    assert list(without_given_up(TIMELINE)) == [FIRST, LOST, AGAIN, ANEW]
    plain = Timeline([FIRST, ANEW])
    assert without_given_up(plain) is plain


def test_an_accusation_by_what_was_given_up_stands_once() -> None:
    loop, clear = found(Outcome.VIOLATION, FIRST, GIVEN_UP), found(Outcome.CLEAR, ANEW)
    every = [
        loop,
        found(Outcome.VIOLATION, FIRST),
        found(Outcome.INCONCLUSIVE, GIVEN_UP),
        found(Outcome.VIOLATION, GIVEN_UP, ANEW),
        found(Outcome.CLEAR, GIVEN_UP),
    ]
    assert seen_before(every, [clear], TIMELINE) == [loop]
    assert seen_before(every, [found(Outcome.VIOLATION, ANEW)], TIMELINE) == []


def test_a_start_done_again_waits_until_no_toast_of_the_first_is_left() -> None:
    session, drive = Mock(), Mock()
    session.device.toast.side_effect = ["请开启定位", "请开启定位", ""]
    session.attach_mock(drive, "drive")
    from_nothing(drive, session, "canary")
    waited = [call.idle(TOAST_SECONDS), call.device.toast()]
    assert session.mock_calls == [call.stop(), *waited, *waited, *waited, call.drive(session, "canary")]


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


def slow_found(part: str, outcome: Outcome, *facts: Any) -> Finding:
    return Finding(rule="r", outcome=outcome, part=part, reason_zh="因", reason_en="why", facts=facts)


def judged(detector: Callable[[Timeline], list[Finding] | Text], timeline: Timeline) -> list[Finding]:
    findings = either_way(detector, timeline)
    assert isinstance(findings, list)
    return findings


def unexplained(timeline: Timeline) -> list[Finding] | Text:
    """What a detector does: an ask within 5 s after a tap is explained by it."""
    (tap,) = timeline.of(Tapped)
    asks = [ask for ask in timeline.of(DialogShown) if not 0 <= ask.at.seconds_since(tap.at) <= 5]
    return [slow_found("asks", Outcome.SUSPECTED if asks else Outcome.CLEAR, tap, *asks), slow_found("other", Outcome.CLEAR)]


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
        return [slow_found("late", Outcome.VIOLATION, tap)] if tap.at > TAPPED.at else []

    (one,) = judged(late, Timeline([TAPPED, SLOW]))
    assert (one.outcome, one.facts) == (Outcome.INCONCLUSIVE, (TAPPED, SLOW))


def test_an_accusation_either_way_is_the_weaker_one() -> None:
    def weaker(timeline: Timeline) -> list[Finding] | Text:
        (tap,) = timeline.of(Tapped)
        return [slow_found("it", Outcome.VIOLATION if tap.at > TAPPED.at else Outcome.SUSPECTED, tap)]

    assert [one.outcome for one in judged(weaker, Timeline([TAPPED, SLOW]))] == [Outcome.SUSPECTED]
