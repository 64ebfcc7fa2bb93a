"""What a dialog offers to press."""

from __future__ import annotations

from dataclasses import dataclass

from harness.events.boxes import Box, centre


@dataclass(frozen=True, slots=True)
class Button:
    """A control of a dialog: role, text, and its box (x, y, width, height) in screen pixels."""

    role: str
    text: str
    box: Box

    @property
    def centre(self) -> tuple[int, int]:
        """Where to tap."""
        return centre(self.box)
