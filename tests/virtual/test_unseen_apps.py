"""The unseen apps are what they say.

Every declared screen is reached, and each planted fault shows when a person does it.

Nothing of the harness judges here: what happened is read from the device's own truth and from what is on its screen.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from device_farm.virtual.app_file import load_app_file
from harness.events.permission_groups import group_of
from tests.virtual.whole_walk import SHELL, Walker

if TYPE_CHECKING:
    from collections.abc import Callable

    from device_farm.virtual.framework.records.system_records import Rect

FOLDER = Path(__file__).parent / "unseen"
FILES = sorted(path.stem for path in FOLDER.glob("*.py") if path.stem not in ("__init__", "pages"))
APPS: dict[str, Any] = {file: load_app_file(FOLDER / f"{file}.py")[0] for file in FILES}
FAULTS = [(file, rule, group) for file, app in APPS.items() for rule, group in app.planted]
REFUSALS = ("不同意", "拒绝", "退出", "暂不", "Decline", "No thanks", "Exit")
NAMES = {  # how a permission is called on a screen
    "STORAGE": ("存储", "相册"), "LOCATION": ("位置", "定位", "ocation"), "CONTACTS": ("通讯录", "ontacts"),
    "CAMERA": ("相机", "摄像", "amera"), "MICROPHONE": ("麦克风", "录音", "icrophone"), "PHONE": ("电话", "手机状态"),
    "CALENDAR": ("日历", "alendar"),
    "ACTIVITY_RECOGNITION": ("健身运动",), "SENSORS": ("身体传感器",),
    "NEARBY_DEVICES": ("附近设备", "蓝牙"), "NOTIFICATIONS": ("通知",), "READ_MEDIA_VISUAL": ("相册",), "READ_MEDIA_AURAL": ("音频",),
}  # fmt: skip


class Person(Walker):
    """A walker who also reads what a screen reader says of a picture."""

    def __init__(self, file: str) -> None:
        super().__init__(load_app_file(FOLDER / f"{file}.py"))

    def _named(self, name: str) -> Rect | None:
        return super()._named(name) or self._bounds(lambda node: name == node.description)

    def _answer(self, role: str) -> None:
        if role == "allow":  # the first button that allows, also where it is 仅在使用该应用时允许
            self._touch(self._await(lambda: self._bounds(lambda node: "/permission_allow" in node.resource_id)))
        else:
            super()._answer(role)

    def _take(self, step: str) -> None:
        """Two more steps: the Home key, and the icon pressed again."""
        if step == "home":
            self.system.go_home()
        elif step == "return":
            component = self.system.launcher_component(self.package)
            assert component is not None
            self.system.start_activity(self.system.package_manager.launch_intent(component), uid=SHELL, package="com.android.shell")
        else:
            super()._take(step)
        self.wait(0.5 if step in ("home", "return") else 0)

    def told(self, *kinds: str) -> list[dict[str, Any]]:
        """What the device says of this app, of these kinds, in order."""
        return [line for line in self.device.truth if line["what"] in kinds and line["package"] == self.package]

    def asks(self, group: str) -> list[dict[str, Any]]:
        """Dialogs of Android for a group; without one, all."""
        return [line for line in self.told("dialog") if group in ("", line["group"])]

    def gone(self) -> bool:
        """Whether the app is not what the user sees."""
        top = self.system.activities.top()
        return top is None or top.component.package != self.package

    def goes(self, route: list[str]) -> None:
        """Follow a route from a first start, with nothing told before."""
        self.device.truth.clear()
        self.first_start()
        self.follow(route)

    def denials(self, group: str) -> list[float]:
        """When the user refused this group."""
        return [line["uptime"] for line in self.told("answer") if line["role"].startswith("deny") and line["group"] == group]

    def asks_after(self, uptime: float) -> list[dict[str, Any]]:
        """All that asks the user for something after a time.

        Android's dialogs, those that it held back, the app's own.
        """
        return [line for line in self.told("dialog", "request_suppressed", "app_dialog") if line["uptime"] > uptime]

    def own_words(self) -> str:
        return " ".join(self.words())

    def words_below(self) -> str:
        """Texts of the app's page that was opened last, also while Android's dialog is over it."""
        pages = [window for window in self.system.window_manager._main.values() if window.package == self.package]
        return " ".join(getattr(view, "text", "") for view in pages[-1].root.walk())


@pytest.fixture(scope="module")
def people() -> dict[str, Person]:
    """One phone for each app: to boot one takes longer than most of the walks."""
    return {}


@pytest.fixture
def person(people: dict[str, Person], file: str) -> Person:
    if file not in people:
        people[file] = Person(file)
    return people[file]


@pytest.mark.parametrize("file", FILES)
def test_every_declared_screen_is_reached_and_no_other(file: str, person: Person) -> None:
    app = APPS[file]
    shown = set()
    for route in app.walk:
        person.goes(route)
        shown |= person.shown()
        assert "pressed_danger" not in person.prefs
    assert sorted(shown) == sorted(app.screens)


@pytest.mark.parametrize("file", FILES)
def test_what_it_declares_is_whole(file: str) -> None:
    app = APPS[file]
    assert 15 <= len(app.screens) <= 45
    assert len(set(app.screens)) == len(app.screens)
    assert app.dangers
    assert app.innocent == (not app.planted)
    assert app.innocent or 3 <= len(app.planted) <= 6
    groups = {group_of(permission) for permission in app.permissions}
    assert {group for _rule, group in app.planted} <= {"", *groups}
    assert len((FOLDER / f"{file}.py").read_text("utf-8").splitlines()) <= 500


def asked_at_the_start(person: Person, route: list[str], group: str) -> None:
    person.goes(route)
    assert person.asks(group)
    assert len({screen.partition("/")[0] for screen in person.shown()}) <= 3


def asked_before_consent(person: Person, route: list[str], group: str) -> None:
    asked_at_the_start(person, route, group)
    assert not any(step.startswith(("同意", "Agree", "OK")) for step in route)


def asked_again_when_run_again(person: Person, route: list[str], group: str) -> None:
    last = len(route) - route[::-1].index("relaunch") - 1
    person.goes(route[:last])
    assert person.denials(group)
    person.device.truth.clear()
    person.follow(route[last:])
    assert person.asks(group) or person.told("app_dialog")


def asked_again_elsewhere(person: Person, route: list[str], group: str) -> None:
    person.goes(route)
    assert len(person.asks_after(person.denials(group)[0])) >= 2


def asked_in_a_loop(person: Person, route: list[str], group: str) -> None:
    person.goes(route)
    first = person.denials(group)[0]
    assert len([line for line in person.asks_after(first) if line["uptime"] <= first + 60]) >= 2


def left_after_a_denial(person: Person, route: list[str], group: str) -> None:
    person.goes(route)
    refused = len(person.denials(group))
    assert person.words_below()
    person.follow(["deny", "wait:9"])
    assert len(person.denials(group)) == refused + 1
    assert person.gone()


def closed_without(person: Person, route: list[str], group: str) -> None:
    *route, opened = route
    for answer, open in (("deny", False), ("allow", True)):
        person.goes([*route, answer])
        assert person.asks(group)
        assert (opened in person.shown()) is open


def asked_for_nothing(person: Person, route: list[str], group: str) -> None:
    after = []
    for answer in ("deny", "allow"):
        person.goes([*route, answer])
        assert person.asks(group)
        after.append((person.shown(), person.told("app_op")))
    assert after[0] == after[1]


def asked_for_all_at_once(person: Person, route: list[str], _group: str) -> None:
    person.goes(route)
    while person.told("dialog") and len(person.told("answer")) < len(person.told("dialog")):
        person.follow(["deny"])
    assert len({line["group"] for line in person.asks("")}) >= 2


def asked_without_a_word(person: Person, route: list[str], group: str) -> None:
    person.goes(route[:-1])
    before = person.own_words()
    person.follow(route[-1:])
    asked = person.asks(group)[-1]
    just_before = [line["message"] for line in person.told("app_dialog") if asked["uptime"] - 3 <= line["uptime"]]
    assert not any(name in text for name in NAMES[group] for text in (before, *just_before))


def never_told_of_privacy(person: Person, route: list[str], _group: str) -> None:
    person.goes(route)
    for _ in range(12):
        assert "隐私" not in person.own_words()
        person.wait(5)


def cannot_be_refused(person: Person, route: list[str], _group: str) -> None:
    person.goes(route)
    assert "rivacy" in person.own_words()
    assert not any(word in REFUSALS for word in person.words())


def ticked_beforehand(person: Person, route: list[str], _group: str) -> None:
    person.goes(route)
    assert any(node.checked and "隐私政策" in node.text for node in person._nodes())


SHOWS: dict[str, Callable[[Person, list[str], str], None]] = {
    "c1-permission-before-consent": asked_before_consent,
    "c1-no-privacy-prompt": never_told_of_privacy,
    "c1-consent-without-refusal": cannot_be_refused,
    "c1-consent-preticked": ticked_beforehand,
    "c5-asks-before-use": asked_at_the_start,
    "c5-asks-again-on-relaunch": asked_again_when_run_again,
    "c5-asks-again-in-session": asked_again_elsewhere,
    "c5-dialog-loop": asked_in_a_loop,
    "c5-exit-after-denial": left_after_a_denial,
    "c5-denial-blocks-function": closed_without,
    "c5-denial-blocks-login": closed_without,
    "c5-asks-without-function": asked_for_nothing,
    "c5-bundled-request": asked_for_all_at_once,
    "c5-purpose-not-told": asked_without_a_word,
}


@pytest.mark.parametrize(("file", "rule", "group"), FAULTS)
def test_a_planted_fault_shows(file: str, rule: str, group: str, person: Person) -> None:
    SHOWS[rule](person, APPS[file].proofs[rule, group], group)


@pytest.mark.parametrize("file", [file for file, app in APPS.items() if app.innocent])
def test_an_innocent_app_tells_why_at_each_dialog_and_asks_for_nothing_when_it_is_run_again(file: str, person: Person) -> None:
    for route in APPS[file].walk:
        person.goes([])
        told: list[str] = []
        for step in route:
            seen = len(person.asks(""))
            person.follow([step])
            for asked in person.asks("")[seen:]:
                before = [line["message"] for line in person.told("app_dialog") if 0 <= asked["uptime"] - line["uptime"] <= 3]
                told = [*before, person.words_below()]
                assert any(name in text for name in NAMES[asked["group"]] for text in told), asked
        assert told
        for _ in range(3):
            person.device.truth.clear()
            person.follow(["relaunch", "wait:8"])
            assert not person.asks("")
            own = [line["message"] for line in person.told("app_dialog")]
            assert not any(name in text for names in NAMES.values() for name in names for text in own)


def test_the_apps_together_have_every_kind_of_fault_and_one_has_none() -> None:
    assert {rule for _file, rule, _group in FAULTS} == set(SHOWS)
    assert sum(app.innocent for app in APPS.values()) == 1
