"""Every sample under every fault at three moments, each compared with the check undisturbed: hours of one processor.

The order is shuffled, always in the same way, so that whatever part the time allows is a fair one. One line for each
outcome that a fault made say more. The exit code is 1 where there is one.
"""

from __future__ import annotations

import argparse
import sys
import time
from random import Random

from device_farm.samples import in_process_device
from device_farm.samples.sample import OWN_APPS, app_files
from device_farm.samples.sample_check import read_sample
from harness.session import canary
from tests.faults.disturbed import Told, dishonest, told
from tests.faults.kinds import KINDS, moments


def main() -> int:
    """Try what the command line says."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description="Disturb checks of the samples by faults.")
    parser.add_argument("--twins", action="store_true", help="their twins too")
    parser.add_argument("--only", action="append", default=[], help="a sample by its name; repeatable")
    parser.add_argument("--fault", action="append", default=[], help="a fault by its first word; repeatable")
    parser.add_argument("--minutes", type=float, default=float("inf"), help="end after so long")
    chosen = parser.parse_args()
    in_process_device._UPDATE_MS = 1  # how long the device waits for something to show, five times for each empty tree
    canary.CANARY_SECONDS = 0.5  # and how long logs may take that come at once or never
    began = time.monotonic()
    names = {path.relative_to(OWN_APPS).with_suffix("").as_posix(): path for path in app_files(twins=chosen.twins)}
    samples = {name: read_sample(path) for name, path in names.items() if not chosen.only or name in chosen.only}
    kinds = [kind for kind in KINDS if not chosen.fault or kind.words[0] in chosen.fault]
    every = [(name, kind, number) for name in samples for kind in kinds for number in range(3)]
    Random(0).shuffle(every)
    undisturbed: dict[str, Told] = {}
    tried, wrong = 0, 0
    for name, kind, number in every:
        if time.monotonic() - began > 60 * chosen.minutes:
            break
        before = undisturbed.get(name) or undisturbed.setdefault(name, told(samples[name]))
        moment = list(moments(name, kind, before.length))[number]
        found = dishonest(before, told(samples[name], kind, moment.after), kind, moment)
        tried, wrong = tried + 1, wrong + bool(found)
        for line in found:
            _tell(f"{name}: {line}")
        if tried % 100 == 0:
            _tell(f"{tried} of {len(every)} disturbed checks, {wrong} dishonest, {time.monotonic() - began:.0f} s")
    _tell(f"{tried} of {len(every)} disturbed checks in {time.monotonic() - began:.0f} s, {wrong} of them dishonest")
    return 1 if wrong else 0


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
