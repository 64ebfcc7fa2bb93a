"""The shake bench against adverts of known thresholds: how exactly these are found, in how much device time.

And no motion of daily life, and none that lacks one of what the standard demands, may be said to lead to a jump that
the advert did not make.
"""

from __future__ import annotations

GRID = ((3.0, 8.0, 12.0, 15.0, 20.0, 27.0), (8.0, 20.0, 35.0, 60.0, 80.0), (0.5, 1.0, 2.0, 3.0, 3.6))
"""Thresholds of m/s², degrees and seconds: some far below the standard, its own, some above."""
