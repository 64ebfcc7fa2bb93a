"""The yes to a load belongs to what was pressed before; a window of its own and the app's update ask nothing of it."""

from typing import Any

import pytest

from harness.adverts.advert_actions import AdvertActions
from tests.unit.test_adverts import button, dialog, look, text
from tests.unit.test_windows_of_ours import observer

NO, YES = button("以后再说", (150, 1200, 330, 110)), button("确定", (600, 1200, 330, 110))


@pytest.mark.parametrize(
    ("said", "yes", "known", "asks"),
    [
        ("星河农场 58MB，现在下载吗？", YES, False, True),
        ("星河农场 58MB，现在下载吗？", YES, True, False),
        ("发现新版本 2.3.0，安装包 31MB", button("立即更新", YES.box), False, False),
    ],
)
def test_what_is_agreed_to(said: str, yes: Any, known: bool, asks: bool) -> None:
    shown = look(dialog(text(said, (150, 900, 780, 90)), NO, yes))
    sights = observer(shown)
    if known:
        sights.see(shown)
    acts = AdvertActions(sights.session, sights, deliveries=sights.session, return_to_app=sights.session)
    assert (acts.agreeing("window-coupon") is not None) is asks
    assert (acts.agreeing(next(iter(sights.slots.known), "window-coupon")) is not None) is (asks or known)
