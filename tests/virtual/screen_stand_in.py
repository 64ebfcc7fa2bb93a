"""A device with windows and nothing behind them, for the tests of the screen and the agent."""

from types import SimpleNamespace
from typing import Any

from device_farm.virtual.faults.catalogue import Faults
from device_farm.virtual.framework.records.system_records import Display, Window, WindowKind
from device_farm.virtual.kernel.device_clock import DeviceClock
from device_farm.virtual.roms import load_rom
from device_farm.virtual.screen import Screen
from device_farm.virtual.screen.dialogs import navigation_bar, status_bar
from device_farm.virtual.screen.permission_dialog import permission_dialog
from device_farm.virtual.unmodelled import Unmodelled

CONTROLLER = "com.android.permissioncontroller"
DENY = "permission_deny_button"


class Heard:
    """A WindowHandler that writes down what it hears."""

    def __init__(self) -> None:
        self.calls: list[tuple[Any, ...]] = []

    def click(self, id: str, widget: Any) -> None:
        self.calls.append(("click", id))

    def touch(self, id: str, x: int, y: int) -> None:
        self.calls.append(("touch", id, x, y))

    def switch(self, id: str, checked: bool) -> None:
        self.calls.append(("switch", id, checked))

    def text(self, id: str, text: str) -> None:
        self.calls.append(("text", id, text))

    def outside(self) -> None:
        self.calls.append(("outside",))

    def back(self) -> None:
        self.calls.append(("back",))


class StandInClipboard:
    """One text, whoever set it."""

    text: str | None = None

    def put(self, text: str, uid: int) -> None:
        self.text = text


class StandInSystem:
    """Windows, and what the keys called."""

    def __init__(self) -> None:
        self.windows: list[Window] = []
        self.resumed = object()
        self.shade = SimpleNamespace(window=None)
        self.recents = SimpleNamespace(show=lambda: self.keys.append("recents"), swiped=lambda *_where: None)
        self.display = Display(1080, 2400)
        self.clipboard = StandInClipboard()
        self.keyguard = SimpleNamespace(window=None)
        self.soft_input = SimpleNamespace(show=lambda window: None)
        self.keys: list[str] = []

    def focused_window(self) -> Window | None:
        own = [w for w in self.windows if w.kind in (WindowKind.BASE_APPLICATION, WindowKind.APPLICATION)]
        return own[-1] if own else None

    def go_home(self) -> None:
        self.keys.append("home")

    def press_back(self) -> None:
        self.keys.append("back")


class StandInDevice:
    """As much of a VirtualDevice as the screen and the agent ask for."""

    def __init__(self) -> None:
        self.clock = DeviceClock(wall=1_764_036_000.0)
        self.spec = SimpleNamespace(width=1080, height=2400, density=420, android="13", serial="VIRTUAL0001")
        self.rom = load_rom("13", "aosp")
        self.properties = {"persist.sys.timezone": "Asia/Shanghai", "ro.product.name": "virtual"}
        self.faults = Faults()
        self.options = SimpleNamespace(shell_holds=lambda _permission: True)
        self.listeners: dict[str, Any] = {}
        self.truth: list[dict[str, Any]] = []
        self.unmodelled = Unmodelled()
        self.files: Any = None
        self.system = StandInSystem()
        self.screen = Screen(self)  # type: ignore[arg-type]

    def record_truth(self, what: str, **details: Any) -> None:
        self.truth.append({"what": what, **details})


def app_window(root: Any, **options: Any) -> Window:
    """An activity's window of com.example.shop."""
    package = "com.example.shop"
    kind = options.pop("kind", WindowKind.BASE_APPLICATION)
    handler = options.pop("handler", Heard())
    return Window(f"{package}/{package}.Main", package, 10123, kind, root, handler, **options)


def bars() -> list[Window]:
    ui = "com.android.systemui"
    return [
        Window("StatusBar", ui, 10050, WindowKind.STATUS_BAR, status_bar(Display(1080, 2400)), None, gravity="top"),
        Window("NavigationBar0", ui, 10050, WindowKind.NAVIGATION_BAR, navigation_bar(), None, gravity="bottom"),
    ]


def dialog_window(device: StandInDevice, handler: Heard | None = None) -> Window:
    """The permission dialog for the location, as AOSP 13 shows it in Chinese."""
    buttons = [
        ("foreground", "permission_allow_foreground_only_button", "仅在使用该应用时允许"),
        ("one_time", "permission_allow_one_time_button", "仅限这一次"),
        ("deny", DENY, "不允许"),
    ]
    root = permission_dialog(device.rom, "zh", message="要允许“小店”获取此设备的位置信息吗？", buttons=buttons)
    title = f"{CONTROLLER}/{CONTROLLER}.permission.ui.GrantPermissionsActivity"
    return Window(
        title, CONTROLLER, 10060, WindowKind.BASE_APPLICATION, root, handler or Heard(),
        gravity="center", dim=0.6, modal=True, translucent=True,
    )  # fmt: skip
