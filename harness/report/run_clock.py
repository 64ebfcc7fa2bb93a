"""The clocks of a run beside the lines of its journal: what was written when, by the phone's uptime and its wall.

A journal may hold a gigabyte of view trees. Of most of its lines the head tells enough: when, and which step.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from harness.errors import FormatError
from harness.events import Instant
from harness.recording.clock_map import Probe
from harness.recording.journal import JOURNAL, LINE_LIMIT, entry
from harness.recording.run_format import format_of
from harness.report.wall_times import WallClock
from harness.verdicts.analysis import Analysis

_HEAD = re.compile(rb'\{"host":(-?[0-9.e+]+),"step":"([\w-]+)"(?:,"name":"([\w-]+)")?')
_HEAD_BYTES, _WHOLE_BYTES = 200, 4096


class Line(NamedTuple):
    """A line of the journal: its number, its host time, its step, and the name of a reading."""

    number: int
    host: float
    step: str
    name: str = ""


class RunClock:
    """The phone's two clocks over a run, and the lines of its journal; ``probes`` are the readings of the clocks."""

    def __init__(self, analysis: Analysis) -> None:
        """Read the journal once; one that is missing or damaged has no lines, and no wall time is told."""
        self.lines: list[Line] = []
        self.probes: list[Probe] = []
        self.map = analysis.clock
        self._wall = WallClock(analysis.clock, analysis.run)
        self._read(analysis.folder / JOURNAL, format_of(analysis.folder))

    def wall(self, at: Instant) -> str:
        """What the phone's clock showed, in its own zone, which is not repeated; empty where nothing tells."""
        return self._wall.at(at).local.rpartition(" ")[0]

    def beijing(self, at: Instant) -> str:
        """The same in 北京时间; empty where the phone's zone is that anyway."""
        return self._wall.at(at).beijing

    def at(self, line: Line) -> Instant | None:
        """When a line was written, in device time."""
        return self.map.at_host(line.host) if len(self.map) else None

    def _read(self, path: Path, form: int) -> None:
        if not path.exists():
            return
        with path.open("rb") as file:
            for number, line in enumerate(_heads(file), 1):
                found = _HEAD.match(line)
                if found is None:
                    continue
                head = Line(number, float(found[1]), found[2].decode(), (found[3] or b"").decode())
                self.lines.append(head)
                if head.step == "probe":
                    self.probes += _probe(line, number, path, form)


def _probe(line: bytes, number: int, path: Path, form: int) -> list[Probe]:
    try:
        step = entry(json.loads(line), number, path, form).step
    except (ValueError, FormatError, KeyError, TypeError):
        return []
    return [step] if isinstance(step, Probe) else []


def _heads(file: BinaryIO) -> Iterator[bytes]:
    """The lines of a journal, long ones cut: what is wanted of them stands at their beginning."""
    while line := file.readline(LINE_LIMIT):
        yield line if len(line) < _WHOLE_BYTES else line[:_HEAD_BYTES]
