"""Trees: what is worked out once for a tree, and what is not."""

import numpy as np
import pytest

from harness.errors import FormatError
from harness.pages.look import Look, once_for_a_look
from harness.parsers.hierarchy import Node, parse_hierarchy
from harness.parsers.tree_cache import MOST_NODES, MOST_TEXT, once_for_a_text, once_for_a_tree

XML = "<hierarchy><node text='{}' package='com.example' bounds='[0,0][1080,2400]'/></hierarchy>"


def a_tree(text: str, views: int = 1) -> tuple[Node, ...]:
    return (Node(text=text, children=tuple(Node(text=str(number)) for number in range(views - 1))),)


def test_equal_trees_are_worked_out_once_and_others_each():
    asked: list[str] = []

    @once_for_a_tree
    def first_text(roots: tuple[Node, ...], package: str) -> str:
        asked.append(roots[0].text)
        return f"{package}/{roots[0].text}"

    assert [first_text(a_tree(text), "com.example") for text in ("首页", "我的", "首页")] == [
        "com.example/首页", "com.example/我的", "com.example/首页",
    ]  # fmt: skip
    assert asked == ["首页", "我的"]
    assert first_text(a_tree("首页"), "com.other") == "com.other/首页"


@pytest.mark.parametrize(("views", "times"), [(MOST_NODES, 1), (MOST_NODES + 1, 2)])
def test_a_tree_that_takes_much_memory_is_not_remembered(views, times):
    asked: list[int] = []
    count = once_for_a_tree(lambda roots: asked.append(1) or len(roots[0].children))
    assert {count(a_tree("页", views)) for _ in range(2)} == {views - 1}
    assert len(asked) == times


@pytest.mark.parametrize(("size", "times"), [(MOST_TEXT, 1), (MOST_TEXT + 1, 2)])
def test_a_long_text_is_not_remembered(size, times):
    asked: list[int] = []
    length = once_for_a_text(lambda text: asked.append(1) or len(text))
    assert {length("x" * size) for _ in range(2)} == {size}
    assert len(asked) == times


def test_a_tree_is_parsed_once_and_a_damaged_one_is_refused_each_time():
    assert parse_hierarchy(XML.format("附近门店")) is parse_hierarchy(XML.format("附近门店"))
    assert parse_hierarchy(XML.format("附近"))[0].text == "附近"
    for _ in range(2):
        with pytest.raises(FormatError, match="damaged"):
            parse_hierarchy("<hierarchy><node bounds='[0,0][1,1]'></hierarchy>")


def test_a_look_is_worked_out_once_whatever_its_picture_is_called_and_with_its_pixels_each_time():
    asked: list[object] = []
    told = once_for_a_look(lambda look, package, frame=None, opened=False: asked.append((look.roots, opened)))
    roots = (Node(text="广告"),)
    for look in (Look(roots), Look(roots, picture="screens/0001.png"), Look(roots, over=True)):
        told(look, "com.example.app")
    told(Look(roots), "com.example.app", opened=True)
    for _time in range(2):
        told(Look(roots), "com.example.app", np.zeros((2, 2, 3), np.uint8))
    assert asked == [(roots, False)] * 2 + [(roots, True)] + [(roots, False)] * 2
