"""What an advert tells of the app that it offers, and what tells nothing of it."""

import pytest

from harness.pages.download_prompt import load_question
from harness.parsers.hierarchy import Node
from tests.unit.test_adverts import FOUND, button, card, dialog, feed, image, look, only, splash, text
from tests.unit.test_pages_identity import APP, at, page, title, view


def test_what_is_told_of_the_app() -> None:
    line = text("应用名称：蓝鲸省钱 | 版本号：1.2.0 | 开发者：蓝鲸科技有限公司 | 权限详情 | 隐私政策 | 功能介绍", (340, 1280, 500, 60))
    inside = (
        image((20, 1200, 300, 180)),
        text("最高领88元", (340, 1210, 500, 60)),
        text("广告", (340, 1350, 80, 40)),
        line,
        button("立即下载", (800, 1300, 240, 80)),
    )
    found = only(feed(view("LinearLayout", *inside, box=(0, 1200, 1080, 220), clickable=True)))
    assert dict(found.told) == {
        "name": "蓝鲸省钱", "developer": "蓝鲸科技有限公司", "version": "1.2.0", "permissions": "权限详情", "privacy": "隐私政策",
        "function": "功能介绍",
    }  # fmt: skip
    assert found.title == "最高领88元"


def test_values_in_views_of_their_own() -> None:
    roots = page(
        title("详情"), text("应用名称", at(300)), text("蓝鲸省钱", at(400)), text("开发者", at(500)), text("蓝鲸科技", at(600)),
        text("版本号：", at(700)), text("3.2.1", at(800)), button("下载APP", at(1000)),
    )  # fmt: skip
    assert dict(only(roots).told) == {"name": "蓝鲸省钱", "developer": "蓝鲸科技", "version": "3.2.1"}


@pytest.mark.parametrize(
    ("line", "name"), [("《蓝鲸省钱》新人专享", "蓝鲸省钱"), ("领88元新人红包！", None), ("立即下载领奖", None), ("阅读《隐私政策》", None)]
)
def test_a_slogan_names_no_app(line: str, name: str | None) -> None:
    assert dict(only(feed(card(line, "立即下载"))).told).get("name") == name


@pytest.mark.parametrize(
    ("title", "line", "name"),
    [
        ("灯塔阅读", "百万小说，随时随地读", "灯塔阅读"),
        ("更懂你的书", "百万小说，随时随地读", None),  # praise
        ("灯塔阅读", "夜读", None),  # either may be the name
        ("茶掌柜", "一款帮茶店记账的应用", "茶掌柜"),
        ("记账好帮手", "茶掌柜记账App", None),
        ("轻松记账本", "每天三分钟，钱花哪儿一目了然", "轻松记账本"),  # it ends as names of apps do
        ("每天三分钟，钱花哪儿一目了然", "灯塔记账", "灯塔记账"),
    ],
)
def test_the_first_line_over_a_sentence_about_it_is_the_name(title: str, line: str, name: str | None) -> None:
    inside = (
        text("广告", (40, 1210, 80, 40)),
        text(title, (40, 1260, 500, 60)),
        text(line, (40, 1330, 800, 50)),
        image((40, 1390, 1000, 380)),
        button("下载", (40, 1780, 1000, 120)),
    )
    assert dict(only(feed(view("LinearLayout", *inside, box=(0, 1200, 1080, 720)))).told).get("name") == name


def test_what_stands_beside_the_mark_is_a_heading_and_no_name() -> None:
    inside = (
        text("广告", (40, 1210, 80, 40)),
        text("好物推荐", (140, 1210, 300, 40)),
        text("灯塔阅读", (40, 1660, 500, 60)),
        text("百万小说，随时随地读", (40, 1730, 800, 50)),
        image((40, 1260, 1000, 380)),
        button("下载", (40, 1790, 1000, 120)),
    )
    assert dict(only(feed(view("LinearLayout", *inside, box=(0, 1200, 1080, 720)))).told)["name"] == "灯塔阅读"


def test_a_name_beside_an_icon_is_one() -> None:
    inside = (
        image((20, 1210, 150, 150)),
        text("蓝鲸省钱", (200, 1220, 500, 60)),
        text("广告", (200, 1300, 80, 40)),
        button("下载", (800, 1240, 240, 80)),
    )
    assert dict(only(feed(view("LinearLayout", *inside, box=(0, 1200, 1080, 200)))).told) == {"name": "蓝鲸省钱"}


def test_one_card_holds_the_title_over_a_picture_and_the_button_below_and_no_description_is_a_name() -> None:
    picture = image((40, 600, 1000, 500), clickable=True, description="应用截图")
    parts = (text("步数赛跑", (40, 400, 1000, 60)), text("推广", (40, 480, 200, 50)), picture)
    found = only(page(*parts, text("32MB · 版本 1.0", (40, 1110, 1000, 50)), button("下载", (40, 1180, 1000, 120))))
    assert dict(found.told) == {"name": "步数赛跑", "version": "1.0"}


def test_whose_advert_it_is() -> None:
    assert only(FOUND["a splash of an SDK"][0]).sdk == "穿山甲"
    assert only(feed(card("蓝鲸省钱", "立即下载", mark="腾讯广告"))).sdk == "优量汇"
    assert only(FOUND["a splash"][0]).sdk == ""


def test_a_countdown_is_told() -> None:
    assert only(FOUND["a splash"][0]).countdown == 5
    assert only(FOUND["a film for a reward"][0]).countdown == 15
    moved = splash(button("跳过", (900, 100, 120, 60)), text("摇动手机 3 秒了解更多", (300, 1900, 480, 60)))
    assert only(moved).countdown is None
    assert only(FOUND["a card over a scrim"][0]).countdown is None


LINES_ABOUT = {
    "青梧剑歌 1.4.0 · 苏州青梧网络": {"name": "青梧剑歌", "developer": "苏州青梧网络", "version": "1.4.0"},
    "广告 顺路拼车 2.1 · 顺路科技": {"name": "顺路拼车", "developer": "顺路科技", "version": "2.1"},
    "橙果浏览器 V9.1 | 深圳橙果科技有限公司 | 38MB": {"name": "橙果浏览器", "developer": "深圳橙果科技有限公司", "version": "9.1"},
    "版本 3.6 · 天气 · 22 MB": {"version": "3.6"},
    "用时 90 分钟 · 中等难度": {},
    "第 3.5 章 · 42 页": {},
    "无损 · 24 MB": {},
    "山河故人 · 新月文化": {},
}


@pytest.mark.parametrize("line", LINES_ABOUT)
def test_a_line_about_an_app(line: str) -> None:
    inside = (
        image((20, 1210, 900, 300)),
        text(line, (20, 1520, 900, 60)),
        text("广告", (200, 1600, 80, 40)),
        button("查看", (800, 1600, 240, 80)),
    )
    assert dict(only(feed(view("LinearLayout", *inside, box=(0, 1200, 1080, 500)))).told) == LINES_ABOUT[line]


def test_a_name_and_a_version_above_their_line() -> None:
    lines = (text("海棠应用市场", at(139)), text("竹简文档 4.2", at(237)), text("南京竹简软件 · 办公 · 350 MB", at(335)))
    before, after = (only(page(*lines, button(caption, at(433)), text("简介", at(601)))) for caption in ("下载", "暂停"))
    assert dict(before.told) == dict(after.told) == {"name": "竹简文档", "developer": "南京竹简软件", "version": "4.2"}
    assert before.slot == after.slot


def test_what_stands_right_over_its_developer_is_a_name() -> None:
    lines = (text("拾光相册", at(139)), text("开发者 无锡拾光软件", at(237)), text("版本 2.5 · 30 MB", at(335)))
    found = only(page(*lines, button("高速下载", at(500)), button("普通下载", at(640))))
    assert dict(found.told) == {"name": "拾光相册", "developer": "无锡拾光软件", "version": "2.5"}


@pytest.mark.parametrize(
    "line",
    [
        "开发者：北辰网络技术有限公司　版本 2.1.0",
        "开发者：北辰网络技术有限公司 版本：2.1.0",
        "开发者:北辰网络技术有限公司|版本:2.1.0",
        "开发者：北辰网络技术有限公司版本2.1.0",
    ],
)
def test_a_label_ends_what_stands_before_it(line: str) -> None:
    inside = (image((20, 1210, 900, 300)), text("立即下载速清管家", (20, 1520, 900, 60)), text(line, (20, 1600, 900, 60)))
    found = only(feed(view("LinearLayout", *inside, box=(0, 1200, 1080, 500), clickable=True)))
    assert dict(found.told) == {"name": "速清管家", "developer": "北辰网络技术有限公司", "version": "2.1.0"}
    assert found.whole_card


def offer(*lines: Node) -> dict[str, str]:
    icon = image((20, 1210, 130, 130))
    card = view(
        "LinearLayout", icon, *lines, text("广告", (20, 1500, 90, 50)), button("下载", (800, 1500, 240, 80)), box=(0, 1200, 1080, 400)
    )
    return dict(only(feed(card)).told)


def line(words: str, number: int, *, height: int = 56, left: int = 180, ident: str = "") -> Node:
    return text(words, (left, 1210 + 66 * number, 800, height), id=ident)


@pytest.mark.parametrize(
    ("over", "firm", "name", "also"),
    [
        (("驴打滚浏览器", "看网页不卡顿"), "版本 9.2.1 | 成都驴打滚科技有限公司 | 38 MB", "驴打滚浏览器", "看网页不卡顿"),
        (("看网页不卡顿", "驴打滚浏览器"), "版本 9.2.1 | 成都驴打滚科技有限公司 | 38 MB", "驴打滚浏览器", "看网页不卡顿"),
        (("拾光壁纸", "每天一张好看的壁纸"), "4.1.0 | 北京拾光文化传媒有限公司 | 26 MB", "拾光壁纸", None),
        (("疾风浏览器", "开网页快人一步"), "8.0.5 · 深圳疾风科技 · 52 MB", "疾风浏览器", "开网页快人一步"),
        (("月牙输入", "打字越来越顺手"), "2.4.0 | 上海山丘网络 | 30 MB", "月牙输入", "打字越来越顺手"),
        (("精品推荐", "月牙输入"), "2.4.0 | 上海山丘网络 | 30 MB", "月牙输入", None),
        (("上海生活", "月牙输入"), "2.4.0 | 上海山丘网络 | 30 MB", "上海生活", "月牙输入"),
        (("月牙输入",), "2.4.0 | 上海山丘网络 | 30 MB", "月牙输入", None),
        (("领取大礼包！",), "2.4.0 | 上海山丘网络 | 30 MB", None, None),
    ],
)
def test_the_name_among_the_lines_over_one_about_an_app(over: tuple[str, ...], firm: str, name: str | None, also: str | None) -> None:
    told = offer(*(line(words, number) for number, words in enumerate(over)), line(firm, len(over), left=20))
    assert (told.get("name"), told.get("also")) == (name, also)


def test_the_larger_of_two_lines_is_the_name() -> None:
    about = line("2.4.0 | 上海山丘网络 | 30 MB", 3, left=20)
    told = offer(line("记录好时光", 0, height=40), line("月牙输入", 1, height=80), about)
    assert (told["name"], told["also"]) == ("月牙输入", "记录好时光")


def test_a_view_called_name_has_the_name() -> None:
    about = line("2.4.0 | 上海山丘网络 | 30 MB", 2, left=20)
    assert offer(line("记录好时光", 0), line("月牙输入", 1, ident="ad_name"), about)["name"] == "月牙输入"


def test_a_line_that_names_the_app_by_its_label_has_no_others() -> None:
    told = offer(line("记录好时光", 0), line("应用名称：月牙输入 | 版本：2.4.0 | 开发者：上海山丘网络", 1, left=20))
    assert told["name"] == "月牙输入"
    assert "also" not in told


def test_a_notice_of_a_new_version_names_no_app() -> None:
    roots = dialog(
        text("发现新版本", (150, 900, 700, 80)),
        text("版本 5.2.0 | 21.6 MB", (150, 1000, 700, 80)),
        button("立即更新", (200, 1300, 600, 100)),
    )
    assert "name" not in dict(only(roots).told)


@pytest.mark.parametrize(("title", "asks"), [("下载蓝鲸省钱？", True), ("发现新版本，安装包 31 MB", False)])
def test_a_notice_of_the_apps_own_update_asks_nothing_about_an_advert(title: str, *, asks: bool) -> None:
    ways = (button("立即更新" if not asks else "下载", (200, 1300, 300, 100)), button("以后再说", (560, 1300, 300, 100)))
    assert (load_question(look(dialog(text(title, (150, 900, 700, 80)), *ways)), APP) is not None) is asks


@pytest.mark.parametrize(("line", "name"), [("锦城乘车码", "锦城乘车码"), ("扫码上车 先乘后付", None)])
def test_a_name_in_the_caption_counts_where_it_stands_on_a_line_too(line: str, name: str | None) -> None:
    inside = (
        text("广告", (20, 1210, 90, 50)),
        image((20, 1270, 1000, 380)),
        text(line, (20, 1660, 900, 60)),
        button("下载锦城乘车码", (20, 1730, 900, 80)),
    )
    found = only(feed(view("LinearLayout", *inside, box=(0, 1200, 1080, 640))))
    assert dict(found.told).get("name") == name
