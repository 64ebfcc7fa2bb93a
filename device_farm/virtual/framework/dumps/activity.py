"""``dumpsys activity``: top, recents and exit-info; tasks are in ``tasks``, processes and components in ``process``.

Sources under frameworks/base services/core/java/com/android/server unless another is named; the order of the sections
is that of am/ActivityManagerService.java dumpEverything.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from device_farm.virtual.framework import text_formats
from device_farm.virtual.framework.dumps import activity_processes as dumps_process
from device_farm.virtual.framework.dumps import broadcasts as dumps_broadcasts
from device_farm.virtual.framework.dumps import services as dumps_services
from device_farm.virtual.framework.dumps import tasks as dumps_tasks
from device_farm.virtual.framework.packages import download_notes
from device_farm.virtual.framework.packages.download_notes import PROVIDER
from device_farm.virtual.framework.records.system_records import ExitRecord

if TYPE_CHECKING:
    from device_farm.virtual.device import VirtualDevice

    Section = Callable[[VirtualDevice, str | None], str]

_RULE = "-" * 79

# ApplicationExitInfo.reasonCodeToString and subreasonToString (core/java/android/app).
_REASONS = (
    "UNKNOWN", "EXIT_SELF", "SIGNALED", "LOW_MEMORY", "APP CRASH(EXCEPTION)", "APP CRASH(NATIVE)", "ANR",
    "INITIALIZATION FAILURE", "PERMISSION CHANGE", "EXCESSIVE RESOURCE USAGE", "USER REQUESTED", "USER STOPPED",
    "DEPENDENCY DIED", "OTHER KILLS BY SYSTEM", "FREEZER", "STATE CHANGE", "PACKAGE UPDATED",
)  # fmt: skip
_SUBREASONS = (
    "UNKNOWN", "WAIT FOR DEBUGGER", "TOO MANY CACHED PROCS", "TOO MANY EMPTY PROCS", "TRIM EMPTY", "LARGE CACHED",
    "MEMORY PRESSURE", "EXCESSIVE CPU USAGE", "SYSTEM UPDATE_DONE", "KILL ALL FG", "KILL ALL BG EXCEPT", "KILL UID",
    "KILL PID", "INVALID START", "INVALID STATE", "IMPERCEPTIBLE", "REMOVE LRU", "ISOLATED NOT NEEDED",
    "CACHED IDLE FORCED APP STANDBY", "FREEZER BINDER IOCTL", "FREEZER BINDER TRANSACTION", "FORCE STOP", "REMOVE TASK",
    "STOP APP", "KILL BACKGROUND", "PACKAGE UPDATE", "UNDELIVERED BROADCAST", "SDK SANDBOX DIED",
    "SDK SANDBOX NOT NEEDED", "EXCESSIVE BINDER OBJECTS", "OOM KILL", "FREEZER BINDER ASYNC FULL",
    "EXCESSIVE_OUTGOING_BROADCASTS_WHILE_CACHED",
)  # fmt: skip


def _provider(device: VirtualDevice, name: str) -> str | None:
    """``provider NAME``: its own dump (am/ProviderMap.java dumpProvider); only DownloadManager's has one here."""
    package = device.system.packages[PROVIDER]
    if "downloads-unread" in device.faults.active:
        return f"No providers match: {name}\nUse -h for help.\n"
    record = next(c for c in package.components if c.kind == "provider")
    if name not in (record.short, package.name, "downloads"):
        known = name.partition("/")[0] in device.system.packages
        return None if known else f"No providers match: {name}\nUse -h for help.\n"
    process = device.system.process_list.find(package.name, package.name)
    pid = "(not running)" if process is None else process.pid
    identity = text_formats.identity("provider", record.short)
    head = f"PROVIDER ContentProviderRecord{{{identity} u0 {record.short}}} pid={pid}\n    Client:\n"
    return head + "".join(f"      {line}\n" for line in download_notes.dump(device.system).splitlines())


def activity(device: VirtualDevice, args: list[str]) -> str | None:
    """``dumpsys activity [-a] [-p PACKAGE] [SECTION [PACKAGE]]``; None for what is not modelled."""
    package = None
    rest = [arg for arg in args if arg not in ("-a", "--all")]
    if rest[:1] == ["-p"] and len(rest) > 1:
        package, rest = rest[1], rest[2:]
    lacking = {name for name in ("exit-info", "start-info") if device.rom.data["dumps"][name.replace("-", "_")] in ("none", False)}
    lacking |= device.faults.lacks & SECTIONS.keys()
    if not rest:
        apart = {"top", "lastanr", "associations", *lacking}
        sections = SECTIONS if {"-a", "--all"} & set(args) else SECTIONS | _IN_SHORT
        parts = [section(device, package) for name, section in sections.items() if name not in apart]
        return f"{_RULE}\n".join(parts)
    name, *filters = rest
    if name == "provider" and len(filters) == 1:
        return _provider(device, filters[0])
    name = _ALIASES.get(name, name)
    section = SECTIONS.get(name)
    if name in lacking:
        return f"Bad activity command, or no activities match: {name}\nUse -h for help.\n"
    if section is not None:
        return section(device, filters[0] if filters else package) if len(filters) <= 1 else None
    if name in device.system.packages:
        return top(device, name)
    if "." in name or "/" in name:
        return f"Bad activity command, or no activities match: {name}\nUse -h for help.\n"
    return None


def top(device: VirtualDevice, package: str | None) -> str:
    """The top activity of each task, the front one last (am/ActivityManagerService.dumpActivity, app/Activity.java)."""
    lines: list[str] = []
    for task in device.system.tasks:
        shown = [record for record in task.activities if package in (None, record.component.package)]
        if not shown:
            continue
        where = " displayId=0(type=INTERNAL)" if device.rom.sdk >= 34 else ""
        lines.append(f"TASK {text_formats.task_affinity(device, task)} id={task.id} userId=0{where}")
        for record in reversed(shown if package else shown[-1:]):
            pid = "pid=(not running)" if record.process is None else f"pid={record.process.pid}"
            uid = text_formats.uid_of(device, record.component.package)
            more = f" uid={uid}{where}" if where else ""
            lines.append(f"  ACTIVITY {record.component.short} {record.token:x} {pid} userId=0{more}")
            resumed, stopped = (str(record.state == state).lower() for state in ("RESUMED", "STOPPED"))
            lines += [
                f"    Local Activity {record.token:x} State:",
                f"      mResumed={resumed} mStopped={stopped} mFinished={str(record.state == 'FINISHING').lower()}",
                "      mIsInMultiWindowMode=false mIsInPictureInPictureMode=false",
                "      mChangingConfigurations=false",
                f"      mCurrentConfig={text_formats.configuration(device, task.kind)}",
            ]
        lines.append("")
    return "\n".join(lines) + ("\n" if lines else "")


def recents(device: VirtualDevice, package: str | None) -> str:
    """Recent tasks, newest first (wm/RecentTasks.java dump)."""
    lines = ["ACTIVITY MANAGER RECENT TASKS (dumpsys activity recents)", "mFreezeTaskListReordering=false"]
    lines.append("  Recent tasks:")
    number = 0
    for task in reversed(device.system.tasks):
        root = task.activities[0] if task.activities else None
        if root is None or root.exclude_from_recents or package not in (None, root.component.package):
            continue
        uid = text_formats.uid_of(device, root.component.package)
        records = ", ".join(text_formats.activity_text(device, record) for record in task.activities)
        idle = int(device.clock.uptime - task.last_active)
        lines += [
            f"  * Recent #{number}: {text_formats.task_text(device, task)}",
            f"    userId=0 effectiveUid={text_formats.uid_text(uid)} mCallingUid={text_formats.uid_text(root.launched_from_uid)}"
            f" mUserSetupComplete=true mCallingPackage={root.launched_from_package or 'null'}",
            f"    affinity={text_formats.task_affinity(device, task)}",
            f"    intent={{{text_formats.intent_text(root.intent, root.component.short, secure=False)}}}",
            f"    mActivityComponent={root.component.short}",
            f"    Activities=[{records}]",
            *_last_active(device, f"lastActiveTime={int(task.last_active * 1000)} (inactive for {idle}s)"),
        ]
        number += 1
    return "\n".join(lines) + "\n"


def _last_active(device: VirtualDevice, when: str) -> list[str]:
    """The last lines of a recent task (wm/Task.java dump): until 10 one line."""
    shown = "    hasBeenVisible=true mResizeMode=RESIZE_MODE_RESIZEABLE mSupportsPictureInPicture=false isResizeable=true"
    return [f"{shown} {when}"] if device.rom.sdk < 30 else [shown, f"    {when}"]


def exit_info(device: VirtualDevice, package: str | None) -> str:
    """How processes ended, newest first (am/AppExitInfoTracker.java dumpHistoryProcessExitInfo, 11 and later)."""
    lines = ["ACTIVITY MANAGER PROCESS EXIT INFO (dumpsys activity exit-info)"]
    persisted = text_formats.wall_text(device, device.clock.wall - device.clock.uptime, millis=True)
    lines.append(f"Last Timestamp of Persistence Into Persistent Storage: {persisted}")
    by_package: dict[str, list[ExitRecord]] = {}
    for record in reversed(device.system.exits):
        if package in (None, record.package):
            by_package.setdefault(record.package, []).append(record)
    layout = device.rom.data["dumps"]["exit_info"]
    for name in sorted(by_package):
        lines.append(f"  package: {name}")
        for uid in sorted({record.uid for record in by_package[name]}):
            lines.append(f"    Historical Process Exit for uid={uid}")
            mine = [record for record in by_package[name] if record.uid == uid]
            for number, record in enumerate(mine[:16]):  # AppExitInfoTracker keeps 16 a package
                lines.append(f"        ApplicationExitInfo #{number}:")
                groups = _exit_fields(device, record, subreason=layout != "lines_no_subreason")
                if layout == "grouped":
                    lines += [f"          {' '.join(group)}" for group in groups]
                else:
                    lines += [f"          {text}" for group in groups for text in group]
    return "\n".join(lines) + "\n"


def _exit_fields(device: VirtualDevice, record: ExitRecord, *, subreason: bool) -> list[list[str]]:
    """The fields in the three lines of the newer layout (core/java/android/app/ApplicationExitInfo.java dump)."""
    second = [f"process={record.process}", f"reason={int(record.reason)} ({_REASONS[record.reason]})"]
    if subreason:
        number, name = _subreason(device, record.subreason)
        second.append(f"subreason={number} ({name})")
    return [
        [
            f"timestamp={text_formats.wall_text(device, record.timestamp, millis=True)}",
            f"pid={record.pid}",
            *(f"{key}={record.uid}" for key in ("realUid", "packageUid", "definingUid")),
            "user=0",
        ],
        [*second, f"status={record.status}"],
        [
            f"importance={record.importance}",
            f"pss={text_formats.size_text(record.pss)}",
            f"rss={text_formats.size_text(record.rss)}",
            f"description={'null' if record.description is None else record.description}",
            "state=empty",
            "trace=null",
        ],
    ]


def _subreason(device: VirtualDevice, number: int) -> tuple[int, str]:
    """A sub-reason as this version has it: 0 where it has no such number yet, UNKNOWN where it has no name for it."""
    known = device.rom.data["exit_info"]
    if str(number) in known["rom_subreasons"]:
        return number, known["rom_subreasons"][str(number)]
    if number > known["highest_subreason"]:
        return 0, _SUBREASONS[0]
    return number, _SUBREASONS[0] if number in known["unnamed_subreasons"] else _SUBREASONS[number]


SECTIONS: dict[str, Section] = {
    "recents": recents,
    "activities": dumps_tasks.activities,
    "lru": dumps_process.lru,
    "services": dumps_services.services,
    "associations": dumps_services.associations,
    "broadcasts": dumps_broadcasts.broadcasts,
    "providers": dumps_services.providers,
    "processes": dumps_process.processes,
    "exit-info": exit_info,
    "start-info": dumps_process.start_info,
    "top": top,
    "lastanr": dumps_process.last_anr,
}

# What `dumpsys activity` prints without -a and the name of a section (dumpAll of ActivityManagerService.doDump).
_IN_SHORT: dict[str, Section] = {"services": dumps_services.services_in_short, "processes": dumps_process.processes_in_short}

_ALIASES = {
    "a": "activities", "r": "recents", "s": "services", "b": "broadcasts", "prov": "providers", "p": "processes",
    "service": "services",
}  # fmt: skip
