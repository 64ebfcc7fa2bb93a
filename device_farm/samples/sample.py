"""Sample apps: app files with what each must get, and what a check of one of them found.

Plain data and nothing heavy: a command has it in no time, its workers import what checks need (``sample_check.py``).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import device_farm
from harness.errors import HarnessError
from harness.language import _

if TYPE_CHECKING:
    from harness.report.report_model import AppReport

OWN_APPS = Path(device_farm.__file__).parent / "virtual" / "apps"


@dataclass(frozen=True, slots=True)
class Sample:
    """One app file: the package under test, the outcomes it must get, and the options under which they hold."""

    path: Path
    package: str
    label: str
    expected: dict[str, str]
    options: tuple[str, ...]
    only_android: tuple[str, ...]
    only_rom: tuple[str, ...] = ()

    def holds_on(self, android: str, rom: str) -> bool:
        """Whether ``expected`` is what the sample must get on this pair."""
        return (not self.only_android or android in self.only_android) and (not self.only_rom or rom in self.only_rom)

    def only(self) -> str:
        """Return where ``expected`` holds, in words; empty for everywhere."""
        versions, roms = ", ".join(self.only_android), ", ".join(self.only_rom)
        return " ".join(words for words in (versions and f"Android {versions}", roms and f"ROM {roms}") if words)


@dataclass(frozen=True, slots=True)
class Checked:
    """One check: its run as ``check --json`` tells it, None when it failed, and how long it took in host seconds.

    ``assumed``: how many facts the device used that are only assumed; None where it did not come to tell. ``page``: its
    part of a report, its pictures drawn, where that was asked for.
    """

    sample: Sample
    android: str
    rom: str
    seconds: float
    result: dict[str, Any] | None
    problem: str = ""
    assumed: int | None = None
    page: AppReport | None = None


def app_files(folder: Path = OWN_APPS, *, twins: bool = False) -> list[Path]:
    """The app files of a folder, by name; with ``twins`` those of its folder ``twins`` too.

    Raises HarnessError when there is none.
    """
    folders = [folder, folder / "twins"] if twins else [folder]
    files = [path for each in folders for path in sorted(each.glob("*.py")) if path.name != "__init__.py"]
    if not files:
        raise HarnessError(_("{folder}: no app file (*.py) is there", folder=folder))
    return files
