"""A disk that fills up in mid-run: what was recorded stays readable, nothing is decided from the hole."""

from pathlib import Path

import pytest

from harness.device.virtual_devices import virtual_devices
from tests.plugin.conftest import ONLY_5, SHOPS, SHOPS_FILE, apprights_here, finish, python

# a limit on the size of one file stands for the full disk, which a test cannot make on every machine
LIMITED = """
import resource, runpy, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)),) * 2)
runpy.run_module("harness.cli", run_name="__main__")
"""

# the disk is full once all is recorded: nothing of what is derived fits
AT_THE_END = """
import errno, os, pathlib, runpy
opened = pathlib.Path.open
def full(path, mode="r", *more, **how):
    if "findings" in path.name and mode == "wb":
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    return opened(path, mode, *more, **how)
pathlib.Path.open = full
runpy.run_module("harness.cli", run_name="__main__")
"""


def test_a_disk_that_is_full_at_the_end_is_told_and_the_run_can_be_judged_later(tmp_path: Path) -> None:
    with virtual_devices(apps=[SHOPS_FILE]) as devices:
        where = ("--serial", devices.serials[0], "--adb-port", devices.port, "--runs", "runs")
        said = finish(python(["-c", AT_THE_END, "check", SHOPS, "--clause", "1", *where], tmp_path))
    assert said.code == 2, said  # neither a violation nor all well
    assert "Traceback" not in said.err
    told = said.err.splitlines()[-1]
    for part in ("findings.json", "make room on the disk", "its verdicts are missing", "apprights analyse runs"):
        assert part in told
    (run,) = (tmp_path / "runs").iterdir()
    assert not (run / "findings.json").exists()
    assert apprights_here("verify", run, folder=tmp_path).code == 0
    assert apprights_here("analyse", run, folder=tmp_path).code == 0
    assert (run / "findings.json").exists()


@pytest.mark.parametrize("limit", [1_000, 60_000])
def test_full_disk(tmp_path: Path, limit: int) -> None:
    pytest.importorskip("resource", reason="file size limits are POSIX")
    with virtual_devices(apps=[SHOPS_FILE]) as devices:
        where = ("--serial", devices.serials[0], "--adb-port", devices.port, "--runs", "runs")
        uncut = {"PYTHONDONTWRITEBYTECODE": "1"}  # bytecode that is cut would break every later process
        said = finish(python(["-c", LIMITED, limit, "check", SHOPS, *ONLY_5, *where, "--json"], tmp_path, environment=uncut))
    assert "make room on the disk" in said.err
    assert "Traceback" not in said.err
    if limit < 60_000:  # not even the copy of the APK fits, or the first file of the run
        assert said.one_line().endswith("make room on the disk")
        assert said.code == 2
        return
    assert said.code == 3, said
    result = said.run()
    judged = [rule for rule in result["rules"] if rule["rule"] != "c5-asks-within-48-hours"]  # nobody asked for it
    assert {rule["outcome"] for rule in judged} == {"inconclusive"}
    assert sum("make room on the disk" in rule["reason_en"] for rule in judged) > len(judged) / 2  # others name the log that broke off
    assert apprights_here("verify", result["run"], folder=tmp_path).code == 0
