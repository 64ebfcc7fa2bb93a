"""The lock screen, where one is set.

It comes with the lit display and goes by a swipe, by ``wm dismiss-keyguard`` or by its PIN.

After KeyguardViewMediator (frameworks/base packages/SystemUI) and LockSettingsService. A tester's phone has none, so it
is off until ``locksettings set-disabled false`` or ``set-pin``. Its window is SystemUI's shade; USER_PRESENT follows
when it is gone.
"""

from device_farm.virtual.framework.records.system_records import Window, WindowHandler, WindowKind
from device_farm.virtual.framework.system_service import SystemService
from device_farm.virtual.vocabulary.widgets import Button, Column, Row, Style, Text, Widget

_WORDS = {"zh": ("向上滑动即可解锁", "请输入 PIN 码", "紧急呼叫"), "en": ("Swipe up to unlock", "Enter your PIN", "Emergency call")}
_PAD = ("123", "456", "789", "⌫0⏎")
MAX_PIN = 16  # LockPatternUtils: digits that a PIN may have
MIN_PIN = 4


class Keyguard(SystemService):
    """Whether a lock is set, and whether it is shown. ``pin`` is empty for a swipe."""

    def made(self) -> None:
        """Off, as a tester's phone has it; a lock that was set outlives a reboot."""
        self.enabled = False
        self.pin = ""
        self.window: Window | None = None
        self._bouncer, self._typed = False, ""

    def display_off(self) -> None:
        """The display went out: what is set is shown when it is lit again."""
        self.show()

    def show(self) -> None:
        """What is set lies over everything from now on."""
        if self.enabled and self.window is None:
            package = self._system.packages["com.android.systemui"]
            self.window = Window(
                title="NotificationShade" if self._system.sdk >= 30 else "StatusBar",
                package=package.name,
                uid=package.uid,
                kind=WindowKind.NOTIFICATION_SHADE,
                root=self._content(),
                handler=_KeyguardInput(self),
                modal=True,
            )
            self._system.soft_input.forget()
            self._system.window_manager.refresh()

    def dismiss(self) -> None:
        """A swipe upwards, the menu key, or ``wm dismiss-keyguard``: it goes, or asks for its PIN."""
        if self.window is None:
            return
        if self.pin:
            self._bouncer = True
            self._redraw()
        else:
            self._gone()

    def typed(self, key: str) -> None:
        """A key of the PIN pad, or of ``input text``."""
        if self.window is None or not self._bouncer:
            return
        if key == "⌫":
            self._typed = self._typed[:-1]
        elif key == "⏎":
            if self._typed == self.pin:
                self._gone()
                self._system.boot_phases.pin_typed()
                return
            self._typed = ""
        else:
            self._typed = (self._typed + key)[:MAX_PIN]
        self._redraw()

    def _gone(self) -> None:
        self.window, self._bouncer, self._typed = None, False, ""
        self._system.window_manager.refresh()
        self._system.display_sleep.update()
        self._system.power.keyguard_gone()

    def _redraw(self) -> None:
        if self.window is not None:
            self.window.root = self._content()
            self.window.revision += 1

    def _content(self) -> Widget:
        swipe, enter, emergency = _WORDS[self._system.device.spec.language]
        ink = Style(text_colour="#FFFFFF", align="center", clickable=False, text_size=48)
        hint = Text(enter if self._bouncer else swipe, id="keyguard_message_area", style=ink)
        rows: list[Widget] = [hint]
        if self._bouncer:
            rows.append(Text("•" * len(self._typed), id="pinEntry", style=ink))
            rows += [Row(*(Button(key, id=_key_id(key)) for key in row)) for row in _PAD]
        return Column(*rows, Text(emergency, id="emergency_call_button", style=ink), background="#FF28406B", gravity="center")


def _key_id(key: str) -> str:
    """Ids of res-keyguard/layout/keyguard_pin_view.xml."""
    return {"⌫": "delete_button", "⏎": "key_enter"}.get(key, f"key{key}")


class _KeyguardInput(WindowHandler):
    """Keys of the PIN pad; Back does nothing."""

    def __init__(self, keyguard: Keyguard) -> None:
        self._keyguard = keyguard

    def click(self, id: str, widget: Widget) -> None:
        key = getattr(widget, "text", "")
        if key and key in "".join(_PAD):
            self._keyguard.typed(key)
