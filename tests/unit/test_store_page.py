"""Pages of stores, of a browser's download and of the installer, and windows of others that are none."""

from dataclasses import replace

import pytest

from harness.pages.look import Look
from harness.pages.store_page import StorePage, find_store_page
from harness.parsers.hierarchy import Node
from tests.unit.test_adverts import button, text
from tests.unit.test_adverts_innocent import rows
from tests.unit.test_pages_identity import APP, HOME, at, page, title, view

MARKET = "com.heytap.market"
UNKNOWN = "com.example.bazaar"
INSTALLER = "com.android.packageinstaller"
BROWSER = "com.android.browser"


def of(package: str, roots: tuple[Node, ...]) -> tuple[Node, ...]:
    return tuple(replace(root, package=package, children=of(package, root.children)) for root in roots)


def found(package: str, *children: Node) -> StorePage | None:
    return find_store_page(Look((*HOME, *of(package, page(*children)))), APP)


DETAILS = (
    text("蓝鲸省钱", at(300), id="app_name"),
    text("开发者：蓝鲸科技", at(420)),
    text("版本号 3.2.1", at(540)),
    text("大小 38MB", at(600)),
    text("应用权限", at(640), clickable=True),
    text("隐私政策", at(740), clickable=True),
)


@pytest.mark.parametrize("package", [MARKET, UNKNOWN])
def test_a_stores_page_tells_whom_it_offers(package: str) -> None:
    seen = found(package, title("详情"), *DETAILS, button("安装", at(2100)))
    assert (seen.package, seen.name, seen.developer, seen.version) == (package, "蓝鲸省钱", "蓝鲸科技", "3.2.1")
    assert (seen.buttons, seen.login, seen.installer) == (("安装",), False, False)
    assert dict(seen.told).keys() >= {"permissions", "privacy"}
    assert "大小 38MB" in seen.text


def test_two_ways_to_load_are_both_told() -> None:
    seen = found(UNKNOWN, text("蓝鲸省钱", at(300)), button("高速下载", at(2000)), button("普通下载", at(2100)))
    assert (seen.name, seen.buttons) == ("蓝鲸省钱", ("高速下载", "普通下载"))


def test_an_app_that_is_there_is_opened() -> None:
    seen = found(MARKET, *DETAILS, button("打开", at(2100)))
    assert seen.buttons == ("打开",)


def test_a_store_that_wants_an_account() -> None:
    seen = found(MARKET, title("登录"), text("登录后即可下载", at(400)), button("登录", at(600)))
    assert (seen.login, seen.buttons) == (True, ())


def test_the_installer_asks() -> None:
    seen = found(
        INSTALLER,
        text("蓝鲸省钱", at(300), id="app_snippet"),
        text("要安装此应用吗？", at(500)),
        button("安装", at(700)),
        button("取消", at(820)),
    )
    assert (seen.installer, seen.name, seen.buttons) == (True, "蓝鲸省钱", ("安装",))


def test_a_browser_asks_whether_to_load_a_file() -> None:
    seen = found(BROWSER, text("要下载 blue-whale.apk 吗？", at(300)), button("下载", at(500)), button("取消", at(620)))
    assert (seen.package, seen.buttons) == (BROWSER, ("下载",))


NONE = {
    "a store's home page": (MARKET, (title("应用"), rows("安装", "安装", "打开", "安装", names="应用{}"))),
    "a store that shows nothing yet": (MARKET, (view("ProgressBar", box=at(900)),)),
    "a browser's page": (BROWSER, (title("新闻"), text("正文", at(300)), button("下一篇", at(500)))),
    "a chat": ("com.example.chat", (title("聊天"), text("要不要下载这个？", at(300)), button("发送", at(500)))),
    "a permission": (INSTALLER, (text("允许访问位置信息吗？", at(300)), button("允许", at(500)), button("拒绝", at(620)))),
    "the status bar": ("com.android.systemui", (text("蓝鲸省钱 下载中", at(300)), button("暂停", at(500)))),
}


@pytest.mark.parametrize("name", NONE)
def test_what_is_no_page_of_a_store(name: str) -> None:
    package, children = NONE[name]
    assert found(package, *children) is None


def test_pages_of_the_app_itself_are_none() -> None:
    assert find_store_page(Look(page(*DETAILS, button("安装", at(2100)))), APP) is None
    assert find_store_page(Look(()), APP) is None
