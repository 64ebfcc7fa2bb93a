"""The shortest way back to what was used, read from a journal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from harness.explorer.way_back import Step, route_before

if TYPE_CHECKING:
    from pathlib import Path


def journal(folder: Path, *steps: dict[str, object]) -> Path:
    (folder / "raw").mkdir()
    lines = [json.dumps({"host": float(number), **step}) for number, step in enumerate(steps)]
    (folder / "raw" / "session.jsonl").write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return folder


def used(text: str, screen: str) -> dict[str, object]:
    return {"step": "function", "text": text, "id": "", "screen": screen}


def key(purpose: str) -> dict[str, object]:
    return {"step": "key", "key": "back", "purpose": purpose}


LAUNCH: dict[str, object] = {"step": "launch", "component": "a/.Main", "cold": True}
TYPED: dict[str, object] = {"step": "typed", "field": "城市", "text": "测试"}


def test_a_form_is_on_the_way_though_the_keyboard_was_put_away(tmp_path: Path) -> None:
    folder = journal(tmp_path, LAUNCH, used("运费时效", "home"), TYPED, key("keyboard"), used("查询", "form"))
    assert route_before(folder, 9.0) == [
        Step("function", "运费时效", "", "home"), Step("fill", "", "", "form"), Step("function", "查询", "", "form"),
    ]  # fmt: skip


def test_a_back_of_the_walk_tells_nothing_of_where_a_press_leads(tmp_path: Path) -> None:
    folder = journal(tmp_path, LAUNCH, used("新闻", "home"), key("walk"), used("设置", "mine"))
    assert route_before(folder, 9.0) == [Step("function", "设置", "", "mine")]
