"""A night in a process of its own: each job is told once, with its own end, whatever becomes of the others."""

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Event
from typing import ClassVar

import pytest

from device_farm.execution.child_process import Termination
from device_farm.night import run_night as module
from device_farm.night.run_night import JobMessage, job_message, run_night
from device_farm.samples.sample import OWN_APPS
from device_farm.units.attempt_result import AttemptResult
from device_farm.units.job import Job, Phone, Virtual
from device_farm.units.unit import End
from harness.engine.night import AppResult
from harness.errors import CommandFailed

PHONE = Phone("virtual-1", virtual=Virtual())


def jobs(runs: Path, *apps: str) -> list[Job]:
    return [Job(number, f"key{number}", 1, app, (6,), runs) for number, app in enumerate(apps, 1)]


def test_a_bad_file_is_its_own_fault_and_the_others_get_their_verdicts(tmp_path: Path) -> None:
    (tmp_path / "bad.apk").write_text("this is no APK\n", encoding="utf-8")
    wanted = jobs(
        tmp_path / "runs", str(OWN_APPS / "starts_itself.py"), str(tmp_path / "bad.apk"), str(OWN_APPS / "starts_before_consent.py")
    )
    recorded: dict[int, str] = {}
    found = {
        job.unit: ended
        for job, ended in run_night(
            wanted, PHONE, stop=threading.Event(), recording=lambda job, folder: recorded.update({job.unit: folder})
        )
    }
    assert {unit: ended.end for unit, ended in found.items()} == {1: End.DONE, 2: End.APP_FAULT, 3: End.DONE}
    outcomes = {unit: {row.rule: row.outcome for row in ended.results} for unit, ended in found.items()}
    assert outcomes[1]["c6-self-start"] == "violation"
    assert outcomes[3]["c6-starts-before-consent"] == "violation"
    assert (found[2].run, found[2].results) == ("", ())
    assert {unit: found[unit].run for unit in (1, 3)} == recorded


class Child:
    """A process that tells what it was given to tell, night by night."""

    nights: ClassVar[list[dict[str, JobMessage]]] = []
    asked: ClassVar[list[list[str]]] = []
    termination = Termination.NOT
    exit_words = "exit code 1"

    def __init__(self, work: Callable[..., None], wanted: Sequence[Job], phone: Phone) -> None:
        self._wanted, self._told = wanted, Child.nights[len(Child.asked)]
        Child.asked.append([job.app for job in wanted])

    def messages(self, stop: Event) -> Iterator[JobMessage]:
        for place, job in enumerate(self._wanted):
            if job.app in self._told:
                of = self._told[job.app]
                yield JobMessage(place, result=of.result, disturbed_by=of.disturbed_by, unexplained=of.unexplained, package=job.app)


def told(run: str, by: str = "", *, unexplained: bool = False) -> JobMessage:
    return JobMessage(0, result=AttemptResult(End.DONE, run=run), disturbed_by=frozenset(by.split()), unexplained=unexplained)


def played(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *nights: dict[str, JobMessage], further: int = 5
) -> tuple[dict[str, str], set[tuple[str, str]]]:
    """What came of four jobs, and the pairs that were found."""
    Child.nights, Child.asked = list(nights), []
    monkeypatch.setattr(module, "Child", Child)
    pairs: set[tuple[str, str]] = set()
    found = run_night(jobs(tmp_path, "a", "b", "c", "d"), PHONE, stop=threading.Event(), found=pairs.update, further=further)
    ended = [(job.app, ended.run) for job, ended in found]
    assert sorted(app for app, _run in ended) == ["a", "b", "c", "d"]
    return dict(ended), pairs


def test_who_was_disturbed_goes_again_and_is_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = {"a": told("1a"), "b": told("1b", "a"), "c": told("1c"), "d": told("1d")}
    ended, pairs = played(monkeypatch, tmp_path, first, {"b": told("2b")})
    assert ended == {"a": "1a", "b": "2b", "c": "1c", "d": "1d"}
    assert pairs == {("b", "a")}
    assert Child.asked == [["a", "b", "c", "d"], ["b"]]


def test_without_time_for_another_night_the_first_one_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = {"a": told("1a"), "b": told("1b", "a"), "c": told("1c"), "d": told("1d")}
    assert played(monkeypatch, tmp_path, first, further=0)[0]["b"] == "1b"


def test_a_night_that_nobody_explains_is_halved_until_each_is_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = {app: told(f"1{app}", unexplained=True) for app in "abcd"}
    halves = [{"a": told("2a", unexplained=True), "c": told("2c", unexplained=True)}, {"b": told("3b"), "d": told("3d")}]
    ended, _pairs = played(monkeypatch, tmp_path, first, *halves, {"a": told("4a")}, {"c": told("5c")})
    assert ended == {"a": "4a", "b": "3b", "c": "5c", "d": "3d"}
    assert Child.asked[1:] == [["a", "c"], ["b", "d"], ["a"], ["c"]]


def test_a_job_of_which_nothing_was_told_ends_as_a_fault_of_the_host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Child.nights, Child.asked = [{"a": told("1a")}], []
    monkeypatch.setattr(module, "Child", Child)
    found = {job.app: ended.end for job, ended in run_night(jobs(tmp_path, "a", "b"), PHONE, stop=threading.Event())}
    assert found == {"a": End.DONE, "b": End.HOST_FAULT}


@pytest.mark.parametrize(("code", "again"), [("INSTALL_FAILED_CONFLICTING_PROVIDER", True), ("INSTALL_FAILED_INVALID_APK", False)])
def test_what_a_phone_refuses_because_of_a_neighbour_goes_into_another_night(code: str, again: bool) -> None:
    served = AppResult("a.apk", problem=CommandFailed("install a.apk", 1, f"Failure [{code}: Scanning Failed.]"))
    of = job_message(3, served, PHONE)
    assert (of.place, of.result.results, of.unexplained, bool(of.package)) == (3, (), again, again)
