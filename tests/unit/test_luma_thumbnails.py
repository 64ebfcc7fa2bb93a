"""Planes: the size, V, the letterbox, the gate for unchanged frames; boxes on them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.events.box import Box, area, centre, contains, encloses, intersection, overlap, union
from harness.vision.luma_thumbnails import changed, view
from tests.drawn.scene import SMALL, draw


def test_a_plane_is_every_fourth_pixel_of_the_brightest_channel():
    frame = np.zeros((2400, 1080, 3), np.uint8)
    frame[...] = (10, 20, 230)
    screen = view(frame)
    assert (screen.stride, screen.v.shape) == (4, (600, 270))
    assert (screen.v == 230).all()
    assert screen.full_box(1, 2, 3, 4) == (4, 8, 12, 16)


def test_black_rows_below_a_shorter_screen_are_cut_off():
    frame = np.full((2340, 1080, 3), 200, np.uint8)
    frame[1920:] = 2
    assert view(frame).height == 480


def test_a_black_page_keeps_its_height():
    assert view(np.zeros((1600, 720, 3), np.uint8)).height == 533


def test_a_clock_digit_is_no_change_and_a_toast_is_one():
    made = draw("toast", 20300, SMALL[0], noise=False)
    before = view(made.before).v
    ticked = made.before.copy()
    ticked[10:34, 32:56] = 255 - ticked[10:34, 32:56]
    assert not changed(before, view(ticked).v)
    assert changed(before, view(made.after).v)
    assert changed(before, before[:-1])


@pytest.mark.parametrize(
    "array",
    [np.zeros((100, 100), np.uint8), np.zeros((100, 100, 4), np.uint8), np.zeros((100, 100, 3)), np.zeros((4, 90, 3), np.uint8)],
    ids=["grey", "four channels", "floats", "too small"],
)
def test_what_is_not_a_frame_is_refused(array):
    with pytest.raises(ValueError, match="a frame is"):
        view(array)


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
