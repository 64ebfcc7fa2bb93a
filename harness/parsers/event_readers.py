"""Fields of the events buffer -> events, one reader a tag.

``task_to_front`` and the activity tags are written with the user first (.../wm/EventLogTags.logtags); where a tag has
no user, the one of its uid is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness import events
from harness.parsers.log_fields import (
    Stamp,
    component_name,
    needed_component,
    number,
    package_of,
    process_name,
    user_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from harness.parsers.event_tags import Fields
    from harness.parsers.logcat import LogLine

    FieldReader = Callable[["Fields", LogLine, Stamp], events.Event | None]


def _process_started(fields: Fields, line: LogLine, stamp: Stamp) -> events.Event:
    process, component = process_name(fields["processname"]), component_name(fields.get("component"))
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


def _process_bound(fields: Fields, line: LogLine, stamp: Stamp) -> events.Event:
    return events.ProcessBound(**stamp, user=_user(fields), pid=number(fields["pid"]), process=process_name(fields["processname"]))


def _process_died(fields: Fields, line: LogLine, stamp: Stamp) -> events.Event:
    adj = number(fields["oomadj"]) if "oomadj" in fields else None
    return events.ProcessDied(**stamp, user=_user(fields), pid=number(fields["pid"]), process=process_name(fields["processname"]), adj=adj)


def _process_killed(fields: Fields, line: LogLine, stamp: Stamp) -> events.Event:
    return events.ProcessKilled(
        **stamp,
        user=_user(fields),
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
        user=_plain(fields["pid"]),
        pid=0 if native else pid,
        process=process_name(fields["processname"]),
        exception=fields["exception"],
        message=_text(fields.get("message")),
    )


def _anr(fields: Fields, line: LogLine, stamp: Stamp) -> events.Event:
    return events.Anr(
        **stamp,
        user=_user(fields),
        pid=number(fields["pid"]),
        process=process_name(fields["packagename"]),
        reason=_text(fields.get("reason")),
    )


def _low_memory_killed(fields: Fields, line: LogLine, stamp: Stamp) -> events.Event:
    """lmkd's own entry has no process name (system/memory/lmkd/event.logtags)."""
    reason = fields.get("enumkillreasons")
    text = f"kill reason {reason}" if reason else ""
    user = user_of(number(fields["uid"]))
    return events.LowMemoryKilled(**stamp, user=user, pid=number(fields["pid"]), process="", reason=text)


def _activity_created(fields: Fields, line: LogLine, stamp: Stamp) -> events.Event:
    return events.ActivityCreated(
        **stamp,
        user=_user(fields),
        component=needed_component(fields["componentname"]),
        token=number(fields["token"]),
        task=number(_task(fields)),
        action=_text(fields.get("action")) or None,
    )


def _activity_resumed(fields: Fields, line: LogLine, stamp: Stamp) -> events.Event:
    component = needed_component(fields["componentname"])
    return events.ActivityResumed(
        **stamp, user=_user(fields), component=component, token=number(fields["token"]), task=number(_task(fields))
    )


def _resumed_activity_set(fields: Fields, line: LogLine, stamp: Stamp) -> events.Event | None:
    """``[-1,NULL,...]`` says that nothing is resumed."""
    if fields["componentname"] == "NULL":
        return None
    return events.ActivityResumed(**stamp, user=_user(fields), component=needed_component(fields["componentname"]))


def _activity_paused(fields: Fields, line: LogLine, stamp: Stamp) -> events.Event:
    return events.ActivityPaused(
        **stamp,
        user=_user(fields),
        component=needed_component(fields["componentname"]),
        token=number(fields["token"]),
        reason=_text(fields.get("reason")),
    )


def _activity_stopped(fields: Fields, line: LogLine, stamp: Stamp) -> events.Event:
    component = needed_component(fields["componentname"])
    return events.ActivityStopped(**stamp, user=_user(fields), component=component, token=number(fields["token"]))


def _activity_finished(fields: Fields, line: LogLine, stamp: Stamp) -> events.Event:
    return events.ActivityFinished(
        **stamp,
        user=_user(fields),
        component=needed_component(fields["componentname"]),
        token=number(fields["token"]),
        task=number(_task(fields)),
        reason=fields["reason"],
    )


def _activity_destroyed(fields: Fields, line: LogLine, stamp: Stamp) -> events.Event:
    return events.ActivityDestroyed(
        **stamp,
        user=_user(fields),
        component=needed_component(fields["componentname"]),
        token=number(fields["token"]),
        task=number(_task(fields)),
        reason=_text(fields.get("reason")),
    )


def _task_to_front(fields: Fields, line: LogLine, stamp: Stamp) -> events.Event:
    return events.TaskToFront(**stamp, user=_user(fields), task=number(_task(fields)))


def _service_created(fields: Fields, line: LogLine, stamp: Stamp) -> events.Event:
    return events.ServiceCreated(
        **stamp,
        user=_user(fields),
        service=fields["name"],
        uid=number(fields["uid"]),
        pid=number(fields["pid"]),
    )


def _foreground_service_started(fields: Fields, line: LogLine, stamp: Stamp) -> events.Event:
    """Android 12 and later; the further fields (why it was allowed) differ with the version."""
    return events.ServiceStarted(**stamp, user=_user(fields), component=needed_component(fields["componentname"]))


def _service_restart_scheduled(fields: Fields, line: LogLine, stamp: Stamp) -> events.Event:
    """ActiveServices.java, scheduleServiceRestartLocked; the time is the delay in milliseconds."""
    return events.ServiceRestartScheduled(
        **stamp,
        user=_user(fields),
        component=needed_component(fields["componentname"]),
        delay_ms=number(fields["time"]),
    )


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
    "am_foreground_service_start": _foreground_service_started,
    "am_schedule_service_restart": _service_restart_scheduled,
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


def old_names(tags: Iterable[str]) -> Mapping[str, str]:
    """Every name of ``tags``, to its name in Android 11 and later; 8 to 10 say ``am_`` for ``wm_``."""
    tags = tuple(tags)
    names = {"am_" + tag[3:]: tag for tag in tags if tag.startswith("wm_")}
    return names | {tag: tag for tag in tags}


TAGS = old_names(READERS)
"""Every name of a tag that has an event of its own, to its name in Android 11 and later."""
