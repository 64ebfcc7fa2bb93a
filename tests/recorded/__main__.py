"""Print the figures of recordings: ``python -m tests.recorded [--walk] FOLDER...``."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.recorded.figures import figures_of
from tests.recorded.floors import floor
from tests.recorded.walks import walked


def main(words: list[str]) -> None:
    """One line a figure: the recording, the figure, right of all, the share, and its floor."""
    walk = "--walk" in words
    for folder in [Path(word) for word in words if not word.startswith("--")]:
        with tempfile.TemporaryDirectory() as runs:
            found = walked(folder, Path(runs)) if walk else figures_of(folder)
        for name, (right, of) in found.items():
            share = f"{right / of:.3f}" if of else "-"
            print(f"{folder.name:16} {name:18} {right:5} of {of:5} {share:>6} floor {floor(folder.name, name)}", flush=True)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
