"""Writes docs/scenes.md and docs/zh/scenes.md: each scene of the notice, and what a check can say of it at worst.

``python -m tools.scenes_page``; a test compares them with the data (scenes.toml and the files of the rules).
"""

import textwrap
from collections import Counter
from pathlib import Path

from harness.events.findings import Outcome
from harness.rules import load_rules
from harness.rules.scenes import Scene, scenes

DOCS = Path(__file__).parents[1] / "docs"
PAGES = {"en": DOCS / "scenes.md", "zh": DOCS / "zh/scenes.md"}
HEADS = {
    "en": """# The scenes of the notice

What a check covers. Generated from the data of the rules: `make docs`. The numbers 1.1-1 to 3.2-1 are those of the
public checklist of the project camille; 7-1 to 7-4 come from later texts, 9-1 to 10-2 from clauses 9 and 10.

A check may find a violation by the rules named; where *suspected* stands, only facts that a person weighs; *out of
reach* is what a phone without root shows nothing of. A rule's id begins with its clause; what it demands is in
[rules.md](rules.md).

{counted}

| scene | what happens | rules, and their limits |
|---|---|---|
""",
    "zh": """# 通知的场景

供需要说明检测覆盖范围的人查阅。由规则数据生成：`make docs`。1.1-1 至 3.2-1 为公开检查单（camille 项目）的编号；
7-1 至 7-4 来自后来的文件，9-1 至 10-2 来自第 9、10 条。

检测可由所列规则得出不合规；标有*疑似*的，只得出须由人衡量的事实；*无法检测*指未取得 root 的手机上看不出。
规则编号以条款开头，其要求见 [rules.md](rules.md)。

{counted}

| 场景 | 情形 | 规则及其局限 |
|---|---|---|
""",
}
REACH = {
    "en": {Outcome.VIOLATION: "", Outcome.SUSPECTED: "suspected: ", None: "out of reach. "},
    "zh": {Outcome.VIOLATION: "", Outcome.SUSPECTED: "疑似：", None: "无法检测。"},
}
MARKS = {"en": ("; ", "."), "zh": ("；", "。")}
"""What stands between two limits, and behind the last one."""
DOT = {"en": ". ", "zh": "。"}
"""What stands between the rules and their limits."""
SUSPECTED = {"en": "Suspected at most: ", "zh": "至多为疑似："}
"""What the beginning of the cell says already."""
SHARED = 2  # scenes from which on a limit stands once, below the table
COUNTED = {
    "en": "Of {all} scenes {violation} can be found violated, {suspected} suspected at most, {none} is out of reach.",
    "zh": "共 {all} 个场景：可判定不合规 {violation} 个，至多疑似 {suspected} 个，无法检测 {none} 个。",
}


def page(language: str) -> str:
    """Return the page in one language, ``en`` or ``zh``."""
    reach = {scene.id: reach_of(scene) for scene in scenes()}
    found = [*reach.values()]
    counted = COUNTED[language].format(
        all=len(found), violation=found.count(Outcome.VIOLATION), suspected=found.count(Outcome.SUSPECTED), none=found.count(None)
    )
    notes = _notes(language)
    rows = "".join(_row(scene, reach[scene.id], language, notes) for scene in scenes())
    below = [f"{note} {limit[0].upper()}{limit[1:]}{MARKS[language][1]}" for limit, note in notes.items()]
    return HEADS[language].format(counted=counted) + rows + "".join(f"\n{textwrap.fill(note, 120)}\n" for note in below)


def _limits(scene: Scene, language: str) -> list[str]:
    zh = language == "zh"
    text = (scene.limits_zh if zh else scene.limits_en) or (scene.undetectable_zh if zh else scene.undetectable_en)
    between, end = MARKS[language]
    text = text.removeprefix(SUSPECTED[language])
    return [part for part in text.removesuffix(end).replace(f"{end} " if not zh else end, between).split(between) if part]


def _notes(language: str) -> dict[str, str]:
    """The limits that many scenes have, each with the number of its note."""
    counted = Counter(limit for scene in scenes() for limit in _limits(scene, language))
    return {limit: f"[{number}]" for number, limit in enumerate((limit for limit in counted if counted[limit] >= SHARED), 1)}


def reach_of(scene: Scene) -> Outcome | None:
    """What a check finds of a scene at worst; None where no rule judges it."""
    worst = {rule.id: rule.at_worst for rule in load_rules()}
    found = {worst[rule] for rule in scene.rules}
    if scene.every_rule and found:
        return Outcome.SUSPECTED if Outcome.SUSPECTED in found else Outcome.VIOLATION
    return next((outcome for outcome in (Outcome.VIOLATION, Outcome.SUSPECTED) if outcome in found), None)


def _row(scene: Scene, reach: Outcome | None, language: str, notes: dict[str, str]) -> str:
    between, end = MARKS[language]
    found = _limits(scene, language)
    own = between.join(limit for limit in found if limit not in notes)
    limits = " ".join([*([own + end] if own else []), *(notes[limit] for limit in found if limit in notes)])
    rules = ", ".join(f"`{rule}`" for rule in scene.rules)
    limits = limits[:1].upper() + limits[1:]
    said = (rules and limits and DOT[language]).join((rules, limits))
    return f"| {scene.id} | {scene.zh if language == 'zh' else scene.en} | {REACH[language][reach]}{said} |\n"


if __name__ == "__main__":
    for name, file in PAGES.items():
        file.write_text(page(name), encoding="utf-8")
