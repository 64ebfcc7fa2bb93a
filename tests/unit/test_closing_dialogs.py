"""A dialog that is touched takes a moment to go: what is seen of it meanwhile is no second dialog."""

import pytest

from harness.events import DialogShown, Purpose
from harness.recording.journal import Entry
from harness.recording.steps import Tapped, Tree
from harness.replay.screen_log import CLOSING_SECONDS
from harness.replay.session_log import SessionLog
from tests.cases.script import APP
from tests.unit.test_session_log import HostIsDevice

PAGE = '<node class="android.widget.FrameLayout" package="com.example.shop" bounds="[0,0][1080,2400]" />'
EMPTY = f'<hierarchy rotation="0">{PAGE}</hierarchy>'


def modal(top: int = 900) -> str:
    """The app's own prompt in a window of its own, its upper edge at ``top``."""
    views = "".join(
        f'<node class="android.widget.{kind}" package="com.example.shop" text="{text}" clickable="{press}" enabled="true" '
        f'visible-to-user="true" bounds="[100,{top + low}][900,{top + low + 90}]" />'
        for kind, text, press, low in (
            ("TextView", "需要位置权限，用于查找附近门店", "false", 0), ("Button", "去开启", "true", 100), ("Button", "暂不", "true", 200),
        )
    )  # fmt: skip
    window = f'<node class="android.widget.FrameLayout" package="com.example.shop" bounds="[54,{top}][1026,{top + 400}]">{views}</node>'
    return EMPTY.replace("</hierarchy>", window + "</hierarchy>")


def shown(*steps: tuple[float, str]) -> list[float]:
    """When a dialog was shown, of looks (their xml) and taps (an empty text) at these seconds."""
    log = SessionLog(APP, HostIsDevice(), 0.0, lambda path: pytest.fail(path))
    events = []
    for number, (at, xml) in enumerate(steps, 1):
        step = Tree(xml=xml) if xml else Tapped(x=540, y=1150, purpose=Purpose.CLOSE, text="暂不")
        events += log.feed(Entry(number, at, step))
    return [event.at.uptime for event in events if isinstance(event, DialogShown)]


def test_what_is_seen_while_it_closes_is_no_second_dialog() -> None:
    assert shown((1.0, modal()), (2.0, ""), (2.3, modal()), (2.8, modal(1300)), (3.2, EMPTY), (9.0, EMPTY)) == [1.0]


def test_what_comes_again_once_it_was_gone_is_a_second_one() -> None:
    assert shown((1.0, modal()), (2.0, ""), (2.3, EMPTY), (2.6, modal())) == [1.0, 2.6]


def test_what_stays_longer_than_any_animation_is_there_again() -> None:
    late = 2.0 + CLOSING_SECONDS + 0.2
    assert shown((1.0, modal()), (2.0, ""), (2.3, modal()), (late, modal())) == [1.0, late]
