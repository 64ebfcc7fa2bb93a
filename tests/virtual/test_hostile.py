"""A hostile host harms itself: the device, and the streams of others, go on.

The long run is in ``make bench-long``.
"""

import time
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import ServerThread, devices_in_thread
from tests.virtual.adb_calls import DEADLINE, StandInDevice
from tests.virtual.hostile import ATTACKS, Attack, Bystander, attack


@pytest.fixture(scope="module")
def server() -> Iterator[ServerThread]:
    with devices_in_thread([StandInDevice]) as thread:
        yield thread


@pytest.fixture(scope="module")
def bystander(server: ServerThread) -> Iterator[Bystander]:
    with Bystander(server.addresses[0]) as witness:
        yield witness


@pytest.mark.parametrize("kind", ATTACKS, ids=lambda kind: kind.__name__.strip("_"))
def test_each_attack_harms_nobody_else(server: ServerThread, bystander: Bystander, kind: Attack) -> None:
    for seed in range(3):
        attack(server.addresses[0], kind, seed)
        assert bystander.is_undisturbed()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(attacks=st.lists(st.tuples(st.sampled_from(ATTACKS), st.integers(0, 1 << 32)), min_size=1, max_size=5))
def test_attacks_one_after_the_other(server: ServerThread, bystander: Bystander, attacks: list[tuple[Attack, int]]) -> None:
    for kind, seed in attacks:
        attack(server.addresses[0], kind, seed)
    assert bystander.is_undisturbed()


def test_nothing_is_left_of_an_attack(server: ServerThread, bystander: Bystander) -> None:
    device = server.devices[0]
    end = time.monotonic() + DEADLINE
    while left := server.call(lambda: left_over(device)):
        assert time.monotonic() < end, left
        assert bystander.is_undisturbed()
    assert bystander.is_undisturbed()


def left_over(device: VirtualDevice) -> list[object]:
    """Processes that are not the bystander's, and listeners of hosts that are gone."""
    processes = [process.words for process in device.shell_processes.alive.values()]
    return [*(words for words in processes if "cat" not in (words[0], words[-1])), *device.listeners]
