"""screenrecord: films that a decoder which is not ours (OpenCV's ffmpeg) plays back, sample by sample."""

import re
import struct
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from device_farm.samples.in_process_device import devices_in_process
from device_farm.virtual import control_port
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.screen.h264 import Encoder, annex_b
from device_farm.virtual.screen.screen_recording import Sample, write
from device_farm.virtual.spec import Spec
from tests.virtual.adb_calls import Connected

Picture = NDArray[np.uint8]

ROUNDING = 3  # two ways from YCbCr to RGB differ by so much


def played(path: Path) -> list[Picture]:
    film = cv2.VideoCapture(str(path))
    pictures = []
    while (read := film.read())[0]:
        pictures.append(np.asarray(cv2.cvtColor(read[1], cv2.COLOR_BGR2RGB), np.uint8))
    return pictures


def through_yuv(picture: Picture) -> Picture:
    """What 4:2:0 leaves of a picture."""
    return np.asarray(cv2.cvtColor(cv2.cvtColor(picture, cv2.COLOR_RGB2YUV_I420), cv2.COLOR_YUV2RGB_I420), np.uint8)


def ui(width: int, height: int, seed: int) -> Picture:
    """Flat areas, edges on and off the grid of macroblocks, and noise."""
    random = np.random.default_rng(seed)
    picture = np.full((height, width, 3), random.integers(0, 256, 3), np.uint8)
    for _ in range(6):
        left, top = int(random.integers(0, width - 8)), int(random.integers(0, height - 8))
        picture[top : top + int(random.integers(8, height)), left : left + int(random.integers(8, width))] = random.integers(0, 256, 3)
    picture[height // 2 : height // 2 + 20, 8:40] = random.integers(0, 256, (*picture[height // 2 : height // 2 + 20, 8:40].shape[:2], 3))
    return picture


@pytest.mark.parametrize(("width", "height"), [(64, 96), (66, 98), (1080, 240), (18, 34)])
@pytest.mark.parametrize("seed", range(3))
def test_a_decoder_gives_the_pictures_back(tmp_path: Path, width: int, height: int, seed: int) -> None:
    pictures = [ui(width, height, seed), ui(width, height, seed), ui(width, height, seed + 100), np.zeros((height, width, 3), np.uint8)]
    pictures.insert(1, pictures[0].copy())
    pictures[1][: height // 3, : width // 3] ^= 0x55
    encoder = Encoder(width, height)
    samples = [Sample(unit, 0.25, key) for unit, key in map(encoder.encode, pictures)]
    assert [sample.key for sample in samples] == [True, False, False, False, False]
    path = tmp_path / "film.mp4"
    path.write_bytes(write(width, height, encoder.sps, encoder.pps, samples))
    shown = played(path)
    assert len(shown) == len(pictures)
    for got, sent in zip(shown, pictures, strict=True):
        assert np.abs(got.astype(int) - through_yuv(sent)).max() <= ROUNDING


def test_what_does_not_change_costs_nothing() -> None:
    encoder = Encoder(1080, 2400)
    picture = ui(1080, 2400, 1)
    first, again = encoder.encode(picture)[0], encoder.encode(picture)[0]
    assert len(again) < 16 < len(first)


def test_an_odd_size_is_refused() -> None:
    with pytest.raises(ValueError, match="even width and height, not 3x4"):
        Encoder(3, 4)


@pytest.fixture(scope="module")
def phone(virtual_device: Callable[..., Connected]) -> Connected:
    return virtual_device(Spec())


def test_a_film_of_the_screen_until_its_time_is_over(phone: Connected, tmp_path: Path) -> None:
    tapping = threading.Thread(target=lambda: phone.shell("am start -W -n com.android.settings/.Settings"))
    tapping.start()
    assert phone.shell("screenrecord --time-limit 2 --bit-rate 4M --size 540x1200 /sdcard/film.mp4") == (0, "", "")
    tapping.join()
    phone.run("pull", "/sdcard/film.mp4", str(tmp_path / "film.mp4"))
    shown = played(tmp_path / "film.mp4")
    assert len(shown) >= 2
    assert shown[0].shape == (1200, 540, 3)
    assert not np.array_equal(shown[0], shown[-1])


def test_sigint_ends_the_film_not_the_file(phone: Connected, tmp_path: Path) -> None:
    script = "screenrecord /sdcard/short.mp4 & PID=$!; sleep 0.5; kill -INT $PID; wait $PID; echo ended $?"
    assert phone.shell(script)[1] == "ended 0\n"
    phone.run("pull", "/sdcard/short.mp4", str(tmp_path / "short.mp4"))
    assert len(played(tmp_path / "short.mp4")) >= 1


def test_sigkill_leaves_a_file_without_its_end(phone: Connected, tmp_path: Path) -> None:
    script = "screenrecord /sdcard/killed.mp4 & PID=$!; sleep 0.5; kill -9 $PID; wait $PID; echo ended $?"
    assert phone.shell(script)[1] == "ended 137\n"
    phone.run("pull", "/sdcard/killed.mp4", str(tmp_path / "killed.mp4"))
    assert (tmp_path / "killed.mp4").read_bytes()[24:40] == b"\x00\x00\x00\x01mdat????????"
    assert played(tmp_path / "killed.mp4") == []


def test_a_bare_stream_to_standard_output(phone: Connected, tmp_path: Path) -> None:
    data = phone.run("exec-out", "screenrecord --output-format=h264 --time-limit 1 -").stdout
    encoder = Encoder(1080, 2400)
    assert data.startswith(annex_b(encoder.sps, encoder.pps))
    (tmp_path / "film.h264").write_bytes(data)
    assert len(played(tmp_path / "film.h264")) >= 1


def test_time_that_is_skipped_is_in_the_film(phone: Connected, tmp_path: Path) -> None:
    """Half an hour of it costs no time: the film ends with its limit, and changes have the device's own time."""
    began = phone.device.clock.uptime
    script = "screenrecord --time-limit 60 --size 540x1200 /sdcard/skipped.mp4 & PID=$!; "
    script += "cmd apprights idle 20; input keyevent 26; cmd apprights idle 5; input keyevent 26; cmd apprights idle 1800; wait $PID"
    assert phone.shell(script)[0] == 0
    phone.run("pull", "/sdcard/skipped.mp4", str(tmp_path / "film.mp4"))
    word, data = b"#VV1NSC0PET1ME!#", (tmp_path / "film.mp4").read_bytes()
    place = data.index(word) + len(word)
    (count,) = struct.unpack_from("<I", data, place)
    times = [time / 1e6 for time in struct.unpack_from(f"<{count}Q", data, place + 4)]
    film = cv2.VideoCapture(str(tmp_path / "film.mp4"))
    shown = []
    while (read := film.read())[0]:
        shown.append((times[0] + film.get(cv2.CAP_PROP_POS_MSEC) / 1000, int(read[1].max()) > 16))
    assert [time for time, _ in shown] == pytest.approx(times, abs=0.001)
    changes = [(time, lit) for (time, lit), (_, before) in zip(shown[1:], shown, strict=False) if lit != before]
    assert [lit for _, lit in changes] == [False, True]
    assert changes[0][0] - began == pytest.approx(22, abs=3)  # the commands between take a while on a busy machine
    assert changes[1][0] - changes[0][0] == pytest.approx(7, abs=3)
    assert shown[-1][0] - times[0] < 60.0


def test_a_signal_meets_what_a_shell_has_become(phone: Connected) -> None:
    """With ``exec`` the shell's own id is that of the film."""
    script = "sh -c 'echo $$ > /data/local/tmp/pid; exec screenrecord --verbose /sdcard/verbose.mp4' & "
    script += "sleep 0.5; kill -INT $(cat /data/local/tmp/pid); wait $!; echo ended $?; rm /data/local/tmp/pid"
    assert re.sub(r"recorded \d+ frames in \d+ seconds", "recorded N frames in N seconds", phone.shell(script)[1]).splitlines() == [
        "Display is 1080x2400 @60.00fps (orientation=ROTATION_0), layerStack=0",
        "Configuring recorder for 1080x2400 video/avc at 20.00Mbps",
        "Content area is 1080x2400 at offset x=0 y=0",
        "Encoder stopping; recorded N frames in N seconds",
        "Stopping encoder and muxer",
        "ended 0",
    ]


def test_it_says_nothing_beside_a_stream(phone: Connected) -> None:
    refused = (255, "", "ERROR: verbose output and '-' not compatible")
    assert phone.shell("screenrecord --verbose --output-format=h264 -") == refused


def test_an_encoder_that_another_has(phone: Connected) -> None:
    list(control_port.ask(phone.serial, ["fault", "no-encoder"]))
    assert phone.shell("screenrecord /sdcard/none.mp4") == (0, "", "ERROR: unable to create video/avc codec instance\n")
    list(control_port.ask(phone.serial, ["fault", "no-encoder", "off"]))


def test_the_display_has_an_id(phone: Connected) -> None:
    told = phone.shell("dumpsys SurfaceFlinger --display-id")[1].split()[1]
    assert phone.shell(f"screenrecord --time-limit 1 --display-id {told} /sdcard/x.mp4") == (0, "", "")
    assert phone.shell("screenrecord --display-id 7 /sdcard/x.mp4") == (2, "", "Invalid physical display ID\n")


def test_newer_phones_film_as_long_as_they_are_told() -> None:
    with devices_in_process([partial(VirtualDevice, Spec(android="16"))]) as (device,):
        script = "screenrecord --time-limit 0 --size 540x1200 /sdcard/x.mp4 & PID=$!; cmd apprights idle 200; kill -INT $PID; wait $PID"
        assert device.shell(script).code == 0
        assert device.shell("screenrecord --time-limit 300 --size 540x1200 /sdcard/x.mp4 & cmd apprights idle 301; wait $!").code == 0
        refused = device.shell("screenrecord --time-limit -1 /sdcard/x.mp4")
        assert (refused.code, refused.stderr) == (2, "Time limit -1s outside acceptable range [0,4294967295] seconds\n")


@pytest.mark.parametrize(("android", "rom"), [("10", "emui"), ("12", "harmony")])
def test_huawei_leaves_it_out(android: str, rom: str) -> None:
    with devices_in_process([partial(VirtualDevice, Spec(android=android, rom=rom))]) as (device,):
        refused = device.shell("screenrecord /sdcard/x.mp4")
        assert (refused.code, refused.stderr) == (127, "/system/bin/sh: screenrecord: inaccessible or not found\n")


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("screenrecord", "Must specify output file (see --help)."),
        ("screenrecord --time-limit 0 /sdcard/x.mp4", "Time limit 0s outside acceptable range [1,180]"),
        ("screenrecord --size 10 /sdcard/x.mp4", "Invalid size '10', must be width x height"),
        ("screenrecord --size 0x10 /sdcard/x.mp4", "Invalid size 0x10, width and height may not be zero"),
        ("screenrecord --bit-rate 1 /sdcard/x.mp4", "Bit rate 1bps outside acceptable range [100000,200000000]"),
        ("screenrecord --bit-rate x /sdcard/x.mp4", "Unrecognized value: x"),
        ("screenrecord --output-format=avi /sdcard/x.mp4", "Unknown format 'avi'"),
    ],
)
def test_wrong_arguments(phone: Connected, command: str, message: str) -> None:
    assert phone.shell(command) == (2, "", message + "\n")


def test_where_it_may_not_write_and_what_it_does_not_do(phone: Connected) -> None:
    assert phone.shell("screenrecord /system/x.mp4") == (1, "", "Unable to open '/system/x.mp4': Read-only file system\n")
    assert phone.shell("screenrecord --size 4000x4000 /sdcard/x.mp4")[0] == 127
    assert phone.shell("screenrecord --bugreport /sdcard/x.mp4")[0] == 127
    for form in ("webm", "3gpp", "frames", "raw-frames"):
        assert phone.shell(f"screenrecord --output-format={form} -")[2] == f"virtual: not modelled: screenrecord --output-format={form}\n"
