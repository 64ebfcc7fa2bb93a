"""Processor time on the host.

A whole check of a sample on clauses 1 and 5, how often it replays itself, a step of its walk, a run on film,
``--version``.
"""

import contextlib
import io
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import typer

from device_farm.samples.sample import OWN_APPS, Sample
from device_farm.samples.sample_check import read_sample
from device_farm.virtual.control_port import ask
from harness import cli
from harness.device.adb import connect
from harness.device.virtual_devices import virtual_devices
from harness.engine.check import drive_once
from harness.events import FilmTaken
from harness.explorer.app_walk import Walk, WalkResult
from harness.replay import run_replay
from harness.restore.ledger import state_apart
from harness.session.check_options import Options
from harness.session.session import Session
from tests.benchmarks.rows import Row, row

SAMPLE = "polite"
_ROUNDS = 3
_FILM_SECONDS = 10.0
_FILMS = (("film", ""), ("film of single pictures", "no-encoder"))
_FILMED = f"--film for {_FILM_SECONDS:.0f} s; from the app's start until the film is on the disk"


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
        *(row(f"{how}: share of a core, host", _filmed(sample, fault), "", aim="<= 0.5", note=_FILMED) for how, fault in _FILMS),
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


def _filmed(sample: Sample, fault: str) -> float:
    """What a run on film takes of a core; the app is looked at all the while, in the computer's own time."""
    with virtual_devices(apps=[sample.path]) as (serials, port), tempfile.TemporaryDirectory() as runs, state_apart():
        device = connect(serials[0], port=port)
        if fault:
            list(ask(serials[0], ["fault", fault]))

        def act(session: Session, canary: str) -> None:
            session.launch()
            end = time.monotonic() + _FILM_SECONDS
            while time.monotonic() < end:
                session.look()
                time.sleep(0.5)

        began, used = time.monotonic(), time.process_time()
        taken = drive_once(device, sample.package, Options(film=True), "film", act, runs=Path(runs)).timeline.of(FilmTaken)
        if not any(film.path for film in taken):
            raise RuntimeError("no film came of it")
        return (time.process_time() - used) / (time.monotonic() - began)


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
