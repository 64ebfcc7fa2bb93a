"""IndentingPrintWriter (core/java/android/util/IndentingPrintWriter.java, internal/util until 10) with lines of 120.

A piece that does not fit begins a line; one that is longer than a line is cut where the line is full.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_WIDTH = 120


def printed(pieces: Iterable[str], indent: str) -> str:
    """Return what a service prints piece by piece with one indent, from the beginning of a line (write)."""
    text, new, length = "", True, 0
    for piece in pieces:
        begin = 0
        for end, letter in enumerate(piece, 1):
            length += 1
            if letter == "\n":
                text += indent * new + piece[begin:end]
                begin, new, length = end, True, 0
            if length >= _WIDTH - len(indent):
                if new:
                    text += indent + piece[begin:end]
                    begin = end
                text += "\n"
                new, length = True, end - begin
        if begin < len(piece):
            text += indent * new + piece[begin:]
            new = False
    return text
