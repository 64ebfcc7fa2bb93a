"""LogLine -> events: which reader reads which tag, who may write it, and what is counted.

The recorder (live) and the replay (from disk) both go through this one class, so both see the same events. Duplicates
are kept: the same fact from the events buffer and from a text line is two events; joins merge, parsers do not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import copy, deepcopy

from harness.events import Event, Instant, LogGap, Ref, Source
from harness.language import Text, _, chinese
from harness.parsers import (
    activity_manager,
    event_readers,
    permission_controller,
    read_refusals,
    rom_freezes,
    rom_refusals,
    runtime,
    security_log,
    triggers,
)
from harness.parsers.background_starts import BackgroundStarts
from harness.parsers.crashes import AnrBlocks, CrashBlocks
from harness.parsers.event_tags import EventTags
from harness.parsers.log_fields import Stamp, Unreadable
from harness.parsers.logcat import LogLine

Uid = int | str
TextReader = Callable[[LogLine, Stamp], Event | tuple[Event, ...] | None]

# Any app may write any tag: where the uid is printed, a fact of the system is believed only from a system process.
_SYSTEM: frozenset[Uid] = frozenset({0, "root", 1000, "system"})
_ZYGOTES: frozenset[Uid] = _SYSTEM | {1053}  # AID_WEBVIEW_ZYGOTE
_LMKD: frozenset[Uid] = _SYSTEM | {1069, "lmkd"}

_PHONE: frozenset[Uid] = _SYSTEM | {1001, "radio"}

_READERS: dict[str, tuple[TextReader, frozenset[Uid] | None]] = {
    "Zygote": (runtime.read_zygote, _ZYGOTES),
    "lowmemorykiller": (runtime.read_lmkd, _LMKD),
    "lmkd": (runtime.read_lmkd, _LMKD),
    **dict.fromkeys(rom_freezes.TAGS, (rom_freezes.read, _SYSTEM)),
    "TelephonyPermissions": (read_refusals.read_identifiers, _PHONE),
    "ClipboardService": (read_refusals.read_clipboard, _SYSTEM),
    **{tag: (reader, _SYSTEM) for tag, reader in triggers.READERS.items()},
    "AndroidRuntime": (runtime.read_android_runtime, None),
    "libc": (runtime.read_libc, None),
    **dict.fromkeys(permission_controller.TAGS, (permission_controller.read, None)),
}


# The tag of these lines is the name of a process, or differs with the version of the ROM.
_UNDER_ANY_TAG = (runtime.SYSTEM_EXIT, triggers.MIUI, rom_refusals.VIVO)


class Interpreter:
    """Turns the lines of one stream into events; ``lines`` and ``unknown`` count what it was given."""

    def __init__(self, source: Source, *, path: str | None = None, tags: EventTags | None = None, every_tag: bool = False) -> None:
        """Read a stream of ``source``; with ``path`` (in the run folder) events say where they stand.

        ``tags`` are the device's own event tags. ``every_tag`` asks for TagLogged too, which no rule needs.
        """
        self.lines = 0
        self.unknown = 0
        self._source = source
        self._path = path
        self._tags = tags or EventTags.default()
        self._every_tag = every_tag
        self._crashes = CrashBlocks()
        self._anrs = AnrBlocks()
        self._background = BackgroundStarts()
        self._others = EventTags.others()
        self._readers = self._all_readers()

    @property
    def summary(self) -> dict[str, int]:
        """Lines given, and how many of them should have been understood and were not."""
        return {"lines": self.lines, "unknown": self.unknown}

    def fork(self) -> Interpreter:
        """Another one that goes on from here, on a text that may still turn out otherwise."""
        other = copy(self)
        other._crashes, other._anrs, other._background = deepcopy((self._crashes, self._anrs, self._background))
        other._readers = other._all_readers()  # they are bound to the blocks that are open
        return other

    def feed(self, line: LogLine, at: Instant) -> list[Event]:
        """Return the events that ``line`` completes, stamped with ``at``, its device time."""
        self.lines += 1
        reader = self._readers.get(line.tag)
        if reader is None and not self._crashes.open and not line.message.startswith(_UNDER_ANY_TAG):
            return []
        stamp = self._stamp(line, at)
        events: list[Event] = []
        try:
            if self._crashes.open or line.tag == "AndroidRuntime":
                events.extend(self._crash_events(line, stamp))
            reader = reader or _reader_under_any_tag(line)
            event = reader(line, stamp) if reader else None
        except Unreadable:
            self.unknown += 1
        else:
            events.extend(event if isinstance(event, tuple) else (event,) if event else ())
        return events

    def finish(self) -> list[Event]:
        """Return what was still waiting for more lines."""
        return list(self._crashes.finish())

    def _crash_events(self, line: LogLine, stamp: Stamp) -> Iterator[Event]:
        if line.tag == "AndroidRuntime" and line.priority == "E":
            return self._crashes.feed(line, stamp)
        return self._crashes.close_others(line) if self._crashes.open else iter(())

    def _stamp(self, line: LogLine, at: Instant) -> Stamp:
        ref = None if self._path is None else Ref(self._path, line.number)
        return Stamp(at=at, source=self._source, wall=line.wall_text, ref=ref)

    def _all_readers(self) -> dict[str, TextReader]:
        return (self._other_tags() if self._every_tag else {}) | self._table()

    def _table(self) -> dict[str, TextReader]:
        """One reader for each tag, under each name that Android gave it."""
        table: dict[str, TextReader] = {"chatty": _read_chatty, "liblog": _read_liblog, "logcat": _read_logcat}
        table |= {tag: _believed(reader, writers) for tag, (reader, writers) in _READERS.items()}
        table["ActivityManager"] = _believed(self._read_activity_manager, _SYSTEM)
        table["ActivityTaskManager"] = _believed(self._read_activity_task_manager, _SYSTEM)
        if self._source is Source.SECURITY:  # in any other buffer any app may write such a tag
            table |= {tag: _believed(reader, security_log.WRITERS) for tag, reader in security_log.READERS.items()}
        read_event_tag = _believed(self._read_event_tag, _LMKD)
        return table | dict.fromkeys(event_readers.TAGS, read_event_tag)

    def _other_tags(self) -> dict[str, TextReader]:
        """Readers of the tags without an event of their own; any process may write them."""
        names = event_readers.old_names(self._others.tags)

        def read(line: LogLine, stamp: Stamp) -> Event | None:
            if not line.whole:
                return None
            return event_readers.tag_logged(self._others.split_or_keep(names[line.tag], line.message), line, stamp)

        return dict.fromkeys(names, read)

    def _read_event_tag(self, line: LogLine, stamp: Stamp) -> Event | None:
        tag = event_readers.TAGS[line.tag]
        return event_readers.READERS[tag](self._tags.split(tag, line.message), line, stamp)

    def _read_activity_manager(self, line: LogLine, stamp: Stamp) -> Event | None:
        anr = self._anrs.feed(line, stamp) if line.priority == "E" else None
        return anr or activity_manager.read(line, stamp)

    def _read_activity_task_manager(self, line: LogLine, stamp: Stamp) -> Event | None:
        return self._background.feed(line, stamp) or activity_manager.read(line, stamp)


def _reader_under_any_tag(line: LogLine) -> TextReader | None:
    """Reader of a line that is told by its message.

    A tag with a blank is the head of another line, run into this one.
    """
    if line.message.startswith(_UNDER_ANY_TAG) and " " in line.tag:
        raise Unreadable(line.tag)
    if line.message.startswith(runtime.SYSTEM_EXIT):
        return runtime.read_system_exit
    return next((reader for begin, reader in _READ_GUARDS.items() if line.message.startswith(begin)), None)


def _believed(reader: TextReader, writers: frozenset[Uid] | None) -> TextReader:
    """Make ``reader`` refuse what is written by a uid outside ``writers``; a line without uid cannot be checked."""
    if writers is None:
        return reader

    def read(line: LogLine, stamp: Stamp) -> Event | tuple[Event, ...] | None:
        event = reader(line, stamp)
        if event is not None and line.uid is not None and line.uid not in writers:
            raise Unreadable(f"{line.tag} written by uid {line.uid}")
        return event

    return read


_READ_GUARDS = {triggers.MIUI: _believed(triggers.read_miui, _SYSTEM), rom_refusals.VIVO: _believed(rom_refusals.read_vivo, _SYSTEM)}


def _gap(reason: Text, stamp: Stamp) -> LogGap:
    return LogGap(**stamp, reason=str(reason), reason_zh=chinese(reason))


def _read_chatty(line: LogLine, stamp: Stamp) -> Event | None:
    """``uid=1001(radio) com.android.phone expire 2 lines`` (system/core/logd/LogStatistics.cpp, 7 to 11).

    ``identical 12 lines`` is no gap: what is not printed equals the line before it.
    """
    return _gap(_("logd dropped: {line}", line=line.message), stamp) if " expire " in line.message else None


def _read_liblog(line: LogLine, stamp: Stamp) -> Event | None:
    """Event tag 1006: entries that a writer could not hand to logd (liblog/logd_writer.cpp)."""
    return _gap(_("a writer dropped {count} entries", count=line.message), stamp) if line.message.isdigit() else None


def _read_logcat(line: LogLine, stamp: Stamp) -> Event | None:
    """Complaint of logcat itself, which LogcatReader marks with pid 0."""
    return LogGap(**stamp, reason=line.message) if line.pid == 0 else None
