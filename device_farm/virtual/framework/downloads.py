"""DownloadManager."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from device_farm.virtual.framework.model import Package
    from device_farm.virtual.framework.system import System

BYTES_PER_SECOND = 2_000_000
DOWNLOAD_FOLDER = "/storage/emulated/0/Download"


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
