"""The pages of Settings about the phone and about its clock (AOSP packages/apps/Settings, AndroidManifest.xml)."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from device_farm.virtual.kernel.time_zone import zone
from device_farm.virtual.vocabulary.components import Activity
from device_farm.virtual.vocabulary.widgets import Column, Text


class MyDeviceInfo(Activity):
    """About the phone: its model and its Android."""

    name = "Settings$MyDeviceInfoActivity"
    exported = True
    actions: ClassVar[list[str]] = ["android.settings.DEVICE_INFO_SETTINGS"]

    def on_create(self) -> None:
        """Show them."""
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
        """Show them."""
        device = self._process.system.device
        now = datetime.fromtimestamp(self.current_time_millis() / 1000, zone(device))
        title = "日期和时间" if device.spec.language == "zh" else "Date & time"
        self.show(Column(Text(title), Text(f"{now:%Y-%m-%d}"), Text(f"{now:%H:%M}")))
