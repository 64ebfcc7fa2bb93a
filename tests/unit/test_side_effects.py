"""What looking round sets off is charged to the act before it."""

from types import SimpleNamespace
from typing import Any

import pytest

from harness.adverts.ad_slots import Step
from harness.adverts.side_effects import Deed, SideEffects
from harness.events import AdvertAct, DownloadState, Witness
from harness.session.delivery_monitor import Arrived, Loading

APK = Loading(Witness.ROW, "7", "系统组件", DownloadState.RUNNING, path="/sdcard/Download/s.apk")
SONG = Loading(Witness.ROW, "8", "晚风", DownloadState.RUNNING, path="/sdcard/Download/s.mp3")
CLOSE, PRESS = Deed(AdvertAct.CLOSE, words="残忍拒绝"), Deed(AdvertAct.BUTTON, words="声音榜")
HOME: Any = "home"
PAGE = (Step("声音榜"),)


class Phone:
    """A phone on which ``coming`` comes by the next reading, and ``ahead`` is what the app led to."""

    def __init__(self) -> None:
        self.coming: tuple[Loading, ...] = ()
        self.current: dict[Any, Loading] = {}
        self.ahead: tuple[str, ...] = ()
        self.removed = 0
        deliveries: Any = SimpleNamespace(read=self.read, remove=self.remove, current=self.current)
        back: Any = SimpleNamespace(
            came=lambda look: self.ahead,
            led_away=lambda look: bool(self.ahead),
            leave=lambda look: None,
            begin=lambda: setattr(self, "ahead", ()),
        )
        session: Any = SimpleNamespace(launch=lambda *, cold: HOME, app=SimpleNamespace(package="com.example"))
        self.effects = SideEffects(session, deliveries, back)

    def read(self) -> Arrived:
        came, self.coming = Arrived(self.coming), ()
        self.current.update({(one.witness, one.key): one for one in came.loading})
        return came

    def remove(self) -> None:
        self.removed += 1
        self.current.clear()


def look() -> Any:
    return SimpleNamespace(roots=(), shows=lambda packages: False)


@pytest.mark.parametrize(
    ("came", "watching", "found", "removed"),
    [
        (APK, True, [PRESS], 1),
        (SONG, True, [], 1),  # contents of the app's own are no reason to try anything
        (APK, False, [], 0),  # while an advert is tried it stays on the phone
    ],
)
def test_a_load_is_of_the_act_before_it_and_is_taken_away(came: Any, watching: bool, found: list[Deed], removed: int) -> None:
    phone = Phone()
    phone.effects.watching = watching
    phone.effects.begin(PRESS)
    phone.coming = (came,)
    phone.effects.end(look())
    assert (phone.effects.found, phone.removed) == (found, removed)


def test_what_comes_while_nothing_is_done_is_of_the_page() -> None:
    phone = Phone()
    phone.effects.begin(PRESS)
    phone.effects.end(look())
    phone.effects.alone(PAGE)
    phone.coming = (APK,)
    phone.effects.begin(Deed(AdvertAct.BUTTON, PAGE, "春晓"))
    assert phone.effects.found == [Deed(AdvertAct.NOTHING, PAGE)]


def test_a_no_that_leads_elsewhere_is_tried_and_the_app_is_come_back_to() -> None:
    phone = Phone()
    phone.effects.begin(CLOSE)
    phone.ahead = ("com.store",)
    assert phone.effects.end(look()) == HOME
    assert phone.effects.found == [CLOSE]


def test_a_control_whose_words_nobody_knows_may_lead_elsewhere() -> None:
    phone = Phone()
    phone.effects.begin(Deed(AdvertAct.BUTTON, words="联系我们"))
    phone.ahead = ("com.tencent.mm",)
    assert phone.effects.end(look()) == HOME
    assert phone.effects.found == []
