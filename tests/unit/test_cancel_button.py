"""The button that cancels one download, among the notifications of a shade."""

import pytest

from harness.parsers.hierarchy import Node
from harness.session.cancel_button import cancel_button, own_cancel
from tests.unit.test_pages_identity import view


def shade(*texts: tuple[str, str]) -> list[Node]:
    return [view("TextView", text=text, id=id) for text, id in texts]


TWO = (
    ("下载管理器", "app_name_text"), ("游戏 甲", "title"), ("剩余时间：3 秒", "text"), ("取消", "action0"),
    ("下载管理器", "app_name_text"), ("游戏乙", "title"), ("剩余时间：9 秒", "text"), ("取消", "action1"),
)  # fmt: skip


@pytest.mark.parametrize(("title", "button"), [("游戏 甲", "action0"), ("游戏乙", "action1"), ("游戏丙", None), ("", None)])
def test_the_button_is_that_of_the_title(title: str, button: str | None) -> None:
    found = cancel_button(shade(*TWO), title)
    assert (found.short_id if found is not None else None) == button


def test_no_button_of_another_notification_is_pressed() -> None:
    without = (TWO[1], TWO[2], *TWO[4:])  # the first has no button
    assert cancel_button(shade(*without), "游戏 甲") is None


@pytest.mark.parametrize("words", ["取消", "取消下载", "CANCEL", "Ｃancel", "取消收藏", "暂停", "打开"])
def test_it_is_called_in_several_ways_and_another_button_is_none(words: str) -> None:
    found = cancel_button(shade(("游戏", "title"), (words, "action0")), "游戏")
    assert (found is None) is (words in ("取消收藏", "暂停", "打开"))


def own_page(name: str, *buttons: str, y: int = 400) -> list[Node]:
    row = [view("Button", text=words, box=(300 * number, y, 280, 120), clickable=True) for number, words in enumerate(buttons)]
    return [view("TextView", text=name, box=(0, y - 200, 1080, 60)), *row]


CANCELS = {
    "its row is paused": (own_page("游戏甲", "继续", "取消下载"), "取消下载"),
    "its row runs": (own_page("游戏甲 3 / 100 MB", "暂停", "取消"), "取消"),
    "a question": (own_page("游戏甲", "确定", "取消"), None),
    "another download": (own_page("游戏乙", "继续", "取消下载"), None),
    "two rows": ([*own_page("游戏甲", "继续", "取消"), *own_page("游戏乙", "继续", "取消", y=800)], None),
    "the cancel of something else, further down": ([*own_page("游戏甲", "继续"), *own_page("评论", "取消", y=800)], None),
}


@pytest.mark.parametrize("name", CANCELS)
def test_the_apps_own_page_cancels_beside_what_pauses(name: str) -> None:
    nodes, words = CANCELS[name]
    found = own_cancel(nodes, "游戏甲")
    assert (found.text if found is not None else None) == words
