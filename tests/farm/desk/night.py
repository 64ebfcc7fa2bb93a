"""A night of the real command in a process of its own, to be stopped and killed."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

APPS = Path("device_farm/virtual/apps")
COMMAND = (sys.executable, "-P", "-m", "harness.cli", "--lang", "en", "farm")
SHORT = ("--clause", "5", "--minutes", "0.5", "--steps", "2")
SECONDS = 240.0


class Night:
    """One ``farm run`` that is under way; its output is in ``log``."""

    def __init__(self, out: Path, *words: str) -> None:
        self.log = out.parent / f"{out.name}-{time.monotonic_ns()}.log"
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                [*COMMAND, "run", *words, "--out", str(out)], stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        self.out = out

    @property
    def pid(self) -> int:
        return self._process.pid

    def wait(self) -> int:
        return self._process.wait(SECONDS)

    def send(self, number: int) -> None:
        self._process.send_signal(number)

    def kill(self) -> list[int]:
        """Kill it as a power cut would, and say which processes it had."""
        below = below_of(self.pid)
        self._process.kill()
        self._process.wait(SECONDS)
        return below

    def close(self) -> None:
        if self._process.poll() is None:
            for pid in self.kill():
                end(pid)

    def told(self) -> str:
        return self.log.read_text("utf-8")


def until(true: Callable[[], bool], what: str, seconds: float = SECONDS) -> None:
    deadline, never = time.monotonic() + seconds, threading.Event()
    while not true():
        assert time.monotonic() < deadline, f"{what} did not come in {seconds} s"
        never.wait(0.05)


def rows(out: Path, question: str) -> list[tuple[Any, ...]]:
    """What the store has; nothing where there is none yet."""
    if not (out / "farm.sqlite").exists():
        return []
    with closing(sqlite3.connect(out / "farm.sqlite")) as store:
        try:
            return list(store.execute(question))
        except sqlite3.OperationalError:  # it is being made
            return []


def status(out: Path) -> list[dict[str, Any]]:
    """The units as ``farm status --json`` tells them."""
    done = subprocess.run([*COMMAND, "status", "--out", str(out), "--json"], capture_output=True, check=True, timeout=SECONDS)
    return list(json.loads(done.stdout)["units"])


def below_of(pid: int) -> list[int]:
    """Every process below one."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, ValueError, IndexError):
                continue
            children.setdefault(parent, []).append(int(entry.name))
    found, left = [], list(children.get(pid, ()))
    while left:
        found.append(one := left.pop())
        left += children.get(one, ())
    return found


def jobs_of(pid: int) -> list[int]:
    """The processes of jobs: each is the leader of a group of its own, and was forked."""
    return [one for one in below_of(pid) if os.getpgid(one) == one and one != pid]


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except (OSError, IndexError):
        return False
    return state != "Z"


def end(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
