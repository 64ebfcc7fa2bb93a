"""How fast a device answers through the harness, and through the stock clients in a process of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import uiautomator2

from harness.adb import AdbDevice
from harness.adb_link import FastDevice
from tests.benchmarks.rows import Row, median_ms, row

_PEER_SECONDS = 90
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


def run(serial: str, adb_port: int) -> list[Row]:
    """Measure on the device ``serial`` of the adb server on ``adb_port``; one row a figure, all in milliseconds."""
    peer = _peer(serial, adb_port)
    agent = uiautomator2.connect(FastDevice(adb_port, serial))
    with AdbDevice(serial, port=adb_port) as device:
        own = {
            "shell": median_ms(lambda: device.shell("echo hi"), _ROUNDS["shell"]),
            "call": median_ms(lambda: agent.info, _ROUNDS["call"]),
            "tree": median_ms(device.tree, _ROUNDS["tree"]),
            "screen": median_ms(device.screenshot, _ROUNDS["screen"]),
        }
    agent.stop_uiautomator(wait=False)
    return rows(own, peer)


def rows(own: dict[str, float], peer: dict[str, float]) -> list[Row]:
    """Figures through the harness beside those of the stock clients, both in milliseconds."""
    jpeg, raw = "uiautomator2 screenshot()", "adbutils shell('screencap')"
    return [
        row("shell round trip", own["shell"], "ms", aim=">= 10x", peer="adbutils shell()", peer_value=peer["shell"]),
        row("uiautomator2 call", own["call"], "ms", aim=">= 20x", peer="uiautomator2 info", peer_value=peer["call"]),
        row("view tree", own["tree"], "ms", peer="uiautomator2 dump_hierarchy()", peer_value=peer["tree"]),
        row(
            "screen as pixels",
            own["screen"],
            "ms",
            aim=">= 2x",
            peer=jpeg,
            peer_value=peer["screen"],
            note="peer: a JPEG",
        ),
        row(
            "screen, raw", own["screen"], "ms", aim=">= 10x", peer=raw, peer_value=peer["raw"], note="peer: bytes only"
        ),
    ]


def _peer(serial: str, adb_port: int) -> dict[str, float]:
    environment = {**os.environ, "ANDROID_ADB_SERVER_HOST": "127.0.0.1", "ANDROID_ADB_SERVER_PORT": str(adb_port)}
    command = [sys.executable, "-c", _PEER, serial, json.dumps(_ROUNDS)]
    done = subprocess.run(command, env=environment, capture_output=True, timeout=_PEER_SECONDS, check=True)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures
