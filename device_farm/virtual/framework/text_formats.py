"""Prints records, numbers and times as Android does, for logs and dumps alike.

Each function names the AOSP method whose text it gives (all under frameworks/base).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from device_farm.virtual.framework.records.system_records import ActivityRecord, Intent, ProcessRecord, Task, Window
from device_farm.virtual.kernel.device_clock import zone

if TYPE_CHECKING:
    from device_farm.virtual.device import VirtualDevice

_LINE_WIDTH = 120
_PRIVATE_SCHEMES = ("tel", "sip", "sms", "smsto", "mailto", "nfc")

# ProcessList.makeOomAdjString (services/core/java/com/android/server/am): base adj and label, highest first.
_ADJ_LABELS = (
    (900, "cch"), (800, "svcb"), (700, "prev"), (600, "home"), (500, "svc"), (400, "hvy"), (300, "bkup"), (250, "prcl"),
    (200, "prcp"), (100, "vis"), (0, "fg "), (-700, "psvc"), (-800, "pers"), (-900, "sys"), (-1000, "ntv"),
)  # fmt: skip

# By number: label (ProcessList.makeProcStateString, four wide) and name (ActivityManager.PROCESS_STATE_*, since 12).
_STATES = {
    "PER ": "PERSISTENT", "PERU": "PERSISTENT_UI", "TOP ": "TOP", "BTOP": "BOUND_TOP",
    "FGS ": "FOREGROUND_SERVICE", "BFGS": "BOUND_FOREGROUND_SERVICE", "IMPF": "IMPORTANT_FOREGROUND",
    "IMPB": "IMPORTANT_BACKGROUND", "TRNB": "TRANSIENT_BACKGROUND", "BKUP": "BACKUP", "SVC ": "SERVICE",
    "RCVR": "RECEIVER", "TPSL": "TOP_SLEEPING", "HVY ": "HEAVY_WEIGHT", "HOME": "HOME",
    "LAST": "LAST_ACTIVITY", "CAC ": "CACHED_ACTIVITY", "CACC": "CACHED_ACTIVITY_CLIENT",
    "CRE ": "CACHED_RECENT", "CEM ": "CACHED_EMPTY", "NONE": "NONEXISTENT",
}  # fmt: skip
_STATE_LABELS, _STATE_NAMES = tuple(_STATES), tuple(_STATES.values())


def uid_text(uid: int) -> str:
    """``u0a123`` for an app, the number below 10000 (UserHandle.formatUid)."""
    if uid < 10000:
        return str(uid)
    user, app = divmod(uid, 100000)
    return f"u{user}i{app - 99000}" if app >= 99000 else f"u{user}a{app - 10000}"


def duration(seconds: float, *, sign: str = "+") -> str:
    """``+1m2s3ms`` of a time span (core/java/android/util/TimeUtils.java formatDuration); zero is ``0``."""
    rest = round(seconds * 1000)
    if rest == 0:
        return "0"
    text = "-" if rest < 0 else sign
    rest = abs(rest)
    for unit, size in (("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000)):
        if rest >= size or (unit != "d" and text[-1].isalpha()):
            text += f"{rest // size}{unit}"
            rest %= size
    return f"{text}{rest}ms"


def size_text(kilobytes: int) -> str:
    """``128MB`` of a size in kB (core/java/android/util/DebugUtils.java sizeValueToString); zero is ``0.00``."""
    value, suffix = float(kilobytes) * 1024, ""
    for unit in ("KB", "MB", "GB", "TB"):
        if value <= 900:
            break
        value, suffix = value / 1024, unit
    digits = 2 if value < 1 else 1 if value < 10 else 0
    return f"{value:.{digits}f}{suffix}"


def wall_text(device: VirtualDevice, wall: float, *, millis: bool = False) -> str:
    """``2026-10-01 19:21:57`` in the device's zone, with ``.535`` if asked."""
    moment = datetime.fromtimestamp(wall, zone(device))
    return moment.strftime("%Y-%m-%d %H:%M:%S") + (f".{moment.microsecond // 1000:03d}" if millis else "")


def local_date(device: VirtualDevice, wall: float) -> str:
    """``2026-10-01`` in the device's zone."""
    return datetime.fromtimestamp(wall, zone(device)).strftime("%Y-%m-%d")


def identity(*parts: object) -> str:
    """A hash in hex, as System.identityHashCode would be, the same for the same parts."""
    return f"{zlib.crc32(':'.join(map(str, parts)).encode()) & 0xFFFFFFF:x}"


def adj_text(adj: int, *, foreground: str = "fg ", compact: bool = True) -> str:
    """``fg ``, ``vis``, ``cch+5`` of an oom_score_adj; ``cch+ 5`` in six places if not compact.

    ProcessList.makeOomAdjString, buildOomTag.
    """
    base, label = next(((base, label) for base, label in _ADJ_LABELS if adj >= base), (adj, str(adj)))
    if base == 0:
        label = foreground
    if adj == base:
        return label if compact else f"{label:<6}"
    wide = label if base in (900, 100, 0) else f"{label:<6}"
    return f"{wide}+{adj - base}" if compact else f"{wide}+{adj - base:2d}"


def state_text(state: int) -> str:
    """``TOP `` of a process state (ProcessList.makeProcStateString)."""
    return _STATE_LABELS[state] if 0 <= state < len(_STATE_LABELS) else "??"


def state_name(process: ProcessRecord | None) -> str:
    """``CACHED_EMPTY``, the name of a process's state (ActivityManager.PROCESS_STATE_*)."""
    return "NONEXISTENT" if process is None else _STATE_NAMES[process.proc_state]


def state_number(device: VirtualDevice, state: int) -> int:
    """The number that this version has for a process state of 12 and later (ActivityManager.PROCESS_STATE_*)."""
    labels: list[str] = device.rom.data["process_states"]["labels"]
    return labels.index(_STATE_LABELS[state].strip())


def process_text(process: ProcessRecord | None) -> str:
    """``ProcessRecord{6d4467 3091:com.x/u0a39}`` (am/ProcessRecord.java toString)."""
    if process is None:
        return "null"
    return f"ProcessRecord{{{identity('process', process.pid, process.name)} {process_short(process)}}}"


def process_short(process: ProcessRecord) -> str:
    """``3091:com.x/u0a39`` (ProcessRecord.toShortString)."""
    return f"{process.pid}:{process.name}/{uid_text(process.uid)}"


def activity_text(device: VirtualDevice, activity: ActivityRecord | None) -> str:
    """``ActivityRecord{67b2b99 u0 com.x/.Main} t17}`` as this version prints it (wm/ActivityRecord.java toString)."""
    if activity is None:
        return "null"
    shape: str = device.rom.data["words"]["activity_record"]
    closed = " f}" if device.rom.sdk >= 30 else " f"  # since 11 there is one brace too many
    finishing = closed if activity.state in ("FINISHING", "DESTROYED") else ""
    return shape.format(
        token=f"{activity.token:x}", number=activity.token, component=activity.component.short, task=activity.task.id, finishing=finishing
    )


def task_affinity(device: VirtualDevice, task: Task) -> str:
    """``10123:com.x``, or ``com.x`` before 11 (ActivityRecord.computeTaskAffinity)."""
    if not device.rom.data["words"]["task_affinity_uid"] or not task.activities:
        return task.affinity
    return f"{uid_of(device, task.activities[0].component.package)}:{task.affinity}"


def task_text(device: VirtualDevice, task: Task) -> str:
    """``Task{7ea9d7d #22 type=standard A=10123:com.x U=0 visible=true ... sz=1}`` (wm/Task.java toString)."""
    hash_ = identity("task", task.id)
    name = f"I={task.activities[0].component.short}" if task.kind == "home" and task.activities else ""
    name = name or f"A={task_affinity(device, task)}"
    if device.rom.data["dumps"]["tasks"] == "TaskRecord":
        return f"TaskRecord{{{hash_} #{task.id} {name} U=0 StackId={task.id} sz={len(task.activities)}}}"
    shown = is_visible(device, task)
    visible = str(shown).lower()
    return (
        f"Task{{{hash_} #{task.id} type={task.kind} {name} U=0 visible={visible} visibleRequested={visible}"
        f" mode=fullscreen translucent={str(not shown).lower()} sz={len(task.activities)}}}"
    )


def is_visible(device: VirtualDevice, task: Task) -> bool:
    """Whether the task is the front one."""
    return bool(device.system.tasks) and device.system.tasks[-1] is task


def window_text(window: Window | None) -> str:
    """``Window{62aba15 u0 com.x/com.x.Main}`` (wm/WindowState.java toString)."""
    return "null" if window is None else f"Window{{{window.token:x} u0 {window.title}}}"


def intent_text(intent: Intent, resolved: str | None = None, *, flags: int | None = None, extras: bool = True, secure: bool = True) -> str:
    """``act=... cat=[...] flg=0x10000000 cmp=com.x/.Main (has extras)`` (content/Intent.java toShortString).

    Log lines and the answers of commands are ``secure``; dumps of records have the whole URI (toInsecureString).
    """
    parts = []
    if intent.action is not None:
        parts.append(f"act={intent.action}")
    if intent.categories:
        parts.append(f"cat=[{','.join(intent.categories)}]")
    if intent.data is not None:
        parts.append(f"dat={safe_uri(intent.data) if secure else intent.data}")
    if intent.mime is not None:
        parts.append(f"typ={intent.mime}")
    if number := intent.flags if flags is None else flags:
        parts.append(f"flg=0x{number:x}")
    if intent.package is not None:
        parts.append(f"pkg={intent.package}")
    if component := resolved or (None if intent.component is None else short_component(*intent.component)):
        parts.append(f"cmp={component}")
    if intent.extras and extras:
        parts.append("(has extras)")
    return " ".join(parts)


def safe_uri(uri: str) -> str:
    """A URI as logs may show it: scheme and host, never path or query (core/java/android/net/Uri.java toSafeString).

    That is how Android 12 and later cut it; before, only the paths of http, https, ftp and rtsp were.
    """
    scheme, colon, rest = uri.partition(":")
    if not colon:
        return "/..." if uri else ""
    if scheme.lower() in _PRIVATE_SCHEMES:
        return f"{scheme}:" + "".join(character if character in "-@." else "x" for character in rest)
    if not rest.startswith("/"):
        return f"{scheme}:"
    authority = urlsplit(uri).netloc if rest.startswith("//") else ""
    host = authority.rpartition("@")[2]
    return f"{scheme}:{'//' + host if rest.startswith('//') else ''}/..."


def short_component(package: str, class_name: str) -> str:
    """``com.x/.Main`` (core/java/android/content/ComponentName.java flattenToShortString)."""
    inside = class_name.startswith(package + ".")
    return f"{package}/{class_name[len(package) :] if inside else class_name}"


def hosting_name(device: VirtualDevice, name: str) -> str:
    """A component as HostingRecord has it: ``{com.x/com.x.Main}``, before 10 ``com.x/.Main``; other names stay."""
    package, slash, class_name = name.strip("{}").partition("/")
    if not slash:
        return name
    if not device.rom.data["words"]["braced_hosting_names"]:
        return short_component(package, package + class_name if class_name.startswith(".") else class_name)
    return f"{{{package}/{package + class_name if class_name.startswith('.') else class_name}}}"


def uid_of(device: VirtualDevice, package: str) -> int:
    """The uid of an installed package; the system's for one that is not installed."""
    found = device.system.packages.get(package)
    return 1000 if found is None else found.uid


def thread_name(process_name: str) -> str:
    """The last 15 characters of a process name: its main thread and ART's log tag (core/jni Zygote.cpp)."""
    return process_name[-15:]


def configuration(device: VirtualDevice, activity_type: str = "undefined") -> str:
    """A Configuration of the whole screen (core/java/android/content/res/Configuration.java toString)."""
    spec, display = device.spec, device.system.display
    width, height = display.width * 160 // spec.density, display.height * 160 // spec.density
    locale = "zh_CN_#Hans" if spec.language == "zh" else "en_US"
    screen = f"Rect(0, 0 - {display.width}, {display.height})"
    turned = f"ROTATION_{display.rotation * 90}"
    rotation = f" mDisplayRotation={turned}" if device.rom.sdk >= 33 else ""
    limits = f" mMaxBounds={screen}" if device.rom.sdk >= 31 else ""
    return (
        f"{{1.0 460mcc1mnc [{locale}] ldltr sw{min(width, height)}dp w{width}dp h{height}dp {spec.density}dpi nrml long"
        f" {'land' if width > height else 'port'} finger"
        f" -keyb/v/h -nav/h winConfig={{ mBounds={screen} mAppBounds={screen}{limits}{rotation}"
        f" mWindowingMode=fullscreen mDisplayWindowingMode=fullscreen mActivityType={activity_type}"
        f" mAlwaysOnTop=undefined mRotation={turned}}} s.8{' fontWeightAdjustment=0' if device.rom.sdk >= 31 else ''}}}"
    )


def printed(pieces: Iterable[str], indent: str) -> str:
    """Return what a service prints piece by piece with one indent, on lines of at most 120 characters.

    A piece that does not fit begins a line; one that is longer than a line is cut where the line is full
    (core/java/android/util/IndentingPrintWriter.java, write; internal/util until 10).
    """
    text, new, length = "", True, 0
    for piece in pieces:
        begin = 0
        for end, letter in enumerate(piece, 1):
            length += 1
            if letter == "\n":
                text += indent * new + piece[begin:end]
                begin, new, length = end, True, 0
            if length >= _LINE_WIDTH - len(indent):
                if new:
                    text += indent + piece[begin:end]
                    begin = end
                text += "\n"
                new, length = True, end - begin
        if begin < len(piece):
            text += indent * new + piece[begin:]
            new = False
    return text
