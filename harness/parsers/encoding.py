"""Bytes of a saved text -> characters."""

from __future__ import annotations

import codecs

_SAMPLE = 64  # bytes
_ASCII = frozenset({9, 10, 13, *range(32, 127)})


def text_decoder(start: bytes) -> codecs.IncrementalDecoder:
    """The decoder for a text that begins with ``start``; bytes that are no text become U+FFFD.

    UTF-16 is told by its byte order mark, as Windows PowerShell writes it, or by the zero that every second byte of an
    ASCII text then is; all else is UTF-8.
    """
    name = "utf-8-sig"
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        name = "utf-16"
    elif _ascii_in_every_second(start[:_SAMPLE], 0):
        name = "utf-16-le"
    elif _ascii_in_every_second(start[:_SAMPLE], 1):
        name = "utf-16-be"
    return codecs.getincrementaldecoder(name)(errors="replace")


def _ascii_in_every_second(sample: bytes, first: int) -> bool:
    characters, zeros = sample[first::2], sample[1 - first :: 2]
    return len(sample) >= 4 and not any(zeros) and all(code in _ASCII for code in characters)
