"""A phone in memory: no server, no screen to look at, time that passes only when a test says so."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.framework.dumps.activity import activity as dump_activity
from device_farm.virtual.kernel.device_clock import DeviceClock
from device_farm.virtual.spec import Spec
from device_farm.virtual.vocabulary.components import App
from device_farm.virtual.vocabulary.widgets import Button
from tests.virtual.session_pairs import session_pairs

APPS = Path(__file__).parents[3] / "device_farm" / "virtual" / "apps"


class Phone:
    """A device with the apps under test, driven through window handlers."""

    def __init__(self, *apps: type[App], android: str = "13", rom: str = "aosp", language: str = "zh") -> None:
        self.clock = DeviceClock(host=lambda: 0.0, wall=1_800_000_000.0)
        spec = Spec(android=android, rom=rom, language=language, apps=apps)
        self.device = VirtualDevice(spec, clock=self.clock)
        self.system = self.device.system
        self.wait(1)

    def wait(self, seconds: float) -> None:
        self.clock.skip(seconds)

    def launch(self, package: str) -> int:
        component = self.system.launcher_component(package)
        assert component is not None
        intent = self.system.package_manager.launch_intent(component)
        result = self.system.start_activity(intent, uid=2000, package=None)
        self.wait(2)
        return result

    def cold_start(self, package: str) -> None:
        self.system.force_stop(package, "from pid 4242")
        self.wait(1)
        self.launch(package)

    @property
    def front(self) -> str:
        return self.system.resumed.component.package if self.system.resumed else ""

    @property
    def asks(self) -> bool:
        return self.front == self.device.rom.dialog.package

    def texts(self) -> list[str]:
        """All texts of the focused window."""
        window = self.system.focused_window()
        found: list[str] = []

        def walk(widget: Any) -> None:
            if getattr(widget, "text", ""):
                found.append(widget.text)
            for child in widget.children:
                walk(child)

        if window is not None:
            walk(window.root)
        return found

    def tap(self, id: str, *, text: str = "", seconds: float = 1.0) -> None:
        window = self.system.focused_window()
        window.handler.touch(id, 540, 1200)
        window.handler.click(id, Button(text or id, id=id))
        self.wait(seconds)

    def answer(self, role: str, *, seconds: float = 1.0) -> None:
        assert self.asks
        self.tap(self.device.rom.dialog.button_ids[role], seconds=seconds)

    def deny(self, *, seconds: float = 1.0) -> None:
        """Tap whichever deny button the dialog has."""
        text = self.device.rom.dialog.button_texts["zh"]["deny"]
        assert text in self.texts()
        shown = self.system.resumed.python_object._shown_roles()
        self.answer(next(role for role in reversed(shown) if role.startswith("deny")), seconds=seconds)

    def flags(self, package: str, permission: str) -> set[str]:
        state = self.system.packages[package].runtime_permissions[permission]
        return state.flags & {"USER_SET", "USER_FIXED", "ONE_TIME"}

    def truth(self, what: str) -> list[dict[str, Any]]:
        return [line for line in self.device.truth if line["what"] == what]

    def log(self, tag: str) -> list[str]:
        return [e.message for buffer in self.device.logs.buffers.values() for e in buffer if e.tag == tag]

    def app(self, package: str = "") -> Any:
        """The App object of the main process of an app, or of the last one that was installed."""
        wanted = package or self.device.spec.apps[-1].package
        process = self.system.process_list.find(wanted, wanted)
        assert process is not None
        return process.runtime.app

    def on_main(self, callback: Callable[[], object], seconds: float = 1.0) -> None:
        """Run something on that app's main thread, and let time pass."""
        self.app().post_delayed(callback, 0)
        self.wait(seconds)

    def downloads(self) -> str:
        """The rows that the provider of downloads prints."""
        return dump_activity(self.device, ["provider", "com.android.providers.downloads/.DownloadProvider"]) or ""

    def sessions(self) -> str:
        return session_pairs(self.device)

    def running(self, package: str) -> list[str]:
        return [process.name for process in self.system.process_list.of_package(package)]

    def exits(self, package: str) -> list[tuple[str, int]]:
        return [(e.reason.name, e.status) for e in self.system.exits if e.package == package]


@pytest.fixture
def phone() -> Callable[..., Phone]:
    return Phone


@pytest.fixture
def apps_folder() -> Path:
    return APPS
