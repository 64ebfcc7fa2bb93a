"""Fields of the events buffer -> events, one reader a tag.

``task_to_front`` and the activity tags are written with the user first (.../wm/EventLogTags.logtags); where a tag has
no user, the one of its uid is told.
"""

from collections.abc import Callable, Iterable, Mapping

from harness import events
from harness.parsers.event_tags import Fields
from harness.parsers.log_fields import Stamp, component_name, needed_component, number, package_of, process_name, user_of
from harness.parsers.logcat import LogLine

FieldReader = Callable[["Fields", LogLine, Stamp], events.Event | None]


def _reader(kind: Callable[..., events.Event], **parts: Callable[[Fields], object]) -> FieldReader:
    """Make a reader of a tag whose event has these fields, and the user that the tag names."""

    def read(fields: Fields, line: LogLine, stamp: Stamp) -> events.Event:
        return kind(**stamp, user=_user(fields), **{name: part(fields) for name, part in parts.items()})

    return read


def _number(name: str) -> Callable[[Fields], int]:
    return lambda fields: number(fields[name])


def _reason(fields: Fields) -> str:
    """It may be absent or null."""
    return _text(fields.get("reason"))


def _printed(name: str) -> Callable[[Fields], str]:
    return lambda fields: fields[name]


def _process(fields: Fields) -> str:
    return process_name(fields["processname"])


def _component(fields: Fields) -> str:
    return needed_component(fields["componentname"])


def _task(fields: Fields) -> int:
    return number(fields["taskid"] if "taskid" in fields else fields["task"])


def _process_started(fields: Fields, line: LogLine, stamp: Stamp) -> events.Event:
    process, component = _process(fields), component_name(fields.get("component"))
    return events.ProcessStarted(
        **stamp,
        user=_user(fields),
        pid=number(fields["pid"]),
        uid=number(fields["uid"]),
        process=process,
        package=package_of(process, component),
        hosting_type=_text(fields.get("type")),
        component=component,
    )


def _process_frozen(fields: Fields, line: LogLine, stamp: Stamp) -> events.Event:
    return events.ProcessFrozen(**stamp, pid=number(fields["pid"]), process=_process(fields), frozen=line.tag == "am_freeze")


def _crashed(fields: Fields, line: LogLine, stamp: Stamp) -> events.Event:
    """The tag declares User,PID but ``handleApplicationCrashInner`` writes PID,User (ActivityManagerService.java).

    For a native crash the first value is system_server's own pid, because its listener thread has no binder caller:
    the pid of the app is then unknown (0); libc's own line has it.
    """
    pid = number(fields["user"])
    native = fields["exception"] == "Native crash" and pid == line.pid
    return events.Crashed(
        **stamp,
        user=_plain(fields["pid"]),
        pid=0 if native else pid,
        process=_process(fields),
        exception=fields["exception"],
        message=_text(fields.get("message")),
    )


def _low_memory_killed(fields: Fields, line: LogLine, stamp: Stamp) -> events.Event:
    """lmkd's own entry has no process name (system/memory/lmkd/event.logtags)."""
    reason = fields.get("enumkillreasons")
    text = f"kill reason {reason}" if reason else ""
    user = user_of(number(fields["uid"]))
    return events.LowMemoryKilled(**stamp, user=user, pid=number(fields["pid"]), process="", reason=text)


def _resumed_activity_set(fields: Fields, line: LogLine, stamp: Stamp) -> events.Event | None:
    """``[-1,NULL,...]`` says that nothing is resumed."""
    if fields["componentname"] == "NULL":
        return None
    return events.ActivityResumed(**stamp, user=_user(fields), component=_component(fields))


def tag_logged(fields: Fields, line: LogLine, stamp: Stamp) -> events.Event:
    """A tag without an event of its own. The ``on_..._called`` tags of Android 9 and 10 begin with the user."""
    values = dict(fields)
    if line.tag.startswith("am_on_") and "token" in values:
        values = {"user" if name == "token" else name: value for name, value in values.items()}
    user = values.get("user", values.get("userid"))
    uid = values.get("uid")
    owner = _plain(user) if user is not None else user_of(number(uid)) if uid is not None else None
    return events.TagLogged(**stamp, user=owner, tag=line.tag, values=values)


def _user(fields: Fields) -> int | None:
    return _plain(fields["user"])


def _plain(text: str) -> int | None:
    """A user; -1 (all, or nobody) is none."""
    user = number(text)
    return user if user >= 0 else None


def _text(value: str | None) -> str:
    """A string field; a null string is printed as NULL."""
    return "" if value is None or value == "NULL" else value


_LIFE: dict[str, Callable[[Fields], object]] = {"pid": _number("pid"), "process": _process}
_PAGE: dict[str, Callable[[Fields], object]] = {"component": _component, "token": _number("token")}
_PAGE_IN_TASK = _PAGE | {"task": _task}

READERS: Mapping[str, FieldReader] = {
    "am_proc_start": _process_started,
    "am_proc_bound": _reader(events.ProcessBound, **_LIFE),
    "am_proc_died": _reader(events.ProcessDied, **_LIFE, adj=lambda fields: number(fields["oomadj"]) if "oomadj" in fields else None),
    "am_kill": _reader(events.ProcessKilled, **_LIFE, reason=_printed("reason"), adj=_number("oomadj")),
    "am_freeze": _process_frozen,
    "am_unfreeze": _process_frozen,
    "am_crash": _crashed,
    "am_anr": _reader(events.Anr, pid=_number("pid"), process=lambda fields: process_name(fields["packagename"]), reason=_reason),
    "killinfo": _low_memory_killed,
    "am_create_service": _reader(events.ServiceCreated, service=_printed("name"), uid=_number("uid"), pid=_number("pid")),
    # Android 12 and later; the further fields (why it was allowed) differ with the version
    "am_foreground_service_start": _reader(events.ServiceStarted, component=_component),
    # ActiveServices.java, scheduleServiceRestartLocked; the time is the delay in milliseconds
    "am_schedule_service_restart": _reader(events.ServiceRestartScheduled, component=_component, delay_ms=_number("time")),
    "wm_create_activity": _reader(events.ActivityCreated, **_PAGE_IN_TASK, action=lambda fields: _text(fields.get("action")) or None),
    "wm_resume_activity": _reader(events.ActivityResumed, **_PAGE_IN_TASK),
    "wm_set_resumed_activity": _resumed_activity_set,
    "wm_pause_activity": _reader(events.ActivityPaused, **_PAGE, reason=_reason),
    "wm_stop_activity": _reader(events.ActivityStopped, **_PAGE),
    "wm_finish_activity": _reader(events.ActivityFinished, **_PAGE_IN_TASK, reason=_printed("reason")),
    "wm_destroy_activity": _reader(events.ActivityDestroyed, **_PAGE_IN_TASK, reason=_reason),
    "wm_task_to_front": _reader(events.TaskToFront, task=_task),
}
"""Reader of each tag, under its name in Android 11 and later."""


def old_names(tags: Iterable[str]) -> Mapping[str, str]:
    """Every name of ``tags``, to its name in Android 11 and later; 8 to 10 say ``am_`` for ``wm_``."""
    tags = tuple(tags)
    names = {"am_" + tag[3:]: tag for tag in tags if tag.startswith("wm_")}
    return names | {tag: tag for tag in tags}


TAGS = old_names(READERS)
"""Every name of a tag that has an event of its own, to its name in Android 11 and later."""
