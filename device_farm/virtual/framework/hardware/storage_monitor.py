"""Warns when the storage runs low: an event, sticky broadcasts, a notification.

After DeviceStorageMonitorService (services/core/java/com/android/server/storage, 8.0 and later), which looks each
minute. Here it looks only while there is something to tell: a phone of this kind has room for long.

Media files that appear: who hears of them.

After MediaProvider (packages/providers/MediaProvider): a scan is told by MEDIA_SCANNER_STARTED and _FINISHED, each new
file is a change of its content URI, which jobs may wait for. MEDIA_MOUNTED comes once a boot from
StorageManagerService.
"""

from device_farm.virtual.framework.broadcasts.skip_policy import ACTION
from device_farm.virtual.framework.records.notification_record import Posting
from device_farm.virtual.framework.records.storage import StorageLevel, storage_level
from device_farm.virtual.framework.system_service import SystemService
from device_farm.virtual.kernel.device_clock import Timer

_EVERY = 60.0  # seconds: DEFAULT_CHECK_INTERVAL
_NOTE = 23  # SystemMessage.NOTE_LOW_STORAGE
_ENTERED = {StorageLevel.LOW: "DEVICE_STORAGE_LOW", StorageLevel.FULL: "DEVICE_STORAGE_FULL"}
_LEFT = {StorageLevel.LOW: "DEVICE_STORAGE_OK", StorageLevel.FULL: "DEVICE_STORAGE_NOT_FULL"}
_WORDS = {  # core/res/res/values*/strings.xml: low_internal_storage_view_title, _text
    "zh": ("存储空间不足", "某些系统功能可能无法正常使用"),
    "en": ("Storage space running out", "Some system functions may not work"),
}


class StorageMonitor(SystemService):
    """How full the storage was found, and who was told."""

    def rebooted(self) -> None:
        """The sticky broadcasts are gone: it is told again."""
        self.level = StorageLevel.NORMAL
        self._timer: Timer | None = None
        files = self._system.device.files
        if storage_level(files.free, files.capacity) is not StorageLevel.NORMAL:
            self._timer = self._system.later(_EVERY, self.check)

    def check(self) -> None:
        """Look, and tell what changed."""
        files = self._system.device.files
        before, self.level = self.level, storage_level(files.free, files.capacity)
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self.level is not before:
            self._system.narrator.storage_state(int(before), int(self.level), files.free, files.capacity)
            self._tell(before)
        if self.level is not StorageLevel.NORMAL or files.ballast:
            self._timer = self._system.later(_EVERY, self.check)

    def _tell(self, before: StorageLevel) -> None:
        broadcasts = self._system.broadcasts
        for level in (StorageLevel.LOW, StorageLevel.FULL):
            if before < level <= self.level:
                broadcasts.send_system(ACTION + _ENTERED[level], sticky=True)
            elif self.level < level <= before:
                broadcasts.sticky.pop(ACTION + _ENTERED[level], None)
                broadcasts.send_system(ACTION + _LEFT[level])
        system = self._system.packages["android"]
        if before < StorageLevel.LOW <= self.level:
            title, text = _WORDS[self._system.device.spec.language]
            self._system.notifications.post_system(system, Posting(title, text, number=_NOTE, ongoing=True))
        elif self.level < StorageLevel.LOW <= before:
            self._system.notifications.cancel(system.name, _NOTE)


VOLUME = "file:///storage/emulated/0"
_IMAGES, _VIDEOS, _AUDIO, _FILES = (f"content://media/external/{kind}" for kind in ("images/media", "video/media", "audio/media", "file"))
_KINDS = {
    "jpg": _IMAGES, "jpeg": _IMAGES, "png": _IMAGES, "gif": _IMAGES, "webp": _IMAGES,
    "mp4": _VIDEOS, "3gp": _VIDEOS, "mkv": _VIDEOS, "mp3": _AUDIO, "m4a": _AUDIO, "ogg": _AUDIO, "wav": _AUDIO,
}  # fmt: skip


class Media(SystemService):
    """The media store of a device."""

    def mounted(self) -> None:
        """The shared storage is there: a boot is so far, and all of it is scanned."""
        self._system.broadcasts.send_system(ACTION + "MEDIA_MOUNTED", data=VOLUME)
        for name in ("MEDIA_SCANNER_STARTED", "MEDIA_SCANNER_FINISHED"):
            self._system.broadcasts.send_system(ACTION + name, data=VOLUME)

    def scanned(self, uri: str) -> str:
        """One file was scanned (``am broadcast -a ...MEDIA_SCANNER_SCAN_FILE -d file:///...``): its content URI."""
        kind = _KINDS.get(uri.rpartition(".")[2].lower(), _FILES)
        self._system.truth("media_added", uri=uri, content=kind)
        self._system.jobs.content_changed(kind)
        return kind
