"""The arithmetic of boxes, held against the pixels that they have."""

from hypothesis import given
from hypothesis import strategies as st

from harness.events.box import Box, area, centre, contains, encloses, intersection, overlap, union

BOXES = st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(1, 5), st.integers(1, 5))


def pixels(box: Box) -> set[tuple[int, int]]:
    return {(x, y) for x in range(box[0], box[0] + box[2]) for y in range(box[1], box[1] + box[3])}


@given(BOXES, BOXES)
def test_boxes_are_as_their_pixels(one: Box, other: Box) -> None:
    mine, yours = pixels(one), pixels(other)
    assert area(one) == len(mine)
    assert all(contains(one, point) for point in mine)
    assert not any(contains(one, point) for point in yours - mine)
    assert centre(one) in mine
    assert pixels(intersection(one, other)) == mine & yours
    assert encloses(one, other) == (yours <= mine)
    assert overlap(one, other) == len(mine & yours) / len(mine | yours)
    assert mine | yours <= pixels(union((one, other)))
    assert union(()) == (0, 0, 0, 0)
