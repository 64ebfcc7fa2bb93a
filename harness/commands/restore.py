"""``apprights restore``: give phones back what a check that broke off had changed on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from harness import console
from harness.device.adb import list_devices, open_device
from harness.errors import DeviceBusy, HarnessError
from harness.restore.device_lock import DeviceLock
from harness.restore.ledger import Ledger, ledgers, put_back, read_ledger

if TYPE_CHECKING:
    from pathlib import Path

    from harness.device.protocol import Device

NOTHING = "nothing is to be restored"
LEFT, BUSY = 1, 2


def restore(
    serial: Annotated[str | None, typer.Option(help="Only the device with this adb serial.")] = None,
    adb_port: Annotated[int | None, typer.Option(help="Port of the adb server.")] = None,
    json: Annotated[bool, typer.Option("--json", help="JSON only on standard output.")] = False,
) -> None:
    """Put clock and settings of phones back as they were before a check that broke off.

    The next check does so by itself.

    Exit code: 1 when something could not be put back, 2 when another process uses the phone, 0 otherwise.
    """
    listed = [(path, *read_ledger(path)) for path in ledgers()]
    wanted = [(path, name, [change.name for change in changes]) for path, name, changes in listed if serial in (None, name)]
    ready = {entry.serial for entry in list_devices(port=adb_port) if entry.state == "device"} if wanted else set()
    found = [_restore(path, name, changed, adb_port=adb_port, ready=name in ready) for path, name, changed in wanted]
    if json:
        console.print_json({"devices": found})
    elif not found:
        console.progress(NOTHING)
    if any(device["busy"] for device in found):
        raise typer.Exit(BUSY)
    if any(device["left"] for device in found):
        raise typer.Exit(LEFT)


def _restore(path: Path, serial: str, changed: list[str], *, adb_port: int | None, ready: bool) -> dict[str, Any]:
    """Restore one device; what came back, what is left, and why."""
    problem, busy = f"{serial} is not connected: plug it in and restore again", False
    if ready:
        try:
            with open_device(serial, port=adb_port) as device:
                if Ledger(device).path == path:
                    return _put_back(device, changed)
                problem = f"another phone is at {serial} now: connect the one that was checked"
        except DeviceBusy as error:
            problem, busy = str(error), True
        except HarnessError as error:
            problem = str(error)
    console.progress(f"{problem} ({', '.join(changed)})")
    return _told(serial, changed, changed, problem) | {"busy": busy}


def _put_back(device: Device, changed: list[str]) -> dict[str, Any]:
    """What a check that goes on has changed stays so: that check needs it, and puts it back itself."""
    lock = DeviceLock.take(device, hint=False)
    try:
        failed = {undone.name: undone.problem for undone in put_back(device, console.progress) if undone.problem}
    finally:
        lock.release()
    return _told(device.serial, changed, list(failed), "; ".join(failed.values()))


def _told(serial: str, changed: list[str], left: list[str], problem: str) -> dict[str, Any]:
    restored = [name for name in changed if name not in left]
    return {"serial": serial, "restored": restored, "left": left, "problem": problem, "busy": False}
