"""Report -> a Word document: what the page says, for who has to fill in and sign it.

Of many findings of one rule, facts of a finding and pictures the first are shown; what is left off is counted, and the
page and the run folder have it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import harness
from harness.events.findings import Outcome
from harness.language import pick
from harness.report.annotated_pictures import drawings
from harness.report.case import FIELDS, OF_AN_APP, OF_THE_REPORT
from harness.report.docx import Cell, Paper, Part, Shot, Words
from harness.report.executive_summary import front

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from harness.report.report_model import AppReport, FindingView, Report, VerdictView
    from harness.report.wall_times import WallTime

TITLE = "APP 权限合规检测报告", "App permission compliance report"
MOST_FINDINGS, MOST_FACTS = 12, 12
COLOURS = {
    Outcome.VIOLATION: "C62828",
    Outcome.SUSPECTED: "985A00",
    Outcome.INCONCLUSIVE: "6A3AB2",
    Outcome.CLEAR: "1B7A43",
    Outcome.NOT_EXERCISED: "566170",
}
_TOLD = (Outcome.VIOLATION, Outcome.SUSPECTED, Outcome.INCONCLUSIVE)
"""Outcomes whose findings are shown; of the others the reason is enough."""
_WIDE, _HIGH = 38, 76  # millimetres


def render_docx(report: Report, folders: Mapping[str, Path]) -> bytes:
    """The file; ``folders`` has the run folder of each app by its anchor, whose pictures are drawn in."""
    names = " · ".join(dict.fromkeys(app.app.label[:60] or app.app.package for app in report.apps[:3]))
    paper = Paper(pick(*TITLE), head=f"{pick(*TITLE)} · {names}")
    _front(paper, report)
    for app in report.apps:
        paper.page_break()
        _app(paper, app, folders[app.anchor])
    paper.heading(pick("检测依据与阈值", "The law and the thresholds"))
    for clause in sorted({rule.clause for rule in report.rules if rule.clause.number}, key=lambda clause: clause.number):
        paper.paragraph(f"{clause.number}. {clause.label_zh}：{clause.text_zh}", small=True)
    paper.table(
        [pick("规则", "Rule"), pick("阈值与出处", "Thresholds and their sources")],
        (
            (
                f"{pick(rule.label_zh, rule.label_en)} [{rule.id}]",
                tuple(f"{t.name} = {t.value:g} {t.unit} · {t.source}" for t in rule.thresholds) or "–",
            )
            for rule in report.rules
        ),
        (1, 1.6),
    )
    _tell(
        paper,
        f"本报告由 AppRights {harness.__version__} 生成，原始证据在运行目录中，可用 apprights verify 核验。",
        f"Made by AppRights {harness.__version__}; apprights verify checks the run folders.",
        small=True,
    )
    return paper.to_bytes()


def _front(paper: Paper, report: Report) -> None:
    """The first page: what the apps did, when, on which phone, by whom, and the lines to sign."""
    first, case = front(report), report.case
    for warning in first.warnings:
        paper.paragraph(f"{pick(warning.zh, warning.en)} {warning.run}", bold=True, colour=COLOURS[Outcome.VIOLATION])
    rows: list[tuple[str, Cell]] = [(pick(*FIELDS[name]), pick(*case.value(name))) for name in OF_THE_REPORT]
    rows.insert(4, (pick("检测时间（手机时钟）", "When (the phone's clock)"), f"{_when(first.begun)} – {_when(first.ended)}"))
    rows.insert(5, (pick("检测用手机", "On which phone"), first.phones or "–"))
    paper.pairs(rows)
    paper.heading(pick("检测发现", "What was found"))
    for each in first.sentences:
        outcome = pick(each.outcome.label_zh, each.outcome.label_en)
        label = pick(f"（{each.label[0]}）", f" ({each.label[1]})")
        paper.paragraph(f"{_mark(outcome)}{pick(each.zh, each.en)}{label} {pick(*each.reviewed)}".rstrip())
    if not first.sentences:
        _tell(
            paper,
            "在已检测的范围内，未发现不合规或者疑似不合规的行为；未检测和无法判定的项目不得视为未发现问题。",
            "Within what was tested nothing was found that violates the rules or may do so; what is open must not be taken for that.",
        )
    if first.more:
        _tell(paper, f"另有 {first.more} 项，见后文。", f"{first.more} more below.")
    paper.paragraph(" · ".join(f"{pick(outcome.label_zh, outcome.label_en)} {count}" for outcome, count in first.counts))
    if first.unreviewed:
        zh = f"疑似项中有 {first.unreviewed} 项尚未经人工复核，复核前不构成结论。"
        _tell(
            paper, zh, f"{first.unreviewed} of the suspected verdicts have been reviewed by nobody: they are no conclusion yet.", bold=True
        )
    paper.signatures()
    _tell(paper, "证据根哈希（SHA-256）", "Root hash of the evidence (SHA-256)", small=True)
    for run, root in first.roots:
        paper.paragraph(f"{run}: {root or pick('未封存', 'never sealed')}", small=True)


def _app(paper: Paper, app: AppReport, folder: Path) -> None:
    paper.heading(f"{app.app.label[:60] or app.app.package}（{app.app.package}）")
    paper.heading(pick("基本信息", "What was tested"), 2)
    rows: list[tuple[str, Cell]] = [(pick(*row.name), pick(*row.value)) for row in app.identity]
    rows += [(pick(*FIELDS[name]), pick(*app.case.value(name))) for name in OF_AN_APP]
    rows += [
        (pick("运行目录", "Run folder"), app.folder),
        (pick("证据根哈希（SHA-256）", "Root hash (SHA-256)"), app.manifest or pick("未封存", "never sealed")),
    ]
    paper.pairs(rows)
    paper.heading(pick("检测结论", "Conclusions"), 2)
    paper.table(
        [pick("所涉问题", "Problem"), pick("状态", "State"), pick("结论", "Conclusion")],
        ((pick(*each.name), pick(*each.state.words), pick(*each.reason)) for each in app.conclusion),
        (2, 1, 3),
    )
    for verdict in app.verdicts:
        if verdict.outcome in _TOLD:
            _verdict(paper, verdict, folder)
    _others(paper, app)
    paper.heading(pick("检测方法", "How it was tested"), 2)
    for number, words in enumerate(app.methods, 1):
        paper.paragraph(f"{number}. {pick(*words)}")
    _evidence(paper, app)


def _verdict(paper: Paper, verdict: VerdictView, folder: Path) -> None:
    rule = verdict.rule
    outcome = pick(verdict.outcome.label_zh, verdict.outcome.label_en)
    paper.heading(f"{_mark(outcome)}{pick(rule.label_zh, rule.label_en)} ({rule.id})", 3)
    first = verdict.findings[:1]
    if not first or first[0].reason_zh != verdict.reason_zh:
        _tell(paper, verdict.reason_zh, verdict.reason_en, bold=True)
    if rule.clause.number:
        number, label = rule.clause.number, pick(rule.clause.label_zh, rule.clause.label_en)
        _tell(paper, f"第 {number} 条 {label}", f"Clause {number}: {label}", small=True, kept=True)
    if verdict.suppressed is not None:
        known = verdict.suppressed
        _tell(
            paper,
            f"检测方配置为不计入（至 {known.expires}，责任人 {known.owner}）：{known.reason}",
            f"kept from counting until {known.expires} ({known.owner}): {known.reason}",
            bold=True,
        )
    for finding in verdict.findings[:MOST_FINDINGS]:
        _finding(paper, finding, folder)
    if len(verdict.findings) > MOST_FINDINGS:
        more = len(verdict.findings) - MOST_FINDINGS
        _tell(paper, f"另有 {more} 项同类判定未列出。", f"{more} more findings of this rule are left off.", small=True)


def _finding(paper: Paper, finding: FindingView, folder: Path) -> None:
    parts: list[Part] = [
        Words(
            f"{pick(finding.outcome.label_zh, finding.outcome.label_en)}{pick('：', ': ')}{pick(finding.reason_zh, finding.reason_en)}",
            bold=True,
            colour=COLOURS[finding.outcome],
        )
    ]
    parts += [f"{pick(*each.words)} {each.at} {each.reason}" for each in finding.reviews]
    for fact in finding.facts[:MOST_FACTS]:
        parts.append(Words(f"{fact.seconds:+.3f} s  {fact.wall}  {pick(fact.text_zh, fact.text_en)}  {fact.place}".rstrip(), small=True))
    if len(finding.facts) > MOST_FACTS:
        more = len(finding.facts) - MOST_FACTS
        parts.append(Words(pick(f"另有 {more} 个事实未列出。", f"{more} more facts are left off."), small=True))
    shots = [Shot(each.jpeg, pick(*each.caption), _WIDE, _HIGH) for each in drawings(folder, finding.pictures)]
    paper.form([[((*parts, *shots), 8)]])


def _others(paper: Paper, app: AppReport) -> None:
    """What was found in order, and what nothing is said about."""
    clear = [verdict for verdict in app.verdicts if verdict.outcome is Outcome.CLEAR]
    if clear:
        paper.heading(pick("未见异常的规则", "Rules under which nothing was found"), 2)
        paper.table(
            [pick("规则", "Rule"), pick("理由", "Reason")],
            ((f"{pick(v.rule.label_zh, v.rule.label_en)} [{v.rule.id}]", pick(v.reason_zh, v.reason_en)) for v in clear),
        )
    paper.heading(pick("未检测项", "What was not tested"), 2)
    _tell(
        paper,
        "下列项目没有结论，不得视为未发现问题。",
        "Nothing is concluded about these; they must not be taken for items in which nothing was found.",
    )
    paper.table(
        [pick("项目", "Item"), pick("原因", "Why"), pick("如何补测", "What to do")],
        ((pick(*row.name), pick(*row.reason), pick(*row.todo)) for row in app.untested),
        (1, 1.2, 1.2),
    )


def _evidence(paper: Paper, app: AppReport) -> None:
    if app.evidence is None:
        return
    index = app.evidence
    paper.heading(pick("证据清单", "Evidence"), 2)
    _tell(
        paper,
        f"封存时共 {index.count} 个文件，{index.size} 字节；以下为判定所依据的文件。",
        f"{index.count} files and {index.size} bytes when it was sealed; these are what findings rest on.",
    )
    paper.table(
        [pick("文件", "File"), "SHA-256"],
        ((file.path, Words(file.sha256, small=True)) for group in index.cited for file in group.files),
        (1, 2),
    )


def _when(time: WallTime) -> str:
    if not time.local:
        return pick("未知", "not known")
    return time.local + (pick(f"（北京时间 {time.beijing}）", f" ({time.beijing} in Beijing)") if time.beijing else "")


def _mark(outcome: str) -> str:
    return pick(f"【{outcome}】", f"[{outcome}] ")


def _tell(paper: Paper, zh: str, en: str, *, bold: bool = False, small: bool = False, kept: bool = False) -> None:
    paper.paragraph(pick(zh, en), bold=bold, small=small, kept=kept)
