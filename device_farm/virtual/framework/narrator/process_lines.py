"""Log lines of processes: started, killed, gone, crashed, not responding.

Sources under frameworks/base services/core/java/com/android/server/am unless another is named.
"""

import re

from device_farm.virtual.framework import text_formats
from device_farm.virtual.framework.narrator.log_writer import LogWriter
from device_farm.virtual.framework.records.storage import MEMORY
from device_farm.virtual.framework.records.system_records import ProcessRecord

_FRAME_PLACE = re.compile(r"\(([^():]+):(\d+)\)")
_SIGNAL_NAMES = {3: "Quit", 6: "Aborted", 9: "Killed", 11: "Segmentation fault", 15: "Terminated"}
_APP_FLAGS = 550026820  # ApplicationInfo.flags of an ordinary app, as am_crash and am_anr print them


class ProcessNarrator(LogWriter):
    """The part of Narrator about processes."""

    def process_started(self, process: ProcessRecord) -> None:
        """am_proc_start and ``Start proc`` (ProcessList.handleProcessStartedLocked)."""
        hosting = self._rom.data["hosting_types"].get(process.hosting_type, process.hosting_type)
        name = None if process.hosting_name is None else text_formats.hosting_name(self._device, process.hosting_name)
        if process.hosting_type == "system":
            return  # system_server is zygote's own child: ActivityManager did not start it
        self._say_as_zygote(process, f"Forked child process {process.pid}", priority="D")
        if not self._others_of_uid(process):
            self._event("uid_running", uid=process.uid)
        self._process_event("proc_start", process, hosting_type=hosting, hosting_name=name or "")
        self._say_line(
            "start_proc",
            "I",
            pid=process.pid,
            process=process.name,
            uid=text_formats.uid_text(process.uid),
            hosting=hosting if name is None else f"{hosting} {name}",
            caller="null" if process.caller_package is None else process.caller_package,
        )

    def process_bound(self, process: ProcessRecord) -> None:
        """am_proc_bound (ActivityManagerService.attachApplicationLocked), then what an app's start leaves there."""
        if process.hosting_type == "system":
            return
        self._process_event("proc_bound", process)
        if process.uid >= 10000:
            self._noise("process_bound", process)

    def uid_active(self, uid: int) -> None:
        """am_uid_active: an app is seen again (OomAdjuster.updateUidsLSP)."""
        if uid >= 10000:
            self._event("uid_active", uid=uid)

    def uid_idle(self, uid: int) -> None:
        """am_uid_idle: an app is in the background for a minute (ActivityManagerService.doStopUidForIdleUidsLocked)."""
        self._event("uid_idle", uid=uid)

    def process_frozen(self, process: ProcessRecord) -> None:
        """am_freeze and its line (CachedAppOptimizer.freezeProcess)."""
        self._process_event("freeze", process)
        self._say("D", "ActivityManager", f"freezing {process.pid} {process.name}")
        self._rom_freezer("rom_frozen", process)

    def process_unfrozen(self, process: ProcessRecord) -> None:
        """am_unfreeze and its line (CachedAppOptimizer.unfreezeAppInternalLSP); 14 and later say why, by number."""
        self._process_event("unfreeze", process, reason=6)
        why = " for 6" if self._device.rom.sdk >= 34 else ""
        self._say("D", "ActivityManager", f"sync unfroze {process.pid} {process.name}{why}")
        self._rom_freezer("rom_thawed", process)

    def _rom_freezer(self, key: str, process: ProcessRecord) -> None:
        """The line of the ROM's own freezer, where it has one."""
        if self._rom.line(key)[0]:
            self._say_line(key, "D", uid=process.uid, package=process.package, pid=process.pid)

    def low_memory(self, count: int) -> None:
        """am_low_memory: nothing is left in the cache (ActivityManagerService.doLowMemReportIfNeededLocked)."""
        self._event("low_memory", count=count)

    def process_crashed_too_much(self, process: ProcessRecord) -> None:
        """am_process_crashed_too_much, am_proc_bad (AppErrors.handleAppCrashLSPB)."""
        self._say("W", "ActivityManager", f"Process {process.name} has crashed too many times, killing!")
        self._event("process_crashed_too_much", process=process.name, pid=process.uid)
        self._process_event("proc_bad", process)

    def process_good(self, process: ProcessRecord) -> None:
        """am_proc_good: the user started it again (ProcessList.startProcessLocked)."""
        self._process_event("proc_good", process)

    def process_killed(self, process: ProcessRecord, reason: str) -> None:
        """ActivityManager kills it: Killing, am_kill (ProcessRecord.killLocked); ``process_gone`` follows."""
        self._say("I", "ActivityManager", f"Killing {text_formats.process_short(process)} (adj {process.adj}): {reason}")
        self._process_event("kill", process, reason=reason, rss=process.rss_kb)
        self._noise("process_killed", process)

    def process_gone(self, process: ProcessRecord, *, status: int | None, signal: int | None, by_am: bool) -> None:
        """Zygote's line, am_proc_died and (unless killed by ActivityManager) ``has died``, WIN DEATH of its windows.

        core/jni/com_android_internal_os_Zygote.cpp SigChldHandler; ActivityManagerService.appDiedLocked;
        wm/WindowState.java DeathRecipient.
        """
        if signal is None:
            self._say_as_zygote(process, f"Process {process.pid} exited cleanly ({status or 0})")
        else:
            name = _SIGNAL_NAMES.get(signal, f"Signal {signal}")
            text = self._rom.line("zygote_signal")[1]
            self._say_as_zygote(process, text.format(pid=process.pid, signal=signal, signal_name=name))
        for window in self._device.system.windows:
            if window.pid == process.pid:
                self._say("I", "WindowManager", f"WIN DEATH: {text_formats.window_text(window)}")
        memory = {"free": MEMORY["MemFree:"] // 1024, "cached": MEMORY["MemAvailable:"] // 1024}  # MB; One UI prints them
        if not by_am:
            adj = text_formats.adj_text(process.adj, foreground=self._rom.data["words"]["foreground_adj"])
            state = text_formats.state_text(process.proc_state)
            self._say_line("has_died", "I", process=process.name, pid=process.pid, adj=adj, state=state, **memory)
        state_number = text_formats.state_number(self._device, process.proc_state)
        self._process_event("proc_died", process, proc_state=state_number, free_size=memory["free"], cached_size=memory["cached"])
        if not self._others_of_uid(process):
            self._event("uid_stopped", uid=process.uid)

    def runtime_exit(self, process: ProcessRecord, status: int) -> None:
        """System.exit: the app's own lines before it is gone.

        libcore Runtime.java exit logs under the app's name; AndroidRuntime.cpp (core/jni) the second.
        """
        self._say_as(process, "I", text_formats.thread_name(process.name), f"System.exit called, status: {status}")
        self._say_as(process, "I", "AndroidRuntime", f"VM exiting with result code {status}, cleanup skipped.")

    def crashed(self, process: ProcessRecord, exception: str, message: str, frames: list[str]) -> None:
        """FATAL EXCEPTION in the crash buffer, am_crash; exception is a Java class name.

        core/java/com/android/internal/os/RuntimeInit.java LoggingHandler; ActivityManagerService.handleAppCrashInner;
        wm/Task.java (Force finishing).
        """
        cause = f"{exception}: {message}" if message else exception
        trace = [f"\tat {frame.strip().removeprefix('at ')}" for frame in frames]
        header = ["FATAL EXCEPTION: main", f"Process: {process.name}, PID: {process.pid}"]
        self._say_as(process, "E", "AndroidRuntime", "\n".join([*header, cause, *trace]), buffer="crash")
        place = next((found for frame in frames if (found := _FRAME_PLACE.search(frame))), None)
        file, line = (place[1], int(place[2])) if place else ("Unknown", 0)
        self._process_event("crash", process, flags=_APP_FLAGS, exception=exception, message=message, file=file, line=line, recoverable=0)
        if (activity := self._top_activity(process)) is not None:
            tag = self._rom.line("start")[0]
            self._say("W", tag, f"  Force finishing activity {activity.component.short}")

    def anr(self, process: ProcessRecord, reason: str) -> None:
        """am_anr and ``ANR in`` (ProcessErrorStateRecord.appNotResponding)."""
        activity = self._top_activity(process)
        shown = "" if activity is None else f" ({activity.component.short})"
        self._event("anr", pid=process.pid, package=process.package, flags=_APP_FLAGS, reason=reason)
        lines = [f"ANR in {process.name}{shown}", f"PID: {process.pid}", f"Reason: {reason}"]
        if activity is not None:
            lines.append(f"Parent: {activity.component.short}")
        error = text_formats.identity("anr", process.pid, self._device.clock.uptime)
        lines += [f"ErrorId: {error:0>8}-0000-4000-8000-000000000000", "Frozen: false", "Load: 0.0 / 0.0 / 0.0"]
        self._say("E", "ActivityManager", "\n".join(lines))

    def low_memory_kill(self, process: ProcessRecord) -> None:
        """lmkd's line (system/memory/lmkd/lmkd.cpp kill_one_process); ``process_gone`` with signal 9 follows."""
        tag, text = self._rom.line("low_memory_kill")
        values = {"process": process.name, "pid": process.pid, "uid": process.uid, "adj": process.adj}
        self._say_as_lmkd(tag, text.format(rss=process.rss_kb, **values))

    def force_stopping(self, package: str, uid: int, why: str) -> None:
        """``Force stopping PKG appid=N user=0: why`` (ActivityManagerService.forceStopPackageLocked)."""
        self._say("I", "ActivityManager", f"Force stopping {package} appid={uid % 100000} user=0: {why}")

    def invalid_package(self, package: str) -> None:
        """``Invalid packageName: PKG`` for one that no user has (ActivityManagerService.forceStopPackage)."""
        self._say("W", "ActivityManager", f"Invalid packageName: {package}")

    def _process_event(self, key: str, process: ProcessRecord, **values: object) -> None:
        """An event about a process; which of the values it has is the ROM's data."""
        self._event(key, pid=process.pid, uid=process.uid, process=process.name, adj=process.adj, **values)

    def _others_of_uid(self, process: ProcessRecord) -> bool:
        others = self._device.system.processes.values()
        return any(other.uid == process.uid and other.pid != process.pid and other.alive for other in others)
