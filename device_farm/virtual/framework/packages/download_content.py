"""Makes the content of a download: an APK with the identity that the server gives it, or a file that looks like one.

Without a word about it ``com.game.fun-2.apk`` is of package ``com.game.fun``; another name gives ``com.example.NAME``.
"""

import hashlib
import io
import json
import re
import zipfile
from functools import lru_cache

from device_farm.virtual.framework.packages import apk_signature
from device_farm.virtual.framework.packages.apk_signature import MAX_OFFSET
from device_farm.virtual.framework.packages.app_apk import base_apk, padded_apk
from device_farm.virtual.framework.packages.app_manifest import LAUNCHER, MAIN
from device_farm.virtual.framework.records.download import FileContent, Offer
from device_farm.virtual.framework.records.system_records import Component, ComponentKind, Package

_PACKAGE = re.compile(r"[A-Za-z]\w*(?:\.[A-Za-z]\w*)+")
_ENDINGS = {".apk": "apk", ".apks": "apks", ".xapk": "xapk"}
_BOMB_BYTES = 300 << 20  # what the bomb unpacks to
NOT_AN_APK = "<!DOCTYPE html>\n<html><head><title>404</title></head><body>Not Found</body></html>\n"


def kind_of(offer: Offer, file_name: str) -> str:
    """Return the kind of the file, by the offer, else by the ending of its name."""
    ending = "." + file_name.rpartition(".")[2].lower()
    return offer.kind or _ENDINGS.get(ending, "file")


def offered_package(offer: Offer, file_name: str, title: str, now: float) -> Package:
    """The package that an APK of a name is of; ``now`` is Unix seconds."""
    stem = re.sub(r"\.(apk|apks|xapk)$", "", file_name, flags=re.IGNORECASE)
    named = _PACKAGE.match(stem)
    word = re.sub(r"\W", "", stem.lower(), flags=re.ASCII)
    name = offer.package or (named[0] if named else f"com.example.{word if word[:1].isalpha() else 'app' + word}")
    path = hashlib.sha256(name.encode()).hexdigest()
    developer = offer.signer or name
    main = Component(
        kind=ComponentKind.ACTIVITY,
        package=name,
        class_name=f"{name}.MainActivity",
        process=name,
        exported=True,
        actions=[MAIN],
        categories=[LAUNCHER],
    )
    labels = dict(offer.labels)
    return Package(
        name=name,
        label=labels.get("zh") or next(iter(labels.values()), "") or title or stem,
        uid=0,
        version_name=offer.version_name,
        version_code=offer.version_code,
        requested_permissions=list(offer.permissions),
        components=[main],
        signer=apk_signature.digest(developer),
        developer=developer,
        labels=labels if len(labels) > 1 else {},
        icon=offer.icon,
        code_path=f"/data/app/~~{path[:22]}==/{name}-{path[22:44]}==",
        first_install=now,
        last_update=now,
    )


def offered_file(offer: Offer, file_name: str, title: str, size: int, now: float) -> FileContent:
    """A file of exactly ``size`` bytes, cut off where what is in it does not fit, as a broken download is."""
    kind = kind_of(offer, file_name)
    if kind == "file":
        return FileContent(b"", size)
    if kind == "not_an_apk":
        return _filled(NOT_AN_APK.encode(), size)
    if kind == "bomb":
        return _cut(_gapped(_bomb(), size), size)
    package = offered_package(offer, file_name, title, now)
    if kind == "apk":
        return _cut(padded_apk(package, size), size)
    if kind == "broken":
        whole = base_apk(package)
        return _filled(whole[: len(whole) // 2], size)
    return _cut(_gapped(_zip(_bundle(package, kind)), size), size)


def _bundle(package: Package, kind: str) -> dict[str, bytes]:
    """The files of a set of split APKs, as bundletool names them, or of an XAPK."""
    base = base_apk(package)
    if kind == "apks":
        return {"toc.pb": b"", "splits/base-master.apk": base}
    described = {
        "xapk_version": 2, "package_name": package.name, "name": package.label, "version_code": str(package.version_code),
        "version_name": package.version_name, "permissions": package.requested_permissions,
        "split_apks": [{"file": f"{package.name}.apk", "id": "base"}],
    }  # fmt: skip
    return {"manifest.json": json.dumps(described, ensure_ascii=False).encode(), f"{package.name}.apk": base}


def _zip(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return buffer.getvalue()


def _gapped(archive: bytes, size: int) -> FileContent:
    """A zip archive of a size, with zeros between its entries and its directory."""
    end = archive.rindex(b"PK\x05\x06")
    offset = int.from_bytes(archive[end + 16 : end + 20], "little")
    gap = max(0, size - len(archive))
    if offset + gap > MAX_OFFSET:
        return FileContent(archive[:offset], size - offset)
    return FileContent(archive[:offset], gap, archive[offset : end + 16] + (offset + gap).to_bytes(4, "little") + archive[end + 20 :])


@lru_cache(maxsize=1)
def _bomb() -> bytes:
    """An archive like an APK's with one entry that unpacks to far more than it weighs."""
    buffer, zeros, dex = io.BytesIO(), bytes(1 << 20), zipfile.ZipInfo("classes.dex")
    dex.compress_type = zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(zipfile.ZipInfo("AndroidManifest.xml"), b"")
        with archive.open(dex, "w") as entry:
            for _ in range(_BOMB_BYTES >> 20):
                entry.write(zeros)
    return buffer.getvalue()


def _filled(data: bytes, size: int) -> FileContent:
    return FileContent(data[:size], max(0, size - len(data)))


def _cut(content: FileContent, size: int) -> FileContent:
    """Leave off what is beyond ``size``."""
    if content.size <= size:
        return content
    return FileContent((content.head + content.tail)[:size])
