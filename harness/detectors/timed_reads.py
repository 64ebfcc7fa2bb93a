"""One timer among others: reads that come at its period, whatever is read between them.

Timers of 5 and 7 s read at times that are even in no row. By chance a read falls on such a time now and then, the
oftener the more there are: as many in a row are wanted as chance does not bring.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from statistics import fmean

from harness.detectors.read_findings import Read

EXACT = 0.15
"""Seconds by which a read of a timer comes earlier or later than the one before it and the period say [PROJECT]."""
SHORTEST = 1.5
"""Seconds of a period that is told from what is read between, at least [PROJECT]: app ops are read each second."""
GRID = 1.0
"""Seconds at multiples of which anything may read [PROJECT]: delays are whole seconds more often than not."""
RARE = 0.001
"""How often chance may bring such a row among reads of any times, at most [PROJECT]."""


def of_one_timer(own: Sequence[Read], readings: Sequence[float], least: int, longest: float) -> tuple[list[Read], float] | None:
    """The most reads in ``own``, in one boot and in order, at one period, ``least`` at least, and its seconds.

    ``readings`` are the uptimes at which the phone's record was read: it keeps the last access only, so that of two
    reads between two readings the earlier one is not known.
    """
    times = [read.at.uptime for read in own]
    if len(times) < least or (enough := max(least, _more_than_chance(times, readings, longest))) > len(times):
        return None
    pairs = (
        (first, later - begin) for first, begin in enumerate(times) for later in times[first + 1 : bisect_right(times, begin + longest)]
    )
    rows = ((_row(times, readings, first, period), period) for first, period in pairs if period >= SHORTEST)
    row, period = max(rows, key=lambda found: len(found[0]), default=([], 0.0))
    if len(row) < enough:
        return None
    gaps = [times[after] - times[before] for before, after in pairwise(row)]
    return [own[place] for place in row], fmean(gap for gap in gaps if abs(gap - period) <= EXACT)


def _more_than_chance(times: Sequence[float], readings: Sequence[float], longest: float) -> float:
    """How many reads in a row chance does not bring among so many in so long; infinite where they are too dense.

    Chance goes on from one read to another a whole number of seconds behind as often as there is one where there may
    be, and at least as often as a second has a read.
    """
    behind = [time + GRID * more for time in times for more in range(1, int(longest / GRID) + 1) if time + GRID * more <= times[-1]]
    met = sum(_near(times, due) is not None for due in behind)
    hidden = sum(_near(times, due) is None and _overwritten(times, readings, due) for due in behind)
    density = len(times) / max(times[-1] - times[0], GRID)
    goes_on = max(met / max(len(behind) - hidden, 1), GRID * density)
    pairs = len(times) * longest * density
    return 2 + math.log(RARE / pairs) / math.log(goes_on) if goes_on < 1 else math.inf


def _row(times: Sequence[float], readings: Sequence[float], first: int, period: float) -> list[int]:
    """The places of what comes a period behind each other, by the last of them: timers run late."""
    row, due = [first], times[first] + period
    while due <= times[-1] + EXACT:
        if (after := _near(times, due)) is not None:
            row.append(after)
            due = times[after]
        elif not _overwritten(times, readings, due):
            break
        due += period
    return row


def _overwritten(times: Sequence[float], readings: Sequence[float], at: float) -> bool:
    """Whether a read at that time was overwritten by the next one before anybody read of it."""
    later, reading = bisect_right(times, at), bisect_right(readings, at + EXACT)
    return later < len(times) and reading < len(readings) and times[later] <= readings[reading]


def _near(times: Sequence[float], at: float) -> int | None:
    """The place of the time that is the nearest to ``at``, None where none is near."""
    place = bisect_left(times, at)
    around = [each for each in (place - 1, place) if 0 <= each < len(times) and abs(times[each] - at) <= EXACT]
    return min(around, key=lambda each: abs(times[each] - at), default=None)
