"""@devicefarmer/adbkit (npm): a client of the adb server in JavaScript; each check is a run of adbkit.js."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

SECONDS = 40
CHECKS = (
    "devices", "properties", "features", "packages", "shell", "bootComplete", "pushStatPull", "install",
    "startActivity", "forward", "reverse", "screencap", "logcat",
)  # fmt: skip


@pytest.mark.parametrize("check", CHECKS)
def test_adbkit(check: str, serial: str, apk: Path) -> None:
    command = ["node", str(Path(__file__).with_name("adbkit.js")), check, serial, str(apk)]
    done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
