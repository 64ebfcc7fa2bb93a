"""Readings about who started whom -> events: packages, roles, and what dumps keep of calls and triggers."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from harness import events as ev
from harness.events import Event, Evidence, Instant, StartPolicySeen, Trigger
from harness.events.app_under_test import AppUnderTest
from harness.events.start_evidence import TRIGGER_OF_ACTION
from harness.pages.advert_parts import BARS
from harness.parsers.activities import ListedActivity, listed_activities
from harness.parsers.alarms import Alarm, FiredAlarm, alarms
from harness.parsers.associations import Association, associations
from harness.parsers.broadcasts import SentBroadcast, broadcasts
from harness.parsers.getprop import properties
from harness.parsers.hierarchy import Node
from harness.parsers.jobs import StartedJob, jobs
from harness.parsers.log_fields import CLASS
from harness.parsers.package import SIGNATURES
from harness.parsers.packages_list import listed_packages
from harness.parsers.providers import Provider, providers
from harness.parsers.services import Service, services
from harness.parsers.start_info import StartRecord, start_records
from harness.parsers.syncs import Sync, syncs
from harness.parsers.windows import Window, front_page, read_windows
from harness.roms import AUTOSTART_OP, FACTS, rom_of

BUCKETS = {
    "5": "exempted", "10": "active", "20": "working_set", "30": "frequent", "40": "rare", "45": "restricted", "50": "never",
}  # fmt: skip
"""UsageStatsManager.STANDBY_BUCKET_* (core/java/android/app/usage/UsageStatsManager.java)."""
BACKGROUND_OPS = ("RUN_IN_BACKGROUND", "RUN_ANY_IN_BACKGROUND", "START_FOREGROUND", "AUTO_START", "BOOT_COMPLETED")
_OP = re.compile(r"\s*(?:Uid mode: )?([A-Z_]+|\w+\(\d{5,}\)): (allow|ignore|deny|default|foreground|ask)\b")


def policy_events(name: str, text: str, package: str, stamp: Any) -> Iterator[StartPolicySeen]:
    """The events of one of the readings above; none for what a version does not print."""
    match name:
        case "start-ops":
            found = [match for line in text.splitlines() if (match := _OP.match(line))]
            told = [(m[1], m[2]) for m in found if m[1] in BACKGROUND_OPS or m[1].endswith(")")]
        case "battery-allowlist":
            kinds = [line.split(",")[0] for line in text.splitlines() if line.split(",")[1:2] == [package]]
            told = [("battery_allowlist", ", ".join(sorted(set(kinds))) or "no")] if text.strip() else []
        case _:
            number = text.strip()
            told = [("standby_bucket", BUCKETS[number])] if number in BUCKETS else []
    for what, value in told:
        yield StartPolicySeen(package=package, what=what, value=value, **stamp)


ROLES = {"input-method": "input_method", "accessibility": "accessibility", "notification-listeners": "notification_listener", "vpn": "vpn"}
"""Name of a reading -> role; the settings hold components or packages, several of them set apart by ':'."""

REASONS = {"BOOT_COMPLETE": Trigger.BOOT, "ALARM": Trigger.ALARM, "JOB": Trigger.JOB, "PUSH": Trigger.PUSH, "BACKUP": Trigger.BACKUP}
"""Reasons of start-info that tell more than the log (core/java/android/app/ApplicationStartInfo.java)."""
_ALARM_COMPONENT = re.compile(rf"(?<![\w.])([\w.]++/{CLASS})")
_SIGNER = re.compile(rf"\s*Package \[([\w.]+)\]|\s*{SIGNATURES}")
_PICTURES = ("ImageView", "WebView", "SurfaceView", "TextureView", "VideoView")
_DRAWN = "android.view.View"  # what accessibility calls a view of the app's own making
_AUTOSTART = re.compile(rf"(?:MIUIOP\({AUTOSTART_OP}\)|AUTO_START)\S*: (\w+)")


class StartLog:
    """Reads the dumps of one run in order; it remembers what was told before, for dumps repeat the past."""

    def __init__(self, app: AppUnderTest, at_wall: Callable[[str], Instant | None]) -> None:
        """Facts about ``app`` and those around it; ``at_wall`` places a local time that a dump printed."""
        self._app, self._at_wall = app, at_wall
        self._uids: dict[str, int] = {}
        self._told: set[tuple[object, ...]] = set()
        self._alarm_clocks: set[str] = set()
        self._front: Window | None = None  # the app's topmost window on the screen, translucent and not looked into yet
        self._silent = False

    def see(self, roots: Sequence[Node], stamp: Any) -> Iterator[Event]:
        """What a view tree tells of the window that the last dump had in front: whether there is anything in it."""
        own = [root for root in roots if root.package == self._app.package]
        if own and self._front is not None:
            yield from self._window(self._front, _is_empty([node for root in own for node in root.walk() if node.visible]), stamp)
            self._front = None

    def read(self, name: str, text: str, stamp: Any) -> Iterable[Event]:
        """The events of one reading; none for a reading that is not about starts. Raises FormatError."""
        lines = text.splitlines()
        match name:
            case "packages":
                self._uids = {p.name: p.uids[0] for p in listed_packages(text) if p.uids}
            case "system-packages":
                return self._packages(text, stamp)
            case "signers":
                return self._signers(lines, stamp)
            case "input-method" | "accessibility" | "notification-listeners" | "vpn":
                return self._roles(ROLES[name], text, stamp)
            case "properties":
                self._silent = rom_of(properties(text)) in FACTS["silent_about_starts"]["roms"]
            case "autostart":
                return self._autostart(text, stamp)
            case "activities":
                return self._activities(lines, stamp)
            case "services":
                return self._services(lines, stamp)
            case "broadcasts":
                return self._broadcasts(lines, stamp)
            case "providers":
                return self._providers(lines, stamp)
            case "associations":
                return self._associations(lines, stamp)
            case "jobs":
                return self._jobs(lines, stamp)
            case "alarms":
                return self._alarms(lines, stamp)
            case "syncs":
                return self._syncs(lines, stamp)
            case "start-info":
                return self._start_info(lines, stamp)
            case "windows":
                return self._windows(lines, stamp)
            case "start-ops" | "battery-allowlist" | "standby-bucket":
                return policy_events(name, text, self._app.package, stamp)
        return ()

    def _packages(self, text: str, stamp: Any) -> Iterator[Event]:
        system = {package.name for package in listed_packages(text)}
        found = tuple((name, uid, name in system) for name, uid in sorted(self._uids.items()))
        yield ev.PackagesSeen(packages=found, **stamp)

    def _signers(self, lines: list[str], stamp: Any) -> Iterator[Event]:
        """``Package [x]`` and its ``signatures=`` line, in turn (pm/Settings.java, dumpPackageLPr)."""
        package = ""
        for line in lines:
            match = _SIGNER.match(line)
            if match and match[1]:
                package = match[1]
            elif match and package and self._new("signer", package):
                yield ev.SignerSeen(package=package, digest=match[2], **stamp)

    def _roles(self, role: str, text: str, stamp: Any) -> Iterator[Event]:
        for word in text.strip().split(":"):
            package, slash, _ = word.strip().partition("/")
            if package and package != "null":
                yield ev.RoleSeen(role=role, package=package, component=word.strip() if slash else None, **stamp)

    def _autostart(self, text: str, stamp: Any) -> Iterator[Event]:
        """MIUI and HyperOS keep the switch as app op 10008; other ROMs let nobody read theirs."""
        yield ev.AutostartSeen(package=self._app.package, allowed=autostart_allowed(text), silent=self._silent, **stamp)

    def _activities(self, lines: list[str], stamp: Any) -> Iterator[Event]:
        for activity in listed_activities(lines):
            if isinstance(activity, ListedActivity):
                caller, where = activity.launched_from_package, (activity.component, activity.task)
                yield from self._called(activity.component, caller, Evidence.ACTIVITY_RECORD, where, stamp)

    def _services(self, lines: list[str], stamp: Any) -> Iterator[Event]:
        for service in services(lines):
            if not isinstance(service, Service):
                continue
            own = service.component.startswith(f"{self._app.package}/")
            if (
                own
                and service.pid is not None
                and self._new(f"running {service.foreground}", service.component, service.pid, stamp["at"].boot)
            ):
                yield ev.ServiceSeen(package=self._app.package, component=service.component, foreground=service.foreground, **stamp)
            binders = [self._owner(client.process, client.uid) for client in service.clients]
            # whoever calls it once it runs did not start it: only those that the first reading names are dated by its
            # start
            first = service.pid is not None and self._new("first", service.component, service.pid, stamp["at"].boot)
            ago = service.started_seconds if first else None
            own = stamp if ago is None else stamp | {"at": _ago(stamp["at"], ago)}
            for caller in dict.fromkeys([service.caller, *binders]):
                yield from self._called(service.component, caller, Evidence.SERVICE_RECORD, service.pid, own)

    def _providers(self, lines: list[str], stamp: Any) -> Iterator[Event]:
        for provider in providers(lines):
            if isinstance(provider, Provider):
                for client in provider.clients:
                    caller = self._owner(client.process, client.uid)
                    own = stamp if client.seconds is None else stamp | {"at": _ago(stamp["at"], client.seconds)}
                    yield from self._called(provider.component, caller, Evidence.PROVIDER_CONNECTION, provider.pid, own)

    def _associations(self, lines: list[str], stamp: Any) -> Iterator[Event]:
        for used in associations(lines):
            if isinstance(used, Association):
                caller = self._owner(used.source_process, used.source_uid)
                yield from self._called(used.component, caller, Evidence.ASSOCIATION, used.count, stamp)

    def _broadcasts(self, lines: list[str], stamp: Any) -> Iterator[Event]:
        for sent in broadcasts(lines):
            if not isinstance(sent, SentBroadcast):
                continue
            at = self._at_wall(sent.wall) if sent.wall else None
            own = stamp | ({"at": at} if at is not None and at <= stamp["at"] else {})
            for receiver in sent.receivers:
                if receiver.component is None or not self._new("broadcast", sent.wall, sent.action, receiver.component):
                    continue
                package = receiver.component.split("/", 1)[0]
                trigger = TRIGGER_OF_ACTION.get(sent.action or "")
                where: dict[str, Any] = {"package": package, "component": receiver.component, **own}
                if trigger is not None:
                    yield ev.TriggerSeen(action=sent.action, trigger=trigger, **where)
                if sent.caller is not None and package != sent.caller:
                    yield ev.CallerSeen(caller=sent.caller, evidence=Evidence.BROADCAST_RECORD, **where)

    def _jobs(self, lines: list[str], stamp: Any) -> Iterator[Event]:
        for job in jobs(lines):
            if isinstance(job, StartedJob) and job.package is not None and job.seconds is not None:
                at = _ago(stamp["at"], -job.seconds)
                if self._new("job", job.package, job.job_id, at.boot, round(at.uptime)):
                    yield ev.TriggerSeen(package=job.package, component=job.component, trigger=Trigger.JOB, **(stamp | {"at": at}))

    def _alarms(self, lines: list[str], stamp: Any) -> Iterator[Event]:
        for alarm in alarms(lines):
            if isinstance(alarm, Alarm) and alarm.alarm_clock and alarm.tag:
                self._alarm_clocks.add(alarm.tag)
            elif isinstance(alarm, FiredAlarm) and alarm.seconds is not None:
                component = _ALARM_COMPONENT.search(alarm.tag)
                trigger = Trigger.ALARM_CLOCK if alarm.tag in self._alarm_clocks else Trigger.ALARM
                if self._new("alarm", alarm.package, alarm.tag, alarm.count, stamp["at"].boot):
                    own = stamp | {"at": _ago(stamp["at"], abs(alarm.seconds))}
                    where = component[1] if component else None
                    yield ev.TriggerSeen(package=alarm.package, component=where, trigger=trigger, **own)

    def _syncs(self, lines: list[str], stamp: Any) -> Iterator[Event]:
        """Syncs that the user has switched on; one that the app asked for itself is its own act."""
        for sync in syncs(lines):
            if not isinstance(sync, Sync) or not sync.enabled or sync.asked_by is not None:
                continue
            at, package = self._at_wall(sync.wall), sync.component.split("/", 1)[0]
            if at is not None and at <= stamp["at"] and self._new("sync", sync.component, sync.wall):
                where: dict[str, Any] = {"package": package, "component": sync.component, **stamp, "at": at}
                yield ev.TriggerSeen(trigger=Trigger.SYNC, **where)

    def _start_info(self, lines: list[str], stamp: Any) -> Iterator[Event]:
        """Secondary evidence: one ROM left out starts of running apps (docs/signals.md 4)."""
        for record in start_records(lines):
            if not isinstance(record, StartRecord) or record.reason not in REASONS or not record.pid:
                continue
            if self._new("start-info", record.pid, record.process, record.launched_ns, stamp["at"].boot):
                trigger = REASONS[record.reason]
                yield ev.TriggerSeen(package=record.package, component=record.component, trigger=trigger, **stamp)

    def _windows(self, lines: list[str], stamp: Any) -> Iterator[Event]:
        windows = [window for window in read_windows(lines) if isinstance(window, Window)]
        front = front_page(windows, self._app.package)
        self._front = front if front is not None and front.translucent else None
        for window in windows:
            if window.package == self._app.package:
                yield from self._window(window, None, stamp)

    def _window(self, window: Window, empty: bool | None, stamp: Any) -> Iterator[Event]:
        """Yield None for a window whose size nobody knows yet: it was never laid out."""
        if window.component is not None and window.size is not None:
            (width, height), glass = window.size, window.translucent
            yield ev.WindowSeen(component=window.component, width=width, height=height, translucent=glass, empty=empty, **stamp)

    def _called(self, component: str, caller: str | None, evidence: Evidence, what: object, stamp: Any) -> Iterator[Event]:
        """One call from one app to a component of another, told once for each ``what`` (the callee's pid, a count)."""
        package = component.split("/", 1)[0]
        if caller is not None and caller != package and self._new(evidence, component, caller, what, stamp["at"].boot):
            yield ev.CallerSeen(package=package, component=component, caller=caller, evidence=evidence, **stamp)

    def _owner(self, process: str, uid: int | None) -> str | None:
        """The package of a process: its own name without what follows ':', unless that is no package."""
        name = process.split(":", 1)[0]
        if name in self._uids:
            return name
        owners = [package for package, owner in self._uids.items() if owner == uid]
        return owners[0] if len(owners) == 1 else None

    def _new(self, *fact: object) -> bool:
        if fact in self._told:
            return False
        self._told.add(fact)
        return True


def _is_empty(nodes: Sequence[Node]) -> bool | None:
    """Whether a page has nothing to be seen on it; None where it draws itself, of which no tree tells."""
    if any(node.text or node.description or node.pressable or node.class_name.endswith(_PICTURES) for node in nodes):
        return False
    drawn = [node for node in nodes if not node.children and node.class_name == _DRAWN and node.short_id not in BARS]
    return None if drawn else True


def autostart_allowed(text: str) -> bool | None:
    """What ``cmd appops get PACKAGE 10008`` says of the switch; None where it says nothing."""
    match = _AUTOSTART.search(text)
    return match[1] == "allow" if match else None


def _ago(at: Instant, seconds: float) -> Instant:
    return Instant(at.boot, max(at.uptime - seconds, 0.0))
