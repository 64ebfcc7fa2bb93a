"""Android's review of an old app's permissions: every switch is turned off, then Continue; it is no ask of the app."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from harness.dialogs.matcher import find_dialog
from harness.pages.look import Look
from harness.session.permission_review import past_review, review_of
from tests.unit.test_pages_identity import APP, HOME, view

SYSTEM = "com.android.permissioncontroller"


def screen(*given: bool) -> Look:
    rows = [
        view("Switch", id="switch_widget", text=f"组{n}", clickable=True, checkable=True, checked=on, box=(900, 300 + 150 * n, 120, 80))
        for n, on in enumerate(given)
    ]
    cancel = view("Button", id="cancel_button", text="取消", box=(600, 1700, 200, 100))
    onward = view("Button", id="continue_button", text="继续", box=(850, 1700, 200, 100))
    message = view("TextView", id="permissions_message", text="旧相机要访问哪些内容？")
    root = view("FrameLayout", message, *rows, cancel, onward, box=(0, 0, 1080, 1920))
    return Look((replace(root, package=SYSTEM),), None)


class Phone:
    """A session whose switches turn where they are touched."""

    def __init__(self, *given: bool) -> None:
        self.given: list[bool] | None = list(given)
        self.taps: list[str] = []
        self.pictures: list[str] = []
        self.app = SimpleNamespace(package=APP, grant_packages=(SYSTEM,))

    def look(self) -> Look:
        return Look(tuple(HOME), None) if self.given is None else screen(*self.given)

    def tap(self, point: tuple[int, int], purpose: object, text: str) -> None:
        self.taps.append(text)
        if text == "继续":
            self.given = None
        else:
            number = (point[1] - 340) // 150
            self.given[number] = not self.given[number]

    def picture(self, why: str) -> None:
        self.pictures.append(why)

    def note(self, text: Any, *, problem: bool = False) -> None:
        assert not problem

    def idle(self, seconds: float) -> None:
        pass


def test_all_switches_are_turned_off_and_photographed_before_it_goes_on():
    phone = Phone(True, False, True)
    after = past_review(phone, phone.look())  # type: ignore[arg-type] # what it does with a session
    assert phone.taps == ["组0", "组2", "继续"]
    assert phone.pictures == ["permission-review"]
    assert after.shows((APP,))


def test_it_is_no_ask_of_the_app():
    assert find_dialog(screen(True).roots, APP, (SYSTEM,)) is None


def test_a_permission_dialog_is_no_review():
    allow, deny = (view("Button", id=f"permission_{answer}_button", text="") for answer in ("allow", "deny"))
    dialog = view("FrameLayout", allow, deny)
    assert review_of(Look((replace(dialog, package=SYSTEM),), None), (SYSTEM,)) is None
