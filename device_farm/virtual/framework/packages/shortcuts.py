"""Shortcuts that apps pin to the home screen: the launcher asks the user about each.

After ShortcutService.requestPinItem (services/core/java/com/android/server/pm): the launcher's own activity confirms.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.framework.records.system_records import Intent

if TYPE_CHECKING:
    from device_farm.virtual.framework.records.shortcut import Shortcut
    from device_farm.virtual.framework.system import System

CONFIRM = "android.content.pm.action.CONFIRM_PIN_SHORTCUT"
REQUEST = "shortcut"  # extra: the one that is asked about
HOME = "android.intent.category.HOME"


class Shortcuts:
    """The pinned shortcuts, in their order."""

    def __init__(self, system: System) -> None:
        """Start with none."""
        self._system = system
        self.pinned: list[Shortcut] = []

    def rebooted(self) -> None:
        """They stay."""

    def request(self, shortcut: Shortcut) -> None:
        """An app wants one pinned; an id that is pinned already is brought up to date without a question."""
        if any((each.package, each.id) == (shortcut.package, shortcut.id) for each in self.pinned):
            self.pin(shortcut)
            return
        self._system.truth("shortcut_asked", package=shortcut.package, label=shortcut.label)
        launcher = next((p for p in self._system.packages.values() if any(HOME in c.categories for c in p.components)), None)
        if launcher is not None:
            intent = Intent(action=CONFIRM, package=launcher.name, extras={REQUEST: shortcut})
            self._system.start_activity(intent, uid=1000, package="android")

    def pin(self, shortcut: Shortcut) -> None:
        """Put it on the home screen."""
        same = (shortcut.package, shortcut.id)
        self.pinned = [each for each in self.pinned if (each.package, each.id) != same] + [shortcut]
        self._system.truth("shortcut_pinned", package=shortcut.package, label=shortcut.label)

    def remove_package(self, package: str) -> None:
        """An app is gone, with its shortcuts."""
        self.pinned = [each for each in self.pinned if each.package != package]
