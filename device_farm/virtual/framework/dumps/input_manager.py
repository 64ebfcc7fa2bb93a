"""``dumpsys input``: the input devices, the screen that they belong to, and the window that gets the keys.

Sources: frameworks/base services/core/java/com/android/server/input/InputManagerService.java dump, and
frameworks/native services/inputflinger (EventHub.cpp, InputDevice.cpp, TouchInputMapper.cpp, InputDispatcher.cpp,
FocusResolver.cpp; in 10 and older InputReader.cpp), branches of Android 8.1 to 16; of 16 a vivo's dump. Axes,
calibrations and queues, which nothing here has, are left out.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from device_farm.virtual.framework import text_formats
from device_farm.virtual.framework.dumps.hardware import DISPLAY_ID
from device_farm.virtual.framework.dumps.windows import app_text
from device_farm.virtual.kernel.evdev import KEYS, NAMES, PANEL

if TYPE_CHECKING:
    from device_farm.virtual.device import VirtualDevice


class _Kind(NamedTuple):
    """The classes and sources of an input device: InputDeviceClass of EventHub.h, Source of input.h."""

    number: int
    classes: int
    class_names: str
    sources: int
    source_names: str


_KINDS = {PANEL: _Kind(2, 0x14, "TOUCH | TOUCH_MT", 0x1002, "TOUCHSCREEN"), KEYS: _Kind(1, 0x01, "KEYBOARD", 0x101, "KEYBOARD")}


def input_manager(device: VirtualDevice) -> str:
    """``dumpsys input``."""
    lines = ["INPUT MANAGER (dumpsys input)", "", "Event Hub State:", "  BuiltInKeyboardId: -2", "  Devices:"]
    for path, kind in _KINDS.items():
        lines += _hub_device(device, path, kind)
    if device.rom.sdk >= 29:
        lines += ["  Unattached video devices:", "    <none>"]
    count = f" (Nums of device: {len(_KINDS)})" if device.rom.sdk >= 31 else ""
    lines += ["", f"Input Reader State{count}:"]
    for path, kind in _KINDS.items():
        lines += _reader_device(device, path, kind)
    return "\n".join([*lines, "", *_dispatcher(device)]) + "\n"


def _hub_device(device: VirtualDevice, path: str, kind: _Kind) -> Iterator[str]:
    sdk, name = device.rom.sdk, NAMES[path]
    yield f"    {kind.number}: {name}"
    yield f"      Classes: {kind.class_names if sdk >= 31 else f'0x{kind.classes:08x}'}"
    yield f"      Path: {path}"
    yield "      Enabled: true"
    yield f"      Descriptor: {hashlib.sha1(name.encode(), usedforsecurity=False).hexdigest()}"
    yield "      Location: "
    yield "      ControllerNumber: 0"
    yield "      UniqueId: "
    address = ", bluetoothAddress=<not set>" if sdk >= 34 else ""
    yield f"      Identifier: bus=0x0019, vendor=0x0000, product=0x0000, version=0x0000{address}"
    yield f"      KeyLayoutFile: {'/system/usr/keylayout/Generic.kl' if path == KEYS else ''}"
    yield f"      KeyCharacterMapFile: {'/system/usr/keychars/Generic.kcm' if path == KEYS else ''}"
    yield "      ConfigurationFile: "
    yield "      VideoDevice: <none>" if sdk >= 29 else "      HaveKeyboardLayoutOverlay: false"


def _reader_device(device: VirtualDevice, path: str, kind: _Kind) -> Iterator[str]:
    sdk = device.rom.sdk
    yield f"  Device {kind.number}: {NAMES[path]}"
    if sdk >= 31:
        yield f"    EventHub Devices: [ {kind.number} ] "
    yield "    Generation: 2"
    yield "    IsExternal: false"
    yield "    HasMic:     false"
    yield f"    Sources: {kind.source_names if sdk >= 33 else f'0x{kind.sources:08x}'}"
    yield f"    KeyboardType: {int(path == KEYS)}"
    if path != PANEL:
        return
    source = kind.source_names if sdk >= 33 else f"0x{kind.sources:08x}"
    width, height, _ = device.system.display
    yield "    Motion Ranges:"
    for axis, most in (("X", width - 1), ("Y", height - 1), ("PRESSURE", 1)):
        yield f"      {axis}: source={source}, min=0.000, max={most:.3f}, flat=0.000, fuzz=0.000, resolution=0.000"
    direct = "DIRECT" if sdk >= 31 else "direct"
    yield f"    Touch Input Mapper (mode - {direct}):" if sdk >= 28 else "    Touch Input Mapper:"
    yield from (f"      {line}" for line in _surface(device))


def _surface(device: VirtualDevice) -> Iterator[str]:
    """The screen that a touch is on (TouchInputMapper dumpSurface, since 13 dumpDisplay); it turns with the screen."""
    sdk, spec, (width, height, rotation) = device.rom.sdk, device.spec, device.system.display
    whole = f"[0, 0, {width}, {height}]"
    viewport = f"orientation={rotation}, logicalFrame={whole}, physicalFrame={whole}, deviceSize=[{width}, {height}]"
    active = ", isActive=[1]" if sdk >= 30 else ""
    named = f" INTERNAL: displayId=0, uniqueId=local:{DISPLAY_ID}, port=0," if sdk >= 29 else ": displayId=0,"
    yield f"Viewport{named} {viewport}{active}"
    if sdk >= 34:
        yield f"DisplayBounds: {width}x{height}"
        yield f"PhysicalFrameInRotatedDisplay: Rect{{0, 0, {width}, {height}}}"
    elif sdk >= 33:
        yield from (f"DisplayWidth: {width}px", f"DisplayHeight: {height}px")
        yield from (f"PhysicalWidth: {spec.width}px", f"PhysicalHeight: {spec.height}px")
    else:
        raw = "RawSurface" if sdk >= 30 else "Surface"
        yield from (f"{raw}Width: {spec.width}px", f"{raw}Height: {spec.height}px", "SurfaceLeft: 0", "SurfaceTop: 0")
    turned = f"Rotation{rotation * 90}" if sdk >= 35 else str(rotation)
    yield f"{'InputDeviceOrientation' if sdk >= 33 else 'SurfaceOrientation'}: {turned}"


def _dispatcher(device: VirtualDevice) -> Iterator[str]:
    """Print the window that gets the keys (InputDispatcher.cpp dumpDispatchStateLocked)."""
    sdk, window = device.rom.sdk, device.system.focused_window()
    named = None if window is None else text_formats.window_text(window)
    # WindowState.getName since 12, its toString before
    focused = named if named is None or sdk < 31 else re.sub(r"Window\{(\w+) u\d+ (.*)\}", r"\1 \2", named)
    resumed = device.system.resumed
    app = None if resumed is None else app_text(device, resumed)
    waits = "5000ms" if sdk >= 30 else "5000.000ms"
    yield "Input Dispatcher State:"
    if sdk < 29:
        yield from ("  DispatchEnabled: 1", "  DispatchFrozen: 0")
        yield "  FocusedApplication: <null>" if app is None else f"  FocusedApplication: name='{app}', dispatchingTimeout={waits}"
        yield f"  FocusedWindow: name='{'<null>' if focused is None else focused}'"
        yield "  TouchStates: <no displays touched>"
        return
    yield from ("  DispatchEnabled: true", "  DispatchFrozen: false", "  InputFilterEnabled: false", "  FocusedDisplayId: 0")
    yield f"  FocusedApplications:{' <none>' if app is None else ''}"
    if app is not None:
        yield f"    displayId=0, name='{app}', dispatchingTimeout={waits}"
    yield f"  FocusedWindows:{' <none>' if focused is None else ''}"
    if focused is not None:
        yield f"    displayId=0, name='{focused}'"
    touched = "TouchStatesByDisplay" if sdk >= 36 else "TouchStates"
    yield f"  {touched}: <no displays touched>"
