"""Windows as large as the screen over a page, pages that are adverts without a mark, and lists of the app's own."""

import pytest

from harness.errors import FormatError
from harness.events import AdvertKind, ControlRole
from harness.pages.adverts import LANDING, find_adverts
from harness.pages.interruptions import find_interruption
from harness.pages.look import Look
from harness.parsers.hierarchy import Node
from harness.parsers.windows import lies_over
from tests.unit.test_adverts import FULL, button, image, text
from tests.unit.test_pages_identity import APP, view

PACKET = view(
    "FrameLayout",
    view("View", id="android:id/statusBarBackground", box=(0, 0, 1080, 118)),
    view("View", id="android:id/navigationBarBackground", box=(0, 2274, 1080, 126)),
    view(
        "LinearLayout",
        text("恭喜获得步数奖励", (100, 700, 880, 60)),
        image((190, 800, 700, 700)),
        button("去看看", (190, 1540, 700, 120), clickable=True),
        box=(100, 680, 880, 1000),
    ),
    box=FULL,
)
"""A card in a window as large as the screen; what lies behind is in no tree."""


def test_a_card_in_a_window_as_large_as_the_screen_lies_over_the_page_where_the_phone_says_so() -> None:
    assert find_adverts(Look((PACKET,)), APP) == ()
    (found,) = find_adverts(Look((PACKET,), over=True), APP)
    assert found.kind is not AdvertKind.FEED_CARD
    assert find_interruption(Look((PACKET,)), APP) is None
    shown = find_interruption(Look((PACKET,), over=True), APP)
    assert shown is None or shown.layer


def test_a_page_with_its_title_at_the_top_lies_over_nothing_whatever_its_theme() -> None:
    page = view("FrameLayout", text("历史记录", (40, 130, 600, 60)), text("周一 4000 步", (40, 300, 600, 60)), box=FULL)
    assert find_adverts(Look((page,), over=True), APP) == ()


WINDOW = """  Window #{number} Window{{{number}400390 u0 {title}}}:
    mDisplayId=0 rootTaskId=1 mSession=Session{{1}} mClient=android.os.BinderProxy@1
    mOwnerUid=10071 showForAllUsers=false package={package} appop=NONE
    mAttrs={{(0,0)(fillxfill) sim={{adjust=pan}} ty=BASE_APPLICATION fmt={format}
      fl=LAYOUT_IN_SCREEN}}
    mFrame=[0,0][1080,2400] last=[0,0][1080,2400]
    isOnScreen={shown}
    isVisible={shown}
"""


def windows(*told: tuple[str, str, str, str]) -> str:
    """The list of windows, top first: title, package, format, whether it is visible."""
    rows = [
        WINDOW.format(number=number, title=title, package=package, format=form, shown=shown)
        for number, (title, package, form, shown) in enumerate(told)
    ]
    return "WINDOW MANAGER WINDOWS (dumpsys window windows)\n" + "".join(rows) + "  mCurrentFocus=null\n"


HOME_WINDOW = (f"{APP}/{APP}.Home", APP, "OPAQUE", "true")
OVERLAY = (f"{APP}/{APP}.Packet", APP, "TRANSLUCENT", "true")


@pytest.mark.parametrize(
    ("told", "over"),
    [
        ((OVERLAY, HOME_WINDOW), True),
        ((("StatusBar", "com.android.systemui", "TRANSLUCENT", "true"), OVERLAY, HOME_WINDOW), True),
        ((OVERLAY,), False),
        ((HOME_WINDOW, OVERLAY), False),
        ((OVERLAY, (*HOME_WINDOW[:3], "false")), False),
        (((*OVERLAY[:3], "false"), HOME_WINDOW), False),
        ((OVERLAY, ("com.other/.Main", "com.other", "OPAQUE", "true")), False),
    ],
)
def test_a_window_lies_over_another_of_the_app_that_is_seen_behind_it(told: tuple[tuple[str, str, str, str], ...], over: bool) -> None:
    assert lies_over(windows(*told), APP) is over


def test_another_text_tells_of_no_window() -> None:
    with pytest.raises(FormatError):
        lies_over("Permission Denial", APP)


def test_a_page_that_is_one_picture_with_a_cross_is_an_advert_without_a_mark() -> None:
    cross = button("×", (940, 130, 100, 100), clickable=True)
    shown = view("FrameLayout", cross, image((0, 300, 1080, 1700)), text("一起去露营", (40, 2050, 600, 60)), box=FULL)
    (found,) = find_adverts(Look((shown,)), APP)
    assert found.kind is AdvertKind.INTERSTITIAL
    rows = [button(f"第 {n} 张", (0, 2020 + 60 * n, 500, 60), clickable=True) for n in range(3)]
    several = view("FrameLayout", cross, image((0, 300, 1080, 1700)), *rows, box=FULL)
    assert find_adverts(Look((several,)), APP) == ()


def test_rows_of_one_make_are_a_list_of_the_apps_own_in_a_mere_column() -> None:
    def row(number: int) -> object:
        top = 300 + 260 * number
        name = text(f"小游戏{number}", (300, top + 20, 400, 60))
        return view(
            "LinearLayout",
            image((20, top + 20, 200, 200)),
            name,
            button("秒玩", (760, top + 60, 280, 120), clickable=True),
            box=(0, top, 1080, 240),
        )

    def page(*rows: object) -> Look:
        column = view("LinearLayout", text("小游戏", (40, 130, 600, 60)), *rows, box=FULL)
        return Look((view("FrameLayout", column, box=FULL),))

    assert find_adverts(page(*map(row, range(5))), APP) == ()
    assert [each.kind for each in find_adverts(page(row(0)), APP)] == [AdvertKind.BANNER]


def test_the_page_behind_an_advert_is_the_next_place_whatever_it_says() -> None:
    page = view(
        "FrameLayout",
        text("龙骑远征", (40, 130, 600, 60)),
        image((0, 300, 1080, 900)),
        button("免费领取皮肤", (100, 1400, 880, 120), clickable=True),
        text("限定皮肤 限时三天", (40, 1600, 900, 60)),
        box=FULL,
    )
    assert find_adverts(Look((page,)), APP) == ()
    (found,) = find_adverts(Look((page,)), APP, landing=True)
    assert found.slot.startswith(LANDING)
    assert [control.text for control in found.controls if control.role is ControlRole.ACT] == ["免费领取皮肤"]
    reading = view("FrameLayout", text("奖励中心", (40, 130, 600, 60)), text("累计 0 元", (40, 300, 600, 60)), box=FULL)
    assert find_adverts(Look((reading,)), APP, landing=True) == ()


MENU = [button(words, (0, 400 + 120 * number, 800, 120), clickable=True) for number, words in enumerate(("我的设备", "离线地图", "设置"))]
BLOCK = view("LinearLayout", text("省力骑行", (40, 900, 500, 60)), text("广告", (560, 900, 80, 40)), image((0, 980, 800, 300)),
             button("立即下载", (40, 1300, 300, 100)), box=(0, 880, 800, 540), clickable=True)  # fmt: skip


ROWS = [text(words, (40, 400 + 120 * number, 700, 60), clickable=True) for number, words in enumerate(("提醒设置", "小鱼干 30 个"))]


@pytest.mark.parametrize(
    ("entries", "kind"),
    [(MENU, AdvertKind.FEED_CARD), (ROWS, AdvertKind.FEED_CARD), ([], AdvertKind.INTERSTITIAL)],
    ids=("a menu", "two rows", "nothing else"),
)
def test_an_open_drawer_with_entries_is_a_page_and_what_is_marked_in_it_a_part_of_it(entries: list[Node], kind: AdvertKind) -> None:
    home = view("LinearLayout", text("本周", (40, 200, 900, 60)), text("三公里", (40, 1000, 900, 60)), box=FULL)
    drawer = view("LinearLayout", *entries, BLOCK, image((700, 60, 60, 60), "close", clickable=True), box=(0, 0, 800, 2400))
    shown = Look((view("FrameLayout", home, drawer, box=FULL),))
    assert [found.kind for found in find_adverts(shown, APP)] == [kind]
    assert (find_interruption(shown, APP) is None) == bool(entries)
