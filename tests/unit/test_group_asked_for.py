"""Which of several permissions that it names a dialog of the app's own is about."""

import pytest

from harness.dialogs.dialog_words import group_in
from harness.dialogs.matcher import find_dialog
from harness.events import DialogKind
from tests.unit.test_pages_identity import APP, HOME, view

LOCATION, BLUETOOTH = "android.permission.ACCESS_FINE_LOCATION", "android.permission.BLUETOOTH_SCAN"


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("搜索附近的设备需要位置权限", "LOCATION"),
        ("通讯录、相机权限", "CONTACTS"),
        ("相机和麦克风权限", "MICROPHONE"),
        ("查找、连接附近的设备", "NEARBY_DEVICES"),
        ("搜索附近的设备时会使用您的位置", "NEARBY_DEVICES"),
    ],
)
def test_what_is_called_a_permission_is_meant(text: str, group: str) -> None:
    assert group_in(text) == group


@pytest.mark.parametrize(
    ("permissions", "group"),
    [
        ((LOCATION,), "LOCATION"),
        ((LOCATION, BLUETOOTH), "NEARBY_DEVICES"),
        ((), "NEARBY_DEVICES"),
        (("android.permission.INTERNET",), "NEARBY_DEVICES"),
    ],
)
def test_an_app_asks_for_what_its_manifest_has(permissions: tuple[str, ...], group: str) -> None:
    told = view("TextView", text="搜索附近的设备时会使用您的位置，请授权", box=(150, 900, 700, 80))
    yes, no = (view("Button", text=text, box=(left, 1300, 280, 100)) for left, text in ((150, "继续"), (450, "取消")))
    dialog = find_dialog((*HOME, view("FrameLayout", told, yes, no, box=(100, 800, 880, 700))), APP, (), permissions)
    assert dialog.group == group


def test_the_name_of_the_app_says_nothing_of_what_android_asks_for() -> None:
    grants = "com.android.packageinstaller"
    asked = "要允许笺木录音机获取此设备的位置信息吗？"
    told = view("TextView", text=asked, id="permission_message", box=(150, 900, 700, 80), package=grants)
    buttons = [
        view("Button", text=text, id=id, box=(left, 1300, 280, 100), package=grants)
        for left, text, id in ((150, "拒绝", "permission_deny_button"), (450, "允许", "permission_allow_button"))
    ]
    window = view("FrameLayout", told, *buttons, box=(100, 800, 880, 700), package=grants)
    dialog = find_dialog((*HOME, window), APP, (grants,), (LOCATION,), "笺木录音机")
    assert dialog.group == "LOCATION"


@pytest.mark.parametrize(
    ("name", "caption", "role"),
    [
        ("", "仅本次使用时允许", "one_time"),
        ("", "仅在使用时允许", "foreground"),
        ("permission_allow_button", "仅使用期间允许", "foreground"),
        ("permission_allow_button", "始终允许", "allow"),
        ("", "使用时不允许", None),  # near misses
        ("", "每次使用时询问", None),
    ],
)
def test_a_yes_bound_to_one_time_or_to_the_use_is_known_however_it_is_worded(name: str, caption: str, role: str | None) -> None:
    grants = "com.android.permissioncontroller"
    told = view("TextView", text="允许“小店”获取位置信息？", id="alertTitle", box=(150, 900, 700, 80), package=grants)
    yes = view("Button", text=caption, id=name, box=(150, 1100, 600, 100), package=grants)
    no = view("Button", text="拒绝", box=(150, 1300, 600, 100), package=grants)
    dialog = find_dialog((*HOME, view("FrameLayout", told, yes, no, box=(100, 800, 880, 700), package=grants)), APP, (grants,))
    assert {button.text: button.role for button in dialog.buttons}.get(caption) == role


def test_a_policy_that_can_only_be_closed_asks_for_nothing() -> None:
    told = view("TextView", text="隐私政策 我们仅在您查找附近门店时读取位置权限", box=(150, 900, 700, 80))
    window = view("FrameLayout", told, view("Button", text="关闭", box=(150, 1300, 580, 100)), box=(100, 800, 880, 700))
    dialog = find_dialog((*HOME, window), APP, (), (LOCATION,))
    assert dialog.kind is DialogKind.OTHER
