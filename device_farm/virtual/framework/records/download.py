"""A row of DownloadManager."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from device_farm.virtual.framework.records.model import Package

BYTES_PER_SECOND = 2_000_000
APK = "application/vnd.android.package-archive"
_MIME = {".apk": APK, ".zip": "application/zip", ".jpg": "image/jpeg", ".png": "image/png", ".mp4": "video/mp4", ".pdf": "application/pdf"}
RUNNING, SUCCESS, INSUFFICIENT_SPACE = 192, 200, 498  # Downloads.Impl.STATUS_*


@dataclass(slots=True)
class Download:
    """One row. ``size`` is bytes; ``wall`` is Unix seconds of the last change.

    ``started`` is an uptime, infinite while it waits.
    """

    id: int
    package: Package
    url: str
    title: str
    path: str
    size: int
    wall: float
    started: float
    status: int = RUNNING

    @property
    def mime(self) -> str:
        """The type by the name's extension."""
        return _MIME.get(posixpath.splitext(self.path)[1].lower(), "application/octet-stream")

    def bytes_at(self, uptime: float) -> int:
        """How many bytes had come at an uptime."""
        if self.status == RUNNING and uptime < self.started:
            return 0
        if self.status == RUNNING:
            return min(self.size, int((uptime - self.started) * BYTES_PER_SECOND))
        return self.size if self.status == SUCCESS else 0
