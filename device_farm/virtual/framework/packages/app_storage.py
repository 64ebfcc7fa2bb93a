"""The directories in which apps put files, the owners of those files, and the paths that a name may lead to.

Shared storage is FUSE on Android 11 and later (packages/providers/MediaProvider jni/FuseDaemon.cpp): its files belong
to the MediaProvider's process and the group media_rw, whoever wrote them; before it is sdcardfs, which shows root and
sdcard_rw. ``Android/data`` has a group of its own since 11 that adbd gives its shell
(packages/modules/adb daemon/main.cpp), so shell may look in; ``/data/data`` is closed to it.

Shortcuts that apps pin to the home screen: the launcher asks the user about each.

After ShortcutService.requestPinItem (services/core/java/com/android/server/pm): the launcher's own activity confirms.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING

from device_farm.virtual.framework.records.install_session import Shortcut
from device_farm.virtual.framework.records.system_records import Intent, Package
from device_farm.virtual.framework.system_service import SystemService
from device_farm.virtual.kernel.file_nodes import MEDIA_RW, NAME_MAX, SHARED_DIRECTORIES, normalise

if TYPE_CHECKING:
    from device_farm.virtual.framework.system import System

SHARED = "/storage/emulated/0"
DOWNLOAD = f"{SHARED}/Download"
SDCARD_RW, EXT_DATA_RW = 1015, 1078  # android_filesystem_config.h
FUSE, SCOPED = 30, 29  # SDK
WRITE = "android.permission.WRITE_EXTERNAL_STORAGE"
MEDIA_PROVIDER = "com.android.providers.media.module"
_OWN = {"files": "files", "cache": "cache", "external_files": "files", "external_cache": "cache"}


class StorageRefused(Exception):
    """A path that an app may not write; ``str`` is "file_name" or "permission"."""


@dataclass(frozen=True, slots=True)
class Owner:
    """To whom a file belongs, and its permission bits."""

    uid: int
    gid: int
    mode: int


def folder_of_word(package: str, folder: str) -> str:
    """The path that an app file's word for a folder means; raises ValueError for none."""
    if folder == "public":
        return DOWNLOAD
    if folder in ("files", "cache"):
        return f"/data/data/{package}/{_OWN[folder]}"
    if folder in _OWN:
        return f"{SHARED}/Android/data/{package}/{_OWN[folder]}"
    if not folder or folder.startswith("/") or "\0" in folder:
        raise ValueError(f"folder is public, files, cache, external_files, external_cache or one of the shared storage, not {folder!r}")
    return f"{SHARED}/{folder}"


def path_for(system: System, package: Package, folder: str, file_name: str) -> str:
    """Where a name leads in a folder; raises StorageRefused for what the app may not write."""
    if not file_name or "\0" in file_name or len(file_name.rpartition("/")[2].encode("utf-8", "surrogateescape")) > NAME_MAX:
        raise StorageRefused("file_name")
    path = normalise(f"{folder_of_word(package.name, folder)}/{file_name}")
    if posixpath.basename(file_name) in ("", ".", ".."):
        raise StorageRefused("file_name")
    if not _may_write(system, package, path):
        raise StorageRefused("permission")
    return path


def _may_write(system: System, package: Package, path: str) -> bool:
    if path.startswith((f"/data/data/{package.name}/", f"{SHARED}/Android/data/{package.name}/")):
        return True
    if not path.startswith(SHARED + "/"):
        return False
    if system.sdk < SCOPED:
        return system.holds(package, WRITE)
    place = path[len(SHARED) + 1 :].split("/")
    return len(place) > 1 and place[0] in SHARED_DIRECTORIES and place[0] != "Android"


def owner_of(system: System, path: str, uid: int) -> Owner:
    """To whom a file at ``path`` belongs that an app of ``uid`` writes."""
    if not path.startswith(SHARED + "/"):
        return Owner(uid, uid, 0o600)
    if path.startswith(f"{SHARED}/Android/data/"):
        return Owner(uid, EXT_DATA_RW if system.sdk >= FUSE else SDCARD_RW, 0o660)
    if system.sdk < FUSE:
        return Owner(0, SDCARD_RW, 0o660)
    return Owner(system.packages[MEDIA_PROVIDER].uid, MEDIA_RW, 0o660)


def create(system: System, path: str, uid: int) -> None:
    """Make an empty file with the folders above it; one that is there is kept. Raises OSError."""
    files = system.device.files
    parts = path.split("/")
    for depth in range(2, len(parts)):
        above = "/".join(parts[:depth])
        if not files.exists(above):
            owner = owner_of(system, above + "/", uid)
            files.mkdir(above, mode=0o2770 if above.startswith(SHARED) else 0o700)
            files.own(above, owner.uid, owner.gid)
    if not files.exists(path):
        owner = owner_of(system, path, uid)
        files.write(path, b"", mode=owner.mode)
        files.own(path, owner.uid, owner.gid)


def remove_data(system: System, package: str) -> None:
    """The app's own files go: it was removed, or its data were cleared."""
    for root in (f"/data/data/{package}", f"{SHARED}/Android/data/{package}"):
        remove_tree(system, root)


def remove_tree(system: System, path: str) -> None:
    """Remove a file, or a folder with all that is in it; nothing where there is none."""
    files = system.device.files
    if not files.exists(path):
        return
    if not files.stat(path, follow=False).is_dir:
        files.remove(path)
        return
    for name in files.listdir(path):
        remove_tree(system, f"{path}/{name}")
    files.rmdir(path)


class AppFiles(SystemService):
    """Writes, deletes and measures files of apps outside of downloads."""

    def path(self, package: Package, folder: str, file_name: str) -> str:
        """Where a name leads; raises PermissionError for what the app may not reach."""
        try:
            return path_for(self._system, package, folder, file_name)
        except StorageRefused as refused:
            raise PermissionError(f"{file_name!r}: {refused}") from None

    def write(self, package: Package, folder: str, file_name: str, data: bytes) -> str:
        """Write a whole file; its path."""
        path = self.path(package, folder, file_name)
        create(self._system, path, package.uid)
        self._system.device.files.write(path, data)
        return path

    def delete(self, package: Package, folder: str, file_name: str) -> bool:
        path = self.path(package, folder, file_name)
        there = self._system.device.files.exists(path)
        remove_tree(self._system, path)
        return there

    def size(self, package: Package, folder: str, file_name: str) -> int | None:
        """Bytes of a file; None where there is none."""
        path, files = self.path(package, folder, file_name), self._system.device.files
        return files.stat(path).size if files.exists(path) else None


CONFIRM = "android.content.pm.action.CONFIRM_PIN_SHORTCUT"
REQUEST = "shortcut"  # extra: the one that is asked about
HOME = "android.intent.category.HOME"


class Shortcuts(SystemService):
    """The pinned shortcuts, in their order."""

    def made(self) -> None:
        self.pinned: list[Shortcut] = []

    def request(self, shortcut: Shortcut) -> None:
        """An app wants one pinned; an id that is pinned already is brought up to date without a question."""
        if any((each.package, each.id) == (shortcut.package, shortcut.id) for each in self.pinned):
            self.pin(shortcut)
            return
        self._system.truth("shortcut_asked", package=shortcut.package, label=shortcut.label)
        launcher = next((p for p in self._system.packages.values() if any(HOME in c.categories for c in p.components)), None)
        if launcher is not None:
            intent = Intent(action=CONFIRM, package=launcher.name, extras={REQUEST: shortcut})
            self._system.start_activity(intent, uid=1000, package="android")

    def pin(self, shortcut: Shortcut) -> None:
        same = (shortcut.package, shortcut.id)
        self.pinned = [each for each in self.pinned if (each.package, each.id) != same] + [shortcut]
        self._system.truth("shortcut_pinned", package=shortcut.package, label=shortcut.label)

    def remove_package(self, package: str) -> None:
        self.pinned = [each for each in self.pinned if each.package != package]
