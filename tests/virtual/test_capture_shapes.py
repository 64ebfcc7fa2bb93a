"""The device's dumps have the lines of a real phone.

Key by key, with order, indentation and brackets, only the values are free.

Each section is rendered on the pair that its capture is of. A shape that the capture does not have stands here with the
reason.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from device_farm.virtual import Activity, App, Provider, Receiver, Service, Text
from device_farm.virtual.device import VirtualDevice
from tests.captures import capture
from tests.virtual.device_calls import opened, run
from tests.virtual.shapes import line_shapes, strange

PIXEL, VIVO, GALAXY = ("10", "pixel"), ("16", "originos"), ("16", "oneui")
HOME = "the capture's home screen was in front and so a top app, ours is behind the shop"
STOPPED = "no activity was stopped when the capture was taken"
CUTOUT = "the capture's only app window is the home screen, which says more of itself"
EDGE = "every app of the capture draws around the cutout, as apps for 15 and later do; the shop is of 13"
ONE_PACKAGE = "the capture is of all packages in short, ours of one"


PANEL = "the words name other input devices than the capture's, a window in vivo's own words, a filter that is off"
OUR_PANEL = (
    "      Classes: TOUCH | TOUCH_MT",
    "      Descriptor: 17805fd94a8a585367f7b3ea428ba317fe875e9b",
    "      Descriptor: 1853d0dab5736e8e94977c1f3bb80ad5474e43d3",
    "      DisplayBounds: 1080x2400",
    "      KeyCharacterMapFile:",
    "      KeyLayoutFile:",
    "    N: gpio-keys",
    "    N: virtio_input_multi_touch_1",
    "    displayId=… name=… NAME'",
    "  Device N: gpio-keys",
    "  Device N: virtio_input_multi_touch_1",
    "  InputFilterEnabled: false",
)
TICKER = "the capture's notifications have a ticker, and it hides their texts"


class Shop(App):
    """An app with something to show in each dump."""

    package = "com.example.shop"
    label = "小店"
    permissions = ["android.permission.CAMERA", "android.permission.INTERNET"]  # noqa: RUF012

    class Main(Activity):
        launcher = True

        def on_create(self) -> None:
            self.show(Text("小店"))

        def on_resume(self) -> None:
            self.start_service("Worker")
            self.bind_service("Bound")
            self.notify("到货", "三双")
            self.register_receiver("Dynamic", "com.example.shop.PING")
            self.send_broadcast("com.example.shop.PING")
            self.query_provider("content://com.example.shop.stock/shoes")
            self.use_camera()

    class Worker(Service):
        pass

    class Bound(Service):
        pass

    class Dynamic(Receiver):
        dynamic = True

    class Stock(Provider):
        authority = "com.example.shop.stock"


class Section(NamedTuple):
    """A section of a dump, the capture that has it, and our shapes that it has not, each with the reason."""

    args: str
    file: str
    pair: tuple[str, str] = PIXEL
    apart: dict[str, str] = {}  # noqa: RUF012 - never changed


SECTIONS = (
    Section("activity activities", "pixel_sailfish_android10_activity_activities.txt",
     apart={"Bundle[ mParcelledData.dataSize=…": STOPPED}),
    Section("activity processes", "pixel_sailfish_android10_activity_processes.txt",
     apart={"    Proc #N: home F/ /HOME trm: N ID (…)": HOME}),
    Section("activity services", "pixel_sailfish_android10_activity_services.txt"),
    Section("activity lru", "pixel_sailfish_android10_activity_lru.txt", apart={"    #N: home HOME ID activity=…": HOME}),
    Section("activity recents", "pixel_sailfish_android10_activity_recents.txt"),
    Section("activity providers", "pixel_sailfish_android10_activity_providers.txt"),
    Section("activity broadcasts", "pixel_sailfish_android10_activity_broadcasts.txt"),
    Section("activity lastanr", "pixel_sailfish_android10_activity_lastanr.txt"),
    Section("appops", "pixel_sailfish_android10_appops.txt"),
    Section("notification", "pixel_sailfish_android10_notification.txt",
     apart={"Notification( channel=… pri=… contentView=… vibrate=… sound=… defaults=… flags=… color=… vis=…": TICKER}),
    Section("battery", "pixel_sailfish_android10_battery.txt"),
    Section("power", "pixel_sailfish_android10_power.txt"),
    Section("display", "pixel_sailfish_android10_display.txt"),
    Section("input_method", "pixel_sailfish_android10_input_method.txt"),
    Section("window windows", "pixel_sailfish_android10_window_windows.txt", apart={"    mAttrs=… sim=… ty=… wanim=…": CUTOUT}),
    Section("window displays", "pixel_sailfish_android10_window_displays.txt"),
    Section("window policy", "pixel_sailfish_android10_window_policy.txt"),
    Section(f"package {Shop.package}", "pixel_sailfish_android10_package.txt",
     apart={"        N NAME filter N": ONE_PACKAGE, "    requested permissions:": ONE_PACKAGE}),
    Section("activity top", "vivo_utf8_dumpsys_activity_top.txt", VIVO),
    Section("window windows", "vivo_utf8_dumpsys_window.txt", VIVO, {"    mAttrs=… sim=… ty=… wanim=…": EDGE}),
    Section("power", "vivo_utf8_dumpsys_power.txt", VIVO),
    Section("input", "vivo_utf8_dumpsys_input.txt", VIVO, dict.fromkeys(OUR_PANEL, PANEL)),
    Section(f"package {Shop.package}", "samsung_s25u_SM-S938U_package_axisight.txt", GALAXY),
)  # fmt: skip


@cache
def phone(pair: tuple[str, str]) -> VirtualDevice:
    """A phone on which the shop has been in front for half a minute."""
    return opened(Shop, android=pair[0], rom=pair[1], seconds=30)


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: f"{section.pair[1]}-{section.args.replace(' ', '-')}")
def test_every_line_is_one_of_a_real_phone(section: Section) -> None:
    theirs = "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in _files(section.file))
    recents = capture("dumpsys/pixel_sailfish_android10_activity_recents.txt").read_text(encoding="utf-8")  # what tasks look like
    ours, error, code = run(phone(section.pair), "dumpsys", *section.args.split())
    assert (error, code) == ("", 0)
    assert len(ours.splitlines()) > 1
    assert strange(ours, theirs, recents) == sorted(section.apart, key=lambda shape: (not shape.startswith(" "), shape))


def _files(name: str) -> list[Path]:
    """The capture, and its second part where a bugreport has a critical and a normal one."""
    path = capture(f"dumpsys/{name}")
    more = path.with_name(f"{path.stem}_1{path.suffix}")
    return [path, more] if more.exists() else [path]


def test_a_shape_keeps_keys_order_and_brackets_and_frees_values() -> None:
    line = "    Proc # 0: fore   T/A/TOP  trm: 0 1878:com.android.launcher3/u0a82 (top-activity)"
    assert line_shapes(line) == ["    Proc #N: fore T/A/TOP trm: N ID (…)"]
    nested = "  app=ProcessRecord{22d383 1878:com.x/u0a82} intent={act=a.b.C flg=0x1 cmp=com.x/.Main}"
    assert line_shapes(nested) == ["  app=… intent=…", "intent={ act=… flg=… cmp=…"]
    assert line_shapes("a=1 b=2") != line_shapes("b=2 a=1")
    assert line_shapes("  a=1") != line_shapes("   a=1")
    assert line_shapes("") == []


def test_a_line_that_no_phone_prints_is_found() -> None:
    assert strange("  mNew=1\n  pid=3\n", "  pid=99\n") == ["  mNew=…"]
