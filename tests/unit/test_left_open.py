"""Which app in front is left before the app under test is started anew, and how."""

from types import SimpleNamespace
from typing import cast

import pytest

from harness.events import Source
from harness.recording.recorder import RecordedLine
from harness.session.foreground_activity import ForegroundActivity
from harness.session.left_open import leave_opened
from harness.session.session import Session
from tests.cases.script import APP

STORE = "com.any.store"


@pytest.mark.parametrize(("opener", "keys"), [(APP.uid, ["back", "back", "back", "home"]), (1000, [])])
def test_a_store_that_keeps_back_is_left_by_home_and_what_others_opened_is_let_be(opener: int, keys: list[str]) -> None:
    front, pressed = ForegroundActivity(), []
    stamp = "1796071025.255366  1000  1203  2406 I "
    started = f"{stamp}ActivityTaskManager: START u0 {{act=VIEW cmp={STORE}/.Page}} from uid {opener} from pid 5000"
    front.feed(RecordedLine(Source.SYSTEM, 1, started))
    front.feed(RecordedLine(Source.EVENTS, 2, f"{stamp}wm_set_resumed_activity: [0,{STORE}/.Page,x]"))
    xml = f'<hierarchy rotation="0"><node class="android.view.View" package="{STORE}" bounds="[0,0][100,100]" /></hierarchy>'
    session = SimpleNamespace(
        app=APP,
        foreground=front,
        device=SimpleNamespace(tree=lambda: xml),
        journal=SimpleNamespace(write=lambda step: None),
        press=lambda key, purpose: pressed.append(key),
        idle=lambda seconds: None,
    )
    leave_opened(cast("Session", session))
    assert pressed == keys
