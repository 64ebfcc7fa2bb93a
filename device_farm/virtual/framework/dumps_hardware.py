"""``dumpsys`` of the screen, the power, the keyboard and what else clients read a line or two of.

Sources under frameworks/base services/core/java/com/android/server unless another is named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.framework import formats

if TYPE_CHECKING:
    from device_farm.virtual.device import VirtualDevice

DISPLAY_ID = 4619827259835644672  # physical display id of port 0, as the emulator's


def battery(device: VirtualDevice, args: list[str]) -> str | None:
    """The battery (BatteryService.java dumpInternal): full and on USB."""
    if args not in ([], ["-a"]):
        return None
    return """Current Battery Service state:
  AC powered: false
  USB powered: true
  Wireless powered: false
  Max charging current: 900000
  Max charging voltage: 5000000
  Charge counter: 2761287
  status: 5
  health: 2
  present: true
  level: 100
  scale: 100
  voltage: 4401
  temperature: 262
  technology: Li-ion
"""


def power(device: VirtualDevice, args: list[str]) -> str | None:
    """The power state (power/PowerManagerService.java dumpInternal): awake or asleep, as the screen is."""
    if args not in ([], ["-a"]):
        return None
    timeout = device.settings["system"].get("screen_off_timeout", "60000")
    on = device.screen.on
    held = str(on).lower()
    return f"""POWER MANAGER (dumpsys power)

Power Manager State:
  Settings power_manager_constants:
    no_cached_wake_locks=true
  mDirty=0x0
  mWakefulness={'Awake' if on else 'Asleep'}
  mWakefulnessChanging=false
  mIsPowered=true
  mPlugType=2
  mBatteryLevel=100
  mStayOn=true
  mBootCompleted=true
  mSystemReady=true
  mHalAutoSuspendModeEnabled=false
  mHalInteractiveModeEnabled={held}
  mWakeLockSummary=0x0
  mUserActivitySummary=0x1
  mRequestWaitForNegativeProximity=false
  mHoldingWakeLockSuspendBlocker=false
  mHoldingDisplaySuspendBlocker={held}

Settings and Configuration:
  mScreenOffTimeoutSetting={timeout}

Wake Locks: size=0

Suspend Blockers: size=4
  PowerManagerService.WakeLocks: ref count=0
  PowerManagerService.Display: ref count={int(on)}
  PowerManagerService.Broadcasts: ref count=0
  PowerManagerService.WirelessChargerDetector: ref count=0

Display Power: state={'ON' if on else 'OFF'}
"""


def display(device: VirtualDevice, args: list[str]) -> str | None:
    """The one display (display/DisplayManagerService.java dumpInternal, DisplayViewport.java, DisplayInfo.java)."""
    if args not in ([], ["-a"]):
        return None
    spec, now, density = device.spec, device.system.display, device.spec.density
    active = " isActive=true," if device.rom.sdk >= 31 else ""
    rect = f"Rect(0, 0 - {now.width}, {now.height})"
    viewport = (
        f"DisplayViewport{{type=INTERNAL, valid=true,{active} displayId=0, uniqueId='local:{DISPLAY_ID}',"
        f" physicalPort=0, orientation={now.rotation}, logicalFrame={rect}, physicalFrame={rect}, deviceWidth={now.width},"
        f" deviceHeight={now.height}}}"
    )

    def info(width: int, height: int, rotation: int) -> str:
        long, short = max(width, height), min(width, height)
        return (
            'DisplayInfo{"Built-in Screen", displayId 0, FLAG_SECURE, FLAG_SUPPORTS_PROTECTED_BUFFERS, FLAG_TRUSTED,'
            f" real {width} x {height}, largest app {long} x {long}, smallest app {short} x {short},"
            f" appVsyncOff 1000000, presDeadline 16666666, mode 1, defaultMode 1, modes [{{id=1, width={spec.width},"
            f" height={spec.height}, fps=60.0, alternativeRefreshRates=[]}}], hdrCapabilities null,"
            f" rotation {rotation}, state ON, type INTERNAL,"
            f' uniqueId "local:{DISPLAY_ID}", app {width} x {height}, density {density} ({density}.0 x {density}.0) dpi,'
            " layerStack 0, colorMode 0, supportedColorModes [0], address {port=0}}"
        )

    return f"""DISPLAY MANAGER (dumpsys display)
  mOnlyCode=false
  mSafeMode=false
  mPendingTraversal=false
  mViewports=[{viewport}]
  mDefaultDisplayDefaultColorMode=0
  mWifiDisplayScanRequestCount=0
  mStableDisplaySize=Point({spec.width}, {spec.height})
  mMinimumBrightnessCurve=[(0.0, 0.0), (2000.0, 50.0), (4000.0, 90.0)]

Display States: size=1
---------------------
  Display Id=0
  Display State={'ON' if device.screen.on else 'OFF'}
  Display Brightness=0.4
  Display SdrBrightness=0.4

Logical Displays: size=1
------------------------
  Display 0:
    mDisplayId=0
    mLayerStack=0
    mHasContent=true
    mBaseDisplayInfo={info(spec.width, spec.height, 0)}
    mOverrideDisplayInfo={info(*now)}
"""


def surface_flinger(device: VirtualDevice, args: list[str]) -> str | None:
    """``--display-id`` only (frameworks/native SurfaceFlinger.cpp dumpDisplayIdentificationData)."""
    if args != ["--display-id"]:
        return None
    return f'Display {DISPLAY_ID} (HWC display 0): port=0 pnpId=GGL displayName="EMU_display_0"\n'


def input_method(device: VirtualDevice, args: list[str]) -> str | None:
    """The keyboard (inputmethod/InputMethodManagerService.java dump): chosen, never shown."""
    if args not in ([], ["-a"]):
        return None
    current = device.settings["secure"].get("default_input_method", "")
    focused = formats.window_text(device.system.focused_window())
    enabled = [name for name in device.settings["secure"].get("enabled_input_methods", "").split(":") if name]
    methods = [f"  InputMethod #{number}:\n    mId={name}" for number, name in enumerate(enabled)]
    listed = "".join(f"{method}\n" for method in methods)
    return f"""Current Input Method Manager state:
  Input Methods: mMethodMapUpdateCount=1
{listed}  mCurMethodId={current}
  mCurClient=null mCurSeq=1
  mCurFocusedWindow={focused}
  mCurId={current} mHaveConnection=true mBoundToMethod=true mVisibleBound=false
  mShowRequested=false mShowExplicitlyRequested=false mShowForced=false mInputShown=false
  mSystemReady=true mInteractive=true
"""


def meminfo(device: VirtualDevice, args: list[str]) -> str | None:
    """``dumpsys meminfo PACKAGE|PID``: the totals of one process (app/ActivityThread.java dumpMemInfoTable)."""
    names = [arg for arg in args if not arg.startswith("-")]
    if len(names) != 1 or len(names) != len(args):
        return None
    running = [process for process in device.system.processes.values() if process.alive]
    chosen = [process for process in running if names[0] in (process.name, str(process.pid))]
    if not chosen:
        return f"No process found for: {names[0]}\n"
    uptime = int(device.clock.uptime * 1000)
    parts = [f"Applications Memory Usage (in Kilobytes):\nUptime: {uptime} Realtime: {uptime}\n"]
    for process in chosen:
        pss = process.rss_kb // 2
        parts.append(
            f"\n** MEMINFO in pid {process.pid} [{process.name}] **\n"
            "                   Pss  Private  Private  SwapPss      Rss\n"
            "                 Total    Dirty    Clean    Dirty    Total\n"
            "                ------   ------   ------   ------   ------\n"
            f"        TOTAL {pss:>8} {pss // 2:>8} {0:>8} {0:>8} {process.rss_kb:>8}\n"
        )
    return "".join(parts)


def notification(device: VirtualDevice, args: list[str]) -> str | None:
    """The frame without records; postings are in the log (notification/NotificationManagerService.java dumpImpl)."""
    if [arg for arg in args if arg not in ("--noredact", "-a")]:
        return None
    return """Current Notification Manager state:
  mUseAttentionLight=false
  mHasLight=false
  mInterruptionFilter=1
"""
