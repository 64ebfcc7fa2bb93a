"""Installing a file that lies on the device: what an installer makes of it, whoever opened it.

The file is what counts, not who said what it would be. An App class of the device that is not installed yet is put in
the place of the code that an APK here has not.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from device_farm.virtual.framework.packages.apk_install import InstallFailed, InstallOptions, failure_of, install_parsed
from device_farm.virtual.framework.packages.app_manifest import build_package
from device_farm.virtual.framework.records.offer import FileContent
from harness.apk import read_apk
from harness.errors import FormatError

if TYPE_CHECKING:
    from device_farm.virtual.framework.records.system_records import Package
    from device_farm.virtual.framework.system import System
    from harness.apk import Apk

MAX_BYTES = 512 << 20  # what is larger is not read here, and refused as too large for the phone
_PIECE = 1 << 20


def content_of(system: System, path: str) -> FileContent:
    """Return the content of a file; raises OSError."""
    return FileContent(*system.device.files.held(path))


def parse(content: FileContent, name: str) -> Apk:
    """Read an APK as the installer does; raises InstallFailed."""
    if content.size > MAX_BYTES:
        raise InstallFailed("INSTALL_FAILED_INSUFFICIENT_STORAGE: Failed to stage session")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "base.apk"
        with path.open("wb") as file:
            file.write(content.head)
            file.truncate(len(content.head) + content.gap)
            file.seek(0, 2)
            file.write(content.tail)
        try:
            return read_apk(path)
        except FormatError as error:
            raise failure_of(error, name) from None


def install(system: System, content: FileContent, apk: Apk, *, installer: str, by: str, silent: bool) -> Package:
    """Install what ``parse`` read; raises InstallFailed.

    ``installer`` is who is remembered for it, ``by`` who asked.
    """
    device = system.device

    def store(path: str) -> None:
        device.files.write(path, b"")
        device.files.place(path, content.head, content.gap, content.tail)

    package = install_parsed(device, apk, InstallOptions(installer=installer), store, by=by, silent=silent)
    app = next((app for app in device.spec.apps if app.package == package.name and not app.installed), None)
    if app is not None:
        _give_code(package, build_package(app, package.uid, device.clock.wall))
    return package


def _give_code(package: Package, coded: Package) -> None:
    """Give an installed APK the code of an App class; its identity stays the file's."""
    package.components, package.app_class, package.queries = coded.components, coded.app_class, coded.queries
    package.label = coded.label if package.label == package.name else package.label
