"""A unit that costs nothing: it lies some time on its phone, leaves a run folder and results, or dies as it is told.

It takes the place of ``device_farm.execution.unit_process.carry_out`` in the process of a job; all around it is the
real thing. What becomes of a try is decided by the seed, the unit's key and the number of the try.
"""

import ctypes
import json
import os
import signal
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import Any

from device_farm.execution import child_process, run_unit
from device_farm.units.attempt_result import AttemptResult, RuleResult
from device_farm.units.job import Job, Limit, Phone, Recording
from device_farm.units.unit import End
from harness.language import Text

Tell = Callable[[Any], None]

PLAN = "APPRIGHTS_SOAK_PLAN"
GUILTY = 3
"""Each unit whose number this divides has a violation; what is shown of it is never that it is clear."""
RULES = ("c1-permission-before-consent", "c5-exit-after-denial", "c5-dialog-loop")
DEATHS = ("kill", "segfault", "exit", "hang", "raise", "lost", "half")


@dataclass(frozen=True, slots=True)
class Plan:
    """``dies``: so many of the first tries of each unit die in a manner of ``DEATHS``; they are noted in ``log``."""

    seed: int
    seconds: tuple[float, float] = (0.05, 0.6)
    dies: int = 0
    log: str = ""
    limit: float = 2.0

    def set(self) -> None:
        """Let the processes of jobs that are started from here on follow it."""
        os.environ[PLAN] = json.dumps(asdict(self))
        child_process._PRELOADED = __name__  # nothing heavy is needed
        run_unit.carry_out = carry_out


def plan() -> Plan:
    """That of this process."""
    told = json.loads(os.environ[PLAN])
    return Plan(**{**told, "seconds": tuple(told["seconds"])})


def carry_out(tell: Tell, job: Job, phone: Phone) -> None:
    """Be a unit."""
    here = plan()
    chance = Random(f"{here.seed}/{job.key}/{job.number}")
    folder = Path(job.runs) / f"{job.unit}-{job.number}-{os.getpid()}"
    folder.mkdir(parents=True)
    tell(Recording(str(folder)))
    tell(Limit(here.limit))
    time.sleep(chance.uniform(*here.seconds))
    (folder / "run.json").write_text(json.dumps({"unit": job.unit, "try": job.number}), "utf-8")
    if job.number <= here.dies:
        _die(tell, chance.choice(DEATHS), job, phone, Path(here.log))
        return
    tell(judged(job, folder))


def judged(job: Job, folder: Path) -> AttemptResult:
    """What a unit says that went well."""
    guilty = job.unit % GUILTY == 0
    results = tuple(
        RuleResult(rule, rule[1], "violation" if guilty and rule == RULES[1] else "clear", f"第 {job.number} 次", f"try {job.number}")
        for rule in RULES
    )
    return AttemptResult(End.DONE, run=str(folder), results=results)


def _die(tell: Tell, manner: str, job: Job, phone: Phone, log: Path) -> None:
    """End badly; all rules are clear in what it says meanwhile, so that whoever believes it shows that."""
    with log.open("a", encoding="utf-8") as file:
        file.write(json.dumps({"at": time.time(), "unit": job.unit, "try": job.number, "phone": phone.address, "how": manner}) + "\n")
    clear = tuple(RuleResult(rule, rule[1], "clear", "x", "dead") for rule in RULES)
    if manner == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    elif manner == "segfault":
        ctypes.string_at(0)
    elif manner == "exit":
        os._exit(0)
    elif manner == "hang":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        while True:
            time.sleep(60)
    elif manner == "raise":
        raise MemoryError
    elif manner == "lost":
        tell(AttemptResult(End.DEVICE_FAULT, Text("the phone went away"), results=clear))
    else:
        tell(AttemptResult(End.TIMEOUT, Text("half a run"), results=clear[:1]))
        os.kill(os.getpid(), signal.SIGKILL)
