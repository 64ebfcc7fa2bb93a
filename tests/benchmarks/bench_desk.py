"""A desk: what it costs to hand out a unit and to write down its end, and the memory that a phone takes."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from harness.device.virtual_devices import virtual_devices
from tests.benchmarks.rows import Row, row
from tests.farm.desk.night import APPS, COMMAND, SHORT, below_of
from tests.farm.desk.shelves import FakeShelf, FakeWork, coordinator, desk, judged

UNITS, PHONES = 200, 8
FILES = (
    "exit_by_crash", "exit_by_finish", "polite", "asks_when_used",
    "purpose_not_told", "asks_each_launch", "exit_by_system_exit", "dialog_loop",
)  # fmt: skip
LOOK_SECONDS = 0.5


def dispatch() -> list[Row]:
    """Units that end at once, on as many phones as a desk has."""
    with tempfile.TemporaryDirectory() as folder:
        store = desk(Path(folder), UNITS)
        session = coordinator(store, FakeShelf(store, PHONES), FakeWork(lambda job, phone: judged("violation", "clear")), Path(folder))
        began, used = time.perf_counter(), time.process_time()
        session.run()
        wall, processor = time.perf_counter() - began, time.process_time() - used
        assert session.ended == UNITS
        store.close()
    name = "dispatch overhead a unit (begun, ended, results written)"
    return [row(name, wall / UNITS * 1000, "ms", aim="<= 50"), row(f"{name}, processor", processor / UNITS * 1000, "ms")]


def memory() -> list[Row]:
    """Eight phones at once behind adb, each in another process than ours: the peak of all that is ours, a phone."""
    name = f"memory of the harness a phone, {PHONES} virtual phones at once"
    if sys.platform != "linux":
        return [row(name, None, "MB", aim="<= 120", note="measured by /proc")]
    files = [APPS / f"{name}.py" for name in FILES]
    with tempfile.TemporaryDirectory() as folder, virtual_devices(apps=files, count=PHONES) as (_serials, port):
        words = [*map(str, files), "--devices", "all", "--adb-port", str(port), *SHORT, "--out", f"{folder}/out"]
        with (Path(folder) / "log").open("wb") as log:
            night = subprocess.Popen([*COMMAND, "run", *words], stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        peak = 0.0
        while night.poll() is None:
            peak = max(peak, sum(map(_pss_mb, [night.pid, *below_of(night.pid)])))
            time.sleep(LOOK_SECONDS)
        told = (Path(folder) / "log").read_text("utf-8").splitlines()[-1]
    return [row(name, peak / PHONES, "MB", aim="<= 120", note=f"exit code {night.returncode}; {told}")]


def _pss_mb(pid: int) -> float:
    """What a process takes; what it shares counts in parts."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)
