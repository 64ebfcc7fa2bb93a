"""What a window's own control opens over the page is left by Back, as far as the window is gone then."""

from collections import Counter
from dataclasses import replace
from types import SimpleNamespace

import pytest

from harness.events import InterruptionKind
from harness.events.action_kinds import Purpose
from harness.pages.interruptions import Interruption
from harness.pages.look import Look
from harness.session.interruption_closing import MOST_LED_ON, close_interruption
from tests.unit.test_pages_identity import APP, HOME, page, title, view

WINDOW = Interruption(InterruptionKind.GUIDE, "会员中心上线 立即体验", "立即体验", (100, 1300, 400, 100), layer=True)
PAGE = Look(HOME)
MAIN, OPENED = f"{APP}/{APP}.Main", f"{APP}/{APP}.Opened"


class Phone:
    """A session and its hands; a press opens and finishes activities."""

    def __init__(self, after: dict[str, str], shown: Look) -> None:
        self.shown, self.screen = shown, SimpleNamespace(roots=HOME)
        self.keys: list[tuple[str, Purpose]] = []
        self.after = after
        self.foreground = SimpleNamespace(open={"1": MAIN})
        self.app = SimpleNamespace(package=APP, home_packages=("launcher",), owns=lambda name: name.startswith(f"{APP}/"))
        self.answers = SimpleNamespace(turned=False, went_through=False, shut_by_no=set(), led_on=Counter())
        self.journal = SimpleNamespace(write=lambda step: None)
        self.session = self

    def tap(self, *touch: object) -> None:
        self.foreground.open = dict(self.after)

    def press(self, key: str, purpose: Purpose) -> None:
        self.keys.append((key, purpose))
        self.foreground.open = {"1": MAIN}

    def settle(self) -> Look:
        return self.shown


def backs(after: dict[str, str], found: Interruption = WINDOW, times: int = 1, shown: Look = PAGE) -> int:
    phone = Phone(after, shown)
    for _time in range(times):
        close_interruption(phone, found)  # type: ignore[arg-type] # only what it closes with
    assert set(phone.keys) <= {("back", Purpose.WALK)}
    return len(phone.keys)


def test_what_a_window_opens_over_the_page_is_left_by_back():
    assert backs({"1": MAIN, "2": OPENED}) == 1


def test_so_is_a_page_with_a_way_back_of_the_same_activity():
    inside = Look(page(view("ImageView", description="返回", clickable=True, box=(0, 60, 100, 100)), title("会员中心")))
    assert backs({"1": MAIN}, shown=inside) == 1
    assert backs({"1": MAIN}, replace(WINDOW, button="知道了"), shown=inside) == 0, "it only went"


@pytest.mark.parametrize("after", [{"1": MAIN}, {"2": OPENED}, {"1": MAIN, "9": "launcher/.Home"}], ids=["gone", "a guide ends", "others"])
def test_what_only_goes_is_left_alone(after: dict[str, str]):
    assert backs(after) == 0


def test_what_skips_leads_into_the_app():
    assert backs({"1": MAIN, "2": OPENED}, Interruption(InterruptionKind.ADVERT, "跳过 3", "跳过 3", (900, 100, 100, 60))) == 0


def test_a_window_that_is_there_again_is_the_way_in():
    assert backs({"1": MAIN, "2": OPENED}, times=9) == MOST_LED_ON
