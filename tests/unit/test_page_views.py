"""Tabs that swap the contents of a page and keep its identity, and what only looks like one."""

from types import SimpleNamespace
from typing import Any

import pytest

from harness.adverts.ad_slots import Step
from harness.adverts.page_views import PageViews, bar_of
from harness.pages.controls import controls
from harness.pages.identity import describe
from harness.parsers.hierarchy import Node
from tests.unit.test_pages_identity import APP, page, view

TABS = ("鲜花", "绿植", "花园")
LEFT = {"白玫瑰": "rose", "向日葵": "sun"}
FRESH = {"龟背竹": "monstera", "多肉": "cactus"}
BARS = {
    "texts at the foot": [view("TextView", text=t, clickable=True, box=(n * 360, 2280, 360, 120)) for n, t in enumerate(TABS)],
    "columns at the foot": [
        view("LinearLayout", view("TextView", text=t, box=(n * 360, 2280, 360, 120)), clickable=True, box=(n * 360, 2280, 360, 120))
        for n, t in enumerate(TABS)
    ],
    "texts at the head": [view("TextView", text=t, clickable=True, id="head", box=(n * 200, 300, 190, 90)) for n, t in enumerate(TABS)],
    "a rail at the left": [view("TextView", text=t, clickable=True, box=(0, 500 + n * 120, 200, 100)) for n, t in enumerate(TABS)],
    "radio buttons": [view("RadioButton", text=t, clickable=True, box=(n * 360, 2280, 360, 120)) for n, t in enumerate(TABS)],
    "icons without words": [view("ImageView", id=f"ic_{n}x", clickable=True, box=(n * 360, 2280, 120, 120)) for n in range(3)],
}


def shown(bar: list[Node], rows: dict[str, str]) -> tuple[Node, ...]:
    places = [(220, 500 + n * 200, 860, 200) for n in range(len(rows))]
    lines = [
        view("LinearLayout", view("TextView", text=t, box=at), id="row", clickable=True, box=at) for t, at in zip(rows, places, strict=True)
    ]
    contents = view("ScrollView", view("LinearLayout", *lines, box=(220, 500, 860, 1700)), scrollable=True, box=(220, 500, 860, 1700))
    return page(view("TextView", text="小花房", box=(0, 100, 1080, 100)), *bar, contents)


@pytest.mark.parametrize("bar", [pytest.param(bar, id=name) for name, bar in BARS.items()])
def test_a_press_on_one_of_a_bar_swaps_what_stands_beside_it(bar: list[Node]) -> None:
    before, after = (shown(bar, rows) for rows in (LEFT, FRESH))
    known, now = controls(before, APP), controls(after, APP)
    tab = next(one for one in known if one.node.bounds == bar[1].bounds)
    assert [one.node.bounds for one in bar_of(tab, known, now)] == [one.bounds for one in bar]
    assert bar_of(tab, known, known) == []  # it was open already


@pytest.mark.parametrize(
    ("pressed", "bar"),
    [
        pytest.param("换一批", [view("TextView", text="换一批", clickable=True, box=(800, 300, 190, 90))], id="a refresh"),
        pytest.param("白玫瑰", BARS["texts at the foot"], id="a row that leads to another page of its make"),
    ],
)
def test_no_tab_is_what_has_none_beside_it_or_goes_with_its_page(pressed: str, bar: list[Node]) -> None:
    before, after = (controls(shown(bar, rows), APP) for rows in (LEFT, FRESH))
    assert bar_of(next(one for one in before if one.text == pressed), before, after) == []


def test_a_bar_leads_from_each_of_its_pages_to_each_other_one() -> None:
    bar = BARS["texts at the foot"]
    trees: list[Any] = [shown(bar, rows) for rows in (LEFT, FRESH, {"肥料": "food"})]
    moves: Any = SimpleNamespace(controls=lambda tree: controls(tree, APP), name=lambda tree: str(trees.index(tree)))
    views = PageViews(moves)
    _, second, third = (one for one in controls(trees[0], APP) if one.text in TABS)
    assert views.swapped(second, trees[0], trees[1])
    assert views.swapped(third, trees[1], trees[2])
    assert [one.text for one in views.tabs("2", "0", (Step(third.text, third.id),))] == ["花园", "鲜花", "绿植"]
    assert views.tabs("2", "elsewhere", ()) == []


def test_what_tells_them_apart_is_no_part_of_the_page() -> None:
    one, other = (describe(shown(BARS["texts at the foot"], rows), APP) for rows in (LEFT, FRESH))
    assert one.screen == other.screen
