"""What a process of a test does; it is imported there."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from device_farm.units.attempt_result import AttemptResult
from device_farm.units.job import Doing, Limit, Recording
from device_farm.units.unit import End
from harness.language import Text


def answer(tell: Callable[[Any], None]) -> None:
    tell(Recording("runs/a"))
    tell(Doing(Text("first launch")))
    tell(AttemptResult(End.DONE, run="runs/a"))


def hang(tell: Callable[[Any], None]) -> None:
    """It hears nothing, and has a child that hears nothing either."""
    child = subprocess.Popen([sys.executable, "-c", "import signal, time; signal.signal(15, 1); time.sleep(600)"])
    tell(Recording(str(child.pid)))
    tell(Limit(0.1))
    while True:
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            continue


def obey(tell: Callable[[Any], None]) -> None:
    try:  # around all of it: the stop comes as soon as the first word is out
        tell(Recording("runs/a"))
        tell(Limit(60.0))
        threading.Event().wait()
    except KeyboardInterrupt:
        tell(AttemptResult(End.STOPPED, Text("stopped"), run="runs/a"))


def crash(tell: Callable[[Any], None]) -> None:
    tell(Recording("runs/a"))
    os.kill(os.getpid(), 9)


def wait(tell: Callable[[Any], None]) -> None:
    """As a check that is still being imported: it ends where it is told to."""
    threading.Event().wait()


def lose(tell: Callable[[Any], None]) -> None:
    """Lose a stop as a library's bare ``except`` does, and go on as a run does that listens for itself."""
    with suppress(BaseException):
        tell(Recording("runs/a"))
        time.sleep(60)
    with suppress(KeyboardInterrupt):
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        time.sleep(60)
    tell(AttemptResult(End.STOPPED, run="runs/a"))
