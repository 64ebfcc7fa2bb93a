"""What a person said of one finding: plain data, which pages of the farm show without reading a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Decision = Literal["confirmed", "rejected"]


@dataclass(frozen=True, slots=True)
class Review:
    """What one person says of one finding; ``at`` is the time of the computer it was said on, in UTC."""

    key: str
    decision: Decision
    by: str
    at: str
    reason: str
