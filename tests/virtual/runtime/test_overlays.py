"""Windows over other apps, and toasts: who may show them, when they are hidden, how many there may be."""

from collections.abc import Callable
from typing import ClassVar

import pytest

from device_farm.virtual import Activity, App, BadTokenException, Button, Column, Service, Text
from device_farm.virtual.framework.dumps.window import windows as dump_windows
from device_farm.virtual.framework.records.system_records import Intent

from .conftest import Phone

PACKAGE = "com.example.over"
CAMERA = "android.permission.CAMERA"


class Over(App):
    package, label = PACKAGE, "悬浮"
    permissions: ClassVar[list[str]] = ["android.permission.SYSTEM_ALERT_WINDOW", CAMERA]
    clicked: ClassVar[list[str]] = []

    class Main(Activity):
        launcher = True

        def on_create(self) -> None:
            self.show(Column(Text("页面")))

        def on_click(self, id: str) -> None:
            if id == "camera":
                self.request_permissions(CAMERA)
            elif id == "settings":
                self.start_activity(action="android.settings.action.MANAGE_OVERLAY_PERMISSION", data=f"package:{PACKAGE}")
            else:
                self.start_service("Float")

    class Float(Service):
        def on_start_command(self, intent: Intent | None) -> int:
            self.ball = Button("球", id="ball")
            self.add_view(self.ball, window=(200, 200), gravity="right")
            return 2

        def on_click(self, id: str) -> None:
            self.app.clicked.append(id)
            self.remove_view(self.ball)


@pytest.fixture
def over(phone: Callable[..., Phone]) -> Phone:
    made = phone(Over)
    made.launch(PACKAGE)
    return made


def overlays(device: Phone) -> list[str]:
    return [window.package for window in device.system.windows if window.kind == "APPLICATION_OVERLAY"]


def test_without_the_users_leave_it_is_a_crash(over: Phone) -> None:
    assert not over.app(PACKAGE).can_draw_overlays()
    with pytest.raises(BadTokenException, match="permission denied for window type 2038"):
        over.app(PACKAGE).add_view(Text("x"))
    over.tap("float")
    assert over.exits(PACKAGE)[0][0] == "CRASH"
    assert any("android.view.WindowManager$BadTokenException" in line for line in over.log("AndroidRuntime"))


def test_settings_gives_leave(over: Phone) -> None:
    over.tap("settings")
    assert over.front == "com.android.settings"
    window = over.system.focused_window()
    window.handler.switch("switch_widget", True)
    over.wait(1)
    assert over.app(PACKAGE).can_draw_overlays()


def test_it_lies_over_other_apps_takes_clicks_and_goes_with_its_process(over: Phone) -> None:
    over.system.packages[PACKAGE].op_modes["SYSTEM_ALERT_WINDOW"] = "allow"
    over.tap("float")
    over.system.go_home()
    over.wait(1)
    assert overlays(over) == [PACKAGE]
    text = dump_windows(over.device)
    assert "ty=APPLICATION_OVERLAY" in text
    assert "appop=SYSTEM_ALERT_WINDOW" in text
    over.device.screen.tap(1000, 1200)
    over.wait(1)
    assert over.app(PACKAGE).clicked == ["ball"]
    assert overlays(over) == []
    over.launch(PACKAGE)
    over.tap("float")
    over.system.force_stop(PACKAGE, "from pid 1")
    over.wait(1)
    assert overlays(over) == []


def test_it_is_hidden_while_the_permission_dialog_is_shown(over: Phone) -> None:
    over.system.packages[PACKAGE].op_modes["SYSTEM_ALERT_WINDOW"] = "allow"
    over.tap("float")
    over.tap("camera")
    assert over.asks
    assert overlays(over) == []
    over.answer("deny")
    assert overlays(over) == [PACKAGE]


def test_toasts_come_one_after_the_other(over: Phone) -> None:
    over.app(PACKAGE).toast("一")
    over.app(PACKAGE).toast("二")
    over.wait(1)
    assert over.device.screen.last_toast() == "一"
    over.wait(1.5)
    assert over.device.screen.last_toast() == "二"
    over.wait(2)
    assert not [window for window in over.system.windows if window.kind == "TOAST"]


def test_no_more_than_five_wait(over: Phone) -> None:
    for n in range(9):
        over.app(PACKAGE).toast(str(n))
    refused = over.log("NotificationService")
    assert refused == [f"Package has already queued 5 toasts. Not showing more. Package={PACKAGE}"] * 4


def test_the_background_has_a_quota_since_12(phone: Callable[..., Phone]) -> None:
    for android, shown in (("11", 5), ("12", 3)):
        device = phone(Over, android=android)
        device.launch(PACKAGE)
        device.system.go_home()
        device.wait(1)
        for _ in range(5):
            device.app(PACKAGE).toast("后台")
            device.wait(2.5)
        assert 5 - len([line for line in device.log("NotificationService") if "above allowed toast quota" in line]) == shown


def test_systemui_draws_text_toasts_since_11(phone: Callable[..., Phone]) -> None:
    for android, owner in (("10", PACKAGE), ("11", "com.android.systemui")):
        device = phone(Over, android=android)
        device.launch(PACKAGE)
        device.app(PACKAGE).toast("你好")
        assert [window.package for window in device.system.windows if window.kind == "TOAST"] == [owner]
