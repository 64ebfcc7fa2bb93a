"""What a part of the soak measured, and what of it is wrong."""

import json
from dataclasses import dataclass, field


@dataclass(slots=True)
class Figures:
    """``wrong`` has a line for each thing that must not be; empty is what is wanted."""

    part: str
    figures: dict[str, float] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def line(self, seed: int) -> str:
        """As JSON, for a report."""
        told = {"part": self.part, "seed": seed, **self.figures, "seconds": round(self.seconds, 1), "wrong": self.wrong[:50]}
        return json.dumps(told, ensure_ascii=False)
