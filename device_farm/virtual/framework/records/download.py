"""A row of DownloadManager."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field

from device_farm.virtual.framework.records.system_records import Package

APK = "application/vnd.android.package-archive"
_MIME = {".apk": APK, ".zip": "application/zip", ".jpg": "image/jpeg", ".png": "image/png", ".mp4": "video/mp4", ".pdf": "application/pdf"}
# Downloads.Impl.STATUS_*
PENDING, RUNNING, PAUSED_BY_APP, WAITING_TO_RETRY, WAITING_FOR_NETWORK, SUCCESS = 190, 192, 193, 194, 195, 200
CANCELED, HTTP_DATA_ERROR, INSUFFICIENT_SPACE = 490, 495, 498
WAITING = (PENDING, WAITING_TO_RETRY, WAITING_FOR_NETWORK)
VISIBLE_NOTIFY_COMPLETED, HIDDEN = 1, 2  # Downloads.Impl.VISIBILITY_*
CONTROL_RUN, CONTROL_PAUSED = 0, 1


def mime_of(name: str) -> str:
    """The type by a name's extension."""
    return _MIME.get(posixpath.splitext(name)[1].lower(), "application/octet-stream")


@dataclass(slots=True)
class Download:
    """One row. ``wall`` is Unix seconds of the last change, ``control`` what its app wants: to run or to pause."""

    id: int
    package: Package
    url: str
    title: str
    offer: Offer
    transfer: Transfer
    wall: float
    status: int = PENDING
    visibility: int = VISIBLE_NOTIFY_COMPLETED
    control: int | None = None
    failed: int = 0  # how often in a row
    error: str | None = None

    @property
    def path(self) -> str:
        return self.transfer.path

    @property
    def size(self) -> int:
        """Bytes in all, -1 where the server did not say."""
        return -1 if self.transfer.size is None else self.transfer.size

    @property
    def mime(self) -> str:
        """The type by the name's extension."""
        return mime_of(self.path)

    @property
    def completed(self) -> bool:
        """Whether nothing more will happen to it, well or not (Downloads.Impl.isStatusCompleted)."""
        return self.status >= SUCCESS

    @property
    def waits(self) -> bool:
        """Whether a job of it is scheduled: it failed and is tried again, or its app has it go on after a pause."""
        return self.status in WAITING or (self.status == PAUSED_BY_APP and self.control == CONTROL_RUN)

    def bytes_at(self, uptime: float) -> int:
        return self.transfer.bytes_at(uptime)


KINDS = ("apk", "apks", "xapk", "file", "not_an_apk", "broken", "bomb")


@dataclass(frozen=True, slots=True)
class FileContent:
    """The bytes of a file: ``head``, then ``gap`` zeros, then ``tail``."""

    head: bytes
    gap: int = 0
    tail: bytes = b""

    @property
    def size(self) -> int:
        """Bytes in all."""
        return len(self.head) + self.gap + len(self.tail)


@dataclass(frozen=True, slots=True)
class Offer:
    """The file that an app file declares for a download; empty values are worked out from the file's name.

    ``labels`` by language, "" for the default; ``icon`` is a PNG; ``signer`` the word of a developer.
    """

    kind: str = ""
    package: str = ""
    labels: dict[str, str] = field(default_factory=dict)
    icon: bytes = b""
    signer: str = ""
    version_name: str = "1.0"
    version_code: int = 1
    permissions: tuple[str, ...] = ()


BYTES_PER_SECOND = 2_000_000
LATENCY = 0.2  # seconds until the first byte


@dataclass(slots=True)
class Transfer:
    """One connection. ``uid`` is whose bytes they count as; ``size`` None is a server that never ends.

    ``done`` bytes had come at the uptime ``since``, which is None while nothing comes. ``fails_at``: the server breaks
    the connection there, once.
    """

    path: str
    uid: int
    size: int | None
    content: FileContent
    rate: float = BYTES_PER_SECOND
    done: int = 0
    since: float | None = None
    fails_at: int | None = None
    tag: int = 0  # TrafficStats.setThreadStatsTag
    detached: bool = False  # the file was removed while it was written
    run: int = 0  # how often it was started: a timer of an earlier run is void

    def bytes_at(self, uptime: float) -> int:
        if self.since is None or uptime <= self.since:
            return self.done
        come = self.done + int((uptime - self.since) * self.rate + 1e-6)
        return come if self.goal is None else min(come, self.goal)

    @property
    def goal(self) -> int | None:
        """Where this run ends."""
        if self.fails_at is not None and self.fails_at > self.done:
            return self.fails_at if self.size is None else min(self.size, self.fails_at)
        return self.size
