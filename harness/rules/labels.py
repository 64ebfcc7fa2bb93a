"""The labels of regulators (所涉问题), word for word: each has the rules that find it, or why none does."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any

from harness.config import once_a_config, refuse
from harness.config.table_validation import Table
from harness.errors import FormatError
from harness.language import _
from harness.rules import NOTICE, Rule, clauses, load_rules
from harness.rules.documents import basis_of, documents, known_documents
from harness.rules.profiles import known_profile
from harness.rules.rule_files import entries

KEYS = (
    *("zh", "en", "clause", "document", "repeated_in", "also_called", "basis", "rules"),
    *("undetectable_zh", "undetectable_en", "limits_zh", "limits_en"),
)
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_BETWEEN = re.compile(r"[\s“”\"'‘’·]+")


@dataclass(frozen=True, slots=True)
class Label:
    """The words of a regulator for a problem, and what of it a check can find.

    ``clause`` is the clause of notice 164 that it belongs to, 0 where none fits. ``document`` used it first,
    ``in_force`` since that day; ``repeated_in`` are later ones. Without ``rules`` ``undetectable`` says why; with them
    ``limits`` is what they leave to a person. ``basis`` is how its words became known.
    """

    id: str
    zh: str
    en: str
    clause: int
    document: str
    in_force: date
    rules: tuple[str, ...]
    undetectable_zh: str
    undetectable_en: str
    limits_zh: str = ""
    limits_en: str = ""
    repeated_in: tuple[str, ...] = ()
    also_called: tuple[str, ...] = ()
    basis: str = "read"
    own: str = ""


def labels(profile: str = NOTICE, as_of: date | None = None) -> tuple[Label, ...]:
    """The labels of a profile's documents and the tester's own; with ``as_of`` those in force on that day.

    Raises CatalogueError for a profile that there is not, FormatError for an entry that is wrong.
    """
    wanted = set(known_profile(profile).documents)
    found = (label for label in all_labels() if label.own or wanted & {label.document, *label.repeated_in})
    return tuple(label for label in found if as_of is None or label.in_force <= as_of)


@once_a_config
def all_labels() -> tuple[Label, ...]:
    """The labels of all documents, the tester's own behind ours."""
    found = (_label(id, table, load_rules()) for id, table in entries("labels"))
    return tuple(label for label in found if label is not None)


def label_of(words: str) -> Label | None:
    """The label that these words of a regulator are; spaces, width and case are no difference."""
    wanted = _plain(words)
    return next((label for label in all_labels() if wanted in map(_plain, (label.zh, *label.also_called))), None)


def _plain(words: str) -> str:
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", words)).lower()


def _label(id: str, table: Table, rules: tuple[Rule, ...]) -> Label | None:
    """One label; None for one of an earlier day whose document or rules there are no more."""
    table.only(KEYS)
    if not _ID.fullmatch(id):
        raise FormatError(_("{file}: labels: '{id}' is no id: small letters, digits and hyphens", file=table.file, id=id[:80]))
    clause, document, undetectable = _clause(table), table.text("document"), table.text("undetectable_zh", "")
    named = _known_rules(table, rules)
    of_clause = tuple(rule.id for rule in rules if rule.clause.number == clause and rule.is_of(NOTICE)) if document == NOTICE else ()
    found = named or of_clause
    if (named and undetectable) or not (found or undetectable):
        text = _(
            "{file}: {key} has rules, or undetectable_zh that says why it has none: one of both", file=table.file, key=table.key("rules")
        )
        refuse(FormatError(text))
        return None
    if not known_documents((document,), table, "document"):
        return None
    zh = table.text("zh")
    return Label(
        id=id,
        zh=zh,
        en=table.text("en", zh),
        clause=clause,
        document=document,
        in_force=documents()[document].in_force,
        rules=found,
        undetectable_zh="" if found else undetectable,
        undetectable_en="" if found else table.text("undetectable_en", undetectable),
        limits_zh=table.text("limits_zh", ""),
        limits_en=table.text("limits_en", table.text("limits_zh", "")),
        repeated_in=known_documents(table.texts("repeated_in"), table, "repeated_in"),
        also_called=table.texts("also_called"),
        basis=basis_of(table, documents()[document].basis),
        own="" if table.file == "labels.toml" else table.file,
    )


def _known_rules(table: Table, rules: tuple[Rule, ...]) -> tuple[str, ...]:
    known, named = {rule.id for rule in rules}, table.texts("rules")
    for rule in named:
        if rule not in known:
            key = table.key("rules")
            refuse(
                FormatError(_("{file}: {key}: there is no rule '{rule}': see 'apprights rules'", file=table.file, key=key, rule=rule[:80]))
            )
    return tuple(rule for rule in named if rule in known)


def _clause(table: Table) -> int:
    number, known = table.number("clause"), (0, *clauses())
    if number not in known:
        told, all_known = f"{number:g}", ", ".join(map(str, known))
        raise FormatError(
            _("{file}: {key}: '{value}' is none of {known}", file=table.file, key=table.key("clause"), value=told, known=all_known)
        )
    return int(number)


def label_json(label: Label, as_of: date | None = None) -> dict[str, Any]:
    """One line of ``apprights rules --labels --json``; ``in_force`` is whether it was in use on the day ``as_of``."""
    return {
        "label": label.id,
        "zh": label.zh,
        "en": label.en,
        "clause": label.clause,
        "document": label.document,
        "number": documents()[label.document].number,
        "repeated_in": list(label.repeated_in),
        "also_called": list(label.also_called),
        "in_force_since": label.in_force.isoformat(),
        "in_force": as_of is None or label.in_force <= as_of,
        "basis": label.basis,
        "rules": list(label.rules),
        "undetectable_zh": label.undetectable_zh,
        "undetectable_en": label.undetectable_en,
        "limits_zh": label.limits_zh,
        "limits_en": label.limits_en,
        "origin": label.own or "apprights",
    }
