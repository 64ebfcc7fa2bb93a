"""Writes to the log: the common part of the narrators.

Events are named by us (``finish_activity``); the ROM's data says what this version calls them and which values it
writes. The same for lines that differ between versions. So a further version is data alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from device_farm.virtual.framework import text_formats
from device_farm.virtual.framework.records.system_records import ActivityRecord, ProcessRecord, Task

if TYPE_CHECKING:
    from device_farm.virtual.device import VirtualDevice

ROOT, SYSTEM = 0, 1000
LMKD = 1069  # AID_LMKD (system/core libcutils android_filesystem_config.h)

_SYSTEM_PID = 1290  # of system_server, until the runtime has one
_ZYGOTE_PID, _LMKD_PID = 412, 388
_HANDLER_TID, _BINDER_TID = 17, 1203  # added to the pid of system_server
_MAX_PAYLOAD = 4068  # LOGGER_ENTRY_MAX_PAYLOAD (system/logging liblog/include/log/log_read.h)

# What the lifecycle events of 14 and later give as duration in ms: small numbers that are the same in every run.
_CALLBACK_MS = {"on_create": 12, "on_start": 4, "on_resume": 1, "on_paused": 1, "on_stop": 2, "on_destroy": 3}


class LogWriter:
    """Writes events and lines with the pid and uid of the process that prints them on a phone."""

    def __init__(self, device: VirtualDevice) -> None:
        self._device = device
        self._logs = device.logs
        self._rom = device.rom

    def _event(self, key: str, **values: object) -> None:
        """Write one event as system_server does (EventLog.writeEvent); nothing where this version lacks the tag."""
        self._event_of(key, self._system_pid, SYSTEM, self._system_pid + _BINDER_TID, values)

    def _app_event(self, key: str, activity: ActivityRecord, reason: str) -> None:
        """Write a lifecycle event as the app's main thread does (core/java/android/app/Activity.java writeEventLog)."""
        process = activity.process
        if process is None or not process.alive:
            return
        values = {"token": activity.token, "class_name": activity.component.class_name, "reason": reason, "time": _CALLBACK_MS.get(key, 0)}
        self._event_of(key, process.pid, process.uid, process.pid, values)

    def _event_of(self, key: str, pid: int, uid: int, tid: int, values: dict[str, Any]) -> None:
        tag = self._rom.event(key)
        if tag is None:
            return
        known = {"user": 0, "display": 0, "windowing_mode": 1, "own_root": values.get("task"), **values}
        written = [known[name] for name in tag.values]
        short = [value[:_MAX_PAYLOAD] if isinstance(value, str) else value for value in written]
        self._logs.event(tag.name, *short, pid=pid, uid=uid, tid=tid)

    def _say(self, priority: str, tag: str, text: str) -> None:
        """Write a line to the system buffer as system_server does (android.util.Slog)."""
        pid = self._system_pid
        self._logs.write("system", priority, tag, text[:_MAX_PAYLOAD], pid=pid, uid=SYSTEM, tid=pid + _HANDLER_TID)

    def _say_line(self, key: str, priority: str, **values: object) -> None:
        """Write a line whose text is in the ROM's data, as system_server does."""
        tag, text = self._rom.line(key)
        self._say(priority, tag, text.format(**values))

    def _say_as(self, process: ProcessRecord, priority: str, tag: str, text: str, *, buffer: str = "main") -> None:
        """Write a line as an app does (android.util.Log), on its main thread."""
        self._logs.write(buffer, priority, tag, text[:_MAX_PAYLOAD], pid=process.pid, uid=process.uid)

    def _say_as_zygote(self, process: ProcessRecord, text: str, *, priority: str = "I") -> None:
        """Write a line as the zygote that forked ``process``."""
        self._logs.write("main", priority, "Zygote", text, pid=process.parent_pid or _ZYGOTE_PID, uid=ROOT)

    def _say_as_lmkd(self, tag: str, text: str) -> None:
        self._logs.write("main", "I", tag, text, pid=_LMKD_PID, uid=LMKD)

    def _noise(self, key: str, process: ProcessRecord) -> None:
        """Write what a phone writes besides at this moment: fixed lines, so that a run is the same each time."""
        package = self._device.system.packages.get(process.package)
        values = {
            "pid": process.pid,
            "uid": process.uid,
            "thread": text_formats.thread_name(process.name),
            "code_path": "" if package is None else package.code_path,
        }
        for line in self._rom.data["noise"].get(key, []):
            pid, uid = (process.pid, process.uid) if line["by"] == "app" else (self._system_pid, SYSTEM)
            tag, text = line["tag"].format(**values), line["text"].format(**values)
            self._logs.write(line["buffer"], line["priority"], tag, text, pid=pid, uid=uid)

    @property
    def _system_pid(self) -> int:
        processes: dict[int, ProcessRecord] = self._device.system.processes
        running = (process.pid for process in processes.values() if process.name in ("system", "system_server"))
        return next(running, _SYSTEM_PID)

    def _top_activity(self, process: ProcessRecord) -> ActivityRecord | None:
        tasks: list[Task] = self._device.system.tasks
        for task in reversed(tasks):
            for activity in reversed(task.activities):
                if activity.process is process:
                    return activity
        return None
