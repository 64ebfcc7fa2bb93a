"""The explorer on whole apps.

Planted faults found and screens visited, beside a random monkey and a breadth-first walk.

The two other strategies refuse, watch and come back as the explorer does; they only choose otherwise what to press.
What was shown is taken from ``ctl truth``, which the harness never reads.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from device_farm.samples.sample import app_files
from device_farm.virtual.app_file import load_app_file
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import devices_in_thread
from device_farm.virtual.faults.catalogue import Faults
from device_farm.virtual.spec import Spec
from harness.device.adb import PrivateAdbServer, connect
from harness.engine.scenario_run import Run
from harness.events.findings import Outcome
from harness.events.permission_groups import group_of
from harness.explorer.control_candidates import control_candidates
from harness.explorer.control_runs import drive_controls
from harness.explorer.exploration_strategies import GreedyStrategy
from harness.maps.action_selection import ActionChoice, unreached
from harness.maps.graph import BACK
from harness.recording.journal import JOURNAL, read_journal
from harness.recording.steps import Function
from harness.session.check_options import Options
from scenarios import test_permission_denial
from tests.benchmarks.rows import Row, row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from harness.events.findings import Finding
    from harness.explorer.exploration_strategies import ExplorationStrategy
    from harness.maps.action_selection import Known
    from harness.maps.graph import Graph, MappedScreen

VIRTUAL = Path(__file__).resolve().parents[1] / "virtual"
UNSEEN = VIRTUAL / "unseen"
"""Whole apps that strangers wrote when the explorer was finished; between them each fault of the page's rules."""
FOUND = (Outcome.VIOLATION, Outcome.SUSPECTED)
TOWN = VIRTUAL / "explorer" / "town.py"
SLOW = {"screencap": 300.0, "dump": 400.0, "tap": 100.0}
"""What a phone takes for these, in milliseconds."""
SEEDS = 3
FIRST_RUN = {
    "courier": (4, 5, 27, 27), "parking": (2, 4, 28, 28), "jobs": (1, 6, 2, 29), "gov": (4, 5, 29, 29), "reader": (0, 0, 32, 32),
    "fitness": (4, 6, 31, 31),
}  # fmt: skip
"""The only run before anything was changed for them (seed 0, 12 minutes): faults found and planted, screens visited and
declared."""


@dataclass
class BreadthFirst:
    """Whatever is nearest and was not pressed yet, in the order of the page."""

    repeats: ClassVar[bool] = True
    returns: ClassVar[bool] = True
    seed: int = 0

    def next(self, graph: Graph, screen: MappedScreen, known: Known) -> ActionChoice | None:
        """The first control that was never pressed of the nearest screen."""
        for name, path in graph.paths(screen.id).items():
            for action in graph.screens[name].actions.values():
                plain = not action.dangerous and action.kind not in ("field", "fill", "key")
                if plain and not action.tries and (name, action.key) not in known.given_up:
                    return ActionChoice(name, action.key, tuple(path), 0.0)
        return None

    def goes_on(self, graph: Graph, screen: MappedScreen, known: Known) -> bool:
        """As the explorer does."""
        return unreached(graph, screen.id, known)


@dataclass
class Monkey:
    """Any control of the page in front, or Back once in ten times."""

    repeats: ClassVar[bool] = True
    returns: ClassVar[bool] = True
    seed: int = 0
    steps: int = 0

    def next(self, graph: Graph, screen: MappedScreen, known: Known) -> ActionChoice | None:
        """A random choice; the same for the same seed and step."""
        del graph, known
        dice = random.Random(f"{self.seed}/{self.steps}")
        self.steps += 1
        keys = [key for key, action in screen.actions.items() if not action.dangerous and action.kind not in ("field", "fill", "key")]
        return ActionChoice(screen.id, BACK if not keys or dice.random() < 0.1 else dice.choice(keys), (), 0.0)

    def goes_on(self, graph: Graph, screen: MappedScreen, known: Known) -> bool:
        """As the explorer does."""
        return unreached(graph, screen.id, known)


STRATEGIES: dict[str, Callable[[int], ExplorationStrategy]] = {"explorer": GreedyStrategy, "breadth-first": BreadthFirst, "monkey": Monkey}


@dataclass
class Trial:
    """One check of one app with one strategy and seed."""

    app: str
    strategy: str
    seed: int
    planted: list[tuple[str, str]] = field(default_factory=list)
    found: list[tuple[str, str]] = field(default_factory=list)
    screens: int = 0
    visited: int = 0
    missed: list[str] = field(default_factory=list)
    dangers: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)  # of the faults that were not found, what the rules said instead
    others: list[str] = field(default_factory=list)  # violations of rules of which the app has no planted fault
    seconds: float = 0.0
    device_seconds: float = 0.0


def try_app(path: Path, strategy: str, seed: int, port: int, runs: Path) -> Trial:
    """Check one whole app on a device of its own and hold what came out against what it says of itself."""
    apps = load_app_file(path)
    app: Any = apps[0]
    trial = Trial(path.stem, strategy, seed, [tuple(each) for each in app.planted], screens=len(app.screens))
    spec = Spec(android="13", rom="aosp", apps=tuple(reversed(apps)))
    with devices_in_thread([partial(VirtualDevice, spec)]) as thread:
        began = time.monotonic()
        device = connect(thread.addresses[0], port=port)
        run = Run.open(device, app.package, runs, Options(clauses=(1, 5), seed=seed))
        start = run.session.uptime()
        walk = partial(test_permission_denial.walk_through, strategy=STRATEGIES[strategy](seed))
        run.drive("permission-denial", partial(test_permission_denial.drive, walk=walk))
        trial.device_seconds = round(run.session.uptime() - start)
        if accusations := control_candidates(run.analysis, run.folder):
            run.drive("control-run", drive_controls(accusations))
        analysis = run.close()
        trial.seconds = round(time.monotonic() - began, 1)
        truth = thread.call(lambda: list(thread.devices[0].truth))
        findings = [finding for verdict in analysis.verdicts for finding in verdict.findings]
        trial.found = [fault for fault in trial.planted if _found(fault, findings)]
        lost = {rule for rule, group in trial.planted if (rule, group) not in trial.found}
        trial.said = [f"{each.rule} {each.part}: {each.outcome.value}" for each in findings if each.rule in lost]
        planted = {rule for rule, _ in trial.planted}
        trial.others = [f"{each.rule} {each.part}" for each in findings if each.outcome is Outcome.VIOLATION and each.rule not in planted]
        trial.dangers = [" ".join(pressed) for pressed in _pressed(run.folder) if set(app.dangers).intersection(pressed)]
    shown = {f"{line['activity']}/{line['title']}" for line in truth if line["what"] == "content_shown" and line["package"] == app.package}
    trial.missed = sorted(set(app.screens) - shown)
    trial.visited = trial.screens - len(trial.missed)
    return trial


def _found(fault: tuple[str, str], findings: Iterable[Finding]) -> bool:
    """Whether the rule accuses the app over the group.

    By its part, or by the facts where its part is a page or a function.
    """
    rule, group = fault
    accusing = [each for each in findings if each.rule == rule and each.outcome in FOUND]
    return any(group in each.part or group in _groups(each) for each in accusing)


def _groups(finding: Finding) -> Iterable[str]:
    for fact in finding.facts:
        yield getattr(fact, "permission_group", None) or group_of(getattr(fact, "permission", "")) or ""


def _pressed(folder: Path) -> Iterable[tuple[str, str]]:
    """Text and id of each control that was pressed: the last step of a way to a danger is one of them."""
    steps = (entry.step for entry in read_journal(folder / JOURNAL))
    return ((step.text, step.id) for step in steps if isinstance(step, Function))


@dataclass
class CountedFaults(Faults):
    """The faults of a device that counts how long "slow" made us wait, in seconds."""

    waited: float = 0.0

    async def delay(self, work: str) -> None:
        """Wait as the fault says, and count it."""
        self.waited += self.delays_ms.get(work, 0.0) / 1000
        await super().delay(work)


def overhead() -> list[Row]:
    """What the host adds to a walk on a phone: our own time, without the waiting, as a share of the device's time.

    On a computer that is busy with other things the time passes for them, too: the processor time of the thread that
    drives the phone is what is left of it on an idle one.
    """
    apps = load_app_file(TOWN)
    spec = Spec(android="13", rom="aosp", apps=tuple(reversed(apps)))
    with PrivateAdbServer() as server, tempfile.TemporaryDirectory() as runs, devices_in_thread([partial(VirtualDevice, spec)]) as thread:
        counted = CountedFaults(active={"slow"}, delays_ms=SLOW)
        thread.call(lambda: setattr(thread.devices[0], "faults", counted))
        run = Run.open(connect(thread.addresses[0], port=server.port), apps[0].package, Path(runs), Options(clauses=(5,)))
        began, start, worked = time.monotonic(), run.session.uptime(), time.thread_time()
        run.drive("permission-denial", test_permission_denial.drive)
        added, passed = time.monotonic() - began - counted.waited, run.session.uptime() - start
        worked = time.thread_time() - worked
        run.close()
    note = f"{added:.0f} s of ours in {passed:.0f} s of a phone; {counted.waited:.0f} s waited for it"
    return [
        row("explorer: host's share of the wall time", 100 * added / passed, "%", aim="<= 10", note=note),
        row("explorer: host's share, processor time", 100 * worked / passed, "%", aim="<= 10", note=f"{worked:.0f} s of its thread"),
    ]


def trials(names: list[str], strategies: list[str], seeds: int, runs: Path, say: Callable[[Trial], None]) -> list[Trial]:
    """All apps, or those named, with the strategies and as many seeds; run folders go to ``runs``."""
    done = []
    with PrivateAdbServer() as server:
        for path in app_files(UNSEEN):
            wanted = path.stem in names if names else path.stem != "pages"
            for strategy in strategies if wanted else ():
                for seed in range(seeds):
                    done.append(try_app(path, strategy, seed, server.port, runs))
                    say(done[-1])
    return done


def run() -> list[Row]:
    """Try all apps and return the rows."""
    with tempfile.TemporaryDirectory() as runs:
        return [*rows(trials([], list(STRATEGIES), SEEDS, Path(runs), lambda trial: None)), *overhead()]


def rows(done: list[Trial]) -> list[Row]:
    """Median, least and most over the seeds, of the shares over all apps."""
    faults, planted, visited, screens = (sum(column) for column in zip(*FIRST_RUN.values(), strict=True))
    table = [
        row("explorer: faults, first run", 100 * faults / planted, "%", note=f"{faults} of {planted}, before any change"),
        row("explorer: screens, first run", 100 * visited / screens, "%", note=f"{visited} of {screens}, before any change"),
    ]
    for strategy in STRATEGIES:
        table += _shares(f"{strategy}: ", [each for each in done if each.strategy == strategy])
    dangers = [f"{trial.app}: {word}" for trial in done for word in trial.dangers]
    table.append(row("explorer: dangers pressed", len(dangers), "presses", aim="<= 0", note="; ".join(dangers)))
    others = [f"{trial.app}: {one}" for trial in done for one in trial.others]
    table.append(row("explorer: violations that nobody planted", len(others), "findings", aim="<= 0", note="; ".join(sorted(set(others)))))
    return table


def _shares(strategy: str, done: list[Trial]) -> list[Row]:
    """Shares of the faults and of the screens: one figure a seed over all apps."""
    seeds = [[trial for trial in done if trial.seed == seed] for seed in sorted({trial.seed for trial in done})]
    faults = [100 * sum(len(t.found) for t in own) / sum(len(t.planted) for t in own) for own in seeds]
    screens = [100 * sum(t.visited for t in own) / sum(t.screens for t in own) for own in seeds]
    table = []
    for what, values, aim in (("faults", faults, ">= 90"), ("screens", screens, ">= 85")):
        note = f"least {min(values):.0f}, most {max(values):.0f} of {len(values)} seeds" if values else ""
        goal = aim if strategy.startswith("explorer") else None
        table.append(row(f"{strategy}{what}", statistics.median(values) if values else None, "%", aim=goal, note=note))
    return table


def main() -> None:
    """``python -m tests.benchmarks.bench_explorer --runs FOLDER [--app NAME] [--strategy NAME] [--seeds N]``"""
    parser = argparse.ArgumentParser()
    parser.add_argument("--app", action="append", default=[])
    parser.add_argument("--strategy", action="append", choices=list(STRATEGIES))
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--runs", type=Path, required=True)
    chosen = parser.parse_args()
    strategies = chosen.strategy or ["explorer"]

    def say(trial: Trial) -> None:
        sys.stdout.write(json.dumps(asdict(trial), ensure_ascii=False) + "\n")

    for one in rows(trials(chosen.app, strategies, chosen.seeds, chosen.runs, say)):
        sys.stdout.write(json.dumps(one, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
