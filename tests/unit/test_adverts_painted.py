"""Adverts of which only the picture tells."""

from harness.events import AdvertKind, ControlRole
from harness.pages.adverts import find_adverts
from harness.pages.look import Look
from harness.pages.picture_reader import PictureReading
from harness.parsers.hierarchy import Node
from tests.advert_controls import control_of
from tests.unit.test_adverts import FULL, WEB, only, paint, roles
from tests.unit.test_pages_identity import APP, view


def test_a_painted_advert_is_told_by_what_was_read() -> None:
    lines = (
        paint("广告", (40, 2300, 90, 50)),
        paint("跳过 5", (880, 100, 150, 60), pressed=True),
        paint("立即下载", (200, 1900, 680, 120), pressed=True),
    )
    surface = Node(class_name="android.view.SurfaceView", package=APP, bounds=(0, 0, 1080, 2400))
    found = only((view("FrameLayout", surface, *lines, box=FULL),))
    assert (found.kind, found.countdown) == (AdvertKind.SPLASH, 5)
    assert {control.role: control.source for control in found.controls if control.role is not ControlRole.PICTURE} == {
        ControlRole.SKIP: "pixels",
        ControlRole.LOAD: "pixels",
    }


def test_a_painted_page_of_the_web_offers_an_app() -> None:
    lines = (
        paint("蓝鲸省钱App", (300, 220, 600, 80)),
        paint("省钱好帮手", (300, 320, 600, 60)),
        paint("立即下载", (60, 1900, 960, 120), pressed=True),
    )
    silent = Node(class_name=WEB, package=APP, bounds=(0, 0, 1080, 2400))
    found = only((view("FrameLayout", silent, *lines, box=FULL),))
    assert found.kind is AdvertKind.WEB_PAGE
    assert roles(found)[ControlRole.LOAD] == "立即下载"
    assert control_of(found, ControlRole.PICTURE) is not None


def test_a_painted_page_that_lures() -> None:
    bar = view("View", box=(0, 2274, 1080, 126))
    lines = (
        paint("山海之间第6集", (328, 236, 420, 72), pressed=True),
        paint("已暂停 03:12", (338, 676, 408, 60)),
        paint("继续播放", (290, 1118, 500, 160)),
    )
    surface = Node(class_name="android.view.View", package=APP, bounds=(0, 0, 1080, 2400))
    found = only((view("FrameLayout", surface, bar, *lines, box=FULL),))
    assert (found.kind, roles(found)[ControlRole.ACT]) == (AdvertKind.FEED_CARD, "继续播放")


def test_a_painted_line_with_its_mark_is_a_strip() -> None:
    lines = (
        paint("诗云日签", (42, 140, 200, 60)),
        paint("竹外桃花三两枝", (200, 700, 600, 90)),
        paint("广告云锦丝巾上新", (342, 1792, 392, 66)),
    )
    surface = Node(class_name="android.view.View", package=APP, bounds=(0, 0, 1080, 2400))
    assert only((view("FrameLayout", surface, *lines, box=FULL),)).box == (342, 1792, 392, 66)


def test_a_painted_card_on_a_page_that_is_skipped_is_the_picture_of_a_splash() -> None:
    lines = (
        paint("跳过 5", (830, 178, 200, 100), pressed=True),
        paint("年终囤货节", (226, 882, 628, 146)),
        paint("点击进入商城", (190, 1714, 700, 140), pressed=True),
        paint("广告", (50, 2158, 96, 42)),
    )
    surface = Node(class_name="android.view.SurfaceView", package=APP, bounds=(0, 0, 1080, 2400))
    roots = (view("FrameLayout", surface, *lines, box=FULL),)
    painted = PictureReading(FULL, roots, card=(140, 538, 800, 930))
    (found,) = find_adverts(Look(roots, None, painted), APP, density=3.0)
    assert (found.kind, found.box, found.countdown) == (AdvertKind.SPLASH, FULL, 5)
    assert roles(found)[ControlRole.SKIP] == "跳过 5"


def test_a_painted_card_that_asks_nothing() -> None:
    lines = (
        paint("首页", (40, 140, 120, 60)),
        paint("星河农场", (200, 1320, 300, 60)),
        paint("立即下载", (200, 1420, 680, 120), pressed=True),
    )
    surface = Node(class_name="android.view.SurfaceView", package=APP, bounds=(0, 0, 1080, 2400))
    roots = (view("FrameLayout", surface, *lines, box=FULL),)
    painted = PictureReading(FULL, roots, card=(140, 690, 800, 900), cross=(880, 640, 60, 60))
    (found,) = find_adverts(Look(roots, None, painted), APP, density=3.0)
    assert (found.slot, found.kind, found.box) == ("interstitial-card", AdvertKind.INTERSTITIAL, (140, 690, 800, 900))
    assert roles(found).keys() == {ControlRole.LOAD, ControlRole.CLOSE, ControlRole.PICTURE, ControlRole.TITLE}
    assert "首页" not in found.words
