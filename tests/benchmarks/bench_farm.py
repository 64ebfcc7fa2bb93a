"""Fifty devices in one process: how soon they are connected, and how much memory each takes."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from harness.device.adb import AdbDevice, PrivateAdbServer, connect
from tests.benchmarks.rows import Row, row

DEVICES = 50
_MOST_SECONDS = 30.0
_AT_ONCE = 8  # connections that are made at the same time


def run() -> list[Row]:
    """Start one device, then fifty; each is used (a picture and a tree) before the memory is read."""
    with _devices(1) as (one, serials, server, _):
        _use(serials, server)
        first = resident_mb(one.pid)
    with _devices(DEVICES) as (many, serials, server, seconds):
        _use(serials, server)
        each = None if first is None else (resident_mb(many.pid) or 0.0) / (DEVICES - 1) - first / (DEVICES - 1)
    note = f"{first:.0f} MB with one device" if first is not None else "only Linux tells it"
    return [
        row(f"{DEVICES} devices connected", seconds, "s", aim="<= 2", note="from the start of their process to the last connection"),
        row("memory of a further device", each, "MB", aim="<= 15", note=f"after a picture and a tree; {note}"),
    ]


def resident_mb(pid: int) -> float | None:
    """Resident memory of a process in MB; None where /proc does not tell."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text("ascii").splitlines()
    except OSError:
        return None
    return next(int(line.split()[1]) / 1000 for line in lines if line.startswith("VmRSS:"))


@contextmanager
def _devices(count: int) -> Iterator[tuple[subprocess.Popen[bytes], list[str], PrivateAdbServer, float]]:
    """``count`` devices of one child, connected, and the seconds that took."""
    command = [sys.executable, "-m", "harness.cli", "virtual", "--devices", str(count)]
    with PrivateAdbServer() as server, ThreadPoolExecutor(_AT_ONCE) as pool:
        start = time.perf_counter()
        child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        watchdog = threading.Timer(_MOST_SECONDS, child.kill)  # a child that never speaks would hold readline for ever
        watchdog.start()
        try:
            serials = [child.stdout.readline().decode("ascii").strip() for _ in range(count)]
            for device in pool.map(lambda serial: connect(serial, port=server.port), serials):
                device.close()
            yield child, serials, server, time.perf_counter() - start
        finally:
            watchdog.cancel()
            child.terminate()
            child.communicate()


def _use(serials: list[str], server: PrivateAdbServer) -> None:
    for serial in serials:
        with AdbDevice(serial, port=server.port) as device:
            device.screenshot()
            device.shell("uiautomator dump /dev/tty")
