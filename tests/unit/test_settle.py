"""When a page is taken to stay as it is."""

from types import SimpleNamespace

from harness.pages.controls import Kind
from harness.pages.look import Look
from harness.pages.view_structure import STATUS_BAR
from harness.session.view_actions import ViewActions
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
    assert found.title == "首页"


class Stays(Phone):
    """A page that takes no Back, while the status bar's clock goes on by a minute with each look."""

    minutes = 0

    def press(self, key, purpose):
        assert key == "back"

    def wait_for_change(self, seconds):
        self.now += seconds
        return False

    def look(self):
        self.minutes += 1
        clock = view("TextView", text=f"21:{self.minutes:02}", package=STATUS_BAR)
        bar = view("FrameLayout", clock, package=STATUS_BAR, box=(0, 0, 1080, 80))
        return Look((*page(title("详情"), view("Button", text="返回", id="back")), bar))


def test_a_minute_that_ends_meanwhile_is_nothing_that_back_did(monkeypatch):
    moves, pressed = ViewActions(Stays()), []
    monkeypatch.setattr(ViewActions, "touch", lambda self, control, purpose: pressed.append(control.text))
    arrow = SimpleNamespace(kind=Kind.BACK, dangerous=False, text="返回")
    monkeypatch.setattr(ViewActions, "controls", lambda self, look: [arrow])
    monkeypatch.setattr(ViewActions, "_keyboard", lambda self, look: False)
    moves.back()
    assert pressed == ["返回"]
