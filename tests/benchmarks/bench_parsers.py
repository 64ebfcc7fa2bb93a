"""How fast a log becomes events, and that memory does not grow with its length.

Peer: the naive way, one expression for each line and one search for each kind of event, on the same text. It knows one
layout and six kinds, keeps no place and no time, and believes every writer: it shows what a single expression costs.
"""

from __future__ import annotations

import re
import sys
import time
import tracemalloc
from typing import TYPE_CHECKING, Any

from harness.events import Instant, Source
from harness.parsers.interpret import Interpreter
from harness.parsers.logcat import LogcatReader

if TYPE_CHECKING:
    from collections.abc import Iterator

CHUNK = 256 * 1024
LINES = 300_000
AIM = 150_000

# One busy second of a phone in 100 lines: what the four buffers print most, with its facts among it.
_NOISE = (
    "10123  4321  4360 D OkHttp  : <-- 200 https://api.example.com/v1/feed?page={n}&session=0123456789abcdef (182ms)",
    " 1000   929  2231 I sysui_multi_action: [757,127,758,2,{n}]",
    "10087  1497  1497 V StatusBar: disable: < expand icons* alerts SYSTEM_INFO* back home recent clock* search >",
    " 1000   929   983 D PowerManagerService: acquire lock={n}, flags=0x1, tag=\"View Lock\", uid=10037, pid=2227",
    " 1000   929   995 I am_uid_idle: 10044",
    " 1000   929   992 I am_pss  : [1878,10082,com.android.launcher3,61531136,54308864,0,126222336,0,2,{n}]",
    " root   635   635 D Zygote  : Forked child process {n}",
    " 1000   929   981 W ActivityManager: Slow operation: {n}ms so far, now at startProcess: done updating battery",
)
_FACTS = (
    " 1000   929   996 I am_proc_start: [0,{n},10077,com.x,service,{{com.x/com.x.PushService}}]",
    " 1000   929   996 I ActivityManager: Start proc {n}:com.x/u0a77 for service {{com.x/com.x.PushService}}",
    " 1000   929  3157 I am_proc_bound: [0,{n},com.x]",
    " 1000   929  1349 I wm_create_activity: [0,{n},33,com.x/.Main,android.intent.action.MAIN,NULL,NULL,270532608]",
    " 1000   929   981 I am_kill : [0,{n},com.x,985,empty #17]",
    " root   635   635 I Zygote  : Process {n} exited due to signal 9 (Killed)",
)


def busy_log(lines: int) -> Iterator[bytes]:
    """About ``lines`` lines of ``logcat -v epoch -v usec -v uid``, in chunks; every 15th line is a fact."""
    parts: list[str] = []
    for number in range(lines):
        template = _FACTS[number // 15 % len(_FACTS)] if number % 15 == 0 else _NOISE[number % len(_NOISE)]
        parts.append(f"{1790448214 + number / 1000:.6f} {template.format(n=number % 30000)}\n")
        if len(parts) == 2000:
            yield "".join(parts).encode()
            parts = []
    yield "".join(parts).encode()


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


def run(*, long: bool = False) -> list[dict[str, Any]]:
    """Measure; with ``long`` also over 2 GB of log (a few minutes)."""
    chunks = list(busy_log(LINES))
    speed, events = _speed(parse, chunks)
    peer, peer_events = _speed(naive, chunks)
    short, tall = _peak(20_000), _peak(100_000)
    rows = [
        _row("logcat parsing", speed, "lines/s", AIM, peer, f"{events} events, {peer_events} by the peer"),
        _row("logcat parsing, peak memory", tall, "MB", None, None, f"{short:.1f} MB at a fifth of the length"),
    ]
    if long:
        early, late = _long(2.0)
        note = f"resident; {early:.0f} MB after 0.2 GB"
        rows.append(_row("logcat parsing, 2 GB", late, "MB", early * 1.05, None, note))
    return rows


def _row(name: str, value: float, unit: str, aim: float | None, peer: float | None, note: str) -> dict[str, Any]:
    return {
        "name": name,
        "value": round(value, 1),
        "unit": unit,
        "aim": aim,
        "peer": "naive regex" if peer else None,
        "peer_value": round(peer, 1) if peer else None,
        "ratio": round(value / peer, 2) if peer else None,
        "note": note,
    }
