"""Wall times: in the phone's zone, 北京时间 beside it where that differs, and what is known of a clock that was moved.

A fact's time is worked out from its device time by the clock probes of the run: so each fact has one, also those that
were printed without a clock, and in a run in which the clock was moved it is what the phone showed at that moment.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from harness.errors import FormatError
from harness.events import Instant
from harness.language import Text, _
from harness.recording.clock_map import SHIFT_SECONDS, ClockMap
from harness.report.wording.terms import span
from harness.verdicts.analysis import utc_offset

BEIJING = timezone(timedelta(hours=8))
_NEVER = Text("")


@dataclass(frozen=True, slots=True)
class WallTime:
    """One moment by the phone's clock: as the phone showed it, and 北京时间 where that is another, else empty.

    ``moved`` is by how much the phone's clock had been moved since the run began.
    """

    local: str
    beijing: str = ""
    moved: Text = _NEVER


UNKNOWN = WallTime("")


class WallClock:
    """The wall clock of the phone of one run."""

    def __init__(self, clock: ClockMap, run: dict[str, Any]) -> None:
        """``run`` is run.json, which has the phone's zone; UTC stands in where it does not tell."""
        self._clock, self._changes = clock, clock.changes()
        self.known = bool(str(run.get("device", {}).get("utc_offset", "")))
        self.zone = timezone(timedelta(seconds=utc_offset(run)))

    def at(self, instant: Instant) -> WallTime:
        """The time that the phone showed; unknown in a run that never read its clock."""
        try:
            wall = self._clock.wall_at(instant)
        except FormatError:
            return UNKNOWN
        shift = sum(change.seconds or 0.0 for change in self._changes if change.at <= instant)
        return self._told(wall, _moved(shift))

    def both(self, instant: Instant) -> str:
        """The time that the phone showed, 北京时间 behind it in brackets where that is another."""
        time = self.at(instant)
        return f"{time.local} [{time.beijing} +0800]" if time.beijing else time.local

    def of(self, moment: str) -> WallTime:
        """A moment as run.json has it (ISO 8601 with its zone, by the computer's clock) in the phone's zone."""
        try:
            time = self._told(datetime.fromisoformat(moment).timestamp(), _NEVER)
        except ValueError:
            return UNKNOWN
        return time if "." in moment else WallTime(time.local.replace(".000", "", 1), time.beijing.replace(".000", "", 1), time.moved)

    @property
    def moves(self) -> tuple[tuple[WallTime, Text], ...]:
        """Return each move of the phone's clock that was seen: when, and by how much, in words."""
        return tuple((self.at(change.at), _step(change.seconds or 0.0)) for change in self._changes)

    def _told(self, wall: float, moved: Text) -> WallTime:
        try:
            time = datetime.fromtimestamp(wall, UTC)
            local, beijing = time.astimezone(self.zone), time.astimezone(BEIJING)
        except (ValueError, OverflowError, OSError):  # no calendar has it: a phone may print any number
            return UNKNOWN
        same = local.utcoffset() == BEIJING.utcoffset(None)
        return WallTime(written(local), "" if same else written(beijing, zone=False), moved)


def written(time: datetime, *, zone: bool = True) -> str:
    """A time of day on the 24-hour clock, to the millisecond, with its distance from UTC."""
    text = time.isoformat(" ", "milliseconds")[:23]
    return f"{text} {time:%z}" if zone else text


def minute(time: WallTime) -> WallTime:
    """The same to the minute, for a heading."""
    zone = time.local[19:].removeprefix(".")[-6:]  # a moment without milliseconds has none to leave out
    return WallTime(f"{time.local[:16]}{zone}", time.beijing[:16], time.moved)


def _moved(seconds: float) -> Text:
    if abs(seconds) <= SHIFT_SECONDS:
        return _NEVER
    what = span(abs(seconds))
    return _("the phone's clock stood {what} ahead", what=what) if seconds > 0 else _("the phone's clock stood {what} behind", what=what)


def _step(seconds: float) -> Text:
    what = span(abs(seconds))
    return _("{what} ahead", what=what) if seconds >= 0 else _("{what} back", what=what)
