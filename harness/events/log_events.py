"""Facts that Android printed: processes, activities, services, permission answers and gaps of the log."""

from dataclasses import dataclass

from harness.events.base import Event, JournalFact
from harness.events.permission_groups import group_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged(Event):
    """A fact that Android printed; ``user`` is the Android user it happened in, None where the line does not tell.

    Clones, work profiles and second spaces are users of their own: 0 is the owner, 10 or 11 often a work profile, 95,
    150 or 999 a clone space of the maker.
    """

    user: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessStarted(Logged):
    """``am_proc_start`` or ``Start proc``; ``caller`` only where the ROM prints it."""

    pid: int
    uid: int
    process: str
    package: str
    hosting_type: str
    component: str | None
    caller: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessBound(Logged):
    """``am_proc_bound``: the process attached to the system."""

    pid: int
    process: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessDied(Logged):
    """``am_proc_died`` or ``has died``: the process is gone, whoever ended it."""

    pid: int
    process: str
    adj: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessKilled(Logged):
    """``am_kill`` or ``Killing``: ActivityManager ended it, with its reason (docs/signals.md 8.2)."""

    pid: int
    process: str
    reason: str
    adj: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessExited(Logged):
    """Zygote's line: ``exited cleanly (status)`` or ``exited due to signal N``; one of the two is None."""

    pid: int
    status: int | None
    signal: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuntimeExited(Logged):
    """``System.exit called`` or ``VM exiting with result code``: the app ended itself on purpose; pid is the app's."""

    pid: int
    status: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LowMemoryKilled(Logged):
    """lowmemorykiller / lmkd: the system took the memory back."""

    pid: int
    process: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessFrozen(Logged):
    """``am_freeze`` / ``am_unfreeze``."""

    pid: int
    process: str
    frozen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AppFrozen(Logged):
    """A ROM's own freezer stopped or thawed an app: ``package`` is "" and ``pids`` are none where the line has none."""

    uid: int | None
    package: str
    pids: tuple[int, ...]
    frozen: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Crashed(Logged):
    """``am_crash`` or ``FATAL EXCEPTION``; ``frames`` may be empty when the stack was not printed."""

    pid: int
    process: str
    exception: str
    message: str = ""
    frames: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Anr(Logged):
    """``am_anr`` or ``ANR in``."""

    pid: int
    process: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ForceStopped(Logged):
    """``Force stopping PKG appid=N user=U: REASON``."""

    package: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExitRecorded(Logged):
    """One record of ``dumpsys activity exit-info`` (Android 11+); ``at`` is its own timestamp."""

    pid: int
    process: str
    package: str
    reason: int
    subreason: int
    status: int
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityStarted(Logged):
    """``START u0 {...} from uid N``: somebody asked for an activity.

    ``caller`` is the package where it is printed; ``by_stack``: none is, and the printed stack is all of that one.
    """

    component: str | None
    action: str | None
    from_uid: int
    data: str | None = None
    caller: str | None = None
    by_stack: bool = False
    result: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityCreated(Logged):
    """``wm_create_activity`` / ``am_create_activity``; ``token`` pairs it with its other events."""

    component: str
    token: int
    task: int
    action: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityResumed(Logged):
    """``wm_resume_activity`` / ``wm_set_resumed_activity`` (token None for the latter)."""

    component: str
    token: int | None = None
    task: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityPaused(Logged):
    """``wm_pause_activity``."""

    component: str
    token: int
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityStopped(Logged):
    """``wm_stop_activity``: no longer visible."""

    component: str
    token: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityFinished(Logged):
    """``wm_finish_activity``; reason as printed: app-request, finish-activity, force-stop ..."""

    component: str
    token: int
    task: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityDestroyed(Logged):
    """``wm_destroy_activity``."""

    component: str
    token: int
    task: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskToFront(Logged):
    """``wm_task_to_front``."""

    task: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskMovedToBack(Logged):
    """``moveTaskToBack: Task{...}`` in the system log; ``component`` where the line names the root activity."""

    task: int
    component: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceCreated(Logged):
    """``am_create_service``."""

    service: str
    uid: int
    pid: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PermissionResult(Logged):
    """``Permission grant result`` of the permission controller: what it answered, also when it showed nothing.

    ``result`` is the number of PERMISSION_GRANT_REQUEST_RESULT_REPORTED (frameworks/proto_logging, atoms.proto).
    """

    package: str
    permission: str
    result: int

    @property
    def permission_group(self) -> str | None:
        return group_of(self.permission)

    @property
    def granted(self) -> bool | None:
        """Whether the user allowed it; None where the user was not asked."""
        return {4: True, 10: True, 6: False, 7: False}.get(self.result)  # USER_GRANTED, _ONE_TIME, USER_DENIED, _WITH_PREJUDICE


@dataclass(frozen=True, slots=True, kw_only=True)
class LogGap(Event):
    """The stream lost lines: a drop marker, a ``chatty`` line, a wrapped buffer or a reconnect."""

    reason: str
    reason_zh: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandSent(JournalFact):
    """A shell command that this computer sent to the phone, whatever it is for."""

    command: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AdbCommandLogged(Event):
    """A line of the phone's own log of adb commands; a command of several lines is as many events.

    ``interactive``: a shell was opened, and what is typed there is not logged.
    """

    command: str
    interactive: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignCommand(Event):
    """A command that the phone logged and this computer did not send: somebody else drove the phone meanwhile.

    ``acts``: it may change what happens, and not only read.
    """

    command: str
    acts: bool
