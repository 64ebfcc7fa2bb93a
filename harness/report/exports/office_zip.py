"""The ZIP of a DOCX or XLSX without the times of its writing, with a part that says what it was made with."""

import io
import zipfile
import zlib
from datetime import date
from html import escape, unescape

MADE_WITH = "customXml/apprights.xml"
NOTICE_DAY = date(2020, 7, 22)
"""The day of a file that was issued on none: the moment of its writing would differ each time."""
_TIME = (1980, 1, 1, 0, 0, 0)
_BEGIN, _END = b"<apprights>", b"</apprights>"


def without_times(data: bytes, made_with: str = "") -> bytes:
    """The same ZIP: sorted, no time in it, the block of its provenance beside."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        parts = {name: before.read(name) for name in before.namelist()}
        if made_with:
            parts[MADE_WITH] = _BEGIN + escape(made_with).encode("utf-8", "replace") + _END
        for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, _TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # else it tells Windows from the others
            entry.external_attr = 0o600 << 16
            after.writestr(entry, parts[name])
    return out.getvalue()


def made_with(data: bytes, most: int) -> str:
    """The block of the provenance in such a file; empty where there is none of up to ``most`` bytes."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file, file.open(MADE_WITH) as part:
            found = part.read(most)
    except (zipfile.BadZipFile, zlib.error, KeyError, OSError, RuntimeError, NotImplementedError, ValueError, EOFError):
        return ""
    return unescape(found.removeprefix(_BEGIN).removesuffix(_END).decode("utf-8", "replace"))
