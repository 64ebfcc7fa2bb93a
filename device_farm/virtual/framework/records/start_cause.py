"""Why a process started: the trigger and who was behind it. ``ctl truth`` prints it, ``start-info`` translates it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
    """One start's cause. ``caller`` is a package, None for the system.

    ``after`` is how the process had ended before.
    """

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
