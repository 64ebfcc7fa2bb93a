"""Commands about devices: devices, doctor."""

from __future__ import annotations

import platform
from dataclasses import asdict
from typing import Annotated

import typer

import harness
from harness import console
from harness.device.adb import list_devices
from harness.device.adb_server import bundled_adb
from harness.errors import FormatError
from harness.vision.ocr import engine_versions

NO_DEVICE = (
    "no device: plug in a phone with USB debugging on (设置 > 开发者选项 > USB 调试), start an emulator, "
    "or use a virtual one with --virtual"
)
Json = Annotated[bool, typer.Option("--json", help="JSON only on standard output.")]


def devices(json: Json = False, adb_port: Annotated[int | None, typer.Option(help="Port of the adb server.")] = None) -> None:
    """List the devices that adb sees, with what is wrong with each."""
    found = list_devices(port=adb_port)
    if json:
        console.print_json({"devices": [asdict(entry) for entry in found]})
        return
    if not found:
        console.progress(NO_DEVICE)
        return
    rows = [(entry.serial, entry.state, entry.model, entry.android, entry.rom) for entry in found]
    console.table("", ("serial", "state", "model", "Android", "ROM"), rows)


def doctor(json: Json = False) -> None:
    """Check what AppRights needs on this computer: adb, one OpenCV, the reader of text in pictures."""
    from importlib.metadata import distributions

    names = {dist.metadata["Name"].lower() for dist in distributions() if dist.metadata["Name"]}
    both = {"opencv-python", "opencv-python-headless"} <= names
    checks = {
        "apprights": harness.__version__,
        "python": platform.python_version(),
        "adb": str(bundled_adb()),
        "opencv": "two OpenCV packages overwrite each other: uninstall opencv-python" if both else "one",
    }
    try:
        checks["text"], readable = ", ".join(f"{name} {version}" for name, version in engine_versions().items()), True
    except FormatError as error:
        checks["text"], readable = str(error), False
    if json:
        console.print_json(checks)
    else:
        console.table("", ("", ""), list(checks.items()))
    if both or not readable:
        raise typer.Exit(1)
