"""When a page is taken to stay as it is."""

from __future__ import annotations

from types import SimpleNamespace

from harness.pages.look import Look
from harness.session.view_actions import RETURNS, ViewActions
from tests.unit.test_pages_identity import APP, page, title, view

TURNED = 0.2


class Phone:
    """A session whose first look takes five seconds, in which the phone turns its page."""

    app = SimpleNamespace(package=APP)
    acts = SimpleNamespace(silent=())
    now, looked = 0.0, None

    def uptime(self):
        return self.now

    def wait_for_change(self, seconds):
        if self.looked is None:
            self.now = 0.1  # the touch itself is the first change
        elif self.looked >= TURNED or self.now < TURNED:
            self.now += seconds
            return False
        return True

    def look(self):
        first, self.looked = self.looked is None, self.now
        self.now += 5.0 if first else 0.0
        return Look(page(title("首页" if self.looked >= TURNED else "登录"), view("Button", text="确定", id="ok")))


def test_a_page_stays_by_what_the_phone_says_and_not_by_our_own_slow_look():
    moves = ViewActions(Phone())
    found = moves.page(moves.settle())
    assert found is not None
    assert found.title == "首页"


class Quiet:
    """A session whose page is there a tenth of a second after each touch, until ``late`` says otherwise."""

    app = SimpleNamespace(package=APP)
    acts = SimpleNamespace(silent=())
    now, changes, late = 0.0, 0, False

    def uptime(self):
        return self.now

    def wait_for_change(self, seconds):
        self.changes += 1
        first = self.changes == 1
        self.now += 0.1 if first else seconds
        return first or (self.late and self.changes == 2)

    def look(self):
        words = "首页" if self.changes < 2 or not self.late else "优惠"
        return Look(page(title(words), view("Button", text="确定", id="ok")))


def test_a_page_that_back_led_to_quietly_many_times_is_taken_at_its_first_look():
    phone = Quiet()
    moves = ViewActions(phone)

    def spent(*, back: bool = True) -> float:
        phone.changes, began = 0, phone.now
        moves.settle(back=back)
        return phone.now - began

    assert [round(spent(), 1) for _ in range(RETURNS + 1)] == [0.7] * RETURNS + [0.4]
    assert round(spent(back=False), 1) == 0.7
    phone.late = True
    assert round(spent(), 1) == 0.7
