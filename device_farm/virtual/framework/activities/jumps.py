"""Records starts that lead the user to another app, with the last input before them, for ``ctl truth``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from device_farm.virtual.framework.records.system_records import Component, Intent
    from device_farm.virtual.framework.system import System

RECENT = 1.0  # seconds
# of the system's own questions, which an app does not lead to
_QUESTIONS = ("android.content.pm.action.REQUEST_PERMISSIONS", "android.content.pm.action.REQUEST_PERMISSIONS_FOR_OTHER")


class Jumps:
    """The last thing that the user did, and the starts that lead from one app to another."""

    def __init__(self, system: System) -> None:
        """Nothing was done yet."""
        self._system = system
        self.rebooted()

    def rebooted(self) -> None:
        """Nothing was done since."""
        self._last: tuple[str, float] | None = None

    def note(self, act: str) -> None:
        """The user did something: touch, swipe, key, shake."""
        self._last = (act, self._system.clock.uptime)

    def started(self, intent: Intent, component: Component, caller: str | None) -> None:
        """An activity was started; tell of it where one app leads to another."""
        packages = self._system.packages
        if caller is None or caller == component.package or caller not in packages or packages[caller].system:
            return
        if intent.action in _QUESTIONS:
            return
        act, when = self._last or ("none", float("-inf"))
        cause = act if self._system.clock.uptime - when <= RECENT else "none"
        self._system.truth("jump", package=component.package, activity=component.class_name, by=caller, data=intent.data, cause=cause)
