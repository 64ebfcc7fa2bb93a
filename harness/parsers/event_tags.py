"""The events buffer: bodies such as ``[0,2617,com.android.dialer,985,empty #17]`` -> events.

Fields and their order: frameworks/base/services/core/java/com/android/server/am/EventLogTags.logtags and .../wm/
EventLogTags.logtags. Android 11 renamed the lifecycle tags from ``am_`` to ``wm_``; numbers and fields stayed, later
versions append fields. A device's own ``/system/etc/event-log-tags`` has the same syntax and beats the table here.
Strings are not escaped (``printBinaryEvent`` in liblog), so the one free text of a tag may hold commas: fields are
counted from both ends.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from harness import events
from harness.parsers.reading import (
    Stamp,
    Unreadable,
    component_name,
    needed_component,
    number,
    package_of,
    process_name,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from harness.parsers.logcat import LogLine

    FieldReader = Callable[["Fields", LogLine, Stamp], events.Event | None]

_INT = "1"  # field types of event-log-tags: 1 int, 2 long, 3 string, 4 list, 5 float
_LONG = "2"

# 30023 am_kill (User|1|5),(PID|1|5),(Process Name|3),(OomAdj|1|5),(Reason|3),(Rss|2|2)
_ENTRY = re.compile(r"\d+[ \t]+(\w+)[ \t]*(.*)$")
_FIELD = re.compile(r"\(([^|)]+)\|(\d)(?:\|\d+)?\)")
_INTEGER = re.compile(r"-?\d+$")

# The one field of a tag that is free text and may hold commas.
_FREE_TEXT = {"am_kill": "reason", "am_anr": "reason", "am_crash": "message"}

_OURS = """\
30001 wm_finish_activity (User|1),(Token|1),(Task ID|1),(Component Name|3),(Reason|3)
30002 wm_task_to_front (User|1),(Task|1)
30005 wm_create_activity (User|1),(Token|1),(Task ID|1),(Component Name|3),(Action|3),(MIME Type|3),(URI|3),(Flags|1)
30007 wm_resume_activity (User|1),(Token|1),(Task ID|1),(Component Name|3)
30008 am_anr (User|1),(pid|1),(Package Name|3),(Flags|1),(reason|3)
30010 am_proc_bound (User|1),(PID|1),(Process Name|3)
30011 am_proc_died (User|1),(PID|1),(Process Name|3),(OomAdj|1),(ProcState|1)
30013 wm_pause_activity (User|1),(Token|1),(Component Name|3),(User Leaving|3),(Reason|3)
30014 am_proc_start (User|1),(PID|1),(UID|1),(Process Name|3),(Type|3),(Component|3)
30018 wm_destroy_activity (User|1),(Token|1),(Task ID|1),(Component Name|3),(Reason|3)
30023 am_kill (User|1),(PID|1),(Process Name|3),(OomAdj|1),(Reason|3),(Rss|2)
30030 am_create_service (User|1),(Service Record|1),(Name|3),(UID|1),(PID|1)
30039 am_crash (User|1),(PID|1),(Process Name|3),(Flags|1),(Exception|3),(Message|3),(File|3),(Line|1),(Recoverable|1)
30043 wm_set_resumed_activity (User|1),(Component Name|3),(Reason|3)
30048 wm_stop_activity (User|1),(Token|1),(Component Name|3)
30068 am_freeze (Pid|1),(Process Name|3)
30069 am_unfreeze (Pid|1),(Process Name|3)
10195355 killinfo (Pid|1),(Uid|1),(OomAdj|1),(MinOomAdj|1),(TaskSize|1),(enum kill_reasons|1)
"""


class Fields(dict[str, str]):
    """Values by field name; names are lower case without blanks, as ``processname``."""

    def __missing__(self, name: str) -> str:
        raise Unreadable(f"no field {name}")


class EventTags:
    """Which fields each tag of the events buffer has."""

    def __init__(self, fields: Mapping[str, tuple[tuple[str, str], ...]]) -> None:
        """Keep ``fields``: tag to its (name, type) pairs."""
        self._fields = fields

    @classmethod
    def from_text(cls, text: str) -> EventTags:
        """Read a device's own ``/system/etc/event-log-tags``.

        A tag keeps our fields where the device lacks it or names its fields in another way than Android does.
        """
        fields, own = _parse(_OURS), _parse(text)
        for tag, ours in fields.items():
            entry = own.get(tag) or own.get("am_" + tag[3:], ())
            names = {name for name, _ in entry}
            lacks = [name not in names for name, _ in ours]
            if lacks == sorted(lacks) and not any(lacks[:3]):  # only later fields may be absent
                fields[tag] = entry
        return cls(fields)

    @classmethod
    def default(cls) -> EventTags:
        """The fields of Android, of all versions from 8 on."""
        return cls(_parse(_OURS))

    def split(self, tag: str, body: str) -> Fields:
        """Give the fields of a ``[...]`` body by name; fields that are absent (older Android) are left out.

        Raises Unreadable for a body without its brackets (cut) and for a type that does not fit.
        """
        if not (body.startswith("[") and body.endswith("]")):
            raise Unreadable(body)
        names = self._fields[tag]
        values = body[1:-1].split(",")
        free = _FREE_TEXT.get(tag)
        place = next((index for index, (name, _) in enumerate(names) if name == free), None)
        if place is not None and len(values) > place:
            values = _join_free_text(values, place, names[place + 1 :])
        fields = Fields()
        for (name, kind), value in zip(names, values, strict=False):
            if kind in (_INT, _LONG) and not _INTEGER.match(value):
                raise Unreadable(body)
            fields[name] = value
        return fields


def _parse(text: str) -> dict[str, tuple[tuple[str, str], ...]]:
    entries = {}
    for line in text.splitlines():
        if entry := _ENTRY.match(line.strip()):
            fields = _FIELD.findall(entry[2])
            entries[entry[1]] = tuple((re.sub(r"[\s_]", "", name).lower(), kind) for name, kind in fields)
    return entries


def _join_free_text(values: list[str], place: int, tail: tuple[tuple[str, str], ...]) -> list[str]:
    """Put the commas of the free text at ``place`` back; of ``tail`` as many fields are there as fit by type."""
    rest = values[place:]
    for count in range(min(len(tail), len(rest) - 1), -1, -1):
        last = rest[len(rest) - count :]
        if all(kind not in (_INT, _LONG) or _INTEGER.match(text) for (_, kind), text in zip(tail, last, strict=False)):
            return [*values[:place], ",".join(rest[: len(rest) - count]), *last]
    return values


def _process_started(fields: Fields, line: LogLine, stamp: Stamp) -> events.Event:
    process, component = process_name(fields["processname"]), component_name(fields.get("component"))
    return events.ProcessStarted(
        **stamp,
        pid=number(fields["pid"]),
        uid=number(fields["uid"]),
        process=process,
        package=package_of(process, component),
        hosting_type=fields.get("type", ""),
        component=component,
    )


def _process_bound(fields: Fields, line: LogLine, stamp: Stamp) -> events.Event:
    return events.ProcessBound(**stamp, pid=number(fields["pid"]), process=process_name(fields["processname"]))


def _process_died(fields: Fields, line: LogLine, stamp: Stamp) -> events.Event:
    adj = number(fields["oomadj"]) if "oomadj" in fields else None
    return events.ProcessDied(**stamp, pid=number(fields["pid"]), process=process_name(fields["processname"]), adj=adj)


def _process_killed(fields: Fields, line: LogLine, stamp: Stamp) -> events.Event:
    return events.ProcessKilled(
        **stamp,
        pid=number(fields["pid"]),
        process=process_name(fields["processname"]),
        reason=fields["reason"],
        adj=number(fields["oomadj"]),
    )


def _process_frozen(fields: Fields, line: LogLine, stamp: Stamp) -> events.Event:
    return events.ProcessFrozen(
        **stamp,
        pid=number(fields["pid"]),
        process=process_name(fields["processname"]),
        frozen=line.tag == "am_freeze",
    )


def _crashed(fields: Fields, line: LogLine, stamp: Stamp) -> events.Event:
    """The tag declares User,PID but ``handleApplicationCrashInner`` writes PID,User (ActivityManagerService.java).

    For a native crash the first value is system_server's own pid, because its listener thread has no binder caller:
    the pid of the app is then unknown (0); libc's own line has it.
    """
    pid = number(fields["user"])
    native = fields["exception"] == "Native crash" and pid == line.pid
    return events.Crashed(
        **stamp,
        pid=0 if native else pid,
        process=process_name(fields["processname"]),
        exception=fields["exception"],
        message=_text(fields.get("message")),
    )


def _anr(fields: Fields, line: LogLine, stamp: Stamp) -> events.Event:
    return events.Anr(
        **stamp,
        pid=number(fields["pid"]),
        process=process_name(fields["packagename"]),
        reason=_text(fields.get("reason")),
    )


def _low_memory_killed(fields: Fields, line: LogLine, stamp: Stamp) -> events.Event:
    """lmkd's own entry has no process name (system/memory/lmkd/event.logtags)."""
    reason = fields.get("enumkillreasons")
    text = f"kill reason {reason}" if reason else ""
    return events.LowMemoryKilled(**stamp, pid=number(fields["pid"]), process="", reason=text)


def _activity_created(fields: Fields, line: LogLine, stamp: Stamp) -> events.Event:
    return events.ActivityCreated(
        **stamp,
        component=needed_component(fields["componentname"]),
        token=number(fields["token"]),
        task=number(_task(fields)),
        action=_text(fields.get("action")) or None,
    )


def _activity_resumed(fields: Fields, line: LogLine, stamp: Stamp) -> events.Event:
    component = needed_component(fields["componentname"])
    return events.ActivityResumed(
        **stamp, component=component, token=number(fields["token"]), task=number(_task(fields))
    )


def _resumed_activity_set(fields: Fields, line: LogLine, stamp: Stamp) -> events.Event | None:
    """``[-1,NULL,...]`` says that nothing is resumed."""
    if fields["componentname"] == "NULL":
        return None
    return events.ActivityResumed(**stamp, component=needed_component(fields["componentname"]))


def _activity_paused(fields: Fields, line: LogLine, stamp: Stamp) -> events.Event:
    return events.ActivityPaused(
        **stamp,
        component=needed_component(fields["componentname"]),
        token=number(fields["token"]),
        reason=_text(fields.get("reason")),
    )


def _activity_stopped(fields: Fields, line: LogLine, stamp: Stamp) -> events.Event:
    component = needed_component(fields["componentname"])
    return events.ActivityStopped(**stamp, component=component, token=number(fields["token"]))


def _activity_finished(fields: Fields, line: LogLine, stamp: Stamp) -> events.Event:
    return events.ActivityFinished(
        **stamp,
        component=needed_component(fields["componentname"]),
        token=number(fields["token"]),
        task=number(_task(fields)),
        reason=fields["reason"],
    )


def _activity_destroyed(fields: Fields, line: LogLine, stamp: Stamp) -> events.Event:
    return events.ActivityDestroyed(
        **stamp,
        component=needed_component(fields["componentname"]),
        token=number(fields["token"]),
        task=number(_task(fields)),
        reason=_text(fields.get("reason")),
    )


def _task_to_front(fields: Fields, line: LogLine, stamp: Stamp) -> events.Event:
    return events.TaskToFront(**stamp, task=number(_task(fields)))


def _service_created(fields: Fields, line: LogLine, stamp: Stamp) -> events.Event:
    return events.ServiceCreated(
        **stamp, service=fields["name"], uid=number(fields["uid"]), pid=number(fields["pid"])
    )


def _task(fields: Fields) -> str:
    return fields["taskid"] if "taskid" in fields else fields["task"]


def _text(value: str | None) -> str:
    """A string field; a null string is printed as NULL."""
    return "" if value is None or value == "NULL" else value


READERS: Mapping[str, FieldReader] = {
    "am_proc_start": _process_started,
    "am_proc_bound": _process_bound,
    "am_proc_died": _process_died,
    "am_kill": _process_killed,
    "am_freeze": _process_frozen,
    "am_unfreeze": _process_frozen,
    "am_crash": _crashed,
    "am_anr": _anr,
    "killinfo": _low_memory_killed,
    "am_create_service": _service_created,
    "wm_create_activity": _activity_created,
    "wm_resume_activity": _activity_resumed,
    "wm_set_resumed_activity": _resumed_activity_set,
    "wm_pause_activity": _activity_paused,
    "wm_stop_activity": _activity_stopped,
    "wm_finish_activity": _activity_finished,
    "wm_destroy_activity": _activity_destroyed,
    "wm_task_to_front": _task_to_front,
}
"""Reader of each tag, under its name in Android 11 and later."""

TAGS: Mapping[str, str] = {
    **{tag: tag for tag in READERS},
    **{"am_" + tag[3:]: tag for tag in READERS if tag.startswith("wm_")},
}
"""Every name of a tag we read, to its name in Android 11 and later; 8 to 10 say ``am_`` for ``wm_``."""
