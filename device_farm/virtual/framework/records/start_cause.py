"""Why a process started: the trigger and who was behind it. ``ctl truth`` prints it, ``start-info`` translates it."""

from dataclasses import dataclass
from enum import StrEnum

from device_farm.virtual.framework.records.system_records import Component, Intent


class Trigger(StrEnum):
    """The trigger of a process start; words of our own, in the tester's terms."""

    SYSTEM = "system"  # android:persistent, or the system server itself
    USER = "user"  # the launcher or the shell opened an activity
    ACTIVITY = "activity"  # another app, or this one, started an activity
    SERVICE = "service"  # startService, startForegroundService
    BIND = "bind"  # bindService
    STICKY = "sticky"  # Android restarts a sticky or bound service
    BROADCAST = "broadcast"
    BOOT = "boot"  # a broadcast of the boot
    PUSH = "push"  # a broadcast with the action of cloud messaging
    PROVIDER = "provider"
    ALARM = "alarm"
    JOB = "job"
    SYNC = "sync"
    WIDGET = "widget"
    INPUT_METHOD = "input_method"
    ACCESSIBILITY = "accessibility"
    VPN = "vpn"
    NOTIFICATION_LISTENER = "notification_listener"


@dataclass(frozen=True, slots=True)
class Cause:
    """One start's cause. ``caller`` is a package, None for the system; ``after`` is how the process ended before."""

    trigger: Trigger
    caller: str | None = None
    caller_sdk: str | None = None  # name of the Sdk whose code asked
    action: str | None = None
    after: str | None = None


# ApplicationStartInfo.START_REASON_* (core/java/android/app/ApplicationStartInfo.java, Android 15). A sticky restart is
# a SERVICE start; job and sync are told apart by the permission of the service.
_START_REASONS = {
    Trigger.ALARM: "ALARM",
    Trigger.BOOT: "BOOT COMPLETE",
    Trigger.BROADCAST: "BROADCAST",
    Trigger.WIDGET: "BROADCAST",
    Trigger.PROVIDER: "CONTENT PROVIDER",
    Trigger.JOB: "JOB",
    Trigger.USER: "LAUNCHER",
    Trigger.SYSTEM: "OTHER",
    Trigger.PUSH: "PUSH",
    Trigger.ACTIVITY: "START ACTIVITY",
}


def start_reason(trigger: Trigger) -> str:
    """The name of START_REASON_* as ``dumpsys activity start-info`` prints it."""
    return _START_REASONS.get(trigger, "SERVICE")


class StartKind(StrEnum):
    """How a start was asked for; the words are those of ``[start_manager.kinds]``."""

    SERVICE = "service"
    BIND = "bind"
    PROVIDER = "provider"
    BROADCAST = "broadcast"
    ALARM = "alarm"
    JOB = "job"
    RESTART = "restart"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One start of a process that nobody sees; ``caller`` is the package that asks, None the system."""

    kind: StartKind
    component: Component
    caller: str | None = None
    intent: Intent | None = None


class StartResult(StrEnum):
    """The result of startService."""

    STARTED = "started"
    NOT_FOUND = "not found"
    PRIVATE = "private to package"
    BACKGROUND = "app is in background"
    FOREGROUND_DENIED = "foreground not allowed"


@dataclass(frozen=True, slots=True)
class Allowance:
    """A place in the temporary allowlist (DeviceIdleController.addPowerSaveTempAllowlistApp), ``until`` an uptime."""

    until: float
    reason: str
    foreground_service: bool  # whether it lets the app start a foreground service from the background
