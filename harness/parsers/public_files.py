"""``stat -c '%s %Y %Z /%n'`` of what ``find`` found: files with their sizes and times.

Source: toybox, toys/other/stat.c and toys/posix/find.c; the same from 0.7.3 (Android 8.1) on. A file name may hold any
character but NUL and ``/``, a line break too. The format puts a second ``/`` before the path, and no path that ``find``
prints holds two of them one after the other, so no name can look like the beginning of another file.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from harness.language import _
from harness.parsers.dump_sections import Record, Unread, not_a

FORMAT = "%s %Y %Z /%n"
# 20971520 1790827200 1790827201 //sdcard/Download/a.apk
_RECORD = re.compile(r"(\d{1,20}) (\d{1,20}) (\d{1,20}) /(/[^/\0].*)$", re.DOTALL)
_BEGIN = re.compile(r"\d{1,20} \d{1,20} \d{1,20} //")
_MOST_NAME = 64  # lines of one name, which has 255 bytes at most


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicFile(Record):
    """One file; ``modified`` and ``changed`` are seconds since 1970 by the phone's wall clock.

    An app may set the first of them, never the second.
    """

    kind: ClassVar[str] = "public_file"
    path: str
    size: int
    modified: int
    changed: int


def public_files(lines: Iterable[str]) -> Iterator[PublicFile | Unread]:
    """Read the list; raises FormatError if the first line is no beginning of a file, and where there is none."""
    open_lines: list[str] = []
    for line in lines:
        if _BEGIN.match(line):
            if open_lines:
                yield _file(open_lines)
            open_lines = [line]
        elif open_lines:
            open_lines.append(line)
        elif line.strip():
            raise not_a(_("a list of files"), line)
    if not open_lines:
        raise not_a(_("a list of files"), "")
    yield _file(open_lines)


def listed_files(text: str) -> dict[str, PublicFile]:
    """The files of a reading by their paths; one that cannot be read is left out, and an empty phone has none."""
    if not text.strip():
        return {}
    found = (item for item in public_files(text.split("\n")) if isinstance(item, PublicFile))
    return {item.path: item for item in found}


def _file(lines: list[str]) -> PublicFile | Unread:
    """A record of several lines has a name with line breaks; the break after the last is that of ``stat``."""
    whole = lines[:-1] if len(lines) > 1 and not lines[-1] else lines
    match = _RECORD.match("\n".join(whole)) if len(whole) <= _MOST_NAME else None
    if match is None or "//" in match[4]:
        return Unread(lines[0])
    return PublicFile(path=match[4], size=int(match[1]), modified=int(match[2]), changed=int(match[3]))
