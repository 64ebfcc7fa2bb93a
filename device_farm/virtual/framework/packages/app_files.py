"""The files of apps, as java.io.File reaches them: by a word for the folder and a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.framework.packages import app_storage

if TYPE_CHECKING:
    from device_farm.virtual.framework.records.system_records import Package
    from device_farm.virtual.framework.system import System


class AppFiles:
    """Writes, deletes and measures files of apps outside of downloads."""

    def __init__(self, system: System) -> None:
        """Nothing of its own is kept."""
        self._system = system

    def rebooted(self) -> None:
        """Files stay."""

    def path(self, package: Package, folder: str, file_name: str) -> str:
        """Where a name leads; raises PermissionError for what the app may not reach."""
        try:
            return app_storage.path_for(self._system, package, folder, file_name)
        except app_storage.StorageRefused as refused:
            raise PermissionError(f"{file_name!r}: {refused}") from None

    def write(self, package: Package, folder: str, file_name: str, data: bytes) -> str:
        """Write a whole file; its path."""
        path = self.path(package, folder, file_name)
        app_storage.create(self._system, path, package.uid)
        self._system.device.files.write(path, data)
        return path

    def delete(self, package: Package, folder: str, file_name: str) -> bool:
        """Remove a file; whether there was one."""
        path = self.path(package, folder, file_name)
        there = self._system.device.files.exists(path)
        app_storage.remove_tree(self._system, path)
        return there

    def size(self, package: Package, folder: str, file_name: str) -> int | None:
        """Bytes of a file; None where there is none."""
        path, files = self.path(package, folder, file_name), self._system.device.files
        return files.stat(path).size if files.exists(path) else None
