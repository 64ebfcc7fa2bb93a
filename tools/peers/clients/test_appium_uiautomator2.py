"""Appium's uiautomator2 driver (npm): as far as a session gets on a device that runs no code of its server's APK.

It looks the device over, starts the settings app, clears the app, installs its two APKs, allows them to wake, forwards
its port, and starts its server with ``am instrument``: that is refused by name, and the driver says so.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

SECONDS = 110
SERVER = "io.appium.uiautomator2.server"


@pytest.fixture(scope="module")
def said(serial: str, android_home: Path) -> str:
    """All that the driver tells of a session."""
    command = ["node", str(Path(__file__).with_name("appium_uiautomator2.mjs")), serial]
    environment = {**os.environ, "ANDROID_HOME": str(android_home)}
    done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False, env=environment)
    return (done.stdout + done.stderr).decode("utf-8", "replace")


def on_device(serial: str, command: str) -> str:
    return subprocess.run(["adb", "-s", serial, "shell", command], capture_output=True, text=True, check=False).stdout


def test_it_knows_the_device(said: str) -> None:
    assert "Device API level: " in said
    assert "'ro.build.version.release': " in said


def test_its_settings_app_runs(said: str, serial: str) -> None:
    assert "Pushing settings apk to the device..." in said
    assert "isForeground=true" in on_device(serial, "dumpsys activity services io.appium.settings")


def test_its_server_is_installed_and_may_wake(said: str, serial: str) -> None:
    listed = on_device(serial, f"pm list packages {SERVER}").split()
    assert set(listed) == {f"package:{SERVER}", f"package:{SERVER}.test"}
    assert f"user,{SERVER}," in on_device(serial, "dumpsys deviceidle whitelist")


def test_its_server_is_refused_by_name(said: str) -> None:
    assert "session: The instrumentation process cannot be initialized." in said
    assert f"virtual: not modelled: am instrument -w -e disableAnalytics true {SERVER}.test/" in said
