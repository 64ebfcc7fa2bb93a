"""Options of the project's own test suite: a skip that is not allowed by name fails it."""

import faulthandler
import gc
import os
import sys
import tempfile
import time
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from _pytest.faulthandler import fault_handler_stderr_fd_key

from tests.long import file_has, long_ones

if find_spec("hypothesis"):  # whoever runs scenarios in this folder may have the runtime alone
    from hypothesis import settings
    from hypothesis.internal.conjecture import providers

    # The same examples each time, however busy the machine; --hypothesis-profile thorough looks for others.
    settings.register_profile("calm", deadline=None, derandomize=True, max_examples=30)
    settings.register_profile("thorough", deadline=None, max_examples=1000)
    settings.load_profile("calm")

    @pytest.hookimpl(trylast=True)  # once a profile is chosen
    def pytest_configure(config: pytest.Config) -> None:
        """Hypothesis also tries constants of whatever modules are loaded: other ones alone than in the whole suite."""
        if settings.get_current_profile_name() == "calm":
            providers._get_local_constants = providers.Constants


ROOT = Path(__file__).parent
ALLOWED = ROOT / "tests" / "allowed_skips.txt"
STANDS_STILL_SECONDS = 1800  # one of a minute may take ten on a busy host
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


gc.disable()  # what is collected stays to the end: to look through it again and again is a third of the time it takes


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop() -> None:
    gc.freeze()
    gc.enable()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than cores: a test that waits for a process of its own leaves its core to another one."""
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return cores + 1


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--changed", metavar="COMMIT", help="only test files that what changed since COMMIT can reach")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test that stands still tells where, and costs its worker, not the whole run.

    The watch is set anew once a minute: pytest's own starts and ends a thread for each of thousands of tests.
    """
    now = time.perf_counter()
    if now - item.session.stash.get(_watched, -60.0) >= 60:
        item.session.stash[_watched] = now
        faulthandler.dump_traceback_later(STANDS_STILL_SECONDS, exit=True, file=item.config.stash[fault_handler_stderr_fd_key])


_watched = pytest.StashKey[float]()


@cache
def reached(since: str) -> set[str]:
    from tests.reached import Reach, changed  # reads all modules

    return Reach().files(changed(since))


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """A file without a test of the part that runs is not imported: each worker would do it."""
    if collection_path.suffix != ".py" or not collection_path.is_relative_to(ROOT):
        return None
    part, since = config.getoption("markexpr"), config.getoption("changed")
    path = collection_path.relative_to(ROOT).as_posix()
    spared = part in ("long", "not long") and not file_has(path, long=part == "long")
    return True if spared or (since and path not in reached(since)) else None


@pytest.hookimpl(tryfirst=True)  # before those of the other part are taken out
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The tests that wait for minutes begin first, or the others would end long before them."""
    for item, long in zip(items, long_ones(item.nodeid for item in items), strict=True):
        if long:
            item.add_marker("long")
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped and isinstance(report.longrepr, tuple):
        _skips.append((report.nodeid, report.longrepr[2].removeprefix("Skipped: ")))


_skips: list[tuple[str, str]] = []


def allowed() -> list[tuple[str, str]]:
    """(beginning of a test's id, beginning of a reason), a pair a line, parted by a tab."""
    lines = ALLOWED.read_text(encoding="utf-8").splitlines()
    return [(test, reason) for test, _, reason in (line.partition("\t") for line in lines) if reason]


def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workerinput"):
        return  # a worker of xdist: its skips reach the controller as reports
    if session.config.getoption("changed") and session.exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED:
        session.exitstatus = pytest.ExitCode.OK
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
