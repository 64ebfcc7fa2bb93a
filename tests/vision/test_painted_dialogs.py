"""Dialogs that an app painted: the same as the view tree would give, and none where nothing is asked."""

from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from harness.dialogs.captions import label, pieces
from harness.dialogs.inaccessible_region import silent_area, surface, untold
from harness.dialogs.pixel_dialog import alike, find_painted_dialog
from harness.dialogs.skip_button import find_skip
from harness.events import DialogKind
from harness.events.app_under_test import AppUnderTest
from harness.pages import picture_reader
from harness.pages.identity import describe
from harness.pages.interruptions import find_interruption
from harness.pages.look import Look
from harness.pages.picture_reader import PictureReader
from harness.parsers.hierarchy import Node
from harness.vision.ocr import TextLine, read_text
from harness.vision.popup import find_popup
from tests.vision.painted_pages import card, painted, shop

APP = "com.example.shop"
GRANTER = "com.android.permissioncontroller"
PAGE = (0, 108, 1080, 2100)
SCREEN = (0, 0, 1080, 2400)
CONSENT = ("用户协议和隐私政策", "请阅读《用户协议》和《隐私政策》")


def dialog_in(frame, before=None):
    popup = find_popup(frame, [] if before is None else [before])
    return find_painted_dialog(frame, read_text(frame, popup.box or PAGE), APP, popup, before)


def node(bounds, *children, package=APP, kind="android.view.View", **fields):
    return Node(bounds=bounds, package=package, class_name=kind, children=children, **fields)


def canvas_window(*children):
    return node(SCREEN, *children, kind="android.widget.FrameLayout")


@pytest.mark.parametrize(
    ("texts", "buttons", "kind", "group"),
    [
        (("需要相机权限", "用于扫描商品条码"), ("取消", "同意"), DialogKind.RATIONALE, "CAMERA"),
        (("需要位置权限", "请在设置中开启"), ("暂不开启", "去设置"), DialogKind.SETTINGS_GUIDE, "LOCATION"),
        (("发现新版本", "更快更省电"), ("以后再说", "确定"), DialogKind.OTHER, None),
        (("Microphone permission", "Needed to record audio"), ("Not now", "Allow"), DialogKind.RATIONALE, "MICROPHONE"),
    ],
)
def test_a_card_over_a_scrim_is_a_dialog_of_its_kind(texts, buttons, kind, group):
    found = dialog_in(painted(partial(card, texts=texts, buttons=buttons)))
    assert (found.kind, found.group, found.owner) == (kind, group, APP)
    assert [(button.role, button.text) for button in found.buttons] == list(zip(("negative", "positive"), buttons, strict=True))
    assert found.box == pytest.approx((120, 878, 840, 580), abs=12)
    negative = found.button("negative")
    assert np.abs(np.subtract(negative.centre, (330, 1370))).max() < 30


def test_a_painted_consent_has_its_answers():
    found = dialog_in(painted(partial(card, texts=CONSENT, buttons=("不同意", "同意并继续"))))
    assert found.kind is DialogKind.CONSENT
    assert [(button.role, button.text) for button in found.buttons] == [("refuse", "不同意"), ("accept", "同意并继续")]


@pytest.mark.parametrize("no", ["不同意", "Not now 暂不同意"])
def test_a_consent_that_is_a_whole_page_is_found(no):
    def page(pen):
        pen.text("温馨提示", 60, 200, size=64)
        pen.text("请您阅读《用户协议》和《隐私政策》", 60, 400, size=44)
        pen.rect(100, 1500, 980, 1630, colour="#FF1677FF", radius=60)
        pen.text("同意并继续", 540, 1540, size=48, colour="#FFFFFFFF", align="center")
        pen.text(no, 540, 1720, size=44, align="center")

    found = dialog_in(painted(page))
    assert (found.kind, [button.role for button in found.buttons]) == (DialogKind.CONSENT, ["accept", "refuse"])


def test_a_card_without_a_scrim_is_a_dialog_when_it_came_over_the_page():
    page, over = painted(shop), painted(partial(card, dim=False, top=1180))
    found = dialog_in(over, before=page)
    assert found.kind is DialogKind.SETTINGS_GUIDE


def test_a_banner_that_was_always_in_the_page_asks_nothing():
    over = painted(partial(card, dim=False, top=1180))
    assert dialog_in(over) is None
    assert dialog_in(over, before=over) is None
    assert dialog_in(painted(shop)) is None


def test_a_reading_that_differs_in_a_letter_is_the_same_dialog():
    found = dialog_in(painted(card))
    x, y, width, height = found.box
    again = replace(found, text=found.text.replace("条码", "条吗"), box=(x + 4, y - 4, width, height))
    assert alike(found, again)
    assert not alike(found, replace(again, group="LOCATION"))
    assert not alike(found, replace(again, box=(x, y + height, width, height)))


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("跳过 3", "跳过"), ("跳过(5s)", "跳过"), ("3秒后跳过", "跳过"), ("同意(3)", "同意"), ("【取消】", "取消"), ("去设置>", "去设置"),
        ("5s | Skip", "skip"),
    ],
)  # fmt: skip
def test_a_caption_is_told_without_its_countdown_and_ornaments(text, bare):
    assert label(text) == bare


def test_two_captions_read_as_one_line_are_taken_apart():
    line = TextLine("取消 去设置", (100, 50, 800, 60), 0.9)
    (first, left), (second, right) = pieces(line)
    assert (first, second) == ("取消", "去设置")
    assert left[0] == 100
    assert left[0] + left[2] < right[0]
    assert right[0] + right[2] == pytest.approx(900, abs=2)
    assert pieces(TextLine("Not now", (0, 0, 90, 30), 0.9)) == [("Not now", (0, 0, 90, 30))]


@pytest.mark.parametrize("text", ["跳过", "跳过 3", "5s | Skip", "跳过广告"])
@pytest.mark.parametrize("place", [(860, 160, 160, 70), (60, 2200, 160, 70)])
def test_a_skip_control_is_found_in_a_corner(text, place):
    advert = TextLine("限时特惠", (300, 900, 480, 90), 1.0)
    assert find_skip([advert, TextLine(text, place, 0.9)], PAGE) == TextLine(text, place, 0.9)


@pytest.mark.parametrize(
    ("text", "place"), [("跳过", (460, 1200, 160, 70)), ("跳过片头设置", (860, 160, 200, 70)), ("更多", (860, 160, 160, 70))]
)
def test_other_words_and_other_places_skip_nothing(text, place):
    assert find_skip([TextLine(text, place, 1.0)], PAGE) is None


def test_a_painted_advert_is_closed_by_its_skip_however_much_is_on_it():
    def advert(pen):
        pen.rect(0, 0, pen.width, pen.height, colour="#FFB91C1C")
        pen.text("年终大促", 540, 400, size=120, colour="#FFFFE08A", align="center")
        for number in range(6):
            left, top = 90 + number % 2 * 470, 700 + number // 2 * 260
            pen.rect(left, top, left + 430, top + 180, colour="#FFF59E0B", radius=30)
            pen.text(f"{number + 1} 折抢购", left + 215, top + 60, size=54, colour="#FF7C2D12", align="center")
        pen.text("跳过 3", 930, 40, size=40, colour="#FFFFFFFF", align="center")

    seen = PictureReader(APP_UNDER_TEST).read(painted(advert), (canvas_window(node(SCREEN)),))
    found = find_interruption(Look(seen.roots, seen.dialog, seen), APP)
    assert (found.kind, found.button) == ("advert", "跳过3")
    assert np.abs(np.subtract(found.centre, (930, 178))).max() < 30


def test_a_painted_offer_is_closed_by_its_negative_control():
    offer = partial(card, texts=("新人红包", "领取八元优惠券"), buttons=("残忍拒绝", "立即领取"))
    seen = PictureReader(APP_UNDER_TEST).read(painted(offer), SILENT)
    found = find_interruption(Look(seen.roots, seen.dialog, seen), APP)
    assert (found.kind, found.button) == ("coupon", "残忍拒绝")


def test_a_window_whose_tree_is_one_view_is_silent():
    canvas = node(SCREEN)
    assert silent_area([canvas_window(canvas)], APP, [GRANTER]) == SCREEN
    assert silent_area([canvas_window(replace(canvas, clickable=True, pressable=True))], APP, [GRANTER]) == SCREEN
    title = node((0, 0, 1080, 200), text="小店", kind="android.widget.TextView")
    assert silent_area([canvas_window(title, node((0, 200, 1080, 2400)))], APP, [GRANTER]) == (0, 200, 1080, 2200)


@pytest.mark.parametrize(
    "roots",
    [
        [],
        [node(SCREEN, package="com.android.launcher3")],
        [canvas_window(node(SCREEN), node((100, 300, 900, 400), text="小店"))],  # the page lies over it
        [canvas_window(node(SCREEN, kind="android.widget.ImageView"), node((0, 0, 900, 400), text="小店"))],
        [canvas_window(node(SCREEN)), node((100, 800, 900, 1500), package=GRANTER)],
        [canvas_window(node(SCREEN)), node(SCREEN, package="com.example.other")],
        [canvas_window(node(SCREEN, description="地图"))],
    ],
)
def test_a_window_that_tells_or_that_is_not_in_front_is_not_silent(roots):
    assert silent_area(roots, APP, [GRANTER]) is None


@pytest.mark.parametrize(
    ("over", "kind", "area"),
    [
        ((), "android.view.View", SCREEN),
        ((node((60, 2100, 400, 2250), text="悔棋"),), "android.view.View", SCREEN),
        ((node((0, 200, 1080, 1800), text="小店"),), "android.view.View", None),  # the ground of a page
        ((node((60, 2100, 400, 2250), text="暂停"),), "android.view.SurfaceView", None),  # a film
    ],
)
def test_a_view_that_paints_what_its_page_is_for_may_have_buttons_over_it(over, kind, area):
    assert surface([canvas_window(node(SCREEN, kind=kind), *over)], APP) == area


def test_what_the_tree_tells_and_what_others_show_is_no_text_of_the_picture():
    button = node((100, 300, 900, 400), text="附近门店")
    other = node((0, 0, 1080, 108), package="com.android.systemui")
    places = {"附近门店": (300, 320, 200, 50), "10:00": (50, 30, 90, 40), "取消": (300, 900, 90, 50)}
    lines = [TextLine(text, box, 1.0) for text, box in places.items()]
    assert [line.text for line in untold(lines, [canvas_window(button), other], APP)] == ["取消"]


def test_what_was_painted_becomes_views_of_the_tree():
    roots = (canvas_window(node(SCREEN)), node((0, 0, 1080, 108), package="com.android.systemui"))
    reader = PictureReader(APP_UNDER_TEST)
    seen = reader.read(painted(shop), roots)
    painted_views = [view for view in seen.roots[0].walk() if view.class_name == "painted"]
    assert [view.text for view in painted_views if view.pressable] == ["附近门店", "扫一扫", "首页", "消息", "我的"]
    assert seen.roots[1] is roots[1]
    reader.toast = "消息"
    said = reader.read(painted(shop), roots)
    assert "消息" not in [line.text for line in said.lines], "a Toast over it is no text of the page"
    over = PictureReader(APP_UNDER_TEST).read(painted(card), roots)
    assert over.dialog is not None
    assert [view.text for view in over.roots[0].walk() if view.pressable] == ["取消", "去设置"]


def test_pages_without_a_word_are_told_apart_by_their_pictures():
    def level(number):
        def draw(pen):
            pen.rect(0, 0, pen.width, pen.height, colour="#FF204060")
            for place in range(4):
                left, top = 90 + (place * number) % 3 * 320, 200 + place * 460
                pen.rect(left, top, left + 260, top + 300, colour="#FFE0A030", radius=30)

        return painted(draw)

    reader, first, second = PictureReader(APP_UNDER_TEST), level(1), level(2)
    noisy = first.copy()
    noisy[900:930, 500:530] += 9
    screens = []
    for frame in (first, second, noisy, second):
        seen = reader.read(frame, SILENT)
        page = describe(seen.roots, APP)
        screens.append(page.screen)
    assert screens[0] != screens[1]
    assert screens[2:] == screens[:2]


def test_a_moving_picture_on_a_page_that_has_a_title_is_no_new_page():
    roots = (canvas_window(node((0, 0, 1080, 200), text="城市喷泉"), node((0, 200, 1080, 2400))),)
    reader, screens = PictureReader(APP_UNDER_TEST), set()
    for top in (300, 1500):
        frame = np.full((2400, 1080, 3), 240, np.uint8)
        frame[top : top + 600, 100:500] = (160, 60, 20)
        seen = reader.read(frame, roots)
        page = describe(seen.roots, APP)
        screens.add(page.screen)
    assert len(screens) == 1


def test_the_same_dialog_over_a_moving_page_is_one_dialog():
    roots = (canvas_window(node(SCREEN)),)
    reader, frame = PictureReader(APP_UNDER_TEST), painted(card)
    first = reader.read(frame, roots)
    other = frame.copy()
    other[300:700, 100:900] //= 2
    second = reader.read(other, roots)
    assert first.dialog is not None
    assert second.dialog is first.dialog


def test_a_run_that_is_replayed_reads_its_pictures_from_memory_and_the_same(monkeypatch):
    pages = [painted(shop), painted(card), painted(shop)]
    first = PictureReader(APP_UNDER_TEST)
    seen = [first.read(page, SILENT) for page in pages]
    for work in ("read_text", "find_popup", "find_painted_dialog", "page_controls", "find_close"):
        monkeypatch.setattr(picture_reader, work, lambda *given: pytest.fail("worked out twice"))
    again = PictureReader(APP_UNDER_TEST)
    assert [again.read(page.copy(), SILENT) for page in pages] == seen
    assert seen[1].dialog is not None
    assert seen[2].dialog is None


def test_a_page_that_never_rests_is_read_less_and_less_often():
    reader, frame = PictureReader(APP_UNDER_TEST), painted(shop)
    news = []
    for step in range(30):
        picture = frame.copy()
        picture[300 + step * 40 : 340 + step * 40] = 0
        news.append(reader.is_news(picture, step * 0.5))
        if news[-1]:
            reader.read(picture, (canvas_window(node(SCREEN)),), step * 0.5)
    assert [place for place, new in enumerate(news) if new] == [0, 4, 12, 28]


def test_a_film_on_a_page_is_read_when_it_rests():
    film = (canvas_window(node((0, 0, 1080, 200), text="城市喷泉"), node((0, 200, 1080, 2400), kind="android.view.TextureView")),)
    alone = (canvas_window(node(SCREEN, kind="android.view.TextureView")),)
    frame = painted(shop)
    moved = frame.copy()
    moved[900:1300] = 0
    for roots, expected in ((film, [None, None, True]), (alone, [True, True, True])):
        reader = PictureReader(APP_UNDER_TEST)
        seen = []
        for step, picture in enumerate((frame, moved, moved)):
            assert reader.silent(roots) is not None
            reader.is_news(picture, step * 0.5)
            seen.append(reader.read(picture, roots) and True)
        assert seen == expected


def test_a_protected_window_says_nothing():
    black = np.zeros((2400, 1080, 3), np.uint8)
    seen = PictureReader(APP_UNDER_TEST).read(black, (canvas_window(node(SCREEN)),))
    assert (seen.hidden, seen.dialog, seen.lines) == (True, None, ())


SILENT = (canvas_window(node(SCREEN)),)
APP_UNDER_TEST = AppUnderTest(package=APP, uid=10100, label="小店", grant_packages=(GRANTER,))
