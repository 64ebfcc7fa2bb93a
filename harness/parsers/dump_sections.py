"""The section of a text that a reader of dumps owns, its records, and the refusal of another text.

A reader of a dump takes lines and yields records as it goes, so that a dump of any length needs little memory. A line
that should be understood and is not is yielded as ``Unread``: the caller counts it, what was read before it stands.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from harness.errors import FormatError
from harness.language import _
from harness.parsers.log_fields import Unreadable, formatted_uid
from harness.parsers.logcat_layouts import guess_format

# DUMP OF SERVICE CRITICAL notification:        frameworks/native/cmds/dumpsys/dumpsys.cpp, writeDumpHeader
_SERVICE = re.compile(r"DUMP OF SERVICE (?:[A-Z]+ )?([\w.$/-]+):?\s*$")
# --------- 0.006s was the duration of dumpsys alarm, ending at: 2020-01-08 15:31:49       the same, writeDumpFooter
_FOOTER = re.compile(r"-{3,} ?[\d.]+s was the duration of dumpsys |-{6} .* ?-{6}$")
# ------ SYSTEM PROPERTIES (getprop) ------       frameworks/native/cmds/dumpstate/DumpstateUtil.cpp, RunCommandToFd
# ------ 0.028s was the duration of 'SYSTEM PROPERTIES' ------                      dumpstate.cpp, DurationReporter
_COMMAND = re.compile(r"-{6} .* -{6}\s*$")
# == dumpstate: 2020-01-08 15:31:08           dumpstate.cpp, print_header
_REPORT = re.compile(r"={8,}$|== dumpstate: ", re.M)
_PATIENCE = 20_000  # lines without a sign of the format after which a text is refused
_SAMPLE = 4000  # characters of the beginning that the refusal looks at
_MOST_BLOCK = 5000  # lines of one record
_LONG = 4000  # characters; Python reads no number of more than 4300 digits
_ENDLESS = re.compile(r"\d{100,}")  # what no phone prints as a number

# 929:system/1000, as ProcessRecord.java prints a process in short; 1234:com.x:sandbox/u0a162i-8990 of an app's zygote
SHORT_PROCESS = r"(\d+):([^/\s]+)/(\w+(?:i-\d+)?)"
# 1h2m3s4ms
_DURATION_PART = re.compile(r"(\d+)(ms|[dhms])")
_SECONDS = {"d": 86400.0, "h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001}


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record of a dump; ``kind`` is its name in ``apprights parse``."""

    kind: ClassVar[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentRecord(Record):
    """A service or a provider; ``pid`` is None while its process does not live."""

    user: int
    component: str
    package: str | None
    process: str | None
    pid: int | None
    uid: int | None


@dataclass(frozen=True, slots=True)
class Unread:
    """A line of a dump that should be understood and is not."""

    text: str


def not_a(wanted: str, text: str) -> FormatError:
    """Return the error for ``text`` that is no ``wanted``; it names what the text looks like, or how it begins."""
    if not text.strip():
        return FormatError(_("not {wanted}: the text is empty", wanted=wanted))
    start = text[:_SAMPLE].lstrip("\ufeff\r\n ")
    found = guess_format(start)
    if found:
        return FormatError(_("not {wanted}: it looks like {found}", wanted=wanted, found=found))
    return FormatError(_("not {wanted}: it begins with {start!r}", wanted=wanted, start=start[:60]))


class Dump:
    """The lines of a text for one reader: how many of them were of its section, and whether that says it has nothing.

    ``nothing`` matches the line by which a dump says so, ``something`` one after which there must be records all the
    same; both are looked for until a record was found.
    """

    def __init__(self, lines: Iterable[str], nothing: re.Pattern[str] | None = None) -> None:
        self.taken = 0
        self.says_nothing = False
        self.nothing = nothing
        self.something: re.Pattern[str] | None = None
        self._lines = lines

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def take(self, line: str) -> str:
        """Count a line of the section; numbers too long for a phone are taken out of it."""
        self.taken += 1
        if self.something and self.something.match(line):
            self.says_nothing, self.nothing = False, None
        if self.nothing and self.nothing.match(line):
            self.says_nothing = True
        return line if len(line) < _LONG else _ENDLESS.sub("?", line)


def section(lines: Iterable[str], wanted: str, heading: re.Pattern[str], *, service: str | None = None) -> Iterator[str]:
    """Yield the lines from each one that ``heading`` matches to the end of its dump.

    Where the text holds dumps of several services (a bugreport, or dumpsys without arguments), only the one of
    ``service`` counts; of the parts of ActivityManager's, each begins with its own heading, and a part of another name
    may quote ours (the state at the last ANR). Raises FormatError when the text ends without a heading, or has none for
    20,000 lines.
    """
    dump = lines if isinstance(lines, Dump) else Dump(lines)
    sample, inside, entered, several, ours, quoted = "", False, False, False, True, False
    for number, line in enumerate(dump):
        if inside and line[:1] == " ":  # most lines by far, and none of them ends a section
            yield dump.take(line)
            continue
        if found := _SERVICE.match(line):
            several, inside, quoted = True, False, False
            ours = service is None or found[1].partition("/")[0] == service
        elif ours and heading.match(line) and not (quoted and line[:1].isspace()):
            inside, entered, quoted = True, True, False
        elif line.startswith("ACTIVITY MANAGER "):
            inside, quoted = False, True
        elif inside and _FOOTER.match(line):
            inside = False
        if inside:
            yield dump.take(line)
        elif not entered:
            if len(sample) < _SAMPLE:
                sample += line[: _SAMPLE - len(sample)] + "\n"
            if number >= _PATIENCE and not several and not _REPORT.search(sample):
                break
    if not entered:
        raise not_a(wanted, sample)


def report_section(lines: Iterable[str], wanted: str, command: re.Pattern[str]) -> Iterator[str]:
    """Yield what a command printed, the first whose header in a bugreport matches; all lines of another text.

    Raises FormatError where a report has no such section.
    """
    dump = lines if isinstance(lines, Dump) else Dump(lines)
    report, inside, entered, sample = False, True, False, ""
    for line in dump:
        if not entered and len(sample) < _SAMPLE:
            sample += line[: _SAMPLE - len(sample)] + "\n"
            if not report and _REPORT.search(sample):
                report, inside = True, False
        if line.startswith("------ ") and _COMMAND.match(line):
            report, inside = True, not entered and command.match(line) is not None
            entered = entered or inside
        elif inside:
            yield dump.take(line)
    if report and not entered:
        raise not_a(wanted, sample)


def blocks(lines: Iterable[str], start: re.Pattern[str]) -> Iterator[tuple[re.Match[str], list[str]]]:
    """Yield each line that ``start`` matches with the lines that follow it; what precedes the first is skipped."""
    head: re.Match[str] | None = None
    body: list[str] = []
    for line in lines:
        if match := start.match(line):
            if head:
                yield head, body
            head, body = match, []
        elif head and len(body) < _MOST_BLOCK:
            body.append(line)
    if head:
        yield head, body


def until_repeated(body: list[str], once: re.Pattern[str]) -> list[str]:
    """Return ``body`` up to the second line that ``once`` matches.

    A record prints such a line but once: what follows the second belongs to another record whose first line was lost.
    """
    places = [place for place, line in enumerate(body) if once.match(line)]
    return body if len(places) < 2 else body[: places[1]]


def seconds(duration: str) -> float | None:
    """A duration as Android prints it, ``-1m5s582ms`` or ``0`` (core/java/android/util/TimeUtils.java).

    None for words.
    """
    digits = duration.lstrip("+-")
    parts = _DURATION_PART.findall(digits)
    if not parts:
        return 0.0 if digits == "0" else None
    total = sum(int(count) * _SECONDS[unit] for count, unit in parts)
    return round(-total if duration.startswith("-") else total, 3)


def uid_or_none(text: str) -> int | None:
    """The uid behind ``u0a123`` or ``1000``; None where it is none."""
    try:
        return formatted_uid(text)
    except Unreadable:
        return None


def int_or_none(text: str | None) -> int | None:
    """A printed whole number; None for anything else."""
    return int(text) if text and text.lstrip("-").isdigit() else None


def text_or_none(text: str | None) -> str | None:
    """A printed value; ``null`` and nothing are None."""
    return None if text in (None, "", "null") else text
