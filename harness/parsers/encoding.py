"""Bytes of a saved text -> characters."""

import codecs

COMMON = 0.9
"""Which part of the characters in GB18030 must be of GB 2312's, the common ones [PROJECT]: almost any bytes are
characters of GB18030."""
_SAMPLE = 64  # bytes
_ASCII = frozenset({9, 10, 13, *range(32, 127)})


def encoding_of(start: bytes) -> str:
    """The encoding of a text that begins with ``start``.

    UTF-16 is told by its byte order mark, as Windows PowerShell writes it, or by the zero that every second byte of an
    ASCII text then is; all else is UTF-8.
    """
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if _ascii_in_every_second(start[:_SAMPLE], 0):
        return "utf-16-le"
    if _ascii_in_every_second(start[:_SAMPLE], 1):
        return "utf-16-be"
    return "utf-8-sig"


def decoded(data: bytes) -> str | None:
    """The characters of a whole text in UTF-8, UTF-16 or GB18030, None where it is in none of them."""
    for encoding in (encoding_of(data), "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and (encoding != "gb18030" or _is_chinese(text)):
            return text
    return None


def text_decoder(start: bytes) -> codecs.IncrementalDecoder:
    """The decoder for a text that begins with ``start``; bytes that are no text become U+FFFD."""
    return codecs.getincrementaldecoder(encoding_of(start))(errors="replace")


def _ascii_in_every_second(sample: bytes, first: int) -> bool:
    characters, zeros = sample[first::2], sample[1 - first :: 2]
    return len(sample) >= 4 and not any(zeros) and all(code in _ASCII for code in characters)


def _is_chinese(text: str) -> bool:
    signs = [sign for sign in text if not sign.isascii()]
    return len("".join(signs).encode("gb2312", "ignore")) >= COMMON * 2 * len(signs)
