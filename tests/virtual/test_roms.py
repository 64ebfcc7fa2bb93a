import re

import pytest

from device_farm.virtual.framework.permissions.permissions import groups_of
from device_farm.virtual.roms import load_rom
from device_farm.virtual.roms.sold_pairs import Pair, sold_pairs
from device_farm.virtual.spec import Spec
from tests.virtual.device_calls import boot

PAIRS = [(pair.rom, pair.android) for pair in sold_pairs()]


@pytest.mark.parametrize("pair", sold_pairs(), ids=lambda pair: pair.stem)
def test_every_pair_of_the_list_has_its_data(pair: Pair) -> None:
    loaded = load_rom(pair.android, pair.rom)
    assert (loaded.name, loaded.android) == (pair.rom, pair.android)
    assert len(pair.sold) > 10


def test_android_8_to_17_are_there_as_aosp_builds_them() -> None:
    versions = [pair.android for pair in sold_pairs() if pair.rom == "aosp"]
    assert versions == ["8.1", "9", "10", "11", "12", "13", "14", "15", "16", "17"]


@pytest.mark.parametrize(
    ("android", "rom"), [("5", "aosp"), ("9", "hyperos"), ("13", "symbian"), ("../aosp-13", "aosp"), ("13.toml", "aosp"), ("", "aosp")]
)
def test_a_pair_that_was_not_sold_is_refused_with_the_choices_and_never_a_path(android: str, rom: str) -> None:
    with pytest.raises(ValueError, match=rf"ROM '{rom}' and Android '{android}'; choices: aosp 8\.1 9 .*; ") as refused:
        load_rom(android, rom)
    assert "\n" not in str(refused.value)


def test_the_complete_pair_of_the_issue_is_there() -> None:
    rom = load_rom("13", "aosp")
    properties = rom.properties(Spec(serial="ABC", language="zh", density=440))
    assert rom.sdk == 33
    assert properties["ro.apprights.virtual"] == "1"
    assert properties["ro.build.version.sdk"] == "33"
    assert properties["ro.build.version.release"] == "13"
    assert properties["ro.serialno"] == "ABC"
    assert properties["ro.product.locale"] == "zh-CN"
    assert properties["ro.sf.lcd_density"] == "440"
    assert properties["persist.sys.timezone"] == "Asia/Shanghai"
    settings = rom.settings(Spec())
    assert settings["secure"]["default_input_method"] == "com.android.inputmethod.latin/.LatinIME"
    assert settings["global"]["adb_enabled"] == "1"
    assert rom.dialog.package == "com.android.permissioncontroller"
    assert rom.dialog.button_ids["deny"] == "permission_deny_button"


def test_the_device_has_its_event_log_tags_as_a_file() -> None:
    device = boot()
    assert device.files.read("/system/etc/event-log-tags").decode() == device.rom.event_log_tags()


def test_two_serials_have_two_android_ids() -> None:
    rom = load_rom("13", "aosp")
    ids = {rom.settings(Spec(serial=serial))["secure"]["android_id"] for serial in ("A", "B")}
    assert len(ids) == 2
    assert all(re.fullmatch("[0-9a-f]{16}", found) for found in ids)


@pytest.mark.parametrize(("rom", "android"), PAIRS)
def test_no_placeholder_is_left(rom: str, android: str) -> None:
    loaded = load_rom(android, rom)
    values = list(loaded.properties(Spec(android=android, rom=rom)).values())
    for space in loaded.settings(Spec(android=android, rom=rom)).values():
        values += space.values()
    assert [value for value in values if "{" in value] == []


@pytest.mark.parametrize(("rom", "android"), PAIRS)
@pytest.mark.parametrize("language", ["zh", "en", "fr"])
def test_every_group_has_a_question_and_every_button_a_text(rom: str, android: str, language: str) -> None:
    dialog = load_rom(android, rom).dialog
    for group in load_rom(android, rom).data["permission_groups"]:
        assert "小店" in dialog.title(language, group, "小店")
        assert "{app}" not in dialog.title(language, group, "小店")
    for role in dialog.button_ids:
        assert dialog.button(language, role)


def test_a_label_with_braces_stays_as_it_is() -> None:
    title = load_rom("13", "aosp").dialog.title("en", "CAMERA", "{0}%s")
    assert title == "Allow {0}%s to take pictures and record video?"


@pytest.mark.parametrize(
    ("android", "zh", "en"),
    [("9", "拒绝", "DENY"), ("11", "拒绝", "Deny"), ("12", "不允许", "Don’t allow"), ("15", "不允许", "Don’t allow")],
)
def test_the_deny_button_of_each_age(android: str, zh: str, en: str) -> None:
    dialog = load_rom(android, "aosp").dialog
    assert (dialog.button("zh", "deny"), dialog.button("en", "deny")) == (zh, en)


@pytest.mark.parametrize(("android", "name"), [("8.1", "am_finish_activity"), ("10", "am_finish_activity"), ("11", "wm_finish_activity")])
def test_the_rename_of_the_activity_events_is_android_11(android: str, name: str) -> None:
    tag = load_rom(android, "aosp").event("finish_activity")
    assert (tag.number, tag.name) == (30001, name)


@pytest.mark.parametrize(("rom", "android"), PAIRS)
def test_event_log_tags_is_in_the_format_of_logd(rom: str, android: str) -> None:
    lines = load_rom(android, rom).event_log_tags().splitlines()
    assert len(lines) > 25
    for line in lines:
        assert re.fullmatch(r"\d+ \w+( \([\w ]+\|\d(\|\w)?\)(,\([\w ]+\|\d(\|\w)?\))*)?", line), line
    numbers = [int(line.split()[0]) for line in lines]
    assert numbers == sorted(set(numbers))


@pytest.mark.parametrize(("rom", "android"), PAIRS)
def test_an_event_declares_as_many_fields_as_it_writes(rom: str, android: str) -> None:
    loaded = load_rom(android, rom)
    for key in loaded.data["events"]:
        tag = loaded.event(key)
        if tag is not None:
            assert len(tag.values) == tag.fields.count("("), tag.name


def test_groups_differ_by_version() -> None:
    old, middle, new = (groups_of(load_rom(android, "aosp")) for android in ("8.1", "12", "13"))
    post, calls = "android.permission.POST_NOTIFICATIONS", "android.permission.READ_CALL_LOG"
    assert (post in middle, new[post]) == (False, "NOTIFICATIONS")
    assert (old[calls], new[calls]) == ("PHONE", "CALL_LOG")
    assert "android.permission.INTERNET" not in new
