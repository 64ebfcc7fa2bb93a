"""Options of the project's own test suite: a skip that is not allowed by name fails it."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis.internal.conjecture import providers

# The same examples each time, however busy the machine; --hypothesis-profile thorough looks for others.
settings.register_profile("calm", deadline=None, derandomize=True, max_examples=30)
settings.register_profile("thorough", deadline=None, max_examples=1000)
settings.load_profile("calm")

ROOT = Path(__file__).parent
ALLOWED = ROOT / "tests" / "allowed_skips.txt"
LONGEST = ("tests/farm/soak/", "tests/farm/dispatch/")
MEMORY, ROOM_BYTES = Path("/dev/shm"), 2 << 30


def takes_tests(folder: Path, *, room: int = ROOM_BYTES) -> bool:
    """Whether tests can write into a folder that Linux keeps in memory: it has room, and programs can run from it."""
    if sys.platform != "linux" or not folder.is_dir() or not os.access(folder, os.W_OK):
        return False
    found = os.statvfs(folder)
    return found.f_bavail * found.f_frsize >= room and not found.f_flag & (os.ST_NOEXEC | os.ST_RDONLY)


# A check has each step on disk before the next, some 400 times; what a test writes need not outlive a power cut.
if "TMPDIR" not in os.environ and takes_tests(MEMORY):
    os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


@pytest.hookimpl(trylast=True)  # once a profile is chosen
def pytest_configure(config: pytest.Config) -> None:
    """Hypothesis also tries constants of whatever modules are loaded: other ones alone than in the whole suite."""
    if settings.get_current_profile_name() == "calm":
        providers._get_local_constants = providers.Constants


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than cores: a test that waits for a process of its own leaves its core to another one."""
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return cores + 1


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The tests that wait for minutes begin first, or the others would end long before them."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


FAILED = os.environ.get("APPRIGHTS_FAILED")
"""A file that gets the ids of the tests that failed, for CI to try them alone."""


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.failed and report.nodeid not in _failed:
        _failed.append(report.nodeid)
    if report.skipped and isinstance(report.longrepr, tuple):
        _skips.append((report.nodeid, report.longrepr[2].removeprefix("Skipped: ")))


_skips: list[tuple[str, str]] = []
_failed: list[str] = []


def allowed() -> list[tuple[str, str]]:
    """(beginning of a test's id, beginning of a reason), a pair a line, parted by a tab."""
    lines = ALLOWED.read_text(encoding="utf-8").splitlines()
    return [(test, reason) for test, _, reason in (line.partition("\t") for line in lines) if reason]


def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workerinput"):
        return  # a worker of xdist: its skips reach the controller as reports
    if FAILED:
        Path(FAILED).write_text("".join(f"{test}\n" for test in _failed), encoding="utf-8")
    known = allowed()
    strange = [
        (test, reason)
        for test, reason in _skips
        if test.startswith("tests/") and not any(test.startswith(t) and reason.startswith(r) for t, r in known)
    ]
    for test, reason in strange:
        terminal: Any = session.config.pluginmanager.get_plugin("terminalreporter")
        terminal.write_line(f"skip not in tests/allowed_skips.txt: {test}: {reason}", red=True)
    if strange and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
