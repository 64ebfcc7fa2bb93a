"""Every sample under every fault at three moments, each compared with the check undisturbed: hours of one processor.

One line for each sample, one for each outcome that a fault made say more. The exit code is 1 where there is one.
"""

from __future__ import annotations

import argparse
import sys
import time

from device_farm.checks import read_sample
from device_farm.samples import OWN_APPS, app_files
from device_farm.virtual import in_process
from harness.session import session
from tests.faults.disturbed import dishonest, told
from tests.faults.kinds import KINDS, moments


def main() -> int:
    """Try what the command line says."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description="Disturb checks of the samples by faults.")
    parser.add_argument("--twins", action="store_true", help="their twins too")
    parser.add_argument("--only", action="append", default=[], help="a sample by its name; repeatable")
    parser.add_argument("--fault", action="append", default=[], help="a fault by its first word; repeatable")
    chosen = parser.parse_args()
    in_process._UPDATE_MS = 1  # how long the device waits for something to show, five times for each empty tree
    session.CANARY_SECONDS = 0.5  # and how long logs may take that come at once or never
    tried, wrong, began = 0, 0, time.monotonic()
    for path in app_files(twins=chosen.twins):
        name = path.relative_to(OWN_APPS).with_suffix("").as_posix()
        if chosen.only and name not in chosen.only:
            continue
        sample, here = read_sample(path), 0
        undisturbed = told(sample)
        for kind in KINDS:
            if chosen.fault and kind.words[0] not in chosen.fault:
                continue
            for moment in moments(name, kind, undisturbed.length):
                found = dishonest(undisturbed, told(sample, kind, moment.after), kind, moment)
                tried, here, wrong = tried + 1, here + 1, wrong + bool(found)
                for line in found:
                    _tell(f"{name}: {line}")
        _tell(f"{name}: {here} checks, {undisturbed.length:.0f} s of device time each undisturbed")
    _tell(f"{tried} disturbed checks in {time.monotonic() - began:.0f} s, {wrong} of them dishonest")
    return 1 if wrong else 0


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
