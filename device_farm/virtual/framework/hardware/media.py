"""Media files that appear: who hears of them.

After MediaProvider (packages/providers/MediaProvider): a scan is told by MEDIA_SCANNER_STARTED and _FINISHED, each new
file is a change of its content URI, which jobs may wait for. MEDIA_MOUNTED comes once a boot from
StorageManagerService.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.framework.broadcasts.skip_policy import ACTION

if TYPE_CHECKING:
    from device_farm.virtual.framework.system import System

VOLUME = "file:///storage/emulated/0"
_IMAGES, _VIDEOS, _AUDIO, _FILES = (f"content://media/external/{kind}" for kind in ("images/media", "video/media", "audio/media", "file"))
_KINDS = {
    "jpg": _IMAGES, "jpeg": _IMAGES, "png": _IMAGES, "gif": _IMAGES, "webp": _IMAGES,
    "mp4": _VIDEOS, "3gp": _VIDEOS, "mkv": _VIDEOS, "mp3": _AUDIO, "m4a": _AUDIO, "ogg": _AUDIO, "wav": _AUDIO,
}  # fmt: skip


class Media:
    """The media store of a device."""

    def __init__(self, system: System) -> None:
        """Start empty."""
        self._system = system

    def rebooted(self) -> None:
        """It keeps nothing."""

    def mounted(self) -> None:
        """The shared storage is there: a boot is so far, and all of it is scanned."""
        self._system.broadcasts.send_system(ACTION + "MEDIA_MOUNTED", data=VOLUME)
        for name in ("MEDIA_SCANNER_STARTED", "MEDIA_SCANNER_FINISHED"):
            self._system.broadcasts.send_system(ACTION + name, data=VOLUME)

    def scanned(self, uri: str) -> str:
        """One file was scanned (``am broadcast -a ...MEDIA_SCANNER_SCAN_FILE -d file:///...``).

        The content URI of its kind.
        """
        kind = _KINDS.get(uri.rpartition(".")[2].lower(), _FILES)
        self._system.truth("media_added", uri=uri, content=kind)
        self._system.jobs.content_changed(kind)
        return kind
