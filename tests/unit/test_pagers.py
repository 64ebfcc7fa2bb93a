"""Pages beside each other: which part of a page is a pager, and where a finger may turn it."""

import pytest

from harness.pages.pagers import find_pager
from harness.parsers.hierarchy import Node
from tests.unit.test_adverts import FULL, button, image, text
from tests.unit.test_pages_identity import APP, view

PAGER = "androidx.viewpager.widget.ViewPager"


def pager(*children: Node, box: tuple[int, int, int, int] = FULL) -> Node:
    held = view("FrameLayout", *children, box=box)
    return Node(class_name=PAGER, package=APP, bounds=held.bounds, scrollable=True, children=held.children)


def rows(top: int, bottom: int) -> Node:
    return view("RecyclerView", text("一行", (0, top, 1080, 200)), box=(0, top, 1080, bottom - top), scrollable=True)


DOTS = view("LinearLayout", *[view("View", box=(480 + 40 * n, 1560, 20, 20)) for n in range(3)], box=(470, 1560, 140, 20))


@pytest.mark.parametrize(
    ("page", "at"),
    [
        (view("FrameLayout", pager(image((0, 300, 1080, 900)), text("第 1 张", (0, 1300, 1080, 80))), box=FULL), 1200),
        (view("FrameLayout", pager(text("要闻", (0, 200, 400, 80)), rows(900, 2400)), box=FULL), 720),  # above the rows of its page
        (view("FrameLayout", pager(rows(0, 2400), box=(0, 200, 1080, 2200)), box=FULL), None),
        (view("FrameLayout", view("FrameLayout", image((0, 200, 1080, 1300)), box=(0, 200, 1080, 1320), scrollable=True), DOTS, box=FULL),
         860),
    ],
)  # fmt: skip
def test_a_page_is_turned_where_no_row_lies_under_the_finger(page: Node, at: int | None) -> None:
    found = find_pager((page,), APP)
    assert (found.start and found.start[1], found.end and found.end[1]) == (at, at)


@pytest.mark.parametrize(
    "page",
    [
        view("FrameLayout", rows(200, 2200), button("更多", (0, 2250, 1080, 100)), box=FULL),
        view(
            "FrameLayout", view("FrameLayout", image((0, 200, 1080, 1300)), box=(0, 200, 1080, 1300), scrollable=True), box=FULL
        ),  # no dots
        view("FrameLayout", pager(text("公告", (0, 300, 500, 60)), box=(0, 300, 1080, 90)), box=FULL),  # lines that take turns
    ],
)
def test_what_is_no_pager_is_not_swiped(page: Node) -> None:
    assert find_pager((page,), APP) is None


def tabs(top: int, *, chosen: bool = True) -> Node:
    inside = [
        view(
            "LinearLayout",
            text(word, (360 * n, top + 10, 300, 60)),
            box=(360 * n, top, 360, 100),
            selected=chosen and n == 1,
            clickable=True,
        )
        for n, word in enumerate(("推荐", "本地", "直播"))
    ]
    return view("LinearLayout", *inside, box=(0, top, 1080, 100))


@pytest.mark.parametrize(("row", "lead"), [(tabs(100), True), (tabs(2300), True), (tabs(100, chosen=False), False), (tabs(0), False)])
def test_tabs_beside_a_pager_lead_to_its_pages(row: Node, *, lead: bool) -> None:
    page = view("FrameLayout", row, pager(rows(200, 2300), box=(0, 200, 1080, 2100)), box=FULL)
    found = find_pager((page,), APP)
    assert found.tabs is lead
