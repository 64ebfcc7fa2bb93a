"""The notification shade, which a swipe from the top, uiautomator and ``cmd statusbar`` open, Back and Home close.

SystemUI's window NotificationShade of Android 11 and later (frameworks/base packages/SystemUI
res/layout/super_notification_shade.xml, values-zh-rCN/strings.xml); it takes the focus, and the activity behind it
stays resumed. Ids are those of SystemUI and of the platform's notification templates. A tap on a notification starts
what its app gave it; a swipe to the side takes it away.
"""

from collections.abc import Callable

from device_farm.virtual.framework.records.notification_record import Notification
from device_farm.virtual.framework.records.system_records import Window, WindowHandler, WindowKind
from device_farm.virtual.framework.system_service import SystemService
from device_farm.virtual.screen import hit
from device_farm.virtual.vocabulary.widgets import Button, Column, Row, Scroll, Style, Switch, Text, Widget

BACKGROUND, CARD, INK, FAINT = "#FFE9E8EE", "#FFFBFAFF", "#FF1B1B1F", "#FF5E5E66"
DONE, LEFT = "#FF3F5AA9", "#FFD9D9E3"  # of a bar of progress
_TILES = {"wifi": ("互联网", "Internet"), "bluetooth": ("蓝牙", "Bluetooth")}  # radio: label of its tile
_NONE = ("无通知", "No notifications")


class Shade(SystemService):
    """The shade of one device. ``window`` is None while it is closed."""

    def rebooted(self) -> None:
        self.window: Window | None = None
        self._shown: dict[int, Notification] = {}  # by the identity of the card, which the window's root keeps alive
        self._actions: dict[int, Callable[[], None]] = {}  # what its buttons do, likewise

    def expand(self) -> None:
        """Open it, or show anew what is posted now."""
        package = self._system.packages.get("com.android.systemui")
        if package is None:
            return
        if self.window is None:
            self.window = Window(
                title="NotificationShade" if self._system.sdk >= 30 else "StatusBar",
                package=package.name,
                uid=package.uid,
                kind=WindowKind.NOTIFICATION_SHADE,
                root=self._content(),
                handler=_ShadeInput(self),
                modal=True,
                translucent=True,
            )
        self.refresh()

    def collapse(self) -> None:
        if self.window is not None:
            self.window = None
            self._system.window_manager.refresh()

    def refresh(self) -> None:
        """Something was posted: show it, if the shade is open."""
        if self.window is not None:
            self.window.root = self._content()
            self.window.revision += 1
            self._system.window_manager.refresh()

    def switch(self, radio: str, *, on: bool) -> None:
        self._system.connectivity.switch(radio, on=on)

    def tapped(self, card: Widget) -> None:
        notification, act = self._shown.get(id(card)), self._actions.get(id(card))
        if act is not None:
            act()
        elif notification is not None:
            self._system.notifications.clicked(notification)

    def swiped(self, x: float, y: float) -> bool:
        """A finger moved sideways from a point of the screen; False where no notification is."""
        if self.window is None:
            return False
        for placed in self._system.device.screen.placed(self.window):
            notification = self._shown.get(id(placed.widget))
            if notification is not None and hit.contains(placed.clip, x, y):
                self._system.notifications.swiped(notification)
                return True
        return False

    def _content(self) -> Widget:
        settings = self._system.device.settings.get("global", {})
        tiles = [
            Switch(self._word(words), id=radio, checked=settings.get(f"{radio}_on") == "1", style=Style(text_colour=INK, weight=1))
            for radio, words in _TILES.items()
        ]
        posted = self._system.notifications.active[::-1]
        empty = Text(self._word(_NONE), id="no_notifications", style=Style(text_colour=FAINT, align="center", clickable=False))
        self._shown.clear()
        self._actions.clear()
        stack = Scroll(*map(self._card, posted), id="notification_stack_scroller") if posted else empty
        return Column(Row(*tiles, id="quick_qs_panel"), stack, background=BACKGROUND, style=Style(padding=(32, 126, 32, 126)))

    def _card(self, notification: Notification) -> Widget:
        package = self._system.packages.get(notification.package)
        texts = {
            "app_name_text": (package.label if package else notification.package, 32, FAINT),
            "title": (notification.title, 37, INK),
            "text": (notification.text, 37, FAINT),
        }
        lines: list[Widget] = [
            Text(text, id=f"android:id/{id}", style=Style(text_size=size, text_colour=colour, margin=(42, 10, 42, 10), clickable=False))
            for id, (text, size, colour) in texts.items()
        ]
        bar = _bar(notification)
        if bar is not None:
            lines.append(bar)
        if notification.actions:
            lines.append(Row(*map(self._button, notification.actions), id="android:id/actions"))
        style = Style(margin=(0, 10, 0, 10), padding=(0, 26, 0, 26), radius=63, clickable=notification.intent is not None)
        card = Column(*lines, id="expandableNotificationRow", background=CARD, style=style)
        self._shown[id(card)] = notification
        return card

    def _button(self, action: tuple[str, Callable[[], None]]) -> Button:
        title, act = action
        button = Button(title, id="android:id/action0", style=Style(background="#00FFFFFF", text_colour="#FF3F5AA9", text_size=37))
        self._actions[id(button)] = act
        return button

    def _word(self, words: tuple[str, str]) -> str:
        return words[self._system.device.spec.language != "zh"]


def _bar(notification: Notification) -> Widget | None:
    """The bar of a notification with progress (android:id/progress); an indeterminate one is all of one colour."""
    if notification.progress is None and not notification.indeterminate:
        return None
    done, total = notification.progress or (0, 0)
    share = 1.0 if notification.indeterminate or not total else min(1.0, max(0.0, done / total))
    parts = [Column(style=Style(background=colour, weight=part, height=12)) for colour, part in ((DONE, share), (LEFT, 1 - share)) if part]
    style = Style(margin=(42, 10, 42, 10), class_name="android.widget.ProgressBar", height=12, clickable=False)
    return Row(*parts, id="android:id/progress", style=style)


class _ShadeInput(WindowHandler):
    """Tiles switch, notifications lead where their app wants; Back closes."""

    def __init__(self, shade: Shade) -> None:
        self._shade = shade

    def click(self, id: str, widget: Widget) -> None:
        self._shade.tapped(widget)

    def switch(self, id: str, checked: bool) -> None:
        self._shade.switch(id, on=checked)

    def back(self) -> None:
        self._shade.collapse()
