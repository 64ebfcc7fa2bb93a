"""Controls of pop-ups from pixels: their role, their size in dp and how far they stand out."""

import numpy as np
import pytest

from harness.vision.contrast import ink_height
from harness.vision.popup_controls import ControlRole, contrast_of, find_controls
from tests.drawn.scene import draw


def plain(level: int = 255) -> np.ndarray:
    return np.full((2400, 1080, 3), level, np.uint8)


def near(one, other, pixels=24):
    centres = [(x + w / 2, y + h / 2) for x, y, w, h in (one, other)]
    return all(abs(a - b) <= pixels for a, b in zip(*centres, strict=True))


@pytest.mark.parametrize(("mark", "ground", "ratio"), [(0, 255, 21.0), (255, 0, 21.0), (119, 255, 4.48), (200, 200, 1.0)])
def test_contrast_is_that_of_wcag(mark, ground, ratio):
    frame = plain(ground)
    frame[200:220, 300:340] = mark
    assert contrast_of(frame, (300, 200, 40, 20)) == pytest.approx(ratio, abs=0.02)


def test_a_thin_mark_counts_as_much_as_a_thick_one():
    frame = plain()
    frame[200:260, 330:333] = 119
    assert contrast_of(frame, (300, 200, 60, 60)) == pytest.approx(4.48, abs=0.02)


def test_what_lies_beside_a_mark_is_no_part_of_it():
    frame = plain()
    frame[100:300, 200:350] = 119  # a picture on which most of the mark lies
    frame[220:226, 310:352] = 100
    assert contrast_of(frame, (300, 200, 52, 52)) == pytest.approx(1.33, abs=0.05)
    frame[198:254, 298:302] = 0  # a stroke along the left side, but for its ends
    frame[198:214, 298:302] = frame[238:254, 298:302] = 119
    assert contrast_of(frame, (300, 200, 52, 52)) == pytest.approx(4.7, abs=0.3)


def test_a_mark_on_a_plate_that_goes_on_beside_its_box_is_told_from_the_plate():
    frame = plain()
    frame[200:500, 300:400] = 0
    frame[240:246, 320:380] = 255
    assert contrast_of(frame, (300, 200, 100, 100)) == 21.0


def test_at_the_edge_of_the_screen_a_mark_is_not_its_own_surround():
    frame = plain()
    frame[216:312, 984:1080] = 97  # a filled square without strokes
    assert contrast_of(frame, (984, 216, 96, 96)) == pytest.approx(6.2, abs=0.1)


def test_a_box_off_the_frame_has_no_contrast():
    assert contrast_of(plain(), (2000, 100, 40, 40)) is None


@pytest.mark.parametrize("seed", range(20300, 20304))
def test_the_filled_button_of_a_dialog_confirms(seed):
    made = draw("consent", seed, (1080, 2400), noise=False)
    found = [control for control in find_controls(made.after, made.box) if control.role is ControlRole.CONFIRM]
    assert len(found) == 1
    assert near(found[0].box, made.confirm)
    assert found[0].dp == pytest.approx(made.confirm[3] / 3, abs=1)
    assert found[0].source == "pixels"


def test_a_density_gives_the_size_in_its_dp():
    made = draw("consent", 20301, (1080, 2400), noise=False)
    (confirm,) = (c for c in find_controls(made.after, made.box, density=1.5) if c.role is ControlRole.CONFIRM)
    assert confirm.dp == pytest.approx(made.confirm[3] / 1.5, abs=2)


@pytest.mark.parametrize("box", [(5000, 0, 10, 10), (0, -500, 300, 200), (0, 0, 0, 0)])
def test_a_box_off_the_screen_has_no_controls(box):
    assert find_controls(plain(), box) == ()


def test_the_height_of_words_is_that_of_their_ink() -> None:
    frame = np.full((200, 400, 3), 250, np.uint8)
    for top in (60, 112):  # two lines of 28 rows in one padded box
        frame[top : top + 28, 50:350:7] = 90
    assert ink_height(frame, (40, 50, 320, 100)) == 28
    assert ink_height(frame, (40, 150, 320, 40)) is None
