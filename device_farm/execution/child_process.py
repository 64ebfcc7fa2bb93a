"""A child process for work that may hang, crash or be stopped without harm to its owner.

Where the system has it, the process comes from a fork server that has imported what every job needs: eight phones then
share that memory. Elsewhere it is spawned. It is the leader of its own group, so that what it started ends with it; a
message through the pipe stops it, and so does the pipe's end when its owner is gone.
"""

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from enum import StrEnum
from multiprocessing.context import SpawnContext
from threading import Event
from typing import Any

from device_farm.execution.unit_process import STOP, serve
from device_farm.samples.sample_worker import undisturbed
from device_farm.units.job import Limit
from harness.config import current
from harness.language import chosen
from harness.operating_system import kill_family

if sys.platform == "win32":
    ForkServerContext = SpawnContext  # there is none
else:
    from multiprocessing.context import ForkServerContext

START_SECONDS = 180.0
"""For imports, a virtual phone, and the process of a coordinator that was killed to let go of the phone [PROJECT]."""
GRACE_SECONDS = 45.0
"""For a process that was told to stop to put the phone back and to seal the record [PROJECT]."""
_LISTEN_SECONDS = 0.2
_END_SECONDS = 5.0
_PRELOADED = "device_farm.execution.preloading"


class Termination(StrEnum):
    """Why work was ended before it came to its own end."""

    NOT = ""
    STOPPED = "stopped"
    LIMIT = "limit"


def prepare() -> None:
    """Start the fork server, where there is one; call it once, in the main thread, so that Ctrl-C does not tear it."""
    if _context().get_start_method() == "forkserver":
        from multiprocessing import forkserver

        with undisturbed():
            forkserver.ensure_running()


def _context() -> SpawnContext | ForkServerContext:
    if sys.platform != "win32" and "forkserver" in multiprocessing.get_all_start_methods():
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([_PRELOADED])
        return context
    return multiprocessing.get_context("spawn")


class Child:
    """A process that does ``work(tell, *arguments)``: a function of a module, and what can be pickled."""

    def __init__(self, work: Callable[..., None], *arguments: Any) -> None:
        context = _context()
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(theirs, dict(os.environ), chosen(), current(), work, arguments), daemon=True)
        with undisturbed():
            self._process.start()
        theirs.close()
        self.termination = Termination.NOT
        self.killed = False
        """Whether it did not end in the time that it was given."""

    @property
    def pid(self) -> int:
        """Return its process id, which is also that of its group."""
        return self._process.pid or 0

    def messages(self, stop: Event, *, start_seconds: float = START_SECONDS, grace_seconds: float = GRACE_SECONDS) -> Iterator[Any]:
        """What it tells, to its end, which is also ours: then it is gone, with all that it started.

        ``stop`` ends it in good order, and so does its limit: ``start_seconds`` at first, later what it says itself.
        """
        limit, kill_at = time.monotonic() + start_seconds, float("inf")
        try:
            while (message := self._next()) is not None:
                at = time.monotonic()
                if isinstance(message, Limit):
                    limit = at + message.seconds
                elif message != ():
                    yield message
                if self.termination is Termination.NOT and (stop.is_set() or at > limit):
                    self.termination, kill_at = Termination.STOPPED if stop.is_set() else Termination.LIMIT, at + grace_seconds
                    with suppress(OSError):
                        self._connection.send(STOP)
                if at > kill_at:
                    self.killed = True
                    break
        finally:
            self._end()

    def _next(self) -> Any:
        """The next message, () where none came in a moment, None at the end."""
        try:
            if self._connection.poll(_LISTEN_SECONDS):
                return self._connection.recv()
        except (EOFError, OSError):
            return None
        return () if self._process.is_alive() or self._connection.poll() else None

    def _end(self) -> None:
        if not self.killed:
            self._process.join(_END_SECONDS)
        if self._process.is_alive():
            kill_family(self.pid)
            self._process.kill()
            self._process.join()
        self._connection.close()

    @property
    def exit_words(self) -> str:
        """Return its exit code, or the name of the signal that ended it."""
        code = self._process.exitcode
        if code is None or code >= 0:
            return f"exit code {code if code is not None else '?'}"
        with suppress(ValueError):
            return signal.Signals(-code).name
        return f"signal {-code}"
