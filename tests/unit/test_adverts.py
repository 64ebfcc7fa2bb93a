"""Adverts and windows over the page: each kind where it is one, its controls, and what it tells of its app."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from harness.adverts.touch_points import buttons, touch_point, uncovered
from harness.dialogs.matcher import find_dialog
from harness.dialogs.pixel_nodes import PAINTED
from harness.events import AdvertAct, AdvertKind, ControlRole
from harness.events.box import contains
from harness.pages.adverts import Advert, find_adverts
from harness.pages.look import Look
from harness.parsers.hierarchy import Node
from tests.advert_controls import control_of
from tests.unit.test_pages_identity import APP, HOME, at, page, row, title, view

FULL = (0, 0, 1080, 2400)
BODY = HOME[0].children[0]


def text(words: str, box: tuple[int, int, int, int], **more: object) -> Node:
    return view("TextView", text=words, box=box, **more)


def button(words: str, box: tuple[int, int, int, int], **more: object) -> Node:
    return view("Button", text=words, box=box, **more)


def image(box: tuple[int, int, int, int], id: str = "", **more: object) -> Node:
    return view("ImageView", id=id, box=box, **more)


def paint(words: str, box: tuple[int, int, int, int], *, pressed: bool = False) -> Node:
    x, y, width, height = box
    bounds = (x, y, x + width, y + height)
    return Node(text=words, class_name=PAINTED, package=APP, bounds=bounds, clickable=pressed, pressable=pressed)


def look(roots: Sequence[Node]) -> Look:
    return Look(tuple(roots), find_dialog(roots, APP, ()))


def adverts(roots: Sequence[Node], **more: object) -> tuple[Advert, ...]:
    return find_adverts(look(roots), APP, density=3.0, **more)


def over(*children: Node) -> tuple[Node, ...]:
    """A layer of the page's own window that darkens the page, with something on it."""
    return (view("FrameLayout", BODY, view("FrameLayout", *children, box=FULL, clickable=True), box=FULL),)


def dialog(*children: Node) -> tuple[Node, ...]:
    """A window of its own over the page."""
    return (*HOME, view("FrameLayout", *children, box=(100, 800, 880, 700)))


def splash(*children: Node) -> tuple[Node, ...]:
    return (view("FrameLayout", image(FULL, clickable=True), *children, box=FULL),)


def feed(*cards: Node, ident: str = "feed") -> tuple[Node, ...]:
    rows = [row(number, f"头条{number}") for number in range(4)]
    return page(title("首页"), view("RecyclerView", *rows, *cards, id=ident, box=(0, 500, 1080, 1700), scrollable=True))


def card(words: str, caption: str, *, mark: str = "广告", y: int = 1200, ident: str = "", **more: object) -> Node:
    mark_view = [text(mark, (340, y + 100, 80, 40))] if mark else []
    inside = (image((20, y, 300, 180)), text(words, (340, y + 10, 500, 60)), *mark_view, button(caption, (800, y + 100, 240, 80)))
    return view("LinearLayout", *inside, id=ident, box=(0, y, 1080, 220), clickable=True, **more)


SKIP = text("跳过 5", (860, 100, 180, 90), clickable=True)
CROSS = image((500, 1650, 90, 90), "iv_close", clickable=True)
OFFER = view(
    "FrameLayout",
    image((150, 700, 780, 600), clickable=True),
    text("星河农场", (200, 1320, 680, 80)),
    button("立即下载", (200, 1420, 680, 120)),
    text("广告", (160, 1540, 80, 40)),
    box=(140, 690, 800, 900),
)
RENEWAL = text("首月¥6，次月起按¥25/月自动续费", at(300))
WEB = "android.webkit.WebView"


def web(*children: Node) -> tuple[Node, ...]:
    whole = view("FrameLayout", *children, box=FULL)
    inner = Node(class_name=WEB, package=APP, bounds=(0, 0, 1080, 2400), children=whole.children)
    return (view("FrameLayout", inner, box=FULL),)


FOUND = {
    "a splash": (splash(SKIP, text("广告", (40, 2300, 100, 50))), AdvertKind.SPLASH),
    "a splash of an SDK": (splash(text("跳过", (900, 100, 120, 70), id="tt_splash_skip_btn", clickable=True)), AdvertKind.SPLASH),
    "a splash with a countdown alone": (splash(text("4s", (950, 100, 80, 60)), button("立即体验", (200, 1900, 680, 120))),
     AdvertKind.SPLASH),
    "a splash that shakes": (splash(SKIP, text("摇一摇 或点击跳转至第三方应用", (200, 1900, 680, 80))), AdvertKind.SPLASH),
    "a card over a scrim": (over(OFFER, CROSS), AdvertKind.INTERSTITIAL),
    "a picture alone with a cross": (over(image((150, 600, 780, 1000), clickable=True), CROSS), AdvertKind.INTERSTITIAL),
    "a full screen over the page": (over(image(FULL, clickable=True), text("广告", (40, 2300, 90, 50)),
     image((960, 80, 80, 80), "close", clickable=True)), AdvertKind.INTERSTITIAL),
    "a window that leads out": (dialog(text("周年庆开幕", (150, 900, 700, 80)), button("去看看", (200, 1300, 600, 100))),
     AdvertKind.INTERSTITIAL),
    "a window that tells of an app what the law wants told": (dialog(text("西瓜连连看", (150, 700, 700, 80)),
     text("开发者：云果互动科技有限公司", (150, 800, 700, 50)), text("版本：2.1.0", (150, 860, 700, 50)),
     text("应用权限", (150, 920, 700, 50)),
     text("隐私政策", (150, 980, 700, 50)), button("去看看", (200, 1300, 600, 100))), AdvertKind.INTERSTITIAL),
    "a game that is to begin": (dialog(text("现在开始游戏？", (150, 900, 700, 80)), button("开始游戏", (200, 1300, 600, 100))),
     AdvertKind.INTERSTITIAL),
    "a card in a list": (feed(card("蓝鲸省钱", "查看详情")), AdvertKind.FEED_CARD),
    "a card that only loads": (feed(card("蓝鲸省钱", "立即下载", mark="")), AdvertKind.FEED_CARD),
    "a card by its id and its cross": (page(title("首页"), view("LinearLayout", image((0, 300, 1080, 300)),
     image((1000, 310, 60, 60), "close", clickable=True), id="adLayout", box=(0, 300, 1080, 300)), text("正文", at(700))),
     AdvertKind.BANNER),
    "a strip without a mark, with its own cross": (page(title("首页"), view("FrameLayout", image((0, 300, 1080, 260), clickable=True),
     image((1000, 310, 60, 60), "f3k_close", clickable=True), box=(0, 300, 1080, 260)), text("正文", at(700))), AdvertKind.BANNER),
    "a strip whose cross is described, on a page to search from": (page(
     view("EditText", text="搜索", box=(0, 100, 800, 100)), button("搜索", (820, 100, 260, 100)),
     view("LinearLayout", *[button(word, (270 * n, 200, 270, 98)) for n, word in enumerate(("小说", "问答", "书签", "下载"))],
     box=(0, 200, 1080, 98)), view("ScrollView", text("周末去哪儿", at(320)), text("旧软件还能用吗", at(440)), box=(0, 298, 1080, 1800)),
     view("LinearLayout", image((20, 2150, 300, 200), clickable=True), text("轻舟相册 广告", (340, 2200, 500, 60)),
     view("ImageView", description="关闭广告", box=(980, 2160, 84, 84), clickable=True), box=(0, 2150, 1080, 200))), AdvertKind.BANNER),
    "a card of an SDK": (feed(card("蓝鲸省钱", "去看看", mark="", ident="ksad_container")), AdvertKind.FEED_CARD),
    "a bare 下载 beside what it is": (feed(card("蓝鲸省钱App", "下载", mark="")), AdvertKind.FEED_CARD),
    "a strip at the foot": (page(title("首页"), text("正文", at(400)), card("蓝鲸省钱", "安装", y=2150)), AdvertKind.BANNER),
    "a strip in a layer of its own that lets touches through": ((view("FrameLayout", BODY, view("LinearLayout",
     card("潮汐手记", "看一看", y=2100), box=FULL), box=FULL),), AdvertKind.BANNER),
    "a corner picture whose mark is wider, over a page that takes touches": ((view("FrameLayout", BODY, view("LinearLayout",
     image((695, 1946, 230, 230), "float", clickable=True), text("广告", (582, 2197, 456, 56)), box=FULL), box=FULL),),
     AdvertKind.FLOATING),
    "a low sheet over a page that takes no touch": ((view("FrameLayout", BODY, view("View", box=FULL), view("LinearLayout",
     card("潮汐手记", "去看看", y=2100), box=FULL), box=FULL),), AdvertKind.INTERSTITIAL),
    "a strip that opens the app": (page(title("文章"), text("正文", at(400)),
     view("LinearLayout", image((20, 2210, 90, 90)), text("在App中阅读体验更佳", (130, 2220, 600, 60)),
     button("打开App", (800, 2210, 240, 80)), box=(0, 2200, 1080, 110))), AdvertKind.BANNER),
    "a ball with a cross": ((view("FrameLayout", BODY, view("FrameLayout", image((900, 1500, 160, 160), clickable=True),
     image((1030, 1480, 50, 50), "close", clickable=True), box=(890, 1470, 190, 200)), box=FULL),), AdvertKind.FLOATING),
    "a ball by its id": ((view("FrameLayout", BODY, image((900, 1500, 160, 160), "iv_ball", clickable=True), box=FULL),),
     AdvertKind.FLOATING),
    "a packet": (dialog(text("恭喜获得现金红包", (150, 900, 700, 80)), button("拆", (400, 1300, 240, 200))), AdvertKind.RED_PACKET),
    "a packet in the page": (page(title("首页"), text("红包雨来袭", at(400)), button("立即领取", at(520))), AdvertKind.RED_PACKET),
    "a film for a reward": ((view("FrameLayout", view("VideoView", box=FULL), text("观看 15s 可获得金币奖励", (300, 80, 480, 60)),
     image((960, 80, 80, 80), "close", clickable=True), box=FULL),), AdvertKind.INCENTIVE_VIDEO),
    "a page of the web": (web(image((60, 200, 200, 200)), text("蓝鲸省钱App", (300, 220, 600, 80)), text("好用", (300, 320, 600, 60)),
     button("立即下载", (60, 1900, 960, 120))), AdvertKind.WEB_PAGE),
    "two ways to load": (page(title("应用详情"), text("蓝鲸省钱", at(300)), button("高速下载", at(800)), button("普通下载", at(920))),
     AdvertKind.STORE_PAGE),
    "a store's page": (page(title("详情"), text("蓝鲸省钱", at(300)), text("开发者：蓝鲸科技", at(420)), text("版本 3.2.1", at(540)),
     button("下载APP", at(900))), AdvertKind.STORE_PAGE),
    "a wall in an article": (page(title("文章"), text("正文一", at(300)), text("剩余 60% 内容需下载App后查看", at(1400)),
     button("打开App阅读全文", at(1520))), AdvertKind.WALL),
    "a wall with a way round it": (page(title("第 3 集"), text("下载极光影视 App 观看更清晰", at(300)),
     text("极光影视 7.0 · 极光文化", at(420)), button("下载极光影视", at(560)), button("在此继续观看", at(700))), AdvertKind.WALL),
    "a wall whose button names what is read as well": (page(title("第3章"), text("剩余内容请到夜航小说App阅读", at(600)),
     button("下载夜航小说 继续阅读", at(760))), AdvertKind.WALL),
    "a wall as a window": (dialog(text("下载App查看完整内容", (150, 900, 700, 80)), button("立即下载", (200, 1300, 600, 100))),
     AdvertKind.WALL),
    "a subscription, and what manages it": (page(title("会员"), RENEWAL, button("¥12 立即开通", at(700)),
     button("管理自动续费", at(900))), AdvertKind.SUBSCRIPTION),
    "a subscription": (page(title("会员"), RENEWAL, button("立即开通", at(700))), AdvertKind.SUBSCRIPTION),
    "a subscription that unlocks": (page(title("选集"), button("立即解锁", at(420)), RENEWAL), AdvertKind.SUBSCRIPTION),
    "a subscription as a window": (dialog(text("连续包月 ¥19", (150, 900, 700, 80)), button("确认协议并支付", (200, 1300, 600, 100))),
     AdvertKind.SUBSCRIPTION),
    "a question at the way out": (dialog(text("要走了吗？", (150, 900, 700, 80)), button("去看看特价", (200, 1300, 300, 100)),
     button("退出", (550, 1300, 300, 100))), AdvertKind.WINDOW),
    "a question at the way out, unkindly": (dialog(text("要走了吗？", (150, 900, 700, 80)), button("看看再走", (200, 1300, 300, 100)),
     button("残忍离开", (550, 1300, 300, 100))), AdvertKind.WINDOW),
    "a ball below a wide cross": ((view("FrameLayout", BODY, view("FrameLayout", button("×", (580, 1950, 460, 126)),
     image((725, 2100, 170, 170), clickable=True), box=FULL), box=FULL),), AdvertKind.FLOATING),
    "an offer that leads on": (dialog(text("今日特价", (150, 900, 700, 80)), button("去看看特价", (200, 1300, 300, 100)),
     button("退出全屏", (550, 1300, 300, 100))), AdvertKind.INTERSTITIAL),
    "an advert at the way out": (dialog(text("广告", (150, 900, 200, 60)), text("要走了吗？", (150, 980, 700, 80)),
     button("去看看特价", (200, 1300, 300, 100)), button("退出", (550, 1300, 300, 100))), AdvertKind.INTERSTITIAL),
    "a notice": (dialog(text("公告：今晚维护", (150, 900, 700, 80)), button("我知道了", (200, 1300, 600, 100))), AdvertKind.WINDOW),
    "an update": (dialog(text("发现新版本 8.1", (150, 900, 700, 80)), button("立即更新", (200, 1300, 600, 100))), AdvertKind.WINDOW),
    "a window without a way out": (dialog(text("新人礼", (150, 900, 700, 80)), image((150, 1000, 300, 300))), AdvertKind.WINDOW),
    "a card that names nothing": (page(title("首页"), view("LinearLayout", image((0, 300, 1080, 300)), text("热门推荐", at(620)),
     button("下载", at(720)), box=(0, 300, 1080, 520)), text("正文", at(1200))), AdvertKind.FEED_CARD),
    "a row among others that says nothing of an app": (page(title("首页"), view("RecyclerView",
     *[row(n, f"头条{n}") for n in range(3)],
     card("万人在玩", "下载", mark="", y=900), row(5, "头条5"), id="feed", box=(0, 500, 1080, 1700), scrollable=True)),
     AdvertKind.FEED_CARD),
    "the same in a column that scrolls": (page(title("首页"), view("ScrollView", view("LinearLayout",
     *[row(n, f"头条{n}") for n in range(3)], card("万人在玩", "下载", mark="", y=900), row(5, "头条5"),
     box=(0, 500, 1080, 1700)), box=(0, 500, 1080, 1700), scrollable=True)), AdvertKind.FEED_CARD),
    "a pack of the app's own that takes time": (page(title("素材"), text("高清素材 60 MB", at(300)), button("下载素材", at(420))),
     AdvertKind.BANNER),
    "a pack that is paused": (page(title("素材"), text("高清素材 60 MB", at(300)), button("继续下载", at(420))), AdvertKind.BANNER),
    "English": (feed(card("Blue Whale", "Install", mark="Sponsored")), AdvertKind.FEED_CARD),
}  # fmt: skip


@pytest.mark.parametrize("name", FOUND)
def test_each_kind_is_told(name: str) -> None:
    roots, kind = FOUND[name]
    (found,) = adverts(roots)
    assert found.kind is kind


def only(roots: Sequence[Node], **more: object) -> Advert:
    (found,) = adverts(roots, **more)
    return found


def roles(advert: Advert) -> dict[ControlRole, str]:
    return {control.role: control.text for control in advert.controls}


SHEET = view(
    "LinearLayout",
    image((60, 1300, 960, 400)),
    text("会员日", (60, 1720, 500, 80)),
    button("去看看", (60, 1850, 960, 120)),
    image((960, 1210, 80, 80), "close", clickable=True),
    box=(0, 1200, 1080, 900),
)
LINES = view("LinearLayout", *[text(f"正文{number}", at(300 + 120 * number)) for number in range(15)], box=FULL)


def test_a_card_without_a_scrim_over_texts_of_the_page() -> None:
    found = only((view("FrameLayout", LINES, SHEET, box=FULL),))
    assert (found.kind, found.box) == (AdvertKind.INTERSTITIAL, SHEET.box)
    assert adverts((view("FrameLayout", LINES, replace(SHEET, children=SHEET.children[1:2]), box=FULL),)) == ()


def test_a_full_screen_of_an_sdk_without_words_on_its_cross() -> None:
    parts = (
        text("广告", (40, 2300, 90, 50)),
        view("WebView", box=(0, 300, 1080, 1500)),
        text("蓝鲸省钱", (200, 1850, 500, 80)),
        text("查看详情", (200, 2000, 680, 110), clickable=True),
        view("ImageView", box=(970, 90, 70, 70), clickable=True),
    )
    found = only((view("FrameLayout", *parts, box=FULL),))
    assert found.kind is AdvertKind.INTERSTITIAL
    assert control_of(found, ControlRole.CLOSE) is not None


def test_two_adverts_of_one_page() -> None:
    roots = feed(card("蓝鲸省钱", "立即下载"), card("星河农场", "下载", y=1500))
    first, second = adverts(roots)
    assert second.slot == f"{first.slot}-2"
    assert (first.title, second.title) == ("蓝鲸省钱", "星河农场")


def test_what_floats_in_a_frame_over_the_page_hides_no_card_of_it() -> None:
    offered = card("蓝鲸省钱", "去看看")
    ball = view("LinearLayout", image((900, 1250, 150, 150), clickable=True), button("×", (960, 1180, 60, 60)), box=(860, 1180, 200, 220))
    (floating, below) = adverts((view("FrameLayout", *feed(offered), view("LinearLayout", ball, box=FULL), box=FULL),))
    assert (floating.kind, below.kind) == (AdvertKind.FLOATING, AdvertKind.FEED_CARD)
    free = uncovered(below, [floating.box])
    assert "去看看" in [each.text for each in buttons(below)]
    assert buttons(free) == []  # the ball takes that touch
    points = (touch_point(AdvertAct.PICTURE, free, (1080, 2400), number) for number in (1, 4))
    assert not any(contains(floating.box, point.at) for point in points if point is not None)


HEADLINES = [
    view("LinearLayout", text(f"新闻{y}", (0, y, 1080, 60)), text("3 评论", (0, y + 60, 300, 40)), box=(0, y, 1080, 110), clickable=True)
    for y in (200, 320, 440, 1500, 1620, 1740)
]
PICTURE, TITLE = image((0, 580, 1080, 500), clickable=True), text("每天都省一点", (0, 1090, 1080, 80), clickable=True)
MARK, LOAD = text("广告", (0, 1190, 100, 60)), button("立即下载", (800, 1180, 240, 90))
FOOT = view("LinearLayout", MARK, LOAD, box=(0, 1180, 1080, 90))
DESCRIBED = view("ImageView", description="净水壶", box=(0, 580, 420, 240), clickable=True)
TITLE_BESIDE, MARK_BELOW = text("以旧换新", (440, 600, 260, 80)), text("广告", (440, 700, 100, 60))
HEAD = view("LinearLayout", image((0, 490, 60, 60)), text("蓝鲸", (100, 490, 200, 60)), MARK, box=(0, 490, 1080, 80), clickable=True)


@pytest.mark.parametrize(
    ("parts", "box"),
    [
        ((PICTURE, TITLE, FOOT), (0, 580, 1080, 690)),
        ((PICTURE, TITLE, view("LinearLayout", text("蓝鲸", (300, 1190, 200, 60)), MARK, LOAD, box=FOOT.box)), (0, 580, 1080, 690)),
        ((HEAD, PICTURE, TITLE), (0, 490, 1080, 680)),
        (
            (
                view(
                    "LinearLayout",
                    DESCRIBED,
                    view("LinearLayout", TITLE_BESIDE, MARK_BELOW, box=(420, 580, 300, 240)),
                    button("查看详情", (760, 640, 300, 100)),
                    box=(0, 580, 1080, 240),
                ),
            ),
            (0, 580, 1080, 240),
        ),
    ],
)
def test_a_card_reaches_to_the_rows_of_the_page(parts: tuple[Node, ...], box: tuple[int, int, int, int]) -> None:
    """Also where nothing but the page holds its picture, its title and its mark together."""
    body = view("LinearLayout", *HEADLINES[:2], *parts, *HEADLINES[3:], box=FULL)
    found = only((view("FrameLayout", view("ScrollView", body, box=FULL, scrollable=True), box=FULL),))
    assert found.kind is AdvertKind.FEED_CARD
    assert found.box == box


def test_a_flat_mark_in_an_article_is_of_what_follows_it() -> None:
    lines = ("换粮要用七天过渡", "第一天新粮一成", "软便时先停新粮", "广告", "喵诊 在线问兽医", "下载喵诊", "相关阅读")
    article = [text(words, (40, 250 + 98 * n, 990, 56), clickable=words == "下载喵诊") for n, words in enumerate(lines)]
    found = only((view("FrameLayout", view("WebView", *article, box=(0, 200, 1080, 2000)), box=FULL),))
    assert found.words == "广告 喵诊 在线问兽医 下载喵诊"


@pytest.mark.parametrize(("plays", "shuts", "found"), [(True, False, True), (False, True, True), (False, False, False)])
def test_a_card_lies_over_what_paints_the_page_where_either_takes_touches(plays: bool, shuts: bool, found: bool) -> None:
    board = replace(view("View", box=FULL, clickable=plays), class_name="android.view.View")
    inside = (text("过关", (100, 900, 800, 60)), button("去看看", (100, 1100, 300, 120)), button("×", (800, 900, 100, 100)))
    over = view("LinearLayout", view("LinearLayout", *inside, box=(80, 860, 900, 400)), box=FULL, clickable=shuts)
    roots = (view("FrameLayout", board, over, box=FULL),)
    assert any(one.slot.startswith("interstitial-card") for one in adverts(roots)) is found


def test_a_card_over_the_page_lies_below_the_bar_of_tabs() -> None:
    cross = view("ImageView", description="关闭", box=(274, 764, 90, 90), clickable=True)
    card = view(
        "LinearLayout",
        text("广告", (147, 785, 85, 56)),
        cross,
        image((140, 960, 800, 500)),
        button("去看看", (147, 1480, 786, 126)),
        box=(84, 722, 912, 948),
    )
    below = view(
        "FrameLayout",
        view("ScrollView", text("暂无来信", at(139)), box=FULL),
        view("LinearLayout", card, box=FULL, clickable=True),
        box=FULL,
    )
    tabs = [text(word, (x, 2300, 45 * len(word), 56), clickable=True) for x, word in ((42, "书架"), (211, "漫画"), (420, "我"))]
    bar = view("LinearLayout", view("LinearLayout", *tabs, box=(0, 2280, 1080, 98)), box=FULL)
    (found,) = adverts((view("FrameLayout", below, bar, box=FULL),))
    assert (found.kind, found.slot.rsplit("-", 1)[0]) == (AdvertKind.INTERSTITIAL, "interstitial-card")
