"""How long a virtual device takes from nothing to the line that says it accepts connections."""

import statistics
import subprocess
import sys
import threading
import time

from tests.benchmarks.rows import Row, row

_ROUNDS = 3
_MOST_SECONDS = 15.0
_COMMAND = (sys.executable, "-m", "harness.cli", "virtual")  # what the console script apprights runs


def run() -> list[Row]:
    """Start a device some times over, as the first and as the next ones."""
    times = [_start_seconds() for _ in range(_ROUNDS)]
    note = f"median of {_ROUNDS}; {min(times):.2f} to {max(times):.2f}"
    return [row("device start", statistics.median(times), "s", aim="<= 2", note=note)]


def _start_seconds() -> float:
    """Seconds from the start of the child process to its line; the child ends before this returns."""
    start = time.perf_counter()
    child = subprocess.Popen(_COMMAND, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    watchdog = threading.Timer(_MOST_SECONDS, child.kill)  # a child that never speaks would hold readline for ever
    watchdog.start()
    try:
        line = child.stdout.readline() if child.stdout else b""
        took = time.perf_counter() - start
    finally:
        watchdog.cancel()
        child.terminate()
        _, said = child.communicate(timeout=_MOST_SECONDS)
    if not line.strip():
        words = said.decode("utf-8", "replace").split()
        raise RuntimeError(f"the virtual device did not start: {' '.join(words)[-200:] or 'it said nothing'}")
    return took
