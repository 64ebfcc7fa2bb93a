"""Picture files that an app shows, read once and bounded."""

from functools import lru_cache
from pathlib import Path

from PIL import Image, UnidentifiedImageError

MAX_PIXELS = 24_000_000  # a picture larger than this is not decoded


def is_picture(path: Path) -> bool:
    """Whether the file begins as a picture that can be shown; its pixels are not read."""
    try:
        with Image.open(path) as opened:
            return opened.width * opened.height <= MAX_PIXELS
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError):
        return False


@lru_cache(maxsize=32)
def picture(path: Path) -> Image.Image | None:
    """The picture as RGBA; None where the file is no picture or too large."""
    try:
        with Image.open(path) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                return None
            return opened.convert("RGBA")
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError):
        return None


def picture_size(path: Path) -> tuple[int, int] | None:
    """Width and height in pixels; None where there is no picture."""
    found = picture(path)
    return None if found is None else found.size
