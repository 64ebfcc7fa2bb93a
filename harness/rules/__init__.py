"""The catalogue: rules and the law behind them, read from TOML, with the thresholds of a profile."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from harness.config import once_a_config
from harness.errors import CatalogueError
from harness.events import Source
from harness.events.findings import Outcome, Severity
from harness.language import _
from harness.rules.custom_rules import own_rules
from harness.rules.documents import in_force_since
from harness.rules.profiles import NOTICE, PROFILES, thresholds
from harness.rules.rule import OWN_CLAUSE, Clause, Rule, Threshold
from harness.rules.rule_files import ROOM, read

__all__ = ["NOTICE", "OWN_CLAUSE", "PROFILES", "Clause", "Rule", "Threshold", "clauses", "load_rules", "rule_json"]

_OF_A_RULE = re.compile(r"c\d+-.*\.toml")


@cache
def clauses() -> Mapping[int, Clause]:
    data = read(ROOM / "regulations.toml")
    return {int(number): Clause(int(number), **entry) for number, entry in data["clause"].items()}


@once_a_config
def load_rules(profile: str = NOTICE) -> tuple[Rule, ...]:
    """All rules by clause and id, the tester's own behind ours.

    Raises CatalogueError naming file and key when our catalogue is wrong, FormatError where the tester's is.
    """
    ours = _ours(profile)
    return (*ours, *sorted(own_rules({rule.id: rule for rule in ours}, clauses()), key=lambda rule: rule.id))


def _ours(profile: str) -> list[Rule]:
    rules = []
    for file in ROOM.iterdir():
        if not _OF_A_RULE.fullmatch(file.name):
            continue
        data = read(file)
        try:
            rule = Rule(
                id=data["id"],
                clause=clauses()[data["clause"]],
                scenes=tuple(data["scenes"]),
                label_zh=data["label_zh"],
                label_en=data["label_en"],
                severity=Severity(data["severity"]),
                needs=tuple(Source(name) for name in data["needs"]),
                needed=int(data["needed"]),
                advice_zh=data["advice_zh"],
                advice_en=data["advice_en"],
                thresholds=thresholds(data["id"], profile),
                limits_zh=data.get("limits_zh", ""),
                limits_en=data.get("limits_en", ""),
                documents=tuple(data["documents"]),
                at_worst=Outcome(data.get("at_worst", Outcome.VIOLATION)),
                profiles=tuple(data.get("profiles", ())),
            )
        except (KeyError, ValueError) as error:
            raise CatalogueError(_("{file}: {problem}", file=file.name, problem=error)) from None
        if file.name != f"{rule.id}.toml":
            raise CatalogueError(_("{file}: the id inside is {id}", file=file.name, id=rule.id))
        rules.append(rule)
    return sorted(rules, key=lambda rule: (rule.clause.number, rule.id))


def rule_json(rule: Rule, as_of: date | None = None) -> dict[str, Any]:
    """One line of ``apprights rules --json``; what of it is the tester's own has an ``origin`` that is no profile.

    ``in_force`` is whether it is held against an app on the day ``as_of``.
    """
    since = in_force_since(rule.documents)
    return {
        "rule": rule.id,
        "clause": rule.clause.number,
        "label_zh": rule.label_zh,
        "label_en": rule.label_en,
        "clause_label_zh": rule.clause.label_zh,
        "clause_text_zh": rule.clause.text_zh,
        "text_zh": rule.text_zh,
        "text_en": rule.text_en,
        "scenes": list(rule.scenes),
        "documents": list(rule.documents),
        "in_force_since": since.isoformat() if since is not None else None,
        "in_force": as_of is None or since is None or since <= as_of,
        "severity": rule.severity.value,
        "needs": [source.value for source in rule.needs],
        "needed": rule.needed,
        "own": bool(rule.origin),
        "origin": rule.origin or "apprights",
        "detector": rule.judged_by,
        "thresholds": [
            {"name": t.name, "value": t.value, "unit": t.unit, "source": t.source, "origin": t.origin, "ours": t.ours}
            for t in rule.thresholds
        ],
    }
