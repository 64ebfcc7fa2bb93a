"""``dumpsys activity activities``: tasks and their activities, in the layout of each Android version.

Until 10 stacks hold TaskRecords, on 11 stacks are tasks, since 12 tasks say themselves what is resumed in them. Sources
under frameworks/base services/core/java/com/android/server/wm; 10 as a Pixel prints it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from device_farm.virtual.framework import text_formats
from device_farm.virtual.framework.records.system_records import ActivityRecord, Task

if TYPE_CHECKING:
    from device_farm.virtual.device import VirtualDevice

_NO_BOUNDS = "mBounds=Rect(0, 0 - 0, 0)"


def activities(device: VirtualDevice, package: str | None) -> str:
    """Tasks front to back with their activities (RootWindowContainer.java dumpActivities, Task.java dump)."""
    lines = ["ACTIVITY MANAGER ACTIVITIES (dumpsys activity activities)", "Display #0 (activities from top to bottom):"]
    old = device.rom.data["dumps"]["resumed"] == "stack"
    if old:
        lines.append("")
    for task in reversed(device.system.tasks):
        if package is None or any(record.component.package == package for record in task.activities):
            lines += _stack(device, task) if old else _task(device, task)
            lines.append("")
    resumed = device.system.resumed
    if resumed is not None:
        record = text_formats.activity_text(device, resumed)
        if not old:
            lines += ["  Resumed activities in task display areas (from top to bottom):", f"    Resumed: {record}", ""]
        lines += [f"  ResumedActivity: {record}", ""]
    lines += _supervisor(device)
    return "\n".join(lines) + "\n"


def _task(device: VirtualDevice, task: Task) -> Iterator[str]:
    """A task since 12 (TaskFragment.java dump, dumpInner; Task.java dumpInner)."""
    yield f"  * {text_formats.task_text(device, task)}"
    paused = [record for record in task.activities if record.state == "PAUSED"]
    if paused:
        yield f"    mLastPausedActivity: {text_formats.activity_text(device, paused[-1])}"
    yield "    mLastNonFullscreenBounds=Rect(225, 457 - 856, 1537)"
    yield "    isSleeping=false"
    if (resumed := _resumed_in(task)) is not None:
        yield f"    topResumedActivity={text_formats.activity_text(device, resumed)}"
    for index, record in reversed(list(enumerate(task.activities))):
        yield f"    * Hist  #{index}: {text_formats.activity_text(device, record)}"
        yield from (f"      {line}" for line in _record(device, record))


def _stack(device: VirtualDevice, task: Task) -> Iterator[str]:
    """A stack of one task until 11 (ActivityStack.java dump); 11 has the resumed activity first and no summary."""
    eleven = device.rom.sdk >= 30
    resumed = _resumed_in(task)
    yield f"  Stack #{task.id}: type={task.kind} mode=fullscreen"
    yield "  isSleeping=false"
    yield f"  {_NO_BOUNDS}"
    if eleven and resumed is not None:
        yield f"    mResumedActivity: {text_formats.activity_text(device, resumed)}"
    if not eleven:
        yield f"    Task id #{task.id}"
        yield from (f"    {line}" for line in (_NO_BOUNDS, "mMinWidth=-1", "mMinHeight=-1", "mLastNonFullscreenBounds=null"))
    yield f"    * {text_formats.task_text(device, task)}"
    if eleven:
        yield f"      {_NO_BOUNDS}"
        yield "      mMinWidth=-1 mMinHeight=-1"
    for index, record in reversed(list(enumerate(task.activities))):
        yield f"      * Hist #{index}: {text_formats.activity_text(device, record)}"
        yield from (f"          {line}" for line in _record(device, record))
    if eleven:
        return
    yield ""
    yield "    Running activities (most recent first):"
    yield f"      {text_formats.task_text(device, task)}"
    for index, record in reversed(list(enumerate(task.activities))):
        yield f"        Run #{index}: {text_formats.activity_text(device, record)}"
    if resumed is not None:
        yield ""
        yield f"    mResumedActivity: {text_formats.activity_text(device, resumed)}"


def _record(device: VirtualDevice, record: ActivityRecord) -> Iterator[str]:
    """The fields of an activity (ActivityRecord.java dump), without those of the surfaces."""
    component, task, sdk = record.component, record.task, device.rom.sdk
    package = device.system.packages.get(component.package)
    code_path = "" if package is None else package.code_path
    feature = " launchedFromFeature=null" if sdk >= 30 else ""
    home = task.kind == "home"
    yield f"packageName={component.package} processName={component.process}"
    from_ = f"launchedFromUid={record.launched_from_uid} launchedFromPackage={record.launched_from_package or 'null'}"
    yield f"{from_}{feature} userId=0"
    yield f"app={text_formats.process_text(record.process)}"
    yield f"Intent {{ {text_formats.intent_text(record.intent, component.short, secure=False)} }}"
    root = "rootOfTask" if sdk >= 30 else "frontOfTask"
    yield f"{root}={str(task.activities[:1] == [record]).lower()} task={text_formats.task_text(device, task)}"
    yield f"taskAffinity={'null' if home else text_formats.task_affinity(device, task)}"
    yield f"mActivityComponent={component.short}"
    yield f"baseDir={code_path}/base.apk"
    yield f"dataDir=/data/user/0/{component.package}"
    yield f"stateNotNeeded={str(home).lower()} componentSpecified={str(not home).lower()} mActivityType={task.kind}"
    yield f"compat={{{device.spec.density}dpi}} labelRes=0x7f0f001b icon=0x7f0d0000 theme=0x7f100001"
    yield "mLastReportedConfigurations:"
    inner = "  " if sdk >= 31 else " "
    yield f"{inner}mGlobalConfig={text_formats.configuration(device)}"
    yield f"{inner}mOverrideConfig={text_formats.configuration(device, task.kind)}"
    yield f"CurrentConfiguration={text_formats.configuration(device, task.kind)}"
    launched = text_formats.duration(record.created - device.clock.uptime)
    yield f"launchFailed=false launchCount={int(record.process is None)} lastLaunchTime={launched}"
    yield from _state(device, record, launched)
    yield "resizeMode=RESIZE_MODE_RESIZEABLE_VIA_SDK_VERSION"
    yield "mLastReportedMultiWindowMode=false mLastReportedPictureInPictureMode=false"


def _state(device: VirtualDevice, record: ActivityRecord, launched: str) -> Iterator[str]:
    """Print the state of the activity; until 10 with other names, and what is visible in one line."""
    sdk = device.rom.sdk
    visible = str(record.state in ("RESUMED", "PAUSED", "STARTED")).lower()
    stopped = str(record.state in ("STOPPED", "DESTROYED")).lower()
    finishing = str(record.state in ("FINISHING", "DESTROYED")).lower()
    opaque = str(not record.translucent).lower()
    saved, icicle = ("mHaveState", "mIcicle") if sdk >= 30 else ("haveState", "icicle")
    bundle = "Bundle[mParcelledData.dataSize=1176]" if stopped == "true" else "null"
    yield f"{saved}={stopped} {icicle}={bundle}"
    yield f"state={record.state} stopped={stopped} delayedResume=false finishing={finishing}"
    starting = " mStartingWindowState=STARTING_WINDOW_NOT_SHOWN"
    middle = {30: f"{' ' * 11}setToSleep=false idle=true{starting}"}.get(sdk, " idle=true")
    if sdk < 30:
        middle = f" visible={visible} sleeping=false idle=true{starting}"
    yield f"keysPaused=false inHistory=true{middle}"
    fills = "occludesParent" if sdk >= 30 else "fullscreen"
    yield f"{fills}={opaque} noDisplay=false immersive=false launchMode={2 if record.task.kind == 'home' else 0}"
    yield "frozenBeforeDestroy=false forceNewConfig=false"
    yield f"mActivityType={record.task.kind}"
    if sdk < 30:
        yield f" nowVisible={visible} lastVisibleTime={launched}"
        return
    shown = [window for window in device.system.windows if window.activity is record]
    if shown:
        yield f"windows=[{', '.join(text_formats.window_text(window) for window in shown)}]"
    drawn = f"reportedDrawn={visible} reportedVisible={visible}"
    yield f"mVisibleRequested={visible} mVisible={visible} mClientVisible={visible} {drawn}"
    yield f"nowVisible={visible} lastVisibleTime={launched}"


def _supervisor(device: VirtualDevice) -> list[str]:
    """The end of the section.

    Source: ActivityTaskSupervisor.java dump, before 12 ActivityStackSupervisor, KeyguardController.
    """
    sdk, tasks = device.rom.sdk, device.system.tasks
    front = text_formats.task_text(device, tasks[-1]) if tasks else "null"
    if sdk < 30 and tasks:
        place = f"stackId={tasks[-1].id} type={tasks[-1].kind} mode=fullscreen visible=true translucent=false"
        front = f"ActivityStack{{{text_formats.identity('stack', tasks[-1].id)} {place}, 1 tasks}}"
    newest = max((task.id for task in tasks), default=0)
    name, holder = ("ActivityTaskSupervisor", "RootTask") if sdk >= 31 else ("ActivityStackSupervisor", "Stack")
    home = "  isHomeRecentsComponent=true"
    middle = {29: [f"{home}  KeyguardController:"], 30: ["  mVisibilityTransactionDepth=0", home, "", "  KeyguardController:"]}
    modern = ["  mVisibilityTransactionDepth=0", home, "  mNoHistoryActivities=[]", "", "  KeyguardController:"]
    return [
        f"{name} state:",
        f"  topDisplayFocused{holder}={front}",
        f"  mCurTaskIdForUser={{0={newest}}}",
        f"  mUser{holder}InFront={{}}",
        *middle.get(max(sdk, 29), modern),
        "    mKeyguardShowing=false",
        "    mAodShowing=false",
        "    mKeyguardGoingAway=false",
        f"  LockTaskController{':' if sdk >= 30 else ''}",
        "    mLockTaskModeState=NONE",
        "    mLockTaskModeTasks=",
    ]


def _resumed_in(task: Task) -> ActivityRecord | None:
    return next((record for record in reversed(task.activities) if record.state == "RESUMED"), None)
