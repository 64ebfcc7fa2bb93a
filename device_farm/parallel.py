"""Many checks at once, with progress: a bar on a terminal, a line a check elsewhere."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import TYPE_CHECKING

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from device_farm.samples import Checked, Sample, check_sample
from harness import console

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

Job = tuple[Sample, str, str]


def check_all(jobs: Sequence[Job], runs: Path, *, workers: int | None = None) -> list[Checked]:
    """Check each (sample, Android version, ROM); results in the order of ``jobs``."""
    found: dict[int, Checked] = {}
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with (
        ThreadPoolExecutor(workers or max(2, os.cpu_count() or 2)) as pool,
        Progress(*columns, console=console.err, disable=not console.err.is_terminal) as progress,
    ):
        task = progress.add_task("samples", total=len(jobs))
        waiting = {
            pool.submit(check_sample, sample, runs, android=android, rom=rom): number
            for number, (sample, android, rom) in enumerate(jobs)
        }
        for done in as_completed(waiting):
            number = waiting[done]
            found[number] = done.result()
            progress.advance(task)
            if not console.err.is_terminal:
                one = found[number]
                console.progress(f"{len(found)}/{len(jobs)} {one.sample.path.stem} {one.android} {one.rom} {one.seconds:.1f} s")
    return [found[number] for number in range(len(jobs))]
