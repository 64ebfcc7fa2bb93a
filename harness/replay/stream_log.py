"""One log buffer of a run -> events, read on from where it stopped.

A line is taken for good once it stands between two clock probes: none that is still to come moves it. The lines after
it wait, and are taken provisionally by a fork each time somebody asks. What rests on the whole stream is worked out
anew each time, because it is cheap: which canary came through, what a block that is still open says, how much could not
be read.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from harness.errors import FormatError
from harness.events import ActivityCreated, ActivityStarted, CanarySeen, Event, Instant, LogGap, Ref, Source
from harness.language import _, chinese
from harness.parsers.event_tags import EventTags
from harness.parsers.log_interpreter import Interpreter
from harness.parsers.logcat import LogcatReader, LogLine
from harness.recording.clock_map import ClockMap

CANARY_TAG = "apprights"
CANARY_SECONDS = 10.0
CLOCK_SLACK = 0.1
"""How far the log's times and ours may be apart: /proc/uptime is printed to 0.01 s, a probe over Wi-Fi takes 0.1 s."""
UNKNOWN_SHARE = 0.2
"""A log buffer of which more than this share of the lines we should understand cannot be read counts as lost."""
CHUNK = 1 << 20
LEAST_START = 64
"""Bytes by which the encoding of a text is told; a stream that has no more yet is read provisionally only."""
READY_TAG = "boot_progress_ams_ready"
Heads = dict[tuple[str, int], Instant]
"""(source, boot) -> its first line in that boot; (READY_TAG, boot) -> when the activity manager was ready."""
CausedCanary = tuple[Instant, str, str]
"""When a canary was caused, its name, and the component that it starts."""


@dataclass(frozen=True, slots=True)
class _Trace:
    """What may have come of a canary: the start of an activity, or a line under our tag."""

    place: int  # in the list of events; the CanarySeen stands there
    at: Instant
    ref: Ref | None
    component: str | None = None
    words: str = ""

    def of(self, canary: CausedCanary) -> bool:
        caused, name, component = canary
        if self.component is None:
            return self.words == name
        return self.component == component and 0 <= self.at.seconds_since(caused) + CLOCK_SLACK < CANARY_SECONDS


@dataclass(slots=True)
class _Reading:
    """What the lines of a buffer said, up to one of them."""

    source: Source
    path: str
    interpreter: Interpreter
    last: Instant  # of the last line; before the first one that of the beginning
    first: Instant | None = None
    events: list[Event] = field(default_factory=list)
    traces: list[_Trace] = field(default_factory=list)
    heads: Heads = field(default_factory=dict)

    def take(self, line: LogLine, at: Instant) -> None:
        self.last, self.first = at, self.first or at
        self.heads.setdefault((self.source.value, at.boot), at)
        if line.tag == READY_TAG:
            self.heads.setdefault((READY_TAG, at.boot), at)
        for event in self.interpreter.feed(line, at):
            self.events.append(event)
            if isinstance(event, ActivityCreated | ActivityStarted):
                self.traces.append(_Trace(len(self.events), event.at, event.ref, component=event.component))
        if line.tag == CANARY_TAG:
            self.traces.append(_Trace(len(self.events), at, Ref(self.path, line.number), words=line.message.strip()))

    def fork(self) -> _Reading:
        """Another one that goes on from here; the events are its own only from here on."""
        return _Reading(self.source, self.path, self.interpreter.fork(), self.last, self.first, heads=dict(self.heads))

    def with_canaries(self, canaries: Iterable[CausedCanary]) -> Iterator[Event]:
        """The events, and behind what a canary left its CanarySeen."""
        canaries, done = list(canaries), 0
        for trace in self.traces:
            yield from self.events[done : trace.place]
            done = trace.place
            for canary in canaries:
                if trace.of(canary):
                    yield CanarySeen(at=trace.at, source=self.source, ref=trace.ref, canary=canary[1], caused=canary[0])
        yield from self.events[done:]


class StreamLog:
    """Reads the file of one log buffer on from where it stopped."""

    def __init__(self, folder: Path, source: Source, clock: ClockMap, tags: EventTags | None) -> None:
        """Nothing of the file is read yet; ``tags`` are the device's own event tags.

        Raises FormatError without any probe.
        """
        path = f"raw/{source.value}.txt"
        self._file, self._clock = folder / path, clock
        self._offset, self._start = 0, b""
        self._reader = LogcatReader(source.value)
        self._read = _Reading(source, path, Interpreter(source, path=path, tags=tags), clock.at_host(0.0))
        self._waiting: deque[LogLine] = deque()
        self._refusal: FormatError | None = None

    def shrunk(self) -> bool:
        """Whether the file is shorter than what was read of it: it is another one now."""
        return not self._file.exists() or self._file.stat().st_size < self._offset

    def read_on(self) -> None:
        """Read what was recorded since, and take for good what no later probe can move."""
        if self._refusal is None:
            try:
                self._waiting.extend(line for chunk in self._chunks() for line in self._reader.feed(chunk) if line.wall is not None)
            except FormatError as error:
                self._refusal = error
        while self._waiting and self._clock.final_wall(self._waiting[0].wall or 0.0):
            line = self._waiting.popleft()
            self._read.take(line, self._placed(line, self._read))

    def events(self, canaries: Iterable[CausedCanary]) -> tuple[list[Event], Heads]:
        """Everything that the stream says until now, and how each boot begins in it."""
        read, tail, refusal = self._read, self._read.fork(), self._refusal
        for line in self._waiting:
            tail.take(line, self._placed(line, tail))
        if refusal is None:
            try:
                for line in self._unfinished():
                    tail.take(line, self._placed(line, tail))
            except FormatError as error:
                refusal = error
        found = [*read.with_canaries(canaries), *tail.with_canaries(canaries)]
        if refusal is not None:
            found.append(LogGap(at=tail.first or tail.last, source=read.source, reason=str(refusal), reason_zh=chinese(refusal)))
        found += tail.interpreter.finish()
        counts = tail.interpreter.summary
        if counts["unknown"] > UNKNOWN_SHARE * max(counts["lines"], 20):
            reason = _("{unknown} of {lines} lines cannot be read", unknown=counts["unknown"], lines=counts["lines"])
            found.append(LogGap(at=tail.last, source=read.source, reason=str(reason), reason_zh=chinese(reason)))
        return found, tail.heads

    def _placed(self, line: LogLine, after: _Reading) -> Instant:
        return self._clock.at_wall(line.wall or 0.0, near=after.first and after.last)

    def _unfinished(self) -> Iterator[LogLine]:
        """The beginning of a line, as if the file ended there."""
        rest = self._reader.fork()
        lines = chain(rest.feed(self._start), rest.finish()) if self._start else rest.finish()
        return (line for line in lines if line.wall is not None)

    def _chunks(self) -> Iterator[bytes]:
        with self._file.open("rb") as file:
            file.seek(self._offset)
            while chunk := file.read(CHUNK):
                self._offset += len(chunk)
                self._start += chunk
                if self._offset >= LEAST_START:
                    chunk, self._start = self._start, b""
                    yield chunk
