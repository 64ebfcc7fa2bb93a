"""Pages that only ROMs have, as activities of their manager apps: what they share, and the page of the start manager.

Packages, class names and texts are data of the ROM's file; a page is installed where its table names a package.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.framework.records.system_records import Component, ComponentKind
from device_farm.virtual.screen.dialogs import NAVIGATION_BAR_HEIGHT, app_dialog
from device_farm.virtual.screen.permission_dialog import window_place
from device_farm.virtual.vocabulary.components import Activity, App
from device_farm.virtual.vocabulary.widgets import WRAP, Column, Row, Scroll, Style, Switch, Text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

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
    """Add ``page`` to the ROM's app that ``named`` tells: package, label, activity.

    The app is made with its first page.
    """
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
        """The user moved a switch."""
        start_switched(self._process.system, id, allowed=checked)
