"""Downloads that an app does itself: an HTTP connection of its process, which ends with the process.

No row anywhere tells of them: a witness has the file, the traffic of the uid, and what the app shows. Where the process
is frozen nothing comes (CachedAppOptimizer).
"""

from __future__ import annotations

import posixpath
from functools import partial

from device_farm.virtual.framework.packages import app_storage
from device_farm.virtual.framework.packages.app_storage import StorageRefused
from device_farm.virtual.framework.packages.download_content import offered_file
from device_farm.virtual.framework.packages.transfers import BROKEN, DONE
from device_farm.virtual.framework.records.download import FileContent, Offer, Transfer
from device_farm.virtual.framework.records.notification_record import Posting
from device_farm.virtual.framework.records.system_records import Package, ProcessRecord
from device_farm.virtual.framework.system_service import SystemService

FIRST_ID = 100_001  # so that no row of DownloadManager has the same
RETRY = 5.0  # seconds after which a download with ``retry`` tries again
MOST = 200  # of one device at a time
_ENDED = ("done", "failed", "cancelled")
_WORDS = {"zh": ("正在下载", "已暂停", "等待网络", "下载完成"), "en": ("Downloading", "Paused", "Waiting for network", "Downloaded")}


class AppDownload:
    """A download as its app holds it: docs/virtual-app.md, "Downloads and files"."""

    def __init__(self, owner: AppDownloads, process: ProcessRecord, number: int, url: str, file_name: str, transfer: Transfer) -> None:
        self._owner, self._process, self._transfer = owner, process, transfer
        self.id, self.url, self.file_name = number, url, file_name
        self.state, self.error = "running", ""
        self._retry = self._notifies = False

    @property
    def path(self) -> str:
        return self._transfer.path

    @property
    def size(self) -> int | None:
        """Bytes in all; None where the server did not say."""
        return self._transfer.size

    @property
    def bytes(self) -> int:
        """Bytes that have come."""
        return self._owner.bytes_of(self._transfer)

    def pause(self) -> None:
        """Close the connection; the file stays as it is."""
        self._owner.pause(self)

    def resume(self) -> None:
        """Go on after the bytes that have come."""
        self._owner.resume(self)

    def cancel(self) -> None:
        """Close the connection and delete the file."""
        self._owner.cancel(self)


class AppDownloads(SystemService):
    """The downloads of all processes that run."""

    def made(self) -> None:
        self._last = FIRST_ID - 1
        self._active: list[AppDownload] = []
        self._frozen: dict[int, float] = {}  # pid: uptime

    def rebooted(self) -> None:
        """They ended with their processes."""
        self._active = []
        self._frozen = {}

    def start(
        self, process: ProcessRecord, package: Package, url: str, file_name: str, size: int | None, folder: str, offer: Offer, *,
        title: str, rate: float, notification: bool, resume: bool, retry: bool, fails_at: int | None,
    ) -> AppDownload:  # fmt: skip
        """Open a connection; what the app gets to hold."""
        system = self._system
        if len(self._active) >= MOST:
            raise ValueError(f"at most {MOST} downloads run at a time")
        self._last += 1
        content, path, error = FileContent(b""), "", ""
        try:
            path = app_storage.path_for(system, package, folder, file_name)
            content = offered_file(offer, posixpath.basename(path), title, size or 0, system.clock.wall)
        except StorageRefused as refused:
            error = str(refused)
        transfer = Transfer(path, package.uid, size, content, rate, fails_at=fails_at)
        made = AppDownload(self, process, self._last, url, file_name, transfer)
        made._retry, made._notifies = retry, notification
        self._active.append(made)
        if resume and path and system.device.files.exists(path):
            there = system.device.files.stat(path).size
            transfer.done = there if size is None else min(size, there)
        system.truth(
            "download", package=package.name, url=url, title=title, file_name=file_name, id=made.id, by="app", path=path,
            size=size, resumed_at=transfer.done,
        )  # fmt: skip
        if error:
            made.state, made.error = "running", error
            system.later(0.0, partial(self._ended, made, "failed", error))
        else:
            self._connect(made, fresh=not transfer.done)
        return made

    def find(self, process: ProcessRecord, number: int) -> AppDownload | None:
        """A download of a process by its id, also one that has ended."""
        return next((d for d in self._active if d.id == number and d._process is process), None)

    def bytes_of(self, transfer: Transfer) -> int:
        """Bytes that have come by now."""
        return transfer.bytes_at(self._system.clock.uptime)

    # what the app wants
    def pause(self, made: AppDownload) -> None:
        """Close the connection."""
        if made.state in ("running", "waiting"):
            self._halt(made, "paused", "app")

    def resume(self, made: AppDownload) -> None:
        """Open it again."""
        if made.state == "paused" and made._process.alive:
            self._resumed(made, "app")

    def cancel(self, made: AppDownload) -> None:
        """Close it and delete the file."""
        if made.state not in _ENDED:
            self._system.transfers.stop(made._transfer)
            app_storage.remove_tree(self._system, made.path)
            self._system.truth("download_removed", package=made._process.package, id=made.id, why="app")
            self._ended(made, "cancelled", "")

    # what happens to it
    def process_died(self, process: ProcessRecord) -> None:
        """Its connections are closed; the bytes that had come stay in the files."""
        for made in [made for made in self._active if made._process is process]:
            if made.state == "running":
                self._system.transfers.stop(made._transfer)
                self._tell("download_paused", made, why="process")
            self._active.remove(made)
        self._frozen.pop(process.pid, None)

    def frozen(self, process: ProcessRecord) -> None:
        """Nothing of the process runs: no bytes come."""
        self._frozen[process.pid] = self._system.clock.uptime
        for made in self._of(process):
            self._system.transfers.stop(made._transfer)

    def thawed(self, process: ProcessRecord) -> None:
        if self._frozen.pop(process.pid, None) is None:
            return
        for made in self._of(process):
            self._start(made)

    def _of(self, process: ProcessRecord) -> list[AppDownload]:
        return [made for made in self._active if made._process is process and made.state == "running"]

    def network_changed(self) -> None:
        """Connections over the network that is gone break."""
        for made in list(self._active):
            if made.state == "running":
                self._broken(made, "network")
            elif made.state == "waiting":
                self._later(made)

    def _connect(self, made: AppDownload, *, fresh: bool) -> None:
        try:
            if fresh:
                app_storage.remove_tree(self._system, made.path)
            app_storage.create(self._system, made.path, made._transfer.uid)
        except OSError:
            self._system.later(0.0, partial(self._ended, made, "failed", "no_space"))
            return
        if not self._system.connectivity.connected:
            self._system.later(0.0, partial(self._broken, made, "network"))
            return
        self._start(made)

    def _start(self, made: AppDownload) -> None:
        made.state = "running"
        self._system.transfers.start(made._transfer, partial(self._stopped, made), partial(self._progress, made))

    def _stopped(self, made: AppDownload, how: str) -> None:
        if how == DONE:
            self._ended(made, "done", "")
        elif how == BROKEN:
            self._broken(made, "network")
        else:
            self._ended(made, "failed", "no_space")

    def _broken(self, made: AppDownload, why: str) -> None:
        """The connection broke: wait and go on where the app said so, else it has failed."""
        if made.state != "running" or not made._process.alive:
            return
        if not made._retry:
            self._system.transfers.stop(made._transfer)
            self._ended(made, "failed", why)
            return
        self._halt(made, "waiting", why)
        self._later(made)

    def _later(self, made: AppDownload) -> None:
        self._system.later(RETRY, partial(self._try_again, made))

    def _try_again(self, made: AppDownload) -> None:
        if made.state == "waiting" and made._process.alive and self._system.connectivity.connected:
            self._resumed(made, "network")

    def _resumed(self, made: AppDownload, why: str) -> None:
        made.state = "running"
        self._tell("download_resumed", made, why=why)
        self._connect(made, fresh=False)
        self._progress(made)

    def _halt(self, made: AppDownload, state: str, why: str) -> None:
        self._system.transfers.stop(made._transfer)
        made.state = state
        self._tell("download_paused", made, why=why)
        self._progress(made)

    def _tell(self, what: str, made: AppDownload, *, why: str) -> None:
        self._system.truth(what, package=made._process.package, id=made.id, why=why, bytes=made._transfer.done)

    def _progress(self, made: AppDownload) -> None:
        if made._process.alive and made.state not in _ENDED:
            self._note(made)
            made._process.runtime.tell("on_download_progress", made.id)

    def _ended(self, made: AppDownload, state: str, error: str) -> None:
        if made.state in _ENDED:
            return
        made.state, made.error = state, error
        self._system.truth("download_ended", package=made._process.package, id=made.id, status=state, bytes=made._transfer.done)
        self._note(made)
        if made._process.alive:
            made._process.runtime.tell("on_download", made.id)

    def _note(self, made: AppDownload) -> None:
        """The app's own notification, where it wants one."""
        package = self._system.packages.get(made._process.package)
        if not made._notifies or package is None:
            return
        words = _WORDS[self._system.device.spec.language]
        if made.state in ("failed", "cancelled"):
            self._system.notifications.cancel(package.name, made.id)
            return
        text = {"running": words[0], "paused": words[1], "waiting": words[2]}.get(made.state, words[3])
        going, size = made.state != "done", made.size
        progress = (made.bytes * 100 // size, 100) if going and size else None
        posting = Posting(
            made.file_name, text, number=made.id, progress=progress, indeterminate=going and size is None, ongoing=going,
        )  # fmt: skip
        self._system.notifications.post(package, made._process.pid, posting)
