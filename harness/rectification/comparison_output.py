"""The comparison as a file: the ending says in which form."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from harness.console import json_text
from harness.errors import HarnessError
from harness.language import _
from harness.recording.run_folder import write_atomic
from harness.recording.run_format import not_written
from harness.rectification.comparison_json import comparison_json
from harness.report.pdf import need_program, write_pdf

if TYPE_CHECKING:
    from pathlib import Path

    from harness.rectification.comparison_model import Comparison

FORMS = (".html", ".docx", ".pdf", ".json")


def can_write(output: Path) -> str:
    """The ending of ``output``; raises HarnessError where nothing can be written there, before minutes are spent."""
    ending = output.suffix.lower()
    if ending not in FORMS:
        raise HarnessError(_("{name}: a comparison ends in {forms}", name=output.name, forms=", ".join(FORMS)))
    if output.is_dir():
        raise HarnessError(_("{path} is a folder: give the name of a file for the report", path=output))
    there = next((folder for folder in output.absolute().parents if folder.exists()), output.absolute().parent)
    if not there.is_dir() or not os.access(there, os.W_OK):
        raise HarnessError(_("{path} cannot be written: choose a folder for the report that may be written", path=output))
    if ending == ".pdf":
        need_program()
    return ending


def write(comparison: Comparison, output: Path) -> None:
    """Write the comparison; raises EvidenceError where it cannot be written."""
    from harness.rectification.comparison_document import render_docx
    from harness.rectification.comparison_html import render_page

    ending = can_write(output)
    if ending == ".pdf":
        write_pdf(render_page(comparison), output)
        return
    if ending == ".docx":
        data = render_docx(comparison)
    elif ending == ".json":
        data = (json_text(comparison_json(comparison), indent=1) + "\n").encode("utf-8")
    else:
        data = render_page(comparison).encode("utf-8")
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise not_written(output, error) from error
    write_atomic(output, data)
