"""The comparison as one HTML page: no script, no request, the language chosen by CSS alone."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from markupsafe import Markup

from harness.language import chosen
from harness.rectification import content
from harness.report.docx import SIGNED
from harness.report.html import render_part

if TYPE_CHECKING:
    from harness.rectification.model import Comparison
    from harness.report.wording.terms import Words


def render_page(comparison: Comparison) -> str:
    """The page; everything from the app, the notice and the phone is escaped."""
    groups: list[tuple[Words | None, tuple[content.Form, ...]]] = []
    first = 1
    for answer in comparison.answers:
        if answer.rows:
            groups.append((content.problem_name(answer), content.forms(answer.rows, first)))
            first += len(answer.rows)
    if comparison.beside:
        groups.append((content.BESIDE if comparison.notice else None, content.forms(comparison.beside, first)))
    return render_part(
        "rectification.html.j2",
        comparison=comparison,
        runs=(*comparison.old, *comparison.new),
        title=content.TITLE,
        heads=content.HEADS,
        answer_heads=content.ANSWER_HEADS,
        label_heads=content.LABEL_HEADS,
        to_fill=content.TO_FILL,
        language=chosen(),
        notice=content.notice_pairs(comparison),
        answers=[(answer, content.problem_words(answer)) for answer in comparison.answers],
        identity=content.identity(comparison),
        tally=content.tally(comparison),
        groups=groups,
        labels=content.by_label(comparison),
        signed=SIGNED,
        made_by=content.made_by(),
        address=_address,
    )


def _address(jpeg: bytes) -> str:
    return Markup("data:image/jpeg;base64,") + base64.b64encode(jpeg).decode("ascii")
