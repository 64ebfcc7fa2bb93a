"""The root of the command line: other packages' commands are there, and are loaded only when they are asked for."""

import re
import shlex
import subprocess
import sys

import pytest
import typer

from harness import cli
from harness.commands import lazy

LOADED = """
import sys
from harness.cli import app
app(sys.argv[1:], standalone_mode=False)
print(any(name.startswith("device_farm.") for name in sys.modules))
"""


def said(*words: str) -> str:
    return subprocess.run([sys.executable, *words], capture_output=True, text=True, encoding="utf-8", timeout=60, check=False).stdout


@pytest.mark.parametrize(("words", "loaded"), [(["check", "--help"], "False"), (["demo", "--help"], "True"), (["--help"], "False")])
def test_the_farm_is_loaded_for_its_own_commands_only(words, loaded):
    assert said("-c", LOADED, *words).split()[-1] == loaded


@pytest.mark.parametrize(("typed", "meant"), [("selftset", "selftest"), ("chekc", "check")])
def test_a_misspelt_command_is_told_the_likeliest_one(typed, meant):
    ended = subprocess.run(
        [sys.executable, "-m", "harness.cli", typed], capture_output=True, text=True, encoding="utf-8", timeout=60, check=False
    )
    assert ended.returncode == 2
    assert f"'{meant}'" in ended.stderr


HEAVY = ("cv2", "numpy", "PIL", "adbutils", "uiautomator2", "requests", "pytest", "jinja2", "rapidocr", "onnxruntime", "greenlet")
BROUGHT = f"""
import sys
from harness.cli import main
try:
    main()
except SystemExit:
    pass
print(*sorted(set(sys.modules) & set({HEAVY!r} + ("rich", "harness.events"))), sep=",")
"""


@pytest.mark.parametrize(("words", "brought"), [(["--version"], ""), (["--help"], "rich"), (["rules"], "harness.events,rich")])
def test_a_command_brings_along_what_it_needs_and_no_more(words, brought):
    assert said("-c", BROUGHT, *words).splitlines()[-1] == brought


def test_every_command_has_a_page_and_every_page_a_command():
    group = typer.main.get_command(cli.app)
    names = set(group.list_commands(None)) | {f"virtual {name}" for name in group.get_command(None, "virtual").commands}
    names |= {f"farm {name}" for name in group.get_command(None, "farm").list_commands(None)}
    assert names == set(lazy.manual())
    assert all(page.examples for page in lazy.manual().values())


def test_every_example_is_a_line_that_the_command_takes():
    group = typer.main.get_command(cli.app)
    for name, page in lazy.manual().items():
        for typed, _word in page.examples:
            words = shlex.split(re.search(r"apprights ([^)|>]*)", typed)[1])
            command = group.get_command(None, words.pop(0))
            if words and hasattr(command, "list_commands") and words[0] in command.list_commands(None):
                command = command.get_command(None, words.pop(0))
            assert name.split()[0] in typed
            command.make_context(name, words)  # raises where a word is none of its own


def test_a_command_of_a_package_without_a_manual_is_loaded_to_be_told(monkeypatch):
    monkeypatch.setattr(lazy, "find_spec", lambda package: None)
    assert "sample app" in lazy.pages(["demo"])["demo"].summary


def test_the_plugin_that_every_pytest_loads_brings_nothing_heavy_along():
    brought = f"import sys, harness.plugin; print(*sorted(set(sys.modules) & set({HEAVY!r} + ('rich', 'typer'))), sep=',')"
    assert said("-c", brought).split() == ["pytest"]


WITHOUT_PYTEST = """
import sys
sys.modules["pytest"] = None
from harness.commands import check
from harness.engine.check import check as engine
from harness.engine.scenario import installed_scenarios
print(*(scenario.name for scenario in installed_scenarios()))
"""


def test_our_own_scenarios_are_found_and_need_no_pytest():
    assert said("-c", WITHOUT_PYTEST).split() == [
        "association-start", "before-consent", "clock-shift", "data-reads", "misleading-download", "permission-denial",
        "recommendation-switch", "self-start", "store-page",
    ]  # fmt: skip
