"""A virtual device that another program started ends with it, however that one ends."""

import socket
import subprocess
import sys
import time
from pathlib import Path

from tests.virtual.adb_calls import DEADLINE

ROOT = Path(__file__).parents[2]
PARENT = """
import sys
from harness.device.virtual_devices import virtual_devices
with virtual_devices() as (serials, port):
    print(serials[0].rpartition(":")[2], port, flush=True)
    sys.stdin.read()
"""


def listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=DEADLINE).close()
    except OSError:
        return False
    return True


def all_gone(ports: list[int]) -> bool:
    """Whether nothing listens any more, asked until the deadline."""
    deadline = time.monotonic() + DEADLINE
    while time.monotonic() < deadline:
        if not any(map(listens, ports)):
            return True
    return False


def test_device_and_adb_server_do_not_outlive_a_parent_that_was_killed() -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        ports = [int(word) for word in parent.stdout.readline().split()]
        assert len(ports) == 2
        assert all(map(listens, ports))
    finally:
        parent.kill()
        parent.communicate(timeout=DEADLINE)
    assert all_gone(ports)


def test_a_device_of_its_own_does_not_care_for_its_standard_input() -> None:
    command = [sys.executable, "-m", "device_farm.virtual"]
    device = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        port = int(device.stdout.readline().rpartition(":")[2])
        assert listens(port)
        assert device.poll() is None
    finally:
        device.terminate()
        _, said = device.communicate(timeout=DEADLINE)
    assert said == ""
    assert all_gone([port])


def test_standard_input_that_ends_is_a_clean_end() -> None:
    command = [sys.executable, "-m", "device_farm.virtual", "--with-parent"]
    device = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert device.stdout.readline()
    _, said = device.communicate("adb-server 1\nadb-server x\nnonsense " + "z" * 10_000 + "\n", timeout=DEADLINE)
    assert (device.returncode, said) == (0, "")
