"""io.appium.settings (npm): its own client and its own APK; each check is a run of appium_settings.mjs."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

SECONDS = 50


@pytest.mark.parametrize("check", ["starts", "switches", "location", "locale", "lists", "typing"])
def test_appium_settings(check: str, serial: str, android_home: Path) -> None:
    command = ["node", str(Path(__file__).with_name("appium_settings.mjs")), check, serial]
    environment = {**os.environ, "ANDROID_HOME": str(android_home)}
    done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False, env=environment)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
