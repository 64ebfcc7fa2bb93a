"""DownloadManager: files come into the public Download folder, the user is told, and so is the app.

After DownloadProvider, DownloadThread and DownloadNotifier (packages/providers/DownloadProvider). The bytes are there
when the download is done: an APK of the package that its name says, padded to its size, or zeros.
"""

from __future__ import annotations

import math
import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from device_farm.virtual.framework.packages.made_up_apk import made_up_package, padded_apk
from device_farm.virtual.framework.records.download import APK, BYTES_PER_SECOND, INSUFFICIENT_SPACE, RUNNING, SUCCESS, Download
from device_farm.virtual.framework.records.model import Intent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from device_farm.virtual.framework.protocols.framework import Framework
    from device_farm.virtual.framework.records.model import Package

FOLDER = "/storage/emulated/0/Download"
PROVIDER = "com.android.providers.downloads"
MAX_BYTES = 256 << 20  # more does not fit on this device (STATUS_INSUFFICIENT_SPACE_ERROR)
VISIBLE_NOTIFY_COMPLETED = 1
_ENDED = {"zh": ("下载完成。", "下载失败。"), "en": ("Download complete.", "Download unsuccessful.")}  # res/values*/strings.xml
_HOUR_MS = 3_600_000


@dataclass(slots=True)
class Downloads:
    """All downloads, the oldest first; they come at 2 MB/s."""

    system: Framework
    records: list[Download] = field(default_factory=list)

    def rebooted(self) -> None:
        """The rows stay; what was coming has to wait for the end of the boot, and begins anew then."""
        for record in self._running():
            record.started = math.inf

    def boot_completed(self) -> None:
        """DownloadReceiver schedules what is unfinished again; without an ETag that is from the first byte."""
        for record in self._running():
            self._begin(record)

    def _running(self) -> list[Download]:
        return [record for record in self.records if record.status == RUNNING]

    def _begin(self, record: Download) -> None:
        record.started = self.system.clock.uptime
        self.system.later(0.2 + record.size / BYTES_PER_SECOND, lambda: self._ended(record))

    def enqueue(self, package: Package, url: str, title: str, file_name: str, size: int) -> int:
        """Start a download; its id. Raises ValueError for a name with a folder, or a size that is none."""
        if file_name in ("", ".", "..") or "/" in file_name or "\0" in file_name or len(file_name.encode()) > 255:
            raise ValueError(f"not the name of a file: {file_name!r}")
        if size < 0:
            raise ValueError(f"size is a number of bytes, not {size!r}")
        system = self.system
        number = 1 + (self.records[-1].id if self.records else 0)
        path = self._free_name(file_name)
        record = Download(number, package, url, title, path, size, system.clock.wall, system.clock.uptime)
        self.records = [*self.records[-999:], record]
        system.truth("download", package=package.name, url=url, title=title, file_name=posixpath.basename(path))
        self._begin(record)
        return record.id

    def find(self, file_name: str) -> Download | None:
        """The newest finished download of a file name."""
        path = f"{FOLDER}/{file_name}"
        return next((r for r in reversed(self.records) if r.path == path and r.status == SUCCESS), None)

    def _free_name(self, file_name: str) -> str:
        """The name, with a number where it is taken (Helpers.chooseUniqueFilenameLocked)."""
        stem, extension = posixpath.splitext(f"{FOLDER}/{file_name}")
        taken = {record.path for record in self._running()}
        path, number = stem + extension, 0
        while path in taken or self.system.device.files.exists(path):
            number += 1
            path = f"{stem}-{number}{extension}"
        return path

    def _ended(self, record: Download) -> None:
        system = self.system
        record.wall = system.clock.wall
        record.status = INSUFFICIENT_SPACE
        if record.size <= MAX_BYTES:
            try:
                system.device.files.write(record.path, self._content(record), uid=system.packages[PROVIDER].uid)
                record.status = SUCCESS
            except OSError:
                record.status = INSUFFICIENT_SPACE
        text = _ENDED[system.device.spec.language][record.status != SUCCESS]
        opens = Intent(
            action="android.intent.action.VIEW", data=f"content://downloads/all_downloads/{record.id}", mime=record.mime,
            extras={"file_name": posixpath.basename(record.path)},
        )  # fmt: skip
        installs = record.status == SUCCESS and record.mime == APK
        system.notifications.post_system(system.packages[PROVIDER], record.title, text, intent=opens if installs else None)
        system.truth("download_ended", package=record.package.name, id=record.id, status=record.status)
        self._tell_the_app(record)

    def _content(self, record: Download) -> bytes:
        if record.mime != APK:
            return bytes(record.size)
        made_up = made_up_package(posixpath.basename(record.path), record.title, self.system.clock.wall)
        return padded_apk(made_up, record.size)

    def _tell_the_app(self, record: Download) -> None:
        if self.system.packages.get(record.package.name) is not record.package:
            return
        name = record.package.name
        self.system.broadcasts.send_system("android.intent.action.DOWNLOAD_COMPLETE", package=name)
        process = self.system.process_list.find(name, name)
        if process is not None:
            process.runtime.looper.post(lambda: process.runtime.app.on_download(record.id))


def dump(system: Framework) -> str:
    """What DownloadProvider.dump prints: the rows that changed in the last hour."""
    lines = ["Downloads updated in last hour:"]
    for record in system.downloads.records:
        if (system.clock.wall - record.wall) * 1000 < _HOUR_MS:
            lines += [f"  Download #{record.id}:", *_wrapped(_columns(system, record), "    ")]
    return "\n".join(lines) + "\n"


def _columns(system: Framework, record: Download) -> Iterator[str]:
    """The columns of DownloadProvider.createDownloadsTable in the order in which they were added.

    Without the cookies.
    """
    values = {
        "_id": record.id, "uri": record.url, "method": None, "entity": None, "no_integrity": None,
        "hint": f"file://{record.path}", "otaupdate": None, "_data": record.path, "mimetype": record.mime, "destination": 4,
        "no_system": None, "visibility": VISIBLE_NOTIFY_COMPLETED, "control": None, "status": record.status, "numfailed": 0,
        "lastmod": int(record.wall * 1000), "notificationpackage": record.package.name, "notificationclass": None,
        "notificationextras": None, "useragent": None, "referer": None, "total_bytes": record.size,
        "current_bytes": record.bytes_at(system.clock.uptime), "etag": None, "uid": record.package.uid, "otheruid": None,
        "title": record.title, "description": "", "scanned": 1 if record.status == SUCCESS else 0, "is_public_api": 1,
        "allow_roaming": 1, "allowed_network_types": -1, "is_visible_in_downloads_ui": 1,
        "bypass_recommended_size_limit": 0, "mediaprovider_uri": None, "deleted": 0, "errorMsg": None, "allow_metered": 1,
        "allow_write": 0, "flags": 0,
    }  # fmt: skip
    return (f"{name}={'null' if value is None else value} " for name, value in values.items())


def _wrapped(pairs: Iterator[str], indent: str) -> list[str]:
    """Pairs on lines of at most 120 characters (com.android.internal.util.IndentingPrintWriter)."""
    lines, line = [], ""
    for pair in pairs:
        if line and len(line) + len(pair) > 120 - len(indent):
            lines.append(indent + line)
            line = ""
        line += pair
    return [*lines, indent + line]
