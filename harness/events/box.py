"""A box on the screen: (x, y, width, height) in pixels."""

from __future__ import annotations

Box = tuple[int, int, int, int]


def centre(box: Box) -> tuple[int, int]:
    """Return the point in the middle of a box: where a finger touches it."""
    x, y, width, height = box
    return x + width // 2, y + height // 2
