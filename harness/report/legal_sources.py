"""检测依据: the texts that the rules of a report rest on, and how far each was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.language import _
from harness.rules.documents import Document, documents

if TYPE_CHECKING:
    from harness.report.report_model import Report

SCENES_NOTE = _(
    "The numbers of the scenes 1.1-1 to 3.2-1 are those of a checklist of the open-source project camille, in AppRights' own words; "
    "the checklist is no official text. [PROJECT] marks a number of AppRights' own, which no official text gives."
)


def sources(report: Report) -> tuple[Document, ...]:
    """The texts of its rules, the earliest first."""
    ids = {id for rule in report.rules for id in rule.documents if id in documents()}
    return tuple(sorted((documents()[id] for id in ids), key=lambda each: (each.in_force, each.id)))
