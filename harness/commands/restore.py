"""``apprights restore``: give phones back what a check that broke off had changed on them."""

from pathlib import Path
from typing import Annotated, Any

import typer

from harness import console
from harness.commands.arguments import Json
from harness.commands.completion import serials
from harness.commands.devices import AdbPort
from harness.device.adb import list_devices, open_device
from harness.device.protocol import Device
from harness.errors import DeviceBusy, FormatError, HarnessError
from harness.language import Text, _, listed, said
from harness.restore.device_lock import DeviceLock
from harness.restore.ledger import Change, Ledger, is_virtual, ledgers, name_words, put_back, read_ledger

NOTHING = _("nothing is to be restored")
LEFT, BUSY, DAMAGED = 1, 2, 3


def restore(
    serial: Annotated[str | None, typer.Option(metavar="S", autocompletion=serials, help=_("only the phone with this adb serial"))] = None,
    adb_port: AdbPort = None,
    json: Json = False,
) -> None:
    """Put phones back as they were before a check that broke off: clock, settings, and what adverts had loaded."""
    listed, damaged = _ledgers()
    wanted = [(path, name, [change.name for change in changes]) for path, name, changes in listed if serial in (None, name)]
    ready = {entry.serial for entry in list_devices(port=adb_port) if entry.state == "device"} if wanted else set()
    found = [_restore(path, name, changed, adb_port=adb_port, ready=name in ready) for path, name, changed in wanted]
    if json:
        console.print_json({"devices": found, "damaged": damaged})
    elif not found and not damaged:
        console.progress(said(NOTHING))
    if damaged:
        raise typer.Exit(DAMAGED)
    if any(device["busy"] for device in found):
        raise typer.Exit(BUSY)
    if any(device["left"] for device in found):
        raise typer.Exit(LEFT)


def _ledgers() -> tuple[list[tuple[Path, str, list[Change]]], list[str]]:
    """What is to be undone on each phone; a record that is damaged is told, and keeps no other phone waiting."""
    found: list[tuple[Path, str, list[Change]]] = []
    damaged: list[str] = []
    for path in ledgers():
        try:
            found.append((path, *read_ledger(path)))
        except FormatError as error:
            console.progress(said(error))
            damaged.append(str(path))
    return found, damaged


def _restore(path: Path, serial: str, changed: list[str], *, adb_port: int | None, ready: bool) -> dict[str, Any]:
    """Restore one device; what came back, what is left, and why."""
    busy, gone = False, not ready
    problem: Text | HarnessError = _("{serial} is not connected: plug it in and restore again", serial=serial)
    if ready:
        try:
            with open_device(serial, port=adb_port) as device:
                if Ledger(device).path == path:
                    return _put_back(device, changed)
                gone, problem = True, _("another phone is at {serial} now: connect the one that was checked", serial=serial)
        except DeviceBusy as error:
            problem, busy = error, True
        except HarnessError as error:
            problem = error
    if gone and is_virtual(path):
        path.unlink(missing_ok=True)
        console.progress(said(_("{serial} was a virtual device and is gone: nothing is left to restore on it", serial=serial)))
        return _told(serial, [], [], "")
    console.progress(said(_("{problem} (to be put back: {changes})", problem=problem, changes=listed(map(name_words, changed)))))
    return _told(serial, changed, changed, str(problem)) | {"busy": busy}


def _put_back(device: Device, changed: list[str]) -> dict[str, Any]:
    """What a check that goes on has changed stays so: that check needs it, and puts it back itself."""
    lock = DeviceLock.take(device, hint=False)
    try:
        failed = {undone.name: undone.problem for undone in put_back(device, _tell) if undone.problem}
    finally:
        lock.release()
    return _told(device.serial, changed, list(failed), "; ".join(failed.values()))


def _tell(text: str) -> None:
    console.progress(said(text))


def _told(serial: str, changed: list[str], left: list[str], problem: str) -> dict[str, Any]:
    restored = [name for name in changed if name not in left]
    return {"serial": serial, "restored": restored, "left": left, "problem": problem, "busy": False}
