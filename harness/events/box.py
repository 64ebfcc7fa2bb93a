"""Boxes: x, y, width and height in pixels, of a view, a control, a card, or a line in a picture."""

from collections.abc import Iterable

Box = tuple[int, int, int, int]


def area(box: Box) -> int:
    return box[2] * box[3]


def centre(box: Box) -> tuple[int, int]:
    x, y, width, height = box
    return x + width // 2, y + height // 2


def contains(box: Box, point: tuple[int, int]) -> bool:
    x, y, width, height = box
    return x <= point[0] < x + width and y <= point[1] < y + height


def encloses(outer: Box, inner: Box) -> bool:
    """Whether the whole of one box lies in another."""
    return union((outer, inner)) == outer


def intersection(one: Box, other: Box) -> Box:
    """Return the part that two boxes have in common, without extent where they have none."""
    left, top = max(one[0], other[0]), max(one[1], other[1])
    right, bottom = min(one[0] + one[2], other[0] + other[2]), min(one[1] + one[3], other[1] + other[3])
    return left, top, max(0, right - left), max(0, bottom - top)


def overlap(one: Box, other: Box) -> float:
    """Return the intersection of two boxes as a share of their union, 0 to 1."""
    shared = area(intersection(one, other))
    return shared / (area(one) + area(other) - shared) if shared else 0.0


def union(boxes: Iterable[Box]) -> Box:
    """Return the smallest box around all boxes, without extent for none."""
    found = tuple(boxes)
    if not found:
        return 0, 0, 0, 0
    left, top = min(box[0] for box in found), min(box[1] for box in found)
    right, bottom = max(box[0] + box[2] for box in found), max(box[1] + box[3] for box in found)
    return left, top, right - left, bottom - top
