"""A run analyses and reports byte for byte alike, whatever the hash seed, the language and the time zone are."""

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from device_farm.samples.sample_check import check_sample, read_sample

TESTS = Path(__file__).parents[1]
OLD = TESTS / "data" / "old_runs"
MADE = ["favourites_wall", "leave_or_allow"]
"""Apps of which several facts have one instant: a wall and its page are one look."""
PLACES = [
    {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "UTC"},
    {"PYTHONHASHSEED": "2", "LC_ALL": "zh_CN.GB18030", "TZ": "Asia/Shanghai", "APPRIGHTS_LANG": "zh"},
    {"PYTHONHASHSEED": "77", "LC_ALL": "de_DE.UTF-8", "TZ": "America/St_Johns", "APPRIGHTS_LANG": "en"},
]
PROGRAM = """
import os, sys
from datetime import date
from pathlib import Path
from harness.language import asked_for, choose
from harness.report import write_report
from harness.verdicts.analysis import analyse
folders = [Path(name) for name in sys.argv[1:]]
choose(asked_for(os.environ))
for folder in folders:
    analyse(folder)
choose("en")  # the page begins in the language that was asked for
write_report(folders, folders[0].parent / "report.html", issued=date(2026, 11, 30))  # days differ by zone
"""


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run folders without what was derived from them."""
    folder = tmp_path_factory.mktemp("recorded")
    for archive in OLD.glob("*.tar.xz"):
        with tarfile.open(archive) as file:
            file.extractall(folder, filter="data")
    for name in MADE:
        check_sample(read_sample(TESTS / "virtual" / "clause5" / f"{name}.py"), folder)
    for derived in [path for name in ("analysis*.json", "events*.jsonl", "findings*.json") for path in folder.glob(f"*/{name}")]:
        derived.unlink()
    return folder


def derived(folder: Path, place: dict[str, str]) -> dict[str, str]:
    """What a process in such a place derives from the runs: file -> its digest."""
    runs = sorted(str(path) for path in folder.iterdir() if path.is_dir())
    subprocess.run([sys.executable, "-c", PROGRAM, *runs], check=True, env=os.environ | place, timeout=120)
    found = [folder / "report.html", *folder.glob("*/events.jsonl"), *folder.glob("*/findings.json"), *folder.glob("*/analysis.json")]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def test_what_is_derived_is_the_same_byte_for_byte_in_every_place(recorded: Path, tmp_path: Path) -> None:
    found = []
    for place in PLACES:
        copy = tmp_path / place["PYTHONHASHSEED"] / "runs"
        shutil.copytree(recorded, copy)
        found.append(derived(copy, place))
    assert len(found[0]) == 1 + 3 * (len(MADE) + len(list(OLD.iterdir())))
    assert found[1:] == found[:1] * (len(PLACES) - 1)
