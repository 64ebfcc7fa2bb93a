"""Triggers as Android printed them: starts asked for, alarms, jobs, installs, and starts refused."""

from dataclasses import dataclass

from harness.events.log_events import Logged


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceStarted(Logged):
    """``am_foreground_service_start`` or ``Background started FGS: Allowed``; ``caller`` where the line names it."""

    component: str | None
    caller: str | None = None
    caller_uid: int | None = None
    foreground: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRestartScheduled(Logged):
    """``am_schedule_service_restart``: Android will start the service again, its process having gone (START_STICKY)."""

    component: str
    delay_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StartRefused(Logged):
    """Android or the ROM refused a start: an attempt, never a start.

    ``what``: activity, service, broadcast, provider, process. ``by``: ``android`` or the ROM's own guard.
    """

    what: str
    by: str
    package: str | None
    component: str | None = None
    action: str | None = None
    caller: str | None = None
    caller_uid: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BroadcastSent(Logged):
    """``Sending non-protected broadcast``: the only broadcasts that the log itself names with their sender."""

    action: str
    caller: str | None = None
    process: str | None = None
    pid: int | None = None
    uid: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmFired(Logged):
    """``sending alarm Alarm{...}``; ``tag`` (the action or component behind it) and ``uid`` where they are printed."""

    package: str
    alarm_type: int
    tag: str | None = None
    uid: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageAdded(Logged):
    """``onPackageAdded``: a package became visible to a launcher of ``user``."""

    package: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityDisplayed(Logged):
    """``Displayed COMPONENT``: the first frame was drawn, ``milliseconds`` after the start was asked for."""

    component: str
    milliseconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TagLogged(Logged):
    """A line of the events buffer with a tag of Android that has no kind of its own; values by field name."""

    tag: str
    values: dict[str, str]
