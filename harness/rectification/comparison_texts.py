"""What a table of rectification says, in Chinese and English, whichever form it has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import harness
from harness.events.findings import Outcome
from harness.events.permission_groups import group_words
from harness.language import both
from harness.rectification.comparison_model import State
from harness.report.annotated_pictures import Drawn, drawings
from harness.report.case import FIELDS, NOT_PROVIDED
from harness.rules.labels import labels

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from harness.rectification.comparison_model import Answered, Comparison, Row, Run, Shown
    from harness.report.wording.terms import Words

TITLE = "APP 侵害用户权益问题整改情况对照表", "Rectification: before and after"
TO_FILL = "（由企业填写）未提供", "(for the company to fill in) not provided"
NOTHING = "–", "–"
HEADS = {
    "problem": ("所涉问题", "Problem"),
    "before": ("整改前", "Before"),
    "cause": ("原因分析", "Cause"),
    "measure": ("整改措施", "Measures"),
    "after": ("整改后", "After"),
    "result": ("自查结果", "Own check"),
}
"""The six columns, in this order."""
OF_CASE = ("report_number", "developer", "filing_number", "store", "link", "client", "laboratory", "tester")
ALWAYS = ("developer", "filing_number", "laboratory", "tester")
"""Of what no phone knows: these stand there, 未提供, where nobody wrote them."""
ANSWER_HEADS = (("所涉问题（通知原文）", "Problem, as the notice says"), HEADS["before"], HEADS["after"], HEADS["result"])
LABEL_HEADS = (("所涉问题", "Label"), HEADS["before"], HEADS["after"])
BESIDE = "通知之外自查发现的问题", "Found beside the problems of the notice"
HEAD = 120  # of a heading
LIMIT = 1000  # characters of one paragraph: an app may have a label of a megabyte


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a problem: its paragraphs and pictures."""

    outcome: Outcome | None
    texts: tuple[Words, ...]
    pictures: tuple[Drawn, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """One problem as the six columns have it. What the company has to fill in has ``TO_FILL`` where it gave nothing."""

    number: int
    key: str
    state: State
    problem: tuple[Words, ...]
    before: Side
    causes: tuple[Words, ...]
    cause: Words
    measure: Words
    advice: Words
    after: Side
    result: tuple[Words, ...]
    repeats: tuple[Words, ...]


def forms(rows: Sequence[Row], first: int = 1) -> tuple[Form, ...]:
    """Problems as the table has them, numbered from ``first``."""
    return tuple(_form(row, number) for number, row in enumerate(rows, first))


def _form(row: Row, number: int) -> Form:
    rule = row.rule
    return Form(
        number=number,
        key=row.key,
        state=row.state,
        problem=_cut([(rule.clause.label_zh, rule.clause.label_en), (_part(row, "zh"), _part(row, "en"))]),
        before=_side(row.old, row, old=True),
        causes=_cut(row.causes),
        cause=_given(row.cause),
        measure=_given(row.measure),
        advice=(rule.advice_zh, rule.advice_en),
        after=_side(row.new, row, old=False),
        result=_cut(_result(row)),
        repeats=_cut(_repeated(row)),
    )


def _part(row: Row, language: str) -> str:
    """The rule, and what of the app it is about."""
    shown = row.old or row.new
    name = row.rule.label_zh if language == "zh" else row.rule.label_en
    part = shown.finding.part if shown is not None else ""
    group = both(group_words(part))
    if group == (part, part):
        return f"{name} [{row.rule.id}]"
    return f"{name}：{group[0]}权限 [{row.rule.id}]" if language == "zh" else f"{name}: {group[1]} [{row.rule.id}]"


def _given(text: str) -> Words:
    return _cut([(text, text)])[0] if text else TO_FILL


def _cut(found: Iterable[Words]) -> tuple[Words, ...]:
    """Paragraphs, none longer than can be read."""
    return tuple((_short(zh), _short(en)) for zh, en in found)


def _short(text: str) -> str:
    return text if len(text) <= LIMIT else f"{text[:LIMIT]}…"


def _side(shown: Shown | None, row: Row, *, old: bool) -> Side:
    if shown is None:
        return Side(None, _cut([row.reason]), ())
    said = row.reason if row.state is State.OPEN and not old else (shown.view.reason_zh, shown.view.reason_en)
    return Side(
        shown.outcome, _cut([_version(shown.run), said, *_people(shown)]), drawings(shown.run.judged.analysis.folder, shown.view.pictures)
    )


def _people(shown: Shown) -> Iterator[Words]:
    """What people said of a finding: the verdict stays, and both are shown."""
    for review in shown.view.reviews:
        zh, en = review.words
        yield f"{zh}：{review.reason}", f"{en}: {review.reason}"
    verdicts = (view for view in shown.run.report.verdicts if view.rule.id == shown.verdict.rule.id)
    for known in (view.suppressed for view in verdicts if view.suppressed is not None):
        zh = f"检测方登记的例外（{known.owner}，至 {known.expires}）：{known.reason}"
        yield zh, f"excepted by the tester ({known.owner}, until {known.expires}): {known.reason}"


def _version(run: Run) -> Words:
    version, when = run.version or NOTHING[0], _when(run)
    return f"版本 {version}，{when[0]}", f"version {version}, {when[1]}"


def _when(run: Run) -> Words:
    """When the run began, by the phone's clock, and in Beijing where that is another zone."""
    begun = run.report.begun
    local = begun.local or run.report.started
    return (f"{local}（北京时间 {begun.beijing}）", f"{local} ({begun.beijing} in Beijing)") if begun.beijing else (local, local)


def _result(row: Row) -> Iterator[Words]:
    """What became of it, and why."""
    zh, en = row.state.words
    yield f"{zh}。", f"{en}."
    if row.state is State.FIXED:
        yield f"新版本在相同场合和条件下复测：{row.reason[0]}", f"tested again on the same occasion and conditions: {row.reason[1]}"
    else:
        yield row.reason
    if row.state is State.STILL and row.new is not None and row.new.outcome is Outcome.SUSPECTED:
        yield "新版本为疑似，需人工复核。", "suspected in the new version: a person has to look."


def _repeated(row: Row) -> Iterator[Words]:
    if not row.repeats or row.new is None:
        return
    now = row.new.run
    for each in row.repeats:
        root = each.run.report.manifest[:16] or NOTHING[0]
        whose_zh = "" if each.same_package else f"（同一开发者的 {each.package}）"
        whose_en = "" if each.same_package else f" ({each.package} of the same developer)"
        zh = f"反复出现：版本 {each.version}{whose_zh}已有同一问题，见 {each.run.name}（根哈希 {root}…）；本次见 {now.name}"
        yield zh, f"again: version {each.version}{whose_en} had it, see {each.run.name} (root {root}...); now in {now.name}"


def identity(comparison: Comparison) -> tuple[tuple[Words, Words], ...]:
    """Who was tested, before and after."""
    app = comparison.new[0].report.app
    pairs = [(("应用名称", "App"), (comparison.label, comparison.label)), (("包名", "Package"), (app.package, app.package))]
    case = comparison.case.of(app.package)
    pairs += [(FIELDS[name], case.value(name)) for name in OF_CASE if name in ALWAYS or case.given(name)]
    certificates = "、".join(digest[:16] + "…" for digest in app.certificates_sha256) or NOTHING[0]
    pairs.append((("签名证书 SHA-256", "Certificate SHA-256"), (certificates, certificates)))
    for names, runs in ((("整改前检测", "Checked before"), comparison.old), (("整改后检测", "Checked after"), comparison.new)):
        pairs += [(names, _run(run)) for run in runs] or [(names, NOT_PROVIDED)]
    return _pairs(pairs)


def _pairs(pairs: Iterable[tuple[Words, Words]]) -> tuple[tuple[Words, Words], ...]:
    return tuple((name, _cut([value])[0]) for name, value in pairs)


def _run(run: Run) -> Words:
    """A run on a line: version, time, phone, folder and root."""
    device, root = run.report.device, run.report.manifest
    code = run.report.app.version_code
    version = f"{run.version or NOTHING[0]}（{code}）" if code is not None else run.version or NOTHING[0]
    phone = " ".join(filter(None, (device.get("manufacturer"), device.get("model"), "Android", device.get("android"), device.get("rom"))))
    virtual, when = device.get("virtual") == "True", _when(run)
    zh = f"版本 {version}；{when[0]}；{phone}{'（虚拟设备）' if virtual else ''}；{run.name}"
    en = f"version {version}; {when[1]}; {phone}{' (virtual device)' if virtual else ''}; {run.name}"
    return (f"{zh}；根哈希 {root}", f"{en}; root {root}") if root else (f"{zh}；未封存", f"{en}; not sealed")


def notice_pairs(comparison: Comparison) -> tuple[tuple[Words, Words], ...]:
    """The regulator's own lines, and by when they must be answered."""
    notice = comparison.notice
    if notice is None:
        return ()
    due, on = notice.deadline, comparison.on
    left = due.words(on)
    how_zh, how_en = f"自收到次日起 {due.days} 个工作日", f"{due.days} working days from the day after it was received"
    if due.printed:
        how_zh, how_en = "通知载明的日期", "as the notice says"
    note = ("（节假日未核）", " (holidays not checked)") if due.unchecked else ("", "")
    received = ("", "") if notice.received != notice.dated else ("（未另填收到日期，按通知日期计）", " (as dated: no other day is given)")
    named = [
        (("通知机关", "Issued by"), notice.issuer),
        (("文号", "Number"), notice.number),
        (("通知日期", "Dated"), notice.dated.isoformat()),
        (("所涉应用", "App named"), notice.app),
        (("所涉版本", "Version named"), notice.version),
    ]
    pairs: list[tuple[Words, Words]] = [(name, (text, text) if text else NOT_PROVIDED) for name, text in named]
    pairs.insert(3, (("收到日期", "Received"), (f"{notice.received}{received[0]}", f"{notice.received}{received[1]}")))
    pairs.append((("整改期限", "Due"), (f"{due.last}（{how_zh}）{note[0]}", f"{due.last} ({how_en}){note[1]}")))
    pairs.append(((f"截至 {on}", f"As of {on}"), left))
    return _pairs(pairs)


def problem_words(answer: Answered) -> tuple[Words, ...]:
    """A line of the notice in the regulator's own words; of an unknown label what it may mean."""
    problem, found = answer.problem, []
    found.append((problem.label, problem.label))
    if problem.words:
        found.append((problem.words, problem.words))
    if answer.label is None:
        near = "、".join(answer.near)
        zh = f"该标签不在已知的所涉问题之中{f'，相近的有：{near}' if near else ''}"
        found.append((zh, f"this label is none that is known{f'; like it: {near}' if near else ''}"))
    elif answer.label.limits_zh and answer.state is not State.UNDETECTABLE:
        found.append((f"检测范围：{answer.label.limits_zh}", f"what is tested: {answer.label.limits_en}"))
    return _cut(found)


def problem_name(answer: Answered) -> Words:
    """The heading of a problem of the notice."""
    number, label = answer.problem.number, answer.problem.label[:HEAD]
    return f"通知问题 {number}：{label}", f"Problem {number} of the notice: {label}"


def made_by() -> Words:
    """Who made this, and what of it is the company's."""
    name = f"AppRights {harness.__version__}"
    zh = f"本表由 {name} 根据检测证据生成，原始证据在各运行目录中，可用 apprights verify 核验；标明“由企业填写”的内容由企业负责。"
    return zh, f"Made by {name} from recorded evidence, which apprights verify checks; what is marked as the company's is the company's."


def by_label(comparison: Comparison) -> tuple[tuple[Words, Words, Words], ...]:
    """举一反三: each label of notice 164, with the worst that its rules said before and after."""
    return tuple(_by_label(comparison))


def _by_label(comparison: Comparison) -> Iterator[tuple[Words, Words, Words]]:
    for label in labels():
        name = f"{label.clause}. {label.zh}", f"{label.clause}. {label.en}"
        if label.rules:
            lines = [line for line in comparison.rules if line.rule.id in label.rules]
            yield name, _outcomes([line.old for line in lines]), _outcomes([line.new for line in lines])
        else:
            yield name, NOTHING, (f"不可检测：{label.undetectable_zh}", f"cannot be tested: {label.undetectable_en}")


def _outcomes(found: Sequence[Outcome | None]) -> Words:
    """How many rules came out how."""
    counts = [(outcome, found.count(outcome)) for outcome in Outcome if outcome in found]
    if not counts:
        return "未检测", "not checked"
    zh = "，".join(f"{outcome.label_zh} {count} 项" for outcome, count in counts)
    return zh, ", ".join(f"{count} {outcome.label_en}" for outcome, count in counts)


def tally(comparison: Comparison) -> Words:
    """All problems counted by what became of them."""
    counts = [(state, comparison.count(state)) for state in State if comparison.count(state)]
    if not counts:
        return "两个版本均未发现问题。", "no problem was found in either version."
    zh = "；".join(f"{state.words[0]} {count} 项" for state, count in counts)
    en = "; ".join(f"{count} {state.words[1]}" for state, count in counts)
    return f"共 {len(comparison.rows)} 项问题：{zh}。", f"{len(comparison.rows)} problem(s): {en}."
