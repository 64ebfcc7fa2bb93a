"""Drawn screens: the same seed draws the same, and what they say of themselves is true of their pixels."""

import numpy as np
import pytest

from harness.vision.luma_thumbnails import changed, view
from tests.drawn.adverts import ADVERTS
from tests.drawn.cards import CARDS
from tests.drawn.changes import CHANGES
from tests.drawn.scene import KINDS, draw

SIZE = (540, 1200)


def test_the_same_seed_draws_the_same():
    one, other = draw("promo", 3), draw("promo", 3)
    assert np.array_equal(one.after, other.after)
    assert (one.box, one.close, one.confirm) == (other.box, other.close, other.confirm)
    assert not np.array_equal(one.after[:100], draw("promo", 4).after[:100])


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_truth(kind):
    made = draw(kind, 11, SIZE)
    assert made.before.shape == made.after.shape == (1200, 540, 3)
    assert made.popup == (kind in CARDS or kind in ADVERTS)
    assert (made.box is not None) == made.popup
    assert made.advert == (kind in ADVERTS)
    for box in (made.box, made.confirm, made.cancel, made.close):
        if box is not None:
            x, y, w, h = box
            assert min(w, h) > 5
            assert -w < x < 540
            assert -h < y < 1200


def test_a_card_changes_the_screen_inside_its_box():
    for kind in CARDS:
        made = draw(kind, 11, SIZE, noise=False)
        x, y, w, h = made.box
        assert changed(view(made.before).v, view(made.after).v)
        inside = np.abs(made.before[y : y + h, x : x + w].astype(int) - made.after[y : y + h, x : x + w]).max(axis=2)
        assert (inside > 8).mean() > 0.03, kind


def test_nothing_happens_in_a_scene_called_same():
    made = draw("same", 11, SIZE, noise=False)
    assert np.array_equal(made.before, made.after)
    assert set(CHANGES) > {"toast", "menu", "drawer", "shade", "keyboard", "picker", "banner", "browser"}
