"""Facts that Android printed: processes, activities, services, permission answers and gaps of the log."""

from __future__ import annotations

from dataclasses import dataclass

from harness.events.base import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessStarted(Event):
    """``am_proc_start`` or ``Start proc``; ``caller`` only where the ROM prints it; user is uid // 100000."""

    pid: int
    uid: int
    process: str
    package: str
    hosting_type: str
    component: str | None
    caller: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessBound(Event):
    """``am_proc_bound``: the process attached to the system."""

    pid: int
    process: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessDied(Event):
    """``am_proc_died`` or ``has died``: the process is gone, whoever ended it."""

    pid: int
    process: str
    adj: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessKilled(Event):
    """``am_kill`` or ``Killing``: ActivityManager ended it, with its reason (signals.md, section 2.3)."""

    pid: int
    process: str
    reason: str
    adj: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessExited(Event):
    """Zygote's line: ``exited cleanly (status)`` or ``exited due to signal N``; one of the two is None."""

    pid: int
    status: int | None
    signal: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuntimeExited(Event):
    """``System.exit called`` or ``VM exiting with result code``: the app ended itself on purpose; pid is the app's."""

    pid: int
    status: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LowMemoryKilled(Event):
    """lowmemorykiller / lmkd: the system took the memory back."""

    pid: int
    process: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessFrozen(Event):
    """``am_freeze`` / ``am_unfreeze``."""

    pid: int
    process: str
    frozen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Crashed(Event):
    """``am_crash`` or ``FATAL EXCEPTION``; ``frames`` may be empty when the stack was not printed."""

    pid: int
    process: str
    exception: str
    message: str = ""
    frames: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Anr(Event):
    """``am_anr`` or ``ANR in``."""

    pid: int
    process: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ForceStopped(Event):
    """``Force stopping PKG appid=N user=U: REASON``."""

    package: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExitRecorded(Event):
    """One record of ``dumpsys activity exit-info`` (Android 11+); ``at`` is its own timestamp."""

    pid: int
    process: str
    package: str
    reason: int
    subreason: int
    status: int
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityStarted(Event):
    """``START u0 {...} from uid N``: somebody asked for an activity. ``caller`` is the package where it is printed."""

    component: str | None
    action: str | None
    from_uid: int
    data: str | None = None
    caller: str | None = None
    result: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityCreated(Event):
    """``wm_create_activity`` / ``am_create_activity``; ``token`` pairs it with its other events."""

    component: str
    token: int
    task: int
    action: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityResumed(Event):
    """``wm_resume_activity`` / ``wm_set_resumed_activity`` (token None for the latter)."""

    component: str
    token: int | None = None
    task: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityPaused(Event):
    """``wm_pause_activity``."""

    component: str
    token: int
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityStopped(Event):
    """``wm_stop_activity``: no longer visible."""

    component: str
    token: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityFinished(Event):
    """``wm_finish_activity``; reason as printed: app-request, finish-activity, force-stop ..."""

    component: str
    token: int
    task: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityDestroyed(Event):
    """``wm_destroy_activity``."""

    component: str
    token: int
    task: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskToFront(Event):
    """``wm_task_to_front``."""

    task: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskMovedToBack(Event):
    """``moveTaskToBack: Task{...}`` in the system log; ``component`` where the line names the root activity."""

    task: int
    component: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceCreated(Event):
    """``am_create_service``."""

    service: str
    uid: int
    pid: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PermissionResult(Event):
    """``Permission grant result`` of the permission controller: what it answered, also when it showed nothing.

    ``result`` is the number of PERMISSION_GRANT_REQUEST_RESULT_REPORTED (frameworks/proto_logging, atoms.proto).
    """

    package: str
    permission: str
    result: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LogGap(Event):
    """The stream lost lines: a drop marker, a ``chatty`` line, a wrapped buffer or a reconnect."""

    reason: str
