"""The tables of a report: a row a verdict, a row a finding, the columns of bulletins, the points of an audit."""

from collections.abc import Iterator

from harness.events.findings import Outcome
from harness.language import both, chinese
from harness.report.case import Case
from harness.report.exports.export_table import Cell, Table, Warned, lines
from harness.report.exports.result_rows import VIRTUAL, device_of, name_of, review_words, rows, suppression_words, version_of
from harness.report.report_model import AppReport, Fact, Report, VerdictView
from harness.rules.labels import Label, labels
from harness.verdicts.conclusion import WORST, State

VERDICT = (
    *("package", "label", "version", "device", "android"),
    *("rule", "clause", "clause_label", "outcome", "outcome_zh", "reason_zh", "reason_en", "run"),
    *("date", "serial", "altered", "own"),
    *("suppressed_until", "suppressed_by", "suppressed_because", "reviewed"),
)
FINDING = (
    *("key", "package", "label", "version", "rule", "clause", "clause_label", "severity", "part"),
    *("outcome", "outcome_zh", "reason_zh", "reason_en", "measured", "first_fact", "evidence"),
    *("reviewed", "review_by", "review_at", "review_reason"),
    *("suppressed_until", "suppressed_by", "suppressed_because"),
    *("device", "serial", "date", "run", "root", "altered"),
)
BULLETIN = ("序号", "应用名称", "应用开发者", "应用来源", "应用版本", "所涉问题")
"""The columns of the bulletins, in their order; what is ours stands behind."""
BESIDE = ("备案号", "应用包名", "检测结论", "规则", "豁免", "人工复核", "检测日期", "检测设备", "运行目录", "根哈希")
AUDIT = (
    *("package", "label", "version", "point", "point_zh", "point_en", "outcome", "outcome_zh", "rules", "limits_zh", "limits_en"),
    *("suppressed", "reviewed", "device", "serial", "date", "run", "root"),
)
AUDITED = "cac-audit-2025"
"""The profile, and the document, whose points the table for an audit has."""
_EVIDENCE_LIMIT = 2_000


def verdicts(report: Report) -> Table:
    return Table("verdicts", VERDICT, tuple(_verdict(app, verdict) for app in report.apps for verdict in app.verdicts))


def _verdict(app: AppReport, verdict: VerdictView) -> tuple[Cell, ...]:
    rule = verdict.rule
    return (
        app.app.package,
        app.app.label,
        app.app.version_name or "",
        app.device.get("model", ""),
        app.device.get("android", ""),
        rule.id,
        rule.clause.number,
        rule.clause.label_zh,
        verdict.outcome.value,
        verdict.outcome.label_zh,
        *both(verdict.reason),
        app.folder,
        app.date,
        app.device.get("serial", ""),
        " ".join(app.altered),
        rule.origin or " ".join(t.name for t in rule.thresholds if t.ours is not None),
        *_suppressed(verdict),
        lines((f"{finding.key} {review_words(finding)}" for finding in verdict.findings if finding.reviews), _EVIDENCE_LIMIT),
    )


def findings(report: Report) -> Table:
    """One row a finding, with its key, its evidence and what people made of it."""
    return Table("findings", FINDING, tuple(_findings(report)))


def _findings(report: Report) -> Iterator[tuple[Cell, ...]]:
    for row in rows(report):
        app, rule, finding = row.app, row.verdict.rule, row.finding
        review = finding.reviews[-1] if finding.reviews else None
        yield (
            row.key,
            app.app.package,
            app.app.label,
            version_of(app),
            rule.id,
            rule.clause.number,
            rule.clause.label_zh,
            rule.severity.value,
            finding.part,
            finding.outcome.value,
            finding.outcome.label_zh,
            *both(finding.reason),
            lines((f"{measure.name}={measure.value:g}" for measure in finding.measures), _EVIDENCE_LIMIT),
            row.when,
            lines((*(picture.path for picture in finding.pictures), *_places(row.finding.facts)), _EVIDENCE_LIMIT),
            *(("", "", "", "") if review is None else (_decision(confirmed=review.confirmed), review.by, review.at, review.reason)),
            *_suppressed(row.verdict),
            device_of(app),
            app.device.get("serial", ""),
            app.date,
            app.folder,
            app.manifest,
            " ".join(app.altered),
        )


def _decision(*, confirmed: bool) -> str:
    return "confirmed" if confirmed else "rejected"


def _places(facts: tuple[Fact, ...]) -> list[str]:
    return list(dict.fromkeys(fact.place for fact in facts if fact.place))


def _suppressed(verdict: VerdictView) -> tuple[str, str, str]:
    one = verdict.suppressed
    return (one.expires, one.owner, one.reason) if one is not None else ("", "", "")


def bulletin(report: Report) -> Table:
    """One row for each app and problem, in the words of the ten labels; an app's rows have its number.

    Only what is a violation: a bulletin accuses, and what is merely suspected has no place in one. Nor has what people
    looked at and rejected. A rule of the tester's own that belongs to no clause is no official problem.
    """
    accused = [(app, problems) for app in report.apps if (problems := _problems(app))]
    listed = [
        _problem(number, app, report.case.of(app.app.package), problem)
        for number, (app, problems) in enumerate(accused, 1)
        for problem in problems
    ]
    return Table("bulletin", (*BULLETIN, *BESIDE), tuple(listed))


def _problems(app: AppReport) -> list[list[VerdictView]]:
    """The violations of an app, those of one clause together."""
    found: dict[int, list[VerdictView]] = {}
    for verdict in app.verdicts:
        if verdict.outcome is Outcome.VIOLATION and verdict.rule.clause.number and not _rejected(verdict):
            found.setdefault(verdict.rule.clause.number, []).append(verdict)
    return [found[number] for number in sorted(found)]


def _rejected(verdict: VerdictView) -> bool:
    """Whether people looked at every violation of a verdict and said no to each in the end."""
    accusing = [finding for finding in verdict.findings if finding.outcome is Outcome.VIOLATION]
    return bool(accusing) and all(finding.reviews and not finding.reviews[-1].confirmed for finding in accusing)


def _problem(number: int, app: AppReport, case: Case, problem: list[VerdictView]) -> tuple[Cell, ...]:
    reviewed = [f"{finding.key} {review_words(finding)}" for verdict in problem for finding in verdict.findings if finding.reviews]
    return (
        number,
        name_of(app),
        chinese(case.value("developer")),
        chinese(case.value("store")),
        app.app.version_name or str(app.app.version_code or ""),
        problem[0].rule.clause.label_zh,
        chinese(case.value("filing_number")),
        app.app.package,
        Warned(f"{Outcome.VIOLATION.label_zh}（{chinese(VIRTUAL)}）") if app.virtual else Outcome.VIOLATION.label_zh,
        lines((verdict.rule.id for verdict in problem), _EVIDENCE_LIMIT),
        lines((words for verdict in problem if (words := suppression_words(verdict))), _EVIDENCE_LIMIT),
        lines(reviewed, _EVIDENCE_LIMIT),
        app.date,
        device_of(app),
        app.folder,
        app.manifest,
    )


def audit(report: Report) -> Table:
    """One row for each app and point of CAC's audit guide that a phone can answer: the worst of its rules' outcomes.

    What people made of a finding stands beside it and changes no outcome.
    """
    points = [label for label in labels(AUDITED) if label.rules]
    return Table("audit", AUDIT, tuple(_point(app, label) for app in report.apps for label in points))


def _point(app: AppReport, label: Label) -> tuple[Cell, ...]:
    judged = [verdict for verdict in app.verdicts if verdict.rule.id in label.rules and not verdict.not_before]
    worst = min((verdict.outcome for verdict in judged), key=WORST.index, default=None)
    state = State.NOT_TESTED if worst is None else State(worst.value)
    return (
        app.app.package,
        app.app.label,
        version_of(app),
        label.id,
        label.zh,
        label.en,
        state.value,
        chinese(state.words),
        lines((f"{verdict.rule.id}={verdict.outcome.value}" for verdict in judged), _EVIDENCE_LIMIT),
        label.limits_zh,
        label.limits_en,
        lines((words for verdict in judged if (words := suppression_words(verdict))), _EVIDENCE_LIMIT),
        lines((f"{one.key} {review_words(one)}" for verdict in judged for one in verdict.findings if one.reviews), _EVIDENCE_LIMIT),
        device_of(app),
        app.device.get("serial", ""),
        app.date,
        app.folder,
        app.manifest,
    )
