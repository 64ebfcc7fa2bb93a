"""Sample apps: app files with what each must get, and one check of one of them on a virtual device of its own."""

from __future__ import annotations

import contextlib
import io
import json
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import click
import typer

from device_farm.virtual import apps
from device_farm.virtual.app_file import load_app_file
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.server import ServerThread, devices_in_thread
from device_farm.virtual.spec import Spec
from harness.device.adb import connect
from harness.errors import HarnessError

OWN_APPS = Path(apps.__file__).parent


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
        """Where ``expected`` holds, in words; empty for everywhere."""
        versions, roms = ", ".join(self.only_android), ", ".join(self.only_rom)
        return " ".join(words for words in (versions and f"Android {versions}", roms and f"ROM {roms}") if words)


@dataclass(frozen=True, slots=True)
class Checked:
    """One check: what it printed (None when it failed) and how long it took, in seconds of the host.

    ``assumed``: how many facts the device used that are only assumed; None where it did not come to tell.
    """

    sample: Sample
    android: str
    rom: str
    seconds: float
    result: dict[str, Any] | None
    problem: str = ""
    assumed: int | None = None


def app_files(folder: Path = OWN_APPS, *, twins: bool = False) -> list[Path]:
    """The app files of a folder, by name; with ``twins`` those of its folder ``twins`` too.

    Raises HarnessError when there is none.
    """
    folders = [folder, folder / "twins"] if twins else [folder]
    files = [path for each in folders for path in sorted(each.glob("*.py")) if path.name != "__init__.py"]
    if not files:
        raise HarnessError(f"{folder}: no app file (*.py) is there")
    return files


def read_sample(path: Path) -> Sample:
    """Read one app file; its first App is the app under test. ``expected`` is only compared after judging.

    Raises AppFileError.
    """
    app = load_app_file(path)[0]
    taps = [word for text in app.taps for word in ("--tap", text)]
    return Sample(
        path=path,
        package=app.package,
        label=app.label,
        expected=dict(app.expected),
        options=(*taps, *app.options),
        only_android=tuple(app.only_android or ()),
        only_rom=tuple(app.only_rom or ()),
    )


def check_sample(sample: Sample, runs: Path, adb_port: int, *, android: str = "13", rom: str = "aosp") -> Checked:
    """Check the sample on a new device at the adb server on ``adb_port``, with the words that a user would give."""
    began = time.monotonic()
    installed = tuple(reversed(load_app_file(sample.path)))  # the one under test last
    spec = Spec(android=android, rom=rom, apps=installed)
    with devices_in_thread([partial(VirtualDevice, spec)]) as thread:
        out, said = check_device(sample, thread.addresses[0], runs, adb_port)
        assumed = _assumed(thread)
    seconds = time.monotonic() - began
    try:
        return Checked(sample, android, rom, seconds, json.loads(out), assumed=assumed)
    except ValueError:
        return Checked(sample, android, rom, seconds, None, said or "it said nothing", assumed)


def check_device(sample: Sample, serial: str, runs: Path, adb_port: int) -> tuple[str, str]:
    """Check the sample on a device that has it; what ``check --json`` printed, and the end of what it said on standard error."""
    connect(serial, port=adb_port).close()
    words = ["check", sample.package, "--serial", serial, "--adb-port", str(adb_port)]
    return _apprights([*words, "--runs", str(runs), "--json", *sample.options])


def _apprights(words: list[str]) -> tuple[str, str]:
    """Run the command line in this process; what it printed, and the end of what it said on standard error."""
    from harness import cli  # it loads the commands of this package

    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            typer.main.get_command(cli.app).main(words, prog_name="apprights", standalone_mode=False)
        except HarnessError as error:
            return "", str(error)
        except click.ClickException as error:
            return "", error.format_message()
        except SystemExit:
            pass
    return out.getvalue(), " ".join(err.getvalue().split())[-400:]


def _assumed(thread: ServerThread) -> int:
    (device,) = thread.devices
    return thread.call(lambda: sum(fact.assumed for fact in device.rom.used.values()))
