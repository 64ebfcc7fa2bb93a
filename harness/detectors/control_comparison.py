"""Control runs: what followed a denial is tried again on a fresh start, once with Allow and once with no answer.

An app that ends there too does not end because it was refused: it dislikes ADB, emulators or a missing network, or is
broken. Then nothing can be said of its answer to a denial (docs/verdicts.md 1.7).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from harness.detectors.app_exits import BY_APP, ending
from harness.detectors.asks import CONTROL_SEGMENTS
from harness.detectors.dialog_causes import ACT_SLACK
from harness.events import (
    ActivityResumed,
    AppLaunched,
    AppStopped,
    ControlAnswer,
    ControlStarted,
    DialogClosed,
    DialogKind,
    DialogShown,
    Event,
    FocusSeen,
    FunctionUsed,
    Instant,
    KeyPressed,
    PermissionDenied,
    PermissionGranted,
    ScreenshotTaken,
)
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding, Outcome
from harness.events.timeline import Timeline
from harness.language import Text, _
from harness.pages.view_structure import unnumbered
from harness.rules import Rule

Alike = Callable[[ControlAnswer, Instant, Instant], tuple[Event, ...] | None]

ALLOW, NONE = ControlAnswer.ALLOW, ControlAnswer.NONE
END_OF_CONTROL = "end-of-control"
"""Why the picture at the end of a control run was taken."""
WATCH_SLACK = 0.5
"""Seconds by which a watch may be shorter than asked for: one look at the screen."""


class ControlState(StrEnum):
    """How one answer of a control run went."""

    WELL = "well"  # the app went on
    ALIKE = "alike"  # it ended, or did the same, without having been refused
    UNREACHED = "unreached"  # the run did not come to that dialog again
    UNASKED = "unasked"  # it used the function again, and the app did not ask
    UNUSED = "unused"  # it did, and not to the function that is said to be closed
    UNSEEN = "unseen"  # the watch was cut short, or a stream is incomplete
    MISSING = "missing"  # nobody tried


@dataclass(frozen=True, slots=True)
class ControlResult:
    """One answer, how it went, and the facts that say so.

    ``answered`` is when the app had it, ``until`` how long it was watched then; None if it never had it.
    ``of_another``: it repeats another refusal of the same permission.
    """

    answer: ControlAnswer
    state: ControlState
    facts: tuple[Event, ...] = ()
    answered: Instant | None = None
    until: Instant | None = None
    of_another: bool = False


_ANSWERS = {ALLOW: _("with Allow"), NONE: _("without an answer")}
_WENT_ON = {
    (True, False): _("in two control runs, one with Allow and one without an answer, the app went on"),
    (True, True): _("in two control runs of another refusal of it, one with Allow and one without an answer, the app went on"),
    (False, False): _("in a control run without an answer the app went on"),
    (False, True): _("in a control run of another refusal of it, without an answer, the app went on"),
}
"""By whether both answers were tried, and whether another refusal of the same permission was."""


def _why(side: ControlResult) -> Text:
    """Why an answer proves nothing."""
    answer = _ANSWERS[side.answer]
    return {
        ControlState.UNREACHED: _("the control run {answer} did not come to that dialog again", answer=answer),
        ControlState.UNASKED: _("the control run {answer} used the same function again, and the app did not ask", answer=answer),
        ControlState.UNUSED: _("the control run {answer} did not come to that function again", answer=answer),
        ControlState.UNSEEN: _("the control run {answer} could not be watched to its end", answer=answer),
        ControlState.MISSING: _("no control run was made"),
    }[side.state]


def nothing_alike(answer: ControlAnswer, start: Instant, end: Instant) -> tuple[Event, ...]:
    """For rules about endings: besides an end of the app there is nothing that it could do alike."""
    return ()


def controls(
    timeline: Timeline, app: AppUnderTest, rule: Rule, denied: Event, group: str | None, alike: Alike = nothing_alike, function: str = ""
) -> tuple[ControlResult, ...]:
    """Return both answers of the control run of ``denied``, else of another denial of the same group.

    With ``function``, of that one only.

    ``alike`` tells what the app did under an answer, between two moments, that is the same as what it is accused of;
    None where that was not tried. A guide to the settings has nothing to allow, so leaving it alone is all there is to
    try.
    """
    guide = isinstance(denied, DialogClosed) and denied.dialog is DialogKind.SETTINGS_GUIDE
    found = ((answer, _control(timeline, denied, group, answer, function)) for answer in ((NONE,) if guide else (ALLOW, NONE)))
    return tuple(_side(timeline, app, rule, control, denied, answer, alike) for answer, control in found)


def is_same_control(text: str, other: str) -> bool:
    """Whether two captions name one control: its numbers may have changed since."""
    return unnumbered(text) == unnumbered(other)


def spans(sides: Iterable[ControlResult]) -> list[tuple[Instant, Instant]]:
    """Return the spans in which the app was watched once it had each answer."""
    return [(side.answered, side.until) for side in sides if side.answered is not None and side.until is not None]


def compare_with_controls(finding: Finding, sides: tuple[ControlResult, ...], *tried: Event) -> Finding:
    """The finding after its control run: it stands where the app went on, and falls where it did the same.

    ``tried`` is what the control run repeats: the denial, and the function used after it where that matters.
    """
    alike = [side for side in sides if side.state is ControlState.ALIKE]
    open_sides = [side for side in sides if side.state is not ControlState.WELL]
    facts = tuple(fact for side in alike or sides for fact in side.facts)
    outcome = finding.outcome
    if alike:
        outcome = Outcome.INCONCLUSIVE
        note = _("the control run {answer} went alike: nothing shows that the refusal is the cause", answer=_ANSWERS[alike[0].answer])
        if alike[0].answered is None:
            note = _("the control run ended before the app asked: nothing shows that the refusal is the cause")
    elif open_sides:
        note = _why(open_sides[0])
        outcome = Outcome.SUSPECTED if outcome is Outcome.VIOLATION else outcome
    else:
        note = _WENT_ON[len(sides) > 1, any(side.of_another for side in sides)]
    return replace(
        finding,
        outcome=outcome,
        reason=_("{said}; {note}", said=finding.reason, note=note),
        facts=(*finding.facts, *facts),
        tried_again=tried,
    )


def _side(
    timeline: Timeline, app: AppUnderTest, rule: Rule, control: ControlStarted | None, denied: Event, answer: ControlAnswer, alike: Alike
) -> ControlResult:
    if control is None:
        return ControlResult(answer, ControlState.MISSING)
    end = next(end for _, start, end in timeline.segments(CONTROL_SEGMENTS) if start <= control.at <= end)
    of_another = control.of != denied.at
    answered = _answered(timeline, control, end)
    if answered is None:
        if early := _ended_early(timeline, app, control, end):
            return ControlResult(answer, ControlState.ALIKE, (control, *early))
        used = [
            each
            for each in timeline.between(control.at, end, FunctionUsed)
            if control.function and is_same_control(each.text, control.function)
        ]
        return ControlResult(answer, ControlState.UNASKED if used else ControlState.UNREACHED, (control, *used[-1:]))
    seconds = rule.threshold("control_seconds")
    until = min(end, answered.at.later(seconds))
    keys = [key.at for key in timeline.between(answered.at, until, KeyPressed)]  # on the way to a function; Back may leave the app
    gone = ending(timeline, app, answered.at, min([until, *(at.earlier(ACT_SLACK) for at in keys)]))
    same = gone.facts if gone is not None and gone.cause in BY_APP else alike(answer, answered.at, until)
    cut = gone is not None or until.seconds_since(answered.at) < seconds - WATCH_SLACK or not _covered(timeline, rule, answered.at, until)
    if same is None:
        state = ControlState.UNUSED
    elif same:
        state = ControlState.ALIKE
    else:
        state = ControlState.UNSEEN if cut else ControlState.WELL
    shown = same or (_end_of_watch(timeline, app, answered.at, end) if state is ControlState.WELL else ())
    return ControlResult(answer, state, (control, answered, *shown), answered.at, until, of_another)


def _end_of_watch(timeline: Timeline, app: AppUnderTest, answered: Instant, end: Instant) -> tuple[Event, ...]:
    """What shows that the app went on: its page that was in front last, and the picture at the end."""
    asked = [event for event in timeline.between(answered, end, FocusSeen) if event.package == app.package]
    front: list[Event] = [*asked] or [event for event in timeline.between(answered, end, ActivityResumed) if app.owns(event.component)]
    pictures = [shot for shot in timeline.between(answered, end, ScreenshotTaken) if shot.why == END_OF_CONTROL]
    return (*front[-1:], *pictures[-1:])


def _covered(timeline: Timeline, rule: Rule, start: Instant, end: Instant) -> bool:
    return all(timeline.covered(source, start, end) for source in rule.needs)


def _control(timeline: Timeline, denied: Event, group: str | None, answer: ControlAnswer, function: str) -> ControlStarted | None:
    """The control run with this answer: of that very denial, else the last one of its group.

    One of another function proves nothing.
    """
    found = [control for control in timeline.of(ControlStarted) if control.answer == answer]
    found = [control for control in found if not function or not control.function or is_same_control(control.function, function)]
    exact = [control for control in found if control.of == denied.at]
    return next(reversed(exact or [control for control in found if control.permission_group == group]), None)


def _answered(timeline: Timeline, control: ControlStarted, end: Instant) -> Event | None:
    """Our tap on allow; for no answer the dialog that was left alone.

    The first one after our last denial of its group.
    """
    group = control.permission_group
    if control.answer == ALLOW:
        granted = timeline.between(control.at, end, PermissionGranted)
        return next((event for event in granted if event.permission_group == group), None)
    refusals: list[PermissionDenied | DialogClosed] = timeline.between(control.at, end, PermissionDenied, DialogClosed)
    denied = [refusal.at for refusal in refusals if refusal.permission_group == group]
    shown = timeline.between(max(denied, default=control.at), end, DialogShown)
    return next((dialog for dialog in shown if _asks(dialog) and dialog.permission_group in (group, None)), None)


def _asks(dialog: DialogShown) -> bool:
    return dialog.dialog in (DialogKind.PERMISSION, DialogKind.RATIONALE, DialogKind.SETTINGS_GUIDE)


def _ended_early(timeline: Timeline, app: AppUnderTest, control: ControlStarted, end: Instant) -> tuple[Event, ...]:
    """The facts of an end that came before the app asked, and before any act of ours but opening it."""
    launches = timeline.between(control.at, end, AppLaunched)
    if not launches:
        return ()
    acts = timeline.between(launches[0].at, end, PermissionDenied, DialogClosed, FunctionUsed, KeyPressed, AppStopped)
    first = min([end, *(act.at.earlier(ACT_SLACK) for act in acts)])  # the log may date what our act did before it
    gone = ending(timeline, app, launches[0].at, first)
    return gone.facts if gone is not None and gone.cause in BY_APP else ()
