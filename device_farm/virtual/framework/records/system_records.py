"""The records of the modelled framework: what exists on the device at a moment.

``runtime`` changes them, ``narrator`` tells of the changes in the log, ``dumps`` prints them as dumpsys does. They are
named after Android's own records (ActivityRecord, ProcessRecord ... of frameworks/base services/core).
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, runtime_checkable

from device_farm.virtual.vocabulary.widgets import Widget

if TYPE_CHECKING:
    from device_farm.virtual.framework.records.start_cause import Cause


@dataclass(slots=True)
class PermissionState:
    """One runtime permission of one package; flags by Android's names: USER_SET, USER_FIXED, ONE_TIME ..."""

    granted: bool = False
    flags: set[str] = field(default_factory=set)


class ComponentKind(StrEnum):
    """Kinds of manifest components."""

    ACTIVITY = "activity"
    SERVICE = "service"
    RECEIVER = "receiver"
    PROVIDER = "provider"


@dataclass(slots=True)
class Component:
    """A component of a package. ``class_name`` is full (``com.example.shop.Main``)."""

    kind: ComponentKind
    package: str
    class_name: str
    process: str
    exported: bool = False
    enabled: bool = True
    enabled_set: bool = False  # by setComponentEnabledSetting: no longer as the manifest has it
    permission: str | None = None
    actions: list[str] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
    data_schemes: dict[str, str] = field(default_factory=dict)
    authority: str | None = None
    priority: int = 0  # of the intent filter; orders the receivers of an ordered broadcast
    sdk: str | None = None  # name of the Sdk it belongs to
    python_class: type[Any] | None = None  # None: from a real APK, its code is not run

    @property
    def short(self) -> str:
        """``pkg/.Main``, ``pkg/full.Name`` where the package is another (ComponentName.flattenToShortString)."""
        name = self.class_name
        if name.startswith(self.package + "."):
            name = name[len(self.package) :]
        return f"{self.package}/{name}"


@dataclass(slots=True)
class Package:
    """An installed package. Times are wall seconds. ``signer`` is the SHA-256 of the certificate, hex.

    ``developer`` is the word that the certificate was made of, empty where it came with a real APK.
    """

    name: str
    label: str
    uid: int
    version_name: str | None = "1.0"
    version_code: int = 1
    min_sdk: int = 21
    target_sdk: int = 33
    requested_permissions: list[str] = field(default_factory=list)
    runtime_permissions: dict[str, PermissionState] = field(default_factory=dict)
    components: list[Component] = field(default_factory=list)
    signer: str = ""
    developer: str = ""
    labels: dict[str, str] = field(default_factory=dict)  # by language, "" is the default; none where it has one label
    icon: bytes = b""  # a PNG
    classes: dict[str, str] = field(default_factory=dict)  # each of its APK, and what it extends
    files: dict[str, bytes] = field(default_factory=dict)  # further files of its APK, by path
    system: bool = False
    persistent: bool = False
    stopped: bool = True
    not_launched: bool = True
    enabled: bool = True
    installer: str | None = None
    code_path: str = ""
    first_install: float = 0.0
    last_update: float = 0.0
    queries: list[str] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)  # what survives in /data/data: SharedPreferences
    app_class: type[Any] | None = None  # None: from a real APK, its code is not run
    development: set[str] = field(default_factory=set)  # permissions for developers that were granted
    implicit_permissions: set[str] = field(default_factory=set)  # added by Android, not in the manifest
    blank_passes: set[str] = field(default_factory=set)  # permissions granted with empty data (空白通行证)
    op_modes: dict[str, str] = field(default_factory=dict)  # app ops set by hand: name -> allow, ignore, deny ...

    def component(self, class_name: str) -> Component | None:
        return next((c for c in self.components if c.class_name == class_name), None)


class ExitReason(IntEnum):
    """android.app.ApplicationExitInfo REASON_* (frameworks/base core/java/android/app/ApplicationExitInfo.java)."""

    UNKNOWN = 0
    EXIT_SELF = 1
    SIGNALED = 2
    LOW_MEMORY = 3
    CRASH = 4
    CRASH_NATIVE = 5
    ANR = 6
    INITIALIZATION_FAILURE = 7
    PERMISSION_CHANGE = 8
    EXCESSIVE_RESOURCE_USAGE = 9
    USER_REQUESTED = 10
    USER_STOPPED = 11
    DEPENDENCY_DIED = 12
    OTHER = 13
    FREEZER = 14
    PACKAGE_STATE_CHANGE = 15
    PACKAGE_UPDATED = 16


@dataclass(slots=True)
class ExitRecord:
    """The ApplicationExitInfo of one process. ``timestamp`` is wall seconds; pss and rss are kB."""

    package: str
    process: str
    pid: int
    uid: int
    reason: ExitReason
    subreason: int = 0
    status: int = 0
    importance: int = 100
    description: str | None = None
    timestamp: float = 0.0
    pss: int = 0
    rss: int = 0


@dataclass(slots=True)
class ProcessRecord:
    """A running process. ``adj`` is the oom_score_adj (0 foreground, 900+ cached), times are uptimes."""

    pid: int
    uid: int
    name: str
    package: str
    hosting_type: str
    hosting_name: str | None
    started: float
    parent_pid: int = 0
    adj: int = 0
    proc_state: int = 2
    last_activity: float = 0.0
    caller_package: str | None = None
    cause: Cause | None = None
    was_force_stopped: bool = False  # its package was in the stopped state, after having run before
    receiving: int = 0  # broadcasts that its receivers are busy with
    executing: int = 0  # callbacks of its services under way
    jobs: int = 0  # jobs that run in it
    cached_since: float | None = None  # uptime
    activity_finished: float | None = None  # uptime at which it last called finish() on an activity in front
    waiting_to_kill: str | None = None  # why it is killed as soon as it is in the background
    frozen: bool = False
    alive: bool = True
    rss_kb: int = 131072
    runtime: Any = None  # the runtime's own handle: app object, looper


class ActivityState(StrEnum):
    """ActivityRecord.State (services/core/java/com/android/server/wm/ActivityRecord.java)."""

    INITIALIZING = "INITIALIZING"
    STARTED = "STARTED"
    RESUMED = "RESUMED"
    PAUSED = "PAUSED"
    STOPPED = "STOPPED"
    FINISHING = "FINISHING"
    DESTROYED = "DESTROYED"


BY_APP = "app-request"  # the reason of Activity.finish(), as the log prints it
GONE = (ActivityState.FINISHING, ActivityState.DESTROYED)


@dataclass(slots=True)
class Intent:
    """An intent as the framework sees it; ``component`` is (package, full class) or None for an implicit one."""

    action: str | None = None
    data: str | None = None
    mime: str | None = None
    component: tuple[str, str] | None = None
    package: str | None = None
    categories: list[str] = field(default_factory=list)
    flags: int = 0
    extras: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class ActivityRecord:
    """One activity instance in a task. ``token`` is the hash that logs and dumps print."""

    token: int
    component: Component
    task: Task
    intent: Intent
    launched_from_uid: int
    launched_from_package: str | None
    state: ActivityState = ActivityState.INITIALIZING
    process: ProcessRecord | None = None
    created: float = 0.0
    translucent: bool = False
    exclude_from_recents: bool = False
    new_intents: list[Intent] = field(default_factory=list)  # handed over when it comes to the front
    landscape: bool = False  # the configuration that the app's object was made for
    python_object: Any = None


@dataclass(slots=True)
class Task:
    """A task; the last activity is the top one."""

    id: int
    affinity: str
    activities: list[ActivityRecord] = field(default_factory=list)
    last_active: float = 0.0
    kind: str = "standard"  # or "home"
    root_package: str = ""  # of the activity that began it; without one the affinity is a package
    base_intent: Intent = field(default_factory=lambda: Intent())  # what began it, also when that activity is gone

    @property
    def package(self) -> str:
        """Whose task it is, also when the activity that began it is gone."""
        return self.root_package or self.affinity


@dataclass(slots=True)
class ServiceRecord:
    """A service that is started, bound, or about to be. ``process`` is None until its process is up."""

    token: int
    component: Component
    process: ProcessRecord | None
    created: float
    intent: Intent = field(default_factory=lambda: Intent())
    start_requested: bool = False
    foreground: bool = False
    caller_package: str | None = None
    caller_uid: int | None = None
    clients: list[ProcessRecord] = field(default_factory=list)
    pending_starts: list[Intent | None] = field(default_factory=list)
    delivered: Intent | None = None  # what the last onStartCommand got
    last_start_id: int = 0
    last_activity: float = 0.0
    sticky: int = 2  # what the last onStartCommand returned; START_NOT_STICKY
    created_from_foreground: bool = True
    foreground_required: bool = False  # startForegroundService waits for startForeground
    foreground_reason: str | None = None  # why it may be in the foreground, None when it may not
    bound: bool = False  # onBind was called
    restart_at: float | None = None  # uptime of the restart that is scheduled
    restarted: float = 0.0  # uptime at which it last started to run
    restart_count: int = 0
    restart_delay: float = 0.0
    crash_count: int = 0
    python_object: Any = None


class Display(NamedTuple):
    """The screen as it is held now: pixels, and Surface.ROTATION_* (0 portrait, 1 turned left, 2, 3 turned right)."""

    width: int
    height: int
    rotation: int = 0


class Rect(NamedTuple):
    """Pixels: left, top, right, bottom (exclusive)."""

    left: int
    top: int
    right: int
    bottom: int


class WindowHandler:
    """Receives the input of a window; whoever derives from it ignores what it does not define.

    ``id`` is the widget's id, empty where it has none.
    """

    def click(self, id: str, widget: Widget) -> None:
        """A tap on a clickable widget."""

    def touch(self, id: str, x: int, y: int) -> None:
        """Any tap inside the window, before ``click``."""

    def switch(self, id: str, checked: bool) -> None:
        """A Switch or Checkbox changed."""

    def text(self, id: str, text: str) -> None:
        """An EditText's content changed."""

    def outside(self) -> None:
        """A tap outside a modal window."""

    def back(self) -> None:
        """The Back key while the window has focus."""


@runtime_checkable
class Gestures(Protocol):
    """The handler of a window whose app hears of more than taps."""

    def long_click(self, id: str, widget: Widget) -> None:
        """A finger stayed on a view that listens for it."""

    def moved(self, widget: Widget) -> None:
        """The user moved a drawer, a pager or a sheet."""

    def fling(self, id: str, start: tuple[int, int], end: tuple[int, int]) -> None:
        """A finger moved over the window, and nothing in it took that."""


class WindowKind(StrEnum):
    """LayoutParams types we draw, by Android's short names."""

    BASE_APPLICATION = "BASE_APPLICATION"
    APPLICATION = "APPLICATION"  # a dialog of an activity
    TOAST = "TOAST"
    APPLICATION_OVERLAY = "APPLICATION_OVERLAY"
    STATUS_BAR = "STATUS_BAR"
    INPUT_METHOD = "INPUT_METHOD"
    NOTIFICATION_SHADE = "NOTIFICATION_SHADE"
    KEYGUARD_DIALOG = "KEYGUARD_DIALOG"  # a dialog of the system that lies over the lock screen too
    NAVIGATION_BAR = "NAVIGATION_BAR"


_hashes = itertools.count(0x1A2B3C4)


def new_hash() -> int:
    """A number that looks like an identity hash and never repeats on this machine's devices."""
    return (next(_hashes) * 2654435761) & 0xFFFFFFF


@dataclass(slots=True)
class Window:
    """A window on the screen. ``frame`` None means the whole screen; ``gravity`` places a content-sized one.

    ``dim`` is the amount behind it (0 to 1; DIM_BEHIND when above 0). ``revision`` grows with each change of content.
    """

    title: str
    package: str
    uid: int
    kind: WindowKind
    root: Widget
    handler: WindowHandler | None
    frame: Rect | None = None
    gravity: str = "fill"  # fill, center, top, bottom, left, right, or with frame: none
    dim: float = 0.0
    modal: bool = False
    secure: bool = False
    translucent: bool = False
    activity: ActivityRecord | None = None
    pid: int = 0
    revision: int = 0
    token: int = field(default_factory=new_hash)

    @property
    def gestures(self) -> Gestures | None:
        """Its handler, where it hears of more than taps."""
        handler: object = self.handler
        return handler if isinstance(handler, Gestures) else None
