"""DownloadManager: files come into the public Download folder, the user is told, and so is the app.

After DownloadProvider, DownloadThread and DownloadJobService (packages/providers/DownloadProvider). Servers here give
an ETag and take ranges, so what broke off goes on where it was: 30 seconds later (a job's backoff), when there is a
network.

An app that writes CONTROL_RUN has the job scheduled (DownloadProvider.update, Helpers.scheduleJob), which requires a
network and waits for one; the status stays as it was until DownloadThread.run writes 192. AOSP schedules no row of
status 193 (DownloadInfo.isReadyToSchedule), so there it stays paused; here it goes on [assumed: as makers' providers].
"""

import posixpath
from functools import partial
from typing import Any

from device_farm.virtual.framework.packages import app_storage, download_notes
from device_farm.virtual.framework.packages.download_content import offered_file
from device_farm.virtual.framework.packages.transfers import BROKEN, DONE
from device_farm.virtual.framework.records.download import (
    BYTES_PER_SECOND,
    CONTROL_PAUSED,
    CONTROL_RUN,
    HIDDEN,
    HTTP_DATA_ERROR,
    INSUFFICIENT_SPACE,
    PAUSED_BY_APP,
    PENDING,
    RUNNING,
    SUCCESS,
    VISIBLE_NOTIFY_COMPLETED,
    WAITING_FOR_NETWORK,
    WAITING_TO_RETRY,
    Download,
    Offer,
    Transfer,
)
from device_farm.virtual.framework.records.system_records import Package
from device_farm.virtual.framework.system_service import SystemService
from device_farm.virtual.kernel.file_nodes import NAME_MAX

FOLDER = app_storage.DOWNLOAD
PROVIDER = download_notes.PROVIDER
BACKOFF = 30.0  # seconds: JobInfo.DEFAULT_INITIAL_BACKOFF_MILLIS, Constants.RETRY_FIRST_DELAY
MAX_RETRIES = 5  # Constants.MAX_RETRIES
MOST_ROWS = 1000
TAG_SYSTEM_DOWNLOAD = 0xFFFFFF01  # TrafficStats.TAG_SYSTEM_DOWNLOAD


class DownloadManager(SystemService):
    """All rows, the oldest first."""

    def made(self) -> None:
        """No row; they stay over a reboot, what was coming then has to wait for the end of the boot."""
        self.records: list[Download] = []
        self._last = 0  # ids are never used again (AUTOINCREMENT)

    def boot_completed(self) -> None:
        """Schedule what is unfinished again, as DownloadReceiver does."""
        for row in self.records:
            if row.status == RUNNING or row.waits:
                row.status = row.status if row.status != RUNNING else PENDING
                self._schedule(row, 0.0)

    def enqueue(
        self, package: Package, url: str, title: str, file_name: str, size: int | None, offer: Offer | None = None, *,
        rate: float = BYTES_PER_SECOND, visible: bool = True, fails_at: int | None = None,
    ) -> int:  # fmt: skip
        """Start a download; its id. Raises ValueError for a name with a folder, or a size that is none."""
        if file_name in ("", ".", "..") or "/" in file_name or "\0" in file_name or len(file_name.encode()) > NAME_MAX:
            raise ValueError(f"not the name of a file: {file_name!r}")
        if size is not None and size < 0:
            raise ValueError(f"size is a number of bytes, not {size!r}")
        system, offer = self._system, offer or Offer()
        path = self._free_name(file_name)
        content = offered_file(offer, posixpath.basename(path), title, size or 0, system.clock.wall)
        transfer = Transfer(path, package.uid, size, content, rate, fails_at=fails_at, tag=TAG_SYSTEM_DOWNLOAD)
        self._last += 1
        row = Download(self._last, package, url, title, offer, transfer, system.clock.wall)
        row.visibility = VISIBLE_NOTIFY_COMPLETED if visible else HIDDEN
        self.records = [*self.records[1 - MOST_ROWS :], row]
        system.truth(
            "download", package=package.name, url=url, title=title, file_name=posixpath.basename(path), id=row.id,
            by="download_manager", path=path, size=size, resumed_at=0,
        )  # fmt: skip
        self._run(row)
        return row.id

    def row(self, number: int) -> Download | None:
        return next((row for row in self.records if row.id == number), None)

    def query(self, number: int) -> dict[str, Any] | None:
        """Return a row as DownloadManager.query does; None where there is none."""
        row = self.row(number)
        return None if row is None else download_notes.query(self._system, row)

    def find(self, file_name: str) -> Download | None:
        """The newest finished download of a file name."""
        path = f"{FOLDER}/{file_name}"
        return next((r for r in reversed(self.records) if r.path == path and r.status == SUCCESS), None)

    def _free_name(self, file_name: str) -> str:
        """The name, with a number where it is taken (Helpers.chooseUniqueFilenameLocked)."""
        stem, extension = posixpath.splitext(f"{FOLDER}/{file_name}")
        taken = {row.path for row in self.records if not row.completed}
        path, number = stem + extension, 0
        while path in taken or self._system.device.files.exists(path):
            number += 1
            path = f"{stem}-{number}{extension}"
        return path

    # what its app, the user or the network wants
    def pause(self, number: int, why: str = "app") -> None:
        """Write CONTROL_PAUSED into a row."""
        row = self.row(number)
        if row is None or row.completed or row.control == CONTROL_PAUSED:
            return
        row.control = CONTROL_PAUSED
        if row.status == RUNNING:
            self._halt(row, PAUSED_BY_APP, why)

    def resume(self, number: int) -> None:
        """Write CONTROL_RUN into a row."""
        row = self.row(number)
        if row is None or row.completed or row.control != CONTROL_PAUSED:
            return
        row.control = CONTROL_RUN
        self._run(row)

    def remove(self, number: int, why: str = "app") -> bool:
        """The row goes, with its file; an app whose download had not ended is told that it has."""
        row = self.row(number)
        if row is None:
            return False
        completed = row.completed
        self._system.transfers.stop(row.transfer)
        self.records = [other for other in self.records if other is not row]
        app_storage.remove_tree(self._system, row.path)
        self._system.truth("download_removed", package=row.package.name, id=row.id, why=why)
        download_notes.hide(self._system, row)
        self._show(row)
        if not completed and why != "app":
            self._tell_the_app(row)
        return True

    def clear(self) -> None:
        """``pm clear`` of the provider: all rows are gone, the files stay."""
        for row in self.records:
            self._system.transfers.stop(row.transfer)
            self._system.truth("download_removed", package=row.package.name, id=row.id, why="shell")
        self.records = []

    def network_changed(self) -> None:
        """Connections over the network that is gone break; they wait for another."""
        for row in list(self.records):
            if row.status == RUNNING:
                row.failed = 1
                self._halt(row, WAITING_FOR_NETWORK, "network")
                self._schedule(row, BACKOFF)
            elif self._system.connectivity.connected and row.waits:
                failed = row.status in (WAITING_TO_RETRY, WAITING_FOR_NETWORK)
                self._schedule(row, max(0.0, row.wall + BACKOFF - self._system.clock.wall) if failed else 0.5)

    # how it goes
    def _run(self, row: Download) -> None:
        system = self._system
        if row.control == CONTROL_PAUSED or row.completed or row.status == RUNNING or not system.connectivity.connected:
            return
        before = row.status
        try:
            if not system.device.files.exists(row.path):
                row.transfer.done = 0
                app_storage.create(system, row.path, row.package.uid)
            self._check_room(row)
        except OSError:
            self._ended(row, INSUFFICIENT_SPACE)
            return
        row.status, row.wall = RUNNING, system.clock.wall
        if before != PENDING or row.transfer.run:
            why = "app" if before == PAUSED_BY_APP else "network"
            system.truth("download_resumed", package=row.package.name, id=row.id, why=why, bytes=row.transfer.done)
        system.transfers.start(row.transfer, partial(self._stopped, row), partial(self._show, row))
        self._show(row)

    def _check_room(self, row: Download) -> None:
        """Raise OSError where what is still to come has no room: StorageManager.allocateBytes before the first byte."""
        files, size = self._system.device.files, row.transfer.size or 0
        if size - row.transfer.done > files.capacity - files.occupied:
            raise OSError

    def _schedule(self, row: Download, after: float) -> None:
        self._system.later(after, partial(self._due, row))

    def _due(self, row: Download) -> None:
        if row in self.records and row.waits:
            self._run(row)

    def _halt(self, row: Download, status: int, why: str) -> None:
        self._system.transfers.stop(row.transfer)
        row.status, row.wall = status, self._system.clock.wall
        self._system.truth("download_paused", package=row.package.name, id=row.id, why=why, bytes=row.transfer.done)
        self._show(row)

    def _stopped(self, row: Download, how: str) -> None:
        """The connection is over."""
        if how == DONE:
            self._ended(row, SUCCESS)
        elif how == BROKEN:
            row.failed += 1
            if row.failed >= MAX_RETRIES:
                self._ended(row, HTTP_DATA_ERROR)
                return
            self._halt(row, WAITING_TO_RETRY, "server")
            self._schedule(row, BACKOFF)
        else:
            self._ended(row, INSUFFICIENT_SPACE)

    def _ended(self, row: Download, status: int) -> None:
        system = self._system
        row.status, row.wall = status, system.clock.wall
        if status != SUCCESS:
            app_storage.remove_tree(system, row.path)
        download_notes.show_ended(system, row)
        system.truth("download_ended", package=row.package.name, id=row.id, status=row.status, bytes=row.transfer.done)
        self._show(row)
        self._tell_the_app(row)

    def _show(self, row: Download) -> None:
        download_notes.show(self._system, self.records, row.package.name, self._cancel)

    def _cancel(self, numbers: list[int]) -> None:
        """The button of the notification."""
        for number in numbers:
            self.remove(number, "user")

    def _tell_the_app(self, row: Download) -> None:
        if self._system.packages.get(row.package.name) is not row.package:
            return
        name = row.package.name
        self._system.broadcasts.send_system("android.intent.action.DOWNLOAD_COMPLETE", package=name)
        process = self._system.process_list.find(name, name)
        if process is not None:
            process.runtime.tell("on_download", row.id)
