"""``apprights farm run`` as people use it: on virtual phones, interrupted, killed, and given again."""

import json
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.farm.desk.night import APPS, SHORT, Night, alive, end, jobs_of, rows, status, until

FOUR = [str(APPS / f"{name}.py") for name in ("exit_by_crash", "exit_by_finish", "polite", "asks_when_used")]
RECORDING = "select 1 from attempts where run != ''"
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked for in /proc")


@pytest.fixture
def night(tmp_path: Path) -> Iterator[Callable[..., Night]]:
    """Begins nights in one folder; all of them are ended with the test."""
    begun: list[Night] = []

    def begin(*words: str) -> Night:
        begun.append(Night(tmp_path / "out", *words))
        return begun[-1]

    yield begin
    for one in begun:
        one.close()


def each_once(out: Path, units: int) -> None:
    """Every unit has one try that counts, with one result a rule, and its run folder is whole."""
    assert rows(out, "select count(*), count(distinct id) from units where state = 'done'") == [(units, units)]
    assert rows(out, "select count(*) from attempts where end = 'done'") == [(units,)]
    assert rows(out, "select unit_id from results group by unit_id, rule having count(*) > 1") == []
    assert rows(out, "select count(distinct unit_id) from results") == [(units,)]


def test_killed_at_several_moments_the_same_command_goes_on_and_every_unit_counts_once(night: Callable[..., Night], tmp_path: Path) -> None:
    out, words = tmp_path / "out", (*FOUR, "--virtual", "2", *SHORT)
    left: list[int] = []
    for done in (0, 1, 2):
        one = night(*words)
        until(lambda one=one: bool(jobs_of(one.pid)), "a job")
        until(lambda done=done: len(rows(out, "select 1 from units where state = 'done'")) >= done, f"{done} units")
        left += one.kill()
    assert rows(out, "select 1 from units where state in ('waiting', 'running')")
    assert night(*words).wait() == 1
    each_once(out, 4)
    assert rows(out, "select count(*) from attempts where end is null") == [(0,)]
    until(lambda: not any(alive(pid) for pid in left), "the end of what outlived its coordinator", 60)
    lost = rows(out, "select count(*) from attempts where end = 'lost'")
    assert lost[0][0] >= 1
    units = status(out)
    assert {unit["outcome"] for unit in units} == {"violation", "clear"} | {unit["outcome"] for unit in units}
    assert all(json.loads((tmp_path / unit["run"] / "manifest.json").read_text("utf-8"))["root"] for unit in units)


def test_a_killed_job_is_told_and_done_again(night: Callable[..., Night], tmp_path: Path) -> None:
    one = night(FOUR[0], "--virtual", "1", *SHORT)
    until(lambda: bool(jobs_of(one.pid)), "a job")
    until(lambda: bool(rows(tmp_path / "out", RECORDING)), "a run folder")
    for pid in jobs_of(one.pid):
        end(pid)
    assert one.wait() == 1
    each_once(tmp_path / "out", 1)
    ends = rows(tmp_path / "out", "select end, reason_en, run from attempts order by number")
    assert [row[0] for row in ends] == ["host-fault", "done"]
    assert "SIGKILL" in str(ends[0][1])
    assert json.loads((tmp_path / str(ends[0][2]) / "manifest.json").read_text("utf-8"))["sealed_later"], "what it had recorded is kept"
    (broken,) = status(tmp_path / "out")[0]["broken_off"]
    assert (broken["end"], broken["run"], bool(broken["root"])) == ("host-fault", ends[0][2], True)


def test_ctrl_c_seals_and_the_same_command_goes_on(night: Callable[..., Night], tmp_path: Path) -> None:
    out, words = tmp_path / "out", (FOUR[0], "--virtual", "1", *SHORT)
    one = night(*words)
    until(lambda: bool(rows(out, RECORDING)), "a run folder")
    one.send(signal.SIGINT)
    assert one.wait() == 130
    stopped = status(out)[0]
    assert (stopped["state"], stopped["end"], stopped["outcome"]) == ("waiting", "stopped", None)
    assert (tmp_path / stopped["run"] / "manifest.json").is_file()
    assert night(*words).wait() == 1
    each_once(out, 1)


def test_a_folder_is_worked_at_by_one_alone(night: Callable[..., Night], tmp_path: Path) -> None:
    words = (FOUR[0], "--virtual", "1", *SHORT)
    one = night(*words)
    until(lambda: (tmp_path / "out" / "farm.sqlite").exists(), "a store")
    two = night(*words)
    assert two.wait() == 2
    assert f"process {one.pid}" in two.told()
    assert one.wait() == 1


def test_what_is_no_app_is_told_row_by_row_and_the_rest_goes_on(night: Callable[..., Night], tmp_path: Path) -> None:
    (tmp_path / "notes.apk").write_bytes(b"no zip")
    words = (str(tmp_path / "notes.apk"), str(tmp_path / "gone.apk"), "com.example.shop", FOUR[0], FOUR[0])
    one = night(*words, "--virtual", "1", *SHORT)
    assert one.wait() == 1
    told = one.told()
    for word in ("notes.apk", "gone.apk", "com.example.shop", "1 new, 0 there before, 1 twice, 3 refused"):
        assert word in told
    each_once(tmp_path / "out", 1)
