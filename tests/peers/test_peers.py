"""The runner of others' suites: outcomes, hangs and known exceptions, on small suites written here."""

import os
import sys
from pathlib import Path

import pytest

from tools.peers import exceptions
from tools.peers import run as runner
from tools.peers.__main__ import line
from tools.peers.run import Result
from tools.peers.suites import ALL, Suite

TESTS = """
import pytest, threading

def test_good(): pass
def test_bad(): assert False
@pytest.mark.skip
def test_skipped(): pass
@pytest.fixture
def broken(): raise OSError
def test_setup(broken): pass
def test_hangs(): threading.Event().wait()
"""
WEDGED = """
import signal, threading

def test_good(): pass
def test_wedged():
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])
    threading.Event().wait()
"""


@pytest.fixture
def outcome(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(runner, "FOLDER", tmp_path / "work")
    (tmp_path / "work").mkdir()
    environment = {"PATH": os.environ["PATH"], "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}

    def run(text: str, suite_seconds: float = 60.0, select: str = "") -> Result:
        (tmp_path / "test_others.py").write_text(text)
        suite = Suite("owner+name", "test_others.py", test_seconds=1.0, suite_seconds=suite_seconds)
        return runner.run(suite, tmp_path, Path(sys.executable), environment, select)

    return run


def test_every_outcome_is_counted_and_a_hanging_test_fails_by_name(outcome) -> None:
    result = outcome(TESTS)
    assert (result.passed, result.skipped) == (["test_good"], ["test_skipped"])
    assert result.failed == ["test_bad", "test_setup", "test_hangs"]
    assert result.problem == ""


def test_a_suite_that_cannot_be_ended_from_inside_is_killed(outcome) -> None:
    result = outcome(WEDGED, suite_seconds=10.0)
    assert (result.passed, result.failed) == (["test_good"], ["test_wedged"])
    assert result.problem == "more than 10 s"


def test_a_file_that_does_not_import_is_a_failure(outcome) -> None:
    result = outcome("import no_such_module")
    assert result.failed == ["test_others.py"]
    assert result.problem


def test_the_line_gives_a_reason_where_there_is_one() -> None:
    result = Result(["a", "b", "d"], ["c", "e"], ["f"], seconds=2.4)
    assert line("o+n", "abc", result, {"c": "needs a SIM", "d": "was slow"}) == (
        "o+n abc 3 passed 2 failed: c (needs a SIM), e; 1 skipped; passed although named in exceptions.toml: d; 2 s"
    )


def test_exceptions_name_known_suites_and_give_reasons() -> None:
    names = {suite.checkout for suite in ALL}
    for entry in exceptions.entries():
        assert entry["suite"] in names
        assert entry["test"]
        assert len(entry["reason"].split()) > 3
