"""The engine: Procrastinate, whose queues are tables of the same PostgreSQL as the store.

Its jobs are never retried by it: what becomes of a unit is the store's to decide, and a job that ends is deleted.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from threading import Event

import psycopg
from procrastinate import App, PsycopgConnector, SyncPsycopgConnector
from procrastinate.exceptions import ProcrastinateException
from procrastinate.jobs import Job
from procrastinate.schema import SchemaManager
from psycopg_pool import PoolTimeout
from sqlalchemy import text
from sqlalchemy.orm import Session

from device_farm.dispatch.engine import Intervals, Offer
from device_farm.store.database import StoreError
from device_farm.store.models import Setting
from harness.language import _

TASK = "unit"
_INSTALLED = "procrastinate"
"""The setting that keeps the version whose tables are there."""
_LOOK_SECONDS = 0.1
_CONNECT_SECONDS = 10.0
_GONE = (ProcrastinateException, psycopg.Error, PoolTimeout)
_LIVE = "status in ('todo', 'doing')"
_NEVER = 1e9
"""Seconds after which a worker of the engine takes others for dead: ``reap`` does that, which knows of outages."""
_CHATTY = ("procrastinate", "psycopg", "psycopg.pool")
"""What ends them is raised, and told by us in one line; they tell each attempt."""


class Procrastinate:
    """Units through the tables of Procrastinate at ``url``, at least once: the store's fences tell what is twice.

    Methods that take a Session act in its transaction, so that a unit is never marked and not handed out.
    """

    def __init__(self, url: str) -> None:
        self._url = url.replace("postgresql+psycopg://", "postgresql://", 1)
        self._jobs = App(connector=SyncPsycopgConnector()).job_manager

    def install(self, session: Session) -> None:
        """Make its tables, or take the steps that its newer version wants."""
        there = session.execute(text("select to_regclass('procrastinate_jobs')")).scalar_one() is not None
        kept = session.get(Setting, _INSTALLED)
        if not there:
            _run(session, SchemaManager.get_schema())
        elif kept is not None:
            for step in _steps(since=kept.value):
                _run(session, step.read_text(encoding="utf-8"))
        session.merge(Setting(name=_INSTALLED, value=version("procrastinate")))
        session.flush()

    def submit(self, session: Session, offers: Sequence[Offer]) -> None:
        """Hand out units; one that is out already is handed out once, by the new offer."""
        if not offers:
            return
        self.withdraw(session, [offer.unit for offer in offers])
        jobs = [
            Job(
                id=None,
                status="todo",
                queue=offer.queue,
                lock=None,
                queueing_lock=_lock(offer.unit),
                task_name=TASK,
                task_kwargs={"unit": offer.unit},
                priority=offer.priority,
            )
            for offer in offers
        ]
        self._jobs.batch_defer_jobs(jobs, connection=session.connection().connection.driver_connection)

    def withdraw(self, session: Session, units: Iterable[int]) -> list[int]:
        """Take back units that nobody began; which were."""
        locks = [_lock(unit) for unit in units]
        gone = text(
            "delete from procrastinate_jobs where status = 'todo' and queueing_lock = any(:locks) returning (args->>'unit')::bigint"
        )
        return list(session.execute(gone, {"locks": locks}).scalars())

    def counts(self, session: Session) -> Mapping[str, int]:
        told = text("select queue_name, count(*) from procrastinate_jobs where status = 'todo' group by queue_name")
        return {str(queue): int(count) for queue, count in session.execute(told)}

    def waiting(self, session: Session, queues: str, most: int) -> Sequence[Offer]:
        """Units that nobody began, of queues like ``queues`` (``%`` is anything), those of the least priority first."""
        told = text(
            "select (args->>'unit')::bigint, queue_name, priority from procrastinate_jobs"
            " where status = 'todo' and queue_name like :queues order by priority, id desc limit :most"
        )
        return [Offer(*row) for row in session.execute(told, {"queues": queues, "most": most}).all()]

    def held(self, session: Session) -> set[int]:
        """Units that wait, or that somebody has who lives."""
        return set(session.execute(text(f"select (args->>'unit')::bigint from procrastinate_jobs where {_LIVE}")).scalars())

    def reap(self, session: Session, silent_seconds: float) -> int:
        """Forget workers that were silent for so long, and what they had, and what is over; how many workers."""
        dead = session.execute(text("select * from procrastinate_prune_stalled_workers_v1(:seconds)"), {"seconds": silent_seconds}).all()
        over = f"not ({_LIVE}) or (status = 'doing' and worker_id is null)"
        session.execute(text(f"delete from procrastinate_jobs where {over}"))
        return len(dead)

    def work(self, queues: Sequence[str], carry_out: Callable[[int], bool], *, stop: Event, intervals: Intervals) -> None:
        """Carry out one unit after the other until ``stop``, or until ``carry_out`` says no; raises StoreError.

        In an event loop of its own, each unit in a thread, so that heartbeats go on.
        """
        for name in _CHATTY:
            logging.getLogger(name).setLevel(logging.CRITICAL)
        try:
            asyncio.run(self._work(queues, carry_out, stop, intervals))
        except _GONE as error:
            if isinstance(error.__cause__, psycopg.errors.ForeignKeyViolation):
                return  # it was silent, as on a computer that is overloaded, and forgotten: the next call is a new worker
            raise StoreError(_("the store cannot be used: {reason}", reason=_first_line(error))) from error

    async def _work(self, queues: Sequence[str], carry_out: Callable[[int], bool], stop: Event, intervals: Intervals) -> None:
        connector = PsycopgConnector(conninfo=self._url, min_size=1, max_size=2, timeout=_CONNECT_SECONDS)
        app = App(connector=connector)
        asyncio.get_running_loop().set_exception_handler(lambda loop, context: None)  # of a job that was forgotten meanwhile
        working: asyncio.Task[None] | None = None

        @app.task(name=TASK)
        async def unit(unit: int) -> None:
            if not await asyncio.to_thread(carry_out, unit) and working is not None:
                working.cancel()  # it takes nothing more

        async with app.open_async():
            working = asyncio.create_task(
                app.run_worker_async(
                    queues=list(queues),
                    concurrency=1,
                    install_signal_handlers=False,
                    delete_jobs="always",
                    fetch_job_polling_interval=intervals.poll,
                    abort_job_polling_interval=intervals.poll,
                    update_heartbeat_interval=intervals.heartbeat,
                    stalled_worker_timeout=_NEVER,
                )
            )
            while not (working.done() or stop.is_set()):
                await asyncio.wait([working], timeout=_LOOK_SECONDS)
            working.cancel()
            with suppress(asyncio.CancelledError):
                await working


def _lock(unit: int) -> str:
    return f"unit-{unit}"


def _run(session: Session, statements: str) -> None:
    connection = session.connection().connection.driver_connection
    assert isinstance(connection, psycopg.Connection)
    connection.execute(statements.encode())


def _steps(since: str) -> list[Path]:
    """Procrastinate's own steps from version ``since`` to the one that is installed, in order."""
    files = sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql"))
    return [file for file in files if _numbers(file.name.split("_")[0]) > _numbers(since)]


def _numbers(words: str) -> tuple[int, ...]:
    return tuple(int(word) for word in words.split(".") if word.isdecimal())


def _first_line(error: Exception) -> str:
    told = str(error.__cause__ or error)
    return next((line.strip() for line in told.splitlines() if line.strip()), type(error).__name__)[:300]
