"""A reboot: the server's answer to ``reboot:`` says nothing, what the device does next says it all."""

import os
import socket
import threading
from contextlib import suppress
from itertools import count

import pytest

from harness.device import adb_reboot, adb_server
from harness.device.adb import list_devices, open_device
from harness.device.adb_server import ensure_user_server, need_adb_server
from harness.errors import DeviceLost, DeviceTimeout
from tests.unit.adb.test_adb_device import EXIT, OUT, packet

WAITS = ["host-serial:S1:wait-for-any-disconnect", "host-serial:S1:wait-for-any-device"]


@pytest.fixture
def phone(server, monkeypatch):
    """A phone that tells its boot id and uptime; ``boots`` is what it says each time, the last for good."""
    monkeypatch.setattr(adb_reboot, "_LOOK_SECONDS", 0.2)
    server.boots = ["first 100.50 90.00"]

    def boot(client, text):
        said = server.boots.pop(0) if len(server.boots) > 1 else server.boots[0]
        client.sendall(packet(OUT, "\n".join(said.split(" ", 1)).encode() + b"\n") + packet(EXIT, b"\0"))

    server.services["shell,v2:cat /proc"] = boot
    return open_device("S1", port=server.port)


def goes_and_comes(server, answer):
    """The device leaves the bus as soon as it is told to reboot, and comes back once someone waits for it."""

    def down(client, text):
        server.set_state("S1", "")
        client.sendall(answer)

    def closed(client, service):
        if service == "reboot:":
            server.set_state("S1", "")
        server_answer(client, service)

    server_answer = server._answer
    if answer is None:
        server._answer = closed  # nobody serves it: FAIL closed
    else:
        server.services["reboot:"] = down
    answer_host = server._answer_host

    def host(client, request):
        if request == WAITS[1]:
            server.set_state("S1", "device")
        answer_host(client, request)

    server._answer_host = host


@pytest.mark.parametrize("answer", [b"", None], ids=["okay", "closed"])
def test_a_device_that_goes_down_reboots_whatever_the_server_said(server, phone, answer):
    goes_and_comes(server, answer)
    phone.reboot()
    assert [request for request in server.requests if "wait-for" in request] == WAITS
    assert "reboot:" in server.requests


def test_a_refusal_by_a_device_that_stays_up_is_told(server, phone, monkeypatch):
    monkeypatch.setattr(adb_reboot, "_DOWN_SECONDS", 0.5)
    with pytest.raises(DeviceLost, match=r"^S1 refused 'reboot' \(closed\): reconnect it and try again$"):
        phone.reboot()
    assert WAITS[1] not in server.requests


def test_a_device_that_says_yes_and_stays_up_did_not_answer(server, phone, monkeypatch):
    monkeypatch.setattr(adb_reboot, "_DOWN_SECONDS", 0.5)
    server.services["reboot:"] = lambda client, text: None
    with pytest.raises(DeviceTimeout, match="did not answer to 'reboot'"):
        phone.reboot()


@pytest.mark.parametrize(
    "later", ["second 30.00 20.00", "30.00 20.00", "second 300.00 20.00"], ids=["both", "no boot id", "a boot id alone"]
)
def test_one_that_was_back_before_the_server_looked_is_told_by_its_boot(server, phone, later):
    server.boots = [server.boots[0], later] if later.startswith("second") else ["100.50 90.00", later]
    phone.reboot()  # FAIL closed, and the device never leaves the list
    assert server.requests[-1] == WAITS[1]


def test_what_comes_before_the_reboot_is_no_sign_of_one(server, phone):
    """Unauthorised, absent: nothing was asked of the device, so nothing is waited for."""
    server.set_state("S1", "unauthorized")
    with pytest.raises(DeviceLost, match="does not trust this computer yet"):
        phone.reboot()
    assert not [request for request in server.requests if "wait-for" in request]


def test_a_phone_whose_clock_runs_on_was_not_rebooted(server, phone, monkeypatch):
    monkeypatch.setattr(adb_reboot, "_DOWN_SECONDS", 0.5)
    times = count(100)

    def boot(client, text):
        client.sendall(packet(OUT, f"{next(times)}.0 9.0\n".encode()) + packet(EXIT, b"\0"))

    server.services = {"shell,v2:cat /proc": boot}
    with pytest.raises(DeviceLost, match="refused 'reboot'"):
        phone.reboot()


@pytest.mark.parametrize("says", [b"", b"HTTP/1.1 400 Bad Request\r\n\r\n", None], ids=["hangs up", "a web server", "silent"])
def test_a_program_that_is_no_adb_server_is_named(monkeypatch: pytest.MonkeyPatch, says: bytes | None) -> None:
    monkeypatch.setattr(adb_server, "_ASK_SECONDS", 0.3)
    clients: list[socket.socket] = []

    def serve(server: socket.socket) -> None:
        with suppress(OSError):
            while True:
                client, _ = server.accept()
                clients.append(client)
                if says is not None:
                    client.sendall(says)
                    client.close()

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=serve, args=(server,), daemon=True).start()
        port = server.getsockname()[1]
        told = rf"^port {port} is held by .+ \({os.getpid()}\), which does not answer as an adb server does: end it"
        for ask in (lambda: ensure_user_server(port), lambda: list_devices(port=port)):
            with pytest.raises(DeviceTimeout, match=told):
                ask()
        monkeypatch.setattr(adb_server, "listener", lambda _port: None)
        with pytest.raises(DeviceTimeout, match="a program that this user may not see"):
            need_adb_server(port)
        server.shutdown(socket.SHUT_RDWR)
    for client in clients:
        client.close()
    need_adb_server(port)  # nobody: whoever connects says so
