"""The peaks of the motions of daily life are those of the model that makes them."""

import math

import pytest

from device_farm.virtual.framework.hardware import motions
from harness.adverts import motion_thresholds
from harness.detectors.daily_motions import DAILY

SECONDS = 10.0


@pytest.mark.parametrize("name", motion_thresholds.DAILY)
def test_the_peak_is_that_of_the_model(name: str) -> None:
    _usual, pose, _stays = motions.DAILY[name]
    trace = pose((0.0, 0.0), SECONDS)
    peak = max(math.hypot(*trace(number / 1000)[2]) for number in range(int(SECONDS * 1000)))
    assert DAILY[name].peak == pytest.approx(peak, abs=0.06)


def test_every_motion_that_is_tried_has_a_name() -> None:
    assert set(DAILY) == set(motion_thresholds.DAILY)
