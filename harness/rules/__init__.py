"""The catalogue: rules and the law behind them, read from TOML, with the thresholds of a profile."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from harness.errors import CatalogueError
from harness.events import Source
from harness.events.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable

PROFILES = ("miit-164", "store-strict", "store-huawei")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of notice 164: its number, official label and full text."""

    number: int
    label_zh: str
    label_en: str
    text_zh: str


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number that a rule compares with, and where it comes from."""

    name: str
    value: float
    unit: str
    source: str


@dataclass(frozen=True, slots=True)
class Rule:
    """The clause behind a judgement. ``needs`` are the sources without which ``clear`` cannot be said.

    ``needed`` is k of n: how many violating parts make a violation. ``advice`` is what a developer should change,
    ``limits`` what a check of this rule cannot see.
    """

    id: str
    clause: Clause
    scenes: tuple[str, ...]
    label_zh: str
    label_en: str
    severity: Severity
    needs: tuple[Source, ...]
    needed: int
    advice_zh: str
    advice_en: str
    thresholds: tuple[Threshold, ...]
    limits_zh: str = ""
    limits_en: str = ""

    def threshold(self, name: str) -> float:
        """The value of a threshold; raises CatalogueError for a name the profile lacks."""
        for threshold in self.thresholds:
            if threshold.name == name:
                return threshold.value
        raise CatalogueError(f"rule {self.id} has no threshold '{name}' in this profile")


def _read(file: Traversable) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise CatalogueError(f"{file.name}: {error}") from None


@cache
def clauses() -> Mapping[int, Clause]:
    """The clauses of notice 164 by number."""
    data = _read(files(__name__) / "regulations.toml")
    return {int(number): Clause(int(number), **entry) for number, entry in data["clause"].items()}


def _thresholds(rule: str, profile: str) -> tuple[Threshold, ...]:
    if profile not in PROFILES:
        raise CatalogueError(f"no profile '{profile}'; there is {', '.join(PROFILES)}")
    folder = files(__name__) / "profiles"
    tables = [_read(folder / f"{name}.toml") for name in dict.fromkeys(("miit-164", profile))]

    def merged(rule: str) -> dict[str, Any]:
        return {name: entry for table in tables for name, entry in table.get(rule, {}).items()}

    own = {name: merged(entry["as"])[name] if "as" in entry else entry for name, entry in merged(rule).items()}
    return tuple(Threshold(name, entry["value"], entry["unit"], entry["source"]) for name, entry in own.items())


@cache
def load_rules(profile: str = "miit-164") -> tuple[Rule, ...]:
    """All rules in order of id; raises CatalogueError naming file and key when the catalogue is wrong."""
    rules = []
    for file in sorted(files(__name__).iterdir(), key=lambda entry: entry.name):
        if not file.name.startswith("c") or not file.name.endswith(".toml"):
            continue
        data = _read(file)
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
                thresholds=_thresholds(data["id"], profile),
                limits_zh=data.get("limits_zh", ""),
                limits_en=data.get("limits_en", ""),
            )
        except (KeyError, ValueError) as error:
            raise CatalogueError(f"{file.name}: {error}") from None
        if file.name != f"{rule.id}.toml":
            raise CatalogueError(f"{file.name}: the id inside is {rule.id}")
        rules.append(rule)
    return tuple(rules)


def rule_json(rule: Rule) -> dict[str, Any]:
    """One line of ``apprights rules --json``."""
    return {
        "rule": rule.id,
        "clause": rule.clause.number,
        "label_zh": rule.label_zh,
        "label_en": rule.label_en,
        "clause_label_zh": rule.clause.label_zh,
        "scenes": list(rule.scenes),
        "severity": rule.severity.value,
        "needs": [source.value for source in rule.needs],
        "thresholds": [{"name": t.name, "value": t.value, "unit": t.unit, "source": t.source} for t in rule.thresholds],
    }
