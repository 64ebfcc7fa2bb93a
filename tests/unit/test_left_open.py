"""What is left in front before the app under test is started anew, and how."""

from types import SimpleNamespace
from typing import cast

import pytest

from harness.events import Source
from harness.recording.recorder import RecordedLine
from harness.session.foreground_activity import ForegroundActivity
from harness.session.left_open import close_left_open, leave_opened
from harness.session.session import Session
from tests.cases.script import APP

STORE = "com.any.store"


@pytest.mark.parametrize(("opener", "keys"), [(APP.uid, ["back", "back", "back", "home"]), (1000, [])])
def test_a_store_that_keeps_back_is_left_by_home_and_what_others_opened_is_let_be(opener: int, keys: list[str]) -> None:
    front = ForegroundActivity()
    stamp = "1796071025.255366  1000  1203  2406 I "
    started = f"{stamp}ActivityTaskManager: START u0 {{act=VIEW cmp={STORE}/.Page}} from uid {opener} from pid 5000"
    front.feed(RecordedLine(Source.SYSTEM, 1, started))
    front.feed(RecordedLine(Source.EVENTS, 2, f"{stamp}wm_set_resumed_activity: [0,{STORE}/.Page,x]"))
    session, pressed = shows(STORE, front)
    leave_opened(session)
    assert pressed == keys


@pytest.mark.parametrize(("asker", "keys"), [(APP.uid, ["back", "back", "back"]), (10077, [])])
def test_an_ask_of_another_app_is_not_refused_by_back(asker: int, keys: list[str]) -> None:
    session, pressed = shows(APP.grant_packages[0], ForegroundActivity(asker=asker))
    close_left_open(session)
    assert pressed == keys


def shows(package: str, front: ForegroundActivity) -> tuple[Session, list[str]]:
    """A session with a page of that package in front, which stays, and the keys that it presses."""
    xml = f'<hierarchy rotation="0"><node class="android.view.View" package="{package}" bounds="[0,0][100,100]" /></hierarchy>'
    pressed: list[str] = []
    session = SimpleNamespace(
        app=APP,
        foreground=front,
        device=SimpleNamespace(tree=lambda: xml),
        journal=SimpleNamespace(write=lambda step: None),
        press=lambda key, purpose: pressed.append(key),
        idle=lambda seconds: None,
    )
    return cast("Session", session), pressed
