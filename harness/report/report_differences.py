"""Where two files of one form differ first: a line, a part of a DOCX or XLSX, an object of a PDF."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from harness.console import printable
from harness.language import Text, _

if TYPE_CHECKING:
    from collections.abc import Iterator

BEFORE, SHOWN = 24, 72
"""Bytes before the place that differs, and in all."""
_MOMENT = re.compile(rb"(?<=Date )\(D:\d{14}[+-]\d\d'\d\d'\)")
_NODE = re.compile(rb"(?<=\(node)\d{8}(?=\))")
_OBJECT = re.compile(rb"^(\d+ 0) obj\n(.*?)(?:stream\n(.*?)\nendstream\n?)?endobj", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ReportDifference:
    """The first place that differs: what the runs give there, and what the report has."""

    place: Text
    expected: str
    found: str


def without_chance(data: bytes, form: str) -> bytes:
    """A file without what a browser has otherwise at each printing: its moment, and numbers of its own nodes."""
    return _NODE.sub(b"", _MOMENT.sub(b"", data, count=2)) if form == ".pdf" else data


def first_difference(expected: bytes, found: bytes, form: str) -> ReportDifference | None:
    """The first place at which what was ``found`` is not as ``expected``; None where every byte is the same."""
    if expected == found:
        return None
    for one, other in zip_longest(_parts(expected, form), _parts(found, form)):
        if one != other:
            (place, before), (name, now) = one or (other[0] if other else _("end"), b""), other or (_("end"), b"")
            if place != name:
                return ReportDifference(_("its parts"), printable(str(place)), printable(str(name)))
            return ReportDifference(place, *_excerpts(before, now))
    return ReportDifference(_("the bytes of the file"), *_excerpts(expected, found))


def _excerpts(expected: bytes, found: bytes) -> tuple[str, str]:
    same = next((at for at, (one, other) in enumerate(zip(expected, found, strict=False)) if one != other), min(len(expected), len(found)))
    begin = max(same - BEFORE, 0)
    return _shown(expected[begin : begin + SHOWN]), _shown(found[begin : begin + SHOWN])


def _shown(data: bytes) -> str:
    return printable(" ".join(data.decode("utf-8", "ignore").split()))


def _parts(data: bytes, form: str) -> Iterator[tuple[Text, bytes]]:
    if form in (".docx", ".xlsx"):
        yield from _members(data)
    elif form == ".pdf":
        for number, head, stream in _OBJECT.findall(data):
            yield _("object {number}", number=number.decode()), head + _inflated(stream)
    else:
        for number, line in enumerate(data.split(b"\n"), 1):
            yield _("line {number}", number=number), line


def _members(data: bytes) -> Iterator[tuple[Text, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            for info in file.infolist():
                yield _("part {name}", name=info.filename[:80]), file.read(info)
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError, ValueError, EOFError):
        return


def _inflated(stream: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(stream, 64 << 20)
    except zlib.error:
        return stream
