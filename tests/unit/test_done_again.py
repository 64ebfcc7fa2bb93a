"""What was given up for a window of others and done again: judged by the second time, accused by the first one too."""

from unittest.mock import Mock, call

from harness.engine.scenario_run import from_nothing
from harness.events import DoneAgain, Event, Instant, Source, StreamLost, Tapped
from harness.events.action_kinds import Purpose
from harness.events.findings import Finding, Outcome
from harness.events.timeline import Timeline
from harness.session.seen_acts import TOAST_SECONDS
from harness.verdicts.done_again import seen_before, without_given_up


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
