"""A row of DownloadManager."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from device_farm.virtual.framework.records.offer import Offer
    from device_farm.virtual.framework.records.system_records import Package
    from device_farm.virtual.framework.records.transfer import Transfer

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
        """Where it is written."""
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
        """How many bytes had come at an uptime."""
        return self.transfer.bytes_at(uptime)
