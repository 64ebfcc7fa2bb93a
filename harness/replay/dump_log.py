"""Readings of a run to events.

Exits, processes, what is in front, permissions, who listens to motion, what came to the phone; (``start_log``) who
started whom; (``read_log``) what the app read.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

from harness import events as ev
from harness.errors import FormatError
from harness.events import Event, Instant, Source
from harness.events.app_under_test import AppUnderTest
from harness.events.delivery_events import DeliveryDescribed, Witness
from harness.language import _, chinese
from harness.parsers.activities import resumed_activity
from harness.parsers.delivery_changes import DESCRIBED, NAMES, Arrivals
from harness.parsers.exit_info import parse_exit_info
from harness.parsers.hierarchy import Node
from harness.parsers.motion_sensors import motion_sensors
from harness.parsers.package import PackageRecord, parse_package
from harness.parsers.packages_list import UID_PACKAGES, listed_packages
from harness.parsers.processes import pids_of
from harness.parsers.windows import OVER
from harness.recording.clock_map import ClockMap
from harness.recording.steps import Reading
from harness.replay.read_log import APP_OPS, RECEIVERS, SENSORS, ReadLog
from harness.replay.start_log import StartLog

STATE = ("state-power", "state-policy", "state-battery", "state-switches")
"""Readings of the phone before and after a check, of which no rule needs to know."""


class DumpLog:
    """Reads the dumps of one run in order.

    Each repeats what was there before, and only what is new becomes an event.
    """

    def __init__(self, app: AppUnderTest, clock: ClockMap, utc_offset: float) -> None:
        """Dumps print local time, ``utc_offset`` seconds from UTC."""
        self._app, self._clock, self._utc_offset = app, clock, utc_offset
        self._flags: dict[str, tuple[bool, tuple[str, ...]]] = {}
        self._identity: tuple[Instant, PackageRecord] | None = None
        self._components: tuple[tuple[str, ...], tuple[str, ...]] | None = None
        self._exits: set[tuple[int, str]] = set()
        self._refused: set[tuple[str, str]] = set()
        self._starts = StartLog(app, self._at_local)
        self._reads = ReadLog(app, self._at_local, self._local_day)
        self._deliveries = DeliveryLog(app)

    def begin_again(self) -> None:
        """What was driven is done again: how things stand is told anew."""
        self._flags.clear()
        self._reads.begin_again()

    def act(self) -> None:
        """An act on an advert begins: what came before is no part of what comes after."""
        self._deliveries.act()

    def see(self, roots: Sequence[Node], stamp: dict[str, Any]) -> Iterable[Event]:
        """What the view tree adds to the last dump of windows, which says nothing of what is in them."""
        return self._starts.see(roots, stamp | {"source": Source.TREE})

    def reading(self, step: Reading, stamp: dict[str, Any]) -> Iterable[Event]:
        """The events of one dump; one that cannot be read is told once."""
        stamp = stamp | {"source": Source.DUMP}
        try:
            yield from self._read(step.name, step.text, stamp)
        except FormatError as error:
            if (step.name, str(error)) not in self._refused:  # a dump that a version does not have is said once
                self._refused.add((step.name, str(error)))
                said = _("{name}: {error}", name=step.name, error=error)
                yield ev.Note(text=str(said), text_zh=chinese(said), **stamp)

    def _read(self, name: str, text: str, stamp: dict[str, Any]) -> Iterable[Event]:
        match name:
            case "exit-info":
                yield from self._exit_records(text, stamp)
            case "processes":
                found = tuple(pids_of(text, self._app.package))
                yield ev.ProcessesSeen(package=self._app.package, processes=found, **stamp)
            case "focus":
                component = resumed_activity(text)
                package = component.split("/", 1)[0] if component else None
                yield ev.FocusSeen(package=package, component=component, **stamp)
            case "sensors":
                sensors = motion_sensors(text, self._app.uid, self._app.package)
                yield ev.MotionListenersSeen(package=self._app.package, sensors=sensors, **stamp)
            case _ if name == APP_OPS:
                yield from self._reads.read(text, stamp)
            case _ if name == SENSORS:
                yield from self._reads.sensors(text, stamp)
            case _ if name == RECEIVERS:
                yield from self._reads.receivers(text, stamp)
            case _ if name == UID_PACKAGES:
                for listed in listed_packages(text):
                    yield from (ev.UidNamed(package=listed.name, uid=uid, **stamp) for uid in listed.uids)
            case "flags":
                yield from self._changed_flags(text, stamp)
            case _ if name in STATE or name == OVER:
                return  # for the record of the examination alone (report/phone_state), or part of the looks (screen_log)
            case _ if name in READ_HERE:
                yield from self._deliveries.read(name, text, stamp)
            case _:
                yield from self._starts.read(name, text, stamp)

    def _changed_flags(self, text: str, stamp: dict[str, Any]) -> Iterable[Event]:
        package = parse_package(text, self._app.package)
        if package.version_code is not None:
            yield from self._replaced(package, stamp)
        self._reads.shared_user = package.shared_user or ""
        user = package.user(self._app.user)
        if user is not None and self._components != (user.enabled, user.disabled):
            self._components = (user.enabled, user.disabled)
            yield ev.ComponentsSeen(package=self._app.package, enabled=user.enabled, disabled=user.disabled, **stamp)
        for state in user.permissions if user else ():
            now = (state.granted, tuple(sorted(state.flags)))
            if self._flags.get(state.permission) != now:
                self._flags[state.permission] = now
                yield ev.PermissionFlagsRead(package=self._app.package, permission=state.permission, granted=now[0], flags=now[1], **stamp)

    def _replaced(self, now: PackageRecord, stamp: dict[str, Any]) -> Iterable[Event]:
        """Whether it is still the app of the reading before; if not, since when, by the time that the phone prints."""
        known, self._identity = self._identity, (stamp["at"], now)
        if known is None or _same_app(known[1], now):
            return
        told = self._at_local(now.last_update or "")
        at = told if told is not None and known[0] <= told <= stamp["at"] else known[0]
        before, after = (each.version_code or 0 for each in (known[1], now))
        yield ev.AppReplaced(package=now.name, before=before, after=after, **(stamp | {"at": at}))

    def _at_local(self, wall: str) -> Instant | None:
        """When the device's wall clock showed a local time that a dump printed; None where it is no time."""
        try:
            local = datetime.fromisoformat(wall).replace(tzinfo=timezone(timedelta(seconds=self._utc_offset)))
        except ValueError:
            return None
        return self._clock.at_wall(local.timestamp())

    def _local_day(self, at: Instant) -> datetime:
        """What the device's calendar and clock said at a moment."""
        return datetime.fromtimestamp(self._clock.wall_at(at), timezone(timedelta(seconds=self._utc_offset)))

    def _exit_records(self, text: str, stamp: dict[str, Any]) -> Iterable[Event]:
        """Yield each exit once, at its own time: the dump repeats the older ones."""
        for death in parse_exit_info(text, utc_offset=self._utc_offset):
            key = (death.pid, death.wall_text)
            if death.wall is None or death.package != self._app.package or key in self._exits:
                continue
            self._exits.add(key)
            yield ev.ExitRecorded(
                user=death.user,
                pid=death.pid,
                process=death.process,
                package=death.package,
                reason=death.reason,
                subreason=death.subreason,
                status=death.status,
                description=death.description,
                **(stamp | {"at": self._clock.at_wall(death.wall), "wall": death.wall_text}),
            )


def _same_app(before: PackageRecord, now: PackageRecord) -> bool:
    """Whether two readings are of one installation; what one of them does not print says nothing.

    The times are local: where the zone of the phone was changed, both moved by the same quarters of an hour.
    """
    if before.version_code != now.version_code or (before.signer and now.signer and before.signer != now.signer):
        return False
    if not before.last_update or not now.last_update or before.last_update == now.last_update:
        return True
    try:
        times = [datetime.fromisoformat(each or "") for one in (before, now) for each in (one.first_install, one.last_update)]
    except ValueError:
        return False
    installed, updated = times[2] - times[0], times[3] - times[1]
    return installed == updated and not updated % timedelta(minutes=15) and abs(updated) <= timedelta(hours=26)


READ_HERE = (*NAMES, DESCRIBED)
_TEXTS = ("key", "path", "sha256", "package", "version_name", "signer", "icon", "form", "problem", "problem_zh")
_NUMBERS = ("size", "version_code")


class DeliveryLog:
    """Reads these of one run in order; each repeats what was there before."""

    def __init__(self, app: AppUnderTest) -> None:
        self._arrivals = Arrivals(app)

    def act(self) -> None:
        """An act on an advert begins."""
        self._arrivals.act()

    def read(self, name: str, text: str, stamp: dict[str, Any]) -> Iterator[Event]:
        """The events of one reading; raises FormatError for a text that is none."""
        if name == DESCRIBED:
            yield described(text, stamp)
        else:
            yield from self._arrivals.read(name, text, stamp)


def described(text: str, stamp: dict[str, Any]) -> DeliveryDescribed:
    """The event of one description; raises FormatError for a text that is none."""
    try:
        found = json.loads(text)
        fields: dict[str, Any] = {name: str(found[name]) for name in _TEXTS if name in found}
        fields |= {name: int(found[name]) for name in _NUMBERS if found.get(name) is not None}
        labels = tuple((str(language), str(label)) for language, label in found.get("labels", ()))
        permissions = tuple(str(name) for name in found.get("permissions", ()))
        signers = tuple(str(digest) for digest in found.get("signers", ()))
        witness = Witness(found["witness"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise FormatError(_("not the description of what came")) from None
    return DeliveryDescribed(witness=witness, labels=labels, signers=signers, permissions=permissions, **fields, **stamp)
