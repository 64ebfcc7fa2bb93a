"""Which benches there are, and one of them in a process of its own."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from harness.device.virtual_devices import virtual_devices
from tests.benchmarks import (
    bench_device,
    bench_farm,
    bench_parsers,
    bench_phone,
    bench_processor,
    bench_project,
    bench_start,
    bench_store,
    bench_vision,
)
from tests.benchmarks.rows import Row, row

ROOT = Path(__file__).resolve().parents[2]
LONG = frozenset({"parsers", "store", "vision"})  # those that --long gives more to do
LONG_SECONDS = 900.0
_STOP_SECONDS = 15.0


@dataclass(frozen=True)
class Bench:
    """``run(long)`` measures; it is ended after ``seconds``."""

    run: Callable[[bool], list[Row]]
    seconds: float


def _on_a_device(measure: Callable[[str, int], list[Row]]) -> list[Row]:
    with virtual_devices() as (serials, port):
        return measure(serials[0], port)


# The limits add up to eleven minutes: every bench gets its time, whatever hangs before it.
BENCHES = {
    "start": Bench(lambda _: bench_start.run(), 30),
    "device": Bench(lambda _: _on_a_device(bench_device.run), 60),
    "phone": Bench(lambda _: _on_a_device(bench_phone.run), 60),
    "processor": Bench(lambda _: bench_processor.run(), 90),
    "farm": Bench(lambda _: bench_farm.run(), 40),
    "store": Bench(lambda long: bench_store.run(long=long), 60),
    "parsers": Bench(lambda long: bench_parsers.run(long=long), 60),
    "vision": Bench(lambda long: bench_vision.run(long=long), 90),
    "wheel": Bench(lambda _: bench_project.wheel(), 30),
    "unit tests": Bench(lambda _: bench_project.unit_tests(), 60),
    "demo": Bench(lambda _: bench_project.demo(), 80),
}


def in_a_child(name: str, bench: Bench, seconds_left: float, *, long: bool) -> tuple[list[Row], bool]:
    """Rows of a bench and whether it went well; one that fails is a row without a value and with the reason."""
    limit = min(LONG_SECONDS if long and name in LONG else bench.seconds, max(seconds_left, 1.0))
    command = [sys.executable, "-m", "tests.benchmarks", "--only", name, *(["--long"] if long else [])]
    child = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        out, err = child.communicate(timeout=limit)
    except subprocess.TimeoutExpired:
        _end(child)
        return [row(name, None, "", note=f"failed: not done after {limit:.0f} s")], False
    except BaseException:
        _end(child)
        raise
    if child.returncode == 0:
        rows: list[Row] = json.loads(out.splitlines()[-1])
        return rows, True
    lines = [line.strip() for line in err.decode("utf-8", "replace").splitlines() if line.strip()]
    return [row(name, None, "", note=f"failed: {(lines or ['it said nothing'])[-1][-300:]}")], False


def _end(child: subprocess.Popen[bytes]) -> None:
    child.terminate()
    try:
        child.communicate(timeout=_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.communicate()
