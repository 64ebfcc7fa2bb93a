"""appium-adb (npm): Appium's own client of the adb program; each check is a run of appium_adb.mjs."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

SECONDS = 50
CHECKS = (
    "device", "locale", "install", "start", "permissions", "keys", "radios", "location", "files", "ports", "logcat", "reports",
)  # fmt: skip


@pytest.mark.parametrize("check", CHECKS)
def test_appium_adb(check: str, serial: str, apk: Path, android_home: Path) -> None:
    command = ["node", str(Path(__file__).with_name("appium_adb.mjs")), check, serial, str(apk)]
    environment = {**os.environ, "ANDROID_HOME": str(android_home)}
    done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False, env=environment)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
