"""The group of commands ``apprights farm``: listed, explained, light, and plain about what is not installed."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from device_farm import commands
from harness import cli
from harness.commands.lazy import manual
from harness.errors import ScenarioError

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", commands.HOMES)
def test_each_command_has_its_help_and_its_place_on_the_page_of_commands(name: str) -> None:
    assert f"farm {name}" in manual()
    shown = CliRunner().invoke(cli.app, ["farm", name, "--help"])
    assert shown.exit_code == 0, shown.output
    assert f"apprights farm {name}" in shown.output
    for page in ("docs/commands.md", "docs/zh/commands.md"):
        assert re.search(rf"farm [\w, ]*\b{name}\b", (ROOT / page).read_text("utf-8")), page


def test_the_group_lists_its_commands_and_loads_none() -> None:
    shown = CliRunner().invoke(cli.app, ["farm", "--help"])
    assert shown.exit_code == 0
    assert all(re.search(rf"^\s+{name}\s+\w", shown.output, re.MULTILINE) for name in commands.HOMES)


def test_the_table_of_commands_brings_nothing_heavy() -> None:
    heavy = "{'cv2', 'numpy', 'sqlalchemy', 'adbutils', 'fastapi', 'psycopg'} & set(sys.modules)"
    code = f"import sys, device_farm.commands; found = {heavy}; sys.exit(' '.join(found) or 0)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr


def test_a_library_that_is_missing_is_told_by_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "simpy", None)
    monkeypatch.delitem(sys.modules, "device_farm.simulation.simulated_campaign", raising=False)
    monkeypatch.delitem(sys.modules, "device_farm.simulation.simulated_campaign", raising=False)
    done = CliRunner().invoke(cli.app, ["farm", "simulate", "--apps", "10"])
    assert isinstance(done.exception, ScenarioError)
    assert "pip install '.[farm]'" in str(done.exception)


def test_an_unknown_command_is_told() -> None:
    done = CliRunner().invoke(cli.app, ["farm", "submitt"])
    assert "did you mean 'submit'" in str(done.exception)
