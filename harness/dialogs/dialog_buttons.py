"""The buttons of a dialog."""

from dataclasses import dataclass

from harness.events.box import Box, centre


@dataclass(frozen=True, slots=True)
class Button:
    """A control of a dialog: role, text, and its box (x, y, width, height) in screen pixels."""

    role: str
    text: str
    box: Box

    @property
    def centre(self) -> tuple[int, int]:
        """Return the point to tap."""
        return centre(self.box)
