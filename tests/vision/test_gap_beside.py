"""A gap beside a painted button lies on the ground round its face, never on the face."""

import cv2
import numpy as np
import pytest

from harness.adverts.painted_faces import gap_beside
from harness.events import AdvertControl, AdvertKind, ControlRole
from harness.events.box import contains
from harness.pages.adverts import Advert
from harness.vision.ocr import TextLine

CARD = (100, 500, 880, 900)
WORDS = (420, 1250, 240, 72)
PILL = (270, 1200, 540, 170)


def frame(*, pill: tuple[int, int, int] | None, outlined: bool = False, photo: bool = False, two: bool = False) -> np.ndarray:
    shown = np.full((2400, 1080, 3), 30, np.uint8)
    x, y, wide, high = CARD
    shown[y : y + high, x : x + wide] = (222, 240, 254)
    if photo:
        noise = np.random.default_rng(7).integers(0, 256, (high // 20, wide // 20, 3), np.uint8)
        shown[y : y + high, x : x + wide] = cv2.resize(noise, (wide, high), interpolation=cv2.INTER_NEAREST)
    left, top, width, height = PILL
    if pill is not None:
        shown[top : top + height, left : left + width] = pill
    if two:
        shown[top : top + height, left : left + 110] = (0, 0, 90)
    if outlined:
        cv2.rectangle(shown, (left, top), (left + width, top + height), (12, 54, 191), 6)
    for stroke in range(WORDS[0] + 10, WORDS[0] + WORDS[2] - 10, 24):
        shown[WORDS[1] + 8 : WORDS[1] + WORDS[3] - 8, stroke : stroke + 8] = (12, 54, 191) if pill is None else (255, 255, 255)
    return shown


def advert(box: tuple[int, int, int, int]) -> Advert:
    button = AdvertControl(ControlRole.OPEN, "查看详情", box, "pixels", 27.0)
    picture = AdvertControl(ControlRole.PICTURE, "", (100, 600, 880, 250), "pixels", 90.0)
    return Advert(slot="card", kind=AdvertKind.INTERSTITIAL, box=CARD, words="查看详情", controls=(button, picture))


@pytest.mark.parametrize("box", [WORDS, PILL])
@pytest.mark.parametrize("outlined", [False, True])
def test_it_is_beside_the_face_whether_its_words_or_its_face_were_read(box: tuple[int, int, int, int], *, outlined: bool) -> None:
    shown = frame(pill=None if outlined else (12, 54, 191), outlined=outlined)
    found = gap_beside(advert(box), shown, [TextLine("查看详情", WORDS, 1.0)])
    assert contains(CARD, found.at)
    assert not contains(PILL, found.at)


@pytest.mark.parametrize(
    "shown",
    [
        pytest.param(frame(pill=None), id="bare words"),
        pytest.param(frame(pill=(12, 54, 191), photo=True), id="a photo round it"),
        pytest.param(frame(pill=(12, 54, 191), photo=True, two=True), id="two colours on a photo"),
    ],
)
def test_none_where_the_picture_does_not_tell_where_the_button_ends(shown: np.ndarray) -> None:
    assert gap_beside(advert(WORDS), shown, ()) is None


def test_a_button_of_two_colours_is_not_touched_on_its_other_half() -> None:
    found = gap_beside(advert(WORDS), frame(pill=(12, 54, 191), two=True), ())
    assert found is None or not contains(PILL, found.at)
