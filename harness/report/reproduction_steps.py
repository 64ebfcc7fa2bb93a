"""What was done in a finding's run until it was seen, as steps that a person can repeat by hand."""

from collections.abc import Sequence
from itertools import groupby

from harness import events as ev
from harness.events import Event, Instant
from harness.events.action_kinds import ERASES, ClosedBy, Ending, Purpose
from harness.events.findings import Finding
from harness.events.permission_groups import group_name, group_names
from harness.events.timeline import Timeline
from harness.language import Text, _
from harness.report.wording.action_wording import INTERRUPTIONS, KEYS
from harness.report.wording.terms import DIALOGS, NOTHING, quoted, span, term
from harness.starts.segment_names import ACT_WORDS, slot_words
from harness.starts.trigger_names import TRIGGERS

MOST_STEPS = 24
"""Of one finding; of more the first and the last are told [PROJECT]."""
FEW_STEPS = 3
"""So few before the last cold start are told too [PROJECT]."""
WAIT_SECONDS = 10.0
"""A pause of so long between two acts is a step [PROJECT]."""
_ENDINGS = {
    Ending.FORCE_STOP: _("End the app in the settings of the system (force stop)."),
    Ending.CLEAR: _("Clear the app's data."),
    Ending.REINSTALL: _("Install the app anew."),
    Ending.SWIPE: _("Swipe the app off the recent tasks."),
    Ending.CLEAR_ALL: _("Clear the recent tasks."),
}
_TOLD_BY_OTHERS = (
    Purpose.DENY,
    Purpose.ALLOW,
    Purpose.CLOSE,
    Purpose.CONSENT_ACCEPT,
    Purpose.CONSENT_REFUSE,
    Purpose.FUNCTION,
    Purpose.FILL,
    Purpose.INTERRUPTION,
    Purpose.ADVERT,
    Purpose.TAKE_AWAY,
    Purpose.CLEAR_ALL,
)
"""Touches after which an event tells what they did."""


def steps(finding: Finding, timeline: Timeline, controls: Sequence[tuple[Instant, Instant]]) -> tuple[Text, ...]:
    """The acts from the last fresh start before a finding's facts to the last of these, without those of ``controls``.

    Of what is too long to repeat, those from the last cold start on, and what was refused before.
    """
    facts = [fact for fact in finding.facts if not _within(fact, controls)]
    if not facts:
        return ()
    first, last = facts[0].at, max(fact.at for fact in facts)
    acts = [event for event in timeline.between(next(iter(timeline)).at, last, ev.Event) if _step(event) and not _within(event, controls)]
    fresh = [act for act in acts if isinstance(act, ev.AppStopped) and act.how in ERASES and act.at <= first]
    acts = acts[acts.index(fresh[-1]) :] if fresh else acts
    told = _sentences(acts, last)
    if len(told) <= MOST_STEPS:
        return told
    cold = [act for act in acts if isinstance(act, ev.AppLaunched) and act.cold and act.at <= first]
    before = acts[: acts.index(cold[-1])] if cold else []
    before = before if len(before) > FEW_STEPS else []
    told = _sentences(acts[len(before) :], last)
    half, left = MOST_STEPS // 2, len(told) - MOST_STEPS
    if left > 0:
        told = (*told[:half], _("({count} more steps: see the record of the examination)", count=left), *told[-half:])
    if not before:
        return told
    refused = group_names(dict.fromkeys(act.permission_group for act in before if isinstance(act, ev.PermissionDenied)))
    count = len(_sentences(before, first))
    return (
        _("(Before: {count} steps, see the record of the examination; refused: {groups})", count=count, groups=refused or _("none")),
        *told,
    )


def _within(event: Event, spans: Sequence[tuple[Instant, Instant]]) -> bool:
    return any(start <= event.at <= end for start, end in spans)


def _sentences(acts: Sequence[Event], last: Instant) -> tuple[Text, ...]:
    """Each act with the pause after it; what repeats once with its count."""
    told = []
    for act, until in zip(acts, [*(act.at for act in acts), last][1:], strict=True):
        told.append(_step(act) or NOTHING)
        if act.at.boot == until.boot and (seconds := until.seconds_since(act.at)) >= WAIT_SECONDS:
            told.append(_("Wait {time}.", time=span(seconds)))
    counted = [(text, len([*alike])) for text, alike in groupby(told)]
    return tuple(_("{text} ({times} times)", text=text, times=times) if times > 1 else text for text, times in counted)


def _step(event: Event) -> Text | None:
    """What a person does for an act; None for what is no act of the person's."""
    match event:
        case ev.AppStopped() if event.how is Ending.KILL:
            return _("End the app's processes: {command}.", command=f"adb shell am kill {event.package}")
        case ev.AppStopped():
            return _ENDINGS.get(event.how)
        case ev.AppLaunched():
            return _("Open the app.")
        case ev.PermissionDenied():
            return _("Refuse the {group} permission by {button}.", group=group_name(event.permission_group), button=quoted(event.button))
        case ev.PermissionGranted():
            return _("Allow the {group} permission by {button}.", group=group_name(event.permission_group), button=quoted(event.button))
        case ev.ConsentGiven():
            return _("Agree to the privacy policy by {button}.", button=quoted(event.button))
        case ev.ConsentRefused():
            return _("Refuse the privacy policy by {button}.", button=quoted(event.button))
        case ev.DialogClosed() if event.by is not ClosedBy.SYSTEM:
            by = {ClosedBy.KEY: KEYS["back"], ClosedBy.OUTSIDE: _("a touch beside it")}.get(event.by, quoted(event.button))
            return _("Close {what} by {button}.", what=DIALOGS[event.dialog], button=by)
        case ev.InterruptionClosed():
            return _("Close {what} by {button}.", what=term(INTERRUPTIONS, event.interruption), button=quoted(event.button))
        case ev.FieldFilled():
            return _("Fill the field {field} with {text}.", field=quoted(event.field), text=quoted(event.text))
        case _:
            return _touch(event) or _brought_about(event)


def _touch(event: Event) -> Text | None:
    match event:
        case ev.FunctionUsed():
            return _("Press {what}.", what=quoted(event.text))
        case ev.Tapped() if event.held:
            return _("Hold a finger on {what} for a second.", what=quoted(event.text))
        case ev.Tapped() if event.purpose not in _TOLD_BY_OTHERS:
            return _("Press {what}.", what=quoted(event.text)) if event.text else _("Touch the screen at {x}, {y}.", x=event.x, y=event.y)
        case ev.Swiped():
            return _("Swipe from {x}, {y} to {to_x}, {to_y}.", x=event.x, y=event.y, to_x=event.to_x, to_y=event.to_y)
        case ev.KeyPressed():
            return _("Press {what}.", what=term(KEYS, event.key))
        case ev.AdvertActed():
            where = quoted(event.words) if event.words else slot_words(event.slot)
            act = term(ACT_WORDS, event.act)
            if (event.x, event.y) == (0, 0):  # no finger
                return _("At {where}: {act}.", where=where, act=act)
            return _("At {where} ({x}, {y}): {act}.", where=where, x=event.x, y=event.y, act=act)
        case _:
            return None


def _brought_about(event: Event) -> Text | None:
    match event:
        case ev.ClockShifted():
            if not event.seconds:
                return _("Put the phone's clock back.")
            return _("Set the phone's clock {time} ahead.", time=span(event.seconds))
        case ev.TriggerFired():
            return _("Bring about: {what}.", what=TRIGGERS[event.trigger])
        case ev.PhoneRebooted():
            return _("Restart the phone.")
        case _:
            return None
