"""Checks side by side: each is a process of its own, one a phone at a time, so that no fault is another's."""

import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

from harness.language import _, chosen, said
from harness.operating_system import HEARING, STOP_SIGNALS

FAILED = 2
"""The exit code of what could not be checked."""
_COLOURED = ("FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE")
"""Environment variables that make a pipe look like a terminal."""


@dataclass(frozen=True, slots=True)
class Done:
    """One app: its exit code, and its run as ``check --json`` tells it, or why there is none."""

    app: str
    place: str
    code: int
    run: dict[str, Any] | None = None
    reason: str = ""


@dataclass(slots=True)
class Lane:
    """One phone, or one virtual device after the other: an app at a time, its own first, then of those for anyone."""

    name: str
    words: tuple[str, ...]
    own: deque[str]
    shared: deque[str]
    app: str = ""
    line: str = ""

    def take(self) -> str | None:
        for waiting in (self.own, self.shared):
            with suppress(IndexError):
                return waiting.popleft()
        return None


@dataclass(slots=True)
class Checks:
    """Checks that go on in lanes."""

    lanes: Sequence[Lane]
    words: tuple[str, ...]
    begin: tuple[str, ...] = (sys.executable, "-P", "-m", "harness.cli", "check", "--json")
    done: queue.SimpleQueue[Done] = field(default_factory=queue.SimpleQueue)
    stopped: int = 0
    _running: set[subprocess.Popen[str]] = field(default_factory=set)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def run(self) -> Iterator[Done]:
        """Yield each app when it is done."""
        threads = [threading.Thread(target=self._work, args=(lane,), daemon=True) for lane in self.lanes]
        for thread in threads:
            thread.start()
        for thread in threads:
            while thread.is_alive() or not self.done.empty():
                with suppress(queue.Empty):
                    yield self.done.get(timeout=0.2)

    def rows(self) -> list[str]:
        """Where each lane is."""
        return [f"{lane.name}  {short(lane.app)}  {lane.line}" for lane in self.lanes if lane.app]

    @contextmanager
    def hearing(self) -> Iterator[None]:
        """A block in which a signal to us is one to every check; no further one is begun then."""
        before = {number: signal.signal(number, self._stop) for number in STOP_SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        with self._lock:
            self.stopped = number
            if sys.platform != "win32":
                for child in self._running:
                    child.send_signal(number)

    def _work(self, lane: Lane) -> None:
        while not self.stopped and (app := lane.take()) is not None:
            lane.app, lane.line = app, ""
            self.done.put(self._check(lane, app))
        lane.app = ""

    def _check(self, lane: Lane, app: str) -> Done:
        """One check in a process of its own."""
        command = [*self.begin, *lane.words, *self.words, "--", app]
        known = {key: value for key, value in os.environ.items() if key not in _COLOURED}
        with self._lock:
            if self.stopped:
                return Done(app, lane.name, 128 + self.stopped, reason=said(_("not begun: the check was interrupted")))
            child = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                encoding="utf-8",
                errors="replace",
                env={**known, "PYTHONIOENCODING": "utf-8", "APPRIGHTS_LANG": chosen()},
                **HEARING,
            )
            self._running.add(child)
        assert child.stdout is not None
        assert child.stderr is not None
        with child:
            told = threading.Thread(target=_keep_last_line, args=(child.stderr, lane), daemon=True)
            told.start()
            printed = child.stdout.read()
            code = child.wait()
            told.join()
        with self._lock:
            self._running.discard(child)
        return _result(app, lane, code, printed)


def short(app: str) -> str:
    """An app as a row names it: a file without its folder."""
    return app.replace("\\", "/").rpartition("/")[2]


def _keep_last_line(lines: Iterable[str], lane: Lane) -> None:
    for line in lines:
        lane.line = line.strip() or lane.line


def _result(app: str, lane: Lane, code: int, printed: str) -> Done:
    """What a check of its own process came to."""
    try:
        run = json.loads(printed)
    except ValueError:
        run = None
    if isinstance(run, dict) and "rules" in run:
        return Done(app, lane.name, code, run)
    ended = said(_("the check ended with exit code {code}", code=code))
    return Done(app, lane.name, code or FAILED, reason=lane.line.removeprefix("apprights:").strip() or ended)
