"""The tester's actions in a part of a run, in words: by time, repeated ones in one row with their count."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from harness import events as ev
from harness.events import Event
from harness.language import Text, _, listed
from harness.recording.journal import JOURNAL
from harness.report.run_clock import RunClock
from harness.report.wording import words
from harness.report.wording.action_wording import PURPOSES
from harness.report.wording.terms import quoted, term

KINDS = (
    ev.Tapped,
    ev.Swiped,
    ev.KeyPressed,
    ev.FieldFilled,
    ev.FunctionUsed,
    ev.AppLaunched,
    ev.AppStopped,
    ev.ClockShifted,
    ev.TriggerFired,
    ev.ControlStarted,
    ev.PhoneRebooted,
    ev.NeighbourSeen,
    ev.CommandRun,
    ev.NotTried,
    ev.PermissionDenied,
    ev.PermissionGranted,
    ev.DialogClosed,
    ev.InterruptionClosed,
    ev.ConsentGiven,
    ev.ConsentRefused,
    ev.AdvertActed,
    ev.AdvertLeft,
    ev.DeliveryRemoved,
    ev.DoneAgain,
    ev.SlowAct,
    ev.RunInterrupted,
    ev.PhoneTakenOver,
    ev.ForeignCommand,
    ev.Note,
)
"""What a record of an examination tells; what the app did is told by the report."""
FEW = 12
"""Up to so many acts of a part each has its row; of more, those of one kind that repeat are one [PROJECT]."""
REPEATS = 3
EXAMPLES = 4
SHORT = 24  # characters of an example


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One act, or ``count`` of one kind between two times; ``lines`` names every line of the journal: ``12, 15-20``."""

    wall: str
    until: str
    beijing: str
    boot: int
    words: Text
    count: int
    lines: str


def action_rows(events: Iterable[Event], clock: RunClock) -> Iterator[ActionRow]:
    """The acts among some events of one part, by time of the first of each row."""
    done = [event for event in events if isinstance(event, KINDS)]
    together: dict[Hashable, list[Event]] = {}
    for event in done:
        together.setdefault(_alike(event) if len(done) > FEW else id(event), []).append(event)
    rows = [group for alike in together.values() for group in ([alike] if len(alike) >= REPEATS else [[event] for event in alike])]
    for group in sorted(rows, key=lambda row: row[0].at):
        yield _row(group, clock)


def _row(group: Sequence[Event], clock: RunClock) -> ActionRow:
    first, last = group[0], group[-1]
    said = words(first) if len(group) == 1 else _together(group)
    until = clock.wall(last.at) if len(group) > 1 else ""
    return ActionRow(clock.wall(first.at), until, clock.beijing(first.at), first.at.boot, said, len(group), spans(_numbers(group)))


def _numbers(group: Iterable[Event]) -> list[int]:
    return [event.ref.line for event in group if event.ref is not None and event.ref.path == JOURNAL]


def spans(numbers: Iterable[int]) -> str:
    """Line numbers, runs of them as one: ``12, 15-20``."""
    parts = []
    for _step, run in groupby(enumerate(sorted(set(numbers))), lambda pair: pair[1] - pair[0]):
        found = [number for _place, number in run]
        parts.append(str(found[0]) if len(found) == 1 else f"{found[0]}-{found[-1]}")
    return ", ".join(parts)


def _alike(event: Event) -> Hashable:
    """What acts of one row have in common; the place on the screen and the words of a control they need not."""
    match event:
        case ev.Tapped() | ev.Swiped():
            return type(event), event.purpose
        case ev.FunctionUsed() | ev.InterruptionClosed() | ev.FieldFilled() | ev.DeliveryRemoved() | ev.AdvertLeft():
            return type(event).__name__
        case ev.CommandRun():
            return type(event), "".join("0" if sign.isdigit() else sign for sign in event.command), event.code
        case ev.AdvertActed():
            return type(event), event.slot
        case _:
            return type(event), words(event)


def _together(group: Sequence[Event]) -> Text:
    first, count = group[0], len(group)
    names = list(dict.fromkeys(name for event in group if (name := _name(event))))
    shown = listed(quoted(name, SHORT) for name in names[:EXAMPLES])
    if (more := len(names) - EXAMPLES) > 0:
        shown = _("{shown} and {more} more", shown=shown, more=more, count=len(names))
    shown = _(": {shown}", shown=shown) if names else shown
    match first:
        case ev.Tapped() | ev.Swiped():
            purpose = term(PURPOSES, first.purpose)
            did = _("touched the screen") if isinstance(first, ev.Tapped) else _("swiped")
            return _("tester {did} {count} times {purpose}{shown}", did=did, count=count, purpose=purpose, shown=shown)
        case ev.FunctionUsed():
            return _("tester used functions {count} times{shown}", count=count, shown=shown)
        case ev.InterruptionClosed():
            return _("tester closed adverts, guides and the like {count} times{shown}", count=count, shown=shown)
        case ev.FieldFilled():
            return _("tester filled in fields {count} times{shown}", count=count, shown=shown)
        case ev.AdvertActed():
            return _("tester tried an advert {count} times{shown}", count=count, shown=shown)
        case _:
            return _("{what} ({count} acts of this kind)", what=words(first), count=count)


def _name(event: Event) -> str:
    """What tells acts of one row apart."""
    match event:
        case ev.Tapped() | ev.FunctionUsed():
            return event.text
        case ev.InterruptionClosed():
            return event.button
        case ev.FieldFilled():
            return event.field
        case ev.AdvertActed():
            return event.slot
        case _:
            return ""
