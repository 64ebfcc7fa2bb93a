"""``dumpsys`` of the screen, the power, the keyboard and what else clients read a line or two of.

Sources under frameworks/base services/core/java/com/android/server unless another is named.

``dumpsys thermalservice`` (10 and later): how warm the phone is, and how far it is slowed down for that.

After ThermalManagerService (services/core/java/com/android/server/power) and Temperature.java (core/java/android/os).
Which sensors there are is the maker's: here the battery, and the skin, whose status is the phone's.

``dumpsys SurfaceFlinger``: the display and what is drawn on it.

Sources: frameworks/native services/surfaceflinger/SurfaceFlinger.cpp (dumpAllLocked, since 14 dumpAll;
dumpDisplayIdentificationData), Layer.cpp (miniDump), libs/renderengine (the line GLES), libs/ui/include/ui/Rotation.h,
branches of Android 8.1 to 16. What only a real compositor has (buffers, vsync, the planner) is left out.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from device_farm.virtual.framework import text_formats
from device_farm.virtual.framework.hardware.power_manager import AC, USB, WIRELESS

if TYPE_CHECKING:
    from device_farm.virtual.device import VirtualDevice

DISPLAY_ID = 4619827259835644672  # physical display id of port 0, as the emulator's


def battery(device: VirtualDevice) -> str:
    """The battery (BatteryService.java dumpInternal); its commands are the shell's."""
    power = device.system.power
    found = power.battery.reading
    ac, usb, wireless = (str(power.plugged == plug).lower() for plug in (AC, USB, WIRELESS))
    stopped = "  (UPDATES STOPPED -- use 'reset' to restart)\n" if power.updates_stopped else ""
    return f"""Current Battery Service state:
{stopped}  AC powered: {ac}
  USB powered: {usb}
  Wireless powered: {wireless}
  Max charging current: 900000
  Max charging voltage: 5000000
  Charge counter: {found.counter}
  status: {power.status}
  health: {power.health}
  present: true
  level: {power.level}
  scale: 100
  voltage: {found.voltage}
  temperature: {found.temperature}
  technology: Li-ion
"""


def power(device: VirtualDevice) -> str:
    """The power state (power/PowerManagerService.java dumpInternal): awake or asleep, as the screen is."""
    timeout = device.settings["system"].get("screen_off_timeout", "60000")
    on = device.screen.on
    held = str(on).lower()
    return f"""POWER MANAGER (dumpsys power)

Power Manager State:
  Settings power_manager_constants:
    no_cached_wake_locks=true
  mDirty=0x0
  mWakefulness={"Awake" if on else "Asleep"}
  mWakefulnessChanging=false
  mIsPowered={str(device.system.power.charging).lower()}
  mPlugType={device.system.power.plugged}
  mBatteryLevel={device.system.power.level}
  mStayOn=true
  mBootCompleted=true
  mSystemReady=true
  mHalAutoSuspendModeEnabled=false
  mHalInteractiveModeEnabled={held}
  mWakeLockSummary=0x0
{_USER_ACTIVITY if device.rom.sdk <= 30 else ""}  mRequestWaitForNegativeProximity=false
  mHoldingWakeLockSuspendBlocker=false
  mHoldingDisplaySuspendBlocker={held}

Settings and Configuration:
  mScreenOffTimeoutSetting={timeout}

Wake Locks: size=0

Suspend Blockers: size=4
{_blockers(device)}
Display Power: {_callbacks(device)}
"""


_USER_ACTIVITY = "  mUserActivitySummary=0x1\n"


def _blockers(device: VirtualDevice) -> str:
    """Print the wake locks; since 14 with holder and time (SuspendBlockerImpl.toString)."""
    on, lines = device.screen.on, ""
    for name in ("WakeLocks", "Display", "Broadcasts", "WirelessChargerDetector"):
        held = name == "Display" and on
        since = f"holding display: ({text_formats.wall_text(device, device.clock.wall, millis=True)[5:]})" if held else ""
        more = f" [{since}]" if device.rom.sdk >= 34 else ""
        lines += f"  PowerManagerService.{name}: ref count={int(held)}{more}\n"
    return lines


def _callbacks(device: VirtualDevice) -> str:
    """The display's state until 11; since then an object that has no text of its own."""
    if device.rom.sdk <= 30:
        return f"state={'ON' if device.screen.on else 'OFF'}"
    return f"com.android.server.power.PowerManagerService$1@{text_formats.identity('display power')}"


def display(device: VirtualDevice) -> str:
    """The one display (display/DisplayManagerService.java dumpInternal, DisplayViewport.java, DisplayInfo.java)."""
    spec, now = device.spec, device.system.display
    active = " isActive=true," if device.rom.sdk >= 31 else ""
    rect = f"Rect(0, 0 - {now.width}, {now.height})"
    viewport = (
        f"DisplayViewport{{type=INTERNAL, valid=true,{active} displayId=0, uniqueId='local:{DISPLAY_ID}',"
        f" physicalPort=0, orientation={now.rotation}, logicalFrame={rect}, physicalFrame={rect}, deviceWidth={now.width},"
        f" deviceHeight={now.height}}}"
    )

    old = device.rom.sdk < 31
    return f"""DISPLAY MANAGER (dumpsys display)
  mOnlyCode=false
  mSafeMode=false
  mPendingTraversal=false
{_GLOBAL_STATE if old else ""}  mViewports=[{viewport}]
  mDefaultDisplayDefaultColorMode=0
{"  mSingleDisplayDemoMode=false" + chr(10) if old else ""}  mWifiDisplayScanRequestCount=0
  mStableDisplaySize=Point({spec.width}, {spec.height})
  mMinimumBrightnessCurve=[(0.0, 0.0), (2000.0, 50.0), (4000.0, 90.0)]

{"" if old else _display_states(device)}Logical Displays: size=1
{"" if old else "------------------------" + chr(10)}  Display 0:
    mDisplayId=0
    mLayerStack=0
    mHasContent=true
    mBaseDisplayInfo={_display_info(device, spec.width, spec.height, 0)}
    mOverrideDisplayInfo={_display_info(device, *now)}
"""


_GLOBAL_STATE = """  mGlobalDisplayState=ON
  mNextNonDefaultDisplayId=1
"""


def _display_states(device: VirtualDevice) -> str:
    """Since 12 each display tells its state and brightness."""
    state = "ON" if device.screen.on else "OFF"
    return f"""Display States: size=1
---------------------
  Display Id=0
  Display State={state}
  Display Brightness=0.4
  Display SdrBrightness=0.4

"""


def _display_info(device: VirtualDevice, width: int, height: int, rotation: int) -> str:
    """``DisplayInfo{"Built-in Screen", displayId 0, ...}`` (core/java/android/view/DisplayInfo.java toString)."""
    spec, sdk, density = device.spec, device.rom.sdk, device.spec.density
    long, short = max(width, height), min(width, height)
    flags = "FLAG_SECURE, FLAG_SUPPORTS_PROTECTED_BUFFERS"
    app, real = f"app {width} x {height}", f"real {width} x {height}"
    sizes = f"largest app {long} x {long}, smallest app {short} x {short}"
    refresh = ", alternativeRefreshRates=[]" if sdk >= 31 else ""
    modes = f"mode 1, defaultMode 1, modes [{{id=1, width={spec.width}, height={spec.height}, fps=60.0{refresh}}}]"
    turned, dpi = f"rotation {rotation}", f"density {density} ({density}.0 x {density}.0) dpi, layerStack 0"
    vsync, colours = "appVsyncOff 1000000, presDeadline 16666666", "colorMode 0, supportedColorModes [0]"
    state = "ON" if device.screen.on else "OFF"
    if sdk < 30:
        return (
            f'DisplayInfo{{"Built-in Screen, displayId 0", uniqueId "local:0", {app}, {real}, {sizes}, {modes}, {colours},'
            f" hdrCapabilities android.view.Display$HdrCapabilities@40f16308, {turned}, {dpi}, {vsync}, type BUILT_IN,"
            f" address {{port=0}}, state {state}, {flags}, removeMode 0}}"
        )
    group = ", displayGroupId 0" if sdk >= 31 else ""
    more = ", userDisabledHdrTypes []" if sdk >= 31 else ""
    more += ", minimalPostProcessingSupported false"
    end = ", refreshRateOverride 0.0, brightnessMinimum 0.0, brightnessMaximum 1.0, brightnessDefault 0.4" if sdk >= 31 else ""
    return (
        f'DisplayInfo{{"Built-in Screen", displayId 0{group}, {flags}, FLAG_TRUSTED, {real}, {sizes}, {vsync}, {modes},'
        f' hdrCapabilities null{more}, {turned}, state {state}, type INTERNAL, uniqueId "local:{DISPLAY_ID}", {app},'
        f" {dpi}, {colours}, address {{port=0}}, deviceProductInfo null, removeMode 0{end}}}"
    )


def input_method(device: VirtualDevice) -> str:
    """The keyboard (inputmethod/InputMethodManagerService.java dump): chosen, and whether it is shown."""
    current = device.settings["secure"].get("default_input_method", "")
    window = device.system.focused_window()
    focused = "null" if window is None else f"android.os.BinderProxy@{text_formats.identity('client', window.token)}"
    enabled = [name for name in device.settings["secure"].get("enabled_input_methods", "").split(":") if name]
    shown = str(device.system.soft_input.shown).lower()
    more = "mSettingsActivityName=null mIsVrOnly=false mSupportsSwitchingToNextInputMethod=true"
    methods = [f"  InputMethod #{number}:\n    mId={name} {more}" for number, name in enumerate(enabled)]
    listed = "".join(f"{method}\n" for method in methods)
    return f"""Current Input Method Manager state:
  Input Methods: mMethodMapUpdateCount=1
{listed}  mCurMethodId={current}
  mCurClient=null mCurSeq=1
  mCurFocusedWindow={focused} softInputMode=STATE_UNSPECIFIED|ADJUST_PAN{_client(device)}
  mCurId={current} mHaveConnection=true mBoundToMethod=true mVisibleBound={shown}
  mShowRequested={shown} mShowExplicitlyRequested={shown} mShowForced=false mInputShown={shown}
  mSystemReady=true mInteractive=true
"""


def _client(device: VirtualDevice) -> str:
    """The focused client as 10 and later name it."""
    window = device.system.focused_window()
    if window is None:
        return " client=null"
    record = text_formats.identity("client state", window.token)
    return f" client=ClientState{{{record} uid={window.uid} pid={window.pid} displayId=0}}"


_BATTERY, _SKIN = 2, 3  # Temperature.TYPE_*


def thermal_status(device: VirtualDevice) -> int:
    """Temperature.THROTTLING_*: 0 none, 3 severe, 6 shutdown."""
    power = device.system.power
    if not power.battery.works:
        return 0
    return bisect_right(device.rom.data["battery"]["thermal"], power.battery.reading.temperature / 10)


def thermal_service(device: VirtualDevice) -> str:
    """The status, and the temperatures as the service keeps them and as the HAL gives them."""
    status, degrees = thermal_status(device), device.system.power.battery.reading.temperature / 10
    rows = "".join(
        f"\tTemperature{{mValue={degrees}, mType={kind}, mName={name}, mStatus={status}}}\n"
        for kind, name in ((_BATTERY, "battery"), (_SKIN, "skin"))
    )
    listeners = "\tcallbacks: 1\n\tkilled: false\n\tbroadcasts count: -1\n"
    return (
        f"IsStatusOverride: false\nThermalEventListeners:\n{listeners}ThermalStatusListeners:\n{listeners}"
        f"Thermal Status: {status}\nCached temperatures:\n{rows}HAL Ready: true\nHAL connection:\n"
        f"\tThermalHAL 2.0 connected: yes\nCurrent temperatures from HAL:\n{rows}Current cooling devices from HAL:\n"
    )


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
