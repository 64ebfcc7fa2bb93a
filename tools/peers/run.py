"""Run one suite with its own pytest and read what came out of it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tools.peers.environment import FOLDER

if TYPE_CHECKING:
    from tools.peers.suites import Suite

_PLUGIN = "peers_report"
_PYTEST_SIDE = Path(__file__).with_name("pytest_side")


@dataclass(slots=True)
class Result:
    """What came out of a suite: test names by outcome, in the order they ran. A hung or killed test is a failed one."""

    passed: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    problem: str = ""  # why the suite as a whole did not run to its end
    seconds: float = 0.0


def run(suite: Suite, checkout: Path, python: Path, environment: dict[str, str], select: str) -> Result:
    """Run ``suite``; its output goes to ``build/peers/NAME.log``. ``select`` narrows it further, as pytest -k does."""
    scratch = FOLDER / "run" / suite.checkout
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    if suite.home is not None:
        shutil.copytree(checkout, scratch, dirs_exist_ok=True)
    else:
        _copy(checkout / suite.tests, scratch / suite.tests)
    report, temporary = scratch / "outcomes.txt", scratch / "tmp"
    temporary.mkdir()
    report.touch()
    paths = [scratch, _PYTEST_SIDE, *([suite.stand_ins] if suite.stand_ins else [])]
    expression = " and ".join(f"({each})" for each in (suite.select, select) if each)
    command = [
        str(python), "-m", "pytest", "-p", _PLUGIN, "-p", "no:cacheprovider", "-c", os.devnull, "--tb=short",
        "--rootdir", str(scratch), "--confcutdir", str(scratch),  # the project's conftest.py is not theirs
        *([] if suite.capture else ["-s"]), *(["-k", expression] if expression else []), suite.tests,
    ]  # fmt: skip
    variables = {
        **environment,
        "PYTHONPATH": ":".join(map(str, paths)),
        "PYTHONDONTWRITEBYTECODE": "1",
        "TMPDIR": str(temporary),
        "PEERS_REPORT": str(report),
        "PEERS_TEST_SECONDS": str(suite.test_seconds),
    }
    started = time.monotonic()
    with (FOLDER / f"{suite.checkout}.log").open("wb") as log:
        problem = _run(command, scratch, variables, log.fileno(), suite.suite_seconds)
    result = _read(report)
    result.problem, result.seconds = problem, time.monotonic() - started
    return result


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copy(source, target)


def _run(command: list[str], folder: Path, environment: dict[str, str], log: int, seconds: float) -> str:
    """Run in a process group of its own, so that whatever the suite started ends with it; returns what went wrong.

    Its standard input is a pipe that stays open and empty: some clients leave as soon as theirs ends (``adb raw``).
    """
    process = subprocess.Popen(command, cwd=folder, env=environment, stdin=subprocess.PIPE, stdout=log, stderr=log, start_new_session=True)
    assert process.stdin is not None
    try:
        status = process.wait(seconds)
    except subprocess.TimeoutExpired:
        return f"more than {seconds:g} s"
    finally:
        with suppress(ProcessLookupError):  # what the suite left behind, too
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        process.stdin.close()
    return "" if status in {0, 1} else f"pytest ended with {status}"  # 1: tests failed


def _read(report: Path) -> Result:
    outcomes: dict[str, str] = {}
    for line in report.read_text(encoding="utf-8").splitlines():
        outcome, _, node = line.partition("\t")
        if outcomes.get(node) != "failed":  # failed once, by set-up, call or tear-down, is failed
            outcomes[node] = outcome
    result = Result()
    for node, outcome in outcomes.items():
        name = node.partition("::")[2] or node
        {"passed": result.passed, "skipped": result.skipped}.get(outcome, result.failed).append(name)
    return result
