"""The sheets of the workbook: conclusions at a glance, findings, the index of the evidence, the thresholds."""

from collections.abc import Iterator, Sequence

from harness.language import _, pgettext, said
from harness.report.exports.export_table import Cell, Table, lines
from harness.report.exports.result_rows import device_of, name_of, review_words, rows, suppression_words, version_of
from harness.report.report_builder import Judged
from harness.report.report_model import AppReport, Report, VerdictView
from harness.rules import Rule
from harness.verdicts.analysis import evidence_paths
from harness.verdicts.finding_evidence import evidence_json

_PLACES_LIMIT = 4_000


def sheets(report: Report, runs: Sequence[Judged]) -> tuple[Table, ...]:
    return conclusions(report), findings(report), evidence(report, runs), thresholds(report)


def conclusions(report: Report) -> Table:
    """A row a rule, a column a run: how each was judged."""
    apps = report.apps
    head = (said(pgettext("sheets", "clause")), said(_("problem")), said(_("rule")), said(_("what is judged")))
    named = tuple(lines((name_of(app), version_of(app), app.date, device_of(app)), 300) for app in apps)
    judged = [{verdict.rule.id: verdict for verdict in app.verdicts} for app in apps]
    body = tuple((*_rule(rule), *(_outcome(verdicts.get(rule.id)) for verdicts in judged)) for rule in report.rules)
    return Table(said(_("conclusions")), (*head, *named), body)


def _rule(rule: Rule) -> tuple[Cell, ...]:
    return rule.clause.number, rule.clause.label_zh, rule.id, said(rule.label)


def _outcome(verdict: VerdictView | None) -> str:
    if verdict is None:
        return said(_("not tested"))
    word = said(verdict.outcome.label)
    return "\n".join(filter(None, (word, suppression_words(verdict))))


def findings(report: Report) -> Table:
    head = (
        *(said(_("key")), said(pgettext("sheets", "app")), said(_("package")), said(_("version"))),
        *(said(pgettext("sheets", "clause")), said(_("problem")), said(_("rule")), said(_("severity"))),
        *(said(_("part")), said(pgettext("sheets", "outcome")), said(_("reason")), said(_("first fact (phone's time)"))),
        *(said(_("pictures")), said(_("raw lines")), said(pgettext("sheets", "advice"))),
        *(said(_("reviews")), said(_("suppressed")), said(_("run"))),
    )
    return Table(said(_("findings")), head, tuple(_findings(report)))


def _findings(report: Report) -> Iterator[tuple[Cell, ...]]:
    for row in rows(report):
        app, rule, finding = row.app, row.verdict.rule, row.finding
        yield (
            row.key,
            app.app.label,
            app.app.package,
            version_of(app),
            rule.clause.number,
            rule.clause.label_zh,
            rule.id,
            rule.severity.value,
            finding.part,
            said(finding.outcome.label),
            said(finding.reason),
            row.when,
            lines((picture.path for picture in finding.pictures), _PLACES_LIMIT),
            lines(dict.fromkeys(fact.place for fact in finding.facts if fact.place), _PLACES_LIMIT),
            said(rule.advice),
            review_words(finding),
            suppression_words(row.verdict),
            app.folder,
        )


def evidence(report: Report, runs: Sequence[Judged]) -> Table:
    """Every file that a finding rests on, with its hash and the rules that rest on it."""
    head = (said(pgettext("sheets", "app")), said(_("run")), said(_("root hash")), said(_("file")))
    more = (said(_("bytes")), "SHA-256", said(_("used by rules")), said(_("changed since the seal")))
    found = (row for app, run in zip(report.apps, runs, strict=True) for row in _evidence(app, run))
    return Table(said(pgettext("sheets", "evidence")), (*head, *more), tuple(found))


def _evidence(app: AppReport, run: Judged) -> Iterator[tuple[Cell, ...]]:
    used: dict[str, list[str]] = {}
    for verdict in run.analysis.verdicts:
        for path in evidence_paths(verdict):
            used.setdefault(path, []).append(verdict.rule.id)
    changes = {path: said(what) for path, what in app.changes}
    for each in evidence_json(run.analysis.folder, run.analysis.verdicts, changes):
        path = each["path"]
        rules = lines(used[path], _PLACES_LIMIT)
        yield name_of(app), app.folder, app.manifest, path, each["size"], each["sha256"] or "", rules, changes.get(path, "")


def thresholds(report: Report) -> Table:
    """The numbers that were compared, and where each comes from."""
    head = (said(_("rule")), said(_("threshold")), said(pgettext("sheets", "value")), said(pgettext("sheets", "unit")), said(_("source")))
    more = (said(_("AppRights' own value")), said(_("stands in")))
    found = tuple(
        (rule.id, each.name, each.value, each.unit, each.source, each.ours, each.origin)
        for rule in report.rules
        for each in rule.thresholds
    )
    return Table(said(_("thresholds")), (*head, *more), found)
