"""A session on a window that the view tree does not tell.

What it looks at, what it keeps, and what replay makes of that.
"""

from functools import partial

import numpy as np
import pytest

from harness.errors import DeviceTimeout
from harness.events import DialogGone, DialogKind, DialogShown, ScreenSeen, Source, StreamLost, StreamOpened, TextSeen
from harness.events.app_under_test import AppUnderTest
from harness.recording.journal import Journal
from harness.recording.run_folder import RunFolder
from harness.recording.steps import Probe, Stream, StreamState
from harness.replay.run_replay import RunReplay
from harness.session.check_options import Options
from harness.session.session import Session
from harness.verdicts.analysis import event_json
from tests.vision.painted_pages import card, painted, shop

APP = AppUnderTest(package="com.example.shop", uid=10123, grant_packages=("com.android.permissioncontroller",))
CANVAS = """<hierarchy rotation="0"><node class="android.widget.FrameLayout" package="com.example.shop" bounds="[0,0][1080,2400]">
<node class="android.view.View" package="com.example.shop" bounds="[0,0][1080,2400]"/></node></hierarchy>"""
SYSTEM = """<hierarchy rotation="0"><node class="android.widget.FrameLayout" package="com.android.permissioncontroller"
bounds="[120,900][960,1500]"><node class="android.widget.TextView" text="要允许小店拍照吗？" package="com.android.permissioncontroller"
resource-id="com.android.permissioncontroller:id/permission_message" bounds="[160,940][920,1100]"/>
<node class="android.widget.Button" text="不允许" package="com.android.permissioncontroller" clickable="true"
resource-id="com.android.permissioncontroller:id/permission_deny_button" bounds="[160,1300][920,1420]"/></node></hierarchy>"""


class Phone:
    """Shows one tree and one picture until told otherwise; counts the pictures that it gave."""

    serial = "S1"

    def __init__(self):
        self.trees, self.frame, self.pictures = [CANVAS], painted(shop), 0

    def tree(self):
        return self.trees.pop(0) if len(self.trees) > 1 else self.trees[0]

    def toast(self):
        return ""

    def screenshot(self):
        if self.frame is None:
            raise DeviceTimeout("S1: screencap did not answer")
        self.pictures += 1
        return self.frame


@pytest.fixture
def phone():
    return Phone()


@pytest.fixture
def session(phone, tmp_path):
    for name in ("raw", "screens"):
        (tmp_path / name).mkdir()
    journal = Journal(tmp_path / "raw" / "session.jsonl")
    journal.write(Probe(before=1.0, after=1.1, wall=1790448214.5, uptime=300.0, wall_error=0.001))
    journal.write(Stream(source=Source.TREE, what=StreamState.OPENED))
    made = Session(phone, APP, RunFolder(tmp_path), journal, Options())
    yield made
    journal.close()


@pytest.fixture(autouse=True)
def _settable(monkeypatch):
    """A session's own clock reads the device; here it follows the pictures."""
    monkeypatch.setattr(Session, "uptime", lambda self: 300.0 + self.device.pictures)


def events(session, *kinds):
    return [event for event in RunReplay(session.folder.path, APP).timeline() if isinstance(event, kinds)]


def test_a_painted_dialog_is_seen_live_and_found_again_from_what_was_kept(session, phone):
    assert session.look().dialog is None
    phone.frame = painted(card)
    session.look()
    live = session.look().dialog
    assert live is not None
    phone.frame = painted(shop)
    session.look()
    assert session.look().dialog is None
    (shown,) = events(session, DialogShown)
    assert (shown.source, shown.dialog, shown.permission_group) == (Source.PIXELS, DialogKind.SETTINGS_GUIDE, "CAMERA")
    assert shown.owner == APP.package
    assert (shown.text, shown.box, shown.buttons) == (live.text, live.box, tuple((b.role, b.text) for b in live.buttons))
    assert len(events(session, DialogGone)) == 1
    texts = events(session, TextSeen)
    assert ["附近门店" in seen.text for seen in texts] == [True, False, True]
    assert "附近门店" in events(session, ScreenSeen)[0].text
    once, again = ([event_json(event) for event in RunReplay(session.folder.path, APP).timeline()] for _ in range(2))
    assert once == again


def test_a_page_that_stays_as_it_is_is_kept_once(session, phone):
    for _ in range(5):
        session.look()
    assert phone.pictures == 5
    assert len(events(session, TextSeen)) == 1
    assert len(list((session.folder.path / "screens").iterdir())) == 1


def test_a_picture_that_is_not_of_the_trees_moment_says_nothing(session, phone):
    phone.trees, phone.frame = [CANVAS, SYSTEM], painted(partial(card, texts=("要允许小店拍照吗？",), buttons=("不允许", "允许")))
    look = session.look()
    assert look.dialog is None
    assert look.painted is None
    assert events(session, DialogShown, TextSeen) == []
    look = session.look()
    assert (look.dialog.kind, look.dialog.owner) == (DialogKind.PERMISSION, "com.android.permissioncontroller")


def test_a_window_that_may_not_be_pictured_is_a_lost_tree_until_it_can_be_read(session, phone):
    phone.frame = np.zeros((2400, 1080, 3), np.uint8)
    look = session.look()
    assert look.painted.hidden
    phone.frame = painted(shop)
    session.look()
    session.look()
    lost, opened = events(session, StreamLost), [event for event in events(session, StreamOpened) if event.stream is Source.TREE]
    assert [(event.stream, "FLAG_SECURE" in event.reason) for event in lost] == [(Source.TREE, True)]
    assert len(opened) == 2
    assert opened[0].at < lost[0].at < opened[1].at


def test_without_a_picture_the_tree_is_kept_alone(session, phone):
    phone.frame = None
    look = session.look()
    assert look.roots
    assert look.painted is None
    assert events(session, ScreenSeen)
    assert events(session, TextSeen) == []


def test_a_window_that_tells_is_not_pictured(session, phone):
    phone.trees = [CANVAS.replace('class="android.view.View"', 'class="android.view.View" text="小店"')]
    assert session.look().painted is None
    assert phone.pictures == 0
