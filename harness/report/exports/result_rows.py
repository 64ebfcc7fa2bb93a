"""A report as one row for each verdict or finding, and the words for the cells of all tables."""

from collections.abc import Iterator
from dataclasses import dataclass

from harness.events.findings import Outcome, Severity
from harness.language import _, pick, said
from harness.report.exports.export_table import Warned
from harness.report.report_model import AppReport, FindingView, Report, VerdictView

HELD = (Outcome.VIOLATION, Outcome.SUSPECTED)
"""What is held against an app, and so becomes a task for somebody."""
MARK = "AR-"
"""Stands before the key of a finding where other programs keep it, so that it is found again."""
VIRTUAL = _("virtual device, no phone")
"""Stands in each row of what was found on one."""
WEIGHTS = (Severity.A, Severity.B, Severity.C, Severity.M)
"""The severities, the heaviest first."""


@dataclass(frozen=True, slots=True)
class Row:
    """A finding with the verdict and the app that it belongs to."""

    app: AppReport
    verdict: VerdictView
    finding: FindingView

    @property
    def key(self) -> str:
        """Return the key of this finding, the same over runs and versions."""
        return MARK + self.finding.key

    @property
    def when(self) -> str:
        """The wall time of its first fact."""
        return self.finding.facts[0].wall if self.finding.facts else ""

    @property
    def weight(self) -> int:
        """1 for the heaviest; what is only suspected weighs one less."""
        number = WEIGHTS.index(self.verdict.rule.severity) + 1
        return min(number + (self.finding.outcome is Outcome.SUSPECTED), len(WEIGHTS))


def rows(report: Report) -> Iterator[Row]:
    for app in report.apps:
        for verdict in app.verdicts:
            for finding in verdict.findings:
                yield Row(app, verdict, finding)


def held(report: Report) -> Iterator[Row]:
    """The findings that are held against an app; those of a verdict that is clear altogether are not."""
    return (row for row in rows(report) if row.finding.outcome in HELD and row.verdict.outcome in HELD)


def name_of(app: AppReport) -> str:
    """What an app is called, its package where it has no label."""
    return app.app.label or app.app.package


def version_of(app: AppReport) -> str:
    """The version as its users see it, with the number that tells builds apart."""
    name, code = app.app.version_name or "", app.app.version_code
    return f"{name} ({code})" if name and code is not None else name or str(code or "")


def device_of(app: AppReport) -> str:
    """The phone on one line; of a virtual device, that it is none."""
    named = " ".join(part for key in ("manufacturer", "model") if (part := app.device.get(key, "")))
    android = app.device.get("android", "")
    told = ", ".join(part for part in (named, f"Android {android}" if android else "", app.device.get("rom", "")) if part)
    return Warned(f"{told}{pick('，', ', ')}{said(VIRTUAL)}") if app.virtual else told


def suppression_words(verdict: VerdictView) -> str:
    """Say that a verdict is suppressed, until when, by whom and why; empty where it is not."""
    one = verdict.suppressed
    if one is None:
        return ""
    return said(_("suppressed until {expires} by {owner}: {reason}", expires=one.expires, owner=one.owner, reason=one.reason))


def review_words(finding: FindingView) -> str:
    """What people made of a finding, the latest last; empty where nobody looked."""
    told = (f"{said(each.words)}{pick('，', ', ')}{each.at}{pick('：', ': ')}{each.reason}" for each in finding.reviews)
    return pick("；", "; ").join(told)
