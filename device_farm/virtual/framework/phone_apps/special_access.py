"""Settings' pages of special app access, one switch each: draw over other apps, install unknown apps.

After DrawOverlayDetails and ExternalSourcesDetails (packages/apps/Settings
src/com/android/settings/applications/appinfo). The switch sets the app op of the package that the intent names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from device_farm.virtual.vocabulary.components import Activity
from device_farm.virtual.vocabulary.widgets import Column, Switch, Text

if TYPE_CHECKING:
    from device_farm.virtual.framework.records.system_records import Package

MANAGE_OVERLAY = "android.settings.action.MANAGE_OVERLAY_PERMISSION"
MANAGE_UNKNOWN_SOURCES = "android.settings.MANAGE_UNKNOWN_APP_SOURCES"


class SpecialAccess(Activity):
    """One page; ``op`` is what its switch sets, ``words`` are title and switch in Chinese and English."""

    exported = True
    op: ClassVar[str] = ""
    words: ClassVar[dict[str, tuple[str, str]]] = {}

    def on_resume(self) -> None:
        """Show the app and the switch as it stands."""
        package = self._package()
        if package is None:
            self.finish()
            return
        title, question = self.words[self._process.system.device.spec.language]
        self.show(
            Column(
                Text(title, id="collapsing_toolbar"), Text(package.label, id="entity_header_title"),
                Switch(question, id="switch_widget", checked=package.op_modes.get(self.op) == "allow"),
            )
        )  # fmt: skip

    def _package(self) -> Package | None:
        return self._process.system.packages.get((self.intent.data or "").removeprefix("package:"))

    def on_switch(self, id: str, checked: bool) -> None:
        """Allow or forbid."""
        package = self._package()
        if package is not None:
            package.op_modes[self.op] = "allow" if checked else "deny"
            self._process.system.truth("special_access", package=package.name, op=self.op, allowed=checked)


class DrawOverlay(SpecialAccess):
    """Whether an app may draw over others."""

    name = "Settings$AppDrawOverlaySettingsActivity"
    actions: ClassVar[list[str]] = [MANAGE_OVERLAY]
    data_schemes: ClassVar[dict[str, str]] = {MANAGE_OVERLAY: "package"}
    op = "SYSTEM_ALERT_WINDOW"
    words: ClassVar[dict[str, tuple[str, str]]] = {
        "zh": ("显示在其他应用的上层", "允许显示在其他应用的上层"),
        "en": ("Display over other apps", "Allow display over other apps"),
    }


class ExternalSources(SpecialAccess):
    """Whether an app may install packages."""

    name = "Settings$ManageAppExternalSourcesActivity"
    actions: ClassVar[list[str]] = [MANAGE_UNKNOWN_SOURCES]
    data_schemes: ClassVar[dict[str, str]] = {MANAGE_UNKNOWN_SOURCES: "package"}
    op = "REQUEST_INSTALL_PACKAGES"
    words: ClassVar[dict[str, tuple[str, str]]] = {
        "zh": ("安装未知应用", "允许来自此来源的应用"),
        "en": ("Install unknown apps", "Allow from this source"),
    }
