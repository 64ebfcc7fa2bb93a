"""How often checks of small apps ask the device.

Looks for each new tree, connections to the adb server, calls of uiautomator2.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from device_farm.samples.sample import OWN_APPS
from harness.device.adb import PrivateAdbServer
from tests.benchmarks.rows import Row, row
from tests.looks import Looks, check

SAMPLES = ("asks_when_used", "bundled_request", "polite")


def run() -> list[Row]:
    """Check the samples and return the rows; the worst of them counts."""
    found: dict[str, Looks] = {}
    with PrivateAdbServer() as server:
        for name in SAMPLES:
            with tempfile.TemporaryDirectory() as runs:
                found[name] = check(OWN_APPS / f"{name}.py", Path(runs), server.port)[0]
    note = "; ".join(f"{name}: {counts.looks} looks, {counts.trees} trees" for name, counts in found.items())
    looks = max(counts.looks / counts.trees for counts in found.values())
    return [
        row("looks for each new tree, clause 1 and 5", round(looks, 2), "looks", aim="<= 3", note=note),
        row("adb connections a check", max(counts.connections for counts in found.values()), "connections", aim="<= 60"),
        row("uiautomator2 calls a check", max(counts.calls for counts in found.values()), "calls"),
    ]
