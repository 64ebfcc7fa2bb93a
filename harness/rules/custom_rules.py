"""The tester's own rules and numbers, in the format of ours (docs/own-rules.md)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from harness.config import Kind, current, refuse
from harness.config.config_files import given
from harness.config.table_validation import Table
from harness.errors import FormatError
from harness.events import Source
from harness.events.findings import Severity
from harness.language import _
from harness.rules.documents import known_documents
from harness.rules.rule import OWN_CLAUSE, Clause, Rule, Threshold

KEYS = (
    *("id", "clause", "detector", "scenarios", "label_zh", "label_en", "text_zh", "text_en", "severity", "needs", "needed", "scenes"),
    *("advice_zh", "advice_en", "limits_zh", "limits_en", "thresholds", "documents"),
)
OWN = "own"
"""The clause of a rule that belongs to none of the notice."""
COUNTED = ("次", "个", "种", "类")
_ID = re.compile(r"[a-z][a-z0-9-]{2,59}")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
_OURS = re.compile(r"c\d+-")


def with_own_thresholds(rule: str, known: tuple[Threshold, ...]) -> tuple[Threshold, ...]:
    """The thresholds of a rule, with the numbers of the tester's own."""
    config = current()
    wanted = config.thresholds.get(rule, {})
    for name in wanted:
        if name not in {threshold.name for threshold in known}:
            refuse(_no_threshold(config.name, rule, name, known))
    return tuple(_changed(each, rule) if each.name in wanted else each for each in known)


def _no_threshold(file: str, rule: str, name: str, known: Iterable[Threshold]) -> FormatError:
    names = ", ".join(each.name for each in known) or "-"
    text = _("{file}: the rule {rule} has no threshold '{name}'; there is {known}", file=file, rule=rule, name=name[:80], known=names)
    return FormatError(text)


def _changed(known: Threshold, rule: str) -> Threshold:
    config = current()
    wanted = config.thresholds[rule][known.name]
    _fit(config.name, f"thresholds.{rule}.{known.name}", known.unit, wanted.value)
    return replace(known, value=wanted.value, source=wanted.source or config.name, origin=config.name, ours=known.value)


def _fit(file: str, key: str, unit: str, value: float) -> None:
    """Refuse a number that no rule can compare with."""
    if unit == "0/1" and value not in (0, 1):
        refuse(FormatError(_("{file}: {key} is 0 or 1", file=file, key=key)))
    if unit in COUNTED and (value < 1 or value != int(value)):
        refuse(FormatError(_("{file}: {key} is a whole number from 1 on", file=file, key=key)))
    if unit not in ("0/1", *COUNTED) and not value:
        refuse(FormatError(_("{file}: {key} is more than 0", file=file, key=key)))


def own_rules(ours: Mapping[str, Rule], clauses: Mapping[int, Clause]) -> list[Rule]:
    """The rules of the tester's own; raises FormatError that names file and entry."""
    config = current()
    found = [_rule(Table(file.data, file.name), file.stem, ours, clauses) for file in config.of(Kind.RULE)]
    for rule in config.thresholds:
        if rule not in ours and rule not in {each.id for each in found}:
            refuse(FormatError(_("{file}: thresholds: there is no rule '{rule}': see 'apprights rules'", file=config.name, rule=rule[:80])))
    return found


def _rule(table: Table, stem: str, ours: Mapping[str, Rule], clauses: Mapping[int, Clause]) -> Rule:
    table.only(KEYS)
    id, detector = table.text("id"), table.text("detector")
    base = ours.get(detector)
    if not _ID.fullmatch(id) or _OURS.match(id):
        raise FormatError(
            _(
                "{file}: id: '{id}' is none: small letters, digits and hyphens; c1- and the like are those of AppRights",
                file=table.file,
                id=id[:80],
            )
        )
    if id != stem:
        raise FormatError(_("{file}: the id inside is {id}: call the file {id}.toml", file=table.file, id=id))
    return Rule(
        id=id,
        clause=_clause(table, clauses),
        scenes=table.texts("scenes"),
        label_zh=table.text("label_zh"),
        label_en=table.text("label_en", table.text("label_zh")),
        severity=_severity(table),
        needs=_needs(table, base),
        needed=_needed(table, base),
        advice_zh=table.text("advice_zh", ""),
        advice_en=table.text("advice_en", ""),
        thresholds=with_own_thresholds(id, _thresholds(table, base)),
        limits_zh=table.text("limits_zh", ""),
        limits_en=table.text("limits_en", ""),
        origin=table.file,
        text_zh=table.text("text_zh", ""),
        text_en=table.text("text_en", ""),
        detector=detector,
        scenarios=table.texts("scenarios"),
        documents=known_documents(table.texts("documents"), table, "documents"),
    )


def _clause(table: Table, clauses: Mapping[int, Clause]) -> Clause:
    named = table.value("clause")
    if named == OWN:
        return OWN_CLAUSE
    if isinstance(named, bool) or not isinstance(named, int) or named not in clauses:
        known = ", ".join(map(str, clauses))
        raise FormatError(_('{file}: clause is {known}, or "own" for a rule of no clause', file=table.file, known=known))
    return clauses[named]


def _severity(table: Table) -> Severity:
    named = table.text("severity")
    if named not in list(Severity):
        raise FormatError(
            _("{file}: {key}: '{value}' is none of {known}", file=table.file, key="severity", value=named[:80], known=", ".join(Severity))
        )
    return Severity(named)


def _needs(table: Table, base: Rule | None) -> tuple[Source, ...]:
    if "needs" not in table and base is not None:
        return base.needs
    named = table.texts("needs")
    if not named:
        refuse(FormatError(_('{file}: {key} is missing: write {name} = "..."', file=table.file, key="needs", name="needs")))
    for each in named:
        if each not in list(Source):
            raise FormatError(
                _("{file}: {key}: '{value}' is none of {known}", file=table.file, key="needs", value=each[:80], known=", ".join(Source))
            )
    return tuple(Source(each) for each in named)


def _needed(table: Table, base: Rule | None) -> int:
    if "needed" not in table:
        return base.needed if base is not None else 1
    number = table.number("needed")
    _fit(table.file, "needed", COUNTED[0], number)
    return int(number)


def _thresholds(table: Table, base: Rule | None) -> tuple[Threshold, ...]:
    """The numbers of the rule's own file; those of a detector of ours that it leaves out are as ours."""
    own = table.table("thresholds")
    found = {each.name: each for each in base.thresholds} if base is not None else {}
    for name in own:
        wanted, known = given(own, name), found.get(name)
        if not _NAME.fullmatch(name):
            raise FormatError(_("{file}: {key}: a threshold has a name of small letters, digits and _", file=table.file, key=own.key(name)))
        if base is not None and known is None:
            refuse(_no_threshold(table.file, base.id, name, base.thresholds))
        inner = own.value(name)
        unit = known.unit if known is not None else own.table(name).text("unit", "") if isinstance(inner, dict) else ""
        if known is not None:
            _fit(table.file, own.key(name), unit, wanted.value)
        ours = known.value if known is not None else None
        found[name] = Threshold(name, wanted.value, unit, wanted.source or table.file, origin=table.file, ours=ours)
    return tuple(found.values())
