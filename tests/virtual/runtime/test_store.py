"""The app store of the phone: its pages, what it loads, and that it installs without a question."""

import re
from collections.abc import Callable
from typing import Any, ClassVar

import pytest

from device_farm.virtual import Activity, Anchor, App, Column, StoreListing, Text, WebView
from tests.virtual.session_pairs import session_pairs

from .conftest import Phone

PACKAGE, GAME, HELPER = "com.example.lures", "com.game.fun", "com.store.helper"
POLICY = "https://game.example/privacy"


class Game(App):
    package, label, installed = GAME, "游戏", False

    class Main(Activity):
        launcher = True

        def on_create(self) -> None:
            self.show(Text("游戏开始"))


class Lures(App):
    package, label = PACKAGE, "诱导"
    heard: ClassVar[list[tuple[Any, ...]]] = []
    store_listings: ClassVar[list[StoreListing]] = [
        StoreListing(GAME, "开心游戏", developer="某公司", version_name="2.1", version_code=21, size=10_000_000,
                     permissions=["android.permission.CAMERA"], privacy_policy=POLICY, bytes_per_second=2_000_000),
        StoreListing(HELPER, "应用助手", size=4_000_000, bytes_per_second=2_000_000),
        StoreListing("com.fast.app", "快应用", fast=HELPER),
        StoreListing("com.swap.app", "换包", delivers=HELPER),
        StoreListing("com.login.app", "要登录", login=True),
    ]  # fmt: skip

    class Main(Activity):
        launcher = True

        def on_create(self) -> None:
            links = [
                Anchor("下载", "https://cdn.example/a.apk", id="file", download="a.apk", size=300),
                Anchor("首页", "https://example/", id="page"),
            ]
            self.show(Column(Text("页面"), WebView(*links)))

        def on_click(self, id: str) -> None:
            self.open_market(id)

        def on_download_start(self, url: str, file_name: str, mime: str, size: int) -> None:
            Lures.heard.append((url, file_name, mime, size))

        def on_url_loading(self, url: str) -> bool:
            Lures.heard.append((url,))
            return True


@pytest.fixture
def lures(phone: Callable[..., Phone]) -> Phone:
    Lures.heard.clear()
    made = phone(Game, Lures, android="13", rom="miui")
    made.launch(PACKAGE)
    return made


def test_a_listing_has_a_page_of_what_it_says(lures: Phone) -> None:
    lures.tap(GAME)
    assert lures.front == "com.xiaomi.market"
    assert {"开心游戏", "开发者：某公司", "版本：2.1", "大小：10.0 MB", "安装"} <= set(lures.texts())
    lures.tap("permissions")
    assert "android.permission.CAMERA" in lures.texts()
    lures.system.press_back()
    lures.wait(1)
    lures.tap("policy")
    assert POLICY in lures.texts()
    page = lures.truth("store_page")[0]
    assert (page["package"], page["found"], page["by"]) == (GAME, True, PACKAGE)


def test_install_loads_and_installs_without_a_question(lures: Phone) -> None:
    lures.tap(GAME)
    lures.tap("install", seconds=2.7)
    assert any(re.fullmatch(r"[45]\d%", text) for text in lures.texts())
    lures.tap("install")
    assert "继续" in lures.texts()
    lures.tap("install", seconds=6)
    assert GAME in lures.system.packages
    assert lures.system.packages[GAME].version_code == 21
    assert lures.system.packages[GAME].installer == "com.xiaomi.market"
    assert "打开" in lures.texts()
    told = lures.truth("install")[-1]
    assert (told["package"], told["by"], told["silent"]) == (GAME, "com.xiaomi.market", True)
    assert " installerPackageName=com.xiaomi.market " in session_pairs(lures.device)
    assert lures.device.files.listdir("/storage/emulated/0/Download") == []
    lures.tap("open")
    assert "游戏开始" in lures.texts()


def test_a_fast_download_brings_something_else(lures: Phone) -> None:
    lures.tap("com.fast.app")
    assert {"高速下载", "普通下载", "使用应用助手高速下载"} <= set(lures.texts())
    lures.tap("fast", seconds=6)
    assert HELPER in lures.system.packages
    assert "com.fast.app" not in lures.system.packages


def test_a_page_may_deliver_another_app(lures: Phone) -> None:
    lures.tap("com.swap.app")
    lures.tap("install", seconds=6)
    assert HELPER in lures.system.packages
    assert "com.swap.app" not in lures.system.packages


def test_a_listing_may_want_a_login(lures: Phone) -> None:
    lures.tap("com.login.app")
    lures.tap("install", seconds=60)
    assert "请先登录账号" in lures.texts()
    assert "com.login.app" not in lures.system.packages
    assert lures.truth("download") == []


def test_an_unknown_package_is_not_there_and_an_installed_one_is(lures: Phone) -> None:
    lures.tap("com.no.such")
    assert "应用不存在" in lures.texts()
    lures.system.press_back()
    lures.wait(1)
    lures.tap(PACKAGE)
    assert {"诱导", "打开"} <= set(lures.texts())


def test_links_of_web_content_go_to_the_apps_listeners(lures: Phone) -> None:
    for x, y in (centre(lures, "下载"), centre(lures, "首页")):
        lures.device.screen.tap(x, y)
        lures.wait(1)
    activity = lures.system.resumed.python_object if lures.system.resumed else None
    activity.web_download("https://cdn.example/b.zip", file_name="b.zip", mime="application/zip", size=9)
    lures.wait(1)
    assert Lures.heard == [
        ("https://cdn.example/a.apk", "a.apk", "application/vnd.android.package-archive", 300),
        ("https://example/",),
        ("https://cdn.example/b.zip", "b.zip", "application/zip", 9),
    ]
    assert [entry["by"] for entry in lures.truth("web_download")] == ["touch", "page"]


def centre(device: Phone, text: str) -> tuple[float, float]:
    node = next(n for root in device.device.screen.tree() for n in root.walk() if n.text == text)
    left, top, right, bottom = node.bounds
    return (left + right) / 2, (top + bottom) / 2
