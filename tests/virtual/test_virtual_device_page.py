"""docs/virtual-device.md says what the data says."""

from __future__ import annotations

import re
from pathlib import Path

from device_farm.virtual.faults import catalogue
from device_farm.virtual.roms.pairs import sold_pairs
from tools.virtual_device_page import page

DOCUMENT = Path(__file__).parents[2] / "docs" / "virtual-device.md"


def test_the_page_is_up_to_date() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == page(), "run: make docs"


def test_every_pair_and_every_fault_is_on_the_page() -> None:
    text = page()
    headings = re.findall(r"^### (.*)$", text, re.MULTILINE)
    assert headings == [f"{pair.rom} {pair.android}" for pair in sold_pairs()]
    assert all(f"| {name} |" in text for name in catalogue())


def test_each_number_of_a_source_is_in_the_list() -> None:
    text = page()
    listed = {int(number) for number in re.findall(r"^(\d+)\. ", text, re.MULTILINE)}
    cited = {int(number) for row in re.findall(r"\| ([\d, ]+) \|$", text, re.MULTILINE) for number in row.split(", ") if "," in row}
    assert cited
    assert cited <= listed
