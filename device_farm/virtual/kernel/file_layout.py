"""The files of a new phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.kernel.file_nodes import DIRECTORIES, MEDIA_RW, ROOT, SHARED_DIRECTORIES

if TYPE_CHECKING:
    from device_farm.virtual.kernel.file_system import FileSystem


def lay_out(files: FileSystem) -> None:
    """Make the directories and links that every Android has."""
    for path, mode, uid in DIRECTORIES:
        files.mkdir(path, mode=mode)
        files.own(path, uid, uid)
    for name in SHARED_DIRECTORIES:
        files.mkdir(f"/storage/emulated/0/{name}", mode=0o2770)
        files.own(f"/storage/emulated/0/{name}", ROOT, MEDIA_RW)
    files.symlink("/storage/self/primary", "/sdcard")
    files.mkdir("/storage/self")
    files.symlink("/storage/emulated/0", "/storage/self/primary")
    files.symlink("/system/etc", "/etc")
    files.symlink("/system/bin", "/bin")
