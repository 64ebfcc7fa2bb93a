"""Workers, hosts and the database die at any moment: every unit comes home once, none is lost, none counts twice."""

import os
import signal
from pathlib import Path

import pytest

from device_farm.dispatch.embedded_postgres import Embedded
from device_farm.dispatch.engine import Intervals
from device_farm.units.unit import End, UnitState
from tests.farm.dispatch.shelf import QUICK, Shelf, shelf, until


@pytest.fixture
def intervals() -> Intervals:
    return QUICK


def begun(farm: Shelf) -> list[dict[str, object]]:
    return [row for row in farm.log if row["what"] == "begun"]


def test_a_worker_is_killed_and_another_goes_on(farm: Shelf) -> None:
    units = farm.add_units(6)
    killed = farm.start_worker(farm.add_phone("a"), seconds=0.5)
    with farm.serving():
        until(lambda: any(row["phone"] == "a" for row in begun(farm)), "it works")
        killed.kill()
        killed.wait()
        farm.start_worker(farm.add_phone("b"), seconds=0.1)
        until(farm.ended, "all units are done")
    farm.need_each_once(units)
    assert any(end == End.LOST for unit in units for _number, end, _phone in farm.tries(unit))


def test_a_new_try_begins_within_a_minute_at_the_pace_of_a_farm(own_postgres: Embedded, tmp_path: Path) -> None:
    """With the intervals as they are by default, after a host died with all its processes."""
    with shelf(own_postgres.url(), tmp_path, Intervals()) as farm:
        (unit,) = farm.add_units(1)
        host = [farm.start_worker(farm.add_phone(address), seconds=600) for address in ("a", "b")]
        with farm.serving():
            until(lambda: farm.states()[unit] == UnitState.RUNNING, "it runs")
            for process in host:
                process.kill()
            farm.start_worker(farm.add_phone("c"))
            took = until(farm.ended, "another host did it", seconds=90)
        assert took < 60
        farm.need_each_once([unit])


def test_a_worker_that_was_paused_and_comes_back_writes_nothing(farm: Shelf) -> None:
    (unit,) = farm.add_units(1)
    paused = farm.start_worker(farm.add_phone("a"), seconds=6)
    with farm.serving():
        until(lambda: len(begun(farm)) == 1, "it works")
        os.kill(paused.pid, signal.SIGSTOP)
        until(lambda: farm.states()[unit] == UnitState.QUEUED, "its lease is over")
        farm.start_worker(farm.add_phone("b"))
        until(farm.ended, "another did it")
        os.kill(paused.pid, signal.SIGCONT)
        until(lambda: farm.tries(unit)[0][1] == End.SUPERSEDED, "the first came back too late")
        (more,) = farm.add_units(1)
        until(farm.ended, "the next one is done")
    farm.need_each_once([unit, more])
    assert [end for _number, end, _phone in farm.tries(unit)] == [End.SUPERSEDED, End.DONE]


@pytest.mark.parametrize("seconds", [0.3, 8])
def test_the_database_is_killed_mid_unit(own_postgres: Embedded, tmp_path: Path, seconds: float) -> None:
    """The unit ends while it is away, or outlives it; the same try counts, for its worker never died."""
    with shelf(own_postgres.url(), tmp_path) as farm:
        units = farm.add_units(4)
        farm.start_worker(farm.add_phone("a"), seconds=seconds)
        with farm.serving():
            until(lambda: len(begun(farm)) == 1, "it works")
            assert own_postgres.pid is not None
            os.kill(own_postgres.pid, signal.SIGKILL)
            until(lambda: seconds > 1 or farm.log[-1]["what"] == "done", "a short unit ends while nobody can be told")
            own_postgres.start()
            farm.store.engine.dispose()
            until(farm.ended, "all units are done")
        farm.need_each_once(units)
        assert [number for number, _end, _phone in farm.tries(int(str(begun(farm)[0]["unit"])))] == [1]


def test_everything_is_killed_at_once(own_postgres: Embedded, tmp_path: Path) -> None:
    with shelf(own_postgres.url(), tmp_path) as farm:
        units = farm.add_units(5)
        phones = [farm.add_phone(address) for address in ("a", "b")]
        processes = [farm.start_worker(phone, seconds=1) for phone in phones]
        with farm.serving():
            until(lambda: len(begun(farm)) >= 2, "both work")
            for process in processes:
                process.kill()
            assert own_postgres.pid is not None
            os.kill(own_postgres.pid, signal.SIGKILL)
            own_postgres.start()
            farm.store.engine.dispose()
            for phone in phones:
                farm.start_worker(phone, seconds=0.1)
            until(farm.ended, "all units are done")
        farm.need_each_once(units)


def test_a_worker_told_to_end_ends_what_it_has_and_told_twice_gives_it_back(farm: Shelf) -> None:
    first, second = farm.add_units(2)
    worker = farm.start_worker(farm.add_phone("a"), seconds=2)
    with farm.serving():
        until(lambda: len(begun(farm)) == 1, "it works")
        worker.terminate()
        assert worker.wait(timeout=60) == 0
        assert farm.states() == {first: UnitState.DONE, second: UnitState.QUEUED}
        worker = farm.start_worker(farm.add_phone("b"), seconds=600)
        until(lambda: len(begun(farm)) == 2, "another works")
        worker.terminate()
        until(lambda: "asked once more" in (farm.folder / "b.out").read_text("utf-8"), "it heard the first")
        assert farm.states()[second] == UnitState.RUNNING
        worker.terminate()
        assert worker.wait(timeout=60) == 0
    assert farm.tries(second)[0][1] == End.STOPPED
    assert farm.states()[second] in (UnitState.WAITING, UnitState.QUEUED)


def test_a_worker_whose_owner_died_takes_nothing_more(farm: Shelf) -> None:
    first, second = farm.add_units(2)
    worker = farm.start_worker(farm.add_phone("a"), seconds=1)
    with farm.serving():
        until(lambda: len(begun(farm)) == 1, "it works")
        worker.stdin.close()
        assert worker.wait(timeout=60) == 0
    assert farm.states() == {first: UnitState.DONE, second: UnitState.QUEUED}


def test_of_two_servers_one_leads_and_the_other_takes_over(farm: Shelf) -> None:
    units = farm.add_units(1)
    farm.start_worker(farm.add_phone("a"))
    with farm.serving() as second_said:
        with farm.serving() as first_said:
            until(lambda: bool(second_said) and bool(first_said), "both have spoken")
            assert sorted([second_said[0], first_said[0]])[1] == "serving"
            assert "another 'apprights farm serve' leads" in sorted([second_said[0], first_said[0]])[0]
        more = farm.add_units(1)
        until(farm.ended, "the one that is left serves")
    farm.need_each_once(units + more)
