"""AdbDevice against a stand-in of the adb server."""

import socket
import struct
import threading

import cv2
import numpy as np
import pytest

from harness.device.adb import DeviceEntry, connect, list_devices, open_device
from harness.errors import CommandFailed, DeviceLost, DeviceTimeout, FormatError

OUT, ERR, EXIT = 1, 2, 3


def packet(kind, payload):
    return struct.pack("<BI", kind, len(payload)) + payload


@pytest.fixture
def device(server):
    return open_device("S1", port=server.port)


def answer(*packets):
    return lambda client, text: client.sendall(b"".join(packets))


def test_shell_v2_keeps_outputs_and_code_apart(server, device):
    server.services["shell,v2:"] = answer(
        packet(OUT, "你".encode()[:2]), packet(ERR, b"oops\n"), packet(OUT, "你".encode()[2:]), packet(EXIT, b"\x03")
    )
    result = device.shell("any")
    assert (result.stdout, result.stderr, result.code) == ("你", "oops\n", 3)


def test_words_of_a_sequence_are_quoted(server, device):
    server.services["shell,v2:"] = answer(packet(EXIT, b"\0"))
    device.shell(["log", "a'; reboot", "$(id)"])
    assert server.requests[-1] == """shell,v2:log 'a'"'"'; reboot' '$(id)'"""


def test_shell_v1_has_an_exit_code_too(server):
    server.features = "cmd"
    server.services["shell:"] = answer(b"out\nerr\n\napprights-exit:4\n")
    result = open_device("S1", port=server.port).shell("exit 4")
    assert (result.stdout, result.code) == ("out\nerr\n", 4)
    assert "\nexit 4\n" in server.requests[-1]


@pytest.mark.parametrize("features", ["shell_v2", "cmd"])
def test_a_device_that_leaves_during_a_command_is_lost(server, features):
    server.features = features
    server.services["shell"] = answer(b"")
    with pytest.raises(DeviceLost, match="went away during 'ls'"):
        open_device("S1", port=server.port).shell("ls")


def test_a_packet_longer_than_memory_is_refused(server, device):
    server.services["shell,v2:"] = answer(struct.pack("<BI", OUT, 0xFFFFFFFF))
    with pytest.raises(FormatError, match="shell packet of 4294967295 bytes"):
        device.shell("ls")


def test_output_without_end_is_refused(server, device, monkeypatch):
    monkeypatch.setattr("harness.device.adb_shell.OUTPUT_LIMIT", 100)
    server.services["shell,v2:"] = answer(*[packet(OUT, bytes(90))] * 2, packet(EXIT, b"\0"))
    with pytest.raises(FormatError, match="printed more than"):
        device.shell("yes")


def test_a_command_too_long_for_adb_is_refused(device):
    with pytest.raises(CommandFailed, match="too long"):
        device.shell("x" * 70000)


def test_stream_gives_output_as_it_comes_then_the_failure(server, device):
    server.services["shell,v2:"] = answer(packet(OUT, b"line\n"), packet(ERR, b"no such buffer"), packet(EXIT, b"\1"))
    stream = device.stream(["logcat"])
    assert stream.read() == b"line\n"
    with pytest.raises(CommandFailed, match="no such buffer"):
        stream.read()
    stream.close()


def test_stream_that_breaks_off_is_a_lost_device(server, device):
    server.services["shell,v2:"] = answer(packet(OUT, b"line\n"))
    stream = device.stream(["logcat"])
    assert stream.read() == b"line\n"
    with pytest.raises(DeviceLost):
        stream.read()
    stream.close()


def test_closing_a_stream_ends_a_read_in_another_thread(server, device):
    server.services["shell,v2:"] = lambda client, text: client.recv(1)
    stream = device.stream(["logcat"])
    got = []
    reader = threading.Thread(target=lambda: got.append(stream.read()))
    reader.start()
    stream.close()
    reader.join(120)
    assert got == [b""]


def test_what_came_before_close_can_still_be_read(server, device):
    sent = threading.Event()

    def serve(client, text):
        client.sendall(packet(OUT, b"one\n") + packet(OUT, b"two\n"))
        sent.set()
        client.recv(1)

    server.services["shell,v2:"] = serve
    stream = device.stream(["logcat"])
    assert sent.wait(120)
    stream.close()
    assert stream.read() == b"one\ntwo\n"
    assert stream.read() == b""


def sync(server, *answers):
    def serve(client, text):
        _, size = struct.unpack("<4sI", server.read(client, 8))
        server.read(client, size)
        client.sendall(b"".join(answers))
        client.recv(1 << 20)

    server.services["sync:"] = serve


def head(kind, size):
    return struct.pack("<4sI", kind, size)


def test_pull(server, device):
    sync(server, head(b"DATA", 3), b"abc", head(b"DATA", 2), b"de", head(b"DONE", 0))
    assert device.pull("/system/etc/event-log-tags") == b"abcde"


def test_pull_of_an_absent_file(server, device):
    sync(server, head(b"FAIL", 25), b"No such file or directory")
    with pytest.raises(CommandFailed, match=r"pull /nothing' failed .*No such file"):
        device.pull("/nothing")


def test_pull_is_bounded(server, device):
    sync(server, head(b"DATA", 60000), bytes(60000), head(b"DATA", 60000), bytes(60000))
    with pytest.raises(FormatError, match="larger than 100000 bytes"):
        device.pull("/big", limit=100_000)


def test_pull_refuses_a_chunk_longer_than_the_protocol_allows(server, device):
    sync(server, head(b"DATA", 0xFFFFFFF0))
    with pytest.raises(FormatError, match="sync protocol"):
        device.pull("/big")


def test_push(server, device):
    got = []

    def serve(client, text):
        kind, size = struct.unpack("<4sI", server.read(client, 8))
        got.append((kind, server.read(client, size)))
        kind, size = struct.unpack("<4sI", server.read(client, 8))
        got.append((kind, server.read(client, size)))
        assert server.read(client, 8)[:4] == b"DONE"
        client.sendall(head(b"OKAY", 0))

    server.services["sync:"] = serve
    device.push(b"data", "/data/local/tmp/x", mode=0o600)
    assert got == [(b"SEND", b"/data/local/tmp/x,33152"), (b"DATA", b"data")]


def test_push_refused(server, device):
    sync(server, head(b"FAIL", 17), b"Permission denied")
    with pytest.raises(CommandFailed, match="Permission denied"):
        device.push(b"data", "/system/x")


def test_install_sends_the_file_and_reads_success(server, device, tmp_path):
    apk, got = tmp_path / "shop.apk", []
    apk.write_bytes(b"PK" * 1000)

    def serve(client, text):
        got.append((text, server.read(client, 2000)))
        client.sendall(b"Success\n")

    server.services["exec:"] = serve
    device.install(apk)
    assert got == [("cmd package install -r -t -S 2000", b"PK" * 1000)]


def test_install_gives_the_devices_own_reason_and_advice(server, device, tmp_path):
    apk = tmp_path / "shop.apk"
    apk.write_bytes(b"PK")
    server.services["exec:"] = lambda client, text: (
        server.read(client, 2),
        client.sendall(b"Failure [INSTALL_FAILED_USER_RESTRICTED: Install canceled by user]\n"),
    )
    with pytest.raises(CommandFailed, match=r"Install canceled by user \(allow 'Install via USB'"):
        device.install(apk)


def test_install_refused_before_all_was_sent(server, device, tmp_path):
    apk = tmp_path / "big.apk"
    apk.write_bytes(bytes(8_000_000))
    refused = threading.Event()

    def serve(client, text):
        client.sendall(b"Failure [INSTALL_FAILED_INVALID_APK: no manifest]\n")
        refused.wait(120)

    server.services["exec:"] = serve
    with pytest.raises(DeviceTimeout, match="confirm it on the screen"):  # it never hangs up
        device.install(apk, timeout=0.5)
    refused.set()
    server.services["exec:"] = lambda client, text: (
        server.read(client, 300_000),
        client.sendall(b"Failure [INSTALL_FAILED_INVALID_APK: no manifest]\n"),
        client.shutdown(socket.SHUT_WR),
        [None for _ in iter(lambda: client.recv(1 << 20), b"")],
    )
    with pytest.raises(CommandFailed, match="INSTALL_FAILED_INVALID_APK: no manifest"):
        device.install(apk)


def test_install_of_an_absent_file(device, tmp_path):
    with pytest.raises(FormatError, match="cannot be read"):
        device.install(tmp_path / "none.apk")


def picture():
    rgba = np.zeros((3, 2, 4), np.uint8)
    rgba[0, 0] = (10, 20, 30, 255)
    return rgba


@pytest.mark.parametrize("colour_space", [b"", struct.pack("<I", 1)])
def test_raw_screencap_of_either_header(server, device, colour_space):
    raw = struct.pack("<3I", 2, 3, 1) + colour_space + picture().tobytes()
    server.services["exec:screencap 2>"] = answer(raw[:5], raw[5:])
    screen = device.screenshot()
    assert screen.shape == (3, 2, 3)
    assert screen[0, 0].tolist() == [30, 20, 10]


@pytest.mark.parametrize("raw", [b"", struct.pack("<3I", 2, 3, 22) + bytes(100), struct.pack("<3I", 2**31, 2**31, 1)])
def test_unknown_raw_formats_fall_back_to_png(server, device, raw):
    png = cv2.imencode(".png", picture()[:, :, 2::-1])[1].tobytes()
    server.services["exec:screencap 2>"] = answer(raw)
    server.services["exec:screencap -p"] = answer(b"[Warning] Multiple displays were found\n" + png)
    assert device.screenshot()[0, 0].tolist() == [30, 20, 10]


def test_a_cut_picture_is_an_error(server, device):
    server.services["exec:screencap 2>"] = answer((struct.pack("<4I", 2, 3, 1, 1) + picture().tobytes())[:-1])
    with pytest.raises(FormatError, match="cut or of an unknown format"):
        device.screenshot()


def test_no_picture_at_all(server, device):
    server.services["exec:screencap 2>"] = answer(b"")
    server.services["exec:screencap -p"] = answer(b"Capture failed")
    with pytest.raises(FormatError, match="Capture failed"):
        device.screenshot()


def test_devices_never_fails_for_one_bad_device(server):
    server.devices = {"S3": "unauthorized", "S2": "no permissions (user not in plugdev); see [x]", "S1": "device"}
    server.services["shell,v2:getprop"] = answer(
        packet(OUT, b"[ro.product.model]: [Pixel 7]\n[ro.build.version.release]: [13]\n"),
        packet(OUT, b"[ro.miui.ui.version.name]: [V14]\n"),
        packet(EXIT, b"\0"),
    )
    assert list_devices(port=server.port) == [
        DeviceEntry("S1", "device", "Pixel 7", "13", "miui"),
        DeviceEntry("S2", "no permissions"),
        DeviceEntry("S3", "unauthorized"),
    ]


def test_a_device_that_does_not_answer_is_listed_all_the_same(server):
    assert list_devices(port=server.port) == [DeviceEntry("S1", "device")]


@pytest.mark.parametrize(
    ("devices", "serial", "words"),
    [
        ({}, None, "plug in a phone .* --virtual"),
        ({}, "X", "no device X, nor any other"),
        ({"B": "device", "A": "device"}, None, "choose one with --serial: A, B"),
        ({"A": "device"}, "X", "no device X: choose one of A"),
        ({"A": "unauthorized"}, None, "allow USB debugging"),
        ({"A": "offline"}, "A", "adb reconnect"),
    ],
)
def test_open_device_says_what_to_do(server, monkeypatch, devices, serial, words):
    monkeypatch.delenv("ANDROID_SERIAL", raising=False)
    server.devices = devices
    with pytest.raises(DeviceLost, match=words):
        open_device(serial, port=server.port)


def test_open_device_takes_the_only_ready_one_or_the_one_of_the_environment(server, monkeypatch):
    monkeypatch.delenv("ANDROID_SERIAL", raising=False)
    server.devices = {"A": "offline", "B": "device"}
    assert open_device(port=server.port).serial == "B"
    server.devices = {"A": "device", "B": "device"}
    monkeypatch.setenv("ANDROID_SERIAL", "A")
    assert open_device(port=server.port).serial == "A"


def test_connect_that_is_refused(server):
    with pytest.raises(DeviceLost, match=r"Connection refused.*see whether its port is open"):
        connect("127.0.0.1:1", port=server.port)


def test_timeout_is_for_the_whole_command(server, device):
    def drip(client, text):
        while not waiter.wait(0.02):
            client.sendall(packet(OUT, b"."))

    waiter = threading.Event()
    server.services["shell,v2:"] = drip
    with pytest.raises(DeviceTimeout):
        device.shell("slow", timeout=0.2)
    waiter.set()
