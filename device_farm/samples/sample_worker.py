"""A process that reads and checks samples, one after the other, for a command that must outlive what they do.

An app file is somebody's program: it may hang or end the process it runs in. So every request has a deadline, and a
worker that misses it is killed and replaced.

This module imports nothing heavy: whoever starts a worker need not wait for what the worker imports.
"""

import multiprocessing
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker
from multiprocessing.process import BaseProcess
from pathlib import Path

from device_farm.samples.sample import Checked, Sample

if sys.platform == "win32":
    from multiprocessing.connection import PipeConnection as Connection
else:
    from multiprocessing.connection import Connection

READ_SECONDS, CHECK_SECONDS = 30.0, 300.0
START_SECONDS, END_SECONDS = 120.0, 5.0


class SampleError(Exception):
    """An app file cannot be used; the text is one line with file and line number."""


class Worker:
    """The end of a worker that is held by the command; use it from one thread."""

    def __init__(self) -> None:
        """The process is started by ``start``, or by the first request."""
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None
        self._stopped, self._ready = False, False

    def start(self) -> None:
        """Start the process: it imports what it needs while its caller does something else."""
        context = multiprocessing.get_context("spawn")  # the only way that all platforms have
        self._connection, theirs = context.Pipe()
        self._ready = False
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
        with undisturbed():
            self._process.start()
        theirs.close()

    def read(self, path: Path) -> Sample:
        """Read an app file; raises SampleError."""
        answer = self._ask(("read", path), READ_SECONDS)
        if isinstance(answer, Sample):
            return answer
        problem = f"{path}:1: reading it ended its process or took over {READ_SECONDS:g} s"
        raise SampleError(answer if isinstance(answer, str) else problem)

    def check(self, sample: Sample, runs: Path, android: str, rom: str, *, page: bool = False) -> Checked:
        """Check a sample on a new device; with ``page`` its part of a report comes with the result."""
        answer = self._ask(("check", sample, runs, android, rom, page), CHECK_SECONDS)
        if isinstance(answer, Checked):
            return answer
        problem = answer if isinstance(answer, str) else f"the check ended its process or took over {CHECK_SECONDS:g} s"
        return Checked(sample, android, rom, CHECK_SECONDS, None, problem)

    def stop(self) -> None:
        """Kill the process from another thread than the one that waits for it; that gets no answer, and no new one."""
        self._stopped = True
        process = self._process
        if process is not None and process.is_alive():
            process.kill()

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if self._process is not None:
            self._process.join(END_SECONDS)
            if self._process.is_alive():
                self._process.kill()
                self._process.join()
            self._process = None

    def _ask(self, request: object, seconds: float) -> object:
        """The answer, None where none came in time; then the process is gone."""
        if self._stopped:
            return None
        if self._connection is None:
            self.start()
        assert self._connection is not None
        try:
            if not self._ready and self._connection.poll(START_SECONDS):
                self._ready = self._connection.recv() is True
            self._connection.send(request)
            if self._ready and self._connection.poll(seconds):
                answer: object = self._connection.recv()
                return answer
        except (EOFError, OSError):
            pass
        assert self._process is not None
        self._process.kill()
        self.close()
        return None


@contextmanager
def undisturbed() -> Iterator[None]:
    """A block that Ctrl-C does not tear: one that is pressed meanwhile comes at its end.

    A process that is started in it does not hear Ctrl-C until it can say so itself (a traceback of its imports).
    """
    if threading.current_thread() is not threading.main_thread():  # others may not set it
        yield
        return
    if sys.platform == "win32":
        handler = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, handler)
    else:
        resource_tracker.ensure_running()  # it would let the signal through
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            yield
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(connection: Connection) -> None:
    """Answer requests until the command closes the connection or is gone; Ctrl-C is the command's business.

    Its devices die with it, so what was changed on them is nobody's to restore: not on a device that has their address
    tomorrow, and not beside the user's phones.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with tempfile.TemporaryDirectory(prefix="apprights-state-", ignore_cleanup_errors=True) as state:
        os.environ["APPRIGHTS_STATE"] = state
        _answer(connection)


def _answer(connection: Connection) -> None:
    from device_farm.samples.sample_check import check_sample, read_sample
    from device_farm.virtual.app_file import AppFileError

    connection.send(True)  # imports take long on a busy machine; the time of a request begins now

    def check(sample: Sample, runs: Path, android: str, rom: str, page: bool) -> Checked:
        return check_sample(sample, runs, android=android, rom=rom, page=page)

    while True:
        try:
            kind, *words = connection.recv()
        except (EOFError, OSError):
            return
        try:
            answer: object = read_sample(*words) if kind == "read" else check(*words)
        except KeyboardInterrupt:
            return
        except AppFileError as error:
            answer = str(error)
        except Exception as error:  # top of a worker: what goes wrong is told to the command
            answer = f"{type(error).__name__}: {error}"
        connection.send(answer)
