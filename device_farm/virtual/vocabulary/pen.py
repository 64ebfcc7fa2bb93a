"""The pen that draws a Canvas, as ``draw(pen)`` gets it, and colours as Android writes them."""

import math
import struct
import sys
import zlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path


def colour(text: str) -> tuple[int, int, int, int]:
    """Red, green, blue, alpha of "#RRGGBB" or "#AARRGGBB" (android.graphics.Color.parseColor); ValueError otherwise."""
    digits = text.removeprefix("#")
    if not text.startswith("#") or len(digits) not in (6, 8):
        raise ValueError(f"a colour is #RRGGBB or #AARRGGBB, not {text!r}")
    try:
        value = int(digits, 16)
    except ValueError:
        raise ValueError(f"a colour is #RRGGBB or #AARRGGBB, not {text!r}") from None
    alpha = value >> 24 if len(digits) == 8 else 255
    return (value >> 16) & 255, (value >> 8) & 255, value & 255, alpha


def checked_colour(text: str) -> str:
    """``text`` itself, if it is a colour."""
    colour(text)
    return text


@dataclass(frozen=True, slots=True)
class PenRect:
    """A filled rectangle; coordinates from the top left of the canvas, in pixels."""

    left: float
    top: float
    right: float
    bottom: float
    colour: str
    radius: float


@dataclass(frozen=True, slots=True)
class PenText:
    """A line of text; ``x`` is its left, middle or right as ``align`` says, ``y`` its top."""

    text: str
    x: float
    y: float
    size: float
    colour: str
    align: str


MAX_STROKES = 20_000  # a canvas that draws without end must not fill the memory


class Pen:
    """The pen that ``draw(pen)`` of a Canvas gets. ``width`` and ``height`` are the canvas's, in pixels."""

    def __init__(self, width: int, height: int) -> None:
        """Start with nothing drawn."""
        self.width, self.height = width, height
        self.strokes: list[PenRect | PenText] = []

    def rect(self, left: float, top: float, right: float, bottom: float, *, colour: str = "#FF000000", radius: float = 0) -> None:
        """Fill a rectangle, with rounded corners where ``radius`` is above 0."""
        _finite(left, top, right, bottom, radius)
        self._add(PenRect(left, top, right, bottom, checked_colour(colour), radius))

    def text(self, text: str, x: float, y: float, *, size: float = 42, colour: str = "#FF000000", align: str = "left") -> None:
        """Draw one line of text of ``size`` pixels; ``align`` is left, center or right."""
        if align not in ("left", "center", "right"):
            raise ValueError(f"align is left, center or right, not {align!r}")
        _finite(x, y, size)
        self._add(PenText(str(text), x, y, size, checked_colour(colour), align))

    def _add(self, stroke: PenRect | PenText) -> None:
        if len(self.strokes) >= MAX_STROKES:
            raise ValueError(f"a canvas draws at most {MAX_STROKES} strokes")
        self.strokes.append(stroke)


def _finite(*lengths: float) -> None:
    for length in lengths:
        if not math.isfinite(length):
            raise ValueError(f"a length is a number of pixels, not {length!r}")


SIDE = 144  # pixels of a launcher icon at this density (48 dp)
MAX_BYTES = 1 << 20
_MAGIC = b"\x89PNG\r\n\x1a\n"


def folder_of(app: type[object]) -> Path:
    """Where the file is that an App class stands in."""
    return Path(getattr(sys.modules.get(app.__module__), "__file__", None) or ".").parent


def icon_png(source: str, folder: Path) -> bytes:
    """The PNG of an icon; raises ValueError for what is neither a colour nor a PNG file."""
    if not source:
        return b""
    if source.startswith("#"):
        return _square(source)
    try:
        data = (folder / source).read_bytes()
    except (OSError, ValueError):
        raise ValueError(f"icon: not a colour, and no file that can be read: {source!r}") from None
    if not data.startswith(_MAGIC) or len(data) > MAX_BYTES:
        raise ValueError(f"icon: not a PNG of at most {MAX_BYTES >> 20} MiB: {source!r}")
    return data


@lru_cache(maxsize=64)
def _square(word: str) -> bytes:
    red, green, blue, _alpha = colour(word)
    row = b"\0" + bytes((red, green, blue)) * SIDE
    parts = ((b"IHDR", struct.pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0)), (b"IDAT", zlib.compress(row * SIDE)), (b"IEND", b""))
    return _MAGIC + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
