"""One timer among others: reads that come at its period, whatever is read between them.

Timers of 5 and 7 s read at times that are even in no row. By chance a read falls on such a time now and then, the
oftener the more there are: as many in a row are wanted as chance does not bring.
"""

import math
from bisect import bisect_left
from collections.abc import Sequence

from harness.detectors.read_findings import Read

EXACT = 0.15
"""Seconds by which a read of a timer comes earlier or later than the one before it and the period say [PROJECT]."""
SHORTEST = 1.5
"""Seconds of a period that is told from what is read between, at least [PROJECT]: app ops are read each second."""
GRID = 1.0
"""Seconds at multiples of which anything may read [PROJECT]: delays are whole seconds more often than not."""
RARE = 0.001
"""How often chance may bring such a row among reads of any times, at most [PROJECT]."""


def of_one_timer(own: Sequence[Read], least: int, longest: float) -> list[Read]:
    """The first reads in ``own``, in one boot and in order, that come at one period; ``least`` or none."""
    times = [read.at.uptime for read in own]
    if len(times) < least or (enough := max(least, _more_than_chance(times, longest))) > len(times):
        return []
    for first, begin in enumerate(times):
        for second in range(first + 1, len(times)):
            period = times[second] - begin
            if period > longest:
                break
            if period >= SHORTEST and len(row := _row(times, first, period)) >= enough:
                return [own[place] for place in row]
    return []


def _more_than_chance(times: Sequence[float], longest: float) -> float:
    """How many reads in a row chance does not bring among so many in so long; infinite where they are too dense."""
    density = len(times) / max(times[-1] - times[0], GRID)
    pairs = len(times) * longest * density
    return 2 + math.log(RARE / pairs) / math.log(GRID * density) if GRID * density < 1 else math.inf


def _row(times: Sequence[float], first: int, period: float) -> list[int]:
    """The places of what comes a period behind each other, by the last of them: timers run late."""
    row = [first]
    while (after := _near(times, times[row[-1]] + period)) is not None:
        row.append(after)
    return row


def _near(times: Sequence[float], at: float) -> int | None:
    """The place of the time that is the nearest to ``at``, None where none is near."""
    place = bisect_left(times, at)
    around = [each for each in (place - 1, place) if 0 <= each < len(times) and abs(times[each] - at) <= EXACT]
    return min(around, key=lambda each: abs(times[each] - at), default=None)
