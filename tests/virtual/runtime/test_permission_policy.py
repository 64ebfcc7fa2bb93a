"""What versions and ROMs do differently with a request: each switch of the permission policy, seen by the app."""

from collections.abc import Callable
from typing import Any, ClassVar

import pytest

from device_farm.virtual import Activity, App, Column, Text

from .conftest import Phone

P = "android.permission."
FINE, COARSE, BACKGROUND = P + "ACCESS_FINE_LOCATION", P + "ACCESS_COARSE_LOCATION", P + "ACCESS_BACKGROUND_LOCATION"
CAMERA, CONTACTS, IMAGES, NOTIFICATIONS = P + "CAMERA", P + "READ_CONTACTS", P + "READ_MEDIA_IMAGES", P + "POST_NOTIFICATIONS"
INSTALLED_APPS = "com.android.permission.GET_INSTALLED_APPS"
PACKAGE = "com.example.asker"


class Asker(App):
    package, label = PACKAGE, "问问"
    permissions: ClassVar[list[str]] = [FINE, COARSE, BACKGROUND, CAMERA, CONTACTS, IMAGES, INSTALLED_APPS]
    seen: ClassVar[list[Any]] = []

    class Main(Activity):
        launcher = True

        def on_create(self) -> None:
            self.show(Column(Text("问问")))

        def on_permission_result(self, results: dict[str, bool]) -> None:
            self.app.seen.append(results)

        def on_click(self, id: str) -> None:
            if id == "contacts":
                self.app.seen.append(self.read_contacts())
            else:
                self.request_permissions(*id.split(","))


class Old(App):
    package, label = "com.example.old", "旧"
    target_sdk = 32

    class Main(Activity):
        launcher = True

        def on_create(self) -> None:
            self.show(Column(Text("旧")))
            self.notify("标题", "内容")


def seen(phone: Phone) -> list[Any]:
    return phone.app(PACKAGE).seen  # type: ignore[no-any-return]


def started(phone: Callable[..., Phone], android: str = "13", rom: str = "aosp", app: type[App] = Asker) -> Phone:
    made = phone(app, android=android, rom=rom)
    made.launch(app.package)
    return made


def roles(device: Phone) -> list[str]:
    shown: list[str] = device.system.resumed.python_object._shown_roles()
    return shown


def press(device: Phone, id: str) -> None:
    """A finger on the middle of a view of the screen."""
    found = [n for root in device.device.screen.tree() for n in root.walk() if n.resource_id.endswith(f":id/{id}")]
    left, top, right, bottom = found[-1].bounds
    device.device.screen.tap((left + right) / 2, (top + bottom) / 2)
    device.wait(1)


@pytest.mark.parametrize("android", ["8.1", "9"])
def test_up_to_9_a_tick_makes_the_second_denial_final_and_disables_allow(phone: Callable[..., Phone], android: str) -> None:
    device = started(phone, android)
    device.tap(CAMERA)
    assert roles(device) == ["deny", "allow"]
    device.answer("deny")
    assert device.flags(PACKAGE, CAMERA) == {"USER_SET"}
    device.tap(CAMERA)
    assert roles(device) == ["deny", "dont_ask_checkbox", "allow"]
    press(device, "do_not_ask_checkbox")
    press(device, "permission_allow_button")
    assert device.asks
    nodes = {node.resource_id.rpartition("/")[2]: node for root in device.device.screen.tree() for node in root.walk()}
    assert nodes["do_not_ask_checkbox"].checked
    assert not nodes["permission_allow_button"].enabled
    press(device, "permission_deny_button")
    assert device.flags(PACKAGE, CAMERA) == {"USER_SET", "USER_FIXED"}
    device.tap(CAMERA)
    assert not device.asks


def test_on_9_without_the_tick_it_asks_for_ever(phone: Callable[..., Phone]) -> None:
    device = started(phone, "9")
    for _ in range(4):
        device.tap(CAMERA)
        device.answer("deny")
    assert device.flags(PACKAGE, CAMERA) == {"USER_SET"}


def test_on_10_all_the_time_is_in_the_dialog(phone: Callable[..., Phone]) -> None:
    device = started(phone, "10")
    device.tap(f"{FINE},{BACKGROUND}")
    assert roles(device) == ["always", "foreground", "deny"]
    device.answer("foreground")
    assert seen(device) == [{FINE: True, BACKGROUND: False}]
    device.tap(BACKGROUND)
    assert roles(device) == ["always", "no_upgrade", "no_upgrade_dont_ask"]
    device.answer("always")
    assert seen(device)[-1] == {BACKGROUND: True}


def test_from_11_on_both_at_once_are_refused_without_a_dialog(phone: Callable[..., Phone]) -> None:
    device = started(phone, "11")
    device.tap(f"{FINE},{BACKGROUND}")
    assert seen(device) == [{FINE: False, BACKGROUND: False}]
    assert device.truth("dialog") == []


def test_from_11_on_all_the_time_is_a_page_of_its_own(phone: Callable[..., Phone]) -> None:
    device = started(phone)
    device.tap(FINE)
    device.answer("foreground")
    device.tap(BACKGROUND)
    assert device.system.resumed.component.class_name.endswith("ManagePermissionsActivity")
    device.tap("allow_always_radio_button")
    device.system.press_back()
    device.wait(1)
    assert seen(device)[-1] == {BACKGROUND: True}
    assert device.front == PACKAGE


def test_the_system_asks_for_the_notifications_of_an_older_app_once(phone: Callable[..., Phone]) -> None:
    device = started(phone, app=Old)
    assert device.asks
    (line,) = [line for line in device.log("ActivityTaskManager") if "REQUEST_PERMISSIONS_FOR_OTHER" in line]
    assert "from uid 1000" in line
    device.answer("deny")
    assert device.front == "com.example.old"
    assert device.flags("com.example.old", NOTIFICATIONS) == {"USER_SET"}
    device.cold_start("com.example.old")
    assert not device.asks


def test_an_app_for_13_asks_for_notifications_itself(phone: Callable[..., Phone]) -> None:
    class New(App):
        package = "com.example.new"
        target_sdk = 33
        Main = Old.Main

    device = started(phone, app=New)
    assert not device.asks
    assert not started(phone, "12", app=Old).asks


def test_on_14_some_photos_are_picked(phone: Callable[..., Phone]) -> None:
    device = started(phone, "14")
    device.tap(IMAGES)
    assert roles(device) == ["allow_selected", "allow_all", "deny"]
    device.tap("permission_allow_selected_button")
    assert device.front == "com.android.providers.media.module"
    device.tap("button_cancel")
    assert device.asks
    device.tap("permission_allow_selected_button")
    device.tap("icon_thumbnail2")
    device.tap("button_add")
    assert seen(device) == [{IMAGES: True}]
    assert device.flags(PACKAGE, IMAGES) == {"ONE_TIME"}
    assert device.system.packages[PACKAGE].runtime_permissions[P + "READ_MEDIA_VISUAL_USER_SELECTED"].granted


def test_on_14_an_app_that_knows_chosen_photos_has_only_those(phone: Callable[..., Phone]) -> None:
    class Knows(App):
        package = PACKAGE
        seen: ClassVar[list[Any]] = []
        Main = Asker.Main
        permissions: ClassVar[list[str]] = [IMAGES, P + "READ_MEDIA_VISUAL_USER_SELECTED"]

    device = started(phone, "14", app=Knows)
    device.tap(IMAGES)
    device.tap("permission_allow_selected_button")
    device.tap("icon_thumbnail0")
    device.tap("button_add")
    assert seen(device) == [{IMAGES: False}]


def test_chinese_roms_ask_for_the_list_of_installed_apps(phone: Callable[..., Phone]) -> None:
    device = started(phone, rom="miui")
    device.tap(INSTALLED_APPS)
    assert device.device.rom.dialog.title("zh", "INSTALLED_APPS", "问问") in device.texts()
    device.answer("deny")
    assert seen(device) == [{INSTALLED_APPS: False}]
    plain = started(phone)
    plain.tap(INSTALLED_APPS)
    assert seen(plain) == [{INSTALLED_APPS: True}]


def test_the_blank_pass_grants_and_reads_nothing(phone: Callable[..., Phone]) -> None:
    device = started(phone, rom="miui")
    device.tap(CONTACTS)
    assert "blank_pass" in roles(device)
    device.answer("blank_pass")
    device.tap("contacts")
    assert seen(device) == [{CONTACTS: True}, True]
    assert device.truth("app_op")[-1]["blank"] is True


@pytest.mark.parametrize("android", ["8.1", "9", "10"])
def test_back_denies_up_to_10(phone: Callable[..., Phone], android: str) -> None:
    device = started(phone, android)
    device.tap(CAMERA)
    device.system.press_back()
    device.wait(1)
    assert device.flags(PACKAGE, CAMERA) == {"USER_SET"}
