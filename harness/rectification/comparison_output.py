"""The comparison as a file: the ending says in which form. Its page has no script and makes no request."""

import base64
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from markupsafe import Markup

from harness.console import json_text
from harness.custody.issued_reports import record_issue
from harness.errors import FormatError
from harness.language import Text, _, chosen
from harness.rectification import comparison_texts
from harness.rectification.comparison_builder import compared
from harness.rectification.comparison_json import comparison_json
from harness.rectification.comparison_model import Comparison
from harness.rectification.judged_runs import shown_runs
from harness.rectification.notice import notice_of
from harness.report import Judged
from harness.report.docx import SIGNED
from harness.report.html import render_part, whole
from harness.report.output_formats import COMPARISON, NO_CHOICE, block_of, can_write, issue
from harness.report.pdf import pdf_of
from harness.report.provenance import Provenance, provenance_of


def write(comparison: Comparison, outputs: Sequence[Path], issued: date) -> None:
    """Write the comparison, and chain the hash of each file to its runs.

    Raises EvidenceError where it cannot be written.
    """
    sides = [("old", run) for run in comparison.old] + [("new", run) for run in comparison.new] + [("past", run) for run in comparison.past]
    runs = [run.judged for _side, run in sides]
    notice = comparison.notice
    told = {"on": comparison.on.isoformat()} | ({"notice": notice.text, "file": notice.file} if notice is not None else {})
    for output in outputs:
        made = provenance_of(can_write(output, COMPARISON), COMPARISON, runs, comparison.case, issued, NO_CHOICE)
        placed = tuple(replace(run, side=side) for run, (side, _run) in zip(made.runs, sides, strict=True))
        made = replace(made, runs=placed, comparison=told)
        data = _form(comparison, made)
        issue(output, data)
        record_issue(output, data, made.to_json(), [run.analysis.folder for run in runs])


def made_again(made: Provenance, runs: Sequence[Judged]) -> bytes:
    """The bytes of a comparison of what it says that it was made with; raises FormatError where that is damaged."""
    told = made.comparison
    try:
        day = date.fromisoformat(told["on"])
    except (KeyError, ValueError):
        raise FormatError(_("what the report says it was made with is damaged")) from None
    notice = notice_of(told["notice"], told.get("file", "")) if "notice" in told else None
    shown = list(zip((run.side for run in made.runs), shown_runs(runs), strict=True))
    old, new, past = (tuple(run for side, run in shown if side == wanted) for wanted in ("old", "new", "past"))
    if not new:
        raise FormatError(_("what the report says it was made with is damaged"))
    return _form(compared(old, new, past, day, notice=notice, case=made.case), made)


def _form(comparison: Comparison, made: Provenance) -> bytes:
    """The bytes of a comparison in the form that its provenance names, with the block of that."""
    from harness.rectification.comparison_document import render_docx
    from harness.rectification.comparison_output import render_page

    block = block_of(made)
    if made.form == ".docx":
        return render_docx(comparison, block)
    if made.form == ".json":
        return (json_text(comparison_json(comparison) | {"made_with": json.loads(block)}, indent=1) + "\n").encode("utf-8")
    page = render_page(comparison, block)
    return pdf_of(page) if made.form == ".pdf" else page.encode("utf-8")


def render_page(comparison: Comparison, made_with: str = "") -> str:
    """The page, with the block of its provenance; everything from the app, the notice and the phone is escaped."""
    groups: list[tuple[Text | None, tuple[comparison_texts.Form, ...]]] = []
    first = 1
    for answer in comparison.answers:
        if answer.rows:
            groups.append((comparison_texts.problem_name(answer), comparison_texts.forms(answer.rows, first)))
            first += len(answer.rows)
    if comparison.beside:
        groups.append((comparison_texts.BESIDE if comparison.notice else None, comparison_texts.forms(comparison.beside, first)))
    return render_part(
        "rectification.html.j2",
        made_with=whole(made_with),
        comparison=comparison,
        runs=(*comparison.old, *comparison.new),
        title=comparison_texts.TITLE,
        heads=comparison_texts.HEADS,
        answer_heads=comparison_texts.ANSWER_HEADS,
        label_heads=comparison_texts.LABEL_HEADS,
        to_fill=comparison_texts.TO_FILL,
        language=chosen(),
        notice=comparison_texts.notice_pairs(comparison),
        answers=[(answer, comparison_texts.problem_words(answer)) for answer in comparison.answers],
        identity=comparison_texts.identity(comparison),
        tally=comparison_texts.tally(comparison),
        groups=groups,
        labels=comparison_texts.by_label(comparison),
        signed=SIGNED,
        made_by=comparison_texts.made_by(),
        address=_address,
    )


def _address(jpeg: bytes) -> str:
    return Markup("data:image/jpeg;base64,") + base64.b64encode(jpeg).decode("ascii")
