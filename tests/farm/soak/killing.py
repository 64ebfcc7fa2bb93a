"""Processes that are started to be killed: -9, at moments that a seed decides.

They come from a fork server that has imported what they need: a process that needs three seconds to start is killed
before it does anything.
"""

import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]
LOOK_SECONDS = 0.02


@dataclass(slots=True)
class Victim:
    """One process that does ``work(*arguments)``, started anew each time it was killed."""

    work: Callable[..., None]
    arguments: tuple[Any, ...]
    log: Path
    kills: list[float] = field(default_factory=list)
    process: ForkServerProcess | None = None

    def start(self) -> None:
        """Start it, as the leader of a group, so that a kill takes what it started along."""
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([self.work.__module__])
        self.process = context.Process(target=_lead, args=(str(self.log), self.work, self.arguments))
        self.process.start()

    @property
    def pid(self) -> int:
        assert self.process.pid is not None
        return self.process.pid

    @property
    def runs(self) -> bool:
        return self.process is not None and self.process.is_alive()

    def kill(self, *, group: bool = True) -> None:
        """Kill -9: it alone, or all that it started too, as when a computer goes off."""
        if not self.runs:
            return
        self.kills.append(time.time())
        try:
            (os.killpg if group else os.kill)(self.pid, signal.SIGKILL)
        except ProcessLookupError:  # no leader of a group yet
            os.kill(self.pid, signal.SIGKILL)
        self.process.join()

    def end(self) -> None:
        self.kill()
        if self.process is not None:
            self.process.join()
            self.process.close()
            self.process = None


def _lead(log: str, work: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    os.setsid()
    written = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(written, 1)
    os.dup2(written, 2)
    os.close(written)
    work(*arguments)


def wait_for(condition: Callable[[], bool], seconds: float, what: str) -> None:
    """Wait until something is so; raises TimeoutError that says what was waited for."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"after {seconds:g} s: {what}")
        time.sleep(LOOK_SECONDS)
