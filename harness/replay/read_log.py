"""Readings of app ops, and of who listens -> what the app read.

Each dump tells the last access of each op, state and tag, so one that was told before is no new read. The first reading
of a run tells only what was before it. Who listens to sensors is told by the time of day in whole seconds, who listens
to installs without a time: it was so when it was read.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from harness import events as ev
from harness.errors import FormatError
from harness.events import Event, Instant
from harness.events.app_under_test import AppUnderTest
from harness.events.permission_groups import group_of_op
from harness.events.personal_data import DATA_OF
from harness.language import Text, _, chinese
from harness.parsers.appops import AppOp, NotedAppOp, app_ops
from harness.parsers.broadcasts import registered_actions
from harness.parsers.dump_sections import Unread
from harness.parsers.motion_sensors import registered_motion_sensors

APP_OPS = "app-ops"
"""The name of the reading: dumpsys appops --package, on Android 8 cmd appops get."""
SENSORS, RECEIVERS = "sensor-registrations", "registered-receivers"
"""The names of the readings: dumpsys sensorservice, dumpsys activity broadcasts."""
INSTALLED = "android.intent.action.PACKAGE_ADDED"
OWN_FLAGS = (None, "s", "tpd", "upd")
"""Flags of an access for the package itself; tp and up mean that it only passed on what another asked for
(AppOpsManager.OP_FLAG_*)."""
AGE_SLACK = 0.5
"""By how many seconds two readings may differ about one access where only its age is printed [PROJECT]: how long the
command takes on the phone is not known."""

_Key = tuple[str, str, str | None, str | None]


class ReadLog:
    """Reads the app ops of one run in order."""

    def __init__(self, app: AppUnderTest, at_local: Callable[[str], Instant | None], local: Callable[[Instant], datetime]) -> None:
        """``at_local`` gives the moment of a local time that a dump printed, ``local`` the local time of a moment."""
        self._app, self._at_local, self._local = app, at_local, local
        self._listened: set[tuple[str, str]] = set()
        self._known: dict[_Key, str | Instant] = {}
        self._last: dict[str, Instant] = {}
        self._modes: dict[tuple[str, str | None], str] = {}
        self._begun = False
        self.shared_user = ""

    def begin_again(self) -> None:
        """What was driven is done again: the modes are told anew."""
        self._modes.clear()

    def read(self, text: str, stamp: dict[str, Any]) -> Iterable[Event]:
        """What was read since the last reading, and that there was one."""
        problem, records = self._own(text)
        if problem:
            yield ev.AppOpsRead(reason=str(problem), reason_zh=chinese(problem), **stamp)
            return
        for record in records:
            yield from self._new(record, stamp) if isinstance(record, NotedAppOp) else self._mode(record, stamp)
        self._begun = True
        yield ev.AppOpsRead(**stamp)

    def sensors(self, text: str, stamp: dict[str, Any]) -> Iterable[Event]:
        """Since when the app listens to the phone's motion: to the end of the second that the phone tells."""
        now = self._local(stamp["at"])
        for clock, sensor in registered_motion_sensors(text, self._app.uid):
            day = now if clock <= now.strftime("%H:%M:%S") else now - timedelta(days=1)
            at = self._at_local(f"{day:%Y-%m-%d} {clock}.999")
            if at is not None:
                yield from self._listens(ev.DataKind.MOTION, f"registerListener {sensor}", clock, stamp | {"at": min(at, stamp["at"])})

    def receivers(self, text: str, stamp: dict[str, Any]) -> Iterable[Event]:
        """Whether the app hears of what is installed."""
        if INSTALLED in registered_actions(text, self._app.uid):
            yield from self._listens(ev.DataKind.NEW_APPS, "registerReceiver PACKAGE_ADDED", "", stamp)

    def _listens(self, what: ev.DataKind, how: str, clock: str, stamp: dict[str, Any]) -> Iterator[Event]:
        if (how, clock) not in self._listened and not self.shared_user:
            self._listened.add((how, clock))
            heard = ev.ReadWitness.REGISTRATION
            yield ev.DataRead(**stamp, package=self._app.package, what=what, how=how, until=stamp["at"], refused=False, witness=heard)

    def _own(self, text: str) -> tuple[Text | None, list[NotedAppOp | AppOp]]:
        """The accesses of the app and the modes of its ops, or why they cannot be told."""
        try:
            records = list(app_ops(text.splitlines()))
        except FormatError:
            said = " ".join(text.split())[:80]
            return _("the phone does not tell what apps read: {said}", said=said), []
        unread = next((record for record in records if isinstance(record, Unread)), None)
        if unread is not None:
            return _("the phone's record of what apps read has a form that is not known: {line}", line=unread.text.strip()[:80]), []
        if self.shared_user:
            return _("the app shares its uid ({name}) with others, and the phone does not tell who of them read", name=self.shared_user), []
        return None, [record for record in records if not isinstance(record, Unread) and self._is_own(record)]

    def _is_own(self, record: NotedAppOp | AppOp) -> bool:
        if isinstance(record, AppOp):
            return record.package in (None, self._app.package) and record.uid in (None, self._app.uid) and bool(group_of_op(record.op))
        own = record.package is None or (record.package == self._app.package and record.uid == self._app.uid)
        return own and record.op in DATA_OF and record.flag in OWN_FLAGS

    def _mode(self, record: AppOp, stamp: dict[str, Any]) -> Iterator[Event]:
        if self._modes.get(key := (record.op, record.package)) != record.mode:
            self._modes[key] = record.mode
            yield ev.AppOpModeSeen(package=self._app.package, op=record.op, mode=record.mode, **stamp)

    def _new(self, noted: NotedAppOp, stamp: dict[str, Any]) -> Iterator[Event]:
        """What is new of an op; 8 and 9 date what ended anew, by its end and state of then (finishOperationLocked)."""
        at = self._at_local(noted.wall) if noted.wall else stamp["at"].earlier(noted.ago or 0.0)
        if noted.flag is None and noted.seconds and at is not None:
            at = at.earlier(noted.seconds)
            if (begun := self._last.get(noted.op)) is not None and at <= begun.later(AGE_SLACK):
                return
        if at is not None and noted.access == "access":
            self._last[noted.op] = max(at, self._last.get(noted.op, at))
        key = (f"{noted.op} {noted.access}", noted.state or "", noted.flag, noted.attribution)
        known = self._known.get(key)
        self._known[key] = noted.wall or at or ""
        same = known == noted.wall if noted.wall else isinstance(known, tuple) and at is not None and at <= known.later(AGE_SLACK)
        if not self._begun or same or at is None or at > stamp["at"].later(AGE_SLACK):
            return
        before_10 = noted.flag is None and noted.op == "READ_PHONE_STATE"
        yield ev.DataRead(
            **(stamp | {"at": at, "wall": noted.wall or ""}),
            package=self._app.package,
            what=ev.DataKind.PHONE_STATE if before_10 else DATA_OF[noted.op],
            how=noted.op,
            until=at.later(noted.seconds or 0.0),
            refused=noted.access == "reject",
            witness=ev.ReadWitness.APP_OPS,
            state=noted.state,
            attribution=noted.attribution,
            seconds=noted.seconds,
        )
