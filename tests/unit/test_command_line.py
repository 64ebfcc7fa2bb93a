"""The root of the command line: other packages' commands are there, and are loaded only when they are asked for."""

from __future__ import annotations

import subprocess
import sys

import pytest

LOADED = "import sys; from harness.cli import app; app(sys.argv[1:], standalone_mode=False); print('device_farm' in sys.modules)"


def said(*words: str) -> str:
    return subprocess.run([sys.executable, *words], capture_output=True, text=True, encoding="utf-8", timeout=60, check=False).stdout


@pytest.mark.parametrize(("words", "loaded"), [(["check", "--help"], "False"), (["demo", "--help"], "True"), (["--help"], "True")])
def test_the_farm_is_loaded_for_its_own_commands_and_for_the_help(words, loaded):
    assert said("-c", LOADED, *words).split()[-1] == loaded


@pytest.mark.parametrize(("typed", "meant"), [("selftset", "selftest"), ("chekc", "check")])
def test_a_misspelt_command_is_told_the_likeliest_one(typed, meant):
    ended = subprocess.run(
        [sys.executable, "-m", "harness.cli", typed], capture_output=True, text=True, encoding="utf-8", timeout=60, check=False
    )
    assert ended.returncode == 2
    assert f"'{meant}'" in ended.stderr
