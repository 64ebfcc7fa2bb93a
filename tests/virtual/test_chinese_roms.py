"""What a tool sees of a Chinese ROM: its properties, apps, log lines, and that the data is complete."""

import re

import pytest

from device_farm.virtual.roms import load_rom
from device_farm.virtual.roms.sold_pairs import Pair, sold_pairs
from harness.roms import rom_of
from tests.virtual.device_calls import boot

ROMS = ("miui", "hyperos", "emui", "harmony", "magicos", "coloros", "originos")
PAIRS = [(pair.rom, pair.android) for pair in sold_pairs() if pair.rom in ROMS]


@pytest.mark.parametrize("pair", sold_pairs(), ids=lambda pair: pair.stem)
def test_the_harness_tells_the_rom_by_its_properties(pair: Pair) -> None:
    device = boot(android=pair.android, rom=pair.rom)
    told = rom_of(device.properties)
    assert told == {"pixel": "aosp"}.get(pair.rom, pair.rom)


@pytest.mark.parametrize(("rom", "android"), PAIRS)
def test_the_maker_its_home_app_and_its_store(rom: str, android: str) -> None:
    device = boot(android=android, rom=rom)
    device.clock.skip(3)
    maker = {
        "miui": "Xiaomi", "hyperos": "Xiaomi", "emui": "HUAWEI", "harmony": "HUAWEI", "magicos": "HONOR", "coloros": "OPPO",
        "originos": "vivo",
    }[rom]  # fmt: skip
    assert device.properties["ro.product.manufacturer"] == maker
    assert device.properties["ro.product.brand"] == maker
    assert device.system.resumed.component.package == device.rom.data["system_apps"]["launcher"]["package"]
    assert device.system.packages[device.rom.data["system_apps"]["market"]["package"]].system


@pytest.mark.parametrize(("rom", "android"), PAIRS)
def test_a_start_names_its_caller_where_the_rom_does(rom: str, android: str) -> None:
    device = boot(android=android, rom=rom)
    device.clock.skip(3)
    starts = [entry.message for entry in device.logs.buffers["system"] if entry.message.startswith("Start proc ")]
    assert starts
    named = rom in ("miui", "hyperos")
    assert all(bool(re.search(r" caller=(\S+)$", line)) is named for line in starts)


@pytest.mark.parametrize(("rom", "android"), PAIRS)
def test_each_rom_has_its_own_side_of_everything(rom: str, android: str) -> None:
    data = load_rom(android, rom).data
    assert data["start_manager"]["managed"]
    assert {"package", "activity", "label", "title_zh", "title_en"} <= set(data["start_manager"]["page"])
    for table in ("confirm_start", "install_confirm"):
        if data[table]["asks"]:
            assert {"package", "activity", "title_zh", "title_en", "allow_zh", "allow_en", "refuse_zh", "refuse_en"} <= set(data[table])
    assert set(data["cleaners"]) == {"swipe", "clear_all", "cleaner"}
    assert all(data["cleaners"][key]["how"] in {"remove-task", "force-stop", "kill"} for key in data["cleaners"])
    assert all({"on", "label"} <= set(option) for option in data["options"].unread().values())


@pytest.mark.parametrize(("rom", "android"), PAIRS)
def test_every_line_of_a_refusal_can_be_filled(rom: str, android: str) -> None:
    values = dict.fromkeys(
        ("kind", "package", "tail", "uid", "process", "component", "class_name", "caller", "caller_uid", "action", "intent"), "x"
    )
    for line in load_rom(android, rom).data["start_manager"].get("lines", {}).values():
        assert line["priority"] in set("VDIWE")
        assert "{x" not in line["text"].format(**values).replace("{x/x}", "").replace("{x#x}", "")
