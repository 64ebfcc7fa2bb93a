"""The permission dialogs of Chinese ROMs.

What stands in them and what each answer does, and that the harness reads them.
"""

from collections.abc import Callable
from itertools import pairwise

import pytest

from device_farm.virtual import Activity, App, Text
from device_farm.virtual.roms import load_rom
from device_farm.virtual.roms.sold_pairs import Pair, sold_pairs
from device_farm.virtual.screen.hierarchy_dump import shell_dump
from harness.dialogs.dialog_words import system_group_in
from harness.dialogs.matcher import Dialog, find_dialog
from harness.events import DialogKind
from harness.parsers.hierarchy import parse_hierarchy
from tests.virtual.runtime.conftest import Phone

SHOP = "com.example.shop"
LOCATION, CAMERA, CONTACTS = (f"android.permission.{name}" for name in ("ACCESS_FINE_LOCATION", "CAMERA", "READ_CONTACTS"))
APPS = "com.android.permission.GET_INSTALLED_APPS"
ROMS = ("miui", "hyperos", "emui", "harmony", "magicos", "coloros", "originos")
PAIRS = [(pair.rom, pair.android) for pair in sold_pairs() if pair.rom in ROMS]


class Shop(App):
    package, label = SHOP, "小店"
    permissions = [LOCATION, CAMERA, CONTACTS, APPS]  # noqa: RUF012

    class Main(Activity):
        launcher = True

        def on_create(self) -> None:
            self.show(Text("小店"))


def asked(phone: Phone, *permissions: str) -> None:
    if phone.system.resumed is None or phone.front != SHOP:
        phone.launch(SHOP)
    record = phone.system.resumed
    assert record is not None
    record.process.runtime.looper.post(lambda: record.python_object.request_permissions(*permissions))
    phone.wait(1)
    assert phone.asks


def shown(phone: Phone) -> Dialog:
    """The dialog as the harness reads it from uiautomator's dump."""
    root = phone.device.screen.active_root()
    assert root is not None
    found = find_dialog(parse_hierarchy(shell_dump(root, sdk=phone.device.rom.sdk)), SHOP, [])
    assert found.kind is DialogKind.PERMISSION
    return found


@pytest.mark.parametrize("pair", sold_pairs(), ids=lambda pair: f"{pair.rom}-{pair.android}")
@pytest.mark.parametrize(("language", "label"), [("zh", "小店"), ("zh", "万年日历通讯录"), ("en", "Shop"), ("en", "Photo Calendar")])
def test_the_title_tells_the_group_of_every_dialog_whatever_the_app_is_called(pair: Pair, language: str, label: str) -> None:
    dialog = load_rom(pair.android, pair.rom).dialog
    groups = [group for group in dialog.titles[language] if group != "OTHER"]
    assert groups
    assert {group: system_group_in(dialog.title(language, group, label)) for group in groups} == {group: group for group in groups}


@pytest.mark.parametrize(("rom", "android"), PAIRS)
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("permission", "group"), [(LOCATION, "LOCATION"), (CAMERA, "CAMERA"), (CONTACTS, "CONTACTS")])
def test_the_harness_finds_the_plain_refusal(
    phone: Callable[..., Phone], rom: str, android: str, language: str, permission: str, group: str
) -> None:
    made = phone(Shop, rom=rom, android=android, language=language)
    asked(made, permission)
    dialog = shown(made)
    assert dialog.group == group
    deny = dialog.button("deny")
    assert deny.text == made.device.rom.dialog.button(language, "deny")
    assert made.device.rom.dialog.package == dialog.owner
    made.device.screen.tap(*deny.centre)
    made.wait(1)
    assert [entry["role"] for entry in made.truth("answer")] == ["deny"]
    assert made.flags(SHOP, permission) == {"USER_SET"}
    assert not made.system.packages[SHOP].runtime_permissions[permission].granted


@pytest.mark.parametrize(("rom", "android"), [pair for pair in PAIRS if pair[0] != "emui"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_list_of_apps_is_asked_for_in_a_group_of_its_own(phone: Callable[..., Phone], rom: str, android: str, language: str) -> None:
    made = phone(Shop, rom=rom, android=android, language=language)
    asked(made, APPS)
    dialog = shown(made)
    assert dialog.group == "INSTALLED_APPS"
    assert dialog.button("deny") is not None


@pytest.mark.parametrize(
    ("rom", "android", "permission", "texts"),
    [
        ("miui", "13", CAMERA, ["拒绝", "本次运行允许", "仅在使用中允许"]),
        ("miui", "11", LOCATION, ["拒绝", "仅允许模糊定位", "本次运行允许", "仅在使用中允许"]),
        ("hyperos", "15", CONTACTS, ["拒绝", "空白通行证", "始终允许", "仅在使用中允许"]),
        ("emui", "10", CONTACTS, ["禁止", "始终允许"]),
        ("harmony", "12", CAMERA, ["禁止", "允许本次使用", "仅使用期间允许"]),
        ("coloros", "13", CAMERA, ["使用时允许", "本次使用时允许", "拒绝"]),
        ("originos", "13", CAMERA, ["使用应用时允许", "本次允许", "拒绝"]),
    ],
)
def test_the_buttons_from_first_to_last(phone: Callable[..., Phone], rom: str, android: str, permission: str, texts: list[str]) -> None:
    made = phone(Shop, rom=rom, android=android)
    asked(made, permission)
    assert [text for text in made.texts() if "小店" not in text] == texts


@pytest.mark.parametrize(("role", "granted"), [("blank_pass", True), ("deny", False)])
def test_the_blank_pass_is_no_denial_and_never_pressed_as_one(phone: Callable[..., Phone], role: str, *, granted: bool) -> None:
    made = phone(Shop, rom="miui", android="13")
    asked(made, CONTACTS)
    assert "空白通行证" not in [button.text for button in shown(made).buttons]
    made.answer(role)
    assert made.system.packages[SHOP].runtime_permissions[CONTACTS].granted is granted


def test_a_fuzzy_location_is_not_the_precise_one(phone: Callable[..., Phone]) -> None:
    made = phone(Shop, rom="miui", android="11")
    asked(made, LOCATION)
    assert [button.role for button in shown(made).buttons] == ["deny", "one_time", "foreground"]
    made.answer("fuzzy")
    assert not made.system.packages[SHOP].runtime_permissions[LOCATION].granted


def test_on_miui_the_second_refusal_is_for_good_and_says_so(phone: Callable[..., Phone]) -> None:
    made = phone(Shop, rom="miui", android="13")
    asked(made, CAMERA)
    made.answer("deny")
    asked(made, CAMERA)
    assert [button.text for button in shown(made).buttons] == ["拒绝且不再询问", "本次运行允许", "仅在使用中允许"]
    made.answer("deny_dont_ask")
    assert made.flags(SHOP, CAMERA) == {"USER_SET", "USER_FIXED"}


@pytest.mark.parametrize(("rom", "android", "gravity"), [("aosp", "13", "center"), ("miui", "13", "bottom"), ("emui", "10", "bottom")])
def test_where_the_dialog_stands(phone: Callable[..., Phone], rom: str, android: str, gravity: str) -> None:
    made = phone(Shop, rom=rom, android=android)
    asked(made, CAMERA)
    left, top, width, height = shown(made).box
    middle = top + height / 2
    assert abs(left + width / 2 - 540) < 2
    assert (middle > 1500) is (gravity == "bottom")


def test_huawei_puts_two_answers_beside_each_other(phone: Callable[..., Phone]) -> None:
    made = phone(Shop, rom="emui", android="10")
    asked(made, CONTACTS)
    deny, allow = shown(made).button("deny"), shown(made).button("allow")
    assert deny.box[1] == allow.box[1]
    assert deny.box[0] + deny.box[2] <= allow.box[0]


def test_the_card_of_miui_is_where_a_screenshot_of_miui_14_has_it(phone: Callable[..., Phone]) -> None:
    """Captures screens/cn/340.jpg: 46 from the edges, 44 above the bar.

    Buttons 836 by 131, 33 apart, scrim 0.3, blue at the bottom.
    """
    made = phone(Shop, rom="miui", android="13")
    asked(made, CAMERA)
    dialog = shown(made)
    boxes = [button.box for button in dialog.buttons]
    assert {(box[0], box[2], box[3]) for box in boxes} == {(122, 836, 131)}
    assert [lower[1] - upper[1] - upper[3] for upper, lower in pairwise(boxes)] == [33, 33]
    image = made.device.screen.image()
    assert image.getpixel((80, boxes[0][1] - 20)) == (255, 255, 255)
    assert image.getpixel((200, boxes[0][1] + 65)) == (240, 240, 240)
    assert image.getpixel((200, boxes[2][1] + 65)) == (10, 132, 255)
    bright = phone(Shop, rom="miui", android="13")
    bright.launch(SHOP)
    before = bright.device.screen.image().getpixel((20, 1000))
    assert before is not None
    assert image.getpixel((20, 1000)) == tuple(round(value * 0.7) for value in before)  # type: ignore[union-attr]
