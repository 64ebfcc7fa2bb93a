"""The ROM's page that asks the user before ADB installs an app, with its countdown.

Without an answer in time the installation is refused, as PackageInstaller reports a user who said no:
INSTALL_FAILED_USER_RESTRICTED. What the page is called and says is data (``[install_confirm]`` of the ROM's file, with
sources).
"""

import asyncio

from device_farm.virtual.framework.device_options import USB_INSTALL, USB_INSTALL_CONFIRM
from device_farm.virtual.framework.phone_apps.rom_pages import GAP, data_text
from device_farm.virtual.framework.records.system_records import Intent
from device_farm.virtual.framework.system_service import SystemService
from device_farm.virtual.screen.dialogs import ACCENT, GREY_INK, INK, NAVIGATION_BAR_HEIGHT
from device_farm.virtual.screen.permission_dialog import window_place
from device_farm.virtual.vocabulary.components import Activity
from device_farm.virtual.vocabulary.widgets import FILL, Button, Checkbox, Column, EditText, Row, Style, Text, Widget

ANSWER = "answer"  # extra: the future that the installing command waits for
APP = "app"
PASSWORD = "dialog_pwd"


class InstallConfirm(SystemService):
    """Asks about one installation at a time."""

    def made(self) -> None:
        """Ask where the ROM's data says so."""
        self._data = self._system.device.rom.data["install_confirm"]
        self._waiting: asyncio.Future[bool] | None = None

    async def allows(self, app: str, *, over: bool = False) -> bool:
        """Whether the user lets ``adb install`` go on with an app of this label; ``over`` one that is there already.

        Waits for the answer or the countdown.
        """
        options = self._system.device.options
        if not options.is_on(USB_INSTALL, absent=True):
            return False
        if not self._data["asks"] or not options.is_on(USB_INSTALL_CONFIRM) or (over and not self._data.get("asks_over", True)):
            return True
        if self._waiting is not None:
            return False  # the page is up already: the second one is refused
        self._waiting = asyncio.get_running_loop().create_future()
        extras = {ANSWER: self._waiting, APP: app}
        intent = Intent(component=(self._data["package"], self._data["activity"]), extras=extras)
        self._system.truth("adb_install_asked", app=app)
        self._system.start_activity(intent, uid=1000, package="android")
        self._system.later(float(self._data["timeout"]), self.refuse)
        try:
            return await self._waiting
        finally:
            self._waiting = None

    def rebooted(self) -> None:
        """Refuse whoever waits for an answer."""
        self.refuse()

    def refuse(self) -> None:
        """The countdown is over, or the device reboots."""
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(False)


class InstallConfirmPage(Activity):
    """Asks with two buttons, on some ROMs for the account's password too; closes with the answer."""

    translucent = True
    exclude_from_recents = True
    _password, _unticked = "", False

    def on_create(self) -> None:
        """Ask, and close when the command no longer waits."""
        system = self._process.system
        answer = self.intent.extras.get(ANSWER)
        if answer is None:
            self.finish()
            return
        gravity, dim = window_place(system.device.rom)
        if system.device.rom.data["install_confirm"]["needs_password"]:
            gravity = "center"  # where the keyboard leaves its buttons free: a dialog at the bottom would be moved above it
        system.window_manager.place_dialog(self._record, gravity, dim)
        answer.add_done_callback(lambda _answer: self.finish())
        self._show()

    def _show(self) -> None:
        system = self._process.system
        data = system.device.rom.data["install_confirm"]
        texts = {key: data_text(system, "install_confirm", key) for key in ("title", "allow", "refuse")}
        field: list[Widget] = [EditText(hint="", id=PASSWORD)] if data["needs_password"] else []
        if "tick_id" in data:
            field.append(Checkbox(data_text(system, "install_confirm", "tick"), id=data["tick_id"]))
            self._unticked = True
        look = Style(weight=1, height=131, background="#F0F0F0", radius=66, text_size=42, text_colour=ACCENT)
        card = Style(width=FILL, background="#FFFFFF", radius=65, padding=(63, 63, 63, 63), margin=(44, 0, 44, GAP + NAVIGATION_BAR_HEIGHT))
        buttons = [Button(texts[answer], id=_short(data[f"{answer}_id"]), style=look) for answer in ("allow", "refuse")]
        self.show(
            Column(
                Text(texts["title"], id="alertTitle", style=Style(text_size=49, text_colour=INK)),
                Text(str(self.intent.extras[APP]), id="message", style=Style(text_size=42, text_colour=GREY_INK)),
                *field,
                Row(*buttons),
                style=card,
            )
        )

    def on_switch(self, id: str, checked: bool) -> None:
        """The box that says that the risk is known."""
        self._unticked = not checked

    def on_text(self, id: str, text: str) -> None:
        """The password, which no server checks here: any that is not empty is right."""
        self._password = text

    def on_click(self, id: str) -> None:
        """Either button, no text; without a password or the tick the positive one does nothing."""
        system = self._process.system
        data = system.device.rom.data["install_confirm"]
        allowed = id == _short(data["allow_id"])
        if not allowed and id != _short(data["refuse_id"]):
            return
        if allowed and ((data["needs_password"] and not self._password) or self._unticked):
            return
        answer = self.intent.extras[ANSWER]
        if not answer.done():
            system.truth("adb_install_answered", app=self.intent.extras[APP], allowed=allowed)
            answer.set_result(allowed)


def _short(id: str) -> str:
    return id.rpartition("/")[2]
