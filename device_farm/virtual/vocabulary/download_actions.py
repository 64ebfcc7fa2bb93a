"""The actions of an app with files and the network: docs/virtual-app.md, "Downloads and files"."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from device_farm.virtual.framework.records.download import KINDS, Offer
from device_farm.virtual.vocabulary.bound import Bound
from device_farm.virtual.vocabulary.icons import folder_of, icon_png

if TYPE_CHECKING:
    from collections.abc import Sequence

    from device_farm.virtual.framework.packages.app_downloads import AppDownload

RATE = 2_000_000  # bytes a second
MAX_WRITE = 64 << 20  # bytes of one write_file


class DownloadActions(Bound):
    """Downloads, files and plain requests of an app."""

    def enqueue_download(
        self, url: str, *, title: str, file_name: str, size: int | None, kind: str | None = None, package: str | None = None,
        label: str | dict[str, str] | None = None, icon: str | None = None, signer: str | None = None, version_name: str = "1.0",
        version_code: int = 1, permissions: Sequence[str] = (), bytes_per_second: float = RATE, notification: bool = True,
        fails_at: int | None = None,
    ) -> int:  # fmt: skip
        """DownloadManager.enqueue to the public Download folder; ``on_download(id)`` follows."""
        process = self._process
        offer = self._offer(kind, package, label, icon, signer, version_name, version_code, permissions)
        rate = _rate(bytes_per_second)
        return process.system.downloads.enqueue(
            process.package, str(url), str(title), str(file_name), size, offer, rate=rate, visible=notification, fails_at=fails_at
        )

    def query_download(self, id: int) -> dict[str, Any] | None:
        """DownloadManager.query of one row; None where there is none."""
        return self._process.system.downloads.query(id)

    def pause_download(self, id: int) -> None:
        """CONTROL_PAUSED into the row of a download."""
        self._process.system.downloads.pause(id)

    def resume_download(self, id: int) -> None:
        """CONTROL_RUN into the row of a download."""
        self._process.system.downloads.resume(id)

    def remove_download(self, id: int) -> None:
        """DownloadManager.remove: the row and its file go."""
        self._process.system.downloads.remove(id)

    def download(
        self, url: str, *, file_name: str, size: int | None, folder: str = "public", kind: str | None = None,
        package: str | None = None, label: str | dict[str, str] | None = None, icon: str | None = None, signer: str | None = None,
        version_name: str = "1.0", version_code: int = 1, permissions: Sequence[str] = (), bytes_per_second: float = RATE,
        notification: bool = False, resume: bool = False, retry: bool = False, fails_at: int | None = None,
    ) -> AppDownload:  # fmt: skip
        """Load a file over HTTP in this process; ``on_download_progress(id)`` and ``on_download(id)`` tell of it."""
        process = self._process
        offer = self._offer(kind, package, label, icon, signer, version_name, version_code, permissions)
        if size is not None and size < 0:
            raise ValueError(f"size is a number of bytes, not {size!r}")
        title = next(iter(offer.labels.values()), "")
        return process.system.app_downloads.start(
            process.record, process.package, str(url), str(file_name), size, folder, offer, title=title,
            rate=_rate(bytes_per_second), notification=notification, resume=resume, retry=retry, fails_at=fails_at,
        )  # fmt: skip

    def get_download(self, id: int) -> AppDownload | None:
        """A download of this process by its id."""
        return self._process.system.app_downloads.find(self._process.record, id)

    def _offer(
        self, kind: str | None, package: str | None, label: str | dict[str, str] | None, icon: str | None, signer: str | None,
        version_name: str, version_code: int, permissions: Sequence[str],
    ) -> Offer:  # fmt: skip
        if kind is not None and kind not in KINDS:
            raise ValueError(f"kind is one of {', '.join(KINDS)}, not {kind!r}")
        labels = label if isinstance(label, dict) else {"": str(label)} if label else {}
        folder = folder_of(type(self._process.app))
        return Offer(
            kind or "", package or "", dict(labels), icon_png(icon or "", folder), signer or "", str(version_name), int(version_code),
            tuple(permissions),
        )  # fmt: skip

    def write_file(self, file_name: str, content: str | bytes, *, folder: str = "files") -> str:
        """Write a file, made if absent; its path. Raises PermissionError or OSError as the file system does."""
        process = self._process
        data = content.encode() if isinstance(content, str) else bytes(content)
        if len(data) > MAX_WRITE:
            raise ValueError(f"at most {MAX_WRITE >> 20} MiB at once")
        return process.system.app_files.write(process.package, folder, str(file_name), data)

    def delete_file(self, file_name: str, *, folder: str = "files") -> bool:
        """File.delete: whether there was one."""
        return self._process.system.app_files.delete(self._process.package, folder, str(file_name))

    def file_size(self, file_name: str, *, folder: str = "files") -> int | None:
        """File.length; None where there is no such file."""
        return self._process.system.app_files.size(self._process.package, folder, str(file_name))

    def http_request(self, url: str, *, received: int, sent: int = 0) -> bool:
        """A request and its answer at once, counted to this app's uid; False without a network."""
        process = self._process
        if not process.system.connectivity.connected:
            return False
        process.system.netstats.count(process.package.uid, received=max(0, int(received)), sent=max(0, int(sent)))
        process.system.truth("http_request", package=process.package.name, url=str(url), received=received, sent=sent)
        return True


def _rate(bytes_per_second: float) -> float:
    if not (math.isfinite(bytes_per_second) and bytes_per_second > 0):
        raise ValueError(f"bytes_per_second is a number above 0, not {bytes_per_second!r}")
    return float(bytes_per_second)
