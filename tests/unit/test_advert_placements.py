"""Where the finger goes for each act on an advert, and where it never does."""

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from harness.adverts.left_alone import LeftAlone, is_entry
from harness.adverts.touch_points import acts_for, buttons, close_control, does_harm, loads_contents, own_acts, touch_point, within_bars
from harness.events import AdvertAct, AdvertControl, AdvertKind, ControlRole
from harness.maps.graph import WALK_FILE, Action, Graph
from harness.pages.adverts import Advert
from harness.pages.controls import Kind
from harness.parsers.hierarchy import Node

SCREEN = (1080, 2400)
CARD = (90, 800, 900, 900)
PICTURE = AdvertControl(ControlRole.PICTURE, "", (90, 800, 900, 500), "tree", 300.0)
LOAD = AdvertControl(ControlRole.LOAD, "立即下载", (340, 1480, 400, 120), "tree", 40.0)
CROSS = AdvertControl(ControlRole.CLOSE, "×", (900, 800, 90, 90), "tree", 30.0)
QUESTION = ((ControlRole.OPEN, "去看看"), (ControlRole.OTHER, "退出"))
NO = AdvertControl(ControlRole.CANCEL, "取消", (90, 1600, 450, 100), "tree", 40.0)


def card(*controls: AdvertControl, kind: AdvertKind = AdvertKind.INTERSTITIAL, box: tuple[int, int, int, int] = CARD) -> Advert:
    return Advert(slot="card", kind=kind, box=box, words="", controls=controls)


def within(point: tuple[int, int], box: tuple[int, int, int, int]) -> bool:
    return box[0] <= point[0] < box[0] + box[2] and box[1] <= point[1] < box[1] + box[3]


def at(act: AdvertAct, advert: Advert, number: int = 1) -> tuple[int, int]:
    found = touch_point(act, advert, SCREEN, number)
    assert found is not None
    return found.at


def test_no_touch_goes_through_an_advert_to_what_does_harm() -> None:
    page: list[Any] = [
        SimpleNamespace(dangerous=dangerous, text=text, node=SimpleNamespace(box=CARD))
        for dangerous, text in ((True, "收藏菜谱"), (False, "菜谱"), (True, "立即下载"))
    ]
    advert = replace(card(PICTURE, LOAD), words="立即下载")
    assert does_harm((200, 1500), advert, page[:1])
    assert not does_harm((200, 1500), advert, page[1:])
    assert not does_harm((20, 20), advert, page)


@pytest.mark.parametrize(
    ("slot", "words", "kept"),
    [("red-packet-top", "", False), ("red-packet-top", "广告", True), ("red-packet-card", "", True), ("landing-a1", "广告", False)],
)
def test_a_button_of_the_apps_own_page_that_acts_is_not_tried(slot: str, words: str, *, kept: bool) -> None:
    said = ("抽奖（10 积分）", "领取金币", "领取红包", "去抢更多红包", "立即下载")
    page: list[Any] = [SimpleNamespace(dangerous=True, text=text, centre=(300, 1000)) for text in said]
    advert = replace(card(kind=AdvertKind.RED_PACKET), slot=slot, words=words)
    assert own_acts(advert, page) == ([] if kept else ["抽奖（10 积分）", "领取金币"])


def test_what_acted_and_what_the_walk_left_alone_is_no_part_of_an_advert(tmp_path: Path) -> None:
    graph = Graph()
    screen = graph.add("room", "直播间", skeleton="", activity="", parent="")
    for id, text in (("say", "弹幕"), ("load", "立即下载"), ("", "点赞")):
        screen.actions[text] = Action(key=text, kind="button", text=text, id=id, dangerous=True)
    (tmp_path / WALK_FILE).parent.mkdir()
    (tmp_path / WALK_FILE).write_text(json.dumps(graph.to_json()), "utf-8")
    acts: Any = SimpleNamespace(acts=lambda control: control.id == "gift")
    session: Any = SimpleNamespace(folder=SimpleNamespace(path=tmp_path), options=SimpleNamespace(taps=("投票",)), acts=acts)
    asked = [
        ("say", "弹幕"), ("load", "立即下载"), ("", "点赞"), ("gift", "小心心 1钻"), ("gift", "投票"), ("gift", "领取红包"),
        ("x", "弹幕"),
    ]  # fmt: skip
    page: list[Any] = [SimpleNamespace(id=id, text=text, node=SimpleNamespace(box=CARD, area=1)) for id, text in asked]
    left = LeftAlone(session)
    assert [one.text for one in page if left.keeps(one)] == ["弹幕", "小心心 1钻"]
    assert left.forbids((300, 1000), page[:1])
    assert not left.forbids((20, 20), page[:1])


@pytest.mark.parametrize(
    ("captions", "places", "entry"),
    [
        pytest.param("乘车卡 换乘 失物招领 我的", "row", True, id="a row of pages"),
        pytest.param("有害垃圾 可回收物 厨余垃圾 其他垃圾", "grid", True, id="a grid"),
        pytest.param("乘车卡 换乘", "row", False, id="only one beside it"),
        pytest.param("乘车卡 下战书 送束花 我的", "row", False, id="among what are acts for the most part"),
        pytest.param("送束花 换乘 失物招领 我的", "row", False, id="an order whatever stands beside it"),
        pytest.param("乘车卡 换乘 失物招领 我的", "column", False, id="buttons below each other"),
    ],
)
def test_the_name_of_an_entry_among_harmless_ones_is_no_act(captions: str, places: str, *, entry: bool) -> None:
    columns = {"row": 4, "grid": 2, "column": 1}[places]
    page: list[Any] = []
    for number, text in enumerate(captions.split()):
        left, top = 200 * (number % columns), 200 * (number // columns)
        node = Node(class_name="android.widget.Button", bounds=(left, top, left + 180, top + 120), text=text)
        page.append(SimpleNamespace(text=text, kind=Kind.BUTTON, node=node, centre=(left + 90, top + 60), dangerous=False))
    assert is_entry(page[0], page) is entry


def test_no_touch_lies_under_a_bar_of_the_phone() -> None:
    whole = (0, 0, 1080, 2400)
    ids = (("", "com.android.systemui", (0, 2274, 1080, 2400)), ("android:id/statusBarBackground", "app", (0, 0, 1080, 118)))
    bars = [Node(class_name="android.view.View", package=package, resource_id=id, bounds=bounds) for id, package, bounds in ids]
    window = Node(class_name="android.widget.FrameLayout", package="app", bounds=(0, 0, 1080, 2400), children=(bars[1],))
    button = AdvertControl(ControlRole.OPEN, "了解更多", (40, 2120, 1000, 130), "tree", 40.0)
    advert = within_bars(card(PICTURE, button, kind=AdvertKind.INCENTIVE_VIDEO, box=whole), (window, bars[0]))
    assert advert.box == (0, 118, 1080, 2156)
    assert at(AdvertAct.BESIDE, advert)[1] < button.box[1]


def test_a_place_beside_a_button_is_told_by_what_lies_there() -> None:
    heading = AdvertControl(ControlRole.TITLE, "消消乐", (90, 1300, 900, 170), "tree", 60.0)
    wide = LOAD._replace(box=(90, 1480, 900, 220))
    found = touch_point(AdvertAct.BESIDE, card(PICTURE, heading, wide), SCREEN)
    assert found is not None
    assert (found.role, found.words) == (ControlRole.TITLE, "消消乐")


def test_no_button_gives_away_what_is_the_users() -> None:
    asks = AdvertControl(ControlRole.ACT, "提现 ¥3.20", (340, 1480, 400, 120), "tree", 40.0)
    assert touch_point(AdvertAct.BUTTON, card(PICTURE, asks), SCREEN) is None


def test_the_cross_comes_before_the_no_of_a_question() -> None:
    assert close_control(card(NO, CROSS)) is CROSS
    assert close_control(card(NO)) is NO
    assert close_control(card(LOAD)) is None


def test_a_touch_on_the_picture_is_on_no_control() -> None:
    advert = card(PICTURE, LOAD, CROSS)
    point = at(AdvertAct.PICTURE, advert)
    assert within(point, PICTURE.box)
    assert not within(point, CROSS.box)
    bare = at(AdvertAct.PICTURE, card(LOAD, CROSS))
    assert within(bare, CARD)
    assert not within(bare, LOAD.box)


def test_beside_the_button_is_inside_the_advert_and_on_no_control() -> None:
    advert = card(PICTURE, LOAD, CROSS)
    point = at(AdvertAct.BESIDE, advert)
    assert within(point, CARD)
    assert not any(within(point, control.box) for control in (LOAD, CROSS, PICTURE))
    assert touch_point(AdvertAct.BESIDE, card(CROSS), SCREEN) is None


@pytest.mark.parametrize(("box", "there"), [(CARD, (540, 680)), ((0, 0, 1080, 1600), (540, 1720)), ((0, 0, 1080, 2400), None)])
def test_outside_is_the_page_that_the_card_leaves_free(box: tuple[int, int, int, int], there: tuple[int, int] | None) -> None:
    found = touch_point(AdvertAct.OUTSIDE, card(box=box), SCREEN)
    assert (found.at if found else None) == there


@pytest.mark.parametrize("words", ["立即支付", "开通会员", "拨打电话", "一键登录", "立即购买"])
def test_what_costs_or_calls_is_never_pressed(words: str) -> None:
    pays = AdvertControl(ControlRole.ACT, words, (340, 1480, 400, 120), "tree", 40.0)
    assert buttons(card(pays)) == []
    assert touch_point(AdvertAct.BUTTON, card(pays), SCREEN) is None


def test_the_worst_button_is_first_and_each_words_once() -> None:
    fast = AdvertControl(ControlRole.FAST_LOAD, "高速下载", (100, 1480, 400, 120), "tree", 40.0)
    opens = AdvertControl(ControlRole.OPEN, "查看详情", (100, 1300, 400, 120), "tree", 40.0)
    assert [control.text for control in buttons(card(opens, LOAD, fast, LOAD))] == ["高速下载", "立即下载", "查看详情"]
    assert buttons(card(LOAD), never=("下载",)) == []


def test_of_a_mere_window_only_what_may_close_it_is_pressed() -> None:
    leads, ends = (AdvertControl(role, words, (340, 1480, 400, 120), "tree", 40.0) for role, words in QUESTION)
    assert buttons(card(ends, leads, kind=AdvertKind.WINDOW)) == [leads, ends]  # what ends the app is the last
    knows = AdvertControl(ControlRole.CONFIRM, "我知道了", (340, 1480, 400, 120), "tree", 40.0)
    updates = AdvertControl(ControlRole.CONFIRM, "立即下载", (340, 1480, 400, 120), "tree", 40.0)
    assert buttons(card(LOAD, knows, kind=AdvertKind.WINDOW)) == [knows]
    assert buttons(card(updates, kind=AdvertKind.WINDOW)) == []


def test_what_a_load_names_is_not_taken_of_the_user() -> None:
    album = AdvertControl(ControlRole.LOAD, "下载 银龄相册", (340, 1480, 400, 120), "tree", 40.0)
    assert buttons(card(album)) == [album]


def test_a_finger_goes_up_over_what_is_high_and_aside_over_a_strip() -> None:
    high = touch_point(AdvertAct.SWIPE, card(box=(0, 0, 1080, 2400)), SCREEN)
    strip = touch_point(AdvertAct.SWIPE, card(box=(0, 2200, 1080, 160)), SCREEN)
    assert high is not None
    assert strip is not None
    assert (high.at, high.to) == ((540, 1800), (540, 600))
    assert (strip.at, strip.to) == ((864, 2280), (216, 2280))
    picture = AdvertControl(ControlRole.PICTURE, "", (0, 400, 1080, 400), "tree", 100.0)
    part = touch_point(AdvertAct.SWIPE, card(picture, box=(0, 100, 1080, 2000)), SCREEN)  # of a page that it fills in part
    assert part is not None
    assert (part.at, part.to) == ((540, 700), (540, 100))


@pytest.mark.parametrize("kind", list(AdvertKind))
def test_each_kind_is_left_alone_first_and_closed_last(kind: AdvertKind) -> None:
    acts = acts_for(kind)
    assert acts[0] is AdvertAct.NOTHING
    if AdvertAct.CLOSE in acts:
        later = set(acts[acts.index(AdvertAct.CLOSE) + 1 :])
        assert later <= {AdvertAct.BACK, AdvertAct.OUTSIDE, AdvertAct.BUTTON}


@pytest.mark.parametrize(
    ("words", "loads"),
    [
        ("下载", True), ("下载素材", True), ("立即下载资源包", True), ("离线缓存", True), ("Download", True), ("下载记录", False),
        ("下载中 30%", False), ("已下载", False), ("我的下载", False), ("Downloads", False),
        ("下载一部很长很长的电影需要多少流量和时间呢", False),
    ],
)  # fmt: skip
def test_what_a_page_of_the_apps_own_loads_is_told_by_its_control(words: str, loads: bool) -> None:
    assert loads_contents(words) is loads


def test_the_arrow_in_the_head_of_a_page_closes_no_wall() -> None:
    arrow = AdvertControl(ControlRole.CLOSE, "", (0, 118, 72, 72), "tree", 27.0)
    whole = (0, 0, 1080, 2400)
    assert close_control(card(arrow, kind=AdvertKind.WALL, box=whole)) is None
    assert close_control(card(arrow, kind=AdvertKind.INTERSTITIAL, box=whole)) is arrow


def test_what_cancels_a_running_load_on_a_page_closes_no_advert() -> None:
    cancels, pauses = NO._replace(text="取消下载"), LOAD._replace(role=ControlRole.PAUSE, text="暂停")
    assert close_control(card(cancels, pauses, kind=AdvertKind.FEED_CARD)) is None
    assert close_control(card(cancels, pauses, kind=AdvertKind.WINDOW)) is cancels
    assert close_control(card(cancels, LOAD, kind=AdvertKind.FEED_CARD)) is cancels
