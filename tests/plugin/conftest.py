"""Commands run as a user types them, and one finished check that several tests look at."""

import io
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout, suppress
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from harness import cli
from harness.device.adb_server import PrivateAdbServer
from harness.device.virtual_devices import Connected, virtual_devices

PROJECT = Path(__file__).resolve().parents[2]
APPS = PROJECT / "device_farm" / "virtual" / "apps"
SHOPS, SHOPS_FILE = "com.example.linjia.shops", APPS / "exit_by_finish.py"
DEADLINE = 90.0
ONLY_5 = ("--clause", "5")
"""Most of these tests are about the check itself: the short clause is enough."""


def python(
    words: Sequence[object], folder: Path, *, typed: bool = False, environment: Mapping[str, str] | None = None
) -> subprocess.Popen[str]:
    """Start this Python with the project on its path, as after an installation.

    ``typed``: its standard input is a pipe of ours. ``environment`` comes on top of our own.
    """
    known = os.environ.get("PYTHONPATH")
    path = os.pathsep.join([str(PROJECT), *([known] if known else [])])
    return subprocess.Popen(
        [sys.executable, *map(str, words)],
        cwd=folder,
        env={"APPRIGHTS_LANG": "en", **os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1", **(environment or {})},
        stdin=subprocess.PIPE if typed else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


class Said(NamedTuple):
    code: int
    out: str
    err: str

    def run(self) -> dict[str, Any]:
        """The one run that ``--json`` told."""
        return dict(json.loads(self.out))

    def one_line(self) -> str:
        """The one line of a refusal: nothing else, no traceback."""
        assert "Traceback" not in self.out + self.err
        assert not self.out.strip()
        lines = self.err.strip().splitlines()
        assert len(lines) == 1, self.err
        return lines[0]


def finish(child: subprocess.Popen[str]) -> Said:
    """Wait for a command to end; it is killed at the deadline, and then the test fails."""
    try:
        out, err = child.communicate(timeout=DEADLINE)
    except subprocess.TimeoutExpired:
        child.kill()
        child.communicate()
        raise
    return Said(child.returncode, out, err)


def apprights(*words: object, folder: Path) -> Said:
    return finish(python(["-m", "harness.cli", *words], folder))


def apprights_here(*words: object, folder: Path) -> Said:
    """Run the ``apprights`` command in ``folder`` without a process of its own: its start is not what is tested."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    with chdir(folder), redirect_stdout(out), redirect_stderr(err), pytest.MonkeyPatch.context() as patched:
        patched.setattr(sys, "argv", ["apprights", *map(str, words)])
        patched.setattr(cli, "_end_undisturbed", lambda: None)  # not of the process that tests
        try:
            cli.main()
        except SystemExit as end:
            code = int(end.code or 0)
    return Said(code, out.getvalue(), err.getvalue())


def scenarios(serial: str, port: int, package: str) -> list[object]:
    """The words of the pytest run of section "the same scenarios on a real phone"."""
    words = ["-m", "pytest", "--pyargs", "scenarios", "--app", package, "--serial", serial, "--adb-port", port]
    return [*words, *ONLY_5, "--junitxml=x.xml", "--html=y.html", "--runs", "runs"]


@pytest.fixture(scope="module")
def two_phones() -> Iterator[Connected]:
    """Two devices; the first has the exit_by_finish sample, so has the second."""
    with virtual_devices(apps=[SHOPS_FILE], count=2) as devices:
        yield devices


@pytest.fixture(scope="module")
def server() -> Iterator[PrivateAdbServer]:
    with PrivateAdbServer() as made:
        yield made


def until(found: Callable[[], object], child: subprocess.Popen[str]) -> None:
    """Wait while ``child`` runs until ``found`` is true; fails at the deadline, or when the child ends before."""
    deadline = time.monotonic() + DEADLINE
    while not found():
        with suppress(subprocess.TimeoutExpired):
            raise AssertionError(f"ended with {child.wait(0.05)} before: {child.communicate(timeout=DEADLINE)}")
        assert time.monotonic() < deadline, f"not within {DEADLINE:g} s"


def external_references(html: str) -> list[str]:
    """Whatever a browser would fetch for the page from somewhere else."""
    fetched = r"""(?:src|data|poster|action)\s*=\s*["']?\s*(?:https?:)?//[^"'\s>]+"""
    return re.findall(rf"{fetched}|<link[^>]+>|@import[^;]+;|url\(\s*[\"']?(?:https?:)?//[^)]+\)", html)


class Checked(NamedTuple):
    """A finished pytest run: where x.xml, y.html and the run folder are."""

    said: Said
    folder: Path
    run: Path


@pytest.fixture(scope="session")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    """The exit_by_finish sample after ``pytest --pyargs scenarios``; nobody may alter it."""
    folder = tmp_path_factory.mktemp("checked")
    with virtual_devices(apps=[SHOPS_FILE]) as devices:
        said = finish(python(scenarios(devices.serials[0], devices.port, SHOPS), folder))
    runs = list((folder / "runs").iterdir())
    assert len(runs) == 1, said
    return Checked(said, folder, runs[0])
