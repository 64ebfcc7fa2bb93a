"""Identity of an APK: package, label, versions, permissions, components and certificate digests, without running it."""

import hashlib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path, PurePath, PurePosixPath
from typing import Any, BinaryIO

from harness.apk.android_manifest import ApkComponent, IntentFilter, ManifestFacts, read_manifest
from harness.apk.archive import MIB, Archive
from harness.apk.axml import parse_axml
from harness.apk.chunks import Value
from harness.apk.resources import Resources
from harness.apk.signing import Signing, read_signing
from harness.errors import FormatError, why
from harness.language import _

__all__ = ["Apk", "ApkComponent", "IntentFilter", "apk_json", "read_apk", "read_open"]

_MANIFEST, _RESOURCES = "AndroidManifest.xml", "resources.arsc"
_MAX_MANIFEST, _MAX_RESOURCES, _MAX_ICON = 16 * MIB, 256 * MIB, 8 * MIB


@dataclass(frozen=True, slots=True, kw_only=True)
class Apk(Signing, ManifestFacts):
    """The identity of an APK as its manifest and its signatures give it; nothing is verified.

    ``icon`` is the file of its icon, the largest picture where there are several. ``warnings`` names what is odd about
    the file but does not keep Android from reading it.
    """

    file: str
    size: int
    sha256: str
    icon: str | None
    icon_sha256: str | None
    main_activity: str | None
    native_libraries: tuple[str, ...]
    warnings: tuple[str, ...]

    def of_kind(self, kind: str) -> tuple[ApkComponent, ...]:
        """Return the components that are an ``activity``, ``service``, ``receiver`` or ``provider``."""
        return tuple(component for component in self.components if component.kind == kind)


def read_apk(path: Path) -> Apk:
    """Read an APK's identity.

    Raises FormatError (one line that names the file and what is wrong) for what is no APK, is damaged, is a trap, or is
    a bundle or a split instead of the base APK.
    """
    try:
        stream = path.open("rb")
    except OSError as error:
        raise FormatError(_("{name}: cannot be read: {reason}", name=path.name, reason=why(error))) from None
    with stream:
        apk = read_open(path, stream)
    if apk.split is not None:
        what = _("split {text!r} of {package}: give the base APK", text=apk.split[:80], package=apk.package)
        raise FormatError(_("{name}: {what}", name=path.name, what=what))
    return apk


def read_open(path: PurePath, stream: BinaryIO) -> Apk:
    """Read the identity of an APK that is open already, whose name ``path`` gives; raises FormatError likewise.

    A split is read as well.
    """
    try:
        return _read(path, stream)
    except OSError as error:
        raise FormatError(_("{name}: cannot be read: {reason}", name=path.name, reason=why(error))) from None
    except FormatError as error:
        if str(error).startswith(path.name):
            raise
        raise FormatError(_("{name}: {what}", name=path.name, what=error)) from None


def apk_json(apk: Apk) -> dict[str, Any]:
    """Return the object that ``apprights apk --json`` prints for an APK."""
    return asdict(apk)


def _read(path: PurePath, stream: BinaryIO) -> Apk:
    archive = Archive(path, stream)
    if _MANIFEST not in archive.entries:
        raise archive.refuse(_what_instead(archive))
    root = parse_axml(archive.read(_MANIFEST, _MAX_MANIFEST), _MANIFEST)
    resolver = _Resolver(archive)
    manifest = read_manifest(root, resolver.resolve, resolver.each)
    icon = max((name for name in manifest.icons if name in archive.entries), key=_as_icon(archive), default=None)
    signing = read_signing(archive)
    if manifest.needs_splits:
        archive.warnings.append(_("needs its split APKs beside it: install them together"))
    if not signing.certificates_sha256:
        archive.warnings.append(_("is not signed: Android will not install it"))
    stream.seek(0)
    return Apk(
        file=path.name,
        size=archive.file_size,
        sha256=_file_digest(stream),
        package=manifest.package,
        label=manifest.label,
        label_zh=manifest.label_zh,
        labels=manifest.labels,
        icon=icon,
        icon_sha256=_digest(archive, icon),
        version_name=manifest.version_name,
        version_code=manifest.version_code,
        min_sdk=manifest.min_sdk,
        target_sdk=manifest.target_sdk,
        permissions=manifest.permissions,
        components=manifest.components,
        main_activity=manifest.main_activity,
        queries=manifest.queries,
        native_libraries=_native_libraries(archive),
        test_only=manifest.test_only,
        v1=signing.v1,
        v2=signing.v2,
        v3=signing.v3,
        v31=signing.v31,
        certificates_sha256=signing.certificates_sha256,
        signers=signing.signers,
        split=manifest.split,
        warnings=tuple(archive.warnings),
    )


class _Resolver:
    """Follows references into resources.arsc, which is opened at the first reference."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._resources: Resources | None = None

    def resolve(self, value: Value, language: str) -> Value | None:
        return self._table().resolve(value, language)

    def each(self, value: Value) -> list[tuple[str, Value]]:
        return self._table().each(value)

    def _table(self) -> Resources:
        if self._resources is None:
            if _RESOURCES not in self._archive.entries:
                self._resources = Resources(b"")
            else:
                self._resources = Resources(self._archive.read(_RESOURCES, _MAX_RESOURCES))
        return self._resources


def _file_digest(stream: BinaryIO) -> str:
    digest = hashlib.sha256()
    while chunk := stream.read(MIB):
        digest.update(chunk)
    return digest.hexdigest()


def _as_icon(archive: Archive) -> Callable[[str], tuple[bool, int, str]]:
    """How good a file is as the icon: a picture before a drawable of lines, the larger before the smaller."""
    return lambda name: (not name.endswith(".xml"), archive.entries[name].size, name)


def _digest(archive: Archive, name: str | None) -> str | None:
    """The SHA-256 of an unpacked file; None where there is none or it cannot be read."""
    try:
        return hashlib.sha256(archive.read(name, _MAX_ICON)).hexdigest() if name is not None else None
    except FormatError:
        return None


def _what_instead(archive: Archive) -> str:
    """Say what a zip file without a manifest is."""
    inner = sum(name.lower().endswith(".apk") for name in archive.entries)
    if inner:
        return _("a bundle of {count} APKs (.xapk, .apks, .apkm): unpack it and give the base APK", count=inner)
    if "base/manifest/AndroidManifest.xml" in archive.entries:
        return _("an Android App Bundle (.aab): build an APK from it first")
    return _("not an APK: {manifest} is missing", manifest=_MANIFEST)


def _native_libraries(archive: Archive) -> tuple[str, ...]:
    """File names under lib/ABI/, each once."""
    paths = (PurePosixPath(name) for name in archive.entries if name.startswith("lib/") and name.endswith(".so"))
    return tuple(sorted({path.name for path in paths if len(path.parts) == 3}))
