"""What the tests of live clients share: the device's address, an APK to install, and the device's control line."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import uiautomator2


@pytest.fixture(scope="session")
def serial() -> str:
    """Serial of the device: its host and port."""
    return os.environ["PEERS_SERIAL"]


@pytest.fixture(scope="session")
def apk() -> Path:
    """The keyboard app that uiautomator2 brings along: a small real APK."""
    return Path(uiautomator2.__file__).parent / "assets" / "app-uiautomator.apk"


@pytest.fixture(scope="session")
def android_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder laid out as an SDK, of which only adb is used."""
    home = tmp_path_factory.mktemp("sdk")
    adb = shutil.which("adb")
    assert adb is not None
    (home / "platform-tools").mkdir()
    (home / "platform-tools" / "adb").symlink_to(adb)
    return home


@pytest.fixture
def control(serial: str) -> Callable[..., None]:
    """``control("fault", NAME)``: make trouble on the device."""

    def ask(*request: str) -> None:
        command = [os.environ["PEERS_PYTHON"], "-m", "harness.cli", "virtual", "ctl", serial, *request]
        subprocess.run(command, cwd=os.environ["PEERS_ROOT"], check=True, capture_output=True)

    return ask
