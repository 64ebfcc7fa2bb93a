"""Settings' pages of special app access, one switch each: draw over other apps, install unknown apps.

After DrawOverlayDetails and ExternalSourcesDetails (packages/apps/Settings
src/com/android/settings/applications/appinfo). The switch sets the app op of the package that the intent names.

The launcher's question before a shortcut comes to the home screen.

After Launcher3's AddItemActivity (src/com/android/launcher3/dragndrop, res/layout/add_item_confirmation_activity.xml).
"""

from datetime import datetime
from typing import ClassVar

from device_farm.virtual.framework.packages.app_storage import CONFIRM, REQUEST
from device_farm.virtual.framework.records.install_session import Shortcut
from device_farm.virtual.framework.records.system_records import Package
from device_farm.virtual.kernel.device_clock import zone
from device_farm.virtual.vocabulary.components import Activity
from device_farm.virtual.vocabulary.widgets import Button, Column, Row, Style, Switch, Text

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


class MyDeviceInfo(Activity):
    """About the phone: its model and its Android."""

    name = "Settings$MyDeviceInfoActivity"
    exported = True
    actions: ClassVar[list[str]] = ["android.settings.DEVICE_INFO_SETTINGS"]

    def on_create(self) -> None:
        device = self._process.system.device
        told = (device.properties.get(f"ro.{name}", "") for name in ("product.model", "build.version.release", "build.display.id"))
        title = "关于手机" if device.spec.language == "zh" else "About phone"
        self.show(Column(Text(title), *map(Text, told)))


class DateTime(Activity):
    """Date and time, to the minute."""

    name = "Settings$DateTimeSettingsActivity"
    exported = True
    actions: ClassVar[list[str]] = ["android.settings.DATE_SETTINGS"]

    def on_create(self) -> None:
        device = self._process.system.device
        now = datetime.fromtimestamp(self.current_time_millis() / 1000, zone(device))
        title = "日期和时间" if device.spec.language == "zh" else "Date & time"
        self.show(Column(Text(title), Text(f"{now:%Y-%m-%d}"), Text(f"{now:%H:%M}")))


_WORDS = {"zh": ("添加到主屏幕", "取消", "添加到主屏幕"), "en": ("Add to home screen", "Cancel", "Add to home screen")}


class AddItemActivity(Activity):
    """Shows what would be added."""

    name = "com.android.launcher3.dragndrop.AddItemActivity"
    exported = translucent = exclude_from_recents = True
    task_affinity = "com.android.launcher3.dragndrop"
    _dim, _gravity = 0.6, "bottom"
    actions: ClassVar[list[str]] = [CONFIRM]

    def on_create(self) -> None:
        self._shortcut: Shortcut = self.intent.extras[REQUEST]
        title, no, yes = _WORDS[self._process.system.device.spec.language]
        buttons = Row(Button(no, id="cancel"), Button(yes, id="add"))
        plain = Style(clickable=False)
        self.show(Column(Text(title, id="title", style=plain), Text(self._shortcut.label, id="label", style=plain), buttons, style=_CARD))

    def on_click(self, id: str) -> None:
        if id == "add":
            self._process.system.shortcuts.pin(self._shortcut)
        self.finish()


_CARD = Style(background="#FFFFFF", radius=42, padding=(42, 42, 42, 170))
