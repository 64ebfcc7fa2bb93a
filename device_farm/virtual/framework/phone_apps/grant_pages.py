"""The pages behind a permission dialog: the location's own page in Settings (11 and later), the photo picker (14).

Ids: AppPermissionFragment of packages/modules/Permission (res/layout/app_permission.xml), PhotoPickerActivity of
packages/providers/MediaProvider (res/layout/activity_photo_picker.xml).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from device_farm.virtual.framework.permissions import permissions
from device_farm.virtual.framework.permissions.permissions import BACKGROUND, COARSE, FINE
from device_farm.virtual.framework.phone_apps.grant_dialog import EXTRA_PACKAGE, MANAGE, PICK_PHOTOS, GrantPermissionsActivity
from device_farm.virtual.vocabulary.components import Activity
from device_farm.virtual.vocabulary.widgets import Button, Column, Image, RadioButton, Row, Style, Text

if TYPE_CHECKING:
    from device_farm.virtual.framework.records.system_records import Package
    from device_farm.virtual.vocabulary.widgets import Widget

_RADIOS = (  # id, then its text (12 to 15 values-zh-rCN, values)
    ("allow_always_radio_button", "始终允许", "Allow all the time"),
    ("allow_foreground_only_radio_button", "仅在使用该应用时允许", "Allow only while using the app"),
    ("ask_radio_button", "每次都询问", "Ask every time"),
    ("deny_radio_button", "不允许", "Don’t allow"),
)
_TILES = ("#C8553D", "#588157", "#3D5A80", "#E0A458", "#8D6A9F", "#2A9D8F")


class AppPermissionActivity(Activity):
    """Whether an app may have the location all the time; Back returns to who asked."""

    name = "com.android.permissioncontroller.permission.ui.ManagePermissionsActivity"
    actions: ClassVar[list[str]] = [MANAGE]
    exclude_from_recents = True

    def on_create(self) -> None:
        """Show the choices, the present one checked."""
        package = self._package()
        if package is None:
            self.finish()
            return
        chinese = self._process.system.device.spec.language == "zh"
        chosen = self._chosen(package)
        radios = [RadioButton(zh if chinese else en, id=id, checked=id == chosen, style=_RADIO) for id, zh, en in _RADIOS]
        title = "位置信息权限" if chinese else "Location permission"
        message = f"{package.label} 对位置信息的访问权限" if chinese else f"Location access for {package.label}"
        self.show(
            Column(
                Text(title, id="collapsing_toolbar"), Text(message, id="permission_message"),
                Column(*radios, id="radiogroup"),
            )
        )  # fmt: skip
        self._process.system.truth("location_page", package=package.name)

    def _package(self) -> Package | None:
        return self._process.system.packages.get(str(self.intent.extras.get(EXTRA_PACKAGE, "")))

    def _chosen(self, package: Package) -> str:
        holds = self._process.system.holds
        if holds(package, BACKGROUND):
            return "allow_always_radio_button"
        return "allow_foreground_only_radio_button" if holds(package, FINE) or holds(package, COARSE) else "deny_radio_button"

    def on_click(self, id: str) -> None:
        """Apply one choice (AppPermissionViewModel.requestChange)."""
        package = self._package()
        if package is None or id not in [radio[0] for radio in _RADIOS]:
            return
        for name in (FINE, COARSE, BACKGROUND):
            state = package.runtime_permissions.get(name)
            if state is None:
                continue
            if id == "allow_always_radio_button" or (id == "allow_foreground_only_radio_button" and name != BACKGROUND):
                permissions.grant(state)
            elif id == "ask_radio_button" and name != BACKGROUND:
                permissions.ask_every_time(state)
            else:
                permissions.deny(state, fixed=id == "deny_radio_button")
        self._process.system.truth("answer", package=package.name, group="LOCATION", role=id)


_RADIO = Style(background="#00FFFFFF", text_colour="#1B1B1F", align="start", class_name="android.widget.RadioButton")


class PhotoPickerActivity(Activity):
    """The picker of the photos that an app may have: six on this phone; 添加 hands them over."""

    name = "com.android.providers.media.photopicker.PhotoPickerUserSelectActivity"
    exported = True
    actions: ClassVar[list[str]] = [PICK_PHOTOS]

    def on_create(self) -> None:
        """Show the photos, none chosen."""
        self._selected: set[str] = set()
        self._draw()

    def _draw(self) -> None:
        chinese = self._process.system.device.spec.language == "zh"
        title = Text("选择要允许此应用访问的照片和视频" if chinese else "Select photos and videos to allow this app to access")
        tiles: list[Widget] = []
        for start in range(0, len(_TILES), 3):
            row = [Image(colour, id=f"icon_thumbnail{n}", width=340, height=340, style=self._tile_style(n))
                   for n, colour in enumerate(_TILES[start:start + 3], start)]  # fmt: skip
            tiles.append(Row(*row))
        count = len(self._selected)
        add, cancel = ("添加", "取消") if chinese else ("Add", "Cancel")
        buttons = [Button(cancel, id="button_cancel"), Button(f"{add} ({count})" if count else add, id="button_add")]
        self.show(Column(title, *tiles, Row(*buttons)))

    def _tile_style(self, number: int) -> Style:
        chosen = f"icon_thumbnail{number}" in self._selected
        return Style(clickable=True, margin=(40, 40, 40, 40) if chosen else (4, 4, 4, 4), description="照片")

    def on_click(self, id: str) -> None:
        """Choose a photo, hand over what is chosen, or leave."""
        if id.startswith("icon_thumbnail"):
            self._selected ^= {id}
            self._draw()
            return
        task = self._record.task.activities
        below = task[task.index(self._record) - 1].python_object
        if id == "button_add" and self._selected and isinstance(below, GrantPermissionsActivity):
            below.photos_picked()
        self.finish()
