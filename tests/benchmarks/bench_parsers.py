"""How fast a log becomes events, and that memory does not grow with its length.

Peer: the naive way, one expression for each line and one search for each kind of event, on the same text. It knows one
layout and six kinds, keeps no place and no time, and believes every writer: it shows what a single expression costs.
"""

import re
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from harness.commands.parse_file import parse_file
from harness.events import Instant, Source
from harness.parsers.log_interpreter import Interpreter
from harness.parsers.logcat import LogcatReader
from tests.benchmarks.busy_log import busy_log
from tests.benchmarks.rows import Row, row

LINES = 300_000
PEAK_LINES = (20_000, 100_000)
NAME = "logcat parsing"
AIM = ">= 150000"


def parse(chunks: Iterator[bytes] | list[bytes]) -> tuple[int, int]:
    """Lines and events of a log, by the code under test."""
    reader, interpreter, events = LogcatReader("main"), Interpreter(Source.MAIN, path="raw/main.txt"), 0
    for chunk in chunks:
        for line in reader.feed(chunk):
            events += len(interpreter.feed(line, Instant(0, line.wall or 0.0)))
    return reader.lines, events + len(interpreter.finish())


_LINE = re.compile(
    r"^\s*(?P<time>\d+\.\d+)\s+(?P<uid>\S+)\s+(?P<pid>\d+)\s+(?P<tid>\d+)\s+(?P<priority>[VDIWEF])\s+"
    r"(?P<tag>.*?)\s*: (?P<message>.*)$"
)
_KINDS = tuple(
    re.compile(pattern)
    for pattern in (
        r"am_proc_start: \[\d+,(\d+),(\d+),([^,]+),([^,]+),([^,]*)\]",
        r"Start proc (\d+):([^/]+)/(\S+) for (.*)",
        r"am_proc_bound: \[\d+,(\d+),(.*)\]",
        r"wm_create_activity: \[\d+,(\d+),(\d+),([^,]*),",
        r"am_kill : \[\d+,(\d+),([^,]*),(-?\d+),(.*)\]",
        r"Process (\d+) exited due to signal (\d+)",
    )
)


def naive(chunks: list[bytes]) -> tuple[int, int]:
    """Lines and events of a log, by the first thing that comes to mind."""
    lines = events = 0
    for text in b"".join(chunks).decode().splitlines():
        fields = _LINE.match(text)
        lines += 1
        if fields:
            record = fields.groupdict()
            events += any(kind.search(text) for kind in _KINDS) and bool(record)
    return lines, events


def parse_command(chunks: list[bytes]) -> tuple[int, int]:
    """Lines and facts of a log, by the body of ``apprights parse logcat``, from a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "busy.log"
        path.write_bytes(b"".join(chunks))
        *_, summary = items = list(parse_file("logcat", path))
        return int(summary["lines"]), len(items) - 1


def _speed(function: Any, chunks: list[bytes]) -> tuple[float, int]:
    """Lines per second (best of three) and events."""
    best, events = 0.0, 0
    for _ in range(3):
        start = time.perf_counter()
        lines, events = function(chunks)
        best = max(best, lines / (time.perf_counter() - start))
    return best, events


def _peak(lines: int) -> float:
    """Largest memory held at once while a log of so many lines is read, in MB; the log itself is never held."""
    tracemalloc.start()
    parse(busy_log(lines))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 2**20


def _long(gigabytes: float) -> tuple[float, float]:
    """Largest resident memory of this process in MB after a tenth and after the whole of so much log."""
    import resource

    unit = 2**20 if sys.platform == "darwin" else 2**10
    chunk = b"".join(busy_log(20_000))
    repeats = int(gigabytes * 2**30 / len(chunk))
    marks = []
    for count in (repeats // 10, repeats):
        parse(chunk for _ in range(count))
        marks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit)
    return marks[0], marks[1]


def run(*, long: bool = False) -> list[Row]:
    """Measure; with ``long`` also over 2 GB of log (a few minutes)."""
    chunks = list(busy_log(LINES))
    speed, events = _speed(parse, chunks)
    peer, peer_events = _speed(naive, chunks)
    command, facts = _speed(parse_command, chunks)
    short, tall = map(_peak, PEAK_LINES)
    note = f"{events} events, {peer_events} by the peer"
    rows = [
        row(NAME, speed, "lines/s", aim=AIM, peer="naive regex", peer_value=peer, more_is_better=True, note=note),
        row(f"{NAME}, apprights parse", command, "lines/s", aim=AIM, more_is_better=True, note=f"{facts} facts, tag_logged too"),
        row(f"{NAME}, peak memory", tall, "MB", note=f"{short:.1f} MB at a fifth of the length"),
    ]
    if long:
        early, late = _long(2.0)
        note = f"resident; {early:.0f} MB after 0.2 GB"
        rows.append(row(f"{NAME}, 2 GB", late, "MB", aim=f"<= {early * 1.05:.1f}", note=note))
    return rows
