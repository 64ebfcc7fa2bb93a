"""The examples of CONTRIBUTING.md, put where the page says, do what it says: in a copy of the project."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"^```(?:python|toml)\n# (\S+\.(?:py|toml))\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE))
DIFFS = re.findall(r"^```diff\n# (\S+)\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)


def apply(path: Path, diff: str) -> None:
    """Lines with a minus give way to those with a plus behind them; where there is none, these come last."""
    text = path.read_text(encoding="utf-8")
    for old, new in re.findall(r"((?:^-.*\n)*)((?:^\+.*\n)+)", diff, re.MULTILINE):
        gone, come = (re.sub(r"^[-+]", "", lines, flags=re.MULTILINE) for lines in (old, new))
        assert not gone or text.count(gone) == 1, f"{path.name} has no line {gone}"
        text = text.replace(gone, come) if gone else text + come
    path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with every example of the page in its place."""
    folder = tmp_path_factory.mktemp("house")
    unwanted = shutil.ignore_patterns("__pycache__", "data", "browser", "peers", "virtual")
    for name in ("harness", "scenarios", "device_farm"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "tests", folder / "tests", ignore=unwanted)
    shutil.copy(ROOT / "pyproject.toml", folder)
    for name, text in FILES.items():
        assert not (folder / name).exists(), name
        (folder / name).write_text(text, encoding="utf-8")
    for name, diff in DIFFS:
        apply(folder / name, diff)
    return folder


def test_a_rule_and_a_rom_by_the_page_alone(house: Path) -> None:
    assert {Path(name).parts[0] for name in FILES} == {"harness", "tests"}
    files = ("tests/cases/test_cases.py", "tests/unit/test_dialog_of_example_rom.py")
    words = [sys.executable, "-m", "pytest", "-q", "-n0", "-k", "asks-on-return or example_rom or every_rule", *files]
    environment = os.environ | {"PYTHONPATH": str(house)}
    said = subprocess.run(words, cwd=house, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert said.returncode == 0, said.stdout + said.stderr
    passed = re.search(r"(\d+) passed", said.stdout)
    assert passed is not None, said.stdout
    assert int(passed[1]) == 3 + 2 + 1 + 2  # cases, clear ones without a stream, the ROM, the two about every rule
