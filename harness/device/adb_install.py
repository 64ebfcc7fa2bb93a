"""Installing an APK by sending it to ``cmd package install``, as adb does.

Format: AOSP frameworks/base, PackageManagerShellCommand.java: ``Success`` or ``Failure [CODE: text]`` after the bytes.
"""

import re
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from harness.device.adb_link import Channel, Link
from harness.errors import CommandFailed, FormatError, why
from harness.language import _, known
from harness.roms import FACTS

_CHUNK = 256 * 1024
_ANSWER_LIMIT = 64 * 1024
_FAILURE = re.compile(r"Failure \[(.*?)\]\s*$", re.DOTALL)  # Failure [INSTALL_FAILED_INVALID_APK: no manifest]
_ADVICE = {
    "INSTALL_FAILED_USER_RESTRICTED": _(
        "allow '{option}' in the developer options and confirm on the screen", option=known(**FACTS["install"]["label"])
    ),
    "INSTALL_FAILED_UPDATE_INCOMPATIBLE": _("uninstall the app that is signed with another key first"),
    "INSTALL_FAILED_VERSION_DOWNGRADE": _("uninstall the newer version first"),
    "INSTALL_FAILED_INSUFFICIENT_STORAGE": _("make room on the device"),
    "INSTALL_FAILED_OLDER_SDK": _("the app needs a newer Android"),
    "INSTALL_FAILED_NO_MATCHING_ABIS": _("the app has no code for this processor"),
}


def install(link: Link, apk: Path, *, timeout: float) -> None:
    """Install or replace ``apk``; raises FormatError when it cannot be read, CommandFailed with the device's reason."""
    try:
        with apk.open("rb") as file:
            size = apk.stat().st_size
            answer = _send(link, file, size, timeout)
    except OSError as error:
        raise FormatError(_("{apk} cannot be read: {reason}", apk=apk, reason=why(error))) from error
    if not re.search(r"^Success\b", answer, re.MULTILINE):
        raise CommandFailed(f"install {apk.name}", 1, _reason(answer))


def _send(link: Link, file: BinaryIO, size: int, timeout: float) -> str:
    service = f"exec:cmd package install -r -t -S {size}"
    with link.service(service, timeout=timeout, doing=_("install (confirm it on the screen if asked)")) as channel:
        with suppress(ConnectionError):  # a device that refuses early hangs up; its reason can still be read
            _copy(file, size, channel)
        return channel.rest(_ANSWER_LIMIT).decode("utf-8", "replace")


def _copy(file: BinaryIO, size: int, channel: Channel) -> None:
    """Send exactly the announced ``size`` bytes, even if the file grows meanwhile; stop at an early answer."""
    left = size
    while left and not channel.answered() and (chunk := file.read(min(_CHUNK, left))):
        channel.send(chunk)
        left -= len(chunk)


def _reason(answer: str) -> str:
    found = _FAILURE.search(answer)
    reason = found[1] if found else answer.strip() or _("the device gave no reason")
    advice = _ADVICE.get(reason.split(":", 1)[0].strip())
    return _("{reason} ({advice})", reason=reason, advice=advice) if advice else reason
