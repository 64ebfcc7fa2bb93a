"""What only looks like an advert or a window that must be closed: near misses of each kind, and hostile trees."""

import time
from dataclasses import replace

import pytest

from harness.dialogs.dialog_buttons import Button
from harness.dialogs.matcher import Dialog
from harness.events import AdvertKind, DialogKind
from harness.pages.adverts import find_adverts
from harness.pages.look import Look
from harness.pages.store_page import find_store_page
from harness.parsers.hierarchy import Node, parse_hierarchy
from tests.captures import capture
from tests.unit.test_adverts import BODY, CROSS, FULL, OFFER, adverts, button, card, dialog, feed, image, look, over, splash, text, web
from tests.unit.test_pages_identity import APP, HOME, at, page, row, title, view


def rows(*captions: str, names: str = "第{}首", ident: str = "list") -> Node:
    made = [
        view(
            "LinearLayout",
            text(names.format(number), (0, 600 + 200 * number, 700, 100)),
            button(caption, (800, 600 + 200 * number, 240, 100)),
            box=(0, 600 + 200 * number, 1080, 180),
            clickable=True,
        )
        for number, caption in enumerate(captions)
    ]
    return view("RecyclerView", *made, id=ident, box=(0, 500, 1080, 1700), scrollable=True)


def field(words: str, y: int) -> Node:
    return view("EditText", text=words, id="input", box=at(y))


FOOT = view("LinearLayout", text("每日", (50, 2100, 200, 60)), text("喝水", (500, 2110, 200, 60)), text("待办", at(2120)), box=FULL)
PAGES = {
    "a home page": HOME,
    "a list of downloads": page(title("下载管理"), rows("暂停", "继续", "暂停", names="电影{}.mp4")),
    "songs, each with its download": page(title("歌单"), rows("下载", "下载", "下载", "下载")),
    "the head of a list of songs, with its cover": page(title("歌单"), view("RecyclerView", view("LinearLayout", image((20, 520, 300, 180)),
     text("深夜电台", (340, 530, 400, 60)), button("下载", (800, 600, 240, 80)), box=(0, 500, 1080, 220)),
     *[row(n, f"第{n}首") for n in range(2, 6)], id="list", box=(0, 500, 1080, 1700), scrollable=True)),
    "one song among others that can be loaded": page(title("歌单"), rows("播放", "播放", "下载", "播放")),
    "a store's own list": page(title("应用"), rows("安装", "安装", "打开", "安装", names="应用{}")),
    "games of the app's own": page(title("小游戏"), rows("开始游戏", "开始游戏", "开始游戏", names="第{}个游戏")),
    "a document": page(title("文档"), text("年度报告.pdf", at(300)), button("立即下载", at(500))),
    "a receipt": page(title("交易明细"), text("转出 500.00", at(300)), button("下载回单", at(500))),
    "a wallpaper": page(title("壁纸"), image((0, 300, 1080, 1500)), text("高清壁纸", at(1850)), button("免费下载", at(1950))),
    "a song with its cover": page(title("正在播放"), image((140, 300, 800, 800)), text("晚风", at(1150)), button("下载", at(1300))),
    "room on the phone": page(title("存储"), text("已下载 60 MB", at(300)), text("可用空间 12 GB", at(400)), button("暂停", at(520))),
    "a film to keep": page(title("电影"), text("山海", at(300)), button("下载到本机 120MB", at(500))),
    "settings about adverts": page(title("设置"), view("LinearLayout", text("个性化广告推荐", (0, 300, 700, 100)),
     view("Switch", checkable=True, box=(900, 300, 120, 100)), box=at(300))),
    "settings with a store to rate in": page(title("关于"), text("版本 6.1", at(300)), button("去应用市场评分", at(500)),
     button("检查更新", at(620))),
    "a new version of its own": page(title("版本信息"), text("新版本 3.2.0 已准备好", at(300)), button("立即安装", at(420)),
     text("修复了一些已知问题", at(600))),
    "a login": page(title("登录"), field("手机号", 400), button("登录", at(600)), text("跳过", (900, 100, 100, 60), clickable=True)),
    "a login without fields": page(title("登录"), button("微信登录", at(600)), text("跳过", (900, 100, 100, 60), clickable=True)),
    "a guide": page(image((0, 200, 1080, 1500)), button("立即体验", at(2000)), text("跳过", (900, 100, 100, 60), clickable=True)),
    "a guide that turns": page(image((0, 200, 1080, 1500)), button("下一步", at(2000)), text("跳过", (900, 100, 100, 60), clickable=True)),
    "a choice of interests": page(title("选择兴趣"), text("跳过", (900, 100, 100, 60), clickable=True),
     *[button(word, (100, 400 + 150 * number, 400, 120)) for number, word in enumerate(("体育", "音乐", "旅行", "科技", "美食", "汽车"))]),
    "a film of the app's own": page(view("ImageButton", box=(20, 100, 90, 90), id="back", clickable=True),
     view("VideoView", box=(0, 100, 1080, 380)), text("跳过片头", (800, 360, 250, 80), clickable=True),
     text("00:15 / 45:00", (100, 400, 400, 60)), rows("下载", "下载", "下载")),
    "a countdown of a code": page(title("验证"), field("验证码", 400), button("59s 后重发", (700, 400, 340, 100))),
    "a bar of tabs over the page": (view("FrameLayout", BODY, view("LinearLayout", button("首页", (0, 2250, 540, 150)),
     button("我的", (540, 2250, 540, 150)), box=(0, 2250, 1080, 150)), box=FULL),),
    "a bar of tabs as wide as their words, in a layer": (view("FrameLayout", BODY, view("LinearLayout", view("LinearLayout",
     *[text(word, (x, 2197, 45 * len(word), 56), clickable=True) for x, word in ((42, "书架"), (211, "漫画"), (420, "我"))],
     box=(0, 2176, 1080, 98)), box=FULL), box=FULL),),
    "a bar of tabs, one of two lines, over a picture that takes the page": (view("FrameLayout", view("LinearLayout", title("指南"),
     view("View", box=(0, 286, 1080, 1988), clickable=True), box=FULL), view("LinearLayout", view("LinearLayout",
     *[button(word, (63 + 259 * n, 2055 + 15 * (n > 1), 175, 156 - 30 * (n > 1)))
     for n, word in enumerate(("水平仪", "指南针", "海拔", "我"))],
     box=(0, 1992, 1080, 282)), box=FULL), box=FULL),),
    "a player at the foot": (view("FrameLayout", BODY, view("LinearLayout", image((20, 2270, 110, 110)), text("晚风", (150, 2280, 500, 60)),
     image((800, 2280, 90, 90), "play", clickable=True), image((960, 2280, 90, 90), "close", clickable=True), box=(0, 2250, 1080, 150)),
     box=FULL),),
    "a button that writes": (view("FrameLayout", BODY, image((880, 2000, 160, 160), "fab_write", clickable=True), box=FULL),),
    "a picture in picture": (view("FrameLayout", BODY, image((880, 100, 160, 160), "iv_float_window", clickable=True), box=FULL),),
    "ids with the word of adverts": page(title("首页"), view("LinearLayout", text("今日推荐", (0, 300, 700, 100)),
     image((0, 400, 1080, 300)), id="ad_banner_layout", box=(0, 300, 1080, 400), clickable=True)),
    "texts that overlap in a comment": page(title("评论"), view("LinearLayout", text("啊？", (186, 500, 400, 75), clickable=True),
     view("FrameLayout", text("翻译", (186, 560, 282, 50), clickable=True), box=(186, 540, 850, 80)), box=(0, 480, 1080, 200))),
    "a page over its home": (view("FrameLayout", BODY, view("FrameLayout", image((20, 100, 100, 100), "back", clickable=True),
     text("详情", (200, 100, 400, 100)), image((0, 300, 1080, 1500)), text("关闭", (900, 2000, 150, 80), clickable=True), box=FULL),
     box=FULL),),
    "a bar that offers notifications": page(title("首页"), view("FrameLayout", image((0, 300, 900, 160)),
     text("开启通知", (20, 320, 300, 60)), image((1000, 310, 60, 60), "close", clickable=True), box=(0, 300, 1080, 160)),
     text("正文", at(700))),
    "rows that can each be taken away": page(title("推荐"), view("RecyclerView", *[view("FrameLayout", image((0, y, 1080, 300)),
     image((1000, y + 10, 60, 60), "close", clickable=True), box=(0, y, 1080, 300)) for y in (300, 700, 1100)], box=(0, 300, 1080, 1500))),
    "back to the top": (view("FrameLayout", BODY, image((920, 1900, 110, 110), "iv_top", clickable=True), box=FULL),),
    "a menu": dialog(*[button(word, (150, 820 + 110 * n, 780, 100))
     for n, word in enumerate(("转发", "收藏", "复制", "删除", "多选", "举报", "更多"))]),
    "a menu at a corner": (*HOME, view("FrameLayout", view("ListView", *[view("LinearLayout", text(word, (560, 130 + 120 * n, 400, 60)),
     box=(520, 100 + 120 * n, 520, 120), clickable=True) for n, word in enumerate(("添加成员", "扫码"))], box=(520, 100, 520, 240)),
     box=(520, 100, 520, 240))),
    "a sheet of rows": (view("FrameLayout", FOOT, view("LinearLayout", *[view("LinearLayout", image((40, 1830 + 140 * n, 60, 60)),
     text(word, (140, 1830 + 140 * n, 800, 60)), box=(0, 1800 + 140 * n, 1080, 140), clickable=True)
     for n, word in enumerate(("原文", "来源", "反馈", "关闭"))], box=(0, 1800, 1080, 600)), box=FULL),),
    "a drawer": (*HOME, view("FrameLayout", text("小鹿", (40, 300, 400, 80)), button("我的设备", (40, 700, 700, 120)),
     box=(0, 0, 800, 2400))),
    "the pane below a film": (view("FrameLayout", view("FrameLayout", text("91%", (500, 500, 90, 50)), box=(0, 0, 1080, 1100)),
     view("FrameLayout", text("重要事件", (90, 1250, 400, 60)), view("FrameLayout", image((90, 1000, 900, 1100)),
     image((0, 960, 270, 130), "talk", clickable=True), box=(0, 900, 1080, 1500)), box=(0, 900, 1080, 1500)), box=FULL),),
    "loading over the page": dialog(image((300, 900, 480, 300)), text("正在同步", (400, 1250, 280, 60))),
    "what a press gained, at the foot": (view("FrameLayout", FOOT, view("FrameLayout", view("FrameLayout",
     text("+ 0.7", (430, 2100, 200, 60)), box=(0, 2060, 1080, 200), clickable=True), box=(0, 1900, 1080, 500)), box=FULL),),
    "controls over a map": (view("FrameLayout", view("FrameLayout", text("人民路", (500, 1000, 90, 40)), box=FULL), view("FrameLayout",
     image((40, 200, 130, 130), "me", clickable=True), text("¥0.00", (400, 210, 280, 100), clickable=True),
     image((900, 200, 130, 130), "find", clickable=True), text("出车", (440, 1640, 200, 200), clickable=True), box=FULL), box=FULL),),
    "a bar about cookies": (*HOME, view("FrameLayout", text("We use cookies to improve our site", (150, 900, 700, 80)),
     button("OK", (600, 1300, 280, 100)), box=(100, 800, 880, 700))),
    "places to share to": dialog(*[button(word, (150, 820 + 110 * n, 780, 100))
     for n, word in enumerate(("微信好友", "朋友圈", "微博", "空间", "短信", "邮件", "复制链接"))]),
    "a comment to be written": dialog(field("说点什么", 900), button("发送", (700, 1300, 200, 100))),
    "a login as a window": dialog(text("登录后更精彩", (150, 900, 700, 80)), button("立即登录", (200, 1300, 600, 100))),
    "a date to be chosen": dialog(view("DatePicker", box=(150, 850, 700, 400)), button("确定", (200, 1300, 600, 100))),
    "waiting": dialog(view("ProgressBar", box=(450, 1000, 180, 180)), text("加载中", (400, 1250, 280, 60))),
    "a window with nothing in it yet": (*HOME, Node(class_name="android.view.View", package=APP, bounds=(0, 1500, 1080, 2274))),
    "a bar that says what happened": (*HOME, view("FrameLayout", text("已收藏", (40, 2200, 600, 80)), button("查看", (800, 2200, 240, 80)),
     box=(0, 2180, 1080, 120))),
    "a permission that is explained": dialog(text("需要相机权限用于扫码", (150, 900, 700, 80)), button("去开启", (600, 1300, 280, 100)),
     button("取消", (150, 1300, 280, 100))),
    "consent": dialog(text("请阅读并同意《隐私政策》与《用户协议》", (150, 900, 700, 80)), button("同意", (600, 1300, 280, 100)),
     button("不同意", (150, 1300, 280, 100))),
    "consent that was refused": dialog(text("不同意隐私政策我们将无法为您提供服务", (150, 900, 700, 80)),
     button("仍不同意并退出", (500, 1300, 380, 100)), button("再想想", (150, 1300, 280, 100))),
    "renewal that is ended": page(title("自动续费管理"), text("连续包月 ¥19，下次扣费 3 月 1 日", at(300)), button("关闭自动续费", at(500)),
     view("CheckBox", checkable=True, box=at(700))),
    "a plan without a renewal": page(title("会员"), text("年卡 ¥168", at(300)), button("立即开通", at(500))),
    "an article that members read": page(title("文章"), text("正文", at(300)), text("开通会员阅读全文", at(500)),
     button("立即开通", at(620))),
    "the rest of an article": page(title("文章"), text("正文", at(300)), button("展开全文", at(500))),
    "money on the user's account": page(title("我的"), text("零钱 ¥3.20", at(300)), text("满 10 元可提现", at(420)),
     button("提现 ¥3.20", at(540))),
    "coins of the app's own": page(title("任务"), text("今日步数 5000", at(300)), button("去签到", at(500))),
    "a training with its times": page(text("腹肌撕裂", at(139)), text("动作 1 平板支撑 40 秒", at(237)),
     text("动作 2 仰卧举腿 15 次", at(335)), button("开始训练", at(433))),
    "a training that runs": page(text("动作 1 平板支撑", at(139)), text("剩余 40 秒", at(237)), button("暂停", at(335))),
    "a training with its film": page(text("平板支撑 40 秒", at(139)), image((0, 300, 1080, 1300)), button("开始训练", at(1700))),
    "a timer with its picture": page(text("剩余 40 秒", at(139)), image((0, 300, 1080, 1300)), button("暂停", at(1700))),
    "a pack of levels to play without the network": page(text("扩展关卡", at(139)), text("雪山关卡包 20 关 · 300 MB", at(237)),
     text("下载后可离线游玩", at(335)), button("下载关卡包", at(433)), text("建议在 Wi-Fi 下载", at(565))),
    "a page of the web": web(title("帮助中心"), text("如何修改密码", at(400)), button("查看更多", at(600))),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_taken_for_an_advert(name: str) -> None:
    assert [(found.slot, found.words) for found in adverts(PAGES[name])] == []


@pytest.mark.parametrize("kind", [DialogKind.PERMISSION, DialogKind.CONSENT, DialogKind.RATIONALE, DialogKind.SETTINGS_GUIDE])
def test_what_asks_for_a_permission_or_consent_is_left_to_others(kind: DialogKind) -> None:
    asks = Dialog(kind, APP, "", None, FULL, (Button("negative", "取消", FULL),))
    assert find_adverts(Look((*over(OFFER, CROSS),), asks), APP) == ()


@pytest.mark.parametrize("owner", ["com.android.permissioncontroller", "com.miui.securitycenter"])
def test_the_systems_own_prompt_is_none_of_the_app(owner: str) -> None:
    prompt = Node(
        package=owner,
        class_name="android.widget.FrameLayout",
        bounds=(0, 1600, 1080, 2400),
        children=(text("即将打开“微信”，是否允许？", at(1700)),),
    )
    assert find_adverts(look((*over(OFFER, CROSS), prompt)), APP) == ()
    assert find_adverts(look((prompt,)), APP) == ()


def test_the_status_bar_hides_nothing() -> None:
    bar = Node(package="com.android.systemui", class_name="android.widget.FrameLayout", bounds=(0, 0, 1080, 2400))
    assert len(find_adverts(look((*over(OFFER, CROSS), bar)), APP)) == 1


def test_a_window_that_our_press_opened_is_a_function_unless_it_is_an_advert() -> None:
    notice = dialog(text("确定清空吗", (150, 900, 700, 80)), button("确定", (600, 1300, 280, 100)), button("取消", (150, 1300, 280, 100)))
    assert [found.kind for found in find_adverts(look(notice), APP)] == [AdvertKind.WINDOW]
    assert find_adverts(look(notice), APP, opened=True) == ()
    assert len(find_adverts(look(over(OFFER, CROSS)), APP, opened=True)) == 1


def test_a_sheet_that_our_press_opened_shows_no_picture_by_what_takes_the_touches_beside_it() -> None:
    asks = text("契合 88 分", (42, 1931, 996, 56)), text("一静一动", (42, 2029, 996, 56)), button("贴到墙上", (42, 2127, 996, 126))
    sheet = view("LinearLayout", *asks, box=(0, 1910, 1080, 490))
    outside = Node(class_name="android.view.View", package=APP, bounds=(0, 118, 1080, 2274), clickable=True, pressable=True)
    window = view("FrameLayout", outside, sheet, box=FULL)
    shown = replace(look((*HOME, window)), over=True)
    assert [found.kind for found in find_adverts(shown, APP)] == [AdvertKind.WINDOW]
    assert find_adverts(shown, APP, opened=True) == ()


def test_a_slot_has_the_same_name_at_another_start() -> None:
    def slots(roots: tuple[Node, ...]) -> list[str]:
        return [found.slot for found in adverts(roots)]

    other = view("FrameLayout", image((150, 700, 780, 760), clickable=True), text("广告", (160, 1540, 80, 40)), box=(140, 690, 800, 900))
    assert slots(over(OFFER, CROSS)) == slots(over(other, CROSS))
    assert slots(feed(card("蓝鲸省钱", "立即下载"))) == slots(feed(card("星河农场", "下载", mark="推广", y=1400)))
    assert slots(feed(card("蓝鲸省钱", "立即下载"))) != slots(feed(card("星河农场", "查看详情")))  # both may stand in one list
    skip = text("跳过 5", (860, 100, 180, 90), clickable=True)
    assert slots(splash(skip)) == slots(splash(replace(skip, text="3 | 跳过"), text("广告", (40, 2300, 90, 50))))


def test_slots_of_other_places_have_other_names() -> None:
    foot = page(title("首页"), text("正文", at(400)), card("蓝鲸省钱", "安装", y=2150))
    head = page(title("首页"), text("正文", at(1400)), card("蓝鲸省钱", "安装", y=250))
    named = {
        found.slot
        for roots in (foot, head, feed(card("甲", "立即下载")), feed(card("甲", "立即下载"), ident="other"))
        for found in adverts(roots)
    }
    assert len(named) == 4


def nested(depth: int) -> Node:
    inner = view("FrameLayout", text("广告", (0, 0, 90, 40)), image((0, 0, 500, 500)), box=(0, 0, 1080, 900))
    for _ in range(depth):
        inner = view("FrameLayout", inner, image((0, 0, 500, 500)), box=FULL)
    return inner


HOSTILE = {
    "nothing": (),
    "an empty window": (view("FrameLayout", box=FULL),),
    "a window without extent": (view("FrameLayout", text("广告", (0, 0, 0, 0)), box=(0, 0, 0, 0)),),
    "bounds the wrong way round": (view("FrameLayout", card("甲", "下载"), box=(1080, 2400, -1080, -2400)),),
    "10,000 marks": page(*[text("广告", (0, number % 2400, 90, 40), clickable=True) for number in range(10_000)]),
    "10,000 cards": page(*[card("蓝鲸省钱", "立即下载", y=number % 2000) for number in range(2_000)]),
    "10,000 rows": page(view("RecyclerView", *[card("蓝鲸省钱", "立即下载", y=number % 2000) for number in range(2_000)], box=FULL)),
    "very deep": (nested(240),),
    "huge texts": page(*[text("立即下载应用" * 20_000, at(100 + 100 * number)) for number in range(20)]),
    "huge captions": page(
        *[button(words * 100_000, at(100 + 100 * number)) for number, words in enumerate(("下", "|", " ", "：", "5s", "《"))]
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_trees_cost_little(name: str) -> None:
    seen = look(HOSTILE[name])
    began = time.process_time()
    found = find_adverts(seen, APP, density=3.0)
    find_store_page(seen)
    assert time.process_time() - began < 10  # a second alone on this machine
    assert len(found) <= 12
    assert all(len(advert.controls) <= 16 and len(advert.words) <= 2000 for advert in found)


@pytest.mark.parametrize(
    "name", ["vivo_originos_launcher", "citylord_app_page_1080x2400", "androidtv_settings_panel", "youtube_small_dialog"]
)
def test_pages_of_real_apps_have_none(name: str) -> None:
    roots = parse_hierarchy(capture(f"hierarchy/{name}.xml").read_text("utf-8"))
    for package in {root.package for root in roots}:
        assert [(found.kind, found.words) for found in find_adverts(look(roots), package)] == []
