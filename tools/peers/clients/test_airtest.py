"""airtest (PyPI): its Android device over the adb program, by ``adb`` alone and by its own touch program.

MINICAP and JAVACAP, which copy the screen, are machine code and an app: nothing here runs those, they are refused, and
airtest takes ``screencap`` instead, as on phones that refuse them.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from airtest import aircv
from airtest.core import api
from airtest.core.android import Android

APIS, PAGE = "io.appium.android.apis", ".ApiDemos"
WIDTH, HEIGHT, ROW = 1080, 2400, 126
LOOKS = 20


@pytest.fixture(scope="module")
def device(serial: str) -> Iterator[Android]:
    made = Android(serial, cap_method="ADBCAP", touch_method="ADBTOUCH", ori_method="ADBORI", adb_path=shutil.which("adb"))
    api.G.add_device(made)
    yield made
    made.rotation_watcher.teardown()


@pytest.fixture
def page(device: Android) -> Iterator[Android]:
    device.start_app_timing(APIS, PAGE)  # waits until it is drawn
    yield device
    device.stop_app(APIS)


def place(device: Android, text: str) -> int:
    """Where the row with ``text`` begins, as soon as it is there."""
    row = re.compile(rf'text="{text}"[^>]*bounds="\[\d+,(\d+)\]')
    return next(int(found[1]) for _ in range(LOOKS) if (found := row.search(texts(device))) is not None)


def texts(device: Android) -> str:
    return str(device.shell("uiautomator dump /data/local/tmp/airtest.xml && cat /data/local/tmp/airtest.xml"))


def seen(device: Android, text: str) -> bool:
    """Whether ``text`` is there, soon after what was done."""
    return any(f'text="{text}"' in texts(device) for _ in range(LOOKS))


def test_what_it_knows_of_the_screen(device: Android) -> None:
    assert device.get_current_resolution() == (WIDTH, HEIGHT)
    info = device.display_info
    assert (info["width"], info["height"], info["orientation"], info["rotation"]) == (WIDTH, HEIGHT, 0, 0)
    assert device.adb.update_cur_display(dict(info))["physical_width"] == WIDTH
    assert device.adb.getMaxXY() == (32767, 32767)  # the panel's own units, as getevent tells them
    assert device.is_screenon()
    assert not device.is_locked()
    assert not device.is_keyboard_shown()


def test_the_device_in_figures(device: Android) -> None:
    told = device.adb.get_device_info()
    assert told["platform"] == "Android"
    assert [name for name, value in told.items() if value is None] == ["cpuinfo"]  # of kernels with a line Hardware
    assert told["memory"].endswith("G")
    assert told["gpu"]["opengl"].startswith("OpenGL ES")


def test_apps(page: Android) -> None:
    assert APIS in page.list_app()
    assert page.check_app(APIS)
    assert page.get_top_activity()[:2] == (APIS, PAGE)
    assert page.path_app(APIS).startswith("/data/app/")
    page.start_app(APIS)


def test_touch_by_picture(page: Android, tmp_path: Path) -> None:
    screen = page.snapshot()
    assert screen.shape == (HEIGHT, WIDTH, 3)
    top, picture = place(page, "Animation"), tmp_path / "row.png"
    aircv.imwrite(str(picture), screen[top : top + ROW, 0:500])
    api.touch(api.Template(str(picture), resolution=(WIDTH, HEIGHT)))
    assert seen(page, "Cloning")


def test_swipe(page: Android) -> None:
    page.touch((300, place(page, "Views") + ROW // 2))
    before = place(page, "Controls")
    api.swipe((540, 2000), (540, 1700))
    assert place(page, "Controls") < before
    page.swipe((0.5, 0.3), (0.5, 0.9))


def test_keys_and_text(page: Android) -> None:
    api.keyevent("HOME")
    assert page.get_top_activity()[0] != APIS
    page.adb.text("hello")


def test_files(device: Android, tmp_path: Path) -> None:
    (tmp_path / "sent").write_bytes(b"airtest")
    device.push(str(tmp_path / "sent"), "/data/local/tmp/airtest.bin")
    device.pull("/data/local/tmp/airtest.bin", str(tmp_path / "got"))
    assert (tmp_path / "got").read_bytes() == b"airtest"


@pytest.fixture(scope="module")
def by_default(serial: str) -> Iterator[Android]:
    """As ``connect_device("Android:///SERIAL")`` makes it."""
    made = Android(serial, adb_path=shutil.which("adb"))
    yield made
    made.touch_proxy.teardown()
    made.rotation_watcher.teardown()


def test_its_own_touch_program(by_default: Android) -> None:
    assert by_default.touch_method == "MAXTOUCH"
    by_default.start_app_timing(APIS, PAGE)
    top = place(by_default, "Animation")
    by_default.touch((300, top + ROW // 2))
    assert seen(by_default, "Cloning")
    by_default.keyevent("BACK")
    by_default.touch((300, place(by_default, "Views") + ROW // 2))
    assert seen(by_default, "Animation")
    by_default.swipe((540, 2000), (540, 300))
    assert seen(by_default, "Seek Bar")
    by_default.stop_app(APIS)


def test_a_way_to_copy_the_screen_that_is_refused_gives_way(by_default: Android) -> None:
    assert by_default.snapshot().shape == (HEIGHT, WIDTH, 3)
    assert by_default.cap_method == "ADBCAP"
