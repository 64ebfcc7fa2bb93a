"""``apprights doctor --pack``: what a phone can give to the next version, shown before it is written."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from harness import console
from harness.console import printable
from harness.errors import EvidenceError, ScenarioError
from harness.language import _, said

if TYPE_CHECKING:
    from harness.custody.phone_pack import Files

ZIP = ".zip"


def may_pack(output: Path, *, yes: bool, force: bool) -> None:
    """Raise HarnessError where the zip may not be written or nobody can look at it: before the phone is asked."""
    from harness.recording.outputs import may_write

    if output.suffix.lower() != ZIP:
        raise EvidenceError(_("{path}: a pack is a zip: give it the ending .zip", path=output))
    may_write(output, force=force)
    if not yes and (sys.stdin is None or not sys.stdin.isatty()):
        raise ScenarioError(_("a pack is looked at before it is written: add --yes where nobody is at a terminal"))


def pack_phone(serial: str | None, port: int | None, output: Path, abilities: list[dict[str, Any]], *, runs: Path, yes: bool) -> None:
    """Choose and strike through what goes, show it, and write it after a yes; raises ScenarioError for a no."""
    from harness.custody.owner_words import owner_words
    from harness.custody.phone_pack import PROVED, packed_files, phone_of, read_proved, write_pack
    from harness.device.adb import open_device
    from harness.parsers.getprop import properties

    with open_device(serial, port=port) as device:
        told = properties(device.shell(["getprop"]).stdout)
        words = owner_words(device, told)
    proved = read_proved(runs / PROVED, phone_of(told))
    if proved is None:
        console.progress(
            said(_("{path} is not there: without 'apprights prove' the pack says nothing of dialogs and rules", path=runs / PROVED))
        )
    files = packed_files(told, abilities, proved, words)
    with tempfile.TemporaryDirectory(prefix="apprights-pack-") as shown:
        _show(files, Path(shown))
        if not yes and not _agreed(Path(shown), output):
            raise ScenarioError(_("nothing was written: {path}", path=output))
    write_pack(files, output)
    console.progress(said(_("Packed: {path}, files: {count}", path=output, count=len(files))))


def _show(files: Files, folder: Path) -> None:
    """List the files, and lay each where it can be looked at."""
    for name, data in files.items():
        console.progress(said(_("{name}, {size} bytes", name=name, size=len(data))))
        place = folder / name
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(data)


def _agreed(shown: Path, output: Path) -> bool:
    question = _("Look at every file in {folder}: what you do not want to give is there too. Write {path}?", folder=shown, path=output)
    return typer.confirm(printable(said(question)), default=False, err=True)
