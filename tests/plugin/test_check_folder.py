"""``apprights check`` in somebody's folder.

Whatever lies there for pytest or Python is theirs, and none of it is run.
"""

import shutil
import sys
from pathlib import Path

import pytest

from harness.rules import load_rules
from tests.plugin.conftest import finish, python

RAISES = "raise SystemExit('this was never to run')\n"
READER = """
from device_farm.virtual import Activity, App, Column, Text


class Reader(App):
    package, label = "com.example.reader", "Reader"

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("Reader")))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A tester's folder with a test suite of its own in it."""
    (tmp_path / "reader.py").write_text(READER, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\nrequired_plugins = no-such-plugin\naddopts = --no-such-option\n", encoding="utf-8")
    (tmp_path / "conftest.py").write_text(RAISES, encoding="utf-8")
    for package in ("scenarios", "harness", "device_farm"):
        (tmp_path / package).mkdir()
        for name in ("__init__.py", "test_permission_denial.py", "cli.py"):
            (tmp_path / package / name).write_text(RAISES, encoding="utf-8")
    return tmp_path


STARTS = {"command": (), "module": ("-m", "harness.cli")}


@pytest.mark.parametrize("name", STARTS)
def test_nothing_in_the_folder_changes_a_check(name: str, folder: Path) -> None:
    script = shutil.which("apprights", path=str(Path(sys.executable).parent))
    assert script is not None  # the console script as it was installed; Python runs it, whatever it ends in
    start = STARTS[name] or (script,)
    if name == "module":
        shutil.rmtree(folder / "harness")  # of this name Python finds theirs before anything of ours runs
    words = ["check", "com.example.reader", "--app-file", "reader.py", "--clause", "1", "--minutes", "0.5", "--runs", "runs"]
    said = finish(python([*start, *words, *(["--json"] if name == "command" else [])], folder))
    assert "never to run" not in said.out + said.err
    (run,) = (folder / "runs").iterdir()
    assert (run / "manifest.json").is_file()
    rules = [rule.id for rule in load_rules() if rule.clause.number == 1]
    if name == "command":
        result = said.run()
        assert [rule["rule"] for rule in result["rules"]] == rules
        assert {rule["rule"]: rule["outcome"] for rule in result["rules"]}["c1-permission-before-consent"] == "not_exercised"
        return
    *lines, counts, where, report = said.out.splitlines()
    assert [line.split("  ")[0] for line in lines] == ["inconclusive", "not exercised"]
    assert counts == f"{len(rules)} rules: inconclusive 1, not exercised {len(rules) - 1}"
    assert where == f"Run folder: {Path('runs') / run.name}"
    assert report.startswith("For a report: apprights report ")


def test_python_asked_for_safe_paths_does_not_take_their_harness_for_ours(folder: Path) -> None:
    assert finish(python(["-P", "-m", "harness.cli", "--version"], folder)).out.startswith("apprights ")
    assert "never to run" in finish(python(["-m", "harness.cli", "--version"], folder)).err  # Python's own rule, not ours to change
