"""docs/virtual-device.md says what the data says, and ``apprights virtual facts`` the rest of it."""

import re
from pathlib import Path

from typer.testing import CliRunner

from device_farm.virtual.command import app
from device_farm.virtual.faults.catalogue import catalogue
from device_farm.virtual.roms.fact_list import fact_list
from device_farm.virtual.roms.sold_pairs import sold_pairs
from harness.errors import ScenarioError
from tools.virtual_device_page import page

DOCUMENT = Path(__file__).parents[2] / "docs/virtual-device.md"
MOST_BYTES = 25_000  # what a person reads


def test_the_page_is_up_to_date() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == page(), "run: make docs"
    assert len(page().encode()) < MOST_BYTES  # people read it


def test_every_pair_and_every_fault_is_on_the_page() -> None:
    text = page()
    rows = re.findall(r"^\| (\w+) \| ((?:[\d.]+: \d+/\d+(?:, )?)+) \|$", text, re.MULTILINE)
    listed = [(rom, android) for rom, cell in rows for android in re.findall(r"([\d.]+):", cell)]
    assert sorted(listed) == sorted((pair.rom, pair.android) for pair in sold_pairs())
    assert [name for name in catalogue() if not re.search(rf"(?<![\w-]){name}(?![\w-])", text)] == []


def test_the_list_of_facts_has_every_pair_and_each_number_of_a_source() -> None:
    text = fact_list()
    headings = re.findall(r"^## (.*)$", text, re.MULTILINE)
    assert headings == [*(f"{pair.rom} {pair.android}" for pair in sold_pairs()), "Sources"]
    listed = {int(number) for number in re.findall(r"^(\d+)\. ", text, re.MULTILINE)}
    cited = {int(number) for row in re.findall(r"\| ([\d, ]+) \|$", text, re.MULTILINE) for number in row.split(", ") if "," in row}
    assert cited
    assert cited <= listed


def test_the_command_lists_the_facts_of_one_pair() -> None:
    result = CliRunner().invoke(app, ["facts", "--android", "15", "--rom", "pixel"])
    assert result.exit_code == 0
    assert re.findall(r"^## (.*)$", result.stdout, re.MULTILINE) == ["pixel 15", "Sources"]
    assert "com.google.android.permissioncontroller" in result.stdout


def test_the_command_refuses_a_pair_that_was_never_sold() -> None:
    result = CliRunner().invoke(app, ["facts", "--android", "3"])
    assert isinstance(result.exception, ScenarioError)
    assert result.stdout == ""
    assert "--android 3" in str(result.exception)
