"""Facts about who started whom: what the log says in passing, what dumps keep of the past, and what we set off."""

from dataclasses import dataclass
from enum import StrEnum

from harness.events.base import Event, JournalFact


class Trigger(StrEnum):
    """The trigger of a start. Those above ``UNKNOWN`` are stimuli that a tester can cause or a phone has by itself."""

    BOOT = "boot"
    UNLOCK = "unlock"
    SCREEN = "screen"
    POWER = "power"
    NETWORK = "network"
    PACKAGE = "package"  # another package added, replaced or removed
    TIME = "time"
    MEDIA = "media"
    ALARM = "alarm"
    ALARM_CLOCK = "alarm_clock"
    JOB = "job"
    SYNC = "sync"
    PUSH = "push"
    STICKY = "sticky"  # Android restarts a service that asked for it
    REPLACED = "replaced"  # MY_PACKAGE_REPLACED
    BACKUP = "backup"
    WIDGET = "widget"
    INPUT_METHOD = "input_method"
    VPN = "vpn"
    ACCESSIBILITY = "accessibility"  # a service that the user switched on
    NOTIFICATION_LISTENER = "notification_listener"
    BROADCAST = "broadcast"
    SERVICE = "service"
    PROVIDER = "provider"
    ACTIVITY = "activity"
    UNKNOWN = "unknown"


TRIGGER_OF_ACTION = {
    "android.intent.action.BOOT_COMPLETED": Trigger.BOOT,
    "android.intent.action.LOCKED_BOOT_COMPLETED": Trigger.BOOT,
    "android.intent.action.USER_PRESENT": Trigger.UNLOCK,
    "android.intent.action.SCREEN_ON": Trigger.SCREEN,
    "android.intent.action.SCREEN_OFF": Trigger.SCREEN,
    "android.intent.action.ACTION_POWER_CONNECTED": Trigger.POWER,
    "android.intent.action.ACTION_POWER_DISCONNECTED": Trigger.POWER,
    "android.net.conn.CONNECTIVITY_CHANGE": Trigger.NETWORK,
    "android.net.wifi.STATE_CHANGE": Trigger.NETWORK,
    "android.intent.action.PACKAGE_ADDED": Trigger.PACKAGE,
    "android.intent.action.PACKAGE_REPLACED": Trigger.PACKAGE,
    "android.intent.action.PACKAGE_REMOVED": Trigger.PACKAGE,
    "android.intent.action.PACKAGE_FULLY_REMOVED": Trigger.PACKAGE,
    "android.intent.action.MY_PACKAGE_REPLACED": Trigger.REPLACED,
    "android.intent.action.TIME_SET": Trigger.TIME,
    "android.intent.action.TIMEZONE_CHANGED": Trigger.TIME,
    "android.intent.action.DATE_CHANGED": Trigger.TIME,
    "android.intent.action.MEDIA_SCANNER_SCAN_FILE": Trigger.MEDIA,
    "android.hardware.action.NEW_PICTURE": Trigger.MEDIA,
    "android.appwidget.action.APPWIDGET_UPDATE": Trigger.WIDGET,
    "android.appwidget.action.APPWIDGET_ENABLED": Trigger.WIDGET,
}
"""Broadcast actions of Android (core/java/android/content/Intent.java and the services that send them)."""


class Evidence(StrEnum):
    """The evidence that names the caller of a start, best first (docs/signals.md 4)."""

    ROM_LINE = "rom_line"  # caller= in the Start proc line: MIUI and HyperOS only
    START_LINE = "start_line"  # START u0 {...} from uid N
    ACTIVITY_RECORD = "activity_record"  # launchedFromPackage
    SERVICE_RECORD = "service_record"  # recentCallingPackage, the clients of its bindings
    BROADCAST_RECORD = "broadcast_record"  # caller= of the record in the history
    ASSOCIATION = "association"  # dumpsys activity associations
    PROVIDER_CONNECTION = "provider_connection"
    STACK = "stack"  # callers: of a START line that prints no package: code that ran, which need not be who asked


@dataclass(frozen=True, slots=True, kw_only=True)
class TriggerFired(JournalFact):
    """A stimulus of ours: the screen switched, the phone rebooted, a package installed ..."""

    trigger: Trigger


@dataclass(frozen=True, slots=True, kw_only=True)
class TriggerSeen(Event):
    """A dump's record of what started a component: a job's START line, an alarm's tag, a broadcast's action."""

    package: str
    component: str | None
    trigger: Trigger
    action: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallerSeen(Event):
    """A dump's record of who asked for a component of ``package``; ``caller`` is a package."""

    package: str
    component: str | None
    caller: str
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceSeen(Event):
    """A service of the app that runs, as its record names it; one in the ``foreground`` has a notification."""

    package: str
    component: str
    foreground: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PackagesSeen(Event):
    """Every package with its uid and whether it came with the system: ``pm list packages -U`` and ``-s``."""

    packages: tuple[tuple[str, int, bool], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignerSeen(Event):
    """The certificate digest of a package, as far as ``dumpsys package`` prints it: equal ones have one signer."""

    package: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleSeen(Event):
    """A role that the user gave a package: ``input_method``, ``accessibility``, ``notification_listener``, ``vpn``.

    ``component`` is its service, where the setting names one: only that service is started for the role.
    """

    role: str
    package: str
    component: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowSeen(Event):
    """The size of an activity's window in pixels, and whether it is translucent.

    ``empty``: whether the view tree, read while it was on the screen, has nothing in it; None where none was read.
    """

    component: str
    width: int
    height: int
    translucent: bool
    empty: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AutostartSeen(Event):
    """The ROM's own switch for starts without the user: True allowed, False denied, None where it cannot be read.

    ``silent``: this ROM keeps apps from starting without the user and writes no line about it.
    """

    package: str
    allowed: bool | None
    silent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StartPolicySeen(Event):
    """One thing that the phone allows the app in the background or not.

    ``what`` is an app op, whose mode is the value, ``standby_bucket``, or ``battery_allowlist`` (by whom it is on it,
    or ``no``).
    """

    package: str
    what: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StartPageSeen(JournalFact):
    """A picture of the page where the user lets the app start by itself or not.

    ``page`` is a component or an action.
    """

    page: str
    screenshot: str | None
