"""The scenes of the notice: its problems broken into what can be seen to happen, also those no phone decides."""

from dataclasses import dataclass
from enum import StrEnum

from harness.config import once_a_config
from harness.config.table_validation import Table
from harness.rules import load_rules
from harness.rules.rule_files import entries


class Condition(StrEnum):
    """What a finding must be about to belong to a scene, where its rule judges more than the scene."""

    FIRST_START = "first-start"  # on cleared data, before the app was used
    IN_USE = "in-use"
    CONSENT_SHOWN = "consent-shown"  # a dialog asked for consent
    CONSENT_NOT_SHOWN = "consent-not-shown"  # what was read, was read where none did
    REWARD = "reward"  # the control that was touched has one of ``words``
    NO_REWARD = "no-reward"


@dataclass(frozen=True, slots=True)
class Scene:
    """One scene: the rules that judge it, the tester's own behind ours, or why none does (``undetectable``).

    With rules, ``limits`` is what they leave of it to a person. Any of its rules is enough, or with ``every_rule`` each
    must hold; of their findings those count that its ``condition`` fits. What ``judged_elsewhere`` found against the
    app is no all-clear of this scene.
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
    condition: Condition | None = None
    words: tuple[str, ...] = ()
    every_rule: bool = False
    judged_elsewhere: tuple[str, ...] = ()


@once_a_config
def scenes() -> tuple[Scene, ...]:
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
        condition=Condition(when) if (when := table.text("when", "")) else None,
        words=table.texts("words"),
        every_rule=table.text("needed", "any") == "all",
        judged_elsewhere=table.texts("judged_elsewhere"),
    )
