"""The journal of a run -> events, read on from where it stopped.

A step is taken for good once a clock probe after it is known: none that is still to come moves it. The steps after the last
probe are read each time by a copy of what reads them.
"""

from __future__ import annotations

from collections import deque
from copy import deepcopy
from functools import partial
from typing import TYPE_CHECKING, Any

from harness.errors import FormatError
from harness.events import Event, Instant, Note, Ref, Source
from harness.recording.clock import ClockMap, Probe
from harness.recording.journal import JournalReader
from harness.replay.popups import read_picture
from harness.replay.session_log import SessionLog

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from harness.events.app import AppUnderTest
    from harness.replay.stream_log import Canary

JOURNAL = "raw/session.jsonl"
Line = tuple[int, dict[str, Any]]


class JournalLog:
    """Reads the journal of one run; the clock map that dates all else comes from its probes."""

    def __init__(self, folder: Path, app: AppUnderTest, utc_offset: float) -> None:
        """Nothing is read yet."""
        self.clock = _NotingClock()
        self._app, self._picture = app, partial(read_picture, folder)
        self._reader = JournalReader(folder / JOURNAL)
        self._log = SessionLog(app, self.clock, utc_offset, self._picture)
        self._events: list[Event] = []
        self._waiting: deque[Line] = deque()
        self._canaries: list[tuple[float, str, str]] = []
        self._last: Line | None = None
        self._drive: Line | None = None
        self._revision: int | None = None
        self.guessed = False
        """Whether something was dated by what a later probe may change: the next reading must begin again."""

    def shrunk(self) -> bool:
        """Whether the file is another one than was read."""
        return self._reader.shrunk()

    def read_on(self) -> bool:
        """Take what was written since; False where a probe in it (a reboot, a clock that was moved) changes what was dated before.

        Raises FormatError for a damaged journal.
        """
        for line in self._reader.read():
            self._note(line)
        if self._revision not in (None, self.clock.revision):
            return False
        self._revision, self.clock.guessed = self.clock.revision, False
        while self._waiting and self.clock.final_host(self._waiting[0][1]["host"]):
            self._events += _fed(self._log, self._waiting.popleft())
        self.guessed = self.clock.guessed
        return True

    def events(self) -> list[Event]:
        """What the journal tells until now, in the order of its lines."""
        if not self._waiting:
            return list(self._events)
        shared = {id(each): each for each in (self._app, self.clock, self._picture)}
        log = deepcopy(self._log, shared)
        return self._events + [event for line in self._waiting for event in _fed(log, line)]

    def canaries(self) -> list[Canary]:
        """The canaries, in the order in which they were caused."""
        return [(self.clock.at_host(host), name, component) for host, name, component in self._canaries]

    def broken_off(self) -> Iterator[Note]:
        """A problem for a driving that has a beginning and no end: nobody could write why, the disk was full."""
        if self._drive is not None and self._last is not None and self._drive[1].get("what") == "start":
            number, record = self._drive
            text = f"{record.get('name')}: the recording breaks off; make room on the disk and check again"
            at = self.clock.at_host(self._last[1]["host"])
            yield Note(at=at, source=Source.SESSION, ref=Ref(JOURNAL, number), text=text, problem=True)

    def _note(self, line: Line) -> None:
        """Keep what a line tells of the whole run; the rest is read when its time is known."""
        self._last = line
        _, record = line
        match record["step"]:
            case "probe":
                self.clock.add(_probe(record))
            case "canary":
                self._canaries.append((record["host"], str(record["name"]), str(record["component"])))
            case "drive":
                self._drive = line
            case _:
                self._waiting.append(line)


class _NotingClock(ClockMap):
    """Notes whether it gave an answer that a later probe may change."""

    guessed = False

    def at_host(self, host: float) -> Instant:
        self.guessed = self.guessed or not self.final_host(host)
        return super().at_host(host)

    def at_wall(self, wall: float, *, near: Instant | None = None) -> Instant:
        self.guessed = self.guessed or not self.final_wall(wall)
        return super().at_wall(wall, near=near)


def _fed(log: SessionLog, line: Line) -> list[Event]:
    number, record = line
    return log.feed(record, Ref(JOURNAL, number))


def _probe(record: dict[str, Any]) -> Probe:
    fields = ("before", "after", "wall", "uptime", "skipped", "wall_error")
    try:
        return Probe(**{name: float(record[name]) for name in fields})
    except (KeyError, TypeError, ValueError):
        raise FormatError(f"{JOURNAL}: a clock probe is damaged; verify the run") from None
