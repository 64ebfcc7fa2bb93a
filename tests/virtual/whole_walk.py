"""A finger that walks through a whole sample app by a route.

What is pressed from a cold first start to one of its screens.

A step is a text or an id on the screen, or a text that a Canvas painted. What is out of sight is scrolled to, what is
not there yet is waited for. Other steps:

==================  ==================================================================
``"back"``          the Back key
``"deny"``          the deny button of the permission dialog; ``"allow"`` its first allow button
``"wait:6"``        so many seconds pass
``"relaunch"``      the app is stopped and started again; what it has stored stays
``"touch:0.5,0.2"``  a touch at this part of the screen's width and height, where there is nothing in the tree
``"et_phone=138"``  the field with this id is touched and the text typed into it
==================  ==================================================================
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.framework.records.system_records import Rect
from device_farm.virtual.kernel.device_clock import DeviceClock
from device_farm.virtual.spec import Spec
from device_farm.virtual.vocabulary.pen import PenText
from device_farm.virtual.vocabulary.widgets import Canvas

if TYPE_CHECKING:
    from collections.abc import Callable

    from device_farm.virtual.screen.accessibility_nodes import Node
    from device_farm.virtual.vocabulary.components import App

PATIENCE = 12.0  # seconds until what a route names must be there
MOST_SWIPES = 30
SHELL = 2000


class Walker:
    """A phone on which the apps of a file are installed; the first is walked through. Its clock moves only here."""

    def __init__(self, apps: tuple[type[App], ...]) -> None:
        self.package = apps[0].package
        clock = DeviceClock(host=lambda: 0.0, wall=1_800_000_000.0)
        self.device = VirtualDevice(Spec(apps=(*apps[1:], apps[0])), clock)
        self.system = self.device.system

    @property
    def prefs(self) -> dict[str, object]:
        found: dict[str, object] = self.system.packages[self.package].data.get("prefs", {})
        return found

    def first_start(self) -> None:
        """As if it had just been installed."""
        self.system.package_manager.clear_data(self.package)
        self.launch()

    def launch(self) -> None:
        self.system.force_stop(self.package, "from pid 4242")
        component = self.system.launcher_component(self.package)
        assert component is not None
        self.system.start_activity(self.system.package_manager.launch_intent(component), uid=SHELL, package="com.android.shell")
        self.wait(1)

    def wait(self, seconds: float) -> None:
        self.device.clock.skip(seconds)

    def follow(self, route: list[str]) -> None:
        """Take each step; AssertionError names the first that cannot be taken and what is on the screen instead."""
        for number, step in enumerate(route):
            try:
                self._take(step)
            except LookupError:
                raise AssertionError(f"step {number} {step!r} of {route}: on the screen are {self.words()}") from None
            self.wait(0.5)

    def shown(self) -> set[str]:
        """Screens of the app that were shown since the boot, as ``Activity/first text``."""
        records = [line for line in self.device.truth if line["what"] == "content_shown"]
        return {f"{line['activity']}/{line['title']}" for line in records if line["package"] == self.package}

    def words(self) -> list[str]:
        """Texts and ids of the window in front."""
        return [node.text or node.resource_id.rpartition("/")[2] for node in self._nodes() if node.text or node.resource_id]

    # steps
    def _take(self, step: str) -> None:
        word, _, argument = step.partition(":")
        match word:
            case "back":
                self.system.press_back()
            case "deny" | "allow":
                self._answer(word)
            case "wait":
                self.wait(float(argument))
            case "relaunch":
                self.launch()
            case "touch":
                x, y = argument.split(",")
                self.device.screen.tap(float(x) * self.device.screen.width, float(y) * self.device.screen.height)
            case _:
                self._press(step)

    def _press(self, step: str) -> None:
        name, typed, text = step.partition("=")
        self._touch(self._scroll_to(name))
        if typed:
            self.wait(0.5)
            self.device.screen.type_text(text)
            self.wait(0.5)
            if self.system.soft_input.shown:
                self.system.press_back()  # hides the keyboard

    def _touch(self, place: Rect) -> None:
        left, top, right, bottom = place
        self.device.screen.tap((left + right) // 2, (top + bottom) // 2)

    def _answer(self, role: str) -> None:
        ids = self.device.rom.dialog.button_ids
        wanted = {id for name, id in ids.items() if name.startswith(role)}
        self._touch(self._await(lambda: self._bounds(lambda node: node.resource_id.rpartition("/")[2] in wanted)))

    # finding
    def _nodes(self) -> list[Node]:
        root = self.device.screen.active_root()
        return [] if root is None else [node for node in root.walk() if node.visible]

    def _await(self, look: Callable[[], Rect | None]) -> Rect:
        """What ``look`` finds, once it finds it."""
        waited = 0.0
        while waited <= PATIENCE:
            found = look()
            if found is not None:
                return found
            self.wait(0.5)
            waited += 0.5
        raise LookupError

    def _bounds(self, fits: Callable[[Node], bool]) -> Rect | None:
        """Where the first node that fits is."""
        return next((node.bounds for node in self._nodes() if fits(node)), None)

    def _named(self, name: str) -> Rect | None:
        """Where a view with this text or id is, or where a Canvas painted this text."""
        return self._bounds(lambda node: name in (node.text, node.resource_id.rpartition("/")[2])) or self._painted(name)

    def _painted(self, text: str) -> Rect | None:
        for node in self._nodes():
            view = node.placed.widget if node.placed is not None else None
            strokes = view.strokes if isinstance(view, Canvas) else ()
            for stroke in (s for s in strokes if isinstance(s, PenText) and s.text == text):
                width = len(text) * stroke.size
                left = node.bounds.left + round(stroke.x - width * {"left": 0.0, "center": 0.5, "right": 1.0}[stroke.align])
                top = node.bounds.top + round(stroke.y)
                return Rect(left, top, left + round(width), top + round(stroke.size))
        return None

    def _scroll_to(self, name: str) -> Rect:
        """The place of what has this name: swiped up where there is more below."""
        for _ in range(MOST_SWIPES):
            found = self._named(name)
            if found is not None:
                return found
            if not self._swipe():
                return self._await(lambda: self._named(name))
        raise LookupError

    def _swipe(self) -> bool:
        """Move the first list in sight up by more than half of its height; False where nothing moves any more."""
        scroll = next((node for node in self._nodes() if node.scrollable), None)
        if scroll is None:
            return False
        left, top, right, bottom = scroll.bounds
        middle, height = (left + right) // 2, bottom - top
        before = self.device.screen.signature()
        self.device.screen.swipe(middle, bottom - height // 5, middle, top + height // 5)
        return self.device.screen.signature() != before
