"""Services with little behind them: notifications, the accelerometer, app ops, downloads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from device_farm.virtual.framework import permissions

if TYPE_CHECKING:
    from device_farm.virtual.framework.model import ActivityRecord, Package, ProcessRecord
    from device_farm.virtual.framework.system import System

GRAVITY = 9.81
SENSOR_PERIOD = 0.2  # SensorManager.SENSOR_DELAY_NORMAL
BYTES_PER_SECOND = 2_000_000
MAX_OPS, MAX_NOTIFICATIONS = 500, 200
DOWNLOAD_FOLDER = "/storage/emulated/0/Download"


@dataclass(frozen=True, slots=True)
class Notification:
    """A posted notification."""

    package: str
    number: int
    title: str
    text: str


class Notifications:
    """NotificationManagerService as far as posting goes."""

    def __init__(self, system: System) -> None:
        """Start with none."""
        self._system = system
        self.active: list[Notification] = []

    def post(self, package: Package, pid: int, title: str, text: str) -> None:
        """Post one, unless Android 13 or later has not been allowed to by the user."""
        if self._system.sdk >= 33 and not self._system.holds(package, permissions.NOTIFICATIONS):
            return
        number = 1 + sum(1 for n in self.active if n.package == package.name)
        self.active = [*self.active[-MAX_NOTIFICATIONS:], Notification(package.name, number, title, text)]
        self._system.narrator.notification_posted(package.name, package.uid, pid, number)


class Sensors:
    """The accelerometer: a phone that lies still, or what ``shake`` sets for a moment."""

    def __init__(self, system: System) -> None:
        """Lie flat."""
        self._system = system
        self._listeners: list[ActivityRecord] = []
        self.values = (0.0, 0.0, GRAVITY)

    def register(self, record: ActivityRecord) -> None:
        """Send values to an activity until it unregisters or ends."""
        if record not in self._listeners:
            self._listeners.append(record)
            self._tick(record)

    def unregister(self, record: ActivityRecord) -> None:
        """Send no more."""
        if record in self._listeners:
            self._listeners.remove(record)

    def _tick(self, record: ActivityRecord) -> None:
        process = record.process
        if record not in self._listeners or process is None or not process.alive or record.python_object is None:
            self.unregister(record)
            return
        values = self.values
        process.runtime.looper.post(lambda: record.python_object.on_sensor(values))
        self._system.later(SENSOR_PERIOD, lambda: self._tick(record))


@dataclass(frozen=True, slots=True)
class OpAccess:
    """One noted access; ``wall`` is Unix seconds, ``state`` as dumpsys appops prints it (top, fgsvc, cch)."""

    package: str
    op: str
    wall: float
    state: str
    allowed: bool


class AppOps:
    """AppOpsService: who read what, in which state."""

    _PERMISSIONS = {  # noqa: RUF012 (a table)
        "FINE_LOCATION": ("ACCESS_FINE_LOCATION", "ACCESS_COARSE_LOCATION"),
        "READ_CONTACTS": ("READ_CONTACTS",),
        "CAMERA": ("CAMERA",),
        "RECORD_AUDIO": ("RECORD_AUDIO",),
        "READ_CLIPBOARD": (),
    }
    _WHILE_IN_USE = ("FINE_LOCATION", "CAMERA", "RECORD_AUDIO", "READ_CLIPBOARD")

    def __init__(self, system: System) -> None:
        """Start with none noted."""
        self._system = system
        self.accesses: list[OpAccess] = []

    def note(self, process: ProcessRecord, package: Package, op: str) -> bool:
        """Note an access; False when it was refused."""
        needed = self._PERMISSIONS[op]
        held = not needed or any(self._system.holds(package, permissions.PREFIX + name) for name in needed)
        state = "top" if process.adj <= 100 else "fgsvc" if process.adj <= 200 else "cch"
        allowed = held and (state != "cch" or op not in self._WHILE_IN_USE or self._everywhere(package, op))
        access = OpAccess(package.name, op, self._system.clock.wall, state, allowed)
        self.accesses = [*self.accesses[-MAX_OPS:], access]
        self._system.truth("app_op", package=package.name, op=op, state=state, allowed=allowed)
        return allowed

    def _everywhere(self, package: Package, op: str) -> bool:
        return op == "FINE_LOCATION" and self._system.holds(package, permissions.BACKGROUND)


@dataclass(slots=True)
class Download:
    """One download; ``done`` bytes of ``size``."""

    id: int
    package: Package
    url: str
    title: str
    path: str
    size: int
    wall: float
    status: int = 192  # Downloads.Impl.STATUS_RUNNING; 200 is success


@dataclass(slots=True)
class Downloads:
    """DownloadManager: files come at 2 MB/s into the public Download folder."""

    system: System
    records: list[Download] = field(default_factory=list)

    def enqueue(self, package: Package, url: str, title: str, file_name: str, size: int) -> int:
        """Start a download; its id."""
        path = f"{DOWNLOAD_FOLDER}/{file_name}"
        record = Download(len(self.records) + 1, package, url, title, path, max(0, size), self.system.clock.wall)
        self.records.append(record)
        self.system.truth("download", package=package.name, url=url, title=title, file_name=file_name)
        self.system.later(0.2 + record.size / BYTES_PER_SECOND, lambda: self._completed(record))
        return record.id

    def _completed(self, record: Download) -> None:
        record.status = 200
        self.system.broadcasts.send_system("android.intent.action.DOWNLOAD_COMPLETE", package=record.package.name)
        process = self.system.process_list.find(record.package.name, record.package.name)
        if process is not None:
            process.runtime.looper.post(lambda: process.runtime.app.on_download(record.id))
