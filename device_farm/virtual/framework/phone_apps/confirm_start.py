"""The ROM's page that asks the user before one app opens another: “A” 想要打开 “B”.

The app's start is replaced by one of the page, as com.miui.server.ConfirmStartHelper of MIUI does; allowed, the app's
own start follows. What the page is called and says is data (``[confirm_start]`` of the ROM's file, with sources).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.framework.phone_apps.rom_pages import bottom_dialog, data_text
from device_farm.virtual.framework.records.system_records import Intent
from device_farm.virtual.vocabulary.components import Activity

if TYPE_CHECKING:
    from device_farm.virtual.framework.records.system_records import ActivityRecord, Component
    from device_farm.virtual.framework.system import System

ASKED = "android.intent.extra.INTENT"  # what the page's intent carries
NEW_TASK = 0x10000000  # Intent.FLAG_ACTIVITY_NEW_TASK


class ConfirmStart:
    """Decides which starts are asked about."""

    def __init__(self, system: System) -> None:
        """Ask where the ROM's data says so."""
        self._system = system
        self._data = system.device.rom.data["confirm_start"]
        self._allowed: Intent | None = None  # the start that the user just allowed

    def rebooted(self) -> None:
        """It keeps nothing that a reboot takes."""

    def question(self, intent: Intent, component: Component, package: str | None, source: ActivityRecord | None) -> Intent | None:
        """The intent of the page that asks first; None where nothing is asked.

        Asked is an app of the user's about another such app with another certificate; apps of the ROM, shell and the
        user's own taps on the home screen are not.
        """
        packages = self._system.packages
        caller, callee = packages.get(package or ""), packages[component.package]
        if not self._data["asks"] or intent is self._allowed or caller is None or caller.system or callee.system:
            return None
        if caller.signer == callee.signer:
            return None
        target = (self._data["package"], self._data["activity"])
        self._system.truth("confirm_start_asked", package=callee.name, caller=caller.name, component=component.short)
        return Intent(action=self._data["action"], component=target, extras={ASKED: (intent, caller.uid, caller.name, source)})

    def allow(self, page: Intent) -> None:
        """The user allowed what a page asked: start it."""
        intent, uid, package, source = page.extras[ASKED]
        if source is not None and not self._system.in_front(source):
            intent.flags, source = intent.flags | NEW_TASK, None
        self._allowed = intent
        self._system.activities.start(intent, uid=uid, package=package, source=source)


class ConfirmStartPage(Activity):
    """Asks; either button closes it."""

    translucent = True
    exclude_from_recents = True

    def on_create(self) -> None:
        """Ask; an intent of somebody else's making is not answered."""
        system = self._process.system
        if ASKED not in self.intent.extras:
            self.finish()
            return
        asked, _uid, caller, _source = self.intent.extras[ASKED]
        names = {"caller": system.packages[caller].label, "app": system.packages[asked.component[0]].label}
        texts = {key: data_text(system, "confirm_start", key, **names) for key in ("title", "text", "allow", "refuse")}
        bottom_dialog(self, texts["title"], texts["text"], (texts["allow"], texts["refuse"]))

    def on_click(self, id: str) -> None:
        """button1 allows, button2 refuses."""
        allowed = id == "button1"
        system, page = self._process.system, self.intent
        system.truth("confirm_start_answered", caller=page.extras[ASKED][2], allowed=allowed)
        self.finish()
        if allowed:
            system.confirm_start.allow(page)
