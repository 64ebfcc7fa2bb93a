"""What a person said of one finding: plain data, which pages of the farm show without reading a run."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast, get_args

Decision = Literal["confirmed", "rejected"]
DECISIONS: tuple[str, ...] = get_args(Decision)
NAME_LIMIT, REASON_LIMIT = 200, 4000


@dataclass(frozen=True, slots=True)
class Review:
    """What one person says of one finding; ``at`` is the time of the computer it was said on, in UTC."""

    key: str
    decision: Decision
    by: str
    at: str
    reason: str


def review_of(data: Mapping[str, Any]) -> Review | None:
    """A review of its file; None for what we would not have written."""
    values = [data.get(name) for name in ("key", "decision", "by", "at", "reason")]
    if not all(isinstance(value, str) for value in values):
        return None
    key, decision, by, at, reason = map(str, values)
    try:
        datetime.fromisoformat(at)
    except ValueError:
        return None
    fit = decision in DECISIONS and 0 < len(by) <= NAME_LIMIT and 0 < len(reason) <= REASON_LIMIT
    return Review(key, cast("Decision", decision), by, at, reason) if fit else None
