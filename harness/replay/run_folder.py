"""Replay: rebuild the timeline of a run from its run.json, raw/ and screens/, and from nothing else."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from harness.errors import FormatError
from harness.events import (
    LOG_SOURCES,
    ActivityCreated,
    ActivityStarted,
    CanarySeen,
    Event,
    Instant,
    LogGap,
    Note,
    Ref,
    Source,
)
from harness.events.timeline import CANARY_SOURCES, Timeline
from harness.parsers.event_tags import EventTags
from harness.parsers.interpret import Interpreter
from harness.parsers.logcat import LogcatReader, LogLine
from harness.recording.clock import ClockMap, Probe
from harness.recording.journal import JOURNAL, read_journal
from harness.recording.steps import Canary, Drive, Edge
from harness.replay.popups import popup_events, read_picture
from harness.replay.session_log import SessionLog
from harness.replay.texts import text_events

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from harness.events.app import AppUnderTest
    from harness.recording.journal import Entry

EVENT_TAGS = "raw/event-log-tags.txt"
CANARY_TAG = "apprights"
CANARY_SECONDS = 10.0
CLOCK_SLACK = 0.1
"""How far the log's times and ours may be apart: /proc/uptime is printed to 0.01 s, a probe over Wi-Fi takes 0.1 s."""
UNKNOWN_SHARE = 0.2
"""A log buffer of which more than this share of the lines we should understand cannot be read counts as lost."""
CHUNK = 1 << 20
READY_TAG = "boot_progress_ams_ready"
Heads = dict[tuple[str, int], Instant]
"""(source, boot) -> its first line in that boot; (READY_TAG, boot) -> when the activity manager was ready."""


def replay(folder: Path, app: AppUnderTest, *, utc_offset: float = 0.0) -> Timeline:
    """Read a run folder back; the device's local time is ``utc_offset`` seconds from UTC. Raises FormatError when its journal is damaged.

    A stream file that cannot be read is a lost stream (LogGap over its whole length), never silently an empty one.
    """
    journal = list(read_journal(folder / JOURNAL))
    clock = ClockMap(entry.step for entry in journal if isinstance(entry.step, Probe))
    canaries = [(clock.at_host(entry.host), entry.step.name, entry.step.component) for entry in journal if isinstance(entry.step, Canary)]
    log = SessionLog(app, clock, utc_offset, partial(read_picture, folder))
    events: list[Event] = [event for entry in journal for event in log.feed(entry)]
    events += _broken_off(journal, clock)
    events += clock.changes()
    tags = _event_tags(folder)
    heads: Heads = {}
    for source in LOG_SOURCES:
        events += _stream(folder, source, clock, canaries, tags, heads)
    events += _lost_heads(heads, clock.boots)
    events += [*popup_events(folder, events), *text_events(folder, events)]
    return Timeline(events)


def replay_session(folder: Path, app: AppUnderTest) -> Timeline:
    """What the session's own journal tells so far, without logs: what was pressed, asked and refused."""
    journal = list(read_journal(folder / JOURNAL))
    clock = ClockMap(entry.step for entry in journal if isinstance(entry.step, Probe))
    log = SessionLog(app, clock, 0.0, partial(read_picture, folder))
    return Timeline([event for entry in journal for event in log.feed(entry)])


def _broken_off(journal: list[Entry], clock: ClockMap) -> Iterator[Note]:
    """A problem for a driving that has a beginning and no end: nobody could write why, the disk was full."""
    drives = [(entry.number, entry.step) for entry in journal if isinstance(entry.step, Drive)]
    if drives and drives[-1][1].what is Edge.START:
        number, drive = drives[-1]
        text = f"{drive.name}: the recording breaks off; make room on the disk and check again"
        at = clock.at_host(journal[-1].host)
        yield Note(at=at, source=Source.SESSION, ref=Ref(JOURNAL, number), text=text, problem=True)


def _event_tags(folder: Path) -> EventTags | None:
    path = folder / EVENT_TAGS
    return EventTags.from_text(path.read_text(encoding="utf-8", errors="replace")) if path.exists() else None


def _stream(
    folder: Path,
    source: Source,
    clock: ClockMap,
    canaries: list[tuple[Instant, str, str]],
    tags: EventTags | None,
    heads: Heads,
) -> Iterator[Event]:
    """The events of one log buffer, and a CanarySeen for each canary that came through it; notes how each boot begins."""
    name = f"raw/{source.value}.txt"
    path = folder / name
    if not path.exists():
        return
    interpreter = Interpreter(source, path=name, tags=tags)
    last = clock.at_host(0.0)
    first: Instant | None = None
    try:
        for line in _lines(path, source):
            if line.wall is None:
                continue
            last = clock.at_wall(line.wall, near=first and last)
            first = first or last
            heads.setdefault((source.value, last.boot), last)
            if line.tag == READY_TAG:
                heads.setdefault((READY_TAG, last.boot), last)
            for event in interpreter.feed(line, last):
                yield event
                yield from _canary(event, source, canaries)
            if line.tag == CANARY_TAG:
                for caused, canary, _ in canaries:
                    if line.message.strip() == canary:
                        ref = Ref(name, line.number)
                        yield CanarySeen(at=last, source=source, ref=ref, canary=canary, caused=caused)
    except FormatError as error:
        yield LogGap(at=first or last, source=source, reason=str(error))
    yield from interpreter.finish()
    counts = interpreter.summary
    if counts["unknown"] > UNKNOWN_SHARE * max(counts["lines"], 20):
        yield LogGap(at=last, source=source, reason=f"{counts['unknown']} of {counts['lines']} lines cannot be read")


def _lost_heads(heads: Heads, boots: int) -> Iterator[LogGap]:
    """A gap at uptime 0 for each buffer of each reboot that no longer has its beginning: it wrapped before adb was back.

    The activity manager says in the events buffer when it is ready (ActivityManagerService.systemReady); no app starts before.
    """
    for boot in range(1, boots):
        ready = heads.get((READY_TAG, boot))
        for source in CANARY_SOURCES:
            first = heads.get((source.value, boot))
            if ready is None or first is None or first.seconds_since(ready) > CLOCK_SLACK:
                yield LogGap(at=Instant(boot, 0.0), source=source, reason="the buffer wrapped: the beginning of the boot is gone")


def _lines(path: Path, source: Source) -> Iterator[LogLine]:
    reader = LogcatReader(source.value)
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield from reader.feed(chunk)
    yield from reader.finish()


def _canary(event: Event, source: Source, canaries: list[tuple[Instant, str, str]]) -> Iterator[CanarySeen]:
    """Whether an event is the start that a canary caused."""
    if isinstance(event, ActivityCreated | ActivityStarted):
        for caused, canary, component in canaries:
            if event.component == component and 0 <= event.at.seconds_since(caused) + CLOCK_SLACK < CANARY_SECONDS:
                yield CanarySeen(at=event.at, source=source, ref=event.ref, canary=canary, caused=caused)
