"""One phone is used by one process at a time: two checks would undo each other's changes and judge each other's acts.

The lock is a file beside the ledger of the device, which the operating system keeps, so it is free when its holder
ends; and a mark on the phone (``phone_mark``), for those who share nothing else with us.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from harness.device.file_lock import FileLock
from harness.device.protocol import Device
from harness.errors import DeviceBusy, EvidenceError, why
from harness.language import Text, _, chinese, quoted
from harness.recording.shared_journal import Writer
from harness.recording.steps import TakenOver
from harness.restore.ledger import VIRTUAL, device_file, file_name, state_folder
from harness.restore.phone_mark import Holder, PhoneMark, about_us

_LIMIT = 4096  # bytes of what a holder tells of itself
_NO_IDENTITY = ("unknown", "null")  # Build.UNKNOWN; what settings prints for a row that is not there
_COMMAND_LIMIT = 200  # characters
_TURN_SECONDS = 2.0


class DeviceLock:
    """A device that is ours until ``release``."""

    def __init__(self, serial: str, file: FileLock, ledger: Path, mark: PhoneMark) -> None:
        self._serial, self._file, self._mark = serial, file, mark
        self.ledger = ledger
        """The ledger of the device, for whoever cannot ask the device any more."""
        self._told = False

    @classmethod
    def take(
        cls, device: Device, app: str = "", *, wait: bool = False, tell: Callable[[str], None] = lambda text: None, hint: bool = True
    ) -> DeviceLock:
        """Hold ``device`` for a check of ``app``; with ``wait`` after whoever holds it now, and ``tell`` says who.

        Raises DeviceBusy, with who it is, where nobody waits. ``hint`` names the option that waits.
        """
        path = lock_file(device)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            file = FileLock.take(path)
            if file is None and wait:
                tell(_busy(device.serial, path, _("waiting for it to end")))
                file = FileLock.take(path, wait=True)
            if file is not None:
                about = _about_us(app)
                file.write(json.dumps(about | {"pid": os.getpid()}, ensure_ascii=True))
        except OSError as error:
            reason = why(error)
            raise EvidenceError(
                _("{path} cannot be written: {reason}: set APPRIGHTS_STATE to a folder that may be", path=path, reason=reason)
            ) from None
        if file is None:
            raise DeviceBusy(_busy(device.serial, path, _remedy(hint=hint)))
        try:
            mark = _marked(device, about, tell=tell if wait else None, hint=hint)
        except BaseException:
            file.release()
            raise
        return cls(device.serial, file, device_file(device, ".json"), mark)

    def need_ours(self, journal: Writer, *, beat: bool = False) -> None:
        """Raise DeviceBusy where somebody else took the phone meanwhile; the journal is told once.

        With ``beat`` it is looked at now.
        """
        if beat:
            self._mark.beat()
        if self._mark.other is None:
            return
        reason = _taken(self._serial, self._mark.other, _("what was seen since may be its doing; check again"))
        if not self._told:
            self._told = True
            journal.write(TakenOver(reason=str(reason), reason_zh=chinese(reason)), host=self._mark.seen)
        raise DeviceBusy(reason)

    def release(self) -> None:
        """Let go of the device; harmless when that was done. A mark on a phone that is away is nobody's in a minute."""
        self._mark.release()
        self._file.release()


def lock_file(device: Device) -> Path:
    """The file that whoever uses the phone holds, over USB and over Wi-Fi (``adb connect``) alike.

    It is named for the phone's own serial number and its Android ID: emulators of one kind, and cheap phones, share the
    number. A phone that does not tell both is known by its address, and so is a virtual device, which has but one.
    """
    virtual = device.shell(["getprop", VIRTUAL]).stdout.strip() == "1"
    known = [device.shell(words).stdout.strip() for words in (["getprop", "ro.serialno"], ["settings", "get", "secure", "android_id"])]
    if virtual or not all(one and one not in _NO_IDENTITY and len(one.split()) == 1 for one in known):
        return device_file(device, ".lock")
    return state_folder() / ("-".join(["phone", *map(file_name, known)]) + ".lock")


def _about_us(app: str) -> dict[str, str]:
    command = " ".join([Path(sys.argv[0]).name, *sys.argv[1:]])[:_COMMAND_LIMIT]
    since = datetime.now(UTC).astimezone().isoformat(sep=" ", timespec="seconds")
    return about_us(app[:_COMMAND_LIMIT], os.getpid(), command, since)


def _marked(device: Device, about: Mapping[str, str], *, tell: Callable[[str], None] | None, hint: bool) -> PhoneMark:
    """Mark the phone as ours, after whoever uses it where ``tell`` is to hear of that; raises DeviceBusy otherwise."""
    mark = PhoneMark.place(device, about)
    if isinstance(mark, Holder) and tell is not None:
        tell(_taken(device.serial, mark, _("waiting for it to end")))
    while isinstance(mark, Holder) and tell is not None:
        time.sleep(_TURN_SECONDS)
        mark = PhoneMark.place(device, about)
    if isinstance(mark, Holder):
        raise DeviceBusy(_taken(device.serial, mark, _remedy(hint=hint)))
    return mark


def _remedy(*, hint: bool) -> Text:
    return _("wait until it ends, or queue with --wait-turn") if hint else _("wait until it ends")


def _taken(serial: str, holder: Holder, remedy: Text) -> Text:
    """Say on one line who else uses the device, and what to do."""
    who = {key: quoted(value or "-") for key, value in holder.tells.items()}
    if not who:
        return _("{serial} is or was used by somebody else: {remedy}", serial=serial, remedy=remedy)
    return _(
        "{serial} is used by {user} on {host}, process {pid} (app {app}, since {since}, command {command}): {remedy}",
        serial=serial,
        remedy=remedy,
        **who,
    )


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
