"""Timeline: the facts of a run in device time, and the few questions detectors ask of it."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import TypeVar

from harness.events import (
    AppCovered,
    CanarySeen,
    Event,
    Instant,
    LogGap,
    ScenarioEnded,
    ScenarioStarted,
    Source,
    StreamClosed,
    StreamLost,
    StreamOpened,
)

E = TypeVar("E", bound=Event)
CANARY_SOURCES = (Source.EVENTS, Source.MAIN, Source.SYSTEM)


class Timeline:
    """An immutable, time-ordered sequence of events; equal times keep the order in which they were given.

    The kinds of events are indexed: a night on a busy phone holds millions, and a question is about a few hundred.
    """

    def __init__(self, events: Iterable[Event] = ()) -> None:
        self._events = tuple(sorted(events, key=lambda event: event.at))
        self._times = [event.at for event in self._events]
        self._places: dict[type[Event], list[int]] = {}
        for place, event in enumerate(self._events):
            self._places.setdefault(type(event), []).append(place)
        self._listed: dict[tuple[type[Event], ...], list[list[int]]] = {}

    def __iter__(self) -> Iterator[Event]:
        return iter(self._events)

    def __len__(self) -> int:
        return len(self._events)

    def of(self, *types: type[E]) -> list[E]:
        """All events of the given types, in time order."""
        return self._picked(types, 0, len(self._events))

    def between(self, start: Instant, end: Instant, *types: type[E]) -> list[E]:
        """Events of the given types with ``start <= at <= end``, in time order."""
        return self._picked(types, bisect_left(self._times, start), bisect_right(self._times, end))

    def _picked(self, types: tuple[type[E], ...], first: int, last: int) -> list[E]:
        """The events of the given types from place ``first`` to before ``last``."""
        listed = self._listed.get(types)
        if listed is None:  # the same few questions are asked thousands of times, and isinstance of a class costs most of each
            listed = self._listed[types] = [own for kind, own in self._places.items() if issubclass(kind, types)]
        places = [place for own in listed for place in own[bisect_left(own, first) : bisect_left(own, last)]]
        if len(listed) > 1:
            places.sort()
        return [self._events[place] for place in places]  # type: ignore[misc] # the index holds nothing else

    def in_order(self, *facts: E) -> tuple[E, ...]:
        """Return each fact once, in the order of the timeline; facts of one instant have one order too."""
        return tuple(sorted(dict.fromkeys(facts), key=self._place))

    def _place(self, fact: Event) -> int:
        return self._events.index(fact, bisect_left(self._times, fact.at))

    def segments(self, prefix: str = "") -> list[tuple[str, Instant, Instant]]:
        """(name, start, end) of each scenario segment whose name starts with ``prefix``.

        A segment that never ended (the device was lost) ends with the last event of the timeline.
        """
        found: list[tuple[str, Instant, Instant]] = []
        ends = self.of(ScenarioEnded)
        for start in self.of(ScenarioStarted):
            if start.segment.startswith(prefix):
                own = [end.at for end in ends if end.segment == start.segment and end.at >= start.at]
                found.append((start.segment, start.at, own[0] if own else self._times[-1]))
        return found

    def has_beginning(self, source: Source, boot: int) -> bool:
        """Whether what ``source`` said since that boot's beginning is here.

        A log buffer may have wrapped before it could be read.
        """
        return not any(gap.source is source and gap.at.uptime == 0 for gap in self.of(LogGap) if gap.at.boot == boot)

    def by_boot(self, start: Instant, end: Instant, source: Source | None = None) -> list[tuple[Instant, Instant]]:
        """The parts of a span, one a boot: from where ``source`` opened to the last canary before the reboot."""
        parts: list[tuple[Instant, Instant]] = []
        for boot in range(start.boot, end.boot + 1):
            opened = [event.at for event in self.of(StreamOpened) if event.stream is source and event.at.boot == boot]
            caused = [event.caused for event in self.of(CanarySeen) if event.caused.boot == boot]
            since = start if boot == start.boot else min(opened, default=Instant(boot, 0.0))
            parts.append((since, end if boot == end.boot else max(caused, default=Instant(boot, 0.0))))
        return parts

    def overlaid(self, start: Instant, end: Instant) -> list[AppCovered]:
        """The windows of others that lay over the app at some time between ``start`` and ``end``."""
        return [window for window in self.of(AppCovered) if window.at <= end and start <= window.until]

    def covered(self, source: Source, start: Instant, end: Instant) -> bool:
        """Whether every fact of ``source`` between ``start`` and ``end`` would be here if it had happened.

        A source covers the span when it was opened before it, was not lost or closed in it, has no gap, and, for a
        log buffer, an event that the harness itself caused came through at or after its end. The crash buffer has no
        event that can be caused without crashing something, and readings have none at all: those must only have been
        open (a reading that fails closes its source until one succeeds again). The view tree does not tell of the app
        while a window of others lies over it. A span over a reboot is one span a boot.
        """
        if start.boot != end.boot:
            told = all(self.has_beginning(source, boot) for boot in range(start.boot + 1, end.boot + 1))
            return told and all(since <= until and self.covered(source, since, until) for since, until in self.by_boot(start, end, source))
        if source is Source.TREE and self.overlaid(start, end):
            return False
        opened = [event.at for event in self.of(StreamOpened) if event.stream is source and event.at <= start]
        if not opened:
            return False
        since = max(opened)
        lost = any(event.stream is source for event in self.between(since, end, StreamLost))
        closed = any(event.stream is source and event.at < end for event in self.between(since, end, StreamClosed))
        gaps = any(event.source is source for event in self.between(start, end, LogGap))
        if lost or closed or gaps:
            return False
        if source not in CANARY_SOURCES:
            return True
        return any(event.source is source and event.caused >= end for event in self.of(CanarySeen))
