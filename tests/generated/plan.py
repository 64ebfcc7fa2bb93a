"""Which apps a run is made of, and their rows on disk: one line each, so that an interrupted run goes on."""

import json
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from multiprocessing import get_context
from pathlib import Path

from tests.generated.fault import Generated, make_guilty, make_innocent
from tests.generated.faults import FAULTS
from tests.generated.trial import Row, try_out

Job = tuple[str, int, str]  # scope, seed, fault

SCOPES = ["15", "15", "7", "6", "15", "2", "7", "48", "13", "4", "9", "draft"]
"""Of innocent apps, one after the other; a guilty one has that of its fault."""


def jobs(
    count: int, seed: int, *, innocent: bool = True, guilty: bool = True, rules: tuple[str, ...] = (), scopes: Sequence[str] = ()
) -> list[Job]:
    """``count`` innocent apps and as many guilty ones in turn, from ``seed`` on; each fault as often as any other."""
    faults = [fault for fault in FAULTS.values() if not rules or fault.rule in rules]
    made: list[Job] = []
    for number in range(count):
        if innocent:
            made.append(((scopes or SCOPES)[number % len(scopes or SCOPES)], seed + number, ""))
        if guilty:
            fault = faults[number * 29 % len(faults) if len(faults) % 29 else number % len(faults)]
            made.append((fault.scope, seed + number, fault.id))
    return made


def made(job: Job) -> Generated:
    scope, seed, fault = job
    return make_guilty(seed, FAULTS[fault])[1] if fault else make_innocent(seed, scope)


def read_rows(path: Path) -> list[Row]:
    """The rows of an earlier run; the last line may be cut off."""
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        try:
            values = json.loads(line)
        except json.JSONDecodeError:
            continue
        rows.append(Row(**values | {"functions": tuple(values["functions"]), "pages": tuple(values["pages"])}))
    return rows


def run(todo: Iterable[Job], path: Path, workers: int) -> Iterator[Row]:
    """Check what ``path`` has no row of yet, and add a line for each."""
    done = {row.key for row in read_rows(path)}
    left = [job for job in todo if job not in done]
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        for row in _rows(left, workers):
            file.write(json.dumps(row.as_json(), ensure_ascii=False) + "\n")
            file.flush()
            yield row


def _rows(left: list[Job], workers: int) -> Iterator[Row]:
    if workers == 1:
        yield from map(_row, left)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting = {pool.submit(_row, job) for job in left}
        while waiting:
            ended, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            yield from (future.result() for future in ended)


def _row(job: Job) -> Row:
    return try_out(made(job))
