"""logcat text, as a stream of bytes -> LogLine.

Layouts are those of ``android_log_formatLogLine`` (system/logging/liblog/logprint.cpp; system/core/liblog before
Android 12), read by ``logcat_layouts``. Between the lines stand the dividers of logcat (system/logging/logcat/
logcat.cpp, ``PrintDividers``) and, in a bugreport, the section headers of dumpstate
(frameworks/native/cmds/dumpstate/DumpstateUtil.cpp); sections that are no log are skipped.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from copy import copy
from typing import NamedTuple

from harness.errors import FormatError
from harness.language import _
from harness.parsers.encoding import text_decoder
from harness.parsers.logcat_layouts import LAYOUTS, Layout, guess_format

MAX_LINE = 64 * 1024  # characters; a log entry holds at most 4068 bytes (LOGGER_ENTRY_MAX_PAYLOAD)
_DETECT_LINES = 200  # unreadable lines at the start after which a text is refused
_LOGCAT_TAG = "logcat"  # with pid 0: a complaint of logcat itself, not a line of the log

# --------- beginning of main                                                  logcat.cpp
# --------- switch to system                                                   logcat.cpp, with -D
_DIVIDER = re.compile(r"--------- (beginning of|switch to) (?:/dev/log/)?(\S+)$")
# ------ EVENT LOG (logcat -b events -v threadtime -v printable -v uid -d *:v) ------     DumpstateUtil.cpp
_SECTION = re.compile(r"------ (.*) ------$")
_LOG_COMMAND = re.compile(r"\((?:\S*/)?logcat (?!.*-S\b)(.*)\)$")
_BUFFER_OPTION = re.compile(r"-b (\w+)(?: |$)(?!.*-b )")
# == dumpstate: 2020-01-08 15:31:08                                            dumpstate.cpp, print_header
_REPORT = "== dumpstate: "
_REPORT_HEADER = re.compile(r"={8,}$|== ")
# logcat: Unexpected EOF!                                                      logcat.cpp; 8: "read: unexpected EOF!"
_BROKEN = re.compile(r"(?:\S*logcat: |read: )unexpected (?:EOF!|length)|(?:\S*logcat: )?logcat read failure", re.I)


class LogLine(NamedTuple):
    """One line of the log.

    ``wall`` is seconds since 1970 UTC, None where the layout prints no year or no zone; ``wall_text`` is as printed,
    empty in the brief layout. ``uid`` is a number or one of the short names logcat prints (root, lmkd, radio); None
    without ``-v uid``. ``tid`` is None in the layouts time and brief. ``buffer`` is None where the text does not tell.
    ``whole`` is False for a line that was cut: the last one without a line end, or one longer than MAX_LINE.
    """

    number: int
    wall: float | None
    wall_text: str
    uid: int | str | None
    pid: int
    tid: int | None
    priority: str
    tag: str
    message: str
    buffer: str | None
    whole: bool = True


class LogcatReader:
    """Reads one stream of logcat; chunks may be cut anywhere, memory stays bounded by chunk and MAX_LINE.

    ``lines`` and ``unknown`` count what was seen so far, ``skipped`` the lines of sections that are no log. Raises
    FormatError when the text is in no layout that we read: after 200 lines, or at the end of a shorter text.
    """

    def __init__(self, buffer: str | None = None) -> None:
        self.lines = 0
        self.skipped = 0
        self.unknown = 0
        self._layout: Layout | None = None
        self._missing: tuple[str, ...] = ()
        self._decoder: codecs.IncrementalDecoder | None = None
        self._rest = ""
        self._cut = False
        self._fixed_buffer = buffer
        self._buffer = buffer
        self._begun: set[str] = set()
        self._skipping = False
        self._first_lines: list[str] = []

    @property
    def layout(self) -> str | None:
        """Name of the layout, None before the first readable line."""
        return self._layout.name if self._layout else None

    @property
    def missing(self) -> tuple[str, ...]:
        """What the printed times lack: a subset of ("date", "year", "zone")."""
        return self._missing

    def fork(self) -> LogcatReader:
        """Another one that goes on from here; this one is not changed by it."""
        other = copy(self)
        other._decoder, other._begun, other._first_lines = copy(self._decoder), set(self._begun), list(self._first_lines)
        return other

    def feed(self, data: bytes) -> Iterator[LogLine]:
        if self._decoder is None:
            self._decoder = text_decoder(data)
        text = self._rest + self._decoder.decode(data)
        parts = text.split("\n")
        self._rest = parts.pop()
        yield from self._read([part.rstrip("\r") for part in parts] if "\r" in text else parts)

    def finish(self) -> Iterator[LogLine]:
        """Yield a last line without line end; raise FormatError if nothing of the text could be read."""
        tail = self._decoder.decode(b"", final=True) if self._decoder else ""
        last = (self._rest + tail).rstrip("\r")
        self._rest = ""
        if last:
            yield from self._line(last[:MAX_LINE], whole=False)
        if self._layout is None and self._first_lines:
            raise self._refusal()

    def _read(self, parts: list[str]) -> Iterator[LogLine]:
        for text in parts:
            if len(text) > MAX_LINE or self._cut:
                yield from self._line(text[:MAX_LINE], whole=False)
                self._cut = False
                continue
            layout = self._layout
            head = layout.read(text) if layout and not self._skipping else None
            if head is None:
                yield from self._line(text, whole=True)
            else:
                self.lines += 1
                # LogLine(...) itself takes twice the time, and this is the busiest line of the harness.
                yield tuple.__new__(LogLine, (self.lines, *head, self._buffer, True))
        if len(self._rest) > MAX_LINE:
            self._rest = self._rest[:MAX_LINE]
            self._cut = True
            if not any(layout.read(self._rest) for layout in LAYOUTS):
                self._note_stranger(self._rest)

    def _line(self, text: str, *, whole: bool) -> Iterator[LogLine]:
        """Read a line off the quick path: the first ones, dividers, sections, other layouts, damage."""
        self.lines += 1
        if not self._skipping and self._begins_again(text):
            yield self._complaint(f"logcat was started again: {text}", whole=whole)
        if not text or self._divider(text) or self._skipping:
            self.skipped += self._skipping
            return
        for layout in (self._layout, *LAYOUTS) if self._layout else LAYOUTS:
            head = layout.read(text)
            # A line without time cannot change the layout: any text with a bracketed number looks like one.
            if head is not None and (layout.timed or self._layout in (None, layout)):
                self._adopt(layout, text)
                yield LogLine(self.lines, *head, self._buffer, whole)
                return
        if _BROKEN.match(text):
            yield self._complaint(text, whole=whole)
            return
        self.unknown += 1
        self._note_stranger(text)

    def _complaint(self, text: str, *, whole: bool) -> LogLine:
        """A line of logcat itself; pid 0 marks it."""
        return LogLine(self.lines, None, "", None, 0, 0, "E", _LOGCAT_TAG, text, self._buffer, whole)

    def _begins_again(self, text: str) -> bool:
        """Whether a buffer begins a second time in one section: what came between the two runs of logcat is lost."""
        divider = _DIVIDER.match(text) if text.startswith("---------") else None
        return divider is not None and divider[1] != "switch to" and divider[2] in self._begun

    def _note_stranger(self, text: str) -> None:
        """Remember unreadable text while no line could be read yet; enough of it is a refusal."""
        if self._layout is None:
            self._first_lines.append(text[:500])
            if len(self._first_lines) >= _DETECT_LINES:
                raise self._refusal()

    def _adopt(self, layout: Layout, text: str) -> None:
        if layout is not self._layout:
            self._layout = layout
            self._missing = layout.missing(text)
            self._first_lines = []

    def _divider(self, text: str) -> bool:
        """Follow dividers and section headers; True if ``text`` is one."""
        if not text.startswith(("------", "==")):
            return False
        if divider := _DIVIDER.match(text):
            if self._skipping:
                return True
            self._enter(divider[2], certain=divider[1] == "switch to")
            return True
        if section := _SECTION.match(text):
            command = _LOG_COMMAND.search(section[1])
            self._skipping = command is None
            option = _BUFFER_OPTION.search(command[1]) if command else None
            self._buffer = self._fixed_buffer or (option[1] if option and option[1] != "all" else None)
            self._begun = set()
            return True
        if text.startswith(_REPORT):
            self._skipping = True  # until the first section that is a log
        return self._layout is None and _REPORT_HEADER.match(text) is not None

    def _enter(self, buffer: str, *, certain: bool) -> None:
        """Without -D logcat says only where a buffer begins, not when it returns to one that began before."""
        if not certain and buffer in self._begun:
            self._begun = set()
        self._begun.add(buffer)
        if self._fixed_buffer is None:
            self._buffer = buffer if certain or len(self._begun) == 1 else None

    def _refusal(self) -> FormatError:
        found = guess_format("\n".join(self._first_lines))
        first = self._first_lines[0][:60]
        reason = _("it looks like {found}", found=found) if found else _("its first line is {first!r}", first=first)
        return FormatError(_("not logcat text in the layout epoch, threadtime, time or brief: {reason}", reason=reason))
