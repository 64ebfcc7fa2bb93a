"""Small pictures drawn by name on a 24 x 24 grid: the system's icons, as masks of one colour."""

from collections.abc import Callable
from functools import lru_cache

from PIL import Image, ImageDraw

GRID = 24
OVERSAMPLING = 4


class Stylus:
    """Draws white (``on``) or black strokes on a mask in grid units."""

    def __init__(self, mask: Image.Image) -> None:
        """Scale so that the shorter side of ``mask`` is the grid; the drawing is centred."""
        self._draw = ImageDraw.Draw(mask)
        self._scale = min(mask.size) / GRID
        self._dx = (mask.width - GRID * self._scale) / 2
        self._dy = (mask.height - GRID * self._scale) / 2

    def _at(self, *numbers: float) -> list[float]:
        shift = (self._dx, self._dy)
        return [number * self._scale + shift[n % 2] for n, number in enumerate(numbers)]

    def circle(self, x: float, y: float, radius: float, *, on: bool = True) -> None:
        self._draw.ellipse(self._at(x - radius, y - radius, x + radius, y + radius), fill=255 * on)

    def box(self, left: float, top: float, right: float, bottom: float, radius: float = 0, *, on: bool = True) -> None:
        """Fill a rectangle with rounded corners."""
        self._draw.rounded_rectangle(self._at(left, top, right, bottom), radius * self._scale, fill=255 * on)

    def polygon(self, *points: float, on: bool = True) -> None:
        """Fill a polygon of x, y, x, y ..."""
        self._draw.polygon(self._at(*points), fill=255 * on)

    def sector(self, y: float, radius: float, start: float, end: float) -> None:
        """Fill a pie slice about the middle; degrees clockwise from the right."""
        self._draw.pieslice(self._at(12 - radius, y - radius, 12 + radius, y + radius), start, end, fill=255)

    def arc(self, x: float, y: float, radius: float, start: float, end: float, width: float) -> None:
        """Stroke a part of a circle."""
        bounds = self._at(x - radius, y - radius, x + radius, y + radius)
        self._draw.arc(bounds, start, end, fill=255, width=max(1, round(width * self._scale)))

    def line(self, *points: float, width: float) -> None:
        """Stroke a line of x, y, x, y ..."""
        self._draw.line(self._at(*points), fill=255, width=max(1, round(width * self._scale)), joint="curve")


def _location(s: Stylus) -> None:
    s.circle(12, 9, 7)
    s.polygon(5.6, 11.7, 18.4, 11.7, 12, 22.5)
    s.circle(12, 9, 2.6, on=False)


def _camera(s: Stylus) -> None:
    s.box(2, 6, 22, 20, 2)
    s.polygon(7, 6, 9, 3.5, 15, 3.5, 17, 6)
    s.circle(12, 13, 5, on=False)
    s.circle(12, 13, 3.2)


def _microphone(s: Stylus) -> None:
    s.box(9, 2, 15, 14, 3)
    s.arc(12, 11, 7, 0, 180, 1.9)
    s.box(11.1, 17.5, 12.9, 22)


def _contacts(s: Stylus) -> None:
    s.circle(12, 8, 4.2)
    s.sector(22, 8.4, 180, 360)


def _phone(s: Stylus) -> None:
    s.box(6, 1, 18, 23, 2.5)
    s.box(7.8, 4.5, 16.2, 18.5, on=False)
    s.circle(12, 20.7, 1.1, on=False)


def _calendar(s: Stylus) -> None:
    s.box(3, 4, 21, 22, 2)
    s.box(5, 9.5, 19, 20, on=False)
    s.box(7, 2, 9, 6)
    s.box(15, 2, 17, 6)
    s.box(13, 14, 17, 18)


def _message(s: Stylus) -> None:
    s.box(2, 3, 22, 18, 2)
    s.polygon(2, 14, 2, 22.5, 8, 17)
    for y in (7, 10.2, 13.4):
        s.box(6, y, 18, y + 1.6, on=False)


def _bell(s: Stylus) -> None:
    s.sector(10.5, 6.2, 180, 360)
    s.box(5.8, 10, 18.2, 17)
    s.box(3.5, 16.5, 20.5, 18.6)
    s.circle(12, 4, 1.7)
    s.sector(19.5, 2.3, 0, 180)


def _image(s: Stylus) -> None:
    s.box(3, 3, 21, 21, 2)
    s.polygon(5.5, 17.5, 9.5, 12, 12.3, 15.4, 15.5, 10.6, 18.7, 17.5, on=False)


def _sensor(s: Stylus) -> None:
    s.circle(7.6, 8.6, 4.9)
    s.circle(16.4, 8.6, 4.9)
    s.polygon(3.2, 10.8, 20.8, 10.8, 12, 21.2)


def _nearby(s: Stylus) -> None:
    s.polygon(12, 2, 22, 12, 12, 22, 2, 12)
    s.polygon(12, 5.2, 18.8, 12, 12, 18.8, 5.2, 12, on=False)
    s.polygon(12, 8, 16, 12, 12, 16, 8, 12)


def _lock(s: Stylus) -> None:
    s.arc(12, 8, 5.4, 180, 360, 2)
    s.box(6.6, 8, 8.6, 11)
    s.box(15.4, 8, 17.4, 11)
    s.box(4, 10, 20, 22, 2)
    s.circle(12, 16, 2, on=False)


def _wifi(s: Stylus) -> None:
    s.sector(21, 18, 225, 315)


def _signal(s: Stylus) -> None:
    s.polygon(2, 21, 21, 21, 21, 2)


def _battery(s: Stylus) -> None:
    s.box(9, 1.5, 15, 5, 1)
    s.box(6, 3.5, 18, 22.5, 2)
    s.box(8, 5.5, 16, 9, on=False)


def _back(s: Stylus) -> None:
    s.polygon(5.5, 12, 18, 4, 18, 20)


def _home(s: Stylus) -> None:
    s.circle(12, 12, 8.4)


def _recent_apps(s: Stylus) -> None:
    s.box(4.6, 4.6, 19.4, 19.4, 1.5)


def _map_fine(s: Stylus) -> None:
    for points in ((0, 7, 24, 4), (0, 19, 24, 21), (7, 0, 5, 24), (18, 0, 20, 24)):
        s.line(*points, width=0.5)
    s.circle(12, 9.6, 4)
    s.polygon(8.3, 11.1, 15.7, 11.1, 12, 17.4)
    s.circle(12, 9.6, 1.5, on=False)


def _map_coarse(s: Stylus) -> None:
    for points in ((0, 9, 24, 7), (0, 17, 24, 18), (9, 0, 8, 24), (16, 0, 17, 24)):
        s.line(*points, width=0.5)
    s.arc(12, 12, 6.5, 0, 360, 0.9)


def _tick(s: Stylus) -> None:
    s.line(5, 12.5, 10, 17.5, 19.5, 7, width=2.6)


def _cross(s: Stylus) -> None:
    s.line(5, 5, 19, 19, width=2.2)
    s.line(19, 5, 5, 19, width=2.2)


_DRAWN: tuple[Callable[[Stylus], None], ...] = (
    _location, _camera, _microphone, _contacts, _phone, _calendar, _message, _bell, _image, _sensor, _nearby, _lock,
    _wifi, _signal, _battery, _back, _home, _recent_apps, _map_fine, _map_coarse, _tick, _cross,
)  # fmt: skip
GLYPHS = {draw.__name__.removeprefix("_"): draw for draw in _DRAWN}


@lru_cache(maxsize=128)
def glyph(name: str, width: int, height: int) -> Image.Image:
    """Mask ("L") of a named picture, ``width`` x ``height`` pixels; KeyError for an unknown name."""
    large = Image.new("L", (width * OVERSAMPLING, height * OVERSAMPLING), 0)
    GLYPHS[name](Stylus(large))
    return large.resize((width, height), Image.Resampling.BOX)
