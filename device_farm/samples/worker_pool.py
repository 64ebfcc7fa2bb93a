"""Run many checks at once and show their progress: a bar on a terminal, a line a check elsewhere."""

import os
import queue
import time
from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from device_farm.samples.sample import Checked, Sample
from device_farm.samples.sample_worker import SampleError, Worker, undisturbed
from harness import console
from harness.language import Text, _, said

Job = tuple[Sample, str, str]
"""A sample, the Android version and the ROM of the device."""
QUIET_SECONDS = 4.0
"""Nobody waits longer than this without a sign: where there is no bar, a line says what is being done."""
T = TypeVar("T")


class Workers:
    """Some workers; each has its virtual devices in its own process."""

    def __init__(self, count: int) -> None:
        """Start ``count`` workers: they import what they need while their owner does something else."""
        self._workers = [Worker() for _ in range(count)]
        self._threads = ThreadPoolExecutor(max(1, count))
        self._idle: queue.SimpleQueue[Worker] = queue.SimpleQueue()
        self._busy: dict[str, float] = {}
        for worker in self._workers:
            worker.start()
            self._idle.put(worker)

    def read_all(self, paths: Sequence[Path]) -> tuple[list[Sample], dict[Path, str]]:
        """The samples of app files, and by path what is wrong with those that are none."""
        found: dict[int, Sample | str] = {}
        waiting = {self._threads.submit(self._read, path): number for number, path in enumerate(paths)}
        with closing(self._as_done(waiting, _("reading app files"))) as each:
            for future in each:
                found[waiting[future]] = future.result()
        samples = [one for number in range(len(paths)) if isinstance(one := found[number], Sample)]
        return samples, {path: one for number, path in enumerate(paths) if isinstance(one := found[number], str)}

    def check_all(
        self, jobs: Sequence[Job], runs: Path, *, done: Callable[[Checked], None] = lambda _checked: None, pages: bool = False
    ) -> list[Checked]:
        """Check each job, begun in their order; results in that order too.

        ``done`` is called with each result as it comes, in this thread. With ``pages`` each result has its part of a
        report.
        """
        found: dict[int, Checked] = {}
        waiting = {self._threads.submit(self._check, job, runs, pages): number for number, job in enumerate(jobs)}
        with closing(self._as_done(waiting, _("checking"))) as each:
            for future in each:
                one = found[waiting[future]] = future.result()
                if not console.err.is_terminal:
                    name = f"{one.sample.path.stem} {one.android} {one.rom}"
                    seconds = f"{one.seconds:.1f}"
                    told = _("{number}/{count} {name}: {seconds} s", number=len(found), count=len(jobs), name=name, seconds=seconds)
                    console.progress(said(told))
                done(one)
        return [found[number] for number in range(len(jobs))]

    def stop(self) -> None:
        """Kill what is running: nobody wants its result any more."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._workers:
            worker.stop()

    def close(self) -> None:
        self._threads.shutdown()
        for worker in self._workers:
            worker.close()

    def _as_done(self, waiting: Collection[Future[T]], what: Text) -> Generator[Future[T], None, None]:
        """The futures as they are done, and a sign of life at least every few seconds."""
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        left = set(waiting)
        with Progress(*columns, console=console.err, disable=not console.err.is_terminal, transient=True) as progress:
            task = progress.add_task(said(what), total=len(left))
            while left:
                done, left = wait(left, QUIET_SECONDS, FIRST_COMPLETED)
                for future in done:
                    yield future
                    progress.advance(task)
                if not done and not console.err.is_terminal:
                    some, count = len(waiting) - len(left), len(waiting)
                    console.progress(
                        said(_("{what}: {some}/{count} done; {doing}", what=what, some=some, count=count, doing=self._doing()))
                    )

    def _doing(self) -> Text:
        now = time.monotonic()
        busy = ", ".join(f"{name} {now - since:.0f} s" for name, since in list(self._busy.items()))
        return Text(busy) if busy else _("the workers start")

    @contextmanager
    def _one(self, name: str) -> Iterator[Worker]:
        worker = self._idle.get()
        self._busy[name] = time.monotonic()
        try:
            yield worker
        finally:
            self._busy.pop(name, None)  # a sample and its twin have one name
            self._idle.put(worker)

    def _read(self, path: Path) -> Sample | str:
        try:
            with self._one(path.name) as worker:
                return worker.read(path)
        except SampleError as error:
            return str(error)

    def _check(self, job: Job, runs: Path, page: bool) -> Checked:
        sample, android, rom = job
        with self._one(f"{sample.path.stem} {android} {rom}") as worker:
            return worker.check(sample, runs, android, rom, page=page)


@contextmanager
def workers(count: int | None = None) -> Iterator[Workers]:
    """``count`` workers (default: one a core, two at least); all of them end with the block, at once where it fails."""
    made = Workers(count or max(2, os.cpu_count() or 2))
    try:
        yield made
    except BaseException:
        with undisturbed():
            made.stop()
        raise
    finally:
        made.close()
