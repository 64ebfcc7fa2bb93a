"""How long a national list takes to be submitted, and its memory; how long artifacts take, and whether one is lost."""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from device_farm.artifacts.artifact_store import Artifacts
from device_farm.dispatch.embedded_postgres import Embedded
from device_farm.intake.add_apps import BATCH, Submitted, add_apps
from device_farm.intake.app_index import AppIndex
from device_farm.intake.app_lists import read_list
from device_farm.intake.complaint_clauses import ComplaintClauses
from device_farm.store.database import Store, open_store
from device_farm.store.models import Unit
from device_farm.units.unit import Plan
from tests.benchmarks.bench_farm import resident_mb
from tests.benchmarks.rows import Row, row

if TYPE_CHECKING:
    from collections.abc import Iterator

APPS, APPS_SHORT = 400_000, 20_000
FILES, FILES_SHORT = 100_000, 2_000
AIM_SECONDS = 120.0
BYTES = 2_000
"""Of an artifact: the time a small one takes is not that of its bytes."""
PLAN = Plan((1, 5, 7))


def run(*, long: bool) -> list[Row]:
    """Submit a list to each database, and store artifacts in a folder."""
    with tempfile.TemporaryDirectory(prefix="apprights-bench-") as folder:
        found = _submit(Path(folder), APPS if long else APPS_SHORT)
        return found + _artifacts(Path(folder), FILES if long else FILES_SHORT)


def _submit(folder: Path, apps: int) -> list[Row]:
    listed, rows = folder / "list.csv", []
    _write(listed, apps)
    for name in ("SQLite", "PostgreSQL"):
        with _store(name, folder) as store:
            first: list[float] = []

            def progress(done: Submitted, first: list[float] = first) -> None:
                if done.rows == 2 * BATCH:  # the pools and caches are filled
                    first.append(resident_mb(os.getpid()) or 0.0)

            began, used = time.monotonic(), time.process_time()
            done = add_apps(store, read_list(listed, PLAN, ComplaintClauses(), AppIndex()), PLAN, "all", progress=progress)
            seconds, processor = time.monotonic() - began, time.process_time() - used
            grown = (resident_mb(os.getpid()) or 0.0) - first[0]
            with store.begin() as session:
                there = session.execute(select(func.count()).select_from(Unit)).scalar_one()
        note = f"{processor:.0f} s of them our own processor time; {there:,} units are there, {done.refusals} refused"
        rows.append(row(f"submit {apps:,} rows, {name}", seconds, "s", aim=f"<= {AIM_SECONDS * apps / APPS:g}", note=note))
        rows.append(row(f"memory that grows with the list, {name}", grown, "MB", aim="<= 10"))
    return rows


def _write(path: Path, apps: int) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write("sha256,文件,大小,包名,应用名称,版本,版本代码,签名,应用商店\n")
        for number in range(apps):
            digest = hashlib.sha256(str(number).encode()).hexdigest()
            app = f"com.example.a{number},应用{number},1.{number % 90},{number},{digest},华为"
            file.write(f"{digest},/nas/{number // 1000}/{number}.apk,{number},{app}\n")


@contextmanager
def _store(name: str, folder: Path) -> Iterator[Store]:
    server = Embedded(Path(tempfile.mkdtemp(prefix="apprights-bench-"))) if name == "PostgreSQL" else None
    try:
        store = open_store(server.start() if server is not None else folder / "farm.sqlite")
        yield store
        store.close()
    finally:
        if server is not None:
            server.stop()


def _artifacts(folder: Path, files: int) -> list[Row]:
    """Store many small files, then read each again; a tenth of them are there before."""
    artifacts, source = Artifacts(folder / "kept"), folder / "source"
    names = []
    began, used = time.monotonic(), time.process_time()
    for number in range(files):
        source.write_bytes(str(number * 10 // 9).encode() * (BYTES // 6))
        names.append(artifacts.put(source))
    seconds, processor = time.monotonic() - began, time.process_time() - used
    lost = sum(not artifacts.check(name) for name in names)
    note = f"{processor:.0f} s of them our own processor time; written, flushed, read back"
    return [
        row(f"store {files:,} artifacts", seconds, "s", note=note),
        row("artifacts lost", float(lost), "", aim="<= 0", note=f"of {files:,}"),
    ]
