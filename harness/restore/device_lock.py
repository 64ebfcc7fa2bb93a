"""One phone is used by one process at a time: two checks would undo each other's changes and judge each other's acts.

The lock is a file beside the ledger of the device. The operating system keeps it, so it is free when its holder ends.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from harness.device.file_lock import FileLock
from harness.errors import DeviceBusy, EvidenceError, why
from harness.language import Text, _
from harness.restore.ledger import device_file, file_name, state_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from harness.device.protocol import Device

_LIMIT = 4096  # bytes of what a holder tells of itself
_VIRTUAL = "ro.apprights.virtual"
_NO_IDENTITY = ("unknown", "null")  # Build.UNKNOWN; what settings prints for a row that is not there
_COMMAND_LIMIT = 200  # characters


class DeviceLock:
    """A device that is ours until ``release``."""

    def __init__(self, file: FileLock, ledger: Path) -> None:
        """``file`` is held; ``ledger`` is that of the device, for whoever cannot ask the device any more."""
        self._file, self.ledger = file, ledger

    @classmethod
    def take(
        cls, device: Device, app: str = "", *, wait: bool = False, tell: Callable[[str], None] = lambda text: None, hint: bool = True
    ) -> DeviceLock:
        """Hold ``device`` for a check of ``app``; with ``wait`` after whoever holds it now, and ``tell`` says who.

        Raises DeviceBusy, with who it is, where nobody waits. ``hint`` names the option that waits.
        """
        path, ledger = lock_file(device), device_file(device, ".json")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            file = FileLock.take(path)
            if file is None and wait:
                tell(_busy(device.serial, path, _("waiting for it to end")))
                file = FileLock.take(path, wait=True)
            if file is not None:
                file.write(_about_us(app))
        except OSError as error:
            reason = why(error)
            raise EvidenceError(
                _("{path} cannot be written: {reason}: set APPRIGHTS_STATE to a folder that may be", path=path, reason=reason)
            ) from None
        if file is None:
            remedy = _("wait until it ends, or queue with --wait-turn") if hint else _("wait until it ends")
            raise DeviceBusy(_busy(device.serial, path, remedy))
        return cls(file, ledger)

    def release(self) -> None:
        """Let go of the device; harmless when that was done."""
        self._file.release()


def lock_file(device: Device) -> Path:
    """The file that whoever uses the phone holds, over USB and over Wi-Fi (``adb connect``) alike.

    It is named for the phone's own serial number and its Android ID: emulators of one kind, and cheap phones, share the
    number. A phone that does not tell both is known by its address, and so is a virtual device, which has but one.
    """
    virtual = device.shell(["getprop", _VIRTUAL]).stdout.strip() == "1"
    known = [device.shell(words).stdout.strip() for words in (["getprop", "ro.serialno"], ["settings", "get", "secure", "android_id"])]
    if virtual or not all(one and one not in _NO_IDENTITY and len(one.split()) == 1 for one in known):
        return device_file(device, ".lock")
    return state_folder() / ("-".join(["phone", *map(file_name, known)]) + ".lock")


def _about_us(app: str) -> str:
    command = " ".join([Path(sys.argv[0]).name, *sys.argv[1:]])[:_COMMAND_LIMIT]
    since = datetime.now(UTC).astimezone().isoformat(sep=" ", timespec="seconds")
    return json.dumps({"pid": os.getpid(), "command": command, "since": since, "app": app[:_COMMAND_LIMIT]}, ensure_ascii=True)


def _busy(serial: str, path: Path, remedy: Text) -> Text:
    """Say on one line who holds the device, and what to do."""
    try:
        with path.open("rb") as file:
            known = json.loads(file.read(_LIMIT))
        who = {key: " ".join(str(known[key]).split()) for key in ("pid", "command", "since", "app")}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return _("{serial} is used by another process: {remedy}", serial=serial, remedy=remedy)
    return _(
        "{serial} is used by process {pid} (app {app}, since {since}, command {command}): {remedy}",
        serial=serial,
        remedy=remedy,
        **who | {"app": who["app"] or "-"},
    )
