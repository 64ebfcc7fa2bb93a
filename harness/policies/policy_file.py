"""The app's privacy policy as a file of the tester's, whatever it is saved as."""

import re
from pathlib import Path

from harness.apk.archive import MIB, Archive
from harness.errors import FormatError, why
from harness.language import _
from harness.parsers.encoding import decoded
from harness.policies.docx_text import DOCUMENT, docx_text
from harness.policies.html_text import html_text, is_html
from harness.policies.pdf_text import pdf_text
from harness.policies.policy_lines import unbroken, whole_signs

POLICY_LIMIT = 4 << 20
"""Bytes of a policy at most [PROJECT]: the longest have a hundred thousand characters."""
MOST_XML = 32 * MIB
_BEGINNINGS = {
    b"\x89PNG": _("a picture"),
    b"\xff\xd8\xff": _("a picture"),
    b"GIF8": _("a picture"),
    b"RIFF": _("a picture"),
    b"\xd0\xcf\x11\xe0": _("a Word document of the old form (.doc)"),
    b"{\\rtf": _("a document in RTF"),
}
_MARKDOWN_ROW = re.compile(r"^(?:[\s>]*\|)?(?=[^|]*\|[^|]*\|)(.*?)\|?\s*$")
_LINE_END = re.compile(r"\r\n?|<br\s*/?>", re.IGNORECASE)
_RULE = re.compile(r"^[\s>|:\-]+$")


def read_policy(path: Path) -> str:
    """The text of a policy file: plain text in UTF-8, UTF-16 or GB18030, HTML, a Word document, or a PDF.

    A row of a table is one line, its cells apart by tabs. Raises FormatError for what is none of these, and for what
    has no words in it: a file that is read with half of its characters lost would seem to tell of nothing.
    """
    try:
        with path.open("rb") as file:
            data = file.read(POLICY_LIMIT + 1)
            if len(data) > POLICY_LIMIT:
                raise FormatError(
                    _(
                        "{path}: larger than {policy_limit} MiB, this is no privacy policy; give it as plain text",
                        path=path,
                        policy_limit=POLICY_LIMIT >> 20,
                    )
                )
            text = _text(path, data)
    except OSError as error:
        raise FormatError(_("{path}: cannot be read: {reason}", path=path, reason=why(error))) from None
    if not any(map(str.isalnum, text)):
        raise FormatError(_("{path}: there are no words in it, its pages are pictures or empty; give the text of the policy", path=path))
    return whole_signs(text)


def _text(path: Path, data: bytes) -> str:
    for beginning, what in _BEGINNINGS.items():
        if data.startswith(beginning):
            raise FormatError(_("{path}: {what}; save the privacy policy as plain text, HTML, .docx or PDF", path=path, what=what))
    if data.startswith(b"%PDF-"):
        return pdf_text(data, path)
    if data.startswith(b"PK"):
        return _word(path)
    text = decoded(data)
    if text is None:
        raise FormatError(
            _("{path}: no text in UTF-8, UTF-16 or GB18030; save the privacy policy as plain text, HTML, .docx or PDF", path=path)
        )
    return html_text(text) if is_html(text) else unbroken(_rows(_LINE_END.sub("\n", text)))


def _word(path: Path) -> str:
    with path.open("rb") as file:
        archive = Archive(path, file)
        if DOCUMENT not in archive.entries:
            raise FormatError(_("{path}: a zip archive and no Word document; give the privacy policy itself", path=path))
        return docx_text(archive.read(DOCUMENT, MOST_XML), path)


def _rows(text: str) -> str:
    """A text with the rows of its Markdown tables as ours, also those with each bar on a line of its own.

    There a blank line or two spaces at the end of a line end the row.
    """
    lines: list[list[str]] = []
    is_open = False  # whether the last line is a row whose last cell may go on
    for line in text.split("\n"):
        said = line.strip()
        if said == "|" and lines:
            while len(lines) > 1 and not lines[-1][0].strip():
                lines.pop()
            lines[-1].append("|")
            is_open = True
        elif is_open and (said or lines[-1][-1] == "|"):
            lines[-1].append(said)
            is_open = not said or not line.endswith("  ")
        else:
            lines.append([line])
            is_open = False
    whole = (" ".join(line) for line in lines)
    told = (line for line in whole if not ("|" in line and _RULE.match(line)))
    return "\n".join("\t".join(map(str.strip, found[1].split("|"))) if (found := _MARKDOWN_ROW.match(line)) else line for line in told)
