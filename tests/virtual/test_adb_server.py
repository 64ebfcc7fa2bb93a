"""The adb servers of harness/device/adb_server.py with the real adb program."""

import socket
import subprocess
from pathlib import Path

import pytest

from harness.device.adb import PrivateAdbServer, connect, list_devices, open_device
from harness.device.adb_server import bundled_adb, ensure_user_server
from harness.errors import DeviceLost, DeviceTimeout, HarnessError


def test_a_private_server_serves_and_leaves_nothing():
    with PrivateAdbServer() as server:
        assert server.run("devices").stdout == b"List of devices attached\n\n"
        assert list_devices(port=server.port) == []
        home = Path(server.environment()["HOME"])
        assert home.is_dir()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", server.port), timeout=120).close()
    assert not home.exists()
    with pytest.raises(HarnessError, match="not running"):
        server.environment()
    server.stop()


def test_two_private_servers_live_side_by_side():
    with PrivateAdbServer() as one, PrivateAdbServer() as two:
        assert one.port != two.port
        assert list_devices(port=one.port) == list_devices(port=two.port) == []


def test_a_private_server_keeps_the_users_settings_out(monkeypatch):
    monkeypatch.setenv("ANDROID_SERIAL", "mine")
    monkeypatch.setenv("ADB_VENDOR_KEYS", "/mine")
    with PrivateAdbServer() as server:
        environment = server.environment()
    assert "ANDROID_SERIAL" not in environment
    assert "ADB_VENDOR_KEYS" not in environment
    assert {environment[name] for name in ("ADB_MDNS", "ADB_USB", "ADB_EMU")} == {"0"}


def test_no_device_and_a_closed_port(monkeypatch):
    monkeypatch.delenv("ANDROID_SERIAL", raising=False)
    with PrivateAdbServer() as server:
        with pytest.raises(DeviceLost, match="plug in a phone"):
            open_device(port=server.port)
        with pytest.raises(DeviceLost, match="see whether its port is open"):
            connect("127.0.0.1:1", port=server.port)


def test_an_adb_that_does_not_start_says_why(tmp_path, monkeypatch):
    bad = tmp_path / "adb"
    bad.write_text("#!/bin/sh\necho no such thing >&2\nexit 1\n", encoding="utf-8")
    bad.chmod(0o755)
    server = PrivateAdbServer()
    server.adb = bad
    with pytest.raises(DeviceTimeout, match="does not start: no such thing"), server:
        pass


@pytest.fixture
def unused_port(monkeypatch, tmp_path):
    """A free port, and the environment of a user whose adb looks for no device."""
    for name in ("HOME", "TMPDIR"):
        monkeypatch.setenv(name, str(tmp_path))
    for name in ("ADB_MDNS", "ADB_USB", "ADB_EMU"):
        monkeypatch.setenv(name, "0")
    monkeypatch.setenv("ADBUTILS_ADB_PATH", str(bundled_adb()))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    yield port
    subprocess.run([str(bundled_adb()), "-P", str(port), "kill-server"], capture_output=True, timeout=120, check=False)


def test_the_users_own_server_is_started_once(unused_port, monkeypatch):
    ensure_user_server(unused_port)
    monkeypatch.setenv("ADBUTILS_ADB_PATH", "/nonexistent/adb")
    ensure_user_server(unused_port)  # it answers, so no program is needed
    monkeypatch.setenv("ANDROID_ADB_SERVER_PORT", str(unused_port))
    assert list_devices() == []


def test_a_user_without_a_working_adb_is_told(unused_port, monkeypatch):
    monkeypatch.setenv("ADBUTILS_ADB_PATH", "/nonexistent/adb")
    with pytest.raises(DeviceTimeout, match="run 'adb start-server'"):
        ensure_user_server(unused_port)
