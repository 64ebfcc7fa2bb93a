"""A finding's run as steps that a person can repeat."""

from harness.events import AppLaunched, AppStopped, DialogClosed, DialogKind, Event, Instant, PermissionDenied, ProcessDied, Source, Tapped
from harness.events.action_kinds import ClosedBy, Ending, Proof, Purpose
from harness.events.findings import Finding, Outcome
from harness.events.timeline import Timeline
from harness.language import said
from harness.report.reproduction_steps import MOST_STEPS, steps

APP = "org.example.app"
LOCATION = "LOCATION"


def acts(first: float, *, end: float) -> list[Event]:
    """Start the app at ``first``, refuse, close what is shown, and see it die at ``end``."""

    def at(seconds: float) -> dict[str, object]:
        return {"at": Instant(0, first + seconds), "source": Source.SESSION}

    return [
        AppLaunched(package=APP, component=f"{APP}/.Main", cold=True, **at(0)),
        Tapped(x=1, y=2, purpose=Purpose.DENY, text="不允许", **at(2)),
        PermissionDenied(package=APP, permission_group=LOCATION, button="不允许", again=False, proof=Proof.FLAGS, **at(3)),
        DialogClosed(dialog=DialogKind.RATIONALE, permission_group=LOCATION, button="取消", by=ClosedBy.KEY, **at(4)),
        ProcessDied(at=Instant(0, end), source=Source.EVENTS, pid=7, process=APP),
    ]


def told(events: list[Event], facts: list[Event], controls: tuple[tuple[Instant, Instant], ...] = ()) -> list[str]:
    finding = Finding(rule="c5-exit-after-denial", outcome=Outcome.VIOLATION, part=LOCATION, reason_zh="", reason_en="", facts=facts)
    return [said(step) for step in steps(finding, Timeline(events), controls)]


def test_each_act_is_a_step_and_what_an_event_tells_is_told_once() -> None:
    cleared = AppStopped(package=APP, how=Ending.CLEAR, at=Instant(0, 90.0), source=Source.SESSION)
    run = [*acts(0.0, end=5.0), cleared, *acts(100.0, end=120.0)]
    control = (Instant(0, 200.0), Instant(0, 220.0))
    run += acts(200.0, end=210.0)
    assert told(run, [run[-8], run[-6], run[-1]], (control,)) == [
        "Clear the app's data.", "Wait 10.0 seconds.", "Open the app.", "Refuse the location permission by '不允许'.",
        "Close the app's own permission prompt by the back key.", "Wait 16.0 seconds.",
    ]  # fmt: skip
    assert told(run, [run[-1]], (control,)) == []


def test_of_a_long_run_the_last_cold_start_is_told_and_what_was_refused_before() -> None:
    run = [event for start in range(0, 1000, 100) for event in acts(start, end=start + 5)]
    last = told(run, run[-5:])
    assert last == ["(Before: 36 steps, see the record of the examination; refused: location)", *told(run[-5:], run[-5:])]
    whole = told(run, run)
    assert len(whole) == MOST_STEPS + 1
    assert "(15 more steps: see the record of the examination)" in whole
