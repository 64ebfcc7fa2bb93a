"""How well acts in the user's name are told from what only looks like one, on a list that is older than the tables.

Each line of tests/data/acts.tsv is a control of one page: alone, one of the tabs at the head, a row of a list, or the
middle one of a bar of acts.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from harness.pages.controls import controls
from tests.unit.test_pages_identity import APP, at, page, title, view

if TYPE_CHECKING:
    from harness.parsers.hierarchy import Node

LIST = Path(__file__).parents[1] / "data" / "acts.tsv"
RECALL, PRECISION = 0.97, 0.99
"""What was measured; both only rise."""


def shown(where: str, words: str, id: str) -> tuple[Node, ...]:
    def one(text: str, box: tuple[int, int, int, int], name: str = "") -> Node:
        return view("TextView", text=text, id=name, clickable=True, box=box)

    if where == "tab":
        texts = ("首页", words, "推荐", "同城")
        tabs = [view("Tab", description=text, clickable=True, box=(270 * n, 100, 270, 120)) for n, text in enumerate(texts)]
        return page(view("TabLayout", *tabs, id="tabs", box=(0, 100, 1080, 120)))
    if where == "row":
        texts = ("消息中心", words, "隐私政策")
        rows = [view("LinearLayout", one(text, at(400 + 150 * n)), box=at(400 + 150 * n)) for n, text in enumerate(texts)]
        return page(title("我的"), view("RecyclerView", *rows, id="list", box=(0, 400, 1080, 450)))
    if where == "bar":
        bar = [one(text, (360 * n, 1500, 360, 90), id if text == words else "") for n, text in enumerate(("分享 3", words, "评论 12"))]
        return page(title("正文"), view("LinearLayout", *bar, box=(0, 1500, 1080, 90)))
    return page(title("正文"), one(words, (400, 900, 240, 90), id))


def test_acts_are_told_from_what_only_looks_like_one() -> None:
    said = {}
    for line in LIST.read_text("utf-8").splitlines()[1:]:
        act, where, words, id = line.split("\t")
        roots = shown(where, words, id)
        inside = [each for each in controls(roots, APP) if words in (each.node.text, each.node.description) and (words or each.id == id)]
        said[line] = (act == "1", any(each.dangerous for each in inside))
    acts = sum(is_act for is_act, _ in said.values())
    called = [line for line, (_, is_called) in said.items() if is_called]
    right = [line for line in called if said[line][0]]
    missed = [line for line, (is_act, is_called) in said.items() if is_act and not is_called]
    wrong = [line for line in called if not said[line][0]]
    assert len(right) / acts >= RECALL, missed
    assert len(right) / len(called) >= PRECISION, wrong
