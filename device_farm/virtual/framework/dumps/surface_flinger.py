"""``dumpsys SurfaceFlinger``: the display and what is drawn on it.

Sources: frameworks/native services/surfaceflinger/SurfaceFlinger.cpp (dumpAllLocked, since 14 dumpAll;
dumpDisplayIdentificationData), Layer.cpp (miniDump), libs/renderengine (the line GLES), libs/ui/include/ui/Rotation.h,
branches of Android 8.1 to 16. What only a real compositor has (buffers, vsync, the planner) is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.framework.dumps.hardware import DISPLAY_ID

if TYPE_CHECKING:
    from collections.abc import Iterator

    from device_farm.virtual.device import VirtualDevice

# vendor, renderer and version of an emulator that draws by software: what this device is nearest to
_GLES = "GLES: Google (Google Inc.), Android Emulator OpenGL ES Translator (SwiftShader), OpenGL ES 3.0 (OpenGL ES 3.0 SwiftShader)"


def surface_flinger(device: VirtualDevice, args: list[str]) -> str | None:
    """All of it, or ``--display-id``; ``--list``, ``--latency`` and the others are not modelled."""
    identity = f'Display {DISPLAY_ID} (HWC display 0): port=0 pnpId=GGL displayName="EMU_display_0"\n'
    if args == ["--display-id"]:
        return identity
    if args not in ([], ["-a"]):
        return None
    told = f"\nDisplay identification data:\n{identity}" if device.rom.sdk >= 29 else ""
    return f"Build configuration: [sf PRESENT_TIME_OFFSET=0]\n{told}" + "\n".join(_state(device)) + "\n"


def _state(device: VirtualDevice) -> Iterator[str]:
    sdk, (width, height, rotation) = device.rom.sdk, device.system.display
    panes = device.screen.panes()
    yield from ("Sync configuration: [using: EGL_ANDROID_native_fence_sync EGL_KHR_wait_sync]", "")
    yield f"Visible layers (count = {len(panes)})"
    yield "Displays (1 entries)"
    if sdk < 28:
        yield "+ DisplayDevice: Built-in Screen"
        yield f"   type=0, hwcId=0, layerStack=0, ({width:4d}x{height:4d}), orient={rotation:2d}, isSecure=1, powerMode=2"
    yield "SurfaceFlinger global state:"
    yield _GLES
    yield "  Region undefinedRegion (this=0, count=0)"
    turned = f"ROTATION_{rotation * 90}" if sdk >= 30 else str(rotation)
    yield f"  orientation={turned}, {'isPoweredOn' if sdk >= 29 else 'isDisplayOn'}={int(device.screen.on)}"
    yield "  transaction-flags         : 00000000"
    rate, dpi = ("60.00 Hz", f"{device.spec.density:.2f}") if sdk >= 33 else ("60.000000 fps", f"{device.spec.density:f}")
    yield f"  {'peak-refresh-rate         ' if sdk >= 35 else 'refresh-rate              '}: {rate}"
    yield from (f"  {axis}-dpi                     : {dpi}" for axis in "xy")
    yield "  transaction time: 0.000000 us"
    yield ""
    yield f"Display {DISPLAY_ID if sdk >= 29 else 0}{' (active)' if sdk >= 33 else ''} HWC layers:"
    yield from (" Layer name", "           Z |  Comp Type |   Disp Frame (LTRB) |          Source Crop (LTRB)")
    for place, pane in enumerate(panes):
        left, top, right, bottom = pane.frame
        yield f" {pane.window.title}#0"
        crop = f"{0:6.1f} {0:6.1f} {right - left:6.1f} {bottom - top:6.1f}"
        yield f"  {place:10d} |     Device | {left:4d} {top:4d} {right:4d} {bottom:4d} | {crop}"
    yield from ("", "h/w composer state:", "  h/w composer enabled")
