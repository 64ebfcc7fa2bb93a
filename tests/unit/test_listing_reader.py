"""A store's page as it was saved: what it tells, in each form and in words that nobody of ours chose."""

import json
from pathlib import Path

import pytest

from harness.errors import FormatError, ScenarioError
from harness.events.app_under_test import AppUnderTest
from harness.listings.listing_file import need_listings_of, read_listing_file
from harness.listings.listing_reader import read_listing
from harness.listings.phone_store import has_no_such_app, listing_text, opens_permissions, store_for

HTML = """<!DOCTYPE html><html><head><title>青禾笔记-应用商店</title><script>var x = "开发者：别人";</script></head><body>
<ul><li>应用名称：<b>青禾笔记</b></li><li><span>开发者</span><span>青禾科技</span></li><li>版本号</li><li>3.1</li><li>包名</li><li>cn.qinghe.note</li>
<li><a href="https://qinghe.example/privacy">隐私政策</a></li><li>备案号：浙ICP备10000000号-3A</li><li>客服电话：400-800-8000</li></ul>
<h4>权限详情</h4><ul><li>▪ 拍摄照片和视频</li><li>用于扫描文件</li><li>▪ 读取手机状态和身份</li></ul>
<h4>相关推荐</h4><p>录音机：用于录音</p></body></html>"""
DATA = {
    "app": {
        "appName": "青禾笔记", "pkg_name": "cn.qinghe.note", "versionName": "3.1", "authorName": "青禾科技",
        "privacyAgreement": "https://qinghe.example/privacy", "icpNumber": "浙ICP备10000000号-3A", "serviceTel": "400-800-8000",
        "permissions": [{"name": "android.permission.CAMERA", "purpose": "用于扫描文件"}, {"name": "READ_PHONE_STATE"}],
    }
}  # fmt: skip
TEXT = """应用名称：青禾笔记
包名：cn.qinghe.note
当前版本：3.1
开发商：青禾科技
应用权限
相机：用于扫描文件
手机状态
隐私政策：https://qinghe.example/privacy
备案号：浙ICP备10000000号-3A
客服电话：400-800-8000
"""


WITHIN = f'<html><body><script type="application/json">{json.dumps(DATA)}</script></body></html>'


@pytest.mark.parametrize("text", [HTML, json.dumps(DATA), TEXT, WITHIN])
def test_one_page_in_each_form(text: str) -> None:
    page = read_listing(text)
    assert (page.name, page.package, page.version, page.developer) == ("青禾笔记", "cn.qinghe.note", "3.1", "青禾科技")
    assert (page.policy, page.record) == ("https://qinghe.example/privacy", "浙ICP备10000000号-3A")
    assert page.contact == "400-800-8000"
    assert {"CAMERA", "PHONE"} <= set(page.groups)
    assert "MICROPHONE" not in page.groups
    assert "CAMERA" in page.explained
    assert "PHONE" not in page.explained
    assert page.whole


def test_labels_without_a_sign_behind_them_and_pages_without_a_package() -> None:
    page = read_listing("版本特性\n新增夜间模式\n版本 4.0.5 | 包名 cn.qinghe.note | 35MB\n权限\n相机：用于扫描")
    assert (page.version, page.package, page.groups) == ("4.0.5", "cn.qinghe.note", ("CAMERA",))
    assert read_listing("青禾笔记\n开发者：青禾科技\n版本：3.1").is_about_an_app
    assert not read_listing("青禾笔记\n版本：3.1").is_about_an_app
    with pytest.raises(ScenarioError, match="does not name"):
        need_listings_of(AppUnderTest(package="cn.qinghe.note", uid=10123, label="青禾笔记"), [("page.txt", "开发者：青禾科技\n版本：3.1")])


def test_a_column_of_uses_needs_no_word_for_a_use() -> None:
    table = "<table><tr><td>权限</td><td>用途</td></tr><tr><td>拍摄照片</td><td>识别植物</td></tr><tr><td>存储</td><td></td></tr></table>"
    page = read_listing(f"<html><body><p>开发者：青禾科技</p><h4>权限说明</h4>{table}</body></html>")
    assert page.groups == ("CAMERA", "STORAGE")
    assert page.explained == ("CAMERA",)


def test_a_use_stands_behind_the_colon_and_a_description_does_not() -> None:
    listing = read_listing("应用名称：小店\n应用权限及用途\n相机权限：发布商品时拍照\n位置信息：获取精确位置信息\n通讯录：联系人")
    assert listing.explained == ("CAMERA",)
    under_a_head = read_listing("应用名称：小店\n应用权限\n存储\n读取照片：用于上传商品")
    assert under_a_head.explained == under_a_head.groups


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("位置：读取位置信息，以匹配就近的医院", True),
        ("相机：使用相机扫描二维码", True),
        ("麦克风：我们会在您按住说话时采集语音", True),
        ("位置：为您提供附近的加油站", True),
        ("位置：我们会获取您的位置信息", False),
        ("通讯录：应用可能会读取您的通讯录", False),
        ("android.permission.CAMERA：拍摄照片和录制视频", False),
        ("相机：允许应用随时使用摄像头拍摄照片和视频", False),
    ],
)
def test_a_use_is_told_as_policies_and_dialogs_tell_it(row: str, told: bool) -> None:
    listing = read_listing(f"应用名称：小店\n应用权限\n{row}")
    assert bool(listing.explained) is told


def test_a_label_and_its_value_in_columns() -> None:
    listing = read_listing("青禾笔记\n版本号 3.1.0\n开发者 青禾科技有限公司\n客服电话 010-5550 0123")
    assert (listing.developer, listing.contact) == ("青禾科技有限公司", "010-5550 0123")


def test_a_page_that_breaks_off_is_not_whole() -> None:
    assert not read_listing(HTML[:-60]).whole
    assert not read_listing(json.dumps(DATA)[:-5]).whole


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_it_is_read_in_the_encodings_of_china(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(HTML.encode(encoding))
    assert read_listing(read_listing_file(file)).developer == "青禾科技"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0", "no text"),
        (b"x" * (5 << 20), "larger than 4 MiB"),
        ("请登录后查看".encode(), "no store's page about an app"),
        (b"[" * 100_000, "no store's page about an app"),
        (b'{"a":' * 50_000, "no store's page about an app"),
        (b"<div>" * 100_000, "no store's page about an app"),
    ],
    ids=["picture", "huge", "login", "deep-list", "deep-object", "deep-page"],
)
def test_what_is_no_page_is_told_in_one_line(tmp_path: Path, data: bytes, said: str) -> None:
    file = tmp_path / "page"
    file.write_bytes(data)
    with pytest.raises(FormatError, match=said) as told:
        read_listing_file(file)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("store", "text", "pressed"),
    [
        ("com.huawei.appmarket", "应用权限 >", True),
        ("com.xiaomi.market", "权限说明", True),
        ("com.bbk.appstore", "权限管理", True),
        ("com.xiaomi.market", "权限管理", False),  # of another store
        ("org.elsewhere.store", "App permissions", True),
        ("com.huawei.appmarket", "安装", False),
        ("com.huawei.appmarket", "权限狗 一款管理权限的工具", False),
    ],
)
def test_only_a_row_that_opens_the_list_is_pressed(store: str, text: str, *, pressed: bool) -> None:
    assert opens_permissions(store, text) is pressed


def test_a_list_that_was_not_found_on_the_screen_is_no_missing_list() -> None:
    known = {"name": "青禾笔记", "developer": "青禾科技", "version": ""}
    unread = read_listing(listing_text(known, ["青禾笔记", "权限及隐私", "隐私政策", "安装"], []))
    assert (unread.name, unread.developer, unread.lists, unread.rows) == ("青禾笔记", "青禾科技", True, ())
    assert unread.policy == "隐私政策"
    silent = read_listing(listing_text(known, ["青禾笔记", "安装"], []))
    assert (silent.lists, silent.policy) == (False, "")
    read = read_listing(listing_text(known, ["青禾笔记", "应用权限"], ["android.permission.CAMERA：用于扫描", "读取手机状态"]))
    assert (read.groups, read.explained) == (("CAMERA", "PHONE"), ("CAMERA",))
    said = "用于统计您每天走了多少步并在排行榜中向好友展示"
    long = ["android.permission.CAMERA", "android.permission.INTERNET：用于联网", f"android.permission.ACTIVITY_RECOGNITION：{said}"]
    assert read_listing(listing_text(known, ["应用权限"], long)).explained == ("ACTIVITY_RECOGNITION",)


def test_the_store_that_we_know_is_opened_and_an_app_that_it_lacks_is_told() -> None:
    assert store_for(["org.elsewhere.store", "com.heytap.market"], ()) == "com.heytap.market"
    assert store_for(["org.elsewhere.store", "com.taptap"], ("com.taptap",)) == "com.taptap"
    assert (store_for(["org.elsewhere.store"], ()), store_for([], ())) == ("org.elsewhere.store", "")
    assert has_no_such_app(["应用不存在", "换个应用看看吧"])
    assert not has_no_such_app(["下载了 应用不存在 的问题已修复"])
