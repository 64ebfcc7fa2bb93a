"""A policy read on a phone whose table is wider than the screen: brought into sight whole, or told as unread."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest

from harness.errors import FormatError
from harness.language import known
from harness.parsers.hierarchy import Node
from harness.recording import steps
from harness.session.policy_reading import read_policy_in_front
from harness.vision.ocr import TextLine

CELLS = ("SDK名称", "个推SDK"), ("公司名称", "每日互动股份有限公司"), ("使用目的", "推送消息"), ("收集信息", "设备信息、OAID")
WIDTH, COLUMN = 1080, 500


class Phone:
    """A session at a page that does not go on below; its table moves by the finger's way, or not at all."""

    def __init__(self, *, moves: bool) -> None:
        """The table stands at its left."""
        self.moves, self.x, self.told = moves, 0, list[steps.PolicySeen]()
        self.app, self.journal = SimpleNamespace(package="app"), SimpleNamespace(write=self.told.append)
        self.policy_told, self.policies_read = False, set[str]()
        self.screen = SimpleNamespace()

    def __getattr__(self, name: str) -> Any:
        """The rest of a session does nothing here."""
        return lambda *_args, **_more: 0.0

    def swipe(self, start: tuple[int, int], end: tuple[int, int], _purpose: object) -> None:
        self.x = max(0, min(len(CELLS) * COLUMN - WIDTH, self.x + start[0] - end[0])) if self.moves else 0

    def picture(self, _name: str) -> None: ...

    def look(self) -> SimpleNamespace:
        cells = [
            Node(text=word, bounds=(max(0, left), 400 + 100 * row, min(WIDTH, left + COLUMN), 460 + 100 * row))
            for row in (0, 1)
            for left, word in ((at * COLUMN - self.x, cell[row]) for at, cell in enumerate(CELLS))
            if -COLUMN < left < WIDTH
        ]
        table = Node(class_name="android.widget.HorizontalScrollView", scrollable=True, bounds=(0, 400, WIDTH, 560), children=tuple(cells))
        title = Node(text="我们收集您的设备信息用于推送，您可以查询、更正、删除您的个人信息，也可以注销账号。", bounds=(0, 100, WIDTH, 200))
        return SimpleNamespace(roots=(Node(package="app", bounds=(0, 0, WIDTH, 2000), children=(title, table)),), picture=None, dialog=None)


@pytest.mark.parametrize("moves", [True, False])
def test_a_table_wider_than_the_screen_is_read_whole_or_the_policy_is_not_read_to_its_end(moves: bool) -> None:
    phone = Phone(moves=moves)
    read_policy_in_front(cast("Any", phone), "screen", ["隐私政策"], 600)
    (policy,) = phone.told
    assert ("个推SDK\t每日互动股份有限公司\t推送消息\t设备信息、OAID" in policy.text) is moves
    assert (policy.unread == "") is moves
    assert phone.x == 0


@pytest.mark.parametrize("engine", [True, False])
def test_what_a_picture_of_the_policy_says_is_read_or_it_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch, *, engine: bool) -> None:
    def read(_frame: object, region: tuple[int, int, int, int]) -> tuple[TextLine, ...]:
        if not engine:
            raise FormatError(known("没有引擎", "no engine"))
        return (TextLine("我们会读取剪贴板", region, 1.0),)

    monkeypatch.setattr("harness.session.policy_reading.read_text", read)
    phone = Phone(moves=True)
    phone.screen = SimpleNamespace(pictured=lambda _why: ("", None))
    banner = Node(class_name="android.widget.ImageView", bounds=(0, 220, WIDTH, 380))
    page = phone.look()
    root = page.roots[0]
    below = Node(text="您可以在系统设置中关闭每一项权限，关闭后不影响您使用其他功能。", bounds=(0, 400, WIDTH, 500))
    page.roots = (replace(root, children=(root.children[0], banner, below)),)
    phone.look = lambda: page  # type: ignore[method-assign]
    read_policy_in_front(cast("Any", phone), "screen", ["隐私政策"], 600)
    (policy,) = phone.told
    assert ("我们会读取剪贴板" in policy.text) is engine
    assert (policy.unread == "") is engine
