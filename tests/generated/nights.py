"""Whether an app gets the same verdicts in a shared night as alone: each is checked twice and compared by rule."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from device_farm.samples.in_process_device import InProcessDevice
from device_farm.samples.sample_check import read_sample
from device_farm.virtual.app_file import load_app_file
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import devices_in_thread
from device_farm.virtual.spec import Spec
from device_farm.virtual.vocabulary.components import App
from harness.engine.check import check
from harness.engine.night import AppResult, check_together
from harness.engine.option_specs import options_from, read_words
from harness.recording.journal import JOURNAL, read_journal
from harness.recording.steps import Probe
from harness.session.check_options import Options
from harness.verdicts.analysis import Analysis
from harness.verdicts.interference import disturbance
from tests.generated.fault import Generated

FRIEND = "com.generated.friend"
"""Beside many apps, opened by a tap alone: they may share it."""


@dataclass(frozen=True, slots=True)
class Guest:
    """An app file on the phone that it is for; ``installed`` are its apps, the one under test last."""

    path: Path
    package: str
    android: str
    rom: str
    options: Options
    installed: tuple[type[App], ...]

    @property
    def baits(self) -> set[str]:
        """What it brings along that a phone takes once: apps, and the authorities of its providers."""
        authorities = set(re.findall(r'authority = "([^"]+)"', self.path.read_text(encoding="utf-8")))
        return {app.package for app in self.installed[:-1]} - {FRIEND} | authorities


@dataclass(slots=True)
class Night:
    """What a night said of each app, and how long the phone was needed."""

    served: dict[str, AppResult] = field(default_factory=dict)
    hours: float = 0.0


def guest(path: Path, android: str, rom: str) -> Guest:
    """An app file for a night of clause 6."""
    sample = read_sample(path)
    options = replace(options_from(read_words(sample.options)), clauses=(6,))
    return Guest(path, sample.package, android, rom, options, tuple(reversed(load_app_file(path))))


def written(apps: Iterable[Generated], folder: Path) -> Iterator[Guest]:
    """Generated apps as app files."""
    for number, app in enumerate(apps):
        path = folder / f"g{number}.py"
        path.write_text(app.text, encoding="utf-8")
        yield guest(path, app.recipe.android, app.recipe.rom)


def nights_of(guests: Iterable[Guest], most: int) -> list[list[Guest]]:
    """Guests of one kind of phone together; two that bring the same app along do not share a night."""
    found: list[list[Guest]] = []
    for one in guests:
        fitting = (night for night in found if len(night) < most and all(_get_on(one, other) for other in night))
        night = next(fitting, None)
        if night is None:
            found.append([one])
        else:
            night.append(one)
    return found


def _get_on(one: Guest, other: Guest) -> bool:
    same = (one.android, one.rom) == (other.android, other.rom) and one.package != other.package
    return same and not one.baits & other.baits


def together(guests: Sequence[Guest], runs: Path) -> Night:
    """Check guests of one kind of phone in a night."""
    apps = {app.package: app for one in guests for app in one.installed[:-1]} | {one.package: one.installed[-1] for one in guests}
    spec = Spec(android=guests[0].android, rom=guests[0].rom, apps=tuple(apps.values()))
    with devices_in_thread([partial(VirtualDevice, spec)]) as thread:
        asked = [(one.package, one.options) for one in guests]
        served = check_together(InProcessDevice(thread), asked, runs=runs)
    folders = [one.analysis.folder for one in served if one.analysis is not None]
    return Night({one.app: one for one in served}, device_hours(folders[0]) if folders else 0.0)


def alone(one: Guest, runs: Path) -> Analysis:
    """Check a guest on a phone of its own."""
    spec = Spec(android=one.android, rom=one.rom, apps=one.installed)
    with devices_in_thread([partial(VirtualDevice, spec)]) as thread:
        return check(InProcessDevice(thread), one.package, one.options, runs=runs)


def outcomes(analysis: Analysis | None) -> dict[str, str]:
    """Rule -> outcome; without a run there are none."""
    return {verdict.rule.id: verdict.outcome.value for verdict in analysis.verdicts} if analysis is not None else {}


def device_hours(folder: Path) -> float:
    """Hours of device time that a run took, over all boots."""
    passed, last = 0.0, None
    for entry in read_journal(folder / JOURNAL):
        if isinstance(entry.step, Probe):
            up = entry.step.uptime
            passed += up - last if last is not None and up >= last else up if last is not None else 0.0
            last = up
    return passed / 3600


@dataclass(frozen=True, slots=True)
class Compared:
    """One app: what it got alone and in a night, and the hours of that night and how many shared it."""

    package: str
    alone: dict[str, str]
    shared: dict[str, str]
    hours: float
    guests: int

    @property
    def differences(self) -> dict[str, tuple[str, str]]:
        """Rule -> its outcome alone and in the night, where they differ."""
        return {rule: (found, self.shared.get(rule, "")) for rule, found in self.alone.items() if found != self.shared.get(rule)}


def compare(guests: Iterable[Guest], runs: Path, most: int) -> Iterator[Compared]:
    """Check guests in nights and each alone. Apps that neighbours disturbed are checked alone, as the farm does it."""
    for number, some in enumerate(nights_of(guests, most)):
        night = together(some, runs / f"night-{number}")
        for one in some:
            served = night.served[one.package].analysis
            single = outcomes(alone(one, runs / "alone"))
            again = served is not None and disturbance(served)
            yield Compared(one.package, single, single if again else outcomes(served), night.hours, len(some))
