"""``dumpsys activity``: processes, lru and the last ANR.

Sources under frameworks/base services/core/java/com/android/server/am unless another is named.

``dumpsys activity start-info``: how processes started (15 and later).

After AppStartInfoTracker.dumpHistoryProcessStartInfo (services/core/java/com/android/server/am) and
ApplicationStartInfo.dump (core/java/android/app). The header says LRU PROCESSES: a slip of AOSP's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from device_farm.virtual.framework import text_formats
from device_farm.virtual.framework.dumps.services import service_text
from device_farm.virtual.framework.processes.app_start_info import StartRecord
from device_farm.virtual.framework.records.system_records import ProcessRecord

if TYPE_CHECKING:
    from device_farm.virtual.device import VirtualDevice


def processes(device: VirtualDevice, package: str | None) -> str:
    """All processes (ActivityManagerService.java dumpProcessesLocked, ProcessRecord.java dump)."""
    lines = ["ACTIVITY MANAGER RUNNING PROCESSES (dumpsys activity processes)", "  All known processes:"]
    running = _running(device, package)
    for process in running:
        lines += _process(device, process)
    lines += ["", f"  Process LRU list (sorted by oom_adj, {len(running)} total, non-act at 0, non-svc at 0):"]
    for number, process in enumerate(sorted(running, key=lambda process: process.adj)):
        lines.append(_oom_line(device, process, len(running) - 1 - number))
    lines += ["", "  PID mappings:"]
    lines += [f"    PID #{process.pid}: {text_formats.process_text(process)}" for process in running]
    persistent = sum(_persistent(device, process) for process in running)
    lines += [
        "",
        f"  Total persistent processes: {persistent}",
        "  mProcessesReady=true mSystemReady=true mBooted=true mFactoryTest=0",
        "  mBooting=false mCallFinishBooting=false mBootAnimationComplete=true",
        "  mForceBackgroundCheck=false",
    ]
    return "\n".join(lines) + "\n"


def processes_in_short(device: VirtualDevice, package: str | None) -> str:
    """The processes by importance alone, as plain ``dumpsys activity`` has them."""
    words = {"  All known processes:", "  PID mappings:"}
    kept, skipping = [], False
    for line in processes(device, package).splitlines():
        skipping = line in words or (skipping and line != "")
        if not skipping:
            kept.append(line)
    return "\n".join(kept) + "\n"


def _oom_line(device: VirtualDevice, process: ProcessRecord, number: int) -> str:
    """``PERS #28: sys    F/ /PER  trm: 0 929:system/1000 (fixed)`` (ProcessList.java dumpProcessOomList)."""
    label = "PERS" if _persistent(device, process) else "Proc"
    adj = _adj(device, process)
    place = "T/A" if process.adj == 0 else "b/ " if process.adj >= 900 else "F/ "
    cached = "cch-empty" if process.adj >= 900 else "service"
    why = "fixed" if process.adj < 0 else "top-activity" if process.adj == 0 else cached
    trim = " ----  t: 0" if device.rom.sdk >= 31 else " trm: 0"
    state = text_formats.state_text(process.proc_state)
    return f"    {label} #{number:2d}: {adj} {place}/{state}{trim} {text_formats.process_short(process)} ({why})"


def _process(device: VirtualDevice, process: ProcessRecord) -> Iterator[str]:
    """One process (ProcessRecord.java dump, ProcessStateRecord.java, ProcessProfileRecord.java)."""
    kind = "PERS" if _persistent(device, process) else "APP"
    package = device.system.packages.get(process.package)
    code_path = "" if package is None else package.code_path
    app = process.uid % 100000
    gids = f"{app + 40000}, {app + 10000}, 9997, 3003" if app >= 10000 else "1000"
    ago = text_formats.duration(process.last_activity - device.clock.uptime)
    started = text_formats.duration(process.started - device.clock.uptime)
    yield f"  *{kind}* UID {process.uid} {text_formats.process_text(process)}"
    yield f"    user #0 uid={process.uid} gids={{{gids}}}"
    yield "    mRequiredAbi=arm64-v8a instructionSet=null"
    yield f"    dir={code_path}/base.apk publicDir={code_path}/base.apk data=/data/user/0/{process.package}"
    yield f"    packageList={{{process.package}}}"
    yield f"    compat={{{device.spec.density}dpi}}"
    yield f"    thread=android.app.IApplicationThread$Stub$Proxy@{text_formats.identity('thread', process.pid)}"
    if device.rom.sdk >= 31:
        yield f"    pid={process.pid}"
        yield f"    lastActivityTime={ago} startUpTime={started} startElapsedTime={started}"
    else:
        yield f"    pid={process.pid} starting=false"
        yield f"    lastActivityTime={ago} lastPssTime={started} pssStatType=0 nextPssTime=+1m0s0ms"
    yield from _rank(device, process, ago)
    if process.frozen:
        yield "    isFreezeExempt=false isPendingFreeze=false isFrozen=true"
    running = [service for service in device.system.services if service.process is process]
    if running:
        yield "    Services:"
        yield from (f"      - {service_text(service)}" for service in running)


def _rank(device: VirtualDevice, process: ProcessRecord, ago: str) -> Iterator[str]:
    """How important the process is; the order of the lines is that of 11, of 10, or of 12 and later."""
    adj, sdk = process.adj, device.rom.sdk
    cached = str(adj >= 900).lower()
    empty = [f"    cached={cached} empty={cached}"]
    start = [f"    startSeq={process.pid % 1000}", "    mountMode=DEFAULT"]
    if adj < 0:
        start.insert(0, "    persistent=true removed=false")
    group = 0 if adj >= 900 else 3 if adj == 0 else 2
    state = text_formats.state_number(device, process.proc_state)
    scheduled = f"mCurSchedGroup={group} setSchedGroup={group} systemNoUi=false trimMemoryLevel=0"
    compacted = f"    lastCompactTime=0 lastCompactAction=0{'' if sdk >= 30 else f'    {scheduled}'}"
    ranks = [
        f"    oom{' adj' if sdk >= 30 else ''}: max=1001 curRaw={adj} setRaw={adj} cur={adj} set={adj}",
        *([compacted] if sdk in (29, 30) else []),
        *([f"    {scheduled}"] if sdk != 29 else []),
        f"    curProcState={state} mRepProcState={state} pssProcState={state} setProcState={state} lastStateTime={ago}",
    ]
    yield from [*empty, *ranks, *start] if sdk < 30 else [*ranks, *empty, *start]


def lru(device: VirtualDevice, package: str | None) -> str:
    """Processes by use (ProcessList.java dumpLruLocked)."""
    lines = ["ACTIVITY MANAGER LRU PROCESSES (dumpsys activity lru)", "  Activities:"]
    running = sorted(_running(device, package), key=lambda process: process.last_activity)
    held = {id(record.process) for task in device.system.tasks for record in task.activities}
    ranked = list(enumerate(running))[::-1]
    shown = " act:activities|recents" if device.rom.sdk >= 30 else " activity=activities|recents"
    lines += [_lru_line(device, number, process) + shown for number, process in ranked if id(process) in held]
    lines.append("  Other:")
    lines += [_lru_line(device, number, process) for number, process in ranked if id(process) not in held]
    return "\n".join(lines) + "\n"


def _lru_line(device: VirtualDevice, number: int, process: ProcessRecord) -> str:
    """11 tells the capabilities too (ActivityManager.printCapabilitiesSummary); 10 ends with a blank."""
    state, who = text_formats.state_text(process.proc_state), text_formats.process_short(process)
    letters = {29: "", 30: "LCM"}.get(max(29, min(device.rom.sdk, 31)), "LCMN")
    can = letters if process.adj == 0 else "-" * len(letters)
    return f"    #{number:2d}: {_adj(device, process)} {state} " + (f"{can} {who}" if can else f"{who} ")


def _adj(device: VirtualDevice, process: ProcessRecord) -> str:
    return text_formats.adj_text(process.adj, foreground=device.rom.data["words"]["foreground_adj"], compact=False)


def last_anr(device: VirtualDevice, package: str | None) -> str:
    """The last ANR of this boot (ActivityManagerService.java dumpLastANRLocked)."""
    header = "ACTIVITY MANAGER LAST ANR (dumpsys activity lastanr)\n"
    entries = (entry for entry in reversed(device.logs.buffers["system"]) if entry.message.startswith("ANR in "))
    last = next((entry for entry in entries if package is None or package in entry.message), None)
    return header + ("  <no ANR has occurred since boot>\n" if last is None else f"  {last.message}\n")


def _running(device: VirtualDevice, package: str | None) -> list[ProcessRecord]:
    alive: list[ProcessRecord] = [process for process in device.system.processes.values() if process.alive]
    return [process for process in alive if package in (None, process.package)]


def _persistent(device: VirtualDevice, process: ProcessRecord) -> bool:
    package = device.system.packages.get(process.package)
    return process.uid < 10000 or (package is not None and package.persistent)


_STARTED = 2  # ApplicationStartInfo.STARTUP_STATE_FIRST_FRAME_DRAWN; a start without an activity stays 0
_NANOSECONDS = 1_000_000_000


def start_info(device: VirtualDevice, package: str | None) -> str:
    """The records of each package, the newest first."""
    persisted = text_formats.wall_text(device, device.clock.wall - device.clock.uptime, millis=True)
    lines = [
        "ACTIVITY MANAGER LRU PROCESSES (dumpsys activity start-info)",
        f"Last Timestamp of Persistence Into Persistent Storage: {persisted}",
    ]
    for name, records in sorted(device.system.start_info.records.items()):
        if package in (None, name):
            lines += [f"  package: {name}", "    Historical Process Start for userId=0"]
            for number, record in enumerate(reversed(records)):
                lines += [f"      ApplicationStartInfo #{number}:", *_record(record)]
    return "\n".join(lines) + "\n"


def _record(record: StartRecord) -> Iterator[str]:
    uids = " ".join(f"{key}={record.uid}" for key in ("realUid", "packageUid", "definingUid"))
    yield f" pid={record.pid} {uids} user=0"
    shown = record.reason in ("LAUNCHER", "START ACTIVITY")
    forced = str(record.was_force_stopped).lower()
    yield (
        f" package={record.package} process={record.process} startupState={_STARTED if shown else 0} reason={record.reason}"
        f" startType=COLD launchMode=0 wasForceStopped={forced}"
    )
    yield f" intent={record.intent or 'null'}"
    launched, forked = (int((record.uptime + after) * _NANOSECONDS) for after in (0.0, 0.004))
    yield f" timestamps: 0={launched} 1={forked}"
