"""Refusal of a dump: one place that says what a text is when it is not what was asked for."""

from __future__ import annotations

from harness.errors import FormatError
from harness.parsers.formats import guess_format


def not_a(wanted: str, text: str) -> FormatError:
    """Return the error for ``text`` that is no ``wanted``; it names what the text looks like, or how it begins."""
    if not text.strip():
        return FormatError(f"not {wanted}: the text is empty")
    start = text[:4000].lstrip("\ufeff\r\n ")
    found = guess_format(start)
    return FormatError(f"not {wanted}: " + (f"it looks like {found}" if found else f"it begins with {start[:60]!r}"))
