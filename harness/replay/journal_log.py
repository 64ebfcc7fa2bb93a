"""The journal of a run -> events, read on from where it stopped; whether it came to its end as planned.

A step is taken for good once a clock probe after it is known: none that is still to come moves it. The steps after the
last probe are read each time by a copy of what reads them.
"""

from collections import deque
from collections.abc import Iterator
from copy import deepcopy
from functools import partial
from pathlib import Path

from harness.events import Event, Instant, Note, Ref, Source, Unfinished
from harness.events.app_under_test import AppUnderTest
from harness.language import _, both, chinese, known
from harness.recording.clock_map import ClockMap
from harness.recording.journal import JOURNAL, Entry, JournalReader
from harness.recording.lists import RAW
from harness.recording.run_format import LISTED
from harness.recording.shared_readings import READINGS, ReadReadings
from harness.recording.steps import Canary, Drive, Edge, End, KeptReading, Planned, Probe, RunInterrupted
from harness.replay.popups import read_picture
from harness.replay.session_log import SessionLog
from harness.replay.stream_log import CausedCanary
from harness.starts.segment_names import segment_words

BROKE_OFF = _("the recording breaks off: the check was ended by force, or could not be written any more")


class Plan:
    """The scenarios that were asked for, and how far each came. A run of an older version has none."""

    def __init__(self) -> None:
        self._planned: list[tuple[int, Planned]] = []
        self._drives: dict[str, list[Drive]] = {}
        self.interrupted = False
        """Whether the tester ended the run."""

    def add(self, number: int, step: Planned) -> None:
        """A line of the journal by which a rule needs a scenario."""
        self._planned.append((number, step))

    def drove(self, step: Drive) -> None:
        """A driving began or ended."""
        self._drives.setdefault(step.name, []).append(step)

    def unfinished(self, at: Instant, *, recording: bool) -> Iterator[Unfinished]:
        """What has no whole record until now; while it is still ``recording``, what may yet come is left out."""
        for number, step in self._planned:
            drives = self._drives.get(step.scenario, [])
            if (drives and drives[-1].what is Edge.END and not drives[-1].note) or (recording and not drives):
                continue
            zh, en = self._why(drives)
            ref = Ref(JOURNAL, number)
            yield Unfinished(at=at, source=Source.SESSION, ref=ref, rule=step.rule, scenario=step.scenario, reason_zh=zh, reason_en=en)

    def _why(self, drives: list[Drive]) -> tuple[str, str]:
        """Why a scenario has no whole record, in Chinese and English."""
        reason = BROKE_OFF
        if self.interrupted:
            reason = _("the check was interrupted")
        elif drives and (note := drives[-1].note):
            reason = known(drives[-1].note_zh or f"“{note}”", note)
        if any(drive.what is Edge.START for drive in drives):
            return both(_("not finished: what this rule needs was begun and not completed: {reason}", reason=reason))
        return both(_("not finished: what this rule needs was never begun: {reason}", reason=reason))


class JournalLog:
    """Reads the journal of one run; the clock map that dates all else comes from its probes."""

    def __init__(self, folder: Path, app: AppUnderTest, utc_offset: float) -> None:
        self.clock = _NotingClock()
        self._app, self._picture = app, partial(read_picture, folder)
        self._reader = JournalReader(folder / JOURNAL)
        self._kept = ReadReadings(folder / RAW / READINGS)
        self._log = SessionLog(app, self.clock, utc_offset, self._picture)
        self._events: list[Event] = []
        self._waiting: deque[Entry] = deque()
        self._canaries: list[tuple[float, Canary]] = []
        self._last: Entry | None = None
        self._drive: tuple[int, Drive] | None = None
        self._plan = Plan()
        self._revision: int | None = None
        self._ended = False
        self.guessed = False
        """Whether something was dated by what a later probe may change: the next reading must begin again."""

    @property
    def without_end(self) -> bool:
        """Whether what was read should say at its end that it is the end, and does not."""
        return self._reader.form >= LISTED and not self._ended

    def shrunk(self) -> bool:
        """Whether the file is another one than was read."""
        return self._reader.shrunk()

    def read_on(self) -> bool:
        """Take what was written since.

        Returns False where a probe in it (a reboot, a clock that was moved) changes what was dated before.
        """
        for entry in self._reader.read():
            self._note(entry)
        if self._revision not in (None, self.clock.revision):
            return False
        self._revision, self.clock.guessed = self.clock.revision, False
        while self._waiting and self.clock.final_host(self._waiting[0].host):
            self._events += self._log.feed(self._waiting.popleft())
        self.guessed = self.clock.guessed
        return True

    def events(self) -> list[Event]:
        """What the journal tells until now, in the order of its lines."""
        if not self._waiting:
            return list(self._events)
        shared = {id(each): each for each in (self._app, self.clock, self._picture)}
        log = deepcopy(self._log, shared)
        return self._events + [event for entry in self._waiting for event in log.feed(entry)]

    def canaries(self) -> list[CausedCanary]:
        """The canaries, in the order in which they were caused."""
        return [(self.clock.at_host(host), canary.name, canary.component) for host, canary in self._canaries]

    def broken_off(self) -> Iterator[Note]:
        """A problem for a driving that has a beginning and no end: nobody could write why."""
        if self._drive is not None and self._last is not None and self._drive[1].what is Edge.START:
            number, drive = self._drive
            said = _("{name}: {reason}", name=segment_words(drive.name), reason=BROKE_OFF)
            at = self.clock.at_host(self._last.host)
            yield Note(at=at, source=Source.SESSION, ref=Ref(JOURNAL, number), text=str(said), text_zh=chinese(said), problem=True)

    def unfinished(self, *, recording: bool) -> Iterator[Unfinished]:
        """What was planned and has no whole record; while it is still ``recording``, what may yet come is left out."""
        if self._last is not None:
            yield from self._plan.unfinished(self.clock.at_host(self._last.host), recording=recording)

    def _note(self, entry: Entry) -> None:
        """Keep what a line tells of the whole run; the rest is read when its time is known."""
        self._last = entry
        match entry.step:
            case Probe():
                self.clock.add(entry.step)
            case Canary():
                self._canaries.append((entry.host, entry.step))
            case Drive():
                self._drive = entry.number, entry.step
                self._plan.drove(entry.step)
            case Planned():
                self._plan.add(entry.number, entry.step)
            case End():
                self._ended = True
            case KeptReading():
                self._waiting.append(entry._replace(step=self._kept.reading(entry.step)))
            case RunInterrupted():
                self._plan.interrupted = True
                self._waiting.append(entry)
            case _:
                self._waiting.append(entry)


class _NotingClock(ClockMap):
    """Notes whether it gave an answer that a later probe may change."""

    guessed = False

    def at_host(self, host: float) -> Instant:
        self.guessed = self.guessed or not self.final_host(host)
        return super().at_host(host)

    def at_wall(self, wall: float, *, near: Instant | None = None) -> Instant:
        self.guessed = self.guessed or not self.final_wall(wall)
        return super().at_wall(wall, near=near)
