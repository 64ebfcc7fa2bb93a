"""Work in a process of its own: what comes back, and that nothing of it stays."""

import sys
import threading
from collections.abc import Callable
from typing import Any

import pytest

from device_farm.execution.child_process import Child, Termination
from device_farm.execution.run_unit import ended_from, without_answer
from device_farm.units.attempt_result import AttemptResult, RuleResult
from device_farm.units.job import Doing, Recording
from device_farm.units.unit import End
from harness.language import Text
from tests.farm.desk import doings
from tests.farm.desk.night import alive, until


def all_of(work: Callable[..., None], *, stop_at: type | None = None, grace: float = 30.0) -> tuple[Child, list[Any]]:
    """Everything that work told; it is stopped when it told something of a kind."""
    child, stop, told = Child(work), threading.Event(), []
    for message in child.messages(stop, grace_seconds=grace):
        told.append(message)
        if stop_at is not None and isinstance(message, stop_at):
            stop.set()
    return child, told


def test_what_is_told_comes_in_order_and_the_process_is_gone() -> None:
    child, told = all_of(doings.answer)
    assert told == [Recording("runs/a"), Doing(Text("first launch")), AttemptResult(End.DONE, run="runs/a")]
    assert child.termination is Termination.NOT
    assert not alive(child.pid)


def test_a_stop_is_heard_and_answered() -> None:
    child, told = all_of(doings.obey, stop_at=Recording)
    assert (child.termination, told[-1].end, child.killed) == (Termination.STOPPED, End.STOPPED, False)


def test_a_stop_that_was_lost_before_the_run_listened_comes_again() -> None:
    child, told = all_of(doings.lose, stop_at=Recording)
    assert (told[-1].end, child.killed) == (End.STOPPED, False)


@pytest.mark.skipif(sys.platform == "win32", reason="a group of processes")
def test_what_hangs_is_ended_at_its_limit_with_all_that_it_started() -> None:
    child, told = all_of(doings.hang, grace=0.5)
    assert (child.termination, child.killed) == (Termination.LIMIT, True)
    until(lambda: not alive(int(told[0].folder)), "the end of what it had started", 20)
    ended = ended_from(without_answer(child, "runs/a", "12ab"), child.termination, seconds=1.0)
    assert (ended.end, ended.run, ended.root) == (End.TIMEOUT, "runs/a", "12ab")


def test_a_process_that_crashes_is_a_fault_of_the_computer_and_its_folder_is_kept() -> None:
    child, told = all_of(doings.crash)
    assert told == [Recording("runs/a")]
    ended = ended_from(without_answer(child, "runs/a", None), child.termination, seconds=1.0)
    assert (ended.end, ended.run, ended.root) == (End.HOST_FAULT, "runs/a", None)
    assert "SIGKILL; what it recorded is not sealed" in str(ended.reason)


@pytest.mark.parametrize("end", [End.STOPPED, End.DEVICE_FAULT, End.HOST_FAULT])
def test_rows_of_a_run_that_was_not_whole_never_reach_the_store(end: End) -> None:
    result = RuleResult("c5-exit-after-denial", "5", "clear", "", "")
    ended = ended_from(AttemptResult(end, Text("why"), run="runs/a", results=(result,)), Termination.NOT, seconds=1.0)
    assert (ended.end, ended.results, ended.findings) == (end, (), ())


def test_a_run_that_was_whole_at_its_limit_counts() -> None:
    result = RuleResult("c5-exit-after-denial", "5", "violation", "", "")
    ended = ended_from(AttemptResult(End.DONE, run="runs/a", results=(result,)), Termination.LIMIT, seconds=1.0)
    assert (ended.end, len(ended.results)) == (End.DONE, 1)


def test_a_stop_that_comes_before_there_is_anything_to_stop_is_no_force_and_lost_no_record() -> None:
    child, stop = Child(doings.wait), threading.Event()
    stop.set()
    assert list(child.messages(stop)) == []
    told = without_answer(child, "", None)
    assert (child.killed, told.end, told.run, str(told.reason)) == (False, End.STOPPED, "", "stopped before a run was begun")
