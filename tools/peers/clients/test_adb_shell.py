"""adb_shell (PyPI): a client that speaks to the device itself, without an adb server."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from adb_shell.adb_device import AdbDeviceTcp
from adb_shell.auth.keygen import keygen
from adb_shell.auth.sign_pythonrsa import PythonRSASigner
from adb_shell.exceptions import DeviceAuthError

KEYBOARD = "com.github.uiautomator"


def client_of(serial: str) -> AdbDeviceTcp:
    host, _, port = serial.partition(":")
    return AdbDeviceTcp(host, int(port), default_transport_timeout_s=10)


@pytest.fixture
def device(serial: str) -> Iterator[AdbDeviceTcp]:
    client = client_of(serial)
    assert client.connect(auth_timeout_s=5)
    yield client
    client.close()


@pytest.fixture
def signer(tmp_path: Path) -> PythonRSASigner:
    keygen(str(tmp_path / "adbkey"))
    return PythonRSASigner.FromRSAKeyPath(str(tmp_path / "adbkey"))


def test_shell(device: AdbDeviceTcp) -> None:
    assert device.shell("echo 你好; pwd") == "你好\n/\n"
    assert device.shell("seq 50000").splitlines()[-1] == "50000"


def test_exec_out_gives_bytes(device: AdbDeviceTcp) -> None:
    assert device.exec_out("screencap -p", decode=False).startswith(b"\x89PNG\r\n\x1a\n")


def test_streaming_shell(device: AdbDeviceTcp) -> None:
    assert "".join(device.streaming_shell("echo a; echo b")) == "a\nb\n"


def test_push_stat_list_and_pull(device: AdbDeviceTcp) -> None:
    content = bytes(range(256)) * 4000
    device.push(io.BytesIO(content), "/data/local/tmp/peer.bin", mtime=1_700_000_000)
    assert device.stat("/data/local/tmp/peer.bin")[1:] == (len(content), 1_700_000_000)
    assert "peer.bin" in [found.filename.decode() for found in device.list("/data/local/tmp")]
    pulled = io.BytesIO()
    device.pull("/data/local/tmp/peer.bin", pulled)
    assert pulled.getvalue() == content
    device.shell("rm /data/local/tmp/peer.bin")


def test_install_and_uninstall(device: AdbDeviceTcp, apk: Path) -> None:
    device.push(str(apk), "/data/local/tmp/peer.apk")
    assert device.shell("pm install -r -t /data/local/tmp/peer.apk").strip() == "Success"
    assert f"package:{KEYBOARD}\n" in device.shell("pm list packages")
    assert device.shell(f"pm uninstall {KEYBOARD}").strip() == "Success"


def test_logcat(device: AdbDeviceTcp) -> None:
    device.shell("log -t PEER hello")
    assert "I PEER    : hello" in device.shell("logcat -d")


def test_a_key_that_nobody_accepts(serial: str, signer: PythonRSASigner, control: Callable[..., None]) -> None:
    control("fault", "unauthorized")
    try:
        with pytest.raises(DeviceAuthError):
            client_of(serial).connect(auth_timeout_s=1)
        with pytest.raises(Exception, match=r"imed out|read .* timeout|TcpTimeout"):
            client_of(serial).connect(rsa_keys=[signer], auth_timeout_s=1)
    finally:
        control("fault", "unauthorized", "off")


def test_a_key_that_the_user_accepts(serial: str, signer: PythonRSASigner, control: Callable[..., None]) -> None:
    control("fault", "unauthorized")
    client, asked = client_of(serial), threading.Event()

    def tap_allow() -> None:
        asked.wait(10)
        control("fault", "unauthorized", "off")

    user = threading.Thread(target=tap_allow)
    user.start()
    try:
        assert client.connect(rsa_keys=[signer], auth_timeout_s=20, auth_callback=lambda _device: asked.set())
        assert client.shell("echo in") == "in\n"
    finally:
        asked.set()
        user.join()
        client.close()
