"""Replay: rebuild the timeline of a run from its run.json, raw/ and screens/, and from nothing else.

A run that is still being recorded is read once: each reading goes on from where the last one stopped, and gives exactly
what a reading from the beginning would give. What can be appended is appended: the steps of the journal before the last
clock probe, the lines of the logs that stand between two probes. The rest is worked out anew each time: what came after
the last probe, whether the recording breaks off, the moves of the clock, the canaries, the gaps, the pictures beside a
dialog's. A probe that changes what is earlier (a reboot, a clock that was moved) makes the reading begin again.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from harness.events import LOG_SOURCES, AdbCommandLogged, CommandSent, Event, Instant, LogGap, Source
from harness.events.app_under_test import AppUnderTest
from harness.events.timeline import CANARY_SOURCES, Timeline
from harness.language import _, chinese
from harness.parsers.event_tags import EventTags
from harness.recording.clock_map import ClockMap
from harness.recording.run_format import RUN
from harness.replay.dialog_texts import RunPictures
from harness.replay.journal_log import JournalLog
from harness.replay.stream_log import CLOCK_SLACK, READY_TAG, Heads, StreamLog
from harness.starts.adb_witness import foreign_commands
from harness.starts.covering_windows import foreign_windows

EVENT_TAGS = "raw/event-log-tags.txt"
WRAPPED = _("the buffer wrapped: the beginning of the boot is gone")


def replay_session(folder: Path, app: AppUnderTest) -> Timeline:
    """What the session's own journal tells so far, without logs: what was pressed, asked and refused."""
    journal = JournalLog(folder, app, 0.0)
    journal.read_on()
    return Timeline(journal.events())


class RunReplay:
    """The replay of one run folder, also while it is recorded."""

    def __init__(self, folder: Path, app: AppUnderTest, *, utc_offset: float = 0.0) -> None:
        """Take the folder and read nothing yet; the device's local time is ``utc_offset`` seconds from UTC."""
        self._folder, self._app, self._utc_offset = folder, app, utc_offset
        self._pictures = RunPictures(folder)
        self._journal = JournalLog(folder, app, utc_offset)
        self._streams: dict[Source, StreamLog] = {}
        self._tags_stamp = self._stamp()
        self._sound = True
        self.recording = False
        """Whether the run still goes on: then what has not begun may yet come, and is no hole."""
        self.beginnings = 1
        """How often the folder was read from its beginning."""

    @property
    def cut_off(self) -> bool:
        """Whether the run was broken off: killed, or no more could be written; as far as was read."""
        return not self.recording and self._journal.without_end and (self._folder / RUN).exists()

    @property
    def clock(self) -> ClockMap:
        """What turns device time into the phone's wall clock and back; as far as was read."""
        return self._journal.clock

    def timeline(self) -> Timeline:
        """Return the facts of the run until now; raises FormatError when its journal is damaged.

        A stream file that cannot be read is a lost stream (a LogGap over its whole length), never an empty one.
        """
        if not self._sound or self._replaced():
            self._begin_again()
        self._sound = False  # an error on the way makes the next reading begin again
        if not self._journal.read_on():
            self._begin_again()
            self._journal.read_on()
        if self._journal.clock.boots == 0 and self.cut_off:
            return Timeline()  # before anything could be dated
        events = [*self._journal.events(), *self._journal.broken_off(), *self._journal.clock.changes()]
        events += self._journal.unfinished(recording=self.recording)
        canaries, heads = self._journal.canaries(), Heads()
        for log in self._logs():
            log.read_on()
            found, own = log.events(canaries)
            events += found
            heads = own | heads
        events += _lost_heads(heads, self._journal.clock.boots)
        events += _foreign(events)
        events += foreign_windows(events, self._app)
        events += self._pictures.events(events)
        self._sound = not self._journal.guessed
        return Timeline(events)

    def _begin_again(self) -> None:
        self.beginnings += 1
        self._journal = JournalLog(self._folder, self._app, self._utc_offset)
        self._streams = {}
        self._tags_stamp = self._stamp()

    def _logs(self) -> Iterator[StreamLog]:
        """The log buffers of which there is a file."""
        for source in (*LOG_SOURCES, Source.SECURITY):
            if source not in self._streams and (self._folder / f"raw/{source.value}.txt").exists():
                self._streams[source] = StreamLog(self._folder, source, self._journal.clock, self._event_tags())
            if source in self._streams:
                yield self._streams[source]

    def _event_tags(self) -> EventTags | None:
        path = self._folder / EVENT_TAGS
        return EventTags.from_text(path.read_text(encoding="utf-8", errors="replace")) if path.exists() else None

    def _replaced(self) -> bool:
        """Whether a file is not the one any more that was read."""
        shrunk = self._journal.shrunk() or any(log.shrunk() for log in self._streams.values())
        return shrunk or self._tags_stamp != self._stamp()

    def _stamp(self) -> tuple[int, int] | None:
        """What tells that the device's event tags were written or changed."""
        path = self._folder / EVENT_TAGS
        if not path.exists():
            return None
        found = path.stat()
        return found.st_size, found.st_mtime_ns


def _foreign(events: Iterable[Event]) -> list[Event]:
    """The commands that the phone logged and this computer did not send."""
    logged = sorted((event for event in events if isinstance(event, AdbCommandLogged)), key=lambda event: event.at)
    if not logged:
        return []
    sent = sorted((event for event in events if isinstance(event, CommandSent)), key=lambda event: event.at)
    return list(foreign_commands(sent, logged))


def _lost_heads(heads: Heads, boots: int) -> Iterator[LogGap]:
    """A gap at uptime 0 for each buffer of each reboot that no longer has its beginning.

    It wrapped before adb was back.

    The activity manager says in the events buffer when it is ready (ActivityManagerService.systemReady); no app starts
    before.
    """
    for boot in range(1, boots):
        ready = heads.get((READY_TAG, boot))
        for source in CANARY_SOURCES:
            first = heads.get((source.value, boot))
            if ready is None or first is None or first.seconds_since(ready) > CLOCK_SLACK:
                yield LogGap(at=Instant(boot, 0.0), source=source, reason=str(WRAPPED), reason_zh=chinese(WRAPPED))
