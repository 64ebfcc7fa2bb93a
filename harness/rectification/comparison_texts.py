"""The texts of the rectification tables, in Chinese and English, for all forms."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import harness
from harness.events.findings import Outcome
from harness.events.permission_groups import GROUPS, group_name
from harness.language import Text, _, both, known, with_commas, with_semicolons
from harness.rectification.comparison_model import Answered, Comparison, Row, Run, Shown, State
from harness.report.case import FIELDS, NOT_PROVIDED
from harness.report.report_pictures import Drawn, drawings
from harness.rules.labels import labels
from harness.verdicts.conclusion import counted

TITLE = _("Rectification: before and after")
TO_FILL = _("(for the company to fill in) not provided")
NOTHING = Text("–")
HEADS = {
    "problem": _("Problem"),
    "before": _("Before"),
    "cause": _("Cause"),
    "measure": _("Measures"),
    "after": _("After"),
    "result": _("Own check"),
}
"""The six columns, in this order."""
OF_CASE = ("report_number", "developer", "filing_number", "store", "link", "client", "laboratory", "tester")
ALWAYS = ("developer", "filing_number", "laboratory", "tester")
"""Of what no phone knows: these stand there, 未提供, where nobody wrote them."""
ANSWER_HEADS = (HEADS["problem"], HEADS["before"], HEADS["after"], HEADS["result"])
LABEL_HEADS = (_("Label"), HEADS["before"], HEADS["after"])
BESIDE = _("Found beside the problems of the notice")
HEAD = 120  # of a heading
LIMIT = 1000  # characters of one paragraph: an app may have a label of a megabyte


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a problem: its paragraphs and pictures."""

    outcome: Outcome | None
    texts: tuple[Text, ...]
    pictures: tuple[Drawn, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """One problem as the six columns have it. What the company has to fill in has ``TO_FILL`` where it gave nothing."""

    number: int
    key: str
    state: State
    problem: tuple[Text, ...]
    before: Side
    causes: tuple[Text, ...]
    cause: Text
    measure: Text
    advice: Text
    after: Side
    result: tuple[Text, ...]
    repeats: tuple[Text, ...]


def forms(rows: Sequence[Row], first: int = 1) -> tuple[Form, ...]:
    """Problems as the table has them, numbered from ``first``."""
    return tuple(_form(row, number) for number, row in enumerate(rows, first))


def _form(row: Row, number: int) -> Form:
    rule = row.rule
    return Form(
        number=number,
        key=row.key,
        state=row.state,
        problem=_cut([rule.clause.label, _part(row)]),
        before=_side(row.old, row, old=True),
        causes=_cut(row.causes),
        cause=_given(row.cause),
        measure=_given(row.measure),
        advice=rule.advice,
        after=_side(row.new, row, old=False),
        result=_cut(_result(row)),
        repeats=_cut(_repeated(row)),
    )


def _part(row: Row) -> Text:
    """The rule, and what of the app it is about."""
    shown = row.old or row.new
    part = shown.finding.part if shown is not None else ""
    if part not in GROUPS:
        return _("{rule} [{id}]", rule=row.rule.label, id=row.rule.id)
    return _("{rule}: {group} [{id}]", rule=row.rule.label, group=group_name(part), id=row.rule.id)


def _given(text: str) -> Text:
    return _cut([known(text, text)])[0] if text else TO_FILL


def _cut(found: Iterable[Text]) -> tuple[Text, ...]:
    """Paragraphs, none longer than can be read."""
    return tuple(known(*map(_short, both(text))) for text in found)


def _short(text: str) -> str:
    return text if len(text) <= LIMIT else f"{text[:LIMIT]}…"


def _side(shown: Shown | None, row: Row, *, old: bool) -> Side:
    if shown is None:
        return Side(None, _cut([row.reason]), ())
    said = row.reason if row.state is State.OPEN and not old else shown.view.reason
    seen = shown.view.pictures
    pictures = drawings(shown.run.judged.analysis.folder, tuple(dict.fromkeys((*seen[:1], *seen[-1:]))))
    return Side(shown.outcome, _cut([_version(shown.run), said, *_people(shown)]), pictures)


def _people(shown: Shown) -> Iterator[Text]:
    """What people said of a finding: the verdict stays, and both are shown."""
    for review in shown.view.reviews:
        yield _("{what}: {reason}", what=review.words, reason=review.reason)
    verdicts = (view for view in shown.run.report.verdicts if view.rule.id == shown.verdict.rule.id)
    for each in (view.suppressed for view in verdicts if view.suppressed is not None):
        values = {"owner": each.owner, "day": each.expires, "reason": each.reason}
        yield _("excepted by the tester ({owner}, until {day}): {reason}", **values)


def _version(run: Run) -> Text:
    return _("version {version}, {when}", version=run.version or NOTHING, when=_when(run))


def _when(run: Run) -> Text:
    """When the run began, by the phone's clock, and in Beijing where that is another zone."""
    begun = run.report.begun
    local = begun.local or run.report.started
    return _("{local} ({beijing} in Beijing)", local=local, beijing=begun.beijing) if begun.beijing else known(local, local)


def _result(row: Row) -> Iterator[Text]:
    """What became of it, and why."""
    yield _("{said}.", said=row.state.words)
    if row.state is State.FIXED:
        yield _("tested again on the same occasion and conditions: {reason}", reason=row.reason)
    else:
        yield row.reason
    if row.state is State.STILL and row.new is not None and row.new.outcome is Outcome.SUSPECTED:
        yield _("suspected in the new version: a person has to look.")


def _repeated(row: Row) -> Iterator[Text]:
    if not row.repeats or row.new is None:
        return
    now = row.new.run
    for each in row.repeats:
        yield _(
            "again: version {version}{whose} had it, see {run} (root {root}...); now in {now}",
            version=each.version,
            whose="" if each.same_package else _(" ({package} of the same developer)", package=each.package),
            run=each.run.name,
            root=each.run.report.manifest[:16] or NOTHING,
            now=now.name,
        )


def identity(comparison: Comparison) -> tuple[tuple[Text, Text], ...]:
    """Return who was tested, before and after."""
    app = comparison.new[0].report.app
    pairs = [(_("App"), known(comparison.label, comparison.label)), (_("Package"), known(app.package, app.package))]
    case = comparison.case.of(app.package)
    pairs += [(FIELDS[name], case.value(name)) for name in OF_CASE if name in ALWAYS or case.given(name)]
    certificates = "、".join(digest[:16] + "…" for digest in app.certificates_sha256) or str(NOTHING)
    pairs.append((_("Certificate SHA-256"), known(certificates, certificates)))
    for names, runs in ((_("Checked before"), comparison.old), (_("Checked after"), comparison.new)):
        pairs += [(names, _run(run)) for run in runs] or [(names, NOT_PROVIDED)]
    return _pairs(pairs)


def _pairs(pairs: Iterable[tuple[Text, Text]]) -> tuple[tuple[Text, Text], ...]:
    return tuple((name, _cut([value])[0]) for name, value in pairs)


def _run(run: Run) -> Text:
    """A run on a line: version, time, phone, folder and root."""
    device, root = run.report.device, run.report.manifest
    code = run.report.app.version_code
    version = f"{run.version or NOTHING}（{code}）" if code is not None else run.version or NOTHING
    phone = " ".join(filter(None, (device.get("manufacturer"), device.get("model"), "Android", device.get("android"), device.get("rom"))))
    named = _("{named} (virtual device)", named=phone) if device.get("virtual") == "True" else phone
    what = _("version {version}; {when}; {phone}; {run}", version=version, when=_when(run), phone=named, run=run.name)
    return _("{what}; root {root}", what=what, root=root) if root else _("{what}; not sealed", what=what)


def notice_pairs(comparison: Comparison) -> tuple[tuple[Text, Text], ...]:
    """The regulator's own lines, and by when they must be answered."""
    notice = comparison.notice
    if notice is None:
        return ()
    due, on = notice.deadline, comparison.on
    left = due.words(on)
    how = _("{days} working days from the day after it was received", days=due.days)
    if due.printed:
        how = _("as the notice says")
    note = _(" (holidays not checked)") if due.unchecked else Text("")
    received = Text("") if notice.received != notice.dated else _(" (as dated: no other day is given)")
    named = [
        (_("Issued by"), notice.issuer),
        (_("Number"), notice.number),
        (_("Dated"), notice.dated.isoformat()),
        (_("App named"), notice.app),
        (_("Version named"), notice.version),
    ]
    pairs: list[tuple[Text, Text]] = [(name, known(text, text) if text else NOT_PROVIDED) for name, text in named]
    pairs.insert(3, (_("Received"), _("{day}{note}", day=notice.received, note=received)))
    pairs.append((_("Due"), _("{last} ({how}){note}", last=due.last, how=how, note=note)))
    pairs.append((_("As of {on}", on=on), left))
    return _pairs(pairs)


def problem_words(answer: Answered) -> tuple[Text, ...]:
    """A line of the notice, and apart from the regulator's own words what AppRights says of its label."""
    problem, found = answer.problem, []
    found.append(known(problem.label, problem.label))
    if problem.words:
        found.append(_("the notice: {words}", words=problem.words))
    if answer.label is None:
        text = _("this label is none that is known")
        found.append(_("{said}; like it: {near}", said=text, near="、".join(answer.near)) if answer.near else text)
    elif answer.label.limits_zh and answer.state is not State.UNDETECTABLE:
        found.append(_("what is tested: {limits}", limits=known(answer.label.limits_zh, answer.label.limits_en)))
    return _cut(found)


def problem_name(answer: Answered) -> Text:
    """The heading of a problem of the notice."""
    number, label = answer.problem.number, answer.problem.label[:HEAD]
    return _("Problem {number} of the notice: {label}", number=number, label=label)


def made_by() -> Text:
    """Say who made the document, and which parts of it are the company's."""
    return _(
        "Made by {name} from recorded evidence, which apprights verify checks; what is marked as the company's is the company's.",
        name=f"AppRights {harness.__version__}",
    )


def by_label(comparison: Comparison) -> tuple[tuple[Text, Text, Text], ...]:
    """举一反三: each label of notice 164, with the worst that its rules said before and after."""
    return tuple(_by_label(comparison))


def _by_label(comparison: Comparison) -> Iterator[tuple[Text, Text, Text]]:
    for label in labels():
        name = _("{number}. {label}", number=label.clause, label=known(label.zh, label.en))
        if label.rules:
            lines = [line for line in comparison.rules if line.rule.id in label.rules]
            yield name, _outcomes([line.old for line in lines]), _outcomes([line.new for line in lines])
        else:
            yield name, NOTHING, _("cannot be tested: {undetectable}", undetectable=known(label.undetectable_zh, label.undetectable_en))


def _outcomes(found: Sequence[Outcome | None]) -> Text:
    """How many rules came out how."""
    counts = counted([outcome for outcome in found if outcome is not None], Outcome)
    return with_commas(counts) if counts else _("not checked")


def tally(comparison: Comparison) -> Text:
    """All problems counted by what became of them."""
    counts = [_("{count} {outcome}", count=count, outcome=state.words) for state in State if (count := comparison.count(state))]
    if not counts:
        return _("no problem was found in either version.")
    what = with_semicolons(counts)
    return _("{count} problem(s): {what}.", count=len(comparison.rows), what=what)
