"""How a device stands hostile hosts: attacks, some at a time, beside a bystander who must not notice any."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import count

from tests.benchmarks.bench_farm import resident_mb
from tests.benchmarks.rows import Row, row
from tests.virtual.hostile import ATTACKS, Bystander, attack

SECONDS, SECONDS_LONG = 5.0, 600.0
_AT_A_TIME = 3
_ROUND_OF_GROWTH = 10  # rounds until the memory is read first: pools of the allocator fill


def run(*, long: bool) -> list[Row]:
    """Attack a device in a process of its own for five seconds, or ten minutes; raises where the bystander notices."""
    child = subprocess.Popen(
        [sys.executable, "-m", "harness.cli", "virtual"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    try:
        assert child.stdout is not None
        address = child.stdout.readline().decode("ascii").strip()
        return _siege(address, child.pid, SECONDS_LONG if long else SECONDS)
    finally:
        child.terminate()
        child.communicate()


def _siege(address: str, pid: int, seconds: float) -> list[Row]:
    end, done, first = time.monotonic() + seconds, 0, None
    with Bystander(address) as bystander, ThreadPoolExecutor(_AT_A_TIME) as hosts:
        for number in count():
            chance = random.Random(number)
            kinds = chance.sample(ATTACKS, _AT_A_TIME)
            under_way = [hosts.submit(attack, address, kind, number) for kind in kinds]
            for each in under_way:
                each.result()
            done += len(under_way)
            if not bystander.is_undisturbed():
                names = ", ".join(kind.__name__.strip("_") for kind in kinds)
                raise RuntimeError(f"round {number}: a stream of another host was closed by {names}")
            if number == _ROUND_OF_GROWTH:
                first = resident_mb(pid)
            if time.monotonic() > end and number > _ROUND_OF_GROWTH:
                break
    last = resident_mb(pid)
    growth = None if first is None or last is None else last - first
    note = f"{_AT_A_TIME} at a time for {seconds:.0f} s, no stream of another host disturbed"
    return [
        row("attacks stood", done, "", note=note),
        row("growth under attack", growth, "MB", note="with a host's leavings up to one second old"),
    ]
