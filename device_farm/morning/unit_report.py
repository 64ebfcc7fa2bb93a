"""The report of one unit, beside its run folder, and the picture that stands for it on the morning page.

Written when the unit ends, by the process that judged it: a page of 2,000 apps must not judge them all again.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from harness.verdicts.analysis import Analysis

PICTURE_WIDTH = 360
_TREE, _PIXELS = (21, 101, 192), (198, 40, 40)
_REPORT_SECONDS = 60.0
"""For one report of a run that is judged again; most take less than one second."""


def report_of(run_folder: Path) -> Path:
    """Return the path of a run's report: beside the folder, because nothing may be added to what was sealed."""
    return run_folder.with_name(run_folder.name + ".html")


def picture_of(run_folder: Path) -> Path:
    """Return the path of the picture of its first problem."""
    return run_folder.with_name(run_folder.name + ".jpg")


def write_unit_report(run_folder: Path, analysis: Analysis | None = None) -> Path:
    """Write the report of a run, and the picture of its first problem with its boxes; the report's path.

    ``analysis`` spares judging it once more. Raises FormatError for a damaged run, EvidenceError where nothing can be
    written.
    """
    from harness.custody.integrity import altered
    from harness.report import Judged, judged
    from harness.report import report_of as write_report_of
    from harness.report.executive_summary import executive_summary

    run = Judged(analysis, altered(run_folder)) if analysis is not None else judged(run_folder)
    output = report_of(run_folder)
    report = write_report_of([run], output)
    shown = next((each.picture for each in executive_summary(report).sentences if each.picture is not None), None)
    if shown is not None:
        _draw(run_folder, shown.path, {_TREE: shown.tree_box, _PIXELS: shown.pixel_box})
    return output


def write_missing(run_folders: Sequence[Path]) -> None:
    """Write reports that are not there, in a process of its own; a run that cannot be judged is left without one."""
    missing = [str(folder) for folder in run_folders if folder.is_dir() and not report_of(folder).is_file()]
    if missing:
        words = [sys.executable, "-m", "device_farm.morning.unit_report", *missing]
        with suppress(subprocess.TimeoutExpired):  # the page says which have none
            subprocess.run(words, check=False, stdin=subprocess.DEVNULL, capture_output=True, timeout=_REPORT_SECONDS * len(missing))


def _draw(folder: Path, path: str, boxes: dict[tuple[int, int, int], tuple[int, int, int, int] | None]) -> None:
    from harness.errors import FormatError
    from harness.recording.disk import write_atomic
    from harness.replay.popups import read_picture
    from harness.vision.annotated_thumbnails import boxed

    try:
        frame = read_picture(folder, path)
    except FormatError:
        return  # the report says that it is damaged
    marks = [(box, "", colour) for colour, box in boxes.items() if box is not None]
    write_atomic(picture_of(folder), boxed(frame, marks, width=PICTURE_WIDTH))


def _main(folders: Sequence[str]) -> None:
    from harness.errors import HarnessError

    for folder in folders:
        try:
            write_unit_report(Path(folder))
        except HarnessError as error:
            print(f"{folder}: {error}", file=sys.stderr)  # noqa: T201


if __name__ == "__main__":
    _main(sys.argv[1:])
