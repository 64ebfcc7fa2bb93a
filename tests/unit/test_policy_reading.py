"""A policy read on a phone whose table is wider than the screen: brought into sight whole, or told as unread."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from harness.parsers.hierarchy import Node
from harness.recording import steps
from harness.session.policy_reading import read_policy_in_front

CELLS = ("SDK名称", "个推SDK"), ("公司名称", "每日互动股份有限公司"), ("使用目的", "推送消息"), ("收集信息", "设备信息、OAID")
WIDTH, COLUMN = 1080, 500


class Phone:
    """A session at a page that does not go on below; its table moves by the finger's way, or not at all."""

    def __init__(self, *, moves: bool) -> None:
        """The table stands at its left."""
        self.moves, self.x, self.told = moves, 0, list[steps.PolicySeen]()
        self.app, self.journal = SimpleNamespace(package="app"), SimpleNamespace(write=self.told.append)
        self.policy_told, self.policies_read = False, set[str]()

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
