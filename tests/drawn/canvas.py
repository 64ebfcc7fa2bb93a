"""A seeded canvas in dp: rounded faces, shadows, words, icons and pictures, in a theme of the seed's choice."""

from functools import cache
from typing import Any

import cv2
import numpy as np
from PIL import ImageFont
from pylopdf_fonts_zh_cn import sans_path, serif_path

Image = Any  # a (h, w, 3) uint8 array in B, G, R order; cv2's own annotations are looser than ours
Colour = tuple[int, int, int]
Box = tuple[int, int, int, int]

HAN = (
    "风云山水花木石月星河海鱼鸟虫草春夏秋冬雨雪光影日夜东西南北中大小多少高低远近新旧红黄蓝绿白黑金银铜铁土火田园路桥门窗灯书画琴棋诗酒茶米"
    "面果菜豆瓜梨桃杏枣林森江湖泉溪谷峰岭岛洲城村镇街巷楼台亭阁塔寺庙殿堂室厅房屋舍馆店铺市场"
)
SYLLABLES = ("ka", "lo", "mi", "ren", "tu", "so", "vel", "dar", "pin", "quo", "ne", "fa", "zor", "el", "bim", "ta", "wy", "ond")


@cache
def font(size: int, serif: bool) -> ImageFont.FreeTypeFont:
    """The project's own font in pixels."""
    return ImageFont.truetype(str(serif_path() if serif else sans_path()), size)


class Canvas:
    """A picture of one screen; ``d`` is how many pixels a dp has there."""

    def __init__(self, seed: int, size: tuple[int, int] = (1080, 2400)) -> None:
        self.random = np.random.default_rng(seed)
        self.width, self.height = size
        self.d = min(size) / float(self.random.choice([360, 360, 393, 411]))
        self.dark = self.chance(0.32)
        self.serif = self.chance(0.06)
        self.latin = self.chance(0.4)
        hue = self.number(0, 180)
        self.accent = self.hsv(hue, self.number(90, 255), self.number(120, 255))
        tint = self.choice([0, 0, 0, 6, 14, 24])
        if self.dark:
            level = self.choice([0, 0, 10, 18, 18, 28, 33, 42])
            self.paper = self.hsv(hue, tint * 3, level)
            self.face = self.hsv(hue, tint * 3, level + self.number(8, 34))
            self.ink, self.faint = (self.number(215, 256),) * 3, (self.number(110, 170),) * 3
        else:
            level = self.choice([255, 255, 255, 250, 245, 242, 238, 230])
            self.paper = self.hsv(hue, tint, level)
            self.face = self.hsv(hue, tint // 2, 255 if level < 250 else self.number(238, 256))
            self.ink, self.faint = (self.number(0, 70),) * 3, (self.number(110, 175),) * 3
        self.image: Image = np.full((self.height, self.width, 3), self.paper, np.uint8)

    # chance

    def chance(self, share: float) -> bool:
        return bool(self.random.random() < share)

    def number(self, low: float, high: float) -> int:
        return int(self.random.uniform(low, high))

    def choice(self, of: Any) -> Any:
        return of[int(self.random.integers(len(of)))]

    def dp(self, low: float, high: float | None = None) -> int:
        """So many dp in pixels, or a number of pixels between two dp."""
        return max(1, round((low if high is None else float(self.random.uniform(low, high))) * self.d))

    # colours

    def hsv(self, hue: int, saturation: int, value: int) -> Colour:
        pixel = np.array([[[hue % 180, min(255, saturation), min(255, value)]]], np.uint8)
        blue, green, red = cv2.cvtColor(pixel, cv2.COLOR_HSV2BGR)[0, 0]
        return int(blue), int(green), int(red)

    def vivid(self) -> Colour:
        return self.hsv(self.number(0, 180), self.number(110, 255), self.number(130, 256))

    def rule(self) -> Colour:
        """The colour of a hairline on the page."""
        return self.mixed(self.paper, self.ink, 0.12)

    @staticmethod
    def mixed(one: Colour, other: Colour, share: float) -> Colour:
        b, g, r = (round(a + (c - a) * share) for a, c in zip(one, other, strict=True))
        return b, g, r

    @staticmethod
    def on(ground: Colour) -> Colour:
        """White or black, whichever reads better."""
        return (250, 250, 250) if 0.114 * ground[0] + 0.587 * ground[1] + 0.299 * ground[2] < 150 else (20, 20, 20)

    # faces

    def mask(self, w: int, h: int, radius: int, corners: str = "all") -> Any:
        """A rounded rectangle, smooth at its corners; ``corners`` may be ``top`` for a sheet."""
        mask = np.zeros((h, w), np.uint8)
        radius = max(0, min(radius, w // 2, h // 2))
        cv2.rectangle(mask, (radius, 0), (w - radius - 1, h - 1), 255, -1)
        cv2.rectangle(mask, (0, radius), (w - 1, h - radius - 1), 255, -1)
        if radius:
            for cx in (radius, w - radius - 1):
                for cy in (radius, h - radius - 1):
                    cv2.circle(mask, (cx, cy), radius, 255, -1, cv2.LINE_AA)
        if corners == "top":
            mask[h // 2 :] = 255
        return mask

    def fill(self, box: Box, colour: Any, radius: int = 0, *, alpha: float = 1.0, corners: str = "all") -> None:
        """Lay a face, of one colour or of a picture, over the image; what is off the screen is cut."""
        x, y, w, h = box
        if w < 2 or h < 2:
            return
        left, top, right, bottom = max(0, x), max(0, y), min(self.width, x + w), min(self.height, y + h)
        if right <= left or bottom <= top:
            return
        target = self.image[top:bottom, left:right]
        plain = isinstance(colour, tuple)
        if radius <= 0 and alpha >= 1:
            target[:] = colour if plain else colour[top - y : bottom - y, left - x : right - x]
            return
        mask = self.mask(w, h, radius, corners)[top - y : bottom - y, left - x : right - x]
        self._blend(target, colour if plain else colour[top - y : bottom - y, left - x : right - x], mask, alpha)

    @staticmethod
    def _blend(target: Any, colour: Any, mask: Any, alpha: float) -> None:
        share = (mask.astype(np.float32) * (alpha / 255))[:, :, None]
        over = np.asarray(colour, np.float32)
        target[:] = np.rint(target * (1 - share) + over * share).astype(np.uint8)

    def outline(self, box: Box, colour: Colour, radius: int = 0, wide: int = 1) -> None:
        """A rounded outline: the face of that colour, and what was there laid over it again, a line smaller."""
        x, y, w, h = box
        if x < 0 or y < 0 or x + w > self.width or y + h > self.height or w < 6 or h < 6:
            return
        inner = self.image[y + wide : y + h - wide, x + wide : x + w - wide].copy()
        self.fill(box, colour, radius)
        self.fill((x + wide, y + wide, w - 2 * wide, h - 2 * wide), inner, max(0, radius - wide))

    def shadow(self, box: Box, radius: int, strength: float, size: int) -> None:
        """The soft shadow that a raised face casts, lower than the face."""
        x, y, w, h = box
        reach = 3 * size
        left, top = max(0, x - reach), max(0, y - reach + size)
        right, bottom = min(self.width, x + w + reach), min(self.height, y + h + reach + size)
        if right <= left or bottom <= top:
            return
        mask = np.zeros((bottom - top, right - left), np.uint8)
        inner = np.s_[max(0, y + size - top) : y + size - top + h, max(0, x - left) : x - left + w]
        mask[inner] = 255
        mask = cv2.GaussianBlur(mask, (0, 0), max(1.0, size / 1.2))
        self._blend(self.image[top:bottom, left:right], (0, 0, 0), mask, strength)

    def scrim(self, alpha: float, colour: Colour = (0, 0, 0)) -> None:
        table = np.clip(np.rint(np.arange(256)[:, None] * (1 - alpha) + alpha * np.array(colour)), 0, 255).astype(np.uint8)
        self.image = np.asarray(cv2.LUT(self.image, table.reshape(1, 256, 3)))

    # words and marks

    def words(self, count: int) -> str:
        """An invented text of about ``count`` characters."""
        if self.latin:
            text = ""
            while len(text) < count * 1.7:
                text += "".join(self.choice(SYLLABLES) for _ in range(self.number(1, 4))) + " "
            return text.strip()[: max(2, round(count * 1.7))].strip().capitalize()
        return "".join(self.choice(HAN) for _ in range(count))

    def write(self, text: str, x: int, y: int, size: int, colour: Colour, *, bold: bool = False, most: int | None = None) -> Box:
        """One line with its upper left at a point, cut at ``most`` pixels; gives its box."""
        size = max(8, size)
        face = font(size, self.serif)
        if most is not None:
            while len(text) > 1 and face.getlength(text) > most:
                text = text[:-1]
        drawn, offset = face.getmask2(text, mode="L", stroke_width=1 if bold and size > 20 else 0)
        w, h = drawn.size
        if w < 1 or h < 1:
            return x, y, 1, 1
        mask = np.asarray(drawn, dtype=np.uint8).reshape(h, w) if isinstance(drawn, np.ndarray) else np.array(drawn, np.uint8).reshape(h, w)
        top = y + int(offset[1]) - size // 5
        left, right, low, bottom = max(0, x), min(self.width, x + w), max(0, top), min(self.height, top + h)
        if right > left and bottom > low:
            part = mask[low - top : bottom - top, left - x : right - x]
            self._blend(self.image[low:bottom, left:right], colour, part, 1.0)
        return x, top, w, h

    def line(self, x: int, y: int, w: int, size: int, colour: Colour, *, bold: bool = False) -> Box:
        """Invented words from a point on, at most ``w`` wide."""
        return self.write(self.words(max(1, round(w / size))), x, y, size, colour, bold=bold, most=w)

    def centred(self, text: str, box: Box, size: int, colour: Colour, *, bold: bool = False) -> Box:
        x, y, w, h = box
        size = max(8, size)
        wide = min(w, round(font(size, self.serif).getlength(text)))
        return self.write(text, x + (w - wide) // 2, y + (h - size) // 2, size, colour, bold=bold, most=w)

    def paragraph(self, x: int, y: int, w: int, lines: int, size: int, colour: Colour) -> int:
        """Some lines below each other; gives where the next may stand."""
        for number in range(lines):
            wide = w if number < lines - 1 else self.number(w * 0.3, w)
            self.line(x, y, wide, size, colour)
            y += round(size * 1.55)
        return y

    def icon(self, x: int, y: int, size: int, colour: Colour) -> None:
        """A small pictogram of some strokes in a square."""
        thick = max(1, size // 11)
        middle = (x + size // 2, y + size // 2)
        shape = self.number(0, 5)
        if shape == 0:
            cv2.circle(self.image, middle, size // 2 - 1, colour, thick, cv2.LINE_AA)
            cv2.line(self.image, middle, (middle[0] + size // 4, middle[1] + size // 5), colour, thick, cv2.LINE_AA)
        elif shape == 1:
            cv2.rectangle(self.image, (x, y + size // 6), (x + size, y + size - size // 6), colour, thick, cv2.LINE_AA)
        elif shape == 2:
            points = self.random.integers(0, max(2, size), (4, 2)) + np.array([x, y])
            cv2.fillPoly(self.image, [points.astype(np.int32)], colour, cv2.LINE_AA)
        elif shape == 3:
            for step in range(3):
                top = y + size * (step + 1) // 4
                cv2.line(self.image, (x, top), (x + size, top), colour, thick, cv2.LINE_AA)
        else:
            points = self.random.integers(0, max(2, size), (5, 2)) + np.array([x, y])
            cv2.polylines(self.image, [points.astype(np.int32)], False, colour, thick, cv2.LINE_AA)

    def photo(self, w: int, h: int, *, dim: float | None = None) -> Image:
        """A picture by noise: broad light, shapes, detail; sometimes with a horizon or a head and shoulders."""
        w, h = max(2, w), max(2, h)
        small = (max(2, w // 2), max(2, h // 2))
        spread = self.number(40, 256)
        low = self.number(0, 256 - spread + 1)
        coarse = (self.random.integers(low, low + spread, (self.number(2, 7), self.number(2, 6), 3))).astype(np.uint8)
        base = cv2.resize(coarse, small, interpolation=cv2.INTER_CUBIC).astype(np.int16)
        for cell, strength in ((14, self.number(0, 80)), (5, self.number(0, 50)), (2, self.number(0, 30))):
            if strength > 4:
                shape = (max(2, small[1] // cell), max(2, small[0] // cell), 1 if self.chance(0.6) else 3)
                noise = cv2.resize(self.random.integers(-strength, strength, shape).astype(np.float32), small)
                base += (noise if noise.ndim == 3 else noise[:, :, None]).astype(np.int16)
        picture = np.clip(base, 0, 255).astype(np.uint8)
        for _ in range(self.number(0, 9)):
            at = (self.number(0, small[0]), self.number(0, small[1]))
            axes = (self.number(2, small[0] * 0.4 + 3), self.number(2, small[1] * 0.3 + 3))
            cv2.ellipse(picture, at, axes, self.number(0, 180), 0, 360, self.vivid(), -1, cv2.LINE_AA)
        if self.chance(0.25):
            top = self.number(small[1] * 0.3, small[1] * 0.8)
            picture[top:] = np.rint(picture[top:] * float(self.random.uniform(0.3, 0.8))).astype(np.uint8)
        picture = cv2.GaussianBlur(picture, (0, 0), float(self.random.uniform(0.4, 1.6)))
        share = float(self.random.uniform(0.35, 1.0)) if dim is None and self.chance(0.3) else dim
        if share is not None:
            picture = np.rint(picture * share).astype(np.uint8)
        return cv2.resize(picture, (w, h), interpolation=cv2.INTER_LINEAR)

    def gradient(self, w: int, h: int, one: Colour, other: Colour) -> Image:
        steps = np.linspace(0, 1, max(2, h))[:, None, None]
        column = np.rint(np.array(one) * (1 - steps) + np.array(other) * steps).astype(np.uint8)
        return np.repeat(column, max(2, w), axis=1)
