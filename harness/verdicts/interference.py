"""The verdicts of a shared night that say less than a check alone would, and because of whom."""

from typing import NamedTuple

from harness.detectors.process_start_rules import unattributed
from harness.events import ProcessStarted
from harness.events.findings import Outcome
from harness.events.timeline import Timeline
from harness.starts import Cause, calls_to_running, own_starts
from harness.starts.concurrent_apps import concurrent_apps, lives
from harness.starts.incoming import woken_by_neighbour
from harness.verdicts.analysis import Analysis

OPEN = (Outcome.INCONCLUSIVE, Outcome.SUSPECTED)
"""Outcomes that a check alone may take back, or confirm."""


class Disturbance(NamedTuple):
    """The neighbours that woke the app or were called by it, and whether starts are left that nobody is named for."""

    by: frozenset[str] = frozenset()
    unexplained: bool = False

    def __bool__(self) -> bool:
        return bool(self.by) or self.unexplained


def disturbance(analysis: Analysis) -> Disturbance:
    """What neighbours did to a run whose outcomes are not settled; nothing for one that is, or of a check alone."""
    timeline, app = analysis.timeline, analysis.app
    beside = concurrent_apps(timeline)
    if not beside or not any(verdict.outcome in OPEN for verdict in analysis.verdicts):
        return Disturbance()
    starts = own_starts(timeline, app)
    by = {start.caller for start in starts if start.caller is not None and woken_by_neighbour(timeline, start)}
    by |= {call.package for call in calls_to_running(timeline, app) if call.package in beside}
    unknown = any(start.cause is Cause.UNKNOWN for start in starts)
    return Disturbance(frozenset(by), unknown or any(_may_be_theirs(timeline, beside, fact) for fact in unattributed(timeline, app)))


def _may_be_theirs(timeline: Timeline, beside: frozenset[str], fact: ProcessStarted) -> bool:
    """Whether a start that nobody is named for is one of a neighbour, or of a third app while a neighbour lived."""
    return fact.package in beside or any(lives(timeline, one, fact.at) for one in beside)
