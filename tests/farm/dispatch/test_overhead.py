"""What handing out costs a worker, when the work is nothing: processor time, as tests run beside others."""

import sys
from pathlib import Path

import pytest

from device_farm.dispatch.engine import Intervals
from tests.farm.dispatch.shelf import Shelf, processor_seconds, shelf, until

UNITS = 60
MOST_SECONDS = 0.1
"""Twice the aim for a unit: a busy computer counts more."""


def begun(farm: Shelf) -> int:
    return sum(row["what"] == "begun" for row in farm.log)


@pytest.mark.skipif(sys.platform != "linux", reason="/proc tells what a process took")
def test_a_unit_costs_little_besides_its_work(postgres: str, tmp_path: Path) -> None:
    with shelf(postgres, tmp_path, Intervals()) as farm:
        farm.add_units(1)
        worker = farm.start_worker(farm.add_phone("a"))
        with farm.serving():
            until(farm.ended, "it has started")
            before = processor_seconds(worker.pid)
            farm.add_units(UNITS)
            until(lambda: begun(farm) == UNITS + 1 and farm.ended(), "all units are done")
            took = (processor_seconds(worker.pid) - before) / UNITS
    assert took < MOST_SECONDS, f"{took * 1000:.0f} ms of processor time a unit"
