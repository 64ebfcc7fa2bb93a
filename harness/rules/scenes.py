"""The scenes of the notice: its problems broken into what can be seen to happen, also those no phone decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness.config import once_a_config
from harness.rules import load_rules
from harness.rules.rule_files import entries

if TYPE_CHECKING:
    from harness.config.table_validation import Table


@dataclass(frozen=True, slots=True)
class Scene:
    """One scene: the rules that judge it, the tester's own behind ours, or why none does (``undetectable``).

    With rules, ``limits`` is what they leave of it to a person.
    """

    id: str
    clause: int
    zh: str
    en: str
    rules: tuple[str, ...]
    undetectable_zh: str
    undetectable_en: str
    limits_zh: str = ""
    limits_en: str = ""


@once_a_config
def scenes() -> tuple[Scene, ...]:
    """All scenes, in the order of the notice."""
    own = [rule for rule in load_rules() if rule.origin]
    return tuple(_scene(id, table, tuple(rule.id for rule in own if id in rule.scenes)) for id, table in entries("scenes"))


def _scene(id: str, table: Table, own: tuple[str, ...]) -> Scene:
    rules = table.texts("rules") + own
    return Scene(
        id=id,
        clause=int(table.number("clause")),
        zh=table.text("zh"),
        en=table.text("en"),
        rules=rules,
        undetectable_zh="" if rules else table.text("undetectable_zh"),
        undetectable_en="" if rules else table.text("undetectable_en"),
        limits_zh=table.text("limits_zh", ""),
        limits_en=table.text("limits_en", ""),
    )
