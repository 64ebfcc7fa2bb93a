"""Sample apps: app files with what each must get, and one check of one of them on a virtual device of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from device_farm.virtual import apps
from device_farm.virtual.app_file import load_app_file
from device_farm.virtual.cli import FACTS_FILE
from harness.errors import FormatError

CHECK_SECONDS = 300.0
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


def find_samples(folder: Path = OWN_APPS) -> list[Sample]:
    """The app files of a folder, by name. Raises AppFileError for a wrong one, FormatError when there is none."""
    files = [path for path in sorted(folder.glob("*.py")) if path.name != "__init__.py"]
    if not files:
        raise FormatError(f"{folder}: no app file (*.py) is there")
    return [read_sample(path) for path in files]


def read_sample(path: Path) -> Sample:
    """Read one app file; its first App is the app under test. ``expected`` is only compared after judging."""
    app = load_app_file(path)[0]
    taps = [word for text in app.taps for word in ("--tap", text)]
    return Sample(
        path=path,
        package=app.package,
        label=app.label,
        expected=dict(app.expected),
        options=(*taps, *app.options),
        only_android=tuple(app.only_android or ()),
    )


def check_sample(sample: Sample, runs: Path, *, android: str = "13", rom: str = "aosp") -> Checked:
    """Check the sample in a process of its own, as a user would: ``apprights check PACKAGE --app-file FILE --json``."""
    command = [sys.executable, "-m", "harness.cli", "check", sample.package, "--app-file", str(sample.path)]
    command += ["--android", android, "--rom", rom, "--runs", str(runs), "--json", *sample.options]
    with tempfile.TemporaryDirectory(prefix="apprights-facts-") as folder:
        facts = Path(folder) / "facts.jsonl"
        environment = os.environ | {FACTS_FILE: str(facts)}
        began = time.monotonic()
        try:
            done = subprocess.run(command, capture_output=True, timeout=CHECK_SECONDS, check=False, env=environment)
        except subprocess.TimeoutExpired:
            return Checked(sample, android, rom, CHECK_SECONDS, None, f"no answer within {CHECK_SECONDS:g} s")
        seconds = time.monotonic() - began
        assumed = _assumed(facts)
    try:
        result = json.loads(done.stdout)
    except ValueError:
        said = " ".join(done.stderr.decode("utf-8", "replace").split())[-400:]
        return Checked(sample, android, rom, seconds, None, said or f"exit code {done.returncode}")
    return Checked(sample, android, rom, seconds, result, assumed=assumed)


def _assumed(facts: Path) -> int | None:
    """The last line of what the device wrote is its count (control.facts)."""
    lines = facts.read_text(encoding="utf-8").splitlines() if facts.exists() else []
    return json.loads(lines[-1])["assumed"] if lines else None
