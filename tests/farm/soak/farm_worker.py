"""The process of a worker of the farm whose units cost nothing; all but the check itself is the real thing."""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from device_farm.dispatch.process import main
from device_farm.process import Cut
from device_farm.run_unit import ended_from
from device_farm.store.transitions import Ended
from device_farm.units import End
from harness.recording.evidence import RunFolder
from tests.farm.soak.stub import judged, plan

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator, Sequence

    from device_farm.job import Job, Phone
    from harness.language import Text


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
        stopped = stop.wait(seconds)
        run.write("raw/events.txt", f"unit {job.unit}, try {job.number}\n".encode())
        run.seal()
        yield job, Ended(End.STOPPED) if stopped else ended_from(judged(job, run.path), Cut.NOT, seconds=seconds)


if __name__ == "__main__":
    sys.exit(main(work))
