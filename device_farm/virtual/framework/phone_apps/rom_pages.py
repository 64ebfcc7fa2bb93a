"""Pages that only ROMs have, as activities of their manager apps: what they share, and the page of the start manager.

Packages, class names and texts are data of the ROM's file; a page is installed where its table names a package.

The pages behind a permission dialog: the location's own page in Settings (11 and later), the photo picker (14).

Ids: AppPermissionFragment of packages/modules/Permission (res/layout/app_permission.xml), PhotoPickerActivity of
packages/providers/MediaProvider (res/layout/activity_photo_picker.xml).

The ROM's page that asks the user before one app opens another: “A” 想要打开 “B”.

The app's start is replaced by one of the page, as com.miui.server.ConfirmStartHelper of MIUI does; allowed, the app's
own start follows. What the page is called and says is data (``[confirm_start]`` of the ROM's file, with sources).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from device_farm.virtual.framework.permissions import permissions
from device_farm.virtual.framework.permissions.permissions import BACKGROUND, COARSE, FINE
from device_farm.virtual.framework.phone_apps.grant_dialog import EXTRA_PACKAGE, MANAGE, PICK_PHOTOS, GrantPermissionsActivity
from device_farm.virtual.framework.records.system_records import ActivityRecord, Component, ComponentKind, Intent, Package
from device_farm.virtual.framework.system_service import SystemService
from device_farm.virtual.screen.dialogs import NAVIGATION_BAR_HEIGHT, app_dialog
from device_farm.virtual.screen.permission_dialog import window_place
from device_farm.virtual.vocabulary.components import Activity, App
from device_farm.virtual.vocabulary.widgets import WRAP, Button, Column, Image, RadioButton, Row, Scroll, Style, Switch, Text, Widget

if TYPE_CHECKING:
    from device_farm.virtual.framework.system import System

GAP = 44  # pixels between a dialog at the bottom and the navigation bar
_SWITCHES = {"self_start": ("允许自启动", "Auto launch"), "associated_start": ("允许关联启动", "Launch by other apps")}


def data_text(system: System, table: str, key: str, **names: str) -> str:
    """A text of a table of the ROM's data in the device's language, with ``{names}`` filled in."""
    language = "zh" if system.device.spec.language == "zh" else "en"
    text: str = system.device.rom.data[table][f"{key}_{language}"]
    for name, value in names.items():
        text = text.replace("{" + name + "}", value)
    return text


def bottom_dialog(activity: Activity, title: str, text: str, buttons: tuple[str, ...]) -> None:
    """Show an alert where this ROM shows its permission dialog, just as dark behind it."""
    system = activity._process.system
    gravity, dim = window_place(system.device.rom)
    system.window_manager.place_dialog(activity._record, gravity, dim)
    bottom = GAP + NAVIGATION_BAR_HEIGHT if gravity == "bottom" else 0
    activity.show(Column(app_dialog(title, text, buttons), style=Style(width=WRAP, margin=(0, 0, 0, bottom))))


def install_page(system: System, named: Mapping[str, Any], page: type[Activity], *actions: str) -> None:
    """Add ``page`` to the ROM's app that ``named`` tells (package, label, activity), which its first page makes."""
    package = system.packages.get(named["package"])
    if package is None:
        manifest = {"package": named["package"], "label": named["label"], "system": True}
        uid = 10070 + len(system.packages)
        package = system.package_manager.install_app(type("RomApp", (App,), manifest), uid)
    package.components.append(
        Component(
            ComponentKind.ACTIVITY, package.name, named["activity"], package.name, exported=True, actions=list(actions),
            data_schemes=dict(page.data_schemes), python_class=page,
        )
    )  # fmt: skip


def start_switches(system: System, package: str) -> list[Switch]:
    """The switches of an app for the ways to start that this ROM tells apart."""
    language = 0 if system.device.spec.language == "zh" else 1
    manager = system.start_manager
    return [
        Switch(_SWITCHES[switch][language], id=f"{switch}:{package}", checked=manager.allowed(package, switch))
        for switch in manager.switches()
    ]


def start_switched(system: System, id: str, *, allowed: bool) -> bool:
    """The user moved the switch of that id; False for another one."""
    switch, _, package = id.partition(":")
    if switch not in _SWITCHES or package not in system.packages:
        return False
    system.start_manager.allow(package, switch, allowed=allowed)
    return True


class StartManagerPage(Activity):
    """One row of switches for each app that the user installed."""

    def on_resume(self) -> None:
        """Show what is switched now."""
        system = self._process.system
        page = system.device.rom.data["start_manager"]["page"]
        chinese = system.device.spec.language == "zh"
        rows = [
            Row(Text(package.label), *start_switches(system, package.name)) for package in system.packages.values() if not package.system
        ]
        self.show(Column(Text(page["title_zh" if chinese else "title_en"], id="action_bar_title"), Scroll(Column(*rows))))

    def on_switch(self, id: str, checked: bool) -> None:
        start_switched(self._process.system, id, allowed=checked)


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


ASKED = "android.intent.extra.INTENT"  # what the page's intent carries
NEW_TASK = 0x10000000  # Intent.FLAG_ACTIVITY_NEW_TASK


class ConfirmStart(SystemService):
    """Decides which starts are asked about."""

    def made(self) -> None:
        """Ask where the ROM's data says so."""
        self._data = self._system.device.rom.data["confirm_start"]
        self._allowed: Intent | None = None  # the start that the user just allowed

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
