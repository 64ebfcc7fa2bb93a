"""Fills, text and masks on an RGB image, with antialiased corners and true alpha blending."""

from collections.abc import Iterator
from functools import lru_cache

from PIL import Image, ImageDraw

from device_farm.virtual.framework.records.system_records import Rect
from device_farm.virtual.screen import fonts
from device_farm.virtual.screen.view_layout import empty, intersect
from device_farm.virtual.vocabulary.pen import colour as parse_colour

Corners = tuple[int, int, int, int]
SQUARE: Corners = (0, 0, 0, 0)
BOLD_STROKE = 0.55  # of a pixel for each 40 pixels of text: the medium weight that the font lacks


@lru_cache(maxsize=64)
def _corner(radius: int) -> Image.Image:
    """Top left quarter of a disc, as a mask of ``radius`` x ``radius`` pixels."""
    large = Image.new("L", (radius * 4, radius * 4), 0)
    ImageDraw.Draw(large).ellipse((0, 0, radius * 8 - 1, radius * 8 - 1), fill=255)
    return large.resize((radius, radius), Image.Resampling.BOX)


@lru_cache(maxsize=64)
def rounded(width: int, height: int, corners: Corners) -> Image.Image:
    """Mask of a rectangle with the radii ``corners`` (top left, top right, bottom right, bottom left)."""
    mask = Image.new("L", (width, height), 255)
    limit = min(width, height) // 2
    turns = (None, Image.Transpose.ROTATE_270, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_90)
    for n, (radius, turn) in enumerate(zip(corners, turns, strict=True)):
        size = min(radius, limit)
        if size > 0:
            quarter = _corner(size) if turn is None else _corner(size).transpose(turn)
            mask.paste(quarter, (width - size if n in (1, 2) else 0, height - size if n in (2, 3) else 0))
    return mask


class Painter:
    """Draws on one image; nothing outside the image or the ``clip`` given is touched."""

    def __init__(self, image: Image.Image) -> None:
        """Draw on ``image`` (RGB), in place."""
        self.image = image
        self.area = Rect(0, 0, image.width, image.height)

    def fill(self, rect: Rect, colour: str, clip: Rect, corners: Corners = SQUARE) -> None:
        """Blend a rectangle of "#AARRGGBB" over what is there."""
        red, green, blue, alpha = parse_colour(colour)
        seen = intersect(intersect(rect, clip), self.area)
        if alpha == 0 or empty(seen):
            return
        if not any(corners):
            if alpha == 255:
                self.image.paste((red, green, blue), seen)
            else:
                size = (seen.right - seen.left, seen.bottom - seen.top)
                self.image.paste((red, green, blue), seen, Image.new("L", size, alpha))
            return
        reach = max(corners)  # beyond what is seen, a larger rectangle is no different
        rect = intersect(rect, Rect(seen.left - reach, seen.top - reach, seen.right + reach, seen.bottom + reach))
        mask = rounded(rect.right - rect.left, rect.bottom - rect.top, corners)
        self.stencil(mask, rect, (red, green, blue), clip, alpha)

    def stencil(self, mask: Image.Image, rect: Rect, rgb: tuple[int, int, int], clip: Rect, alpha: int = 255) -> None:
        """Blend one colour through ``mask``, which lies at the top left of ``rect``."""
        seen = intersect(intersect(rect, clip), self.area)
        if empty(seen):
            return
        part = mask
        if seen != rect:
            left, top = seen.left - rect.left, seen.top - rect.top
            part = mask.crop((left, top, left + seen.right - seen.left, top + seen.bottom - seen.top))
        if alpha < 255:
            part = part.point([value * alpha // 255 for value in range(256)])
        self.image.paste(rgb, seen, part)

    def picture(self, picture: Image.Image, rect: Rect, clip: Rect) -> None:
        """Blend an RGBA picture, scaled to ``rect``."""
        seen = intersect(intersect(rect, clip), self.area)
        if empty(seen):
            return
        scaled = picture.resize((rect.right - rect.left, rect.bottom - rect.top), Image.Resampling.BILINEAR)
        left, top = seen.left - rect.left, seen.top - rect.top
        part = scaled.crop((left, top, left + seen.right - seen.left, top + seen.bottom - seen.top))
        self.image.paste(part.convert("RGB"), seen, part.getchannel("A"))

    def text(
        self, text: str, x: float, middle: float, size: int, colour: str, clip: Rect, *, align: str = "start", bold: bool = False
    ) -> None:
        """Draw one line; ``x`` is its left, middle or right edge as ``align`` says, ``middle`` its vertical middle."""
        width = fonts.width(text, size)
        left = x - {"start": 0.0, "center": width / 2, "end": width}[align]
        red, green, blue, alpha = parse_colour(colour)
        half = size * 0.75
        bounds = Rect(int(left) - 2, int(middle - half), int(left + width) + 3, int(middle + half) + 1)
        seen = intersect(intersect(bounds, clip), self.area)
        if not text.strip() or empty(seen):
            return
        mask = Image.new("L", (seen.right - seen.left, seen.bottom - seen.top), 0)
        ImageDraw.Draw(mask).text(
            (left - seen.left, middle - seen.top),
            text,
            font=fonts.font(size),
            fill=alpha,
            anchor="lm",
            stroke_width=BOLD_STROKE * size / 40 if bold else 0,
        )
        self.image.paste((red, green, blue), seen, mask)

    def lines(self, lines: tuple[str, ...], rect: Rect, size: int, colour: str, clip: Rect, *, align: str, bold: bool) -> None:
        """Draw wrapped lines in the vertical middle of ``rect``."""
        slack = size // 6  # descenders may reach below the line's own place
        clip = Rect(clip.left, clip.top - slack, clip.right, clip.bottom + slack)
        for line, middle in _middles(lines, rect, size):
            x = {"start": rect.left, "center": (rect.left + rect.right) / 2, "end": rect.right}[align]
            self.text(line, x, middle, size, colour, clip, align=align, bold=bold)

    def dim(self, amount: float) -> None:
        """Blend black of opacity ``amount`` over everything, as the window manager's dim layer does."""
        keep = 1.0 - min(1.0, max(0.0, amount))
        table = [round(value * keep) for value in range(256)]
        self.image.paste(self.image.point(table * 3))


def _middles(lines: tuple[str, ...], rect: Rect, size: int) -> Iterator[tuple[str, float]]:
    step = fonts.line_height(size)
    top = (rect.top + rect.bottom - step * len(lines)) / 2
    for n, line in enumerate(lines):
        yield line, top + step * (n + 0.5)
