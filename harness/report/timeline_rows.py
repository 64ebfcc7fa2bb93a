"""The events of a run by kind and time: the rows of the chart above the processes, and the same in words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from harness.events import (
    AdvertActed,
    AdvertSeen,
    AppLaunched,
    AppStopped,
    ConsentGiven,
    ConsentRefused,
    ConsentShown,
    Crashed,
    DialogClosed,
    DialogKind,
    DialogShown,
    DownloadSeen,
    Event,
    InstallSeen,
    Instant,
    KeyPressed,
    PermissionDenied,
    PermissionGranted,
    PhoneRebooted,
    StartRefused,
    StorePageSeen,
    Swiped,
    Tapped,
    TriggerFired,
)
from harness.events.timeline import Timeline
from harness.language import Text, _, both, known
from harness.report.wording import words

MOST_MARKS, MOST_TOLD = 200, 120
"""Of one row of a panel: marks; of the list below it: lines. A night of trials has thousands of acts."""
TEXT_LENGTH = 90


@dataclass(frozen=True, slots=True)
class Mark:
    """One happening at a share (0 to 1) of the panel's length, in words; ``kind`` tells how it is drawn."""

    at: float
    kind: str
    text: Text


@dataclass(frozen=True, slots=True)
class ActRow:
    """All happenings of one kind; ``kind`` is the class of the row on the page, ``more`` are not drawn."""

    kind: str
    name: Text
    marks: tuple[Mark, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class EventLine:
    """One happening for who reads and does not look: seconds since the panel begins, the phone's clock, words."""

    seconds: float
    wall: str
    text: Text


ROWS: tuple[tuple[str, Text, tuple[type[Event], ...]], ...] = (
    ("launch", _("starts, stops"), (AppLaunched, AppStopped, TriggerFired, KeyPressed, PhoneRebooted, Crashed)),
    ("dialog", _("dialogs, adverts"), (DialogShown, ConsentShown, AdvertSeen)),
    ("tap", _("touches"), (Tapped, Swiped, AdvertActed)),
    ("refusal", _("refusals, consents"), (PermissionDenied, DialogClosed, ConsentRefused, PermissionGranted, ConsentGiven)),
    ("blocked", _("starts refused"), (StartRefused,)),
    ("download", _("downloads"), (DownloadSeen, InstallSeen, StorePageSeen)),
)
"""The rows from top to bottom: class, name, what belongs to it."""
_GRANTS = (PermissionGranted, ConsentGiven)


def act_rows(timeline: Timeline, boot: int, share: Callable[[Instant], float]) -> tuple[ActRow, ...]:
    """The rows of one boot that have anything to show."""
    rows = []
    for kind, name, types in ROWS:
        found = _of_boot(timeline, boot, types)
        if found:
            marks = tuple(Mark(share(event.at), _drawn_as(kind, event), _short(event)) for event in found[:MOST_MARKS])
            rows.append(ActRow(kind, name, marks, len(found) - len(marks)))
    return tuple(rows)


def event_lines(timeline: Timeline, boot: int, first: float, wall: Callable[[Instant], str]) -> tuple[tuple[EventLine, ...], int]:
    """The same in words, in order of time, and how many more there are."""
    found = _of_boot(timeline, boot, tuple(kind for *_, types in ROWS for kind in types))
    lines = tuple(EventLine(round(event.at.uptime - first, 1), wall(event.at), _short(event)) for event in found[:MOST_TOLD])
    return lines, len(found) - len(lines)


def _of_boot(timeline: Timeline, boot: int, types: Iterable[type[Event]]) -> list[Event]:
    return [event for event in timeline.of(*types) if event.at.boot == boot]


def _drawn_as(row: str, event: Event) -> str:
    if isinstance(event, TriggerFired):
        return "trigger"
    if isinstance(event, _GRANTS):
        return "grant"
    if isinstance(event, DialogShown) and event.dialog is DialogKind.PERMISSION:
        return "permission"
    return row


def _short(event: Event) -> Text:
    return known(*(text if len(text) <= TEXT_LENGTH else text[: TEXT_LENGTH - 1] + "…" for text in both(words(event))))
