"""One drawn scene by its kind and seed: the screen before, the screen after, and what is true of the second."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from tests.drawn.adverts import ADVERTS, NEAR_ADVERTS, advert, near_advert
from tests.drawn.canvas import Box, Canvas
from tests.drawn.cards import CARDS, lay, scrim_of
from tests.drawn.changes import CHANGES, change
from tests.drawn.pages import bars, page

KINDS = (*CARDS, *ADVERTS, *NEAR_ADVERTS, *CHANGES)
PORTRAIT = ((1080, 2400), (1080, 2340), (1080, 1920), (720, 1600), (720, 1280), (1440, 3200))
SMALL = ((540, 1200), (540, 1170), (540, 960), (540, 1200))
"""Half-sized screens: the detector sees the same plane, and they are drawn in a quarter of the time."""


@dataclass(frozen=True, slots=True)
class Scene:
    """``before`` and ``after`` are frames; everything else describes ``after``."""

    kind: str
    before: NDArray[np.uint8]
    after: NDArray[np.uint8]
    popup: bool
    box: Box | None = None
    alpha: float | None = None
    confirm: Box | None = None
    cancel: Box | None = None
    close: Box | None = None

    @property
    def advert(self) -> bool:
        return self.kind in ADVERTS


def draw(kind: str, seed: int, size: tuple[int, int] | None = None, *, noise: bool = True) -> Scene:
    """Draw a scene; ``size`` is of the seed's choice without one, sometimes landscape. The same seed draws the same."""
    canvas = Canvas(seed * 1009 + KINDS.index(kind), size or (1080, 2400))
    if size is None:
        chosen = canvas.choice(SMALL if canvas.chance(0.7) else PORTRAIT)
        flat = canvas.chance(0.08)
        canvas = Canvas(seed * 1009 + KINDS.index(kind), (chosen[1], chosen[0]) if flat else chosen)
    if kind in CARDS and canvas.chance(0.1):
        near_advert(canvas, canvas.choice(NEAR_ADVERTS))
    else:
        page(canvas)
    state = canvas.random.bit_generator.state
    bare = canvas.image.copy()
    bars(canvas)
    before = canvas.image.copy()
    laid, alpha = None, None
    if kind in CARDS:
        alpha = scrim_of(canvas, kind)
        lit = canvas.chance(0.75)
        if alpha:
            # The bars are windows of their own, which a dialog does not dim; some phones dim them with the page.
            canvas.image = bare if lit else canvas.image
            canvas.scrim(alpha, (40, 25, 15) if canvas.chance(0.08) else (0, 0, 0))
        laid = lay(canvas, kind, alpha)
        if alpha and lit:
            later = canvas.random.bit_generator.state
            canvas.random.bit_generator.state = state
            bars(canvas, light=True)
            canvas.random.bit_generator.state = later
    elif kind in ADVERTS:
        laid = advert(canvas, kind)
        if canvas.chance(0.6):
            bars(canvas, opaque=0.0)
    elif kind in NEAR_ADVERTS:
        near_advert(canvas, kind)
        bars(canvas, opaque=0.0)
    else:
        change(canvas, kind)
    after = canvas.image
    if laid is not None and kind in CARDS and canvas.chance(0.05):
        after = cv2.addWeighted(before, 0.25, after, 0.75, 0)  # still fading in
    if noise:
        before, after = _noisy(canvas, before), _noisy(canvas, after)
    as_frame = [np.ascontiguousarray(np.asarray(image, np.uint8)) for image in (before, after)]
    if laid is None:
        return Scene(kind, *as_frame, False)
    return Scene(kind, *as_frame, True, laid.box, alpha, laid.confirm, laid.cancel, laid.close)


def _noisy(canvas: Canvas, image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A screenshot as it is, through JPEG, or as a frame of an H.264 film, whose blocks and colours are coarser."""
    kind = canvas.number(0, 10)
    if kind < 5:
        return image
    if kind < 8:
        quality = canvas.number(55, 97)
        encoded = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
        return np.asarray(cv2.imdecode(encoded, cv2.IMREAD_COLOR), np.uint8)
    return _filmed(image, canvas.number(22, 60), canvas.chance(0.5))


def _filmed(image: NDArray[np.uint8], quality: int, limited: bool) -> NDArray[np.uint8]:
    """What a film's key frame does to a picture: colours at half size, coarse blocks smoothed at their edges."""
    options = [cv2.IMWRITE_JPEG_QUALITY, quality, cv2.IMWRITE_JPEG_SAMPLING_FACTOR, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420]
    coarse = cv2.imdecode(cv2.imencode(".jpg", image, options)[1], cv2.IMREAD_COLOR)
    smooth = cv2.bilateralFilter(coarse, 5, 14, 2)
    if limited:  # the short range of levels, taken for the whole one and back: a level or two is lost
        smooth = np.rint(np.rint(smooth * (219 / 255)) * (255 / 219)).clip(0, 255)
    return np.asarray(smooth, np.uint8)
