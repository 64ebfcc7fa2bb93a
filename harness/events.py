"""Source and the frozen Event types: all that can be observed.

An event is a fact, never a judgement. Log parsers make the events of the first part, readings that the session took
make those of the second, and the third part is what the harness did itself, so that it is never blamed on the app.
``kind`` of an event is its class name in snake_case; ``apprights parse`` and ``events.jsonl`` print it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cache
from typing import NamedTuple


class Source(StrEnum):
    """Where a fact was seen. The first four are logcat buffers, each recorded as a stream of its own."""

    EVENTS = "events"
    MAIN = "main"
    SYSTEM = "system"
    CRASH = "crash"
    TREE = "tree"
    PIXELS = "pixels"
    DUMP = "dump"
    SESSION = "session"


LOG_SOURCES = (Source.EVENTS, Source.MAIN, Source.SYSTEM, Source.CRASH)


class Instant(NamedTuple):
    """Device time: boot number within the run, and seconds since that boot."""

    boot: int
    uptime: float

    def seconds_since(self, earlier: Instant) -> float:
        """Seconds from ``earlier`` to here; infinite across a reboot (uptimes of two boots cannot be compared)."""
        return self.uptime - earlier.uptime if self.boot == earlier.boot else float("inf")


class Ref(NamedTuple):
    """Where in the run folder the raw text of a fact stands: a relative path and a 1-based line number."""

    path: str
    line: int


@cache
def _kind(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A fact with its device time, the wall clock as the device printed it, its source and its place on disk."""

    at: Instant
    source: Source
    wall: str = ""
    ref: Ref | None = None

    @property
    def kind(self) -> str:
        """Class name in snake_case, e.g. ``process_started``."""
        return _kind(type(self).__name__)

    def details(self) -> dict[str, object]:
        """The fields a kind adds to Event, in order of declaration."""
        base = {"at", "source", "wall", "ref"}
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name not in base}


# --- printed by Android: processes -----------------------------------------------------------------------------------


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


# --- printed by Android: activities, services, tasks -----------------------------------------------------------------


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


# --- readings taken by the session -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class DialogShown(Event):
    """A dialog in the view tree. ``dialog`` says whose: system permission dialog, the app's own, or another.

    ``owner`` is the package that draws it. ``permission_group`` is None where the dialog does not tell.
    ``buttons`` maps a role (deny, allow, one_time, foreground, negative, positive, close) to its text.
    ``box`` is x, y, width, height in screen pixels. ``screenshot`` is a path in the run folder.
    """

    dialog: DialogKind
    owner: str
    text: str
    permission_group: str | None
    box: tuple[int, int, int, int]
    buttons: tuple[tuple[str, str], ...] = ()
    screenshot: str | None = None


class DialogKind(StrEnum):
    """Whose dialog it is and what it asks for."""

    PERMISSION = "permission"  # the system's or the ROM's own permission dialog
    RATIONALE = "rationale"  # the app's own modal that asks for a permission or explains one
    SETTINGS_GUIDE = "settings_guide"  # the app's own modal that sends the user to the settings
    CONSENT = "consent"  # privacy policy consent
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class DialogGone(Event):
    """A dialog seen before is no longer in the view tree."""

    dialog: DialogKind
    owner: str
    permission_group: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PopupSeen(Event):
    """A pop-up in the pixels: the independent witness of DialogShown. ``alpha`` is the scrim's, None without scrim."""

    screenshot: str
    box: tuple[int, int, int, int]
    alpha: float | None
    confidence: float
    against: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenshotTaken(Event):
    """A picture of the screen; ``why``: empty for a new dialog, after-denial, app-left, end-of-watch, stuck."""

    screenshot: str
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FocusSeen(Event):
    """Which activity was resumed when the session asked; None when nothing was."""

    package: str | None
    component: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessesSeen(Event):
    """The pids of the app under test when the session asked: ((pid, process), ...); empty when none lives."""

    package: str
    processes: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PermissionFlagsRead(Event):
    """State of one runtime permission in ``dumpsys package``: granted, and flags such as USER_SET, USER_FIXED."""

    package: str
    permission: str
    granted: bool
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CanarySeen(Event):
    """A known event that the harness caused came through on ``source``: the stream was alive at ``caused``.

    ``caused`` is the harness's own reckoning, so that it compares exactly with the ends of segments; ``at`` is the time
    that the log printed, which may differ by the uncertainty of the clock probes.
    """

    canary: str
    caused: Instant


# --- acts of the harness ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioStarted(Event):
    """A segment of the run begins: ``first-launch``, ``cold-start-1`` ..."""

    segment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioEnded(Event):
    """The segment is over; ``note`` says why it ended early."""

    segment: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamOpened(Event):
    """Recording of ``stream`` began."""

    stream: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamLost(Event):
    """Recording of ``stream`` broke off."""

    stream: Source
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamClosed(Event):
    """Recording of ``stream`` ended as planned."""

    stream: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Tapped(Event):
    """A touch of ours. ``purpose``: deny, close, consent-accept, consent-refuse, function."""

    x: int
    y: int
    purpose: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PermissionDenied(Event):
    """Our tap on the plain deny button of a system permission dialog.

    ``proof`` says what showed that the tap did it: ``flags`` (USER_SET or USER_FIXED appeared), ``gone`` (only the
    dialog went away) or ``none``. ``again`` is True for the "don't ask again" button.
    """

    package: str
    permission_group: str | None
    button: str
    again: bool
    proof: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DialogClosed(Event):
    """Our press of the negative control of the app's own dialog."""

    dialog: DialogKind
    permission_group: str | None
    button: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ModalStuck(Event):
    """The app's own permission modal stayed, although each of its controls that says no was pressed."""

    permission_group: str | None
    text: str
    screenshot: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentShown(Event):
    """The privacy policy asked for consent."""

    text: str
    box: tuple[int, int, int, int]
    screenshot: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentGiven(Event):
    """We pressed agree."""

    button: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRefused(Event):
    """We pressed disagree."""

    button: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionUsed(Event):
    """We used a function of the app by its text; what follows on its subject is explained by it (verdicts.md)."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AppLaunched(Event):
    """We started the app from its launcher activity."""

    package: str
    component: str
    cold: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AppStopped(Event):
    """We ended the app. ``how``: force-stop, clear, reinstall, home, kill."""

    package: str
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPressed(Event):
    """A key of ours: home, back ..."""

    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockChanged(Event):
    """The wall clock moved against the uptime by ``seconds`` between two probes."""

    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(Event):
    """Something a reader of the run should know: a dump that came empty, a step that could not be done."""

    text: str
    problem: bool = False


EVENT_TYPES: dict[str, type[Event]] = {_kind(cls.__name__): cls for cls in Event.__subclasses__()}
