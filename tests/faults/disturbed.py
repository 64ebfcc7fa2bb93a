"""One sample checked on a device that has a fault, compared with the same check undisturbed.

A fault makes an outcome weaker or leaves it undecided. It never turns what could not be seen into "clear" or into "did
not happen", and it accuses nobody of more than was seen without it.
"""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from device_farm.samples.in_process_device import InProcessDevice
from device_farm.samples.sample import Sample
from device_farm.samples.sample_check import check_device
from device_farm.samples.selftest import DEFAULT_PAIR, _jobs
from device_farm.virtual.app_file import load_app_file
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import ServerThread, devices_in_thread
from device_farm.virtual.faults.switching import switch
from device_farm.virtual.framework.phone_apps import foreign_windows
from device_farm.virtual.spec import Spec
from harness.device.protocol import ShellResult
from harness.errors import HarnessError
from harness.events import Instant
from harness.events.findings import Outcome
from harness.verdicts.analysis import follow
from tests.faults.kinds import Kind, Moment
from tests.faults.window_matrix import found_moments

MESSENGER = "com.example.linli.messenger"
WEAKER = {
    Outcome.VIOLATION: {Outcome.VIOLATION, Outcome.SUSPECTED, Outcome.INCONCLUSIVE},
    Outcome.SUSPECTED: {Outcome.SUSPECTED, Outcome.INCONCLUSIVE},
    Outcome.CLEAR: {Outcome.CLEAR, Outcome.INCONCLUSIVE},
    Outcome.NOT_EXERCISED: {Outcome.NOT_EXERCISED, Outcome.INCONCLUSIVE},
    Outcome.INCONCLUSIVE: {Outcome.INCONCLUSIVE},
}


@dataclass(frozen=True, slots=True)
class Told:
    """What a check said: outcome and reason of each rule, how long it took on the device, what became of no run."""

    outcomes: dict[str, Outcome]
    reasons: dict[str, str]
    length: float
    problem: str = ""
    stopped: tuple[str, ...] = ()
    """The packages other than the app's that were force-stopped."""
    pressed: tuple[str, ...] = ()
    """The windows of others in which a control was pressed, other than one that only closes it."""
    moments: dict[str, Moment] = field(default_factory=dict)
    """Of an undisturbed check: when in it a window of others is tried."""


class FaultyDevice(InProcessDevice):
    """A device on which a fault begins at a moment of its own clock, counted from the first start of an app."""

    def __init__(self, thread: ServerThread, package: str, kind: Kind | None = None, after: float = 0.0) -> None:
        super().__init__(thread)
        self._thread, self._package, self._kind = thread, package, kind
        self._left = after
        self._began: float | None = None
        self._before = 0.0
        """Seconds in the boots before this one."""
        self.first = 0.0
        """The uptime at the first start of the app."""
        self.stopped: list[str] = []

    @property
    def length(self) -> float:
        """Seconds of device time since the first start of the app."""
        return 0.0 if self._began is None else self._before + self._uptime() - self._began

    def shell(self, command: str | Sequence[str], *, timeout: float = 30.0) -> ShellResult:
        words = command.split() if isinstance(command, str) else command
        if self._began is None and list(words[:2]) == ["am", "start"] and any(word.startswith(self._package) for word in words):
            self.first = self._began = self._uptime()
            self._arm()
        if list(words[:2]) == ["am", "force-stop"] and words[2] != self._package:
            self.stopped.append(words[2])
        return super().shell(command, timeout=timeout)

    def reboot(self) -> None:
        if self._began is not None:
            passed = self._uptime() - self._began
            self._before, self._left = self._before + passed, self._left - passed
        super().reboot()
        if self._began is not None:  # a reboot ends what was due on the device
            self._began = self._uptime()
            self._arm()

    def _uptime(self) -> float:
        return self._thread.call(lambda: self._thread.devices[0].clock.uptime)

    def _arm(self) -> None:
        if self._kind is not None:
            self._thread.call(lambda: self._thread.devices[0].clock.call_later(self._left, self._begin))

    def _begin(self) -> None:
        kind, self._kind = self._kind, None
        if kind is None:
            return
        daemon = self._thread.daemons[0]
        switch(daemon, kind.words[0], list(kind.words[1:]))
        if kind.lasts is not None:
            self._thread.devices[0].clock.call_later(kind.lasts, partial(switch, daemon, kind.words[0], ["off"]))


def told(sample: Sample, kind: Kind | None = None, after: float = 0.0, *, android: str = "") -> Told:
    """Check a sample, with the fault at its moment, on the Android of the fault, or on the one given."""
    version = android or (kind.android if kind is not None else DEFAULT_PAIR[0])
    ((_, android, rom),) = _jobs([sample], (version, DEFAULT_PAIR[1]), matrix=False)
    installed = tuple(reversed(load_app_file(sample.path)))  # the one under test last
    maker = partial(VirtualDevice, Spec(android=android, rom=rom, apps=installed))
    with tempfile.TemporaryDirectory(prefix="apprights-faults-") as runs, devices_in_thread([maker]) as thread:
        device = FaultyDevice(thread, sample.package, kind, after)
        if kind is not None and kind.words[0] == "window":
            thread.call(lambda: foreign_windows.prepare(thread.devices[0].system))  # its app was there before the check
        try:
            rules = check_device(sample, device, Path(runs))["rules"]
        except HarnessError as error:
            return Told({}, {}, device.length, str(error), tuple(device.stopped))
        outcomes = {rule["rule"]: Outcome(rule["outcome"]) for rule in rules}
        reasons = {rule["rule"]: rule["reason_en"] for rule in rules}
        folder = min(Path(runs).iterdir(), key=lambda each: each.name) if kind is None else None  # beside "earlier"
        at = found_moments(follow(folder).timeline(), Instant(0, device.first)) if folder is not None else {}
        truth = thread.devices[0].truth
        came = [line["uptime"] for line in truth if line["what"] == "foreign_window" and line["shown"]]
        late = (line for line in truth if _foreign(line) and not any(0 <= line["uptime"] - at < ON_ITS_WAY for at in came))
        pressed = [line.get("name", "permission") for line in late]
        return Told(outcomes, reasons, device.length, "", tuple(device.stopped), tuple(pressed), at)


ON_ITS_WAY = 1.0
"""Device seconds in which a touch lands that was sent when a window was not there yet: nobody can call it back."""


def _foreign(line: dict[str, Any]) -> bool:
    """Whether the truth tells of an answer in a window of others that only its user may give."""
    return (line["what"] == "foreign_pressed" and not line["closes"]) or (
        line["what"] == "answer" and line["package"] == MESSENGER and line["role"] != "canceled"
    )


def dishonest(undisturbed: Told, disturbed: Told, kind: Kind, moment: Moment) -> list[str]:
    """Every rule that says more with the fault than without it, and what was done to windows of others, in words."""
    where = f"{kind.name} {moment.name} ({moment.after:g} s)"
    done = [f"{where}: {package} was force-stopped" for package in disturbed.stopped if package in foreign_windows.packages()]
    done += [f"{where}: an answer was given in a window of others: {name}" for name in disturbed.pressed]
    if disturbed.problem:
        return [f"{where}: no run came of it: {disturbed.problem}"]
    return done + [
        f"{where}: {rule}: {before} became {outcome}: {disturbed.reasons[rule]}"
        for rule, before in undisturbed.outcomes.items()
        if (outcome := disturbed.outcomes[rule]) not in WEAKER[before]
    ]
