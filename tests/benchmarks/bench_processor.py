"""Processor time on the host.

A whole check of a sample on clauses 1 and 5, how often it replays itself, a step of its walk, and ``--version``.
"""

import contextlib
import io
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator

import typer

from device_farm.samples.sample import OWN_APPS, Sample
from device_farm.samples.sample_check import read_sample
from harness import cli
from harness.device.virtual_devices import virtual_devices
from harness.explorer.app_walk import Walk, WalkResult
from harness.replay import run_replay
from tests.benchmarks.rows import Row, row

SAMPLE = "polite"
_ROUNDS = 3


def run() -> list[Row]:
    """The device is a process of its own, so that only the host's share is counted.

    The first check is not: it loads the modules.
    """
    sample = read_sample(OWN_APPS / f"{SAMPLE}.py")
    _check(sample)
    begun: list[object] = []
    counted = run_replay.JournalLog
    walked: list[tuple[float, int]] = []
    with _replaced(lambda *words: begun.append(None) or counted(*words)), _timed(walked):
        seconds = _check(sample)
    note = f"sample {SAMPLE}, clauses 1 and 5, threads of the recorder included"
    return [
        row("check: processor time, host", seconds, "s", aim="<= 1", note=note),
        row("check: replays", float(len(begun)), "", aim="<= 1", note="how often the journal of its run was read from the beginning"),
        row("walk: processor time a step", 1000 * sum(part for part, _ in walked) / sum(steps for _, steps in walked), "ms", aim="<= 25"),
        row("apprights --version: processor time", _version_seconds(), "s", aim="<= 0.25", note=f"least of {_ROUNDS}"),
    ]


@contextlib.contextmanager
def _replaced(maker: Callable[..., object]) -> Iterator[None]:
    before = run_replay.JournalLog
    run_replay.JournalLog = maker
    try:
        yield
    finally:
        run_replay.JournalLog = before


@contextlib.contextmanager
def _timed(walked: list[tuple[float, int]]) -> Iterator[None]:
    """Note the processor time of each walk, and its steps."""
    run = Walk.run

    def timed(walk: Walk) -> WalkResult:
        began = time.process_time()
        result = run(walk)
        walked.append((time.process_time() - began, result.steps))
        return result

    Walk.run = timed
    try:
        yield
    finally:
        Walk.run = run


def _check(sample: Sample) -> float:
    """Check the sample on a new device by the command line in this process.

    Seconds of processor time that this took.
    """
    with virtual_devices(apps=[sample.path]) as (serials, port), tempfile.TemporaryDirectory() as runs:
        words = ["check", sample.package, "--serial", serials[0], "--adb-port", str(port), "--runs", runs, "--json"]
        began = time.process_time()
        with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
            command = typer.main.get_command(cli.app)
            command.main([*words, *sample.options, "--clause", "1", "--clause", "5"], prog_name="apprights", standalone_mode=False)
        return time.process_time() - began


def _version_seconds() -> float | None:
    """Processor time of ``apprights --version``.

    None where the system does not tell that of ended children (Windows).
    """
    if os.name != "posix":
        return None
    times = []
    for _ in range(_ROUNDS):
        before = os.times()
        subprocess.run([sys.executable, "-m", "harness.cli", "--version"], stdout=subprocess.DEVNULL, check=True)
        after = os.times()
        times.append(after.children_user + after.children_system - before.children_user - before.children_system)
    return min(times)
