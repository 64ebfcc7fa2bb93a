"""forward, reverse, framebuffer, reconnecting and faults."""

import re
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from typing import Any

import adbutils
import pytest

from device_farm.virtual import control_port
from tests.virtual.adb_calls import DEADLINE, Connected, StandInDevice, free_port


async def shout(connection: Any) -> None:
    """Answer each piece in capitals until the peer is done."""
    while data := await connection.read():
        await connection.write(data.upper())


def exchange(port: int, data: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=DEADLINE) as client:
        client.sendall(data)
        received = b""
        while len(received) < len(data) and (piece := client.recv(1 << 16)):
            received += piece
    return received


@pytest.fixture
def host_shouter() -> Iterator[int]:
    """Port of a host program that answers in capitals."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    client, _ = server.accept()
                except OSError:
                    return
                with client:
                    while data := client.recv(1 << 16):
                        client.sendall(data.upper())

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)
    thread.join(DEADLINE)


@pytest.mark.parametrize("name", ["tcp:9008", "localabstract:shouter"])
def test_forward_reaches_a_listener(stand_in: Connected, name: str) -> None:
    stand_in.server.call(lambda: stand_in.device.listeners.update({name: shout}))
    port = int(stand_in.run("forward", "tcp:0", name).stdout)
    assert exchange(port, b"abc" * 200_000) == b"ABC" * 200_000
    stand_in.run("forward", "--remove", f"tcp:{port}")


def test_forward_to_nobody_ends_at_once(stand_in: Connected) -> None:
    port = int(stand_in.run("forward", "tcp:0", "tcp:1").stdout)
    assert exchange(port, b"x") == b""
    assert not any("tcp:1" in name for name in stand_in.device.unmodelled)


def test_reverse_leads_to_the_host_and_back(stand_in: Connected, host_shouter: int) -> None:
    assert stand_in.run("reverse", "tcp:17000", f"tcp:{host_shouter}").stdout == b"17000\n"
    port = int(stand_in.run("forward", "tcp:0", "tcp:17000").stdout)
    assert exchange(port, b"round" * 100_000) == b"ROUND" * 100_000
    assert re.fullmatch(rb"host-\d+ tcp:17000 tcp:%d\n\n?" % host_shouter, stand_in.run("reverse", "--list").stdout)
    stand_in.run("reverse", "--remove", "tcp:17000")
    assert exchange(port, b"x") == b""


def test_reverse_refusals_are_adbd_s(stand_in: Connected) -> None:
    stand_in.run("reverse", "tcp:17001", "tcp:9")
    again = stand_in.run("reverse", "--no-rebind", "tcp:17001", "tcp:10", check=False)
    assert b"cannot rebind existing socket" in again.stderr
    none = stand_in.run("reverse", "--remove", "tcp:17002", check=False)
    assert b"listener 'tcp:17002' not found" in none.stderr
    assert int(stand_in.run("reverse", "tcp:0", "tcp:9").stdout) > 0
    stand_in.run("reverse", "--remove-all")
    assert stand_in.run("reverse", "--list").stdout.strip() == b""


def test_framebuffer_has_the_header_of_version_two(stand_in: Connected) -> None:
    with stand_in.service("framebuffer:") as connection:
        header = connection.read_exact(56)
        assert struct.unpack("<14I", header) == (2, 32, 1, 32, 4, 2, 0, 8, 16, 8, 8, 8, 24, 8)
        assert connection.read_exact(32) == bytes(range(32))


@pytest.mark.parametrize(
    ("command", "text"),
    [
        (["root"], b"adbd cannot run as root in production builds\n"),
        (["unroot"], b"adbd not running as root\n"),
        (["tcpip", "5999"], b"restarting in TCP mode port: 5999\n"),
        (["remount"], b'Not running as root. Try "adb root" first.\n'),
    ],
)
def test_requests_to_restart_are_answered(stand_in: Connected, command: list[str], text: bytes) -> None:
    done = stand_in.run(*command, check=False)
    assert text in done.stdout + done.stderr  # remount is a shell command since Android 11


def test_an_unknown_service_is_refused_and_remembered(stand_in: Connected) -> None:
    with pytest.raises(adbutils.AdbError, match="closed"), stand_in.service("nonesuch:1"):
        pass
    assert "adb service nonesuch:1" in stand_in.device.unmodelled


def state(connected: Connected) -> str:
    lines = connected.adb.run("devices").stdout.decode().splitlines()
    return next((line.split()[1] for line in lines if line.startswith(connected.serial)), "absent")


def wait_for_state(connected: Connected, wanted: str) -> None:
    """Wait until the adb server lists the device so; it tells of each change."""
    with connected.adb.client().make_connection(DEADLINE) as connection:
        connection.send_command("host:track-devices")
        connection.check_okay()
        while True:
            lines = connection.read_string_block().splitlines()
            found = next((line.split("\t")[1] for line in lines if line.startswith(connected.serial)), "absent")
            if found == wanted:
                return


def test_the_device_comes_back_after_a_reboot(stand_in: Connected) -> None:
    stand_in.run("shell", "echo before > /data/local/tmp/kept")
    stand_in.run("reboot", check=False)
    stand_in.run("wait-for-device")
    assert stand_in.shell("cat /data/local/tmp/kept")[1] == "before\n"


def test_offline_until_it_is_switched_back(connect: Callable[[Any], Connected]) -> None:
    connected = connect(StandInDevice)
    assert list(control_port.ask(connected.serial, ["fault", "offline"])) == []
    wait_for_state(connected, "offline")
    assert list(control_port.ask(connected.serial, ["truth"])) == [{"what": "booted"}]
    list(control_port.ask(connected.serial, ["fault", "online"]))
    connected.run("wait-for-device")
    assert connected.shell("echo back")[1] == "back\n"


def test_unauthorized_until_the_key_is_accepted(connect: Callable[[Any], Connected]) -> None:
    connected = connect(StandInDevice)
    list(control_port.ask(connected.serial, ["fault", "unauthorized"]))
    wait_for_state(connected, "unauthorized")
    refused = connected.run("shell", "true", check=False)
    assert b"device unauthorized" in refused.stderr
    list(control_port.ask(connected.serial, ["fault", "unauthorized", "off"]))
    wait_for_state(connected, "device")
    assert connected.shell("echo in")[1] == "in\n"


def test_a_lost_device_ends_what_runs_on_it(connect: Callable[[Any], Connected]) -> None:
    connected = connect(StandInDevice)
    with connected.service("shell:echo up; sleep 1000") as connection:
        assert connection.read_exact(3) == b"up\n"
        list(control_port.ask(connected.serial, ["fault", "device-lost"]))
        assert connection.read(10) == b""
    assert not connected.server.call(lambda: dict(connected.device.shell_processes.alive))


def test_other_faults_are_for_the_framework(stand_in: Connected) -> None:
    list(control_port.ask(stand_in.serial, ["fault", "empty-dump"]))
    assert stand_in.device.faults.active == {"empty-dump"}
    list(control_port.ask(stand_in.serial, ["fault", "empty-dump", "off"]))
    assert stand_in.device.faults.active == set()
    list(control_port.ask(stand_in.serial, ["fault", "low-memory-kill", "com.example.shop"]))
    assert stand_in.device.system.killed == [("low-memory-kill", "com.example.shop")]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["fault", "nonesuch"], "unknown fault 'nonesuch'; known: unauthorized, offline, "),
        (["dance"], "known requests: "),
        (["fault", "offline", "soon"], "'soon' is no number"),
        (["fault", "low-memory-kill", "com.none"], "no package 'com.none'"),
    ],
)
def test_a_wrong_request_says_what_is_known(stand_in: Connected, words: list[str], text: str) -> None:
    with pytest.raises(control_port.ControlError, match=re.escape(text)):
        list(control_port.ask(stand_in.serial, words))


def test_nobody_there_is_one_line() -> None:
    with pytest.raises(control_port.Unreachable, match="no virtual device answers at 127"):
        list(control_port.ask(f"127.0.0.1:{free_port()}", ["truth"]))
