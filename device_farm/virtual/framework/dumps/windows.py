"""``dumpsys window windows``: every window with its fields, in the layout of each Android version.

10 as a Pixel prints it, 11 and 12 by frameworks/base services/core/java/com/android/server/wm/WindowState.java,
WindowFrames.java, WindowStateAnimator.java and WindowManagerService.java (dump, dumpWindowsNoHeaderLocked), later ones
by dumps of such phones. A window stays in it while its activity is stopped: gone, without a surface, in its last frame.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from device_farm.virtual.framework import text_formats
from device_farm.virtual.framework.records.system_records import ActivityRecord, Rect, Window
from device_farm.virtual.screen.window_panes import frame_of, stacked

if TYPE_CHECKING:
    from device_farm.virtual.device import VirtualDevice

_NONE = "[0,0][0,0]"
# Layers of window types (policy/WindowManagerPolicy.java getWindowLayerFromTypeLw), times 10000 and 1000.
_LAYERS = {
    "BASE_APPLICATION": 21000,
    "APPLICATION": 21000,
    "TOAST": 81000,
    "APPLICATION_OVERLAY": 111000,
    "INPUT_METHOD": 131000,
    "STATUS_BAR": 161000,
    "NOTIFICATION_SHADE": 171000,
    "KEYGUARD_DIALOG": 191000,
    "NAVIGATION_BAR": 241000,
}


def _input_method(device: VirtualDevice) -> str:
    """The keyboard's window, null while it is hidden."""
    window = device.system.soft_input.window
    return "null" if window is None else text_formats.window_text(window)


def windows(device: VirtualDevice) -> str:
    """All windows, top first (dumpWindowsLocked), then what the window manager says of itself."""
    lines = ["WINDOW MANAGER WINDOWS (dumpsys window windows)"]
    for number, window in enumerate(reversed(stacked(device.system.window_manager.added()))):
        lines.append(f"  Window #{number} {text_formats.window_text(window)}:")
        lines += (f"    {line}" for line in _window(device, window, frame_of(window, device.system.display)))
    lines += ["", *(f"  {line}" for line in _summary(device)), *(f" {line}" for line in _snapshots(device))]
    lines += (f"  {line}" for line in _state(device))
    if device.rom.sdk < 34:
        lines.append(" waitingForConfig=false")
    lines.append("  Animation settings: disabled=false window=1.0 transition=1.0 animator=1.0")
    return "\n".join(lines) + "\n"


def _summary(device: VirtualDevice) -> Iterator[str]:
    sdk, focused = device.rom.sdk, text_formats.window_text(device.system.focused_window())
    yield f"mGlobalConfiguration={text_formats.configuration(device)}"
    yield "mHasPermanentDpad=false"
    yield "mTopFocusedDisplayId=0"
    if sdk >= 31:
        yield from (f"{name} in display# 0 {focused}" for name in ("imeLayeringTarget", "imeInputTarget", "imeControlTarget"))
    elif sdk == 30:
        yield from (f"{name} in display# 0 {focused}" for name in ("mInputMethodTarget", "mInputMethodInputTarget"))
    least = "Minimum task size of display#0 220"
    yield least if sdk >= 34 else f"{f'{least}  ' if sdk >= 33 else ''}mInTouchMode=true"
    if sdk >= 31:
        yield "mBlurEnabled=true"
    if sdk < 36:
        yield f"mLastDisplayFreezeDuration=0{f' due to {focused}' if sdk < 30 else ''}"
    if sdk >= 35:
        yield "mDisableSecureWindows=false"
    if sdk < 34:
        yield "mLastWakeLockHoldingWindow=null mLastWakeLockObscuringWindow=null"


def _snapshots(device: VirtualDevice) -> list[str]:
    """Print the snapshots of tasks; since 14 of activities' too, with a blank less before it."""
    sdk = device.rom.sdk
    if sdk >= 34:
        return ["mHighResSnapshotScale=0.8", "mSnapshotEnabled=true", "SnapshotCache Task"]
    scale = [" mHighResTaskSnapshotScale=0.8"] if sdk >= 30 else []
    return [*scale, *([" mTaskSnapshotEnabled=true"] if sdk >= 31 else []), " SnapshotCache"]


def _state(device: VirtualDevice) -> Iterator[str]:
    sdk, rotation = device.rom.sdk, device.system.display.rotation
    if sdk >= 30:
        yield f"mInputMethodWindow={_input_method(device)}"
    yield "mTraversalScheduled=false"
    yield "mSystemBooted=true mDisplayEnabled=true"
    yield "mTransactionSequence=153"
    frozen = "mDisplayFrozen=false windows=0 client=false apps=0"
    if sdk < 34:
        forced = " mLastWindowForcedOrientation=-1" if sdk < 30 else " "
        yield f"{frozen}  mRotation={rotation} {forced} mLastOrientation=5".replace("   ", "  ")
        return
    if sdk < 36:
        yield frozen
    yield from (f"mRotation={rotation}", "mLastOrientation=5", "mWaitingForConfig=false")


def _window(device: VirtualDevice, shown: Window, frame: Rect) -> Iterator[str]:
    """The fields of a window (wm/WindowState.java dump, core/java/android/view/WindowManager.java LayoutParams)."""
    edges = f"[{frame[0]},{frame[1]}][{frame[2]},{frame[3]}]"
    whole = f"[0,0][{device.system.display.width},{device.system.display.height}]"
    everyone = str(shown.uid < 10000 or shown.package == "com.android.systemui").lower()
    pid = shown.pid or next((process.pid for process in device.system.processes.values() if process.uid == shown.uid), 0)
    session = f"{text_formats.identity('session', pid)} {pid}:{text_formats.uid_text(shown.uid)}"
    client = text_formats.identity("client", shown.token)
    task = 1 if shown.activity is None else shown.activity.task.id
    root = f" rootTaskId={task}" if device.rom.sdk >= 30 else f" stackId={task}"
    if device.rom.sdk >= 36:
        root = "" if shown.activity is None else f" taskId={task}"
    yield f"mDisplayId=0{root} mSession=Session{{{session}}} mClient=android.os.BinderProxy@{client}"
    overlay = "SYSTEM_ALERT_WINDOW" if shown.kind == "APPLICATION_OVERLAY" else "NONE"
    appop = "TOAST_WINDOW" if shown.kind == "TOAST" else overlay
    owner_only = "false" if everyone == "true" else "true"
    users = f"showForAllUsers={everyone}" if device.rom.sdk >= 30 else f"mShowToOwnerOnly={owner_only}"
    yield f"mOwnerUid={shown.uid} {users} package={shown.package} appop={appop}"
    yield from _attributes(device, shown)
    yield f"Requested w={frame[2] - frame[0]} h={frame[3] - frame[1]} mLayoutSeq=116"
    record = None if shown.activity is None else app_text(device, shown.activity)
    token = record or f"WindowToken{{{text_formats.identity('token', shown.token)} android.os.BinderProxy@{client}}}"
    yield f"mBaseLayer={_LAYERS[shown.kind]} mSubLayer=0    mToken={token}"
    if record is not None:
        yield f"{'mActivityRecord' if device.rom.sdk >= 30 else 'mAppToken'}={record}"
        yield f"{'mAppDied=false    ' if device.rom.sdk < 34 else ''}drawnStateEvaluated=true    mightAffectAllDrawn=true"
    on_screen = any(window is shown for window in device.system.windows)
    yield f"mViewVisibility={'0x0' if on_screen else '0x8'} mHaveFrame=true mObscured={str(not on_screen).lower()}"
    if device.rom.sdk <= 30:
        yield "mSeq=0 mSystemUiVisibility=0x0"
    yield "mGivenContentInsets=[0,0][0,0] mGivenVisibleInsets=[0,0][0,0]"
    activity_type = "undefined" if shown.activity is None else shown.activity.task.kind
    yield f"mFullConfiguration={text_formats.configuration(device, activity_type)}"
    yield f"mLastReportedConfiguration={text_formats.configuration(device, activity_type)}"
    visible = str(on_screen).lower()
    yield f"mHasSurface={visible} isReadyForDisplay()={visible} mWindowRemovalAllowed=false"
    yield from _frames(device.rom.sdk, whole, edges)
    yield " surface=[0,0][0,0]"
    yield f"WindowStateAnimator{{{text_formats.identity('animator', shown.token)} {shown.title}}}:"
    if on_screen:
        yield f"  mSurface=Surface(name={shown.title})/@0x{text_formats.identity('surface', shown.token)}"
    yield from _surface(device.rom.sdk, on_screen, frame)
    seamless = "mForceSeamlesslyRotate=false seamlesslyRotate: pending=null"
    if 33 <= device.rom.sdk < 36:
        yield f"{seamless}    isOnScreen={visible}"
    else:
        yield from [f"{seamless} finishedFrameNumber=0"] if device.rom.sdk < 36 else []
        yield f"isOnScreen={visible}"
    yield f"isVisible={visible}"
    if device.rom.sdk >= 33:
        yield "keepClearAreas: restricted=[], unrestricted=[]"
    if device.rom.sdk >= 34:
        yield "mPrepareSyncSeqId=0"


def _surface(sdk: int, visible: bool, frame: Rect) -> Iterator[str]:
    """Whether and how it is drawn (WindowStateAnimator.java and WindowSurfaceController.java dump); 16 tells less."""
    drawn = f"mDrawState={'HAS_DRAWN' if visible else 'NO_SURFACE'}       mLastHidden={str(not visible).lower()}"
    if not visible:
        yield f"  {drawn}"
    elif sdk >= 36:
        yield f"  Surface: shown=true      {drawn}"
    else:
        size = f"{frame[2] - frame[0]} x {frame[3] - frame[1]}" if sdk < 31 else ""
        matrix = "1.0, 0.0, 0.0, 1.0" if sdk >= 31 else "1.0, 0.0, 1.0, 0.0"
        yield f"  Surface: shown=true layer=0 alpha=1.0 rect=(0.0,0.0) {size} transform=({matrix})"
        yield f"  {drawn}"
    edges = f"[{frame[0]},{frame[1]}][{frame[2]},{frame[3]}]"
    entering = "mEnterAnimationPending=false      " if sdk >= 30 else ""
    yield f"  {entering}mSystemDecorRect={f'{edges} mLastClipRect={edges}' if sdk <= 30 else _NONE}"


def _frames(sdk: int, whole: str, edges: str) -> Iterator[str]:
    """Where the window is (WindowFrames.java dump); ``edges`` is its frame, ``whole`` the display."""
    if sdk >= 33:
        yield f"Frames: parent={whole} display={whole} frame={edges} last={edges} insetsChanged=false"
    elif sdk >= 31:
        yield f"Frames: containing={whole} parent={whole} display={whole}"
        yield f"mFrame={edges} last={edges}"
    else:
        old = sdk < 30
        yield f"Frames: containing={whole} parent={whole}"
        yield f"    display={whole}{f' overscan={whole}' if old else ''}"
        yield f"    content={edges} visible={edges}"
        yield f"    decor={_NONE}"
        if old:
            yield f"    outset={_NONE}"
        yield f"mFrame={edges} last={edges}"
        none = ", ".join(["Rect(0, 0 - 0, 0)"] * 4)
        hole = f"DisplayCutout{{insets=Rect(0, 0 - 0, 0) boundingRect={{Bounds=[{none}]}}}}"
        yield f" cutout={hole} last={hole}"
        first, last = (f"overscan={_NONE} ", f" outsets={_NONE}") if old else ("", "")
        insets = f"content={_NONE} visible={_NONE} stable={_NONE}"
        yield f"Cur insets: {first}{insets}{last}    Lst insets: {first}{insets}{last.replace('outsets', 'outset')}"


# LayoutParams.TYPE_... and FLAG_... of core/java/android/view/WindowManager.java
_TYPE_NUMBERS = {
    "BASE_APPLICATION": 1, "APPLICATION": 2, "TOAST": 2005, "APPLICATION_OVERLAY": 2038, "STATUS_BAR": 2000,
    "NOTIFICATION_SHADE": 2000, "INPUT_METHOD": 2011, "NAVIGATION_BAR": 2019,  # the shade is the status bar's before 11
    "KEYGUARD_DIALOG": 2009,
}  # fmt: skip
_FLAG_BITS = {
    "DIM_BEHIND": 0x2, "NOT_FOCUSABLE": 0x8, "LAYOUT_IN_SCREEN": 0x100, "SECURE": 0x2000, "SPLIT_TOUCH": 0x800000,
    "HARDWARE_ACCELERATED": 0x1000000, "DRAWS_SYSTEM_BAR_BACKGROUNDS": 0x80000000,
}  # fmt: skip


def _attributes(device: VirtualDevice, shown: Window) -> Iterator[str]:
    """``mAttrs={...}``: the flags name DIM_BEHIND, the amount is not printed; 8 has numbers in one line."""
    size = "(0,0)(fillxfill)"
    if shown.gravity in ("center", "bottom") and shown.frame is None:
        size = "(0,0)(wrapxwrap)" if shown.gravity == "center" else "(0,0)(fillxwrap)"
    if shown.frame is not None and shown.activity is not None:  # Window.setLayout
        size = f"(0,0)({shown.frame[2] - shown.frame[0]}x{shown.frame[3] - shown.frame[1]})"
    gravity = {"center": " gr=CENTER", "bottom": " gr=BOTTOM CENTER_VERTICAL"}.get(shown.gravity, "")
    format_ = "TRANSLUCENT" if shown.translucent or shown.dim > 0 or shown.activity is None else "OPAQUE"
    flags = []
    if shown.dim > 0:
        flags.append("DIM_BEHIND")
    if shown.kind in ("TOAST", "STATUS_BAR", "NAVIGATION_BAR", "INPUT_METHOD"):
        flags.append("NOT_FOCUSABLE")
    flags.append("LAYOUT_IN_SCREEN")
    if shown.secure:
        flags.append("SECURE")
    flags += ["SPLIT_TOUCH", "HARDWARE_ACCELERATED", "DRAWS_SYSTEM_BAR_BACKGROUNDS"]
    animated = "" if shown.activity is None else " wanim=0x10302f4"
    if device.rom.sdk < 28:
        fit = {"center": " gr=#11", "bottom": " gr=#50"}.get(shown.gravity, "")
        number, pixels = sum(_FLAG_BITS[flag] for flag in flags), "" if format_ == "OPAQUE" else " fmt=-3"
        yield f"mAttrs=WM.LayoutParams{{{size}{fit} sim=#20 ty={_TYPE_NUMBERS[shown.kind]} fl=#{number:x}{pixels}{animated}}}"
        return
    solid = "" if format_ == "OPAQUE" else f" fmt={format_}"  # what is opaque is not said
    bar = shown.kind in ("STATUS_BAR", "NAVIGATION_BAR")
    cutout = " layoutInDisplayCutoutMode=always" if bar and device.rom.sdk >= 29 else ""
    lines = [f"mAttrs={{{size}{gravity} sim={{adjust=pan}}{cutout} ty={shown.kind}{solid}{animated}", f"  fl={' '.join(flags)}"]
    private = ["COLOR_SPACE_AGNOSTIC" if shown.activity is None else "FORCE_DRAW_STATUS_BAR_BACKGROUND"]
    if device.rom.sdk >= 30:
        private = ["USE_BLAST", "FIT_INSETS_CONTROLLED"]
    if shown.package == device.rom.dialog.package and device.rom.sdk >= 29:
        private.append("SYSTEM_FLAG_HIDE_NON_SYSTEM_OVERLAY_WINDOWS")
    lines.append(f"  pfl={' '.join(private)}")
    if device.rom.sdk >= 30:
        lines.append("  bhv=DEFAULT")
    yield from [*lines[:-1], f"{lines[-1]}}}"]


def app_text(device: VirtualDevice, activity: ActivityRecord | None) -> str:
    """The activity as the window manager names it: before 11 by a token of its own (wm/AppWindowToken.java)."""
    record = text_formats.activity_text(device, activity)
    if activity is None or device.rom.sdk >= 30:
        return record
    outer, inner = (text_formats.identity(kind, activity.token) for kind in ("app token", "token"))
    return f"AppWindowToken{{{outer} token=Token{{{inner} {record}}}}}"
