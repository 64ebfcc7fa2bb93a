"""``dumpsys window``: windows, displays and policy.

Sources under frameworks/base services/core/java/com/android/server unless another is named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.framework import formats

if TYPE_CHECKING:
    from collections.abc import Iterator

    from device_farm.virtual.device import VirtualDevice
    from device_farm.virtual.framework.model import ActivityRecord, Rect, Window

_RULE = "-" * 79

# Layers of window types (policy/WindowManagerPolicy.java getWindowLayerFromTypeLw), times 10000 and 1000.
_LAYERS = {
    "BASE_APPLICATION": 21000, "APPLICATION": 21000, "TOAST": 81000, "APPLICATION_OVERLAY": 111000,
    "STATUS_BAR": 161000, "NAVIGATION_BAR": 241000,
}


def window(device: VirtualDevice, args: list[str]) -> str | None:
    """``dumpsys window [-a] [windows|displays|policy]``; None for what is not modelled."""
    rest = [arg for arg in args if arg != "-a"]
    if not rest:
        return f"{_RULE}\n".join([policy(device), displays(device), windows(device)])  # in dumpAll's order
    by_letter = {"w": windows, "a": windows, "d": displays, "p": policy}
    known = rest[0] in ("windows", "w", "all", "a", "displays", "d", "policy", "p")
    section = by_letter[rest[0][0]] if known and len(rest) == 1 else None
    return None if section is None else section(device)


def windows(device: VirtualDevice) -> str:
    """All windows, top first (wm/WindowManagerService.java dumpWindowsLocked)."""
    lines = ["WINDOW MANAGER WINDOWS (dumpsys window windows)"]
    for number, pane in enumerate(reversed(device.screen.panes())):
        lines.append(f"  Window #{number} {formats.window_text(pane.window)}:")
        lines += (f"    {line}" for line in _window(device, pane.window, pane.frame))
    focused = formats.window_text(device.system.focused_window())
    lines += [
        "",
        f"  mGlobalConfiguration={formats.configuration(device)}",
        "  mHasPermanentDpad=false",
        "  mTopFocusedDisplayId=0",
        f"  imeLayeringTarget in display# 0 {focused}",
        f"  imeInputTarget in display# 0 {focused}",
        f"  imeControlTarget in display# 0 {focused}",
        "  Minimum task size of display#0 220  mInTouchMode=true",
        "  mBlurEnabled=true",
        "  mLastDisplayFreezeDuration=0",
        "  mLastWakeLockHoldingWindow=null mLastWakeLockObscuringWindow=null",
        "  mHighResTaskSnapshotScale=0.8",
        "  mTaskSnapshotEnabled=true",
        "  SnapshotCache",
        "  mInputMethodWindow=null",
        "  mTraversalScheduled=false",
        "  mSystemBooted=true mDisplayEnabled=true",
        "  mTransactionSequence=153",
        f"  mDisplayFrozen=false windows=0 client=false apps=0  mRotation={device.system.display.rotation}  mLastOrientation=5",
        " waitingForConfig=false",
        "  Animation settings: disabled=false window=1.0 transition=1.0 animator=1.0",
    ]
    return "\n".join(lines) + "\n"


def _window(device: VirtualDevice, shown: Window, frame: Rect) -> Iterator[str]:
    """The fields of a window (wm/WindowState.java dump, core/java/android/view/WindowManager.java LayoutParams)."""
    edges = f"[{frame[0]},{frame[1]}][{frame[2]},{frame[3]}]"
    whole = f"[0,0][{device.system.display.width},{device.system.display.height}]"
    everyone = str(shown.uid < 10000 or shown.package == "com.android.systemui").lower()
    pid = shown.pid or _pid_of(device, shown.uid)
    session = f"{formats.identity('session', pid)} {pid}:{formats.uid_text(shown.uid)}"
    client = formats.identity("client", shown.token)
    root = "rootTaskId=1" if device.rom.sdk >= 31 else "stackId=0"
    yield f"mDisplayId=0 {root} mSession=Session{{{session}}} mClient=android.os.BinderProxy@{client}"
    overlay = "SYSTEM_ALERT_WINDOW" if shown.kind == "APPLICATION_OVERLAY" else "NONE"
    appop = "TOAST_WINDOW" if shown.kind == "TOAST" else overlay
    owner_only = "false" if everyone == "true" else "true"
    users = f"showForAllUsers={everyone}" if device.rom.sdk >= 30 else f"mShowToOwnerOnly={owner_only}"
    yield f"mOwnerUid={shown.uid} {users} package={shown.package} appop={appop}"
    yield from _attributes(device, shown)
    yield f"Requested w={frame[2] - frame[0]} h={frame[3] - frame[1]} mLayoutSeq=116"
    record = None if shown.activity is None else _app_text(device, shown.activity)
    token = record or f"WindowToken{{{formats.identity('token', shown.token)} android.os.BinderProxy@{client}}}"
    yield f"mBaseLayer={_LAYERS[shown.kind]} mSubLayer=0    mToken={token}"
    if record is not None:
        yield f"{'mActivityRecord' if device.rom.sdk >= 30 else 'mAppToken'}={record}"
        yield "mAppDied=false    drawnStateEvaluated=true    mightAffectAllDrawn=true"
    yield "mViewVisibility=0x0 mHaveFrame=true mObscured=false"
    yield "mGivenContentInsets=[0,0][0,0] mGivenVisibleInsets=[0,0][0,0]"
    activity_type = "undefined" if shown.activity is None else shown.activity.task.kind
    yield f"mFullConfiguration={formats.configuration(device, activity_type)}"
    yield f"mLastReportedConfiguration={formats.configuration(device, activity_type)}"
    visible = str(_is_visible(shown)).lower()
    yield f"mHasSurface={visible} isReadyForDisplay()={visible} mWindowRemovalAllowed=false"
    if device.rom.sdk >= 33:
        yield f"Frames: parent={whole} display={whole} frame={edges} last={edges} insetsChanged=false"
    else:
        yield f"Frames: containing={whole} parent={whole} display={whole}"
        yield f"mFrame={edges} last={edges}"
    yield " surface=[0,0][0,0]"
    yield f"WindowStateAnimator{{{formats.identity('animator', shown.token)} {shown.title}}}:"
    yield f"  mSurface=Surface(name={shown.title})/@0x{formats.identity('surface', shown.token)}"
    yield f"  Surface: shown={visible} layer=0 alpha=1.0 rect=(0.0,0.0)  transform=(1.0, 0.0, 0.0, 1.0)"
    yield f"  mDrawState={'HAS_DRAWN' if visible == 'true' else 'NO_SURFACE'}       mLastHidden=false"
    yield "  mEnterAnimationPending=false      mSystemDecorRect=[0,0][0,0]"
    if device.rom.sdk >= 33:
        yield f"mForceSeamlesslyRotate=false seamlesslyRotate: pending=null    isOnScreen={visible}"
    else:
        yield "mForceSeamlesslyRotate=false seamlesslyRotate: pending=null finishedFrameNumber=0"
        yield f"isOnScreen={visible}"
    yield f"isVisible={visible}"
    if device.rom.sdk >= 33:
        yield "keepClearAreas: restricted=[], unrestricted=[]"


def _attributes(device: VirtualDevice, shown: Window) -> Iterator[str]:
    """``mAttrs={...}``: the flags name DIM_BEHIND, the amount is not printed."""
    size = "(0,0)(fillxfill)"
    if shown.gravity in ("center", "bottom") and shown.frame is None:
        size = "(0,0)(wrapxwrap)" if shown.gravity == "center" else "(0,0)(fillxwrap)"
    gravity = {"center": " gr=CENTER", "bottom": " gr=BOTTOM CENTER_VERTICAL"}.get(shown.gravity, "")
    format_ = "TRANSLUCENT" if shown.translucent or shown.dim > 0 or shown.activity is None else "OPAQUE"
    flags = []
    if shown.dim > 0:
        flags.append("DIM_BEHIND")
    if shown.kind in ("TOAST", "STATUS_BAR", "NAVIGATION_BAR"):
        flags.append("NOT_FOCUSABLE")
    flags.append("LAYOUT_IN_SCREEN")
    if shown.secure:
        flags.append("SECURE")
    flags += ["SPLIT_TOUCH", "HARDWARE_ACCELERATED", "DRAWS_SYSTEM_BAR_BACKGROUNDS"]
    yield f"mAttrs={{{size}{gravity} sim={{adjust=pan forwardNavigation}} ty={shown.kind} fmt={format_} wanim=0x10302f4"
    yield f"  fl={' '.join(flags)}"
    hides = " SYSTEM_FLAG_HIDE_NON_SYSTEM_OVERLAY_WINDOWS" if shown.package == device.rom.dialog.package else ""
    yield f"  pfl=USE_BLAST FIT_INSETS_CONTROLLED{hides}"
    yield "  bhv=DEFAULT}"


def displays(device: VirtualDevice) -> str:
    """The one display with its focus (wm/DisplayContent.java dump)."""
    spec, (width, height, _rotation) = device.spec, device.system.display
    focused = formats.window_text(device.system.focused_window())
    tasks = [f"      * {formats.task_text(device, task)}" for task in reversed(device.system.tasks)]
    lines = [
        "WINDOW MANAGER DISPLAY CONTENTS (dumpsys window displays)",
        "  Display: mDisplayId=0 (organized)",
        f"    init={spec.width}x{spec.height} {spec.density}dpi mMinSizeOfResizeableTaskDp=220 cur={width}x{height}"
        f" app={width}x{height} rng={spec.width}x{spec.width}-{spec.height}x{spec.height}",
        f"    deferred=false mLayoutNeeded=false mTouchExcludeRegion=SkRegion((0,0,{width},{height}))",
        "",
        "  mLayoutSeq=116",
        f"  mCurrentFocus={focused}",
        f"  mFocusedApp={_app_text(device, device.system.resumed)}",
        "",
        "  mHoldScreenWindow=null",
        "  mObscuringWindow=null",
        "  mLastWakeLockHoldingWindow=null",
        "  mLastWakeLockObscuringWindow=null",
        "",
        "  displayId=0",
        f"  mWallpaperTarget={focused}",
        "",
        "  Task display areas in top down Z order:",
        "    TaskDisplayArea DefaultTaskDisplayArea",
        *tasks,
        "",
        *_rotation_lines(device),
    ]
    return "\n".join(lines) + "\n"


def _rotation_lines(device: VirtualDevice) -> list[str]:
    """``DisplayRotation`` (wm/DisplayRotation.java dump); names of orientations as ActivityInfo prints them."""
    state = device.system.display_rotation
    mode = "LOCKED" if state.locked else "FREE"
    return [
        "  DisplayRotation",
        f"    mCurrentAppOrientation=SCREEN_ORIENTATION_{state.requested().upper()}",
        f"    mRotation={state.rotation} mDeferredRotationPauseCount=0",
        "    mLandscapeRotation=ROTATION_90 mSeascapeRotation=ROTATION_270",
        "    mPortraitRotation=ROTATION_0 mUpsideDownRotation=ROTATION_180",
        "    mSupportAutoRotation=true",
        "",
        "    mCarDockRotation=-1 mDeskDockRotation=-1",
        f"    mUserRotationMode=USER_ROTATION_{mode} mUserRotation=ROTATION_{state.user_rotation * 90}"
        " mCameraRotationMode=0 mAllowAllRotations=false",
        "    mDemoHdmiRotation=ROTATION_0 mDemoHdmiRotationLock=false mUndockedHdmiRotation=-1",
        "    mLidOpenRotation=-1",
        "    mFixedToUserRotation=false",
    ]


def policy(device: VirtualDevice) -> str:
    """The state of the keyguard and of the keys (policy/PhoneWindowManager.java dump)."""
    return f"""WINDOW MANAGER POLICY STATE (dumpsys window policy)
    mSafeMode=false mSystemReady=true mSystemBooted=true
    mCameraLensCoverState=CAMERA_LENS_COVER_ABSENT
    mWakeGestureEnabledSetting=false
    mUiMode=UI_MODE_TYPE_NORMAL mEnableCarDockHomeCapture=true
    mLidKeyboardAccessibility=0 mLidNavigationAccessibility=0 getLidBehavior=LID_BEHAVIOR_NONE
    mShortPressOnPowerBehavior=SHORT_PRESS_POWER_GO_TO_SLEEP
    mLongPressOnPowerBehavior=LONG_PRESS_POWER_GLOBAL_ACTIONS
    mHasSoftInput=true mHapticTextHandleEnabled=false
    mKeyguardOccluded=false mKeyguardOccludedChanged=false mPendingKeyguardOccluded=false
    mAllowLockscreenWhenOnDisplays=false mLockScreenTimeout={device.settings["system"].get("screen_off_timeout", "0")}
    KeyguardServiceDelegate
      showing=false
      inputRestricted=false
      occluded=false
      secure=false
      systemIsReady=true
      deviceHasKeyguard=true
      enabled=true
      bootCompleted=true
      screenState=SCREEN_STATE_ON
      interactiveState=INTERACTIVE_STATE_AWAKE
      KeyguardStateMonitor
        mIsShowing=false
        mSimSecure=false
        mInputRestricted=false
        mCurrentUserId=0
"""


def _app_text(device: VirtualDevice, activity: ActivityRecord | None) -> str:
    """The activity as the window manager names it: before 11 by a token of its own (wm/AppWindowToken.java)."""
    record = formats.activity_text(device, activity)
    if activity is None or device.rom.sdk >= 30:
        return record
    outer, inner = (formats.identity(kind, activity.token) for kind in ("app token", "token"))
    return f"AppWindowToken{{{outer} token=Token{{{inner} {record}}}}}"


def _pid_of(device: VirtualDevice, uid: int) -> int:
    """A process of the uid that owns a window of the system."""
    return next((process.pid for process in device.system.processes.values() if process.uid == uid), 0)


def _is_visible(shown: Window) -> bool:
    return shown.activity is None or shown.activity.state in ("STARTED", "RESUMED", "PAUSED")
