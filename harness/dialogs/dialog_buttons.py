"""What a dialog offers to press."""

from __future__ import annotations

from dataclasses import dataclass

Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Button:
    """A control of a dialog: role, text, and its box (x, y, width, height) in screen pixels."""

    role: str
    text: str
    box: Box

    @property
    def centre(self) -> tuple[int, int]:
        """Where to tap."""
        x, y, width, height = self.box
        return x + width // 2, y + height // 2
