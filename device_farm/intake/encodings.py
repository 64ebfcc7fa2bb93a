"""The lines of a list, whatever program of Windows saved it: UTF-8, GBK (as GB18030) or UTF-16, of any length.

Nothing is held in memory but a line. What cannot be read costs its own line.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, TextIO

from harness.language import Text, _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

UTF8, GBK, UTF16 = "utf-8-sig", "gb18030", "utf-16"
UTF16_LE, UTF16_BE = "utf-16-le", "utf-16-be"
"""UTF-16 without a mark."""
SAID = {UTF8: "UTF-8", GBK: "GBK (GB18030)", UTF16: "UTF-16", UTF16_LE: "UTF-16", UTF16_BE: "UTF-16"}
MOST_SIGNS = 64 * 1024
"""Signs of one line, and of a row that goes over several."""
_CHUNK = 1 << 20
_PEEKED = 4096
_END = re.compile(r"[\n\r]")
_HEAD = re.compile("[\\t\x20-\x7e\\u3000-\\u303f\\u4e00-\\u9fff\\uff00-\\uffef]+")
"""What the first line of a list is made of, ASCII and Chinese: with its bytes turned round it is not."""
_LOST = "\ufffd"


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its end, or why it cannot be read."""

    number: int
    text: str
    problem: Text | None = None


def encoding_of(stream: BinaryIO) -> str:
    """Detect the encoding of a file, or the one in which fewer lines are broken. It is read once or twice."""
    stream.seek(0)
    if stream.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return UTF16
    stream.seek(0)
    if (wide := _wide(stream.read(_PEEKED))) is not None:
        return wide
    stream.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := stream.read(_CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        stream.seek(0)
        broken = {UTF8: 0, GBK: 0}
        while line := stream.readline(MOST_SIGNS):
            for encoding in broken:
                broken[encoding] += not _decodes(line, encoding)
        return GBK if broken[GBK] < broken[UTF8] else UTF8
    return UTF8


def _wide(begin: bytes) -> str | None:
    """UTF-16 without a mark, by its zeros: only so its first line ends, with nothing in it but what heads have."""
    for encoding in (UTF16_LE, UTF16_BE):
        text = begin[: len(begin) // 2 * 2].decode(encoding, "replace")
        head, end = _END.split(text, maxsplit=1)[0], _END.search(text)
        if end is not None and head and _HEAD.fullmatch(head):
            return encoding
    return None


def opened(path: Path, encoding: str) -> TextIO:
    """A file whose lines are ended by Windows, Unix or an old Mac, and in which nothing stops the reader."""
    return path.open(encoding=encoding, errors="replace", newline="")


def read_lines(text: TextIO, encoding: str) -> Iterator[Line]:
    """The lines of a file that is open by ``opened``, from 1."""
    number, cut = 0, False
    while line := text.readline(MOST_SIGNS + 1):
        whole = line.endswith(("\n", "\r"))
        if cut:  # the rest of a line that was told already
            cut = not whole
            continue
        number, cut = number + 1, not whole and len(line) > MOST_SIGNS
        yield Line(number, line, _problem(line, encoding))


def _problem(line: str, encoding: str) -> Text | None:
    if len(line) > MOST_SIGNS:
        return _("longer than {most} signs: no row of a list is", most=MOST_SIGNS)
    if "\0" in line:
        return _("zeros stand in it: the file is damaged, or no list")
    if _LOST in line:
        return _("signs in it are not {encoding}: save the list as UTF-8", encoding=SAID[encoding])
    return None


def _decodes(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
