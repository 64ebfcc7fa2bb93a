"""A walk learns the rows of a feed without the adverts between them, and turns the pages that lie beside each other."""

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest

from harness.explorer.page_actions import PageActions
from harness.explorer.position import Position
from harness.maps.action_selection import ActionChoice, Known, choose
from harness.maps.graph import SCROLL, TURN, TURN_BACK, Graph
from harness.pages.controls import Control
from harness.pages.look import Look
from harness.parsers.hierarchy import Node
from harness.session.view_actions import ViewActions
from tests.unit.test_adverts import FULL, button, card, feed, look, text
from tests.unit.test_page_views import BARS, FRESH, LEFT, TABS, shown
from tests.unit.test_pagers import pager
from tests.unit.test_pages_identity import APP, at, row, view


def slide(words: str, ident: str) -> tuple[Node, ...]:
    inside = pager(text("本周专题", (0, 200, 600, 80)), button(words, (200, 1900, 680, 120), id=ident))
    return (view("FrameLayout", inside, box=FULL),)


@dataclass
class Phone:
    """A session of pages beside each other, of which a swipe to the side shows the next one or the one before."""

    pages: tuple[tuple[Node, ...], ...]
    at: int = 0
    app: Any = field(default_factory=lambda: SimpleNamespace(package=APP, owns=lambda name: True, promised=lambda text: ()))
    options: Any = field(default_factory=lambda: SimpleNamespace(app_profile=SimpleNamespace(never_touch=(), visit=())))
    foreground: Any = field(default_factory=lambda: SimpleNamespace(component=f"{APP}/.Main"))
    acts: Any = field(default_factory=lambda: SimpleNamespace(silent=(), see=lambda found: None, acts=lambda control, allowed: False))
    answers: Any = field(default_factory=lambda: SimpleNamespace(allows=False))

    def look(self) -> Look:
        return look(self.pages[self.at])

    def swipe(self, start: tuple[int, int], end: tuple[int, int], purpose: object) -> None:
        del purpose
        self.at = min(max(self.at + (start[0] > end[0]) - (start[0] < end[0]), 0), len(self.pages) - 1)

    def picture(self, name: str) -> None:
        del name


class Hands(ViewActions):
    """Hands on pages that are at rest at once."""

    def settle(self, *, back: bool = False) -> Look:
        del back
        return self.session.look()


class Feed(Phone):
    """A session of one list, of which a swipe shows the next rows."""

    def swipe(self, start: tuple[int, int], end: tuple[int, int], purpose: object) -> None:
        super().swipe(start[::-1], end[::-1], purpose)

    def uptime(self) -> float:
        return 0.0


def walk_on(phone: Phone) -> tuple[Position, PageActions]:
    position = Position(phone)  # type: ignore[arg-type]
    position.moves = Hands(phone)  # type: ignore[arg-type]
    return position, PageActions(position, SimpleNamespace(clear=lambda seen, opened=False: seen))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cards", "left"),
    [
        ((card("蓝鲸省钱", "查看详情"),), False),
        ([card(f"第{n}款应用", "立即下载", mark="", y=1200 + 230 * n) for n in range(5)], True),  # a store: its rows are what it is for
    ],
)
def test_an_advert_is_no_row_of_a_feed_unless_most_are(cards: tuple[Node, ...], *, left: bool) -> None:
    position, _acts = walk_on(Phone((feed(*cards),)))
    screen = position.visit(position.session.look())
    assert any("头条0" in key for key in screen.actions)
    assert any(action.text in ("查看详情", "立即下载") for action in screen.actions.values()) is left


def test_pages_beside_each_other_are_screens_with_ways_on_and_back() -> None:
    position, acts = walk_on(Phone((slide("菜谱", "dish"), slide("食材", "food"), slide("识菜", "scan"))))
    graph, order = position.graph, []
    for _ in range(10):
        here = position.visit(seen := position.session.look())
        for action in here.actions.values():
            action.tries += action.kind == "button"
        choice = choose(graph, here.id, Known())
        if choice is None:
            break
        order.append(choice.key)
        acts.carry_out(seen, choice)
    first, *_, third = graph.screens
    assert len(graph.screens) == 3
    assert graph.paths(first)[third] == [TURN, TURN]
    assert graph.paths(third)[first] == [TURN_BACK, TURN_BACK]
    assert order.count(TURN) == 3  # the last one moved nothing
    assert Graph.from_json(graph.to_json()).paths(first)[third] == [TURN, TURN]


def test_what_stands_on_another_page_of_one_screen_is_turned_to() -> None:
    phone = Phone(tuple(slide(f"这是一篇比较长的专题文章{words}", "open") for words in "甲乙丙"))
    position, acts = walk_on(phone)
    start = position.visit(phone.look())
    for _ in range(2):
        acts.carry_out(phone.look(), ActionChoice(start.id, TURN, (), 0.0))
        assert position.visit(phone.look()) is start
    assert start.widens
    assert position.moves.find_beside(phone.look(), lambda control: control.text.endswith("甲")) is not None
    assert phone.at == 0


class Tabs(Hands):
    """Hands on a page with three tabs, of which the second is open at first, and on the page behind its rows."""

    def press(self, control: Control, screen: str) -> Look:
        del screen
        self.session.at = TABS.index(control.text) if control.text in TABS else 3  # type: ignore[attr-defined]
        return self.session.look()


def test_what_was_seen_before_any_tab_was_pressed_is_found_below_the_one_that_never_was() -> None:
    views = [shown(BARS["texts at the foot"], rows) for rows in ({"肥料": "", "花盆": ""}, LEFT, FRESH)]
    phone = Phone((*views, (view("FrameLayout", text("白玫瑰", (0, 100, 400, 80)), button("浇水", (0, 900, 400, 80)), box=FULL),)), at=1)
    position, acts = walk_on(phone)
    position.moves = Tabs(phone)  # type: ignore[arg-type]
    start = position.visit(phone.look())
    keys = {action.text: key for key, action in start.actions.items()}
    acts.carry_out(phone.look(), ActionChoice(start.id, keys["花园"], (), 0.0))
    assert position.visit(phone.look()) is start
    acts.carry_out(phone.look(), ActionChoice(start.id, keys["白玫瑰"], (), 0.0))
    assert (phone.at, start.actions[keys["白玫瑰"]].lost) == (3, False)


@pytest.mark.parametrize(("length", "other", "scrolled", "goes_on"), [(30, None, 29, False), (60, None, 40, True), (60, 20, 20, True)])
def test_a_feed_is_gone_down_to_its_end_or_to_rows_that_are_new_when_all_else_is_through(
    length: int, other: int | None, scrolled: int, *, goes_on: bool
) -> None:
    parts = [feed(*(row(4 + n, f"第{part}段{n}") for n in range(3))) for part in range(length)]
    if other is not None:
        parts[other] = feed(
            *(view("FrameLayout", text(f"新{n}", at(900 + 100 * n)), clickable=True, box=at(900 + 100 * n)) for n in range(3))
        )
    position, acts = walk_on(Feed(tuple(parts)))
    screen = position.visit(position.session.look())
    for _ in range(7):  # the last one goes on
        acts.carry_out(position.session.look(), ActionChoice(screen.id, SCROLL, (), 0.0))
    assert (screen.scrolled, screen.goes_on) == (scrolled, goes_on)
    assert any("新" in key for key in screen.actions) is (other is not None)
    for action in screen.actions.values():
        action.tries = 2
    again = choose(position.graph, screen.id, Known(thorough=True, uses=2))
    assert getattr(again, "key", None) == (SCROLL if scrolled == 20 else None)


class Next(Hands):
    """Hands of which each press brings the next page."""

    def press(self, control: Control, screen: str) -> Look:
        del control, screen
        self.session.at = (self.session.at + 1) % len(self.session.pages)  # type: ignore[attr-defined]
        return self.session.look()


@pytest.mark.parametrize(
    ("cards", "presses"),
    [
        ([f"第{word}张" for word in "一二三四五六七八九十"], 10),  # to the page behind the last one
        ([f"第{word}张" for word in "一二三一二三一二三四"], 4),  # what was seen before is no other card
        ([f"{number} 张" for number in range(10)], 2),
    ],
)
def test_what_shows_other_contents_of_its_page_each_time_is_pressed_on(cards: list[str], presses: int) -> None:
    def page_of(card: str, *buttons: str) -> tuple[Node, ...]:
        used = [button(words, (100 + 300 * n, 1500, 260, 100), id=words, clickable=True) for n, words in enumerate(buttons)]
        return (view("FrameLayout", text("背单词", (0, 100, 400, 80)), text(card, (0, 900, 400, 80)), *used, box=FULL),)

    phone = Phone((*(page_of(card, "认识", "不认识") for card in cards), page_of("学完了", "回顾")))
    position, acts = walk_on(phone)
    position.moves = Next(phone)  # type: ignore[arg-type]
    start, done = position.visit(phone.look()), 0
    while (choice := choose(position.graph, start.id, Known())) is not None and phone.at < len(cards):
        acts.carry_out(phone.look(), choice)
        done += 1
    assert done == presses
