"""Installs a real APK: its identity is read from its own bytes, its code is not run, but that of clients' own apps.

What refuses an APK and in which words: frameworks/base services/core/java/com/android/server/pm/ of Android 13, namely
PackageInstallerSession.java (not an APK, no base), InstallPackageHelper.java (downgrade, existing),
PackageManagerServiceUtils.java (signatures), ParsingPackageUtils.java (manifest). Codes are PackageManager.INSTALL_*.

Installing a file that lies on the device: what an installer makes of it, whoever opened it.

The file is what counts, not who said what it would be. An App class of the device that is not installed yet is put in
the place of the code that an APK here has not.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from device_farm.virtual.framework.packages.app_manifest import build_package, component_classes
from device_farm.virtual.framework.permissions.permissions import DEVELOPMENT
from device_farm.virtual.framework.records.download import FileContent
from device_farm.virtual.framework.records.storage import low_bytes
from device_farm.virtual.framework.records.system_records import Component, ComponentKind, Package
from device_farm.virtual.vocabulary.components import App
from harness.apk import Apk, ApkComponent, read_apk
from harness.errors import FormatError

if TYPE_CHECKING:
    from device_farm.virtual.device import VirtualDevice
    from device_farm.virtual.framework.system import System

_STAGED = "/data/app/vmdl1000001.tmp"  # where a session keeps its files, as the messages name it

SHELL = "com.android.shell"
NO_ROOM = "INSTALL_FAILED_INSUFFICIENT_STORAGE: Failed to override installation location"
INERT = "ro.apprights.inert"  # no property of Android: the packages without running code, separated by commas


class InstallFailed(Exception):
    """Android's installer refused; ``str`` is ``INSTALL_...: message``, what ``Failure [...]`` has in its brackets."""


@dataclass(frozen=True, slots=True)
class InstallOptions:
    """The flags of ``pm install``: -R, -d, -t, -g, -i."""

    replace: bool = True
    downgrade: bool = False
    test_only: bool = False
    grant: bool = False
    installer: str | None = None


def install_apk(
    device: VirtualDevice, files: dict[str, bytes], options: InstallOptions, code_of: Callable[[str], type[App] | None]
) -> Package:
    """Install the APKs of one session, by file name; raises InstallFailed. Splits beside the base are not read.

    ``code_of`` gives the App class that stands for the code of a package, for the few that have one here.
    """
    apk, data = _base(files)
    if len(data) > device.files.free - low_bytes(device.files.capacity):  # InstallLocationUtils.java: what is kept back is not given
        raise InstallFailed(NO_ROOM)
    package = install_parsed(device, apk, options, lambda path: device.files.write(path, data), by=options.installer or SHELL)
    if (app := code_of(package.name)) is not None:
        _give_code(package, app)
    else:
        _mark_inert(device, package.name)
    return package


def _give_code(package: Package, app: type[App]) -> None:
    """Let the components of the APK's manifest run what ``app`` has under their names."""
    package.app_class, classes = app, dict(component_classes(app))
    for component in package.components:
        component.python_class = classes.get(component.class_name)


def install_parsed(
    device: VirtualDevice, apk: Apk, options: InstallOptions, store: Callable[[str], None], *, by: str, silent: bool = True
) -> Package:
    """Install what was read of an APK; ``store`` writes its file to a path. Raises InstallFailed.

    ``by`` is who asked for it, ``silent`` whether the user was not asked.
    """
    existing = device.system.packages.get(apk.package)
    if existing is not None:
        _check_update(existing, apk, options)
    if apk.test_only and not options.test_only:
        raise InstallFailed("INSTALL_FAILED_TEST_ONLY: Failed to install test-only apk. Did you forget to add -t?")
    if apk.min_sdk is not None and apk.min_sdk > device.rom.sdk:
        raise InstallFailed(
            f"INSTALL_FAILED_OLDER_SDK: Failed parse during installPackageLI: {_STAGED}/base.apk (at Binary XML file "
            f"line #7): Requires newer sdk version #{apk.min_sdk} (current version is #{device.rom.sdk})"
        )
    package = package_from_apk(apk, existing, language=device.spec.language, now=device.clock.wall)
    package.installer = options.installer
    if package.code_path.startswith("/data/"):
        try:
            device.files.mkdir(package.code_path, parents=True)
            store(f"{package.code_path}/base.apk")
        except OSError:
            raise InstallFailed(NO_ROOM) from None
    device.system.package_manager.install(package, replace=existing is not None, by=by, silent=silent)
    if options.grant:
        for permission in package.requested_permissions:
            if permission in device.system.permission_groups or permission in DEVELOPMENT:
                device.system.grant(package.name, permission)
    return device.system.packages[package.name]


def apk_of(files: dict[str, bytes]) -> Apk:
    """The app among the files of a session; raises InstallFailed."""
    return _base(files)[0]


def _mark_inert(device: VirtualDevice, package: str) -> None:
    """Say in a property which packages came from an APK: their code is not run, so their silence proves nothing."""
    names = [name for name in device.properties.get(INERT, "").split(",") if name]
    if package not in names:
        device.properties[INERT] = ",".join([*names, package])


def _base(files: dict[str, bytes]) -> tuple[Apk, bytes]:
    """The base APK among the files of a session."""
    problem = InstallFailed("INSTALL_FAILED_INVALID_APK: No packages staged")
    for name, data in files.items():
        try:
            return _read(data), data
        except FormatError as error:
            problem = failure_of(error, name)
    raise problem


def failure_of(error: FormatError, name: str) -> InstallFailed:
    """How Android's installer refuses what harness.apk could not read."""
    text = str(error).partition(": ")[2]
    if text.startswith("split "):
        return InstallFailed(f"INSTALL_FAILED_MISSING_SPLIT: Missing split for {text.partition(' of ')[2].partition(':')[0]}")
    return InstallFailed(f"{_parse_code(text)}: Failed to parse {_STAGED}/{name}: {text}")


def _read(data: bytes) -> Apk:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "base.apk"
        path.write_bytes(data)
        return read_apk(path)


def _parse_code(text: str) -> str:
    """The code for what harness.apk found wrong."""
    if "package name" in text:
        return "INSTALL_PARSE_FAILED_BAD_PACKAGE_NAME"
    if "signature" in text or "signing block" in text or "certificate" in text:
        return "INSTALL_PARSE_FAILED_NO_CERTIFICATES"
    if "manifest's" in text or "AndroidManifest.xml is" in text:
        return "INSTALL_PARSE_FAILED_MANIFEST_MALFORMED"
    return "INSTALL_PARSE_FAILED_NOT_APK"


def _check_update(existing: Package, apk: Apk, options: InstallOptions) -> None:
    """Refuse what may not replace the installed package."""
    if not options.replace:
        raise InstallFailed(f"INSTALL_FAILED_ALREADY_EXISTS: Attempt to re-install {apk.package} without first uninstalling.")
    if _signer(apk) != existing.signer:
        raise InstallFailed(
            f"INSTALL_FAILED_UPDATE_INCOMPATIBLE: Existing package {apk.package} signatures do not match newer version; ignoring!"
        )
    code = apk.version_code or 0
    if code < existing.version_code and not options.downgrade:
        raise InstallFailed(
            f"INSTALL_FAILED_VERSION_DOWNGRADE: Downgrade detected: Update version code {code} is older than current "
            f"{existing.version_code}"
        )


def _signer(apk: Apk) -> str:
    """The one signer, or all of several as one value."""
    if not apk.certificates_sha256:
        raise InstallFailed(
            f"INSTALL_PARSE_FAILED_NO_CERTIFICATES: Failed collecting certificates for {_STAGED}/base.apk: Failed to "
            f"collect certificates from {_STAGED}/base.apk: Attempt to get length of null array"
        )
    return "+".join(sorted(apk.certificates_sha256))


def package_from_apk(apk: Apk, existing: Package | None, *, language: str, now: float) -> Package:
    """Return the package that an APK makes; an update keeps uid, data and first install time. ``now`` is Unix time."""
    return Package(
        name=apk.package,
        label=(apk.label_zh if language == "zh" else None) or apk.label,
        uid=existing.uid if existing else 0,
        version_name=apk.version_name,
        version_code=apk.version_code or 0,
        min_sdk=apk.min_sdk or 1,
        target_sdk=apk.target_sdk or apk.min_sdk or 1,
        requested_permissions=list(apk.permissions),
        components=[_component(apk.package, component) for component in apk.components],
        signer=_signer(apk),
        system=existing.system if existing else False,
        code_path=existing.code_path if existing else _code_path(apk.package),
        first_install=existing.first_install if existing else now,
        last_update=now,
        queries=list(apk.queries),
        data=existing.data if existing else {},
    )


def _code_path(name: str) -> str:
    """/data/app/~~random/package-random, as Android 11 and later name it; the same for the same package."""
    word = hashlib.sha256(name.encode()).hexdigest()
    return f"/data/app/~~{word[:22]}==/{name}-{word[22:44]}=="


def _component(package: str, component: ApkComponent) -> Component:
    schemes = {action: filter_.schemes[0] for filter_ in component.filters if filter_.schemes for action in filter_.actions}
    return Component(
        kind=ComponentKind(component.kind),
        package=package,
        class_name=component.name,
        process=component.process,
        exported=component.exported,
        enabled=component.enabled,
        permission=component.permission,
        actions=list(dict.fromkeys(action for filter_ in component.filters for action in filter_.actions)),
        categories=list(dict.fromkeys(name for filter_ in component.filters for name in filter_.categories)),
        data_schemes=schemes,
        authority=component.authorities[0] if component.authorities else None,
    )


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
    """Install what ``parse`` read; raises InstallFailed. ``installer`` is remembered for it, ``by`` is who asked."""
    device = system.device

    def store(path: str) -> None:
        device.files.write(path, b"")
        device.files.place(path, content.head, content.gap, content.tail)

    package = install_parsed(device, apk, InstallOptions(installer=installer), store, by=by, silent=silent)
    app = next((app for app in device.spec.apps if app.package == package.name and not app.installed), None)
    if app is not None:
        _give_file_code(package, build_package(app, package.uid, device.clock.wall))
    return package


def _give_file_code(package: Package, coded: Package) -> None:
    """Give an installed APK the code of an App class; its identity stays the file's."""
    package.components, package.app_class, package.queries = coded.components, coded.app_class, coded.queries
    package.label = coded.label if package.label == package.name else package.label
