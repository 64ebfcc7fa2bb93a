"""The process of a worker of the farm whose units cost nothing; all but the check itself is the real thing."""

import json
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from device_farm.dispatch.phone_worker_process import main
from device_farm.execution.child_process import Termination
from device_farm.execution.fault_attribution import Blame, fault_result
from device_farm.execution.run_unit import ended_from
from device_farm.store.transitions import Ended
from device_farm.units.attempt_result import AttemptResult
from device_farm.units.job import Job, Phone
from device_farm.units.unit import End
from harness.device.adb import open_device
from harness.errors import HarnessError
from harness.language import Text
from harness.recording.run_folder import RunFolder
from tests.farm.soak.stub import judged, plan

ASK_SECONDS = 0.3


def work(
    jobs: Sequence[Job], phone: Phone, *, stop: threading.Event, progress: Callable[[Text], None], recording: Callable[[Job, str], None]
) -> Iterator[tuple[Job, Ended]]:
    """Each unit lies some time on its phone and leaves a run folder."""
    here = plan()
    for job in jobs:
        chance = Random(f"{here.seed}/{job.key}/{job.number}")
        run = RunFolder.create(Path(job.runs), package=f"com.example.app{job.unit}", serial=phone.address, started=datetime.now(UTC))
        recording(job, str(run.path))
        with Path(here.log).open("a", encoding="utf-8") as log:
            log.write(json.dumps({"pid": os.getpid(), "unit": job.unit, "try": job.number}) + "\n")
        seconds = chance.uniform(*here.seconds)
        if (fault := _used(phone, seconds, stop)) is not None:
            yield job, Ended(fault.end, fault.reason, run=str(run.path))
            continue
        stopped = stop.is_set()
        run.write("raw/events.txt", f"unit {job.unit}, try {job.number}\n".encode())
        run.seal()
        yield job, Ended(End.STOPPED) if stopped else ended_from(judged(job, run.path), Termination.NOT, seconds=seconds)


def _used(phone: Phone, seconds: float, stop: threading.Event) -> AttemptResult | None:
    """Be on the phone for some time, asking it now and then; what went wrong with it."""
    if phone.virtual is not None:
        stop.wait(seconds)
        return None
    until = time.monotonic() + seconds
    try:
        with open_device(phone.address, port=phone.adb_port) as device:
            while time.monotonic() < until and not stop.wait(ASK_SECONDS):
                device.shell(["echo", "here"], timeout=10.0)
    except HarnessError as error:
        return fault_result(error, Blame.PHONE, phone.adb_port)
    return None


if __name__ == "__main__":
    sys.exit(main(work))
