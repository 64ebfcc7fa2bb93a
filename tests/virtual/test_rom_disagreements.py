"""What the harness knows of ROMs: each table says where from, and where the virtual device says otherwise is listed."""

from typing import Any

import pytest

from device_farm.virtual.roms import load_rom
from device_farm.virtual.roms.sold_pairs import Pair, sold_pairs
from device_farm.virtual.spec import Spec
from harness.roms import FACTS, rom_of

DISAGREE = {"emui": {"AP LOG设置"}, "harmony": {"AP LOG设置"}}
"""Family -> what the virtual device has and the harness does not know; it may only shrink."""


TABLES = [(name, each) for name, table in FACTS.items() for each in (table if isinstance(table, list) else [table])]


@pytest.mark.parametrize(("name", "table"), TABLES)
def test_each_table_has_a_source_or_is_assumed(name: str, table: dict[str, Any]) -> None:
    assert table.get("source") or table.get("assumed"), name


def differing(pair: Pair) -> set[str]:
    """The mark, the labels of options that keep something back, the pages of starts and of installations, Recents."""
    loaded, told = load_rom(pair.android, pair.rom), {"pixel": "aosp"}.get(pair.rom, pair.rom)
    rom, found = loaded.data, {rom_of(loaded.properties(Spec()))} - {told}
    known = [one["label"]["zh"] for one in FACTS["options"]["known"] if told in one["roms"]]
    known += [one["advice"]["zh"] for one in FACTS["menus"] if {told, ""} & {*one["roms"]}]
    keeping_back = [one["label"] for one in rom["options"].values() if {"withholds", "hides_buffers"} & {*one}]
    found |= {label for label in keeping_back if not any(label in text for text in known)}
    if rom["start_manager"]["managed"]:
        page = rom["start_manager"]["page"]
        component = f"{page['package']}/{page['activity']}"
        found |= {component} - {_whole(each) for each in FACTS["start_pages"]["components"].get(told, ())}
    if (page := rom["install_confirm"])["asks"]:
        pages = [one for one in FACTS["install_pages"] if told in one["roms"] and page["package"] in one["packages"]]
        wanted = {page["allow_zh"], page["allow_en"], page.get("tick_id", "")}
        found |= wanted - {"", *(word for one in pages for word in (*one["button"], *one.get("tick", ())))}
        found |= {page["activity"]} - {one.get("activity", page["activity"]) for one in pages}
    return found | ({rom["recents"]["clear_all_id"]} - {*FACTS["recents"]["ids"]})


def _whole(component: str) -> str:
    package, _, activity = component.partition("/")
    return f"{package}/{package}{activity}" if activity.startswith(".") else component


def test_where_harness_and_virtual_device_disagree() -> None:
    found: dict[str, set[str]] = {}
    for pair in sold_pairs():
        if told := differing(pair):
            found.setdefault(pair.rom, set()).update(told)
    assert found == DISAGREE
