"""``dumpsys window``: displays and policy; the list of windows is in ``windows``.

Sources under frameworks/base services/core/java/com/android/server unless another is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from device_farm.virtual.framework import text_formats
from device_farm.virtual.framework.dumps.windows import app_text, windows

if TYPE_CHECKING:
    from device_farm.virtual.device import VirtualDevice

_RULE = "-" * 79


def window(device: VirtualDevice, args: list[str]) -> str | None:
    """``dumpsys window [-a] [windows|displays|policy]``; None for what is not modelled."""
    rest = [arg for arg in args if arg != "-a"]
    if not rest:
        return f"{_RULE}\n".join([policy(device), displays(device), windows(device)])  # in dumpAll's order
    by_letter = {"w": windows, "a": windows, "d": displays, "p": policy}
    known = rest[0] in ("windows", "w", "all", "a", "displays", "d", "policy", "p")
    section = by_letter[rest[0][0]] if known and len(rest) == 1 else None
    return None if section is None else section(device)


def displays(device: VirtualDevice) -> str:
    """The one display with its focus (wm/DisplayContent.java dump)."""
    spec, (width, height, rotation) = device.spec, device.system.display
    focused = text_formats.window_text(device.system.focused_window())
    tasks = [f"      * {text_formats.task_text(device, task)}" for task in reversed(device.system.tasks)]
    sdk = device.rom.sdk
    named = {30: f" stacks={len(tasks)}"}.get(sdk, " (organized)" if sdk >= 31 else "")
    least = "mMinSizeOfResizeableTaskDp=220 " if sdk >= 31 else ""
    lines = [
        "WINDOW MANAGER DISPLAY CONTENTS (dumpsys window displays)",
        f"  Display: mDisplayId=0{named}",
        f"    init={spec.width}x{spec.height} {spec.density}dpi {least}cur={width}x{height}"
        f" app={width}x{height} rng={spec.width}x{spec.width}-{spec.height}x{spec.height}",
        f"    deferred=false mLayoutNeeded=false mTouchExcludeRegion=SkRegion((0,0,{width},{height}))",
        "",
        "  mLayoutSeq=116",
        *(["  mDeferredRotationPauseCount=0"] if sdk < 30 else []),
        f"  mCurrentFocus={focused}",
        f"  mFocusedApp={app_text(device, device.system.resumed)}",
        "",
        *(f"  {name}=null" for name in (_HOLDERS if sdk >= 31 else ())),
        *([""] if sdk >= 31 else []),
        "  displayId=0",
        f"  mWallpaperTarget={focused}",
        "",
        *(_app_tokens(device) if sdk < 30 else [*_TASK_AREA, *tasks]),
        "",
        *([f"  DisplayFrames w={width} h={height} r={rotation}", ""] if sdk >= 28 else []),
        *_rotation_lines(device),
    ]
    return "\n".join(lines) + "\n"


_HOLDERS = ("mHoldScreenWindow", "mObscuringWindow", "mLastWakeLockHoldingWindow", "mLastWakeLockObscuringWindow")
_TASK_AREA = ("  Task display areas in top down Z order:", "    TaskDisplayArea DefaultTaskDisplayArea")


def _app_tokens(device: VirtualDevice) -> Iterator[str]:
    """The stacks with their windows' tokens until 10 (wm/DisplayContent.java dump)."""
    bounds = f"mBounds=[0,0][{device.system.display.width},{device.system.display.height}]"
    yield "  Application tokens in top down Z order:"
    for task in reversed(device.system.tasks):
        tokens = ", ".join(app_text(device, record) for record in task.activities)
        yield from (f"    {line}" for line in (f"mStackId={task.id}", "mDeferRemoval=false", bounds, f"  taskId={task.id}"))
        yield from (f"        {line}" for line in (bounds, "mdr=false", f"appTokens=[{tokens}]"))


def _rotation_lines(device: VirtualDevice) -> list[str]:
    """``DisplayRotation`` (wm/DisplayRotation.java dump); names of orientations as ActivityInfo prints them."""
    state = device.system.display_rotation
    mode = "LOCKED" if state.locked else "FREE"
    return [
        "  DisplayRotation",
        f"    mCurrentAppOrientation=SCREEN_ORIENTATION_{state.requested().upper()}",
        *([f"    mRotation={state.rotation} mDeferredRotationPauseCount=0"] if device.rom.sdk >= 30 else []),
        "    mLandscapeRotation=ROTATION_90 mSeascapeRotation=ROTATION_270",
        "    mPortraitRotation=ROTATION_0 mUpsideDownRotation=ROTATION_180",
        "    mSupportAutoRotation=true",
        "",
        "    mCarDockRotation=-1 mDeskDockRotation=-1",
        f"    mUserRotationMode=USER_ROTATION_{mode} mUserRotation=ROTATION_{state.user_rotation * 90}"
        f"{' mCameraRotationMode=0' if device.rom.sdk >= 31 else ''} mAllowAllRotations=unknown",
        "    mDemoHdmiRotation=ROTATION_0 mDemoHdmiRotationLock=false mUndockedHdmiRotation=-1",
        "    mLidOpenRotation=-1",
        "    mFixedToUserRotation=false",
    ]


def policy(device: VirtualDevice) -> str:
    """The state of the keyguard and of the keys (policy/PhoneWindowManager.java dump)."""
    timeout = device.settings["system"].get("screen_off_timeout", "0")
    locked = str(device.system.keyguard.window is not None).lower()
    return f"""WINDOW MANAGER POLICY STATE (dumpsys window policy)
    mSafeMode=false mSystemReady=true mSystemBooted=true
    mCameraLensCoverState=CAMERA_LENS_COVER_ABSENT
    mWakeGestureEnabledSetting=false
    mUiMode=UI_MODE_TYPE_NORMALmEnableCarDockHomeCapture=true
    mLidKeyboardAccessibility=0 mLidNavigationAccessibility=0 getLidBehavior=LID_BEHAVIOR_NONE
    mShortPressOnPowerBehavior=SHORT_PRESS_POWER_GO_TO_SLEEP
    mLongPressOnPowerBehavior=LONG_PRESS_POWER_GLOBAL_ACTIONS
    mHasSoftInput=true mHapticTextHandleEnabled=false
    mDisplayHomeButtonHandlers=    mKeyguardOccluded=false mKeyguardOccludedChanged=false mPendingKeyguardOccluded=false
    mAllowLockscreenWhenOnDisplays=false mLockScreenTimeout={timeout} mLockScreenTimerActive=false
    KeyguardServiceDelegate
      showing={locked}
      inputRestricted={locked}
      occluded=false
      secure={str(bool(device.system.keyguard.pin)).lower()}
      systemIsReady=true
      deviceHasKeyguard=true
      enabled=true
      bootCompleted=true
      screenState=SCREEN_STATE_{"ON" if device.screen.on else "OFF"}
      interactiveState=INTERACTIVE_STATE_{"AWAKE" if device.screen.on else "SLEEP"}
      KeyguardStateMonitor
        mIsShowing={locked}
        mSimSecure=false
        mInputRestricted={locked}
        mCurrentUserId=0
"""
