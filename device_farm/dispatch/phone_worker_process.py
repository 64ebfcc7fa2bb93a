"""The process of a phone's worker. Whoever starts it writes its settings, one line of JSON, and keeps the pipe open.

So no password stands where other users of the host see it, and a worker whose owner died takes nothing more.
"""

import json
import signal
import sys
import threading
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from device_farm.artifacts.artifact_store import Artifacts
from device_farm.desk.executor import JobRunner, run_jobs
from device_farm.dispatch.engine import intervals
from device_farm.dispatch.leases import PhoneLock
from device_farm.dispatch.phone_worker import PhoneWorker
from device_farm.dispatch.procrastinate_engine import Procrastinate
from device_farm.night.night_plan import keep
from device_farm.store.database import open_store
from device_farm.store.models import Device
from device_farm.units.job import Phone, Virtual
from harness import console
from harness.errors import HarnessError
from harness.language import _, choose, said
from harness.operating_system import STOP_SIGNALS

OUTDATED = 3
"""The exit code of a worker whose program is too old for what was submitted."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of a worker."""

    database: str
    artifacts: str
    device: int
    host: str
    address: str
    folder: str
    intervals: str = ""
    language: str = "en"
    adb_port: int | None = None
    virtual: bool = False
    android: str = "13"
    rom: str = "aosp"

    def line(self) -> str:
        """Return the line that goes through the pipe."""
        return json.dumps(asdict(self)) + "\n"


def main(job_runner: JobRunner | None = None) -> int:
    settings = Settings(**json.loads(sys.stdin.readline()))
    choose(settings.language)

    def told(line: str) -> None:
        console.progress(f"{settings.address}: {line}")

    try:
        worker = _worker(settings, job_runner, told)
    except HarnessError as error:
        told(said(error))
        return 1
    asked: SimpleQueue[None] = SimpleQueue()  # an Event that a signal's handler sets may wait for the very thread it broke into
    for number in STOP_SIGNALS:
        signal.signal(number, lambda *_: asked.put(None))
    threading.Thread(target=_owner, args=(asked,), name="owner", daemon=True).start()
    threading.Thread(target=_leave, args=(worker, asked), name="leave", daemon=True).start()
    worker.run()
    worker.store.close()
    return OUTDATED if worker.outdated else 0


def _leave(worker: PhoneWorker, asked: SimpleQueue[None]) -> None:
    """End after the current work; asked for the second time, interrupt it."""
    asked.get()
    worker.leave.set()
    worker.told(said(_("it ends after the work at hand; asked once more, it interrupts that")))
    asked.get()
    worker.stop.set()


def _owner(asked: SimpleQueue[None]) -> None:
    sys.stdin.read()
    asked.put(None)


def _worker(settings: Settings, job_runner: JobRunner | None, told: Any) -> PhoneWorker:
    store = open_store(settings.database, create=False)
    try:
        virtual = Virtual(settings.android, settings.rom) if settings.virtual else None
        phone = Phone(settings.address, settings.adb_port, settings.host, virtual)
        with store.begin() as session:
            row = session.get_one(Device, settings.device)
            identity = str(row.facts.get("identity") or f"{settings.host}/{settings.address}")
        return PhoneWorker(
            store=store,
            engine=Procrastinate(settings.database),
            artifacts=Artifacts(settings.artifacts),
            device=settings.device,
            phone=phone,
            hold=PhoneLock(store.engine, identity),
            folder=Path(settings.folder),
            intervals=intervals(settings.intervals),
            work=partial(run_jobs, found=partial(keep, store)) if job_runner is None else job_runner,
            told=told,
        )
    except HarnessError:
        store.close()
        raise


if __name__ == "__main__":
    sys.exit(main())
