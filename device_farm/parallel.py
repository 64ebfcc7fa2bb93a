"""Many checks at once, with progress: a bar on a terminal, a line a check elsewhere."""

from __future__ import annotations

import os
import queue
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from device_farm.samples import Checked, Sample
from device_farm.worker import SampleError, Worker
from harness import console

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

Job = tuple[Sample, str, str]
"""A sample, the Android version and the ROM of the device."""


class Workers:
    """Some workers; each has its virtual devices in its own process."""

    def __init__(self, count: int) -> None:
        """Start ``count`` workers as they are needed."""
        self._workers = [Worker() for _ in range(count)]
        self._idle: queue.SimpleQueue[Worker] = queue.SimpleQueue()
        for worker in self._workers:
            self._idle.put(worker)

    def read_all(self, paths: Sequence[Path]) -> tuple[list[Sample], dict[Path, str]]:
        """The samples of app files, and by path what is wrong with those that are none."""
        samples: list[Sample] = []
        problems: dict[Path, str] = {}
        with self._one() as worker:
            for path in paths:
                try:
                    samples.append(worker.read(path))
                except SampleError as error:
                    problems[path] = str(error)
        return samples, problems

    def check_all(self, jobs: Sequence[Job], runs: Path, *, done: Callable[[Checked], None] = lambda _: None) -> list[Checked]:
        """Check each job; results in their order. ``done`` is called with each result as it comes."""
        found: dict[int, Checked] = {}
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with (
            ThreadPoolExecutor(len(self._workers)) as pool,
            Progress(*columns, console=console.err, disable=not console.err.is_terminal) as progress,
        ):
            task = progress.add_task("samples", total=len(jobs))
            waiting = {pool.submit(self._check, job, runs): number for number, job in enumerate(jobs)}
            try:
                for each in as_completed(waiting):
                    one = found[waiting[each]] = each.result()
                    done(one)
                    progress.advance(task)
                    if not console.err.is_terminal:
                        told = f"{one.sample.path.stem} {one.android} {one.rom} {one.seconds:.1f} s"
                        console.progress(f"{len(found)}/{len(jobs)} {told}")
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        return [found[number] for number in range(len(jobs))]

    def close(self) -> None:
        """End the processes."""
        for worker in self._workers:
            worker.close()

    @contextmanager
    def _one(self) -> Iterator[Worker]:
        worker = self._idle.get()
        try:
            yield worker
        finally:
            self._idle.put(worker)

    def _check(self, job: Job, runs: Path) -> Checked:
        sample, android, rom = job
        with self._one() as worker:
            return worker.check(sample, runs, android, rom)


@contextmanager
def workers(count: int | None = None) -> Iterator[Workers]:
    """``count`` workers (default: one a core, two at least); all of them end with the block."""
    made = Workers(count or max(2, os.cpu_count() or 2))
    try:
        yield made
    finally:
        made.close()
