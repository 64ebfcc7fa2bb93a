"""Clause 6 against the device's own truth.

Starts seen, callers named, and what each app file of ``tests/virtual/clause6`` gets.

Each app file is checked as a user would (``check --clause 6``) on the pairs of ``PAIRS`` in turn, one pair an app. What
the run's timeline says is then held against ``ctl truth``, which the harness never reads.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from device_farm.samples.in_process_device import InProcessDevice
from device_farm.samples.sample import OWN_APPS, Sample, app_files
from device_farm.samples.sample_check import check_device, read_sample
from device_farm.virtual.app_file import load_app_file
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import devices_in_thread
from device_farm.virtual.spec import Spec
from harness.events import ProcessStarted
from harness.starts import callers_of
from harness.verdicts.analysis import examine
from tests.benchmarks.rows import Row, row

FOLDER = Path(__file__).resolve().parents[1] / "virtual" / "clause6"
PAIRS = (
    ("13", "aosp"), ("8.1", "aosp"), ("16", "pixel"), ("14", "oneui"), ("10", "aosp"), ("15", "pixel"), ("14", "hyperos"),
    ("9", "oneui"), ("16", "aosp"), ("15", "coloros"), ("11", "aosp"), ("15", "originos"), ("12", "harmony"), ("9", "aosp"),
    ("13", "miui"), ("15", "oneui"),
)  # fmt: skip
ACCUSES = ("violation", "suspected")
NAMES_NO_SERVICE_CALLER = ("8.1", "9", "10")
"""Versions whose service record keeps no caller of startService (ActiveServices: recentCallingPackage came with Android
11)."""
NAMES_EVERY_CALLER = ("miui", "hyperos")
"""ROMs whose line about a process start names the caller."""


@dataclass
class Figures:
    """What the checks came to; the lists name what went wrong, for the note."""

    apps: int = 0
    starts: int = 0
    seen: int = 0
    callable: int = 0
    named: int = 0
    misnamed: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    unnamed: list[str] = field(default_factory=list)
    judged: int = 0
    accused: list[str] = field(default_factory=list)
    guilty: int = 0
    missed: list[str] = field(default_factory=list)
    open_ended: int = 0
    not_said: list[str] = field(default_factory=list)


def run() -> list[Row]:
    """Check all app files and return the rows."""
    figures = Figures()
    files = [*app_files(FOLDER), *(path for path in app_files(OWN_APPS, twins=True) if _of_clause6(path))]
    with tempfile.TemporaryDirectory() as runs:
        for index, path in enumerate(files):
            check(figures, read_sample(path), index, Path(runs))
    return rows(figures)


def rows(figures: Figures) -> list[Row]:
    """The table of one measurement."""

    def share(part: int, whole: int) -> float | None:
        return 100 * part / whole if whole else None

    def note(words: list[str]) -> str:
        return "; ".join(words[:8])

    return [
        row("clause 6: starts seen", share(figures.seen, figures.starts), "%", aim=">= 100",
            note=f"{figures.starts} starts, {figures.apps} apps {note(figures.unseen)}"),
        row("clause 6: callers named", share(figures.named, figures.callable), "%", aim=">= 95",
            note=f"{figures.callable} starts of one app by another with a signal {note(figures.unnamed)}"),
        row("clause 6: callers named wrongly", len(figures.misnamed), "starts", aim="<= 0", note=note(figures.misnamed)),
        row("clause 6: false accusations", len(figures.accused), "verdicts", aim="<= 0",
            note=f"{figures.judged} verdicts that must be clear or open {note(figures.accused)}"),
        row("clause 6: guilty found", share(figures.guilty - len(figures.missed), figures.guilty), "%", aim=">= 95",
            note=f"{figures.guilty} verdicts {note(figures.missed)}"),
        row("clause 6: unattributable said so", share(figures.open_ended - len(figures.not_said), figures.open_ended), "%", aim=">= 100",
            note=f"{figures.open_ended} verdicts {note(figures.not_said)}"),
    ]  # fmt: skip


def check(figures: Figures, sample: Sample, index: int, runs: Path) -> None:
    """Check one sample on the next pair that it holds on, and count."""
    turn = [PAIRS[(index + step) % len(PAIRS)] for step in range(len(PAIRS))]
    android, rom = next(pair for pair in turn if sample.holds_on(*pair))
    installed = tuple(reversed(load_app_file(sample.path)))  # the one under test last
    with devices_in_thread([partial(VirtualDevice, Spec(android=android, rom=rom, apps=installed))]) as thread:
        before = thread.call(lambda: len(thread.devices[0].truth))  # the first boot is over when the check begins
        result = check_device(sample, InProcessDevice(thread), runs)
        truth = thread.call(lambda: thread.devices[0].truth[before:])
    where = f"{sample.path.stem} on {rom} {android}"
    figures.apps += 1
    compare_starts(figures, where, Path(result["run"]), truth, android, rom)
    compare_verdicts(figures, where, sample.expected, {each["rule"]: each["outcome"] for each in result["rules"]})


def compare_starts(figures: Figures, where: str, folder: Path, truth: list[dict[str, Any]], android: str, rom: str) -> None:
    """Hold the process starts of a run against the truth; the apps that the phone itself comes with are no callers."""
    timeline = examine(folder).timeline
    lines = [line for line in truth if line["what"] == "start" and line["package"].startswith("com.example.")]
    left: dict[tuple[int, str], list[ProcessStarted]] = {}
    for fact in timeline.of(ProcessStarted):
        known = left.setdefault((fact.pid, fact.process), [])
        if not any(other.at.boot == fact.at.boot and abs(other.at.seconds_since(fact.at)) < 1.0 for other in known):
            known.append(fact)
    for line in lines:
        facts = left.get((line["pid"], line["process"]), [])
        figures.starts += 1
        if not facts:
            figures.unseen.append(f"{where}: {line['process']} by {line['trigger']} at {line['uptime']:g}")
            continue
        figures.seen += 1
        fact, caller = facts.pop(0), line["caller"]
        if caller is None or caller == line["package"] or not caller.startswith("com.example."):
            continue
        named = [each.package for each in callers_of(timeline, fact)]
        if named and named[0] != caller:
            figures.misnamed.append(f"{where}: {line['process']} by {caller}, not {named[0]}")
        silent = line["trigger"] == "service" and android in NAMES_NO_SERVICE_CALLER and rom not in NAMES_EVERY_CALLER
        if not silent:
            figures.callable += 1
            figures.named += caller in named
            figures.unnamed += [] if caller in named else [f"{where}: {line['process']} by {line['trigger']} of {caller}"]


def compare_verdicts(figures: Figures, where: str, expected: dict[str, str], outcomes: dict[str, str]) -> None:
    """Hold the verdicts against what the app file says it must get.

    Inconclusive on a ROM that tells nothing accuses nobody.
    """
    for rule, wanted in expected.items():
        got = outcomes[rule]
        told = f"{where}: {rule} {got}, not {wanted}"
        if wanted in ACCUSES:
            figures.guilty += 1
            figures.missed += [] if got == wanted else [told]
        else:
            figures.judged += 1
            figures.accused += [told] if got in ACCUSES else []
        if wanted == "inconclusive":
            figures.open_ended += 1
            figures.not_said += [] if got == wanted else [told]


def _of_clause6(path: Path) -> bool:
    return any(rule.startswith("c6-") for rule in read_sample(path).expected)
