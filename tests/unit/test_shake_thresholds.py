"""The search for an advert's thresholds: as exact as promised, in few motions, and the motions that may never jump."""

import itertools

import pytest

from harness.adverts.motion_thresholds import AMPLE, BELOW, LEAST, STANDARD, WITHIN, Motion, Thresholds, search, spoken

NAMES = ("acceleration", "angle", "seconds")
GRID = ((3.0, 8.0, 12.0, 15.0, 20.0, 27.0), (8.0, 20.0, 35.0, 60.0, 80.0), (0.5, 1.0, 2.0, 3.0, 3.3))
"""Thresholds of m/s², degrees and seconds: some far below the standard, its own, some above."""


def advert(wants: Motion, asked: list[Motion]):
    def jumps(motion: Motion) -> bool:
        asked.append(motion)
        return all(getattr(motion, name) >= getattr(wants, name) for name in NAMES)

    return jumps


def test_each_threshold_is_found_within_its_tolerance_by_twelve_motions() -> None:
    for wants in (Motion(*each) for each in itertools.product(*GRID)):
        asked: list[Motion] = []
        found = search(advert(wants, asked))
        assert len(asked) == 12, wants
        for name in NAMES:
            kept, jumped = getattr(found, name)
            low, within = kept or 0.0, 2 * getattr(WITHIN, name)
            assert low < getattr(wants, name) <= jumped <= (kept or getattr(LEAST, name)) + within, wants


def test_what_wants_nothing_of_a_quantity_is_found_at_its_least_and_nothing_was_kept() -> None:
    found = search(advert(Motion(12.0, 0.0, 0.0), []))
    assert found.seconds is not None
    assert found.angle.kept is None
    assert found.angle.jumped < 2 * WITHIN.angle
    assert found.seconds.jumped < 3 * WITHIN.seconds


def test_what_the_motions_below_the_standard_did_is_known() -> None:
    asked: list[Motion] = []
    assert search(advert(Motion(14.97, 34.5, 3.0), asked), below=(False, False, False)).acceleration == (14.0, 16.0)
    assert min(motion.acceleration for motion in asked) > 14.0


def test_where_time_is_up_or_the_advert_does_not_come_nothing_is_said() -> None:
    turns = iter([True] * 5 + [False] * 99)
    found = search(advert(Motion(10.0, 20.0, 1.0), []), lambda: next(turns))
    assert found.acceleration.jumped == pytest.approx(10.0, abs=2.0)
    assert (found.angle, found.seconds) == (None, None)
    assert search(lambda motion: None) == Thresholds(None, None, None)


def test_each_motion_below_the_standard_lacks_one_thing_alone() -> None:
    lacking = [[name for name in NAMES if getattr(motion, name) < getattr(STANDARD, name)] for motion in BELOW]
    assert lacking == [["acceleration"], ["angle"], ["seconds"]]
    assert all(getattr(AMPLE, name) > getattr(STANDARD, name) for name in NAMES)


def test_a_motion_is_spoken_by_its_numbers_or_its_name() -> None:
    assert list(spoken(Motion(14.5, 90, 4.0))) == ["14.5", "90", "4"]
    assert list(spoken(Motion(seconds=10.0, name="walk"))) == ["walk"]
