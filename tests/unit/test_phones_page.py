"""docs/phones.md says what the packs and the data of ROMs say, in both languages; what a phone gave is recognised."""

import json
from pathlib import Path

import pytest

from harness.custody.phone_pack import ABILITIES, PACK, PROOF, PROPERTIES, write_pack
from harness.dialogs.matcher import find_dialog
from harness.errors import HarnessError
from harness.events import DialogKind
from harness.parsers.hierarchy import parse_hierarchy
from tools.phones_page import PAGES, given, page, rom_facts

ROWS = [{"id": "left", "expected": True, "got": True}, {"id": "refused", "expected": True, "got": False}]


def pack(folder: Path, name: str, *, virtual: str = "") -> None:
    device = {"brand": "Xiaomi", "model": "2211133C | x", "android": "14", "build": "Xiaomi/fuxi", "virtual": virtual}
    told = {
        PACK: {"format": 1, "harness": "0", "device": device},
        PROPERTIES: {"ro.mi.os.version.name": "OS1.0"},
        ABILITIES: [{"ability": "touch", "ok": True}, {"ability": "film", "ok": False}],
        PROOF: {"apps": [{"app": "exits", "rows": ROWS}]},
    }
    write_pack({file: json.dumps(value).encode() for file, value in told.items()}, folder / name)


@pytest.mark.parametrize("language", PAGES)
def test_the_page_is_up_to_date(language: str) -> None:
    assert PAGES[language].read_text(encoding="utf-8") == page(language, given()), "run: make docs"


def test_every_dialog_that_a_phone_gave_is_recognised() -> None:
    for phone in given():
        for name, tree in phone.dialogs.items():
            dialog = find_dialog(parse_hierarchy(tree), "org.apprights.proof", ())
            assert dialog is not None, f"{phone.name}: {name}"
            assert dialog.kind is DialogKind.PERMISSION, f"{phone.name}: {name}"


def test_every_fact_of_a_rom_has_a_source_or_is_assumed() -> None:
    assert {kind for _families, kind in rom_facts()} == {"source", "assumed"}


def test_what_a_phone_proved_stands_in_the_row_of_its_rom_and_below(tmp_path: Path) -> None:
    pack(tmp_path, "fuxi.zip")
    text = page("en", given(tmp_path))
    assert "No phone has proved" not in text
    assert [line.split(" | ")[:2] for line in text.splitlines() if line.endswith("| fuxi.zip |")] == [["| hyperos", "14"]]
    assert "Proof: 1 as expected, 1 different, 0 not known. Different: exits refused. Abilities: 1 of 2. Refused or not told: film." in text


def test_a_virtual_device_and_a_bad_file_are_one_line(tmp_path: Path) -> None:
    pack(tmp_path, "a.zip", virtual="1")
    with pytest.raises(HarnessError, match=r"a\.zip is of a virtual device"):
        given(tmp_path)
    (tmp_path / "a.zip").write_bytes(b"PK")
    with pytest.raises(HarnessError, match="no zip"):
        given(tmp_path)
