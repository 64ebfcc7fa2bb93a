"""Downloads are real files with rows; the installer asks, installs, and keeps its sessions."""

import io
import re
import zipfile
from collections.abc import Callable
from typing import ClassVar

import pytest

from device_farm.virtual import Activity, App, Text
from device_farm.virtual.framework.dumps.notification import notification as dump_notification
from device_farm.virtual.framework.packages.download_content import offered_file, offered_package
from device_farm.virtual.framework.records.download import Offer

from .conftest import Phone

PACKAGE, FILE, SIZE = "com.example.lures", "com.game.fun.apk", 4_000_000
PATH = f"/storage/emulated/0/Download/{FILE}"


class Lures(App):
    package, label = PACKAGE, "诱导"
    ended: ClassVar[list[int]] = []

    class Main(Activity):
        launcher = True

        def on_create(self) -> None:
            self.show(Text("页面"))

        def on_click(self, id: str) -> None:
            if id == "download":
                self.enqueue_download("https://a.example/f.apk", title="开心游戏", file_name=FILE, size=SIZE)
            elif id == "market":
                self.open_market("com.game.fun")
            elif id == "url":
                self.open_url("https://a.example/")
            else:
                self.install_apk(FILE)

    def on_download(self, id: int) -> None:
        self.ended.append(id)


@pytest.fixture
def lures(phone: Callable[..., Phone]) -> Phone:
    return started(phone)


def started(phone: Callable[..., Phone], android: str = "13", rom: str = "aosp") -> Phone:
    device = phone(Lures, android=android, rom=rom)
    device.launch(PACKAGE)
    return device


def test_a_download_is_a_file_of_its_size_and_the_app_is_told(lures: Phone) -> None:
    lures.tap("download")
    assert "status=192" in lures.downloads()
    assert 0 < lures.device.files.stat(PATH).size < SIZE
    lures.wait(3)
    data = lures.device.files.read(PATH)
    assert len(data) == SIZE
    assert "AndroidManifest.xml" in zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert lures.app(PACKAGE).ended == [1]
    text = lures.downloads()
    for pair in ("status=200", f"total_bytes={SIZE}", f"current_bytes={SIZE}", f"notificationpackage={PACKAGE}", f"_data={PATH}"):
        assert f"{pair} " in text
    assert "mimetype=application/vnd.android.package-archive " in text
    assert max(len(line) for line in text.splitlines()) <= 126


def test_rows_older_than_an_hour_are_not_dumped(lures: Phone) -> None:
    lures.tap("download")
    lures.wait(4000)
    assert "Download #" not in lures.downloads()


def test_a_taken_name_gets_a_number(lures: Phone) -> None:
    for _ in range(2):
        lures.tap("download", seconds=4)
    assert lures.device.files.exists(PATH.replace(".apk", "-1.apk"))


@pytest.mark.parametrize("name", ["", "..", "a/b.apk", "x" * 300])
def test_a_name_that_is_no_file_is_refused(lures: Phone, name: str) -> None:
    with pytest.raises(ValueError, match="not the name of a file"):
        lures.app(PACKAGE).enqueue_download("u", title="t", file_name=name, size=1)


def test_what_does_not_fit_fails_and_is_told_too(lures: Phone) -> None:
    lures.app(PACKAGE).enqueue_download("u", title="t", file_name="big.bin", size=10**12)
    lures.wait(10**6)
    assert lures.app(PACKAGE).ended == [1]
    assert not lures.device.files.exists("/storage/emulated/0/Download/big.bin")


def test_the_installer_asks_installs_and_opens(lures: Phone) -> None:
    lures.tap("download", seconds=3)
    lures.tap("install")
    assert lures.front == "com.android.packageinstaller"
    assert {"开心游戏", "要安装此应用吗？", "取消", "安装"} <= set(lures.texts())
    assert any("android.intent.action.VIEW,application/vnd.android.package-archive" in line for line in lures.log("wm_create_activity"))
    assert f"appPackageName=com.game.fun installOriginatingPackageName={PACKAGE}" not in lures.sessions()
    assert re.search(rf"Active install sessions: Active Session \d+: .*PackageName={PACKAGE} .*Finalized", lures.sessions())
    lures.tap("button1", seconds=3)
    assert "com.game.fun" in lures.system.packages
    assert lures.system.packages["com.game.fun"].installer == "com.android.packageinstaller"
    assert "应用已安装。" in lures.texts()
    assert re.search(r"Historical install sessions: Session \d+:", lures.sessions())
    lures.tap("button1")
    assert lures.front == "com.game.fun"


def test_a_refusal_installs_nothing(lures: Phone) -> None:
    lures.tap("download", seconds=3)
    lures.tap("install")
    lures.system.press_back()
    lures.wait(1)
    assert lures.front == PACKAGE
    assert "com.game.fun" not in lures.system.packages
    assert "mFinalStatus=-115 mFinalMessage=User rejected permissions" in lures.sessions()


def test_a_file_that_is_not_there_cannot_be_parsed(lures: Phone) -> None:
    lures.tap("install")
    assert "解析软件包时出现问题。" in lures.texts()
    lures.tap("button1")
    assert lures.front == PACKAGE


def test_a_source_that_is_not_allowed_leads_to_settings_and_back(lures: Phone) -> None:
    lures.system.packages[PACKAGE].op_modes["REQUEST_INSTALL_PACKAGES"] = "deny"
    lures.tap("download", seconds=3)
    lures.tap("install")
    assert "设置" in lures.texts()
    lures.tap("button1")
    assert lures.front == "com.android.settings"
    window = lures.system.focused_window()
    window.handler.switch("switch_widget", True)
    lures.wait(1)
    lures.system.press_back()
    lures.wait(1)
    assert "要安装此应用吗？" in lures.texts()


def test_links_lead_to_the_roms_store_and_browser(phone: Callable[..., Phone]) -> None:
    device = started(phone, rom="miui")
    device.tap("market")
    assert device.front == "com.xiaomi.market"
    device.system.press_back()
    device.wait(1)
    device.tap("url")
    assert device.front == device.device.rom.data["system_apps"]["browser"]["package"]


def test_the_notification_of_a_download_is_in_the_dump(lures: Phone) -> None:
    lures.tap("download", seconds=3)
    text = dump_notification(lures.device, ["--noredact"]) or ""
    assert re.search(r"NotificationRecord\(0x[0-9a-f]{8}: pkg=com.android.providers.downloads user=UserHandle\{0\} id=0 tag=3:1 ", text)
    assert "android.title=String (开心游戏)" in text
    assert "开心游戏" not in (dump_notification(lures.device, []) or "")


@pytest.mark.parametrize("size", [0, 10, 1000, 1500, 70_000])
def test_an_apk_has_exactly_the_size_that_was_asked_for(size: int) -> None:
    assert offered_package(Offer(), "好玩.apk", "好玩", 0.0).name.startswith("com.example.app")
    assert offered_file(Offer(), "好玩.apk", "好玩", size, 0.0).size == size


def test_a_download_that_a_reboot_broke_off_goes_on_when_the_boot_is_complete(lures: Phone) -> None:
    lures.tap("download")
    lures.wait(1)
    assert re.search(r"current_bytes=[1-9]", lures.downloads())
    lures.system.reboot()
    assert "status=192" in lures.downloads()
    lures.wait(60)
    assert "status=200" in lures.downloads()
    assert len(lures.device.files.read(PATH)) == SIZE


def test_a_phone_may_refuse_to_tell_of_downloads(lures: Phone) -> None:
    lures.tap("download")
    lures.device.faults.active.add("downloads-unread")
    assert lures.downloads().startswith("No providers match: com.android.providers.downloads/.DownloadProvider")
