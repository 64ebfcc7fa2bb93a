"""Pytest plugin inside a suite: writes each outcome as it happens, and ends a test that hangs.

A line a test: outcome, tab, name. So the tests before a hang count, and the one that hangs is known by its name.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

_SECONDS = float(os.environ["PEERS_TEST_SECONDS"])
_REPORT = Path(os.environ["PEERS_REPORT"])


def _write(outcome: str, node: str) -> None:
    with _REPORT.open("a", encoding="utf-8") as report:
        report.write(f"{outcome}\t{node}\n")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Give the test its time; it gets a TimeoutError in the middle of what it does."""

    def too_long(*_: object) -> None:
        raise TimeoutError(f"more than {_SECONDS:g} s")

    _write("started", item.nodeid)
    before = signal.signal(signal.SIGALRM, too_long)
    signal.setitimer(signal.ITIMER_REAL, _SECONDS)
    try:
        return (yield)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Write what came out: a failure in any phase, a skip in set-up, or the end of the call."""
    if report.failed:
        _write("failed", report.nodeid)
    elif report.skipped:
        _write("skipped", report.nodeid)
    elif report.when == "call":
        _write("passed", report.nodeid)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    """A file that cannot be collected is a failure of its own name."""
    if report.failed:
        _write("failed", report.nodeid)
