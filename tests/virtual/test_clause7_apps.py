"""The app files of clause 7: downloads, stores, sessions and shaking from the vocabulary alone, on a whole device."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from device_farm.virtual.app_file import load_app_file
from device_farm.virtual.framework.dumps.activity import activity
from device_farm.virtual.framework.dumps.notification import notification
from device_farm.virtual.framework.dumps.package import package as dump_package
from tests.virtual.runtime.conftest import Phone
from tests.virtual.shell_calls import run

if TYPE_CHECKING:
    from collections.abc import Iterator

APPS = Path(__file__).parent / "clause7"
PUBLIC = "/storage/emulated/0/Download"
PROVIDER = "com.android.providers.downloads/.DownloadProvider"
MB = 1_000_000


def opened(file: str | Path, android: str = "13", rom: str = "aosp") -> Phone:
    apps = load_app_file(APPS / file)
    device = Phone(*apps[1:], apps[0], android=android, rom=rom)
    device.launch(apps[0].package)
    return device


def told(device: Phone, what: str) -> list[dict[str, Any]]:
    return device.truth(what)


def rows(device: Phone) -> str:
    return activity(device.device, ["provider", PROVIDER]) or ""


def press(device: Phone, text: str) -> None:
    node = next(n for n in nodes(device) if n.text == text)
    left, top, right, bottom = node.bounds
    device.device.screen.tap((left + right) / 2, (top + bottom) / 2)


def nodes(device: Phone) -> Iterator[Any]:
    for root in device.device.screen.tree():
        yield from root.walk()


def test_what_the_user_paused_goes_on_by_itself_at_the_next_start() -> None:
    device = opened("loads_itself.py")
    device.tap("picture", seconds=4)
    press(device, "暂停")
    device.wait(60)
    size = device.device.files.stat(f"{PUBLIC}/com.other.helper.apk").size
    assert 0 < size < 10 * MB
    assert "已暂停" in device.texts()
    device.cold_start("com.example.loads")
    device.wait(20)
    assert device.device.files.stat(f"{PUBLIC}/com.other.helper.apk").size == 10 * MB
    assert [(entry["by"], entry["resumed_at"]) for entry in told(device, "download")] == [("app", 0), ("app", size)]
    assert "Download #" not in rows(device)


def test_a_promise_and_what_comes_are_two_things() -> None:
    device = opened("red_packet_page.py")
    press(device, "立即领取")
    device.wait(4)
    assert device.front == "com.android.packageinstaller"
    assert "大富豪" in device.texts()
    assert told(device, "web_download")[0]["by"] == "touch"
    device.tap("button1", seconds=4)
    assert device.system.packages["com.casino.win"].requested_permissions[0] == "android.permission.READ_SMS"
    assert "installInitiatingPackageName=com.example.redpacket" in (dump_package(device.device, ["installs"]) or "")


STORES = [
    ("miui", "com.xiaomi.market"),
    ("emui", "com.huawei.appmarket"),
    ("aosp", "org.apprights.market"),
    ("coloros", "com.heytap.market"),
    ("originos", "com.bbk.appstore"),
]


@pytest.mark.parametrize(("rom", "store"), STORES)
def test_a_touch_anywhere_leads_to_the_store_of_the_rom(rom: str, store: str) -> None:
    device = opened("store_lure.py", android="10" if rom == "emui" else "13", rom=rom)
    device.device.screen.tap(540, 1800)
    device.wait(2)
    assert device.front == store
    assert {"开心游戏", "高速下载", "普通下载"} <= set(device.texts())
    assert [(jump["package"], jump["cause"]) for jump in told(device, "jump")] == [(store, "touch")]
    press(device, "高速下载")
    device.wait(6)
    assert "com.store.helper" in device.system.packages
    assert [(each["package"], each["silent"]) for each in told(device, "install") if "by" in each] == [("com.store.helper", True)]


@pytest.mark.parametrize(
    ("words", "leads"), [("15 36 3.1", True), ("13 60 5", False), ("20 20 5", False), ("20 60 2.5", False), ("run 20", False)]
)
def test_shaking_leads_away_at_its_thresholds(words: str, leads: bool) -> None:
    device = opened("shaken_away.py")
    assert run(device.device, f"cmd apprights motion {words}").code == 0
    device.wait(1)
    assert [jump["cause"] for jump in told(device, "jump")] == (["shake"] if leads else [])


def test_the_rows_of_the_download_manager_wait_and_go_on() -> None:
    device = opened("waits_for_network.py")
    device.tap("load", seconds=3)
    assert "android.progressMax=Integer (100)" in (notification(device.device, ["--noredact"]) or "")
    assert run(device.device, "cmd connectivity airplane-mode enable").code == 0
    device.wait(2)
    assert "status=195 " in rows(device)
    assert run(device.device, "cmd connectivity airplane-mode disable").code == 0
    device.wait(40)
    device.tap("pause")
    assert "status=193 " in rows(device) or "status=200 " in rows(device)
    device.tap("go", seconds=30)
    assert "status=200 " in rows(device)
    assert re.search(r"current_bytes=20000000 ", rows(device))


def test_a_row_that_is_to_go_on_waits_for_the_network() -> None:
    device = opened("waits_for_network.py")
    device.tap("load", seconds=3)
    device.tap("pause", seconds=3)
    assert run(device.device, "cmd connectivity airplane-mode enable").code == 0
    device.wait(2)
    device.tap("go", seconds=3)
    assert re.search(r"control=0\s+status=193 ", rows(device))
    assert run(device.device, "cmd connectivity airplane-mode disable").code == 0
    device.wait(30)
    assert "status=200 " in rows(device)


def test_a_store_of_the_phone_installs_what_was_pushed_without_a_question() -> None:
    device = opened("installs_silently.py", android="12")
    device.tap("ok", seconds=6)
    assert "com.game.pushed" in device.system.packages
    assert [(each["by"], each["silent"]) for each in told(device, "install") if "by" in each] == [("com.vendor.store", True)]
    assert device.device.files.listdir(PUBLIC) == []
    assert {"添加到主屏幕", "天气特惠"} <= set(device.texts())
    device.tap("add")
    device.system.go_home()
    device.wait(1)
    assert {"天气", "天气特惠", "推送来的"} <= set(device.texts())
    text = notification(device.device, ["--noredact"]) or ""
    assert "android.progress=Integer (3)" in text
    assert "flags=0x22" in text
