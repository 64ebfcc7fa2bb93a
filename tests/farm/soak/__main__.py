"""``python -m tests.farm.soak [PART...]``: the parts of the soak in turn, their figures as JSON lines."""

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.farm.soak import broken, desk, farm, storing
from tests.farm.soak.figures import Figures

Part = Callable[[Path, argparse.Namespace], Figures]

PARTS: dict[str, Part] = {
    "desk": lambda folder, given: desk.kills(folder, given.units, given.phones, given.seed),
    "deaths": lambda folder, given: desk.deaths(folder, given.deaths, given.phones, given.seed),
    "farm": lambda folder, given: farm.kills(folder, given.units, given.phones, given.seed),
    "faults": lambda folder, given: broken.soak(folder, given.real, given.told, given.seed, given.jobs),
    "artifacts": lambda folder, given: storing.soak(folder, given.artifacts, given.seed),
}


def main() -> int:
    """Run them; 1 where something is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.farm.soak", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all without one")
    parser.add_argument("--units", type=int, default=300)
    parser.add_argument("--phones", type=int, default=20)
    parser.add_argument("--deaths", type=int, default=1000)
    parser.add_argument("--artifacts", type=int, default=100_000)
    parser.add_argument("--real", type=int, default=200, help="faults in real checks")
    parser.add_argument("--told", type=int, default=800, help="faults in what a process says")
    parser.add_argument("--jobs", type=int, default=2, help="real checks at once")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--report", type=Path)
    given = parser.parse_args()
    if unknown := set(given.parts) - set(PARTS):
        parser.error(f"no part {min(unknown)}: {', '.join(PARTS)}")
    wrong = False
    for name in given.parts or PARTS:
        with tempfile.TemporaryDirectory(prefix=f"apprights-soak-{name}-") as folder:
            figures = PARTS[name](Path(folder), given)
        line = figures.line(given.seed)
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
        if given.report is not None:
            with given.report.open("a", encoding="utf-8") as file:
                file.write(line + "\n")
        wrong = wrong or bool(figures.wrong)
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())
