"""Print the figures of recordings: ``python -m tests.recorded [--walk | --plants[=NAME,NAME]] FOLDER...``."""

import sys
import tempfile
from pathlib import Path

from tests.recorded.figures import figures_of
from tests.recorded.floors import floor
from tests.recorded.plants import planted
from tests.recorded.walks import walked


def main(words: list[str]) -> None:
    """One line a figure: the recording, the figure, right of all, the share, and its floor; or one line a plant."""
    plants = next((word.partition("=")[2].replace("-", " ").split(",") for word in words if word.startswith("--plants")), None)
    for folder in [Path(word) for word in words if not word.startswith("--")]:
        with tempfile.TemporaryDirectory() as runs:
            if plants is not None:
                _print_plants(folder, Path(runs), {*filter(None, plants)})
                continue
            found = walked(folder, Path(runs)) if "--walk" in words else figures_of(folder)
        for name, (right, of) in found.items():
            share = f"{right / of:.3f}" if of else "-"
            print(f"{folder.name:16} {name:18} {right:5} of {of:5} {share:>6} floor {floor(folder.name, name)}", flush=True)  # noqa: T201


def _print_plants(folder: Path, runs: Path, names: set[str]) -> None:
    for name, found, twin_met, accused in planted(folder, runs, names):
        twin = f"accused: {', '.join(accused)}" if accused else "not accused" if twin_met else "not met"
        print(f"{folder.name:16} {name:18} {found:8} {'twin ' if found else ''}{twin}", flush=True)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
