"""Every sample under every fault at three moments, each compared with the check undisturbed: hours of one processor.

The order is shuffled, always in the same way, so that whatever part the time allows is a fair one. One line for each
outcome that a fault made say more. The exit code is 1 where there is one.
"""

import argparse
import sys
import time
from collections.abc import Container, Mapping
from random import Random

from device_farm.samples import in_process_device
from device_farm.samples.sample import OWN_APPS, Sample, app_files
from device_farm.samples.sample_check import read_sample
from device_farm.samples.selftest import DEFAULT_PAIR
from harness.events.findings import Outcome
from harness.session import canary
from tests.faults.disturbed import Told, dishonest, told
from tests.faults.kinds import KINDS, MOMENTS, Kind, moments
from tests.faults.window_matrix import rounds
from tests.slow_clock import slow_clock


def main() -> int:
    """Try what the command line says."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description="Disturb checks of the samples by faults.")
    parser.add_argument("--twins", action="store_true", help="their twins too")
    parser.add_argument("--only", action="append", default=[], help="a sample by its name; repeatable")
    parser.add_argument("--fault", action="append", default=[], help="a fault by its first word; repeatable")
    parser.add_argument("--windows", action="store_true", help="only windows of others, at five moments, in rounds of all samples")
    parser.add_argument("--after", type=int, default=0, metavar="N", help="begin behind the first N, so that parts add up to the whole")
    parser.add_argument("--minutes", type=float, default=float("inf"), help="end after so long")
    chosen = parser.parse_args()
    in_process_device._UPDATE_MS = 1  # how long the device waits for something to show, five times for each empty tree
    canary.CANARY_SECONDS = 0.5  # and how long logs may take that come at once or never
    began = time.perf_counter()  # time.monotonic is the slow clock's
    names = {path.relative_to(OWN_APPS).with_suffix("").as_posix(): path for path in app_files(twins=chosen.twins)}
    samples = {name: read_sample(path) for name, path in names.items() if not chosen.only or name in chosen.only}
    every = list(rounds(samples)) if chosen.windows else _shuffled(samples, chosen.fault)
    undisturbed: dict[tuple[str, str], Told] = {}
    tried, wrong, outcomes, open_now = 0, 0, 0, 0
    for name, kind, when in every[chosen.after :]:
        if time.perf_counter() - began > 60 * chosen.minutes:
            break
        before = undisturbed.get(key := (name, kind.android)) or undisturbed.setdefault(key, told(samples[name], android=kind.android))
        moment = before.moments[when] if chosen.windows else next(each for each in moments(name, kind, before.length) if each.name == when)
        after = told(samples[name], kind, moment.after)
        found = dishonest(before, after, kind, moment)
        opened = [rule for rule, outcome in before.outcomes.items() if after.outcomes.get(rule) is Outcome.INCONCLUSIVE is not outcome]
        outcomes, open_now = outcomes + len(before.outcomes), open_now + len(opened)
        tried, wrong = tried + 1, wrong + bool(found)
        for line in found:
            _tell(f"{name}: {line}")
        if chosen.windows:
            for rule in opened:
                _tell(f"open: {name}: {kind.name} {moment.name} ({moment.after:g} s): {rule}: {after.reasons[rule]}")
        if tried % 100 == 0:
            _tell(f"{tried} of {len(every)} disturbed checks, {wrong} dishonest, {time.perf_counter() - began:.0f} s")
    _tell(f"{tried} of {len(every)} disturbed checks in {time.perf_counter() - began:.0f} s, {wrong} of them dishonest")
    _tell(f"{open_now} of {outcomes} outcomes became inconclusive")
    return 1 if wrong else 0


def _shuffled(samples: Mapping[str, Sample], faults: Container[str]) -> list[tuple[str, Kind, str]]:
    """Each sample under each fault at each moment, shuffled; where a fault is of another Android, so is the sample."""
    kinds = [kind for kind in KINDS if not faults or kind.words[0] in faults]
    pairs = [
        (name, kind)
        for name in samples
        for kind in kinds
        if kind.android == DEFAULT_PAIR[0] or samples[name].holds_on(kind.android, DEFAULT_PAIR[1])
    ]
    every = [(name, kind, when) for name, kind in pairs for when in MOMENTS]
    Random(0).shuffle(every)
    return every


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    with slow_clock():  # an act that the busy host held up would leave open what a fault is compared with
        sys.exit(main())
