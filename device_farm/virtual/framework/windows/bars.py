"""The status bar and the navigation bar: System UI's windows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.framework.records.system_records import Display, Window, WindowHandler, WindowKind
from device_farm.virtual.screen import dialogs
from device_farm.virtual.vocabulary.widgets import Widget

if TYPE_CHECKING:
    from device_farm.virtual.framework.system import System


class _NavigationInput(WindowHandler):
    """Back, Home and Recents."""

    def __init__(self, system: System) -> None:
        self._system = system

    def click(self, id: str, widget: Widget) -> None:
        if id == "back":
            self._system.press_back()
        elif id == "home":
            self._system.go_home()
        elif id == "recent_apps":
            self._system.recents.show()


def turn(bars: list[Window], display: Display) -> None:
    """Place the bars on a turned display: the keys stay where the thumb is (DisplayPolicy, config_navBarCanMove)."""
    for bar in bars:
        if bar.kind is WindowKind.NAVIGATION_BAR:
            bar.root = dialogs.navigation_bar(display.rotation)
            bar.gravity = {1: "right", 3: "left"}.get(display.rotation, "bottom")
        else:
            bar.root = dialogs.status_bar(display)
        bar.revision += 1


def show_recording(bars: list[Window], display: Display, *, shown: bool) -> None:
    """Show or hide the dot that tells of the camera or the microphone in use."""
    for bar in bars:
        if bar.kind is WindowKind.STATUS_BAR:
            bar.root = dialogs.status_bar(display, recording=shown)
            bar.revision += 1


def make_bars(system: System) -> list[Window]:
    """Both bars, the navigation bar on top."""
    package = system.packages["com.android.systemui"]
    status = Window(
        title="StatusBar",
        package=package.name,
        uid=package.uid,
        kind=WindowKind.STATUS_BAR,
        root=dialogs.status_bar(system.display),
        handler=None,
        gravity="top",
    )
    navigation = Window(
        title="NavigationBar0",
        package=package.name,
        uid=package.uid,
        kind=WindowKind.NAVIGATION_BAR,
        root=dialogs.navigation_bar(system.display.rotation),
        handler=_NavigationInput(system),
        gravity="bottom",
    )
    return [status, navigation]
