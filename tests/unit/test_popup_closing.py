"""What an app lays over its pages is closed by its own no, then by Back, then beside it, and never again in vain."""

from types import SimpleNamespace

import pytest

from harness.explorer import popup_closing
from harness.explorer.popup_closing import LATE_SECONDS, MOST_PAGES, PopupCloser
from harness.pages.controls import Control, controls
from harness.pages.identity import Page, describe
from harness.pages.interruptions import FORCED
from harness.pages.look import Look
from tests.unit.test_pages_identity import APP, HOME, at, page, view


class Hands:
    """Hands that note how they close, and leave everything as it is."""

    def __init__(self) -> None:
        self.ways: list[object] = []
        self.notes: list[str] = []
        self.waited: list[float] = []
        self.session = SimpleNamespace(
            app=SimpleNamespace(package=APP),
            note=self.notes.append,
            answers=SimpleNamespace(turned=False, shut_by_no=set()),
            idle=self.waited.append,
        )

    def settle(self) -> Look:
        return SHEET

    def close(self, found: object, way: object) -> Look:
        self.ways.append(way)
        return SHEET

    def page(self, look: Look) -> Page | None:
        return describe(look.roots, APP)

    def controls(self, look: Look) -> list[Control]:
        return controls(look.roots, APP)


CARD = view(
    "FrameLayout", view("TextView", text="会员特惠"), view("Button", text="取消", box=(150, 1300, 280, 100)), box=(100, 800, 880, 700)
)
SHEET = Look((*HOME, CARD), None)
CROSS = view("Button", text="×", box=(320, 600, 620, 130))
GUIDE = Look(page(view("ImageView"), view("Button", text="立即体验", box=at(1500))), None)


@pytest.fixture(autouse=True)
def _by_hands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(popup_closing, "close_interruption", Hands.close)


def closed(look: Look, turns: int) -> tuple[list[object], Hands]:
    hands = Hands()
    closing = PopupCloser(hands)  # type: ignore[arg-type] # only what it closes with
    closing.begin()
    for _turn in range(turns):
        found = closing.over(look, opened=False)
        if found is None:
            break
        closing.close(found)
    return hands.ways, hands


def test_a_layer_is_closed_three_ways_and_then_a_page():
    ways, hands = closed(SHEET, 9)
    assert ways == [None, "back", (540, 680)]
    assert len(hands.notes) == 1


def test_a_layer_that_leaves_nothing_free_is_closed_by_its_no_and_by_back():
    tall = view("FrameLayout", view("TextView", text="会员特惠"), view("Button", text="取消", box=at(1300)), box=(20, 100, 1040, 1900))
    ways, _ = closed(Look((*HOME, tall), None), 9)
    assert ways[:2] == [None, "back"]


def test_a_whole_page_is_turned_and_never_left_by_back():
    ways, _ = closed(GUIDE, 20)
    assert ways == [None] * MOST_PAGES


def test_a_forced_update_on_the_way_is_left_as_it_is():
    update = view("FrameLayout", view("TextView", text="发现新版本"), view("Button", text="立即更新"), box=(100, 800, 880, 700))
    closing = PopupCloser(hands := Hands())  # type: ignore[arg-type] # only what it closes with
    found = closing.over(Look((*HOME, update), None), opened=False)
    assert found.kind is FORCED
    assert closing.close(found) is None
    assert hands.ways == []


def form(*hint: str) -> Look:
    field = view("EditText", text="".join(hint), box=(150, 1000, 780, 100))
    buttons = (view("Button", text="取消", box=(150, 1300, 280, 100)), view("Button", text="确定", box=(450, 1300, 280, 100)))
    return Look((*HOME, view("FrameLayout", field, *buttons, box=(100, 800, 880, 700))), None)


def test_a_form_that_our_press_opened_is_used_and_stays_ours_when_it_is_filled():
    closing = PopupCloser(Hands())  # type: ignore[arg-type] # only what it closes with
    closing.begin()
    assert closing.over(form("清单名称"), opened=True) is None
    assert closing.over(form("测试"), opened=False) is None


def test_a_form_that_came_by_itself_is_closed():
    closing = PopupCloser(Hands())  # type: ignore[arg-type] # only what it closes with
    closing.begin()
    assert closing.over(form("手机号"), opened=False) is not None


def test_a_marked_advert_in_a_window_like_a_page_is_closed_by_the_cross_beside_its_mark():
    head = view("LinearLayout", view("TextView", text="广告", box=(150, 640, 80, 60)), CROSS, box=(100, 600, 880, 130))
    picture = view("ImageView", box=(140, 850, 800, 700))
    card = view("LinearLayout", head, picture, view("Button", text="立即下载", box=(150, 1660, 780, 120)), box=(80, 540, 920, 1320))
    closing = PopupCloser(Hands())  # type: ignore[arg-type] # only what it closes with
    closing.begin()
    found = closing.over(Look(page(card)), opened=False)
    assert found.box == CROSS.box
    below = [view("Button", text=text, box=at(y)) for text, y in (("模拟考试", 2000), ("错题本", 2150))]
    assert closing.over(Look(page(card, *below)), opened=False) is None, "the page has something to use beside it"


def covering(button: str) -> Look:
    parts = (view("TextView", text="广告", box=(100, 500, 100, 50)), view("ImageView", box=(140, 600, 800, 900)))
    own = (view("TextView", text="年终钜惠", box=(300, 1550, 400, 60)), view("Button", text=button, box=(340, 1700, 400, 120)))
    return Look((*HOME, view("FrameLayout", *parts, *own, clickable=True, box=(0, 0, 1080, 2400))), None)


def test_an_advert_that_nothing_closes_is_gone_past_by_its_button_after_waiting_and_back():
    ways, hands = closed(covering("立即查看"), 4)
    assert [*hands.waited, *ways] == [LATE_SECONDS, "back", None]


def test_a_button_that_loads_is_no_way_past():
    ways, _ = closed(covering("立即下载"), 9)
    assert ways == []
