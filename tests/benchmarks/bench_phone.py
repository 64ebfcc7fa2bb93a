"""How long it takes to learn what a phone allows, and to prove it: on a virtual device, which answers at once."""

import tempfile
import time
from pathlib import Path

from device_farm.proof.proof_run import prove
from harness.abilities.kept import first_tried, try_all
from harness.device.adb import AdbDevice, connect
from harness.parsers.getprop import properties
from harness.restore.ledger import state_apart
from tests.benchmarks.rows import Row, row


def run(serial: str, adb_port: int) -> list[Row]:
    """What ``doctor`` tries, what of it each check tries, and ``prove`` by all its apps without a reboot."""
    commands: list[str] = []
    with state_apart(), tempfile.TemporaryDirectory() as runs, connect(serial, port=adb_port) as device:
        phone = properties(device.shell(["getprop"]).stdout)
        start = time.perf_counter()
        tried = list(try_all(device, phone))
        whole, start = time.perf_counter() - start, time.perf_counter()
        device.tell_commands(commands.append)
        first_tried(device, screen=True)
        cheap = time.perf_counter() - start
        device.tell_commands(None)
        start, booted = time.perf_counter(), _uptime(device)
        found = list(prove(lambda: AdbDevice(serial, port=adb_port), Path(runs)))
        took, passed = time.perf_counter() - start, _uptime(device) - booted
    differ = [row.id for one in found for row in one.rows if row.differs] + [one.app.name for one in found if one.problem]
    proof = f"{len(found)} apps, {took:.0f} s of the computer; " + (f"differ: {', '.join(differ)}" if differ else "all as expected")
    return rows(whole, len(tried), cheap, len(commands), passed, proof)


def rows(whole: float, tried: int, cheap: float, calls: int, passed: float, proof: str) -> list[Row]:
    """The figures; a phone adds what its installer and its own animations take."""
    return [
        row("doctor --serial", whole, "s", aim="<= 60", note=f"{tried} abilities"),
        row("abilities before a check", cheap, "s", aim="<= 2", note="what only reads"),
        row("abilities before a check, calls", calls, "calls", aim="<= 10"),
        row("prove --serial", passed, "s", aim="<= 600", note=f"of the device's time; {proof}"),
    ]


def _uptime(device: AdbDevice) -> float:
    return float(device.shell(["cat", "/proc/uptime"]).stdout.split()[0])
