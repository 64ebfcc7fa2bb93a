"""The comparison as one HTML page: no script, no request, the language chosen by CSS alone."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from markupsafe import Markup

from harness.language import Text, chosen
from harness.rectification import comparison_texts
from harness.report.docx import SIGNED
from harness.report.html import render_part, whole

if TYPE_CHECKING:
    from harness.rectification.comparison_model import Comparison


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
