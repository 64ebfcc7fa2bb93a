"""How much one virtual device takes: pictures, log lines, alarms, calls, and whether it grows meanwhile."""

from __future__ import annotations

import asyncio
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

import uiautomator2

from device_farm.virtual.agent.uiautomator2_server import Server
from device_farm.virtual.app_file import load_app_file
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.framework.records.system_records import Intent
from device_farm.virtual.kernel.device_clock import DeviceClock
from device_farm.virtual.spec import Spec
from harness.device.adb import AdbDevice, PrivateAdbServer, connect
from harness.device.adb_link import FastDevice, ServerLink
from tests.benchmarks import busy_app
from tests.benchmarks.bench_farm import resident_mb
from tests.benchmarks.rows import Row, row

PICTURES, LINES, ROUNDS, CALLS = 50, 20_000, 5, 10_000
_BUFFER = 1 << 20  # bytes read at once
_WARM_UP = 1000  # calls before the memory is read first: caches fill
_LOGCAT = "exec:logcat -b main -d -v epoch -v usec -v uid -v printable"
_APP = Path(busy_app.__file__)


def run() -> list[Row]:
    """Measure; the first three over an adb server, on a device in a process of its own."""
    command = [sys.executable, "-m", "harness.cli", "virtual"]
    with PrivateAdbServer() as server:
        child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        try:
            assert child.stdout is not None
            serial = child.stdout.readline().decode("ascii").strip()
            with connect(serial, port=server.port) as device:
                rows = [_pictures(ServerLink(serial, server.port)), _lines(device, server.port), _growth(device, server.port, child.pid)]
        finally:
            child.terminate()
            child.communicate()
    return [*rows, _alarms(), *_calls()]


def _pictures(link: ServerLink) -> Row:
    size = _read(link, "exec:screencap")[0]
    start = time.perf_counter()
    for _ in range(PICTURES):
        _read(link, "exec:screencap")
    rate = PICTURES / (time.perf_counter() - start)
    return row("raw screencaps", rate, "1/s", aim=">= 25", note=f"{size / 1e6:.1f} MB each, of a screen that stands still")


def _lines(device: AdbDevice, port: int) -> Row:
    """Fill the main buffer with what a phone logs, then read it again and again."""
    text = "<-- 200 https://api.example.com/v1/feed?page=$i&session=0123456789abcdef (182ms)"
    device.shell(f'i=0; while [ $i -lt {LINES} ]; do log -t OkHttp "{text}"; i=$((i+1)); done', timeout=120)
    link = ServerLink(device.serial, port)
    _read(link, _LOGCAT)
    rates = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        _, lines = _read(link, _LOGCAT)
        rates.append(lines / (time.perf_counter() - start))
    note = f"{lines} lines in a batch, median of {ROUNDS}"
    return row("logcat", statistics.median(rates), "lines/s", aim=">= 300000", note=note)


def _read(link: ServerLink, service: str) -> tuple[int, int]:
    """Bytes and lines of everything a service sends."""
    size, lines, room = 0, 0, bytearray(_BUFFER)
    with link.service(service, timeout=30.0, doing=service) as channel:
        while count := channel.receive_into(memoryview(room)):
            size += count
            lines += room.count(b"\n", 0, count)
    return size, lines


def _growth(device: AdbDevice, port: int, pid: int) -> Row:
    """Shell commands and uiautomator2 calls, half and half."""
    agent = uiautomator2.connect(FastDevice(port, device.serial))

    def call(times: int) -> None:
        for number in range(times // 2):
            device.shell(f"echo {number}")
            _ = agent.info if number % 2 else agent.dump_hierarchy()

    call(_WARM_UP)
    before = resident_mb(pid)
    call(CALLS)
    grown = None if before is None else (resident_mb(pid) or 0.0) - before
    agent.stop_uiautomator(wait=False)
    return row(f"memory after {CALLS} calls", grown, "MB", aim="<= 2", note="growth of the device's process; Linux only")


def _alarms() -> Row:
    device = VirtualDevice(Spec(apps=load_app_file(_APP)), DeviceClock(host=lambda: 0.0))
    main = Intent(component=("com.example.busy", "com.example.busy.Main"), action="android.intent.action.MAIN")
    device.system.start_activity(main, uid=2000, package="com.android.shell")
    device.clock.skip(2)
    start = time.perf_counter()
    device.clock.skip(busy_app.DAY)
    took = time.perf_counter() - start
    rung = device.system.packages["com.example.busy"].data["prefs"]["rung"]
    if rung != busy_app.ALARMS:
        raise RuntimeError(f"{rung} alarms of {busy_app.ALARMS} rang")
    return row("idle of 24 h with 10,000 alarms", took, "s", aim="<= 2", note=f"{rung} alarms rang, each in the app's code")


def _calls() -> list[Row]:
    """Device-side time of uiautomator2 calls: from the request's bytes to the reply's."""
    server = Server(VirtualDevice(Spec()))
    selector = {"mask": 1, "text": "none", "childOrSibling": [], "childOrSiblingSelector": []}
    calls: list[tuple[str, list[object]]] = [
        ("deviceInfo", []), ("exist", [selector]), ("click", [500, 1200]), ("dumpWindowHierarchy", [False, 50])
    ]  # fmt: skip

    async def measure() -> dict[str, float]:
        times: dict[str, float] = {}
        for method, params in calls:
            body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).encode()
            took = []
            for _ in range(100):
                start = time.perf_counter()
                await server.answer_rpc(body)
                took.append(time.perf_counter() - start)
            times[method] = statistics.median(took) * 1000
        return times

    times = asyncio.run(measure())
    slowest = max(times, key=lambda method: times[method])
    note = ", ".join(f"{method} {took:.2f}" for method, took in times.items())
    return [row("uiautomator2 call, device side", times[slowest], "ms", aim="<= 1", note=f"the slowest of: {note}")]
