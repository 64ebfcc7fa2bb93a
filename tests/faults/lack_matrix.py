"""Every lack on each ROM: what ``doctor`` tells, and what a check leaves undecided: ``make faults LACKS=1``."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from device_farm.samples import in_process_device
from device_farm.samples.in_process_device import InProcessDevice
from device_farm.samples.sample import OWN_APPS
from device_farm.virtual.app_file import load_app_file
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import devices_in_thread
from device_farm.virtual.faults.switching import switch
from device_farm.virtual.spec import Spec
from harness.abilities.ability import abilities
from harness.abilities.kept import SUFFIX, try_all
from harness.engine.check import check
from harness.errors import FormatError, ScenarioError
from harness.events import NotTried
from harness.events.findings import Outcome
from harness.parsers.getprop import properties
from harness.restore.ledger import device_file, state_apart
from harness.session import canary
from harness.session.check_options import Options
from harness.verdicts.judge import Verdict
from harness.verdicts.lacking import LACKS as REFUSED
from tests.faults.disturbed import WEAKER
from tests.slow_clock import slow_clock

ACTIVITY = {"activities", "services", "providers", "broadcasts", "associations", "recent-tasks", "downloads", "exit-info", "start-info"}
LACKS: dict[str, set[str]] = {
    "uiautomation-held": {"tree", "touch", "text", "input-text", "recents"},
    "lack INJECT_EVENTS": {"touch", "text", "input", "input-text", "recents"},
    "lack WRITE_SECURE_SETTINGS": {"settings-global", "settings-secure"},
    "lack WRITE_SETTINGS": {"settings-system"},
    "lack CHANGE_WIFI_STATE": {"wifi"},
    "lack screencap": {"screenshot"},
    "lack activity": ACTIVITY,
    **{f"lack {part}": {part} for part in sorted(ACTIVITY - {"recent-tasks", "downloads"})},
    "lack recents": {"recent-tasks"},
    "downloads-unread": {"downloads"},
    "logs-silent": {"log-system", "log-main"},  # of events older lines stand there still
    "lack appops": {"app-ops", "app-ops-times"},
    "lack package": {"permission-flags", "install", "install-over", "pm-clear", "am-kill"},
    "lack window": {"windows"},
    "lack sensorservice": {"sensors"},
    "lack events": {"log-events"},
    "lack system": {"log-system"},
    "lack main": {"log-main"},
    "lack CLEAR_APP_USER_DATA": {"pm-clear"},
    "lack am-kill": {"am-kill"},
    "lack alarm": {"alarms", "clock", "zone"},
    "lack jobscheduler": {"jobs"},
    "lack content": {"syncs"},
    "lack deviceidle": {"doze"},
    "lack notification": {"notifications"},
    "lack netstats": {"traffic"},
    "lack battery": {"battery", "charge"},
    "clone": {"one-user"},
    "clock-refused": {"clock", "zone"},
    "no-encoder": {"film"},
    "small-disk 200": {"space", "install", "install-over", "pm-clear", "am-kill"},
    "hot 52": {"heat"},
}
"""Each fault, and the abilities that it takes away."""
ROMS = [
    ("8.1", "aosp"), ("16", "pixel"), ("13", "miui"), ("15", "hyperos"), ("10", "emui"),
    ("12", "harmony"), ("15", "magicos"), ("15", "coloros"), ("16", "originos"), ("16", "oneui"),
]  # fmt: skip
ALWAYS = {("10", "emui"): {"film"}, ("12", "harmony"): {"film"}, ("15", "magicos"): {"shakes"}}
"""What a ROM lacks whatever is switched: Huawei's have no screenrecord, Honor's switch against shakes is not told."""
ONLY_BATTERY = {"8.1"}
"""Versions of which only the battery's own dump tells the heat."""
SDK = {"8.1": 27, "10": 29, "12": 31, "13": 33, "15": 35, "16": 36}
NO_RUN = ("lack package", "uiautomation-held", "logs-silent")
"""Those under which there is no check: no app is known, no screen is read, nothing is logged; one line says so."""
APP = load_app_file(OWN_APPS / "polite.py")
CLAUSES = (1, 2, 5, 7)


def expected(android: str, rom: str, fault: str) -> set[str]:
    """The abilities that a device of this ROM lacks with a fault, and without one."""
    known, lost = {one.name for one in abilities() if one.least_sdk <= SDK[android]}, LACKS.get(fault, set())
    heat = {"heat"} if fault == "lack battery" and android in ONLY_BATTERY else set()
    return (lost & known) | heat | ALWAYS.get((android, rom), set())


@contextmanager
def faulty(android: str, rom: str, fault: str) -> Iterator[InProcessDevice]:
    """A new device that has the app, and a fault."""
    with devices_in_thread([partial(VirtualDevice, Spec(android=android, rom=rom, apps=tuple(APP)))]) as thread:
        if fault:
            name, *arguments = fault.split()
            thread.call(partial(switch, thread.daemons[0], name, arguments))
        yield InProcessDevice(thread)


def judged(android: str, rom: str, fault: str = "") -> tuple[dict[str, Verdict], list[dict[str, Any]]]:
    """``doctor``, and a check that knows what it found, with a fault: the verdicts on what was tried, what is lacking.

    ``doctor`` films and waits: not on the slow clock.
    """
    with tempfile.TemporaryDirectory() as runs, state_apart():
        with faulty(android, rom, fault) as phone:
            list(try_all(phone, properties(phone.shell(["getprop"]).stdout)))
            found = device_file(phone, SUFFIX).read_text()
        with slow_clock(), faulty(android, rom, fault) as phone:
            device_file(phone, SUFFIX).write_text(found)
            analysis = check(phone, APP[-1].package, Options(clauses=CLAUSES), runs=Path(runs))
    unwanted = {event.rule for event in analysis.timeline.of(NotTried)}
    lacking = [one for one in analysis.run["abilities"] if one["answer"] == REFUSED]
    return {one.rule.id: one for one in analysis.verdicts if one.rule.id not in unwanted}, lacking


def wrongly_judged(android: str, rom: str, fault: str, undisturbed: dict[str, Verdict]) -> list[str]:
    """In words: what is not told to be lacking or wrongly so, and each rule that says more, or changed untold."""
    where = f"{rom} {android}, {fault}"
    try:
        found, lacking = judged(android, rom, fault)
    except (FormatError, ScenarioError) as error:
        return [] if fault in NO_RUN else [f"{where}: no run came of it: {error}"]
    told = {rule for one in lacking for rule in one["rules"]}
    needed = {source for one in lacking for source in one["sources"]}
    wrong = []
    for rule, was in undisturbed.items():
        now, needs = found[rule], bool({*was.rule.needs} & needed)
        if now.outcome not in WEAKER[was.outcome] or (now.outcome is not was.outcome and rule not in told):
            wrong.append(f"{where}: {rule}: {was.outcome} became {now.outcome}: {now.reason}")
        if needs and now.outcome in (Outcome.CLEAR, Outcome.NOT_EXERCISED):
            wrong.append(f"{where}: {rule}: {now.outcome} without what it needs: {now.reason}")
    return wrong


def main() -> int:
    """Try all of them; a line for each that is wrong."""
    in_process_device._UPDATE_MS = 1
    canary.CANARY_SECONDS = 0.5
    tried, wrong = 0, 0
    for android, rom in ROMS:
        undisturbed, _had = judged(android, rom)
        for fault in LACKS:
            lines = wrongly_judged(android, rom, fault, undisturbed)
            tried, wrong = tried + 1, wrong + bool(lines)
            sys.stdout.writelines(f"{line}\n" for line in lines)
            sys.stdout.flush()
        sys.stdout.write(f"{rom} {android}: {tried} tried, {wrong} wrong\n")
        sys.stdout.flush()
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
