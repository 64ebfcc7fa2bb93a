"""The process of a worker whose work is a line in a file and a while; for tests that kill it."""

import json
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from device_farm.dispatch.phone_worker_process import main
from device_farm.store.models import Result
from device_farm.store.transitions import Ended
from device_farm.units.job import Job, Phone
from device_farm.units.unit import End
from harness.language import Text


def fake_work(
    jobs: Sequence[Job], phone: Phone, *, stop: threading.Event, progress: Callable[[Text], None], recording: Callable[[Job, str], None]
) -> Iterator[tuple[Job, Ended]]:
    """Write what is begun and ended to FAKE_LOG, and take FAKE_SECONDS, or the limit that a unit has.

    On the phones of FAKE_SICK it ends as FAKE_END says, else it tells of FAKE_RULES.
    """
    for job in jobs:
        about = {"unit": job.unit, "try": job.number, "phone": phone.address}
        _write({**about, "pid": os.getpid(), "night": [each.unit for each in jobs], "what": "begun"})
        stopped = stop.wait(job.limit_seconds or float(os.environ.get("FAKE_SECONDS", "0")))
        sick = phone.address in os.environ.get("FAKE_SICK", "").split(",")
        end = End.STOPPED if stopped else End(os.environ.get("FAKE_END", "device-fault")) if sick else End.DONE
        _write({**about, "what": end.value})
        rules = ["c5-exit-on-denial", *(f"c5-{number}" for number in range(1, int(os.environ.get("FAKE_RULES", "1"))))]
        rows = tuple(Result(rule=rule, clause="5", outcome="clear", reason_zh="", reason_en="") for rule in rules)
        yield job, Ended(end, results=rows if end is End.DONE else ())


def _write(row: dict[str, object]) -> None:
    with Path(os.environ["FAKE_LOG"]).open("a", encoding="utf-8") as file:
        file.write(json.dumps({**row, "at": time.monotonic()}) + "\n")


if __name__ == "__main__":
    sys.exit(main(fake_work))
