"""The private names of adbutils and uiautomator2 that the harness leans on, and what the link makes of refusals."""

import inspect
import socket
import struct

import adbutils
import pytest
import uiautomator2
from uiautomator2 import core

from harness.device.adb_link import FastConnection, ServerLink, in_our_words, server_port
from harness.errors import DeviceLost, DeviceTimeout, HarnessError

CHANGED = "adbutils changed: harness/device/adb_link.py overrides AdbConnection.%s, which %s; read the new adbutils/_adb.py"


@pytest.mark.parametrize("name", ["_safe_connect", "close"])
def test_adbutils_still_has_the_names_we_override(name):
    assert callable(getattr(adbutils.AdbConnection, name, None)), CHANGED % (name, "is gone")


def test_adbutils_still_connects_through_the_overridden_names():
    source = inspect.getsource(adbutils.AdbConnection)
    assert "_safe_connect()" in source, CHANGED % ("_safe_connect", "is no longer called")
    assert "self._client" in inspect.getsource(adbutils.AdbDevice.__mro__[1].__init__), (
        "adbutils changed: harness/device/adb_link.py uses AdbDevice._client, which __init__ no longer sets"
    )


def test_uiautomator2_still_connects_through_create_connection():
    assert "create_connection" in inspect.getsource(core.AdbHTTPConnection.connect), (
        "uiautomator2 changed: its calls no longer use AdbDevice.create_connection, so they have no time limit"
    )
    assert callable(uiautomator2.Device.jsonrpc_call)


def test_connection_sends_at_once_and_closes_at_once(server, monkeypatch):
    connection = FastConnection("127.0.0.1", server.port, 5.0)
    assert connection.conn.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
    slept = []
    monkeypatch.setattr("time.sleep", slept.append)
    connection.close()
    assert connection.conn.fileno() == -1
    assert slept == [], "adbutils' own close sleeps 10 ms"


def test_no_server_is_started_for_a_private_port():
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(DeviceLost, match="adb start-server"):
        ServerLink("S1", port).has("shell_v2")


def test_a_service_takes_two_requests(server):
    server.services["shell,v2:"] = lambda client, text: client.sendall(b"")
    link = ServerLink("S1", server.port)
    for _ in range(3):
        link.open("shell,v2:true", timeout=120).close()
    assert server.requests == ["host:tport:serial:S1", "shell,v2:true"] * 3


def test_silent_service_ends_at_the_deadline(server):
    server.services["shell,v2:"] = lambda client, text: client.recv(1)
    with (
        pytest.raises(DeviceTimeout, match="did not answer to 'ls'"),
        ServerLink("S1", server.port).service("shell,v2:ls", timeout=0.1, doing="ls") as channel,
    ):
        channel.exactly(1)


def test_channel_reads_what_was_announced(server):
    server.services["exec:"] = lambda client, text: client.sendall(struct.pack("<I", 7) + b"abcdefg")
    with ServerLink("S1", server.port).service("exec:x", timeout=120, doing="x") as channel:
        (size,) = struct.unpack("<I", channel.exactly(4))
        assert channel.exactly(size) == b"abcdefg"
        with pytest.raises(EOFError):
            channel.exactly(1)


@pytest.mark.parametrize("text", ["abc", "0", "65536", "-1"])
def test_wrong_port_in_the_environment(monkeypatch, text):
    monkeypatch.setenv("ANDROID_ADB_SERVER_PORT", text)
    with pytest.raises(HarnessError, match="ANDROID_ADB_SERVER_PORT"):
        server_port()


def test_a_connection_that_ends_instead_of_an_answer_is_no_refusal():
    error = in_our_words(adbutils.AdbError("Unknown data: b''"), "phone-1", "screencap")
    assert str(error) == "phone-1 went away during 'screencap': reconnect the cable and look at 'adb devices'"
