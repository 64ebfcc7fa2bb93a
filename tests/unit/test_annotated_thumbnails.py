"""Pictures with boxes for the report."""

import cv2
import numpy as np
import pytest

from harness.vision.annotated_thumbnails import boxed, encode_png

RED = (220, 0, 0)


def decoded(data: bytes):
    return cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)


def test_the_picture_is_scaled_and_the_box_is_drawn_in_its_colour():
    frame = np.full((2400, 1080, 3), 128, np.uint8)
    picture = decoded(boxed(frame, [((200, 400, 600, 800), "", RED)]))
    assert picture.shape == (1200, 540, 3)
    blue, green, red = (int(n) for n in picture[400, 100])
    assert red > 170
    assert green < 60
    assert blue < 60
    assert abs(int(picture[400, 250][2]) - 128) < 12


def test_a_small_frame_is_not_enlarged():
    assert decoded(boxed(np.zeros((300, 200, 3), np.uint8), [])).shape == (300, 200, 3)


@pytest.mark.parametrize("box", [(-50, -50, 5000, 5000), (1079, 2399, 1, 1), (3000, 10, 5, 5)])
def test_boxes_past_the_picture_are_cut_at_its_edge(box):
    frame = np.zeros((2400, 1080, 3), np.uint8)
    assert decoded(boxed(frame, [(box, "PopupSeen 0.98", RED)])).shape == (1200, 540, 3)


def test_labels_are_ascii_and_the_bytes_are_the_same_each_time():
    frame = np.full((600, 400, 3), 30, np.uint8)
    once = boxed(frame, [((50, 100, 200, 200), "弹窗 popup" * 20, RED)])
    assert once == boxed(frame, [((50, 100, 200, 200), "弹窗 popup" * 20, RED)])
    assert once != boxed(frame, [((50, 100, 200, 200), "", RED)])


def test_a_picture_comes_back_without_loss():
    part = np.arange(256, dtype=np.uint8).repeat(48).reshape(64, 64, 3)[:, ::2]  # of another array
    assert (decoded(encode_png(part)) == part).all()
