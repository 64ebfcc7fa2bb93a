"""The sheets of the workbook: conclusions at a glance, findings, the index of the evidence, the thresholds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.language import pick
from harness.report.exports.csv_table import Table, lines
from harness.report.exports.result_rows import device_of, name_of, review_words, rows, suppression_words, version_of
from harness.verdicts.analysis import evidence_paths
from harness.verdicts.finding_evidence import evidence_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from harness.report.exports.csv_table import Cell
    from harness.report.report_builder import Judged
    from harness.report.report_model import AppReport, Report, VerdictView
    from harness.rules import Rule

_PLACES_LIMIT = 4_000


def sheets(report: Report, runs: Sequence[Judged]) -> tuple[Table, ...]:
    """All sheets, in the language of the run."""
    return conclusions(report), findings(report), evidence(report, runs), thresholds(report)


def conclusions(report: Report) -> Table:
    """A row a rule, a column a run: how each was judged."""
    apps = report.apps
    head = (pick("条", "clause"), pick("所涉问题", "problem"), pick("规则", "rule"), pick("检测项", "what is judged"))
    named = tuple(lines((name_of(app), version_of(app), app.date, device_of(app)), 300) for app in apps)
    judged = [{verdict.rule.id: verdict for verdict in app.verdicts} for app in apps]
    body = tuple((*_rule(rule), *(_outcome(verdicts.get(rule.id)) for verdicts in judged)) for rule in report.rules)
    return Table(pick("检测结论", "conclusions"), (*head, *named), body)


def _rule(rule: Rule) -> tuple[Cell, ...]:
    return rule.clause.number, rule.clause.label_zh, rule.id, pick(rule.label_zh, rule.label_en)


def _outcome(verdict: VerdictView | None) -> str:
    if verdict is None:
        return pick("未检测", "not tested")
    word = pick(verdict.outcome.label_zh, verdict.outcome.label_en)
    return "\n".join(filter(None, (word, suppression_words(verdict))))


def findings(report: Report) -> Table:
    """A row a finding."""
    head = (
        *(pick("编号", "key"), pick("应用名称", "app"), pick("包名", "package"), pick("版本", "version")),
        *(pick("条", "clause"), pick("所涉问题", "problem"), pick("规则", "rule"), pick("严重程度", "severity")),
        *(pick("对象", "part"), pick("结论", "outcome"), pick("理由", "reason"), pick("首个事实（手机时间）", "first fact (phone's time)")),
        *(pick("截图", "pictures"), pick("原始记录", "raw lines"), pick("建议", "advice")),
        *(pick("人工复核", "reviews"), pick("豁免", "suppressed"), pick("运行目录", "run")),
    )
    return Table(pick("发现", "findings"), head, tuple(_findings(report)))


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
            pick(finding.outcome.label_zh, finding.outcome.label_en),
            pick(finding.reason_zh, finding.reason_en),
            row.when,
            lines((picture.path for picture in finding.pictures), _PLACES_LIMIT),
            lines(dict.fromkeys(fact.place for fact in finding.facts if fact.place), _PLACES_LIMIT),
            pick(rule.advice_zh, rule.advice_en),
            review_words(finding),
            suppression_words(row.verdict),
            app.folder,
        )


def evidence(report: Report, runs: Sequence[Judged]) -> Table:
    """Every file that a finding rests on, with its hash and the rules that rest on it."""
    head = (pick("应用名称", "app"), pick("运行目录", "run"), pick("根哈希", "root hash"), pick("文件", "file"))
    more = (pick("字节", "bytes"), "SHA-256", pick("用于规则", "used by rules"), pick("封存后改动", "changed since the seal"))
    found = (row for app, run in zip(report.apps, runs, strict=True) for row in _evidence(app, run))
    return Table(pick("证据索引", "evidence"), (*head, *more), tuple(found))


def _evidence(app: AppReport, run: Judged) -> Iterator[tuple[Cell, ...]]:
    used: dict[str, list[str]] = {}
    for verdict in run.analysis.verdicts:
        for path in evidence_paths(verdict):
            used.setdefault(path, []).append(verdict.rule.id)
    changes = {path: pick(zh, en) for path, zh, en in app.changes}
    for each in evidence_json(run.analysis.folder, run.analysis.verdicts, changes):
        path = each["path"]
        rules = lines(used[path], _PLACES_LIMIT)
        yield name_of(app), app.folder, app.manifest, path, each["size"], each["sha256"] or "", rules, changes.get(path, "")


def thresholds(report: Report) -> Table:
    """The numbers that were compared, and where each comes from."""
    head = (pick("规则", "rule"), pick("阈值", "threshold"), pick("数值", "value"), pick("单位", "unit"), pick("出处", "source"))
    more = (pick("AppRights 的数值", "AppRights' own value"), pick("写在", "stands in"))
    found = tuple(
        (rule.id, each.name, each.value, each.unit, each.source, each.ours, each.origin)
        for rule in report.rules
        for each in rule.thresholds
    )
    return Table(pick("阈值", "thresholds"), (*head, *more), found)
