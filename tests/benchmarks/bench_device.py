"""How fast a device answers through the harness, and through the stock clients in a process of their own."""

import json
import os
import subprocess
import sys

import uiautomator2

from harness.device.adb import AdbDevice
from harness.device.adb_link import FastDevice
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

def stream():
    connection = plain.shell("screencap", stream=True)
    while connection.conn.recv(1 << 20):
        pass
    connection.close()

serial, rounds = sys.argv[1], json.loads(sys.argv[2])
plain, d = adbutils.adb.device(serial), uiautomator2.connect(serial)
print(json.dumps({
    "shell": median_ms(lambda: plain.shell("echo hi"), rounds["shell"]),
    "call": median_ms(lambda: d.info, rounds["call"]),
    "tree": median_ms(d.dump_hierarchy, rounds["tree"]),
    "screen": median_ms(lambda: d.screenshot(format="opencv"), rounds["screen"]),
    "raw": median_ms(lambda: plain.shell("screencap", encoding=None), rounds["raw"]),
    "stream": median_ms(stream, rounds["screen"]),
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
    figures = (
        # name, own figure, aim, peer, peer's figure, note: where the peer's time goes (seen in a profile)
        ("shell round trip", "shell", ">= 10x", "adbutils shell()", "shell", "peer sleeps 10 ms in each close()"),
        ("uiautomator2 call", "call", ">= 20x", "uiautomator2 info", "call", "peer: 40 ms are Nagle's, 10 ms a sleep"),
        ("view tree", "tree", None, "uiautomator2 dump_hierarchy()", "tree", "as above"),
        ("screen as pixels", "screen", ">= 2x", "uiautomator2 screenshot()", "screen", "peer: a JPEG"),
        ("screen, raw", "screen", ">= 10x", "adbutils shell('screencap')", "raw", "peer: bytes only, read by 4 kB"),
        ("screen, raw, streamed", "screen", None, "adbutils stream=True", "stream", "peer: bytes only, read by 1 MB"),
    )
    return [
        row(name, own[mine], "ms", aim=aim, peer=client, peer_value=peer[theirs], note=note)
        for name, mine, aim, client, theirs, note in figures
    ]


def _peer(serial: str, adb_port: int) -> dict[str, float]:
    environment = {**os.environ, "ANDROID_ADB_SERVER_HOST": "127.0.0.1", "ANDROID_ADB_SERVER_PORT": str(adb_port)}
    command = [sys.executable, "-c", _PEER, serial, json.dumps(_ROUNDS)]
    done = subprocess.run(command, env=environment, capture_output=True, timeout=_PEER_SECONDS, check=True)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures
