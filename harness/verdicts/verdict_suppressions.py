"""The suppressions of today's config for verdicts of a run; they change none of them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from harness.config.suppressions import Suppression, suppressed
from harness.config.table_validation import today
from harness.events.findings import Outcome

if TYPE_CHECKING:
    from harness.verdicts.judge import Verdict

FAILING = (Outcome.VIOLATION, Outcome.SUSPECTED)
"""What can be suppressed: nothing else is held against an app."""


def suppression_of(package: str, verdict: Verdict, on: date | None = None) -> Suppression | None:
    """The suppression in force for a verdict on a day, today's where none is given; None where it fails nothing."""
    return suppression_for(package, verdict.rule.id, verdict.outcome, on)


def suppression_for(package: str, rule: str, outcome: Outcome, on: date | None = None) -> Suppression | None:
    """The same of a verdict of which no more is known than its rule and outcome."""
    return suppressed(package, rule, on or today()) if outcome in FAILING else None
