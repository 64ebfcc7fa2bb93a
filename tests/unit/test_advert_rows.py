"""Adverts that stand as rows, pages and windows without a word for it, each beside an innocent twin."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from harness.adverts.control_selection import ControlSelection
from harness.adverts.touch_points import TITLE_AFTER, buttons, touch_point
from harness.events import AdvertAct, AdvertKind, ControlRole
from harness.pages.adverts import CAME, find_adverts
from harness.pages.controls import controls
from harness.parsers.hierarchy import Node
from tests.unit.test_adverts import FULL, adverts, button, image, look, text
from tests.unit.test_pages_identity import APP, at, page, title, view

ICON = image((20, 420, 140, 140))
CROSS = view("ImageView", description="关闭", box=(980, 450, 72, 72), clickable=True)


def row(*parts: Node, y: int = 400, id: str = "") -> Node:
    return view("LinearLayout", *parts, box=(0, y, 1080, 180), id=id)


def column(*lines: str, y: int = 420) -> Node:
    shown = [text(line, (200, y + 70 * number, 400, 60)) for number, line in enumerate(lines)]
    return view("LinearLayout", *shown, box=(180, y, 440, 150))


def moved(node: Node, down: int) -> Node:
    left, top, right, bottom = node.bounds
    return replace(node, bounds=(left, top + down, right, bottom + down), children=tuple(moved(child, down) for child in node.children))


def test_a_row_is_one_card_with_its_button_and_its_cross() -> None:
    body = (text("正文", at(700)), text("正文二", at(820)))
    (found,) = adverts(page(title("首页"), row(ICON, column("云上书城", "推广"), button("下载", (640, 440, 240, 100)), CROSS), *body))
    assert found.box == (0, 400, 1080, 180)
    assert {ControlRole.LOAD, ControlRole.CLOSE, ControlRole.PICTURE, ControlRole.TITLE} <= {one.role for one in found.controls}
    picture = touch_point(AdvertAct.PICTURE, found, (1080, 2400))
    beside = touch_point(AdvertAct.PICTURE, found, (1080, 2400), TITLE_AFTER + 1)
    assert picture is not None
    assert beside is not None
    assert (picture.role, beside.words) == (ControlRole.PICTURE, "云上书城")


def test_a_strip_whose_only_control_is_a_cross_is_tried_and_a_strip_with_more_to_press_is_the_apps() -> None:
    words = text("限时好礼", (200, 440, 400, 60))
    (found,) = adverts(page(title("首页"), row(ICON, words, CROSS), text("正文", at(700))))
    assert [one.role for one in found.controls if one.text == "关闭"] == [ControlRole.CLOSE]
    play = view("ImageView", description="播放", box=(860, 450, 72, 72), clickable=True)
    assert not adverts(page(title("首页"), row(ICON, words, play, CROSS), text("正文", at(700))))


def test_a_card_does_not_grow_over_the_card_beside_it() -> None:
    other = view("LinearLayout", image((560, 420, 140, 140)), text("头条", (720, 420, 300, 60)), box=(540, 400, 540, 180))
    mine = view("LinearLayout", text("云上书城", (20, 420, 300, 60)), text("广告", (20, 490, 80, 40)), box=(0, 400, 520, 180))
    (found,) = adverts(page(title("首页"), row(mine, other), text("正文", at(700))))
    assert found.box[2] <= 520


def test_a_leaf_between_short_films_is_an_advert_as_a_whole_and_a_page_with_a_small_one_is_not() -> None:
    film, mark, load = image((0, 120, 1080, 1350)), text("广告", (40, 1490, 80, 50)), button("下载田园小镇", (40, 1690, 1000, 120))

    def leaf(*parts: Node) -> Node:
        held = view("RecyclerView", view("LinearLayout", *parts, box=(0, 120, 1080, 1980)), box=(0, 120, 1080, 1980), scrollable=True)
        return view("ViewPager", held, box=(0, 120, 1080, 1980))

    tabs = (button("推荐", (40, 2130, 190, 120)), button("搜索", (440, 2130, 190, 120)), button("我", (850, 2130, 190, 120)))
    (found,) = adverts(page(leaf(film, mark, load), *tabs))
    assert found.box == (0, 120, 1080, 1980)
    small = adverts(page(leaf(image((40, 1200, 1000, 250)), mark, load, text("正文", (40, 200, 1000, 900))), *tabs))
    assert all(one.box != found.box for one in small)


@pytest.mark.parametrize("held", [True, False], ids=["one view", "neighbours on the page"])
def test_a_card_that_loads_ends_above_a_button_of_the_page(*, held: bool) -> None:
    parts = (text("广告", (40, 560, 1000, 60)), image((40, 640, 1000, 380)), text("跑步课堂", (40, 1040, 1000, 60)))
    card = (*parts, button("下载跑步课堂", (40, 1140, 1000, 120)))
    shown = (view("LinearLayout", *card, box=(0, 540, 1080, 740)),) if held else card
    (found,) = adverts(page(title("肩颈放松"), *shown, button("报名 21 天训练营", (40, 1300, 1000, 120))))
    assert "报名" not in found.words


def test_a_button_of_other_words_in_a_card_is_pressed_and_its_mark_is_not() -> None:
    shown = row(ICON, column("手机发烫？", "广告"), button("立即加速", (640, 440, 300, 100)))
    (found,) = adverts(page(title("扫描完成"), shown, text("共 120MB", at(700))))
    assert [one.text for one in buttons(found)] == ["立即加速"]
    marked = replace(found, kind=AdvertKind.INTERSTITIAL, controls=tuple(one._replace(text="广告") for one in found.controls))
    assert buttons(marked) == []


BAR = view(
    "LinearLayout", view("ImageView", description="返回", box=(0, 118, 72, 72), clickable=True), title("好伙伴应用"), box=(0, 118, 1080, 80)
)
MARK = text("广告", (0, 330, 80, 50))


@pytest.mark.parametrize("head", [BAR, title("好伙伴应用")], ids=["bar", "title"])
@pytest.mark.parametrize(("line", "name"), [("宝宝绘本", "宝宝绘本"), ("免费领，快来抢！", None)])
def test_a_mark_over_a_row_takes_no_head_of_the_page_into_its_card(head: Node, line: str, name: str | None) -> None:
    (found,) = adverts(page(head, MARK, row(ICON, column(line, "400MB"), button("下载", (640, 440, 240, 100))), text("正文", at(700))))
    assert "好伙伴" not in found.title
    assert dict(found.told).get("name") == name


def test_a_mark_between_a_large_picture_and_a_row_has_both_in_its_card() -> None:
    shown = image((0, 200, 1080, 120))
    (found,) = adverts(page(BAR, shown, MARK, row(ICON, column("宝宝绘本", "400MB"), button("下载", (640, 440, 240, 100)))))
    assert found.box[1] == 200


LOADS = button("下载古诗词典", (40, 1130, 1000, 120))
TITLE = replace(text("名句天天读", (40, 1060, 1000, 60)), clickable=True)
ASKS = replace(text("我的订单", (40, 1260, 1000, 60)), clickable=True)


@pytest.mark.parametrize(
    ("first", "below", "whole"),
    [("广告", (TITLE, LOADS), True), ("广告", (TITLE, LOADS, ASKS), False), ("今日", (TITLE, LOADS), False)],
    ids=["its title takes a press", "two rows of the page beside it", "no mark"],
)
def test_a_marked_card_has_the_title_that_takes_a_press(first: str, below: tuple[Node, ...], *, whole: bool) -> None:
    head = row(text(first, (40, 500, 80, 60)), text("古诗词典", (140, 500, 300, 60)), y=480)
    card = view("LinearLayout", head, image((40, 560, 1000, 480), clickable=True), *below, box=(0, 480, 1080, 860))
    scroll = view("ScrollView", text("今日立冬", at(300)), card, row(text("诗友", (40, 1420, 300, 60)), y=1400), box=(0, 216, 1080, 2000))
    found = adverts(page(title("诗词"), scroll))
    assert [one.box for one in found if one.box == card.box] == [card.box] * whole


@pytest.mark.parametrize(("ends", "whole"), [("下载模考通", True), ("立即领取", True), ("收起", False)])
def test_a_card_fills_its_frame_however_large_that_is(ends: str, *, whole: bool) -> None:
    """The film behind it is larger than a card may be; the title stands between the picture and the button."""
    head = row(text("广告", (40, 900, 80, 60)), text("关闭", (140, 900, 100, 60), clickable=True), y=890)
    shown = (head, image((160, 1080, 760, 300), clickable=True), text("模考通", (40, 1400, 1000, 60)), button(ends, (40, 1500, 1000, 120)))
    film = view(
        "FrameLayout", image((0, 216, 1080, 1700)), view("LinearLayout", *shown, box=(0, 216, 1080, 1700)), box=(0, 216, 1080, 1700)
    )
    (found,) = adverts(page(title("增长率速算"), film, *[button(word, at(y)) for word, y in (("播放", 1940), ("笔记", 2060))]))
    assert found.kind is AdvertKind.FEED_CARD or not whole
    assert (found.box[3] == 720) is whole


PAGE_PICTURE, NAMED = image((0, 500, 1080, 380)), row(ICON, column("指弹搭子"), text("推广", (900, 440, 80, 60)))
NEXT = (text("再看食指：用侧面去压。", at(1260)),)


@pytest.mark.parametrize(
    ("after", "more"),
    [(NEXT, True), ((button("上一讲", at(1240)), *NEXT), False), ((text("再看食指：用侧面去压。", at(1205)),), False)],
    ids=["alone", "one of two", "nearer to the page"],
)
def test_a_card_that_takes_no_press_has_the_button_right_below(after: tuple[Node, ...], *, more: bool) -> None:
    own = button("免费试弹", (40, 1100, 1000, 100))
    scroll = view("ScrollView", text("大横按", at(300)), PAGE_PICTURE, moved(NAMED, 500), own, *after, box=(0, 216, 1080, 2000))
    (found,) = adverts(page(title("和弦课"), scroll))
    assert ("免费试弹" in found.words, found.box[1] > 500) == (more, more)
    assert [one.text for one in buttons(found)] == ["免费试弹"] * more


@pytest.mark.parametrize(("beside", "count"), [("会员专享", 0), ("下载", 2)], ids=["another pack", "another app"])
def test_a_row_among_packs_of_the_apps_own_is_no_strip(beside: str, count: int) -> None:
    def pack(line: str, control: Node) -> Node:
        return row(text(line, (40, 440, 400, 60)), control)

    rows = (pack("教练女声 12 MB", button("下载", (640, 440, 300, 100))), pack("方言女声 9 MB", button(beside, (640, 440, 300, 100))))
    assert len(adverts(page(title("声音"), rows[0], moved(rows[1], 200)))) == count


SIZED = row(ICON, column("古诗词典", "名句天天读 18.2M"), button("下载", (640, 440, 240, 100)))
SONG = row(ICON, column("晚风歌曲", "单曲 4.2M"), button("下载", (640, 440, 240, 100)))


def test_an_icon_a_name_and_a_size_beside_a_button_are_an_app() -> None:
    (found,) = adverts(page(title("万年历"), SIZED, text("今日立冬", at(700))))
    assert dict(found.told)["name"] == "古诗词典"
    assert adverts(page(title("万年历"), SONG, text("今日立冬", at(700)))) == ()


@pytest.mark.parametrize(("words", "name"), [("暂停", "古诗词典"), ("领取", None)])
def test_what_loads_has_its_name_still(words: str, name: str | None) -> None:
    shown = row(ICON, column("古诗词典", "名句天天读 18.2M"), button(words, (640, 440, 240, 100)))
    assert [dict(one.told).get("name") for one in adverts(page(title("万年历"), shown, text("今日立冬", at(700))))] == [name] * bool(name)


@pytest.mark.parametrize(("head", "names"), [("推荐应用", ["遛狗地图"]), ("离线地图", []), ("应用主题", [])])
def test_a_word_for_contents_in_a_name_is_none_on_a_page_of_apps(head: str, names: list[str]) -> None:
    shown = row(ICON, column("遛狗地图", "12MB"), button("下载", (640, 440, 240, 100)))
    assert [dict(found.told).get("name") for found in adverts(page(title(head), shown))] == names


def test_of_a_store_of_apps_some_rows_are_tried_and_of_songs_none() -> None:
    apps = page(title("良品应用"), *[moved(SIZED, 200 * number) for number in range(5)])
    songs = page(title("良品应用"), *[moved(SONG, 200 * number) for number in range(5)])
    assert [found.kind for found in adverts(apps)] == [AdvertKind.FEED_CARD] * 3
    assert adverts(songs) == ()


LEFT, RIGHT = button("寄件", (40, 1500, 480, 120)), button("查件", (560, 1500, 480, 120))


def test_a_home_page_with_one_card_is_no_advert_as_a_whole() -> None:
    offer = view(
        "LinearLayout",
        image((40, 1700, 1000, 420)),
        view(
            "LinearLayout",
            text("西瓜零食", (40, 2130, 300, 60)),
            text("广告", (380, 2130, 90, 50)),
            button("立即下载", (640, 2130, 300, 100)),
            box=(40, 2120, 1000, 120),
        ),
        box=(40, 1700, 1000, 540),
    )
    (found,) = adverts((view("FrameLayout", image((0, 200, 1080, 1200)), text("快递", at(140)), LEFT, RIGHT, offer, box=FULL),))
    assert (found.kind, found.box) == (AdvertKind.FEED_CARD, (40, 1700, 1000, 540))


SHUT = (text("剩下 72% 的内容", at(600)), text("请在「萤火完整版」中阅读", at(720)), button("下载萤火完整版", at(900)))
QUIET = {
    "a way round it": (*SHUT, button("下一页", at(1100))),
    "nothing is left": (text("萤火完整版上线了", at(600)), button("下载萤火完整版", at(900))),
    "a page of the app's own that is opened": (text("剩余 3 章请在萤火书架中阅读", at(600)), button("打开萤火书架", at(900))),
    "the app's own contents": (text("下载萤火后可离线阅读", at(600)), text("剩余空间 3 GB", at(720)), button("下载萤火", at(900))),
}


@pytest.mark.parametrize("around", [(), (button("在这里接着看", at(1100)),)])
def test_one_control_that_loads_what_is_named_for_the_rest_is_a_wall(around: tuple[Node, ...]) -> None:
    (found,) = adverts(page(title("第三章"), text("远处的灯火", at(400)), *SHUT, *around))
    assert found.kind is AdvertKind.WALL


def test_one_control_that_opens_what_has_the_rest_is_a_wall() -> None:
    rest = (text("余下 72% 的内容请在萤火阅览中查看", at(600)), button("打开萤火阅览看全文", at(900)))
    (found,) = adverts(page(title("第三章"), text("远处的灯火", at(400)), *rest))
    assert found.kind is AdvertKind.WALL


@pytest.mark.parametrize("name", QUIET)
def test_what_shuts_nothing_is_no_wall(name: str) -> None:
    assert all(found.kind is not AdvertKind.WALL for found in adverts(page(title("第三章"), text("远处的灯火", at(400)), *QUIET[name])))


def test_a_film_for_a_reward_by_what_it_says() -> None:
    cross = view("ImageView", description="关闭", box=(970, 90, 80, 80), clickable=True)
    film = (image((0, 300, 1080, 420)), text("15 秒后可领取金币", (40, 90, 500, 60)), cross)
    (found,) = adverts((view("FrameLayout", *film, box=FULL),))
    assert found.kind is AdvertKind.INCENTIVE_VIDEO


def test_a_splash_whose_only_control_is_as_wide_as_the_screen() -> None:
    words = view("LinearLayout", text("踏风鞋城 双十二", at(1100)), text("晃动手机 前往", at(1200)), box=FULL)
    skip = view("LinearLayout", button("跳过", (40, 140, 1000, 120)), box=FULL)
    (found,) = adverts((view("FrameLayout", image((0, 120, 1080, 420)), words, skip, box=FULL),))
    assert found.kind is AdvertKind.SPLASH
    form = view("LinearLayout", text("选择年级", at(1100)), button("一年级", at(1300)), button("二年级", at(1450)), box=FULL)
    assert adverts((view("FrameLayout", image((0, 120, 1080, 420)), form, skip, box=FULL),)) == ()


def test_the_card_in_a_root_that_takes_the_touches_beside_it() -> None:
    cross = view("ImageView", description="关闭", box=(960, 760, 100, 100), clickable=True)
    inside = (cross, image((90, 860, 900, 520)), text("广告", (60, 1400, 90, 50)), button("打开加油", (60, 1500, 960, 120)))
    root = view("LinearLayout", *inside, box=(0, 118, 1080, 2156), clickable=True)
    window = view("FrameLayout", root, box=FULL)
    (found,) = find_adverts(replace(look((window,)), over=True), APP, density=3.0)
    assert found.kind is AdvertKind.INTERSTITIAL
    assert ControlRole.CLOSE in {one.role for one in found.controls}


def offer(*parts: Node) -> tuple[Node, ...]:
    return (view("FrameLayout", text("年度会员 5 折", at(600)), *parts, box=FULL),)


BUY = button("立即抢购", at(900))
OWN = {
    "a lock": (text("请输入手势密码", at(700)), BUY),
    "a page with a way back": (view("ImageView", description="返回", box=(20, 130, 90, 90), clickable=True), BUY),
    "a page that offers nothing": (text("欢迎回来", at(700)),),
    "a page with functions": (BUY, button("我的书架", at(1100)), button("继续听", at(1250)), button("设置", at(1400))),
}


def test_a_page_that_came_by_itself_and_sells_is_a_window() -> None:
    (found,) = find_adverts(look(offer(BUY)), APP, came=True)
    assert (found.kind, found.slot.startswith(CAME)) == (AdvertKind.WINDOW, True)
    assert find_adverts(look(offer(BUY)), APP) == ()


@pytest.mark.parametrize("name", OWN)
def test_a_page_of_the_apps_own_may_come_by_itself(name: str) -> None:
    assert find_adverts(look(offer(*OWN[name])), APP, came=True) == ()


def test_two_ways_to_load_files_of_the_apps_own_are_no_store() -> None:
    ways = (button("普通下载", at(500)), button("高速下载", at(640)))
    assert adverts(page(title("资源"), text("本期素材 共 12 个文件", at(300)), *ways)) == ()
    (found,) = adverts(page(title("资源"), text("文件大管家", at(300)), text("版本 2.5 · 30 MB", at(400)), *ways))
    assert found.kind is AdvertKind.STORE_PAGE


def test_a_layer_of_a_skip_button_and_a_mark_lies_over_its_own_page() -> None:
    head = view("LinearLayout", text("广告", (40, 150, 80, 50)), button("跳过 4", (600, 140, 400, 100)), box=(0, 120, 1080, 140))
    words = view("LinearLayout", text("寄件立减 5 元", at(1100)), box=FULL)
    (found,) = adverts((view("FrameLayout", image((0, 120, 1080, 420)), words, view("LinearLayout", head, box=FULL), box=FULL),))
    assert found.kind is AdvertKind.SPLASH


@pytest.mark.parametrize(("line", "left"), [("随身查", "下载"), ("歌曲合集", ""), ("随身查 App", "")])
def test_what_loads_so_many_megabytes_of_nobody_knows_what_is_left_alone_and_told(line: str, left: str) -> None:
    parts = (text(line, at(420)), text("90 MB", at(520)), button("下载", at(620)))
    session: Any = SimpleNamespace(app=SimpleNamespace(package=APP))
    moves: Any = SimpleNamespace(controls=lambda seen: controls(seen.roots, APP))
    left_alone: Any = None
    assert ControlSelection(session, moves, left_alone, lambda _advert: False).untold_load(look(page(title("详情"), *parts))) == left


def test_a_card_ends_at_the_line_that_ends_what_the_page_says() -> None:
    drawn = [image((0, 200, 1080, 500)), image((0, 700, 1080, 500))]
    advert = (text("广告", (0, 1290, 100, 50)), text("云上书城", (0, 1340, 1080, 60)), button("立即下载", (0, 1400, 1080, 120)))
    (found,) = adverts(page(title("第一话"), *drawn, text("—— 本话完 ——", (0, 1210, 1080, 60)), *advert))
    assert found.box == (0, 1290, 1080, 230)
