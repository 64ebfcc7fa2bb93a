"""How fast a device answers through the harness, and through the stock clients in a process of their own."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import uiautomator2

from harness.adb import AdbDevice
from harness.adb_link import FastDevice

if TYPE_CHECKING:
    from collections.abc import Callable

_PEER_SECONDS = 240
_ROUNDS = {"shell": 60, "call": 40, "tree": 20, "screen": 8, "raw": 2}

# Unpatched: this text is run by an interpreter that never imports the harness.
_PEER = """
import json, statistics, sys, time
import adbutils, uiautomator2

def median_ms(call, rounds):
    call()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000

serial, rounds = sys.argv[1], json.loads(sys.argv[2])
plain, d = adbutils.adb.device(serial), uiautomator2.connect(serial)
print(json.dumps({
    "shell": median_ms(lambda: plain.shell("echo hi"), rounds["shell"]),
    "call": median_ms(lambda: d.info, rounds["call"]),
    "tree": median_ms(d.dump_hierarchy, rounds["tree"]),
    "screen": median_ms(lambda: d.screenshot(format="opencv"), rounds["screen"]),
    "raw": median_ms(lambda: plain.shell("screencap", encoding=None), rounds["raw"]),
}))
"""


def run(serial: str, adb_port: int) -> list[dict[str, Any]]:
    """Measure on the device ``serial`` of the adb server on ``adb_port``; one row a figure, all in milliseconds."""
    peer = _peer(serial, adb_port)
    agent = uiautomator2.connect(FastDevice(adb_port, serial))
    with AdbDevice(serial, port=adb_port) as device:
        shell = _median_ms(lambda: device.shell("echo hi"), _ROUNDS["shell"])
        call = _median_ms(lambda: agent.info, _ROUNDS["call"])
        tree = _median_ms(device.tree, _ROUNDS["tree"])
        screen = _median_ms(device.screenshot, _ROUNDS["screen"])
    agent.stop_uiautomator(wait=False)
    return [
        _row("shell round trip", shell, "10x", "adbutils shell()", peer["shell"]),
        _row("uiautomator2 call", call, "20x", "uiautomator2 info", peer["call"]),
        _row("view tree", tree, "", "uiautomator2 dump_hierarchy()", peer["tree"]),
        _row("screen as pixels", screen, "2x", "uiautomator2 screenshot()", peer["screen"], "the peer's is a JPEG"),
        _row("screen as pixels, raw", screen, "10x", "adbutils shell('screencap')", peer["raw"], "peer: bytes only"),
    ]


def _median_ms(call: Callable[[], object], rounds: int) -> float:
    call()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def _peer(serial: str, adb_port: int) -> dict[str, float]:
    environment = {**os.environ, "ANDROID_ADB_SERVER_HOST": "127.0.0.1", "ANDROID_ADB_SERVER_PORT": str(adb_port)}
    command = [sys.executable, "-c", _PEER, serial, json.dumps(_ROUNDS)]
    done = subprocess.run(command, env=environment, capture_output=True, timeout=_PEER_SECONDS, check=True)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def _row(name: str, value: float, aim: str, peer: str, peer_value: float, note: str = "") -> dict[str, Any]:
    return {
        "name": name,
        "value": round(value, 2),
        "unit": "ms",
        "aim": aim,
        "peer": peer,
        "peer_value": round(peer_value, 2),
        "ratio": round(peer_value / value, 1),
        "note": note,
    }
