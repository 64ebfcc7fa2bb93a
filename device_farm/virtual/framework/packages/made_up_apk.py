"""What a downloaded APK holds: a package made up from its file name and title, with one activity and no code.

``com.game.fun-2.apk`` is of package ``com.game.fun``; another name gives ``com.example.NAME``.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile

from device_farm.virtual.framework.packages.app_apk import base_apk
from device_farm.virtual.framework.packages.manifest import LAUNCHER, MAIN
from device_farm.virtual.framework.records.model import Component, ComponentKind, Package

_PACKAGE = re.compile(r"[A-Za-z]\w*(?:\.[A-Za-z]\w*)+")
_PADDING = "assets/padding.bin"


def made_up_package(file_name: str, title: str, now: float) -> Package:
    """The package of a file that never existed; ``now`` is Unix seconds."""
    stem = file_name.removesuffix(".apk").removesuffix(".APK")
    named = _PACKAGE.match(stem)
    word = re.sub(r"\W", "", stem.lower(), flags=re.ASCII)
    name = named[0] if named else f"com.example.{word if word[:1].isalpha() else 'app' + word}"
    digest = hashlib.sha256(name.encode()).hexdigest()
    main = Component(
        kind=ComponentKind.ACTIVITY,
        package=name,
        class_name=f"{name}.MainActivity",
        process=name,
        exported=True,
        actions=[MAIN],
        categories=[LAUNCHER],
    )
    return Package(
        name=name,
        label=title or stem,
        uid=0,
        components=[main],
        signer=digest,
        code_path=f"/data/app/~~{digest[:22]}==/{name}-{digest[22:44]}==",
        first_install=now,
        last_update=now,
    )


def padded_apk(package: Package, size: int) -> bytes:
    """The package's APK, of exactly ``size`` bytes; cut off where it does not fit (as a broken download is)."""
    plain = base_apk(package)
    header = 2 * (30 + len(_PADDING)) + 16 + 22  # local and central header of one more entry, rounded up
    if size <= len(plain) + header:
        return plain[:size]
    data = _with_padding(plain, 0)
    return _with_padding(plain, size - len(data))


def _with_padding(plain: bytes, count: int) -> bytes:
    buffer = io.BytesIO(plain)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_STORED) as archive:
        archive.writestr(zipfile.ZipInfo(_PADDING), bytes(count))
    return buffer.getvalue()
