"""Step: what every line of the session's journal is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that the session did, read or saw; ``harness.recording.steps`` lists the kinds.

    The fields of a kind are str, int, float, bool, a StrEnum, a pair of those, or one of them or None. A field with a
    default may be absent on disk.
    """
