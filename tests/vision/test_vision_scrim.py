"""The scrim fit on drawn pairs of screens whose truth is known."""

from functools import cache

import numpy as np
import pytest

from harness.events.box import overlap
from harness.vision.luma_thumbnails import view
from harness.vision.scrim import fit_views
from tests.drawn.changes import CHANGES
from tests.drawn.scene import SMALL, Scene, draw

SEEDS = range(20300, 20303)
POPUPS = ("alert", "permission", "consent", "input", "sheet", "list-sheet")
# What lies over a real scrim is right for the fit, and told apart in find_popup.
NEGATIVES = sorted(set(CHANGES) - {"drawer", "shade", "dimmed", "joined"})


@cache
def scenes(kind: str) -> list[Scene]:
    return [draw(kind, seed, SMALL[0], noise=False) for seed in SEEDS]


def test_scrims_are_found_and_other_changes_are_not():
    found = [fit_views(view(made.before), view(made.after)) for kind in POPUPS for made in scenes(kind) if made.alpha]
    hits = sum(fit is not None and fit.appeared for fit in found)
    false = [
        (kind, fit) for kind in NEGATIVES for made in scenes(kind) if (fit := fit_views(view(made.before), view(made.after))) is not None
    ]
    assert hits >= 0.92 * len(found)
    assert len(false) <= 0.01 * hits, false


def test_opacity_and_box_are_those_that_were_drawn():
    pairs = [(made, fit_views(view(made.before), view(made.after))) for kind in POPUPS for made in scenes(kind)]
    errors = [abs(fit.alpha - made.alpha) for made, fit in pairs if fit and made.alpha]
    overlaps = [overlap(fit.box, made.box) for made, fit in pairs if fit and fit.box and made.box]
    assert np.percentile(errors, 95) < 0.013
    assert np.mean(np.array(overlaps) > 0.8) > 0.9


@pytest.mark.parametrize("kind", ["alert", "sheet", "input"])
def test_a_scrim_that_goes_away_is_seen_going(kind):
    made = scenes(kind)[0]
    fit = fit_views(view(made.after), view(made.before))
    assert not fit.appeared
    assert fit.alpha == pytest.approx(made.alpha, abs=0.02)


def test_the_colour_of_a_tinted_scrim_is_given():
    page = scenes("same")[0].before
    tinted = np.rint(page * 0.5 + np.array((120, 60, 20)) * 0.5).astype(np.uint8)
    tinted[400:800, 80:460] = 250
    fit = fit_views(view(page), view(tinted))
    assert np.allclose(fit.colour, (20, 60, 120), atol=4)


@pytest.mark.parametrize("alpha", [0.09, 0.106, 0.12])
def test_a_sheet_that_hardly_darkens_its_page_is_seen(alpha):
    page = scenes("same")[1].before
    lowered = np.rint(page * (1 - alpha)).astype(np.uint8)
    lowered[700:] = 250
    fit = fit_views(view(page), view(lowered))
    assert fit.appeared
    assert fit.alpha == pytest.approx(alpha, abs=0.02)


def test_a_blank_page_needs_one_solid_card():
    blank = np.full((1600, 720, 3), 255, np.uint8)
    grey = np.full_like(blank, 102)
    assert fit_views(view(blank), view(grey)) is None
    grey[600:1000, 100:620] = 250
    fit = fit_views(view(blank), view(grey))
    assert fit.texture is None
    assert fit.alpha == pytest.approx(0.6, abs=0.01)


def test_noise_of_a_video_stream_does_not_hide_the_scrim():
    made = scenes("alert")[2]
    noise = np.random.default_rng(5).integers(-2, 3, made.after.shape)
    noisy = np.clip(made.after.astype(int) + noise, 0, 255).astype(np.uint8)
    fit = fit_views(view(made.before), view(noisy))
    assert overlap(fit.box or (0, 0, 1, 1), made.box or (0, 0, 1, 1)) > 0.75


def test_screens_of_different_sizes_have_no_fit():
    made = scenes("alert")[0]
    assert fit_views(view(made.before), view(made.after[:, :450])) is None
    assert fit_views(view(made.before), view(made.after[:750])) is None
