"""PDF -> its text, by pypdf."""

import io
import logging
import struct
import zlib
from pathlib import Path

from harness.errors import FormatError
from harness.language import _

MOST_PAGES, MOST_TEXT = 300, 2_000_000
"""Pages and characters of a policy at most [PROJECT]."""
_DAMAGED = (
    ValueError, KeyError, TypeError, IndexError, AttributeError, AssertionError, NotImplementedError, ArithmeticError, RecursionError,
    EOFError, struct.error, zlib.error,
)  # fmt: skip
"""What a hostile file can make of pypdf beside its own errors."""


def pdf_text(data: bytes, path: Path) -> str:
    """The words of a PDF, page after page; raises FormatError for one that is damaged, locked or too long."""
    from pypdf import PdfReader  # a tenth of a second, for the one form that needs it
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells the terminal of each oddity
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise FormatError(_("{path}: locked by a password; give the privacy policy as plain text", path=path))
        if len(reader.pages) > MOST_PAGES:
            raise FormatError(
                _("{path}: {pages} pages, this is no privacy policy; give it as plain text", path=path, pages=len(reader.pages))
            )
        found: list[str] = []
        for page in reader.pages:
            found.append(page.extract_text())
            if sum(map(len, found)) > MOST_TEXT:
                raise FormatError(_("{path}: too long for a privacy policy; give it as plain text", path=path))
    except (PyPdfError, *_DAMAGED):
        raise FormatError(_("{path}: a damaged PDF; give the privacy policy as plain text", path=path)) from None
    return "\n".join(found)
