"""Licence-clean screens with and without pop-ups, drawn from a seed: ground truth for the pixel detector.

Nothing here is a picture of a real app: pages are rows, tiles, bubbles, paragraphs, noise "photos" and shapes; glyphs
are random strokes. A :class:`Scene` carries the page before, the screen after, and what is true of the second.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Image = Any  # a (h, w, 3) uint8 array in B, G, R order; cv2's own annotations are looser than ours
Colour = tuple[int, int, int]
Box = tuple[int, int, int, int]

POPUPS = ("dialog", "permission", "sheet", "floating-sheet", "promo")
NEGATIVES = ("same", "toast", "snackbar", "drawer", "scroll", "page", "inline-card", "photo-header", "shade", "menu")


@dataclass(frozen=True, slots=True)
class Scene:
    """``before`` and ``after`` are frames; ``box``, ``alpha``, ``confirm`` and ``close`` describe ``after``."""

    kind: str
    before: NDArray[np.uint8]
    after: NDArray[np.uint8]
    popup: bool
    box: Box | None = None
    alpha: float | None = None
    confirm: Box | None = None
    close: Box | None = None


class Painter:
    """A seeded painter of one screen size; ``u`` is one density-independent pixel times eight."""

    def __init__(self, seed: int, size: tuple[int, int] = (720, 1600)) -> None:
        self.random = np.random.default_rng(seed)
        self.width, self.height = size
        self.u = self.width // 45
        self.dark = bool(self.random.random() < 0.3)

    def chance(self, share: float) -> bool:
        return bool(self.random.random() < share)

    def number(self, low: float, high: float) -> int:
        return int(self.random.uniform(low, high))

    def vivid(self) -> Colour:
        hsv = np.array([[[self.number(0, 180), self.number(120, 255), self.number(140, 255)]]], np.uint8)
        blue, green, red = cv2.cvtColor(hsv, cv2.COLOR_HSV2BGR)[0, 0]
        return int(blue), int(green), int(red)

    def grey(self, low: float, high: float) -> Colour:
        return (self.number(low, high),) * 3

    def paper(self) -> Colour:
        return self.grey(10, 45) if self.dark else self.grey(236, 256)

    def ink(self) -> Colour:
        return self.grey(190, 256) if self.dark else self.grey(0, 110)

    def glyphs(self, image: Image, x: int, y: int, w: int, size: int, colour: Colour) -> None:
        """One line of stroke glyphs ``size`` pixels high."""
        for left in range(x, x + w - size, round(size * 1.15)):
            for _ in range(4):
                ends = self.random.integers(0, size, 4)
                start = (left + int(ends[0]), y + int(ends[1]))
                cv2.line(image, start, (left + int(ends[2]), y + int(ends[3])), colour, max(1, size // 11), cv2.LINE_AA)

    def photo(self, w: int, h: int) -> Image:
        """Smooth colour noise with some detail: stands for a photograph or an advertisement's art."""
        coarse = self.random.integers(0, 256, (6, 5, 3)).astype(np.uint8)
        fine = self.random.integers(0, 70, (max(2, h // 12), max(2, w // 12), 3)).astype(np.uint8)
        base = cv2.resize(coarse, (w, h), interpolation=cv2.INTER_CUBIC)
        return cv2.addWeighted(base, 0.8, cv2.resize(fine, (w, h)), 0.6, 0)

    def card(self, image: Image, box: Box, fill: Image | Colour, radius: int) -> None:
        """Lay a rounded card, plain or with a picture, over the image."""
        x, y, w, h = box
        mask = np.zeros((h, w), np.uint8)
        radius = min(radius, w // 2, h // 2)
        cv2.rectangle(mask, (radius, 0), (w - radius - 1, h - 1), 255, -1)
        cv2.rectangle(mask, (0, radius), (w - 1, h - radius - 1), 255, -1)
        for cx in (radius, w - radius - 1):
            for cy in (radius, h - radius - 1):
                cv2.circle(mask, (cx, cy), radius, 255, -1)
        target = image[y : y + h, x : x + w]
        target[mask > 0] = fill if isinstance(fill, tuple) else fill[mask > 0]

    # pages

    def page(self) -> NDArray[np.uint8]:
        """A page of some kind with an app bar, then the system bars over it."""
        image = np.full((self.height, self.width, 3), self.paper(), np.uint8)
        styles: list[Callable[[Image, int], None]] = [self._rows, self._tiles, self._chat, self._article, self._game]
        top = self.u * 3
        if self.chance(0.7):
            bar = self.vivid() if self.chance(0.5) else self.paper()
            cv2.rectangle(image, (0, 0), (self.width, top + self.u * 7), bar, -1)
            ink = self.grey(0, 40) if sum(bar) > 380 else self.grey(230, 256)
            self.glyphs(image, self.u * 2, top + self.u * 2, self.u * 16, self.u * 2, ink)
            top += self.u * 7
        styles[int(self.random.integers(len(styles)))](image, top)
        if self.chance(0.4):
            cv2.rectangle(image, (0, self.height - self.u * 9), (self.width, self.height), self.paper(), -1)
            for slot in range(5):
                centre = (self.width * (2 * slot + 1) // 10, self.height - self.u * 6)
                cv2.circle(image, centre, self.u + 4, self.vivid(), -1)
        return self.with_bars(image)

    def with_bars(self, image: Image) -> NDArray[np.uint8]:
        """Draw status icons and the gesture bar: never dimmed."""
        light = float(image[: self.u * 3].mean()) < 128
        colour = (255, 255, 255) if light else (30, 30, 30)
        self.glyphs(image, self.u * 2, self.u // 2, self.u * 6, self.u + 4, colour)
        self.glyphs(image, self.width - self.u * 8, self.u // 2, self.u * 7, self.u + 4, colour)
        middle = self.height - self.u
        cv2.line(image, (self.width * 3 // 8, middle), (self.width * 5 // 8, middle), colour, 5)
        return np.asarray(image, np.uint8)

    def _rows(self, image: Image, top: int) -> None:
        step, ink = self.u * self.number(6, 11), self.ink()
        icon = self.chance(0.6)
        for y in range(top, self.height - step, step):
            left = self.u * (7 if icon else 2)
            if icon:
                cv2.circle(image, (self.u * 4, y + step // 2), self.u * 2, self.vivid(), -1)
            self.glyphs(image, left, y + step // 4, self.number(self.u * 10, self.u * 30), self.u * 2, ink)
            if self.chance(0.6):
                width = self.number(self.u * 12, self.u * 34)
                self.glyphs(image, left, y + step // 4 + self.u * 3, width, self.u + 4, self.grey(110, 170))
            rule = self.grey(60, 70) if self.dark else self.grey(215, 230)
            cv2.line(image, (left, y + step), (self.width, y + step), rule, 1)

    def _tiles(self, image: Image, top: int) -> None:
        columns = self.number(2, 5)
        side = self.width // columns
        for y in range(top, self.height, side + self.u * 4):
            for column in range(columns):
                w = h = side - self.u
                h = min(h, self.height - y)
                if h > 8:
                    self.card(image, (column * side + self.u // 2, y, w, h), self.photo(w, h), self.u)
                self.glyphs(image, column * side + self.u, y + side, side - self.u * 2, self.u + 5, self.ink())

    def _chat(self, image: Image, top: int) -> None:
        y = top + self.u
        while y < self.height - self.u * 12:
            h, mine = self.u * self.number(4, 12), self.chance(0.5)
            w = self.number(self.width * 0.3, self.width * 0.7)
            x = self.width - w - self.u * 2 if mine else self.u * 2
            bubble = self.vivid() if mine else self.grey(60, 80) if self.dark else self.grey(220, 256)
            self.card(image, (x, y, w, h), bubble, self.u)
            self.glyphs(image, x + self.u, y + self.u, w - self.u * 2, self.u + 6, self.ink())
            y += h + self.u * 2

    def _article(self, image: Image, top: int) -> None:
        if self.chance(0.5):
            h = self.number(self.u * 15, self.u * 30)
            image[top : top + h] = self.photo(self.width, h)
            top += h + self.u
        for y in range(top, self.height - self.u * 3, self.u * 3):
            if self.chance(0.85):
                self.glyphs(image, self.u * 2, y, self.number(self.u * 20, self.u * 41), self.u + 6, self.ink())

    def _game(self, image: Image, top: int) -> None:
        image[top:] = self.photo(self.width, self.height - top)
        for _ in range(self.number(3, 12)):
            centre = (self.number(0, self.width), self.number(top, self.height))
            cv2.circle(image, centre, self.number(self.u, self.u * 6), self.vivid(), -1)

    # what comes over a page

    def dimmed(self, page: Image, alpha: float, colour: Colour) -> Image:
        """Lay the scrim; the bars are drawn again by the caller when they stay bright."""
        return np.rint(page * (1 - alpha) + np.array(colour) * alpha).astype(np.uint8)

    def popup_box(self, kind: str) -> Box:
        """A box (x, y, w, h) as designers choose them for each kind."""
        if kind in ("sheet", "floating-sheet"):
            h = self.number(self.height * 0.22, self.height * 0.6)
            margin = self.u * 2 if kind == "floating-sheet" else 0
            return margin, self.height - h - margin * 2, self.width - 2 * margin, h + (0 if margin else margin)
        w = self.number(self.width * 0.62, self.width * 0.9)
        h = self.number(self.height * 0.16, self.height * 0.55)
        return (self.width - w) // 2, (self.height - h) // 2 + self.number(-self.u * 4, self.u * 3), w, h

    def popup(self, kind: str, alpha: float, colour: Colour = (0, 0, 0)) -> Scene:
        """A page, and the same page under a scrim with a card of that kind."""
        before = self.page()
        after = self.dimmed(before, alpha, colour)
        strip = self.u * 3
        if self.chance(0.25):
            # Opaque system bars: windows of their own that keep their colour.
            after[:strip], after[-strip * 2 :] = before[:strip], before[-strip * 2 :]
        elif self.chance(0.7):
            after[:strip][np.abs(before[:strip].astype(int) - before[0, 0]).sum(axis=2) > 60] = 255
        box = self.popup_box(kind)
        x, y, w, h = box
        fill: Image | Colour = self.grey(40, 70) if self.dark and kind != "promo" else self.grey(244, 256)
        if kind == "promo":
            fill = self.photo(w, h) if self.chance(0.6) else self.vivid()
        self.card(after, box, fill, self.number(0, self.u * 2))
        ink = self.ink() if kind != "promo" else (255, 255, 255)
        self.glyphs(after, x + w // 4, y + self.u * 2, w // 2, self.u * 2, ink)
        for line in range(y + self.u * 6, y + h - self.u * 14, self.u * 3):
            self.glyphs(after, x + self.u * 2, line, w - self.u * 4, self.u + 6, ink)
        confirm = self._buttons(after, kind, box)
        close = self._cross(after, box) if kind == "promo" else None
        return Scene(kind, before, np.asarray(after, np.uint8), True, box, alpha, confirm, close)

    def _buttons(self, image: Image, kind: str, box: Box) -> Box | None:
        x, y, w, h = box
        blue = (235, 120, 20)
        if kind == "permission":
            return self._permission_buttons(image, box, blue)
        bw, bh = (w * 2 // 3, self.u * 5) if kind == "promo" else (w // 2 - self.u * 3, self.u * 5)
        bx = x + (w - bw) // 2 if kind == "promo" else x + w - bw - self.u * 2
        by = y + h - self.u * 7
        self.card(image, (bx, by, bw, bh), (20, 200, 250) if kind == "promo" else blue, bh // 2)
        self.glyphs(image, bx + bw // 3, by + self.u * 3 // 2, bw // 3, self.u * 2, (255, 255, 255))
        if kind != "promo":
            self.card(image, (x + self.u * 2, by, bw, bh), self.grey(200, 225), bh // 2)
        return bx, by, bw, bh

    def _permission_buttons(self, image: Image, box: Box, ink: Colour) -> Box | None:
        """Two or three answers below each other: plain words up to Android 11, tinted faces from 12 on."""
        x, y, w, h = box
        count = 3 if h > self.u * 24 else 2
        tall, filled = self.u * 5, self.chance(0.5)
        first = y + h - self.u * 2 - count * (tall + 3)
        tint = tuple(max(0, int(level) - self.number(18, 40)) for level in image[y + h // 2, x + 3][:2])
        for slot in range(count):
            top = first + slot * (tall + 3)
            if filled:
                self.card(image, (x + self.u * 2, top, w - self.u * 4, tall), (255, *tint), self.u // 2)
            self.glyphs(image, x + w // 4, top + tall // 3, w // 2, self.u + 8, ink)
        return (x + self.u * 2, first, w - self.u * 4, tall) if filled else None

    def _cross(self, image: Image, box: Box) -> Box:
        """A close cross in a ring below the card."""
        x, y, w, h = box
        r = self.u * 2
        cx, cy = x + w // 2, min(y + h + self.u * 4, self.height - self.u * 4)
        cv2.circle(image, (cx, cy), r, (235, 235, 235), 3, cv2.LINE_AA)
        d = round(r * 0.45)
        cv2.line(image, (cx - d, cy - d), (cx + d, cy + d), (235, 235, 235), 4, cv2.LINE_AA)
        cv2.line(image, (cx - d, cy + d), (cx + d, cy - d), (235, 235, 235), 4, cv2.LINE_AA)
        return cx - r, cy - r, 2 * r, 2 * r

    def negative(self, kind: str) -> Scene:
        """A change of the screen that is no pop-up."""
        before = self.page()
        changes: dict[str, Callable[[Image], Image]] = {
            "same": lambda page: page,
            "page": lambda _: self.page(),
            "scroll": lambda page: self.with_bars(np.roll(page, -self.number(self.u * 4, self.u * 40), axis=0)),
            "toast": self._toast,
            "snackbar": self._snackbar,
            "drawer": self._drawer,
            "shade": self._shade,
            "menu": self._menu,
            "inline-card": self._inline_card,
            "photo-header": self._photo_header,
        }
        return Scene(kind, before, np.asarray(changes[kind](before.copy()), np.uint8), False)

    def _toast(self, image: Image) -> Image:
        x, y, w = self.width // 4, self.height * 4 // 5, self.width // 2
        self.card(image, (x, y, w, self.u * 5), self.grey(50, 70), self.u * 2)
        self.glyphs(image, x + self.u * 2, y + self.u, w - self.u * 4, self.u * 2, (255, 255, 255))
        return image

    def _snackbar(self, image: Image) -> Image:
        top = self.height - self.u * 9
        cv2.rectangle(image, (0, top), (self.width, self.height - self.u * 3), (50, 50, 50), -1)
        self.glyphs(image, self.u * 2, top + self.u * 2, self.width // 2, self.u * 2, (255, 255, 255))
        return image

    def _drawer(self, image: Image) -> Image:
        image = self.dimmed(image, 0.5, (0, 0, 0))
        cv2.rectangle(image, (0, 0), (self.width * 4 // 5, self.height), self.paper(), -1)
        for y in range(self.u * 8, self.height - self.u * 8, self.u * 6):
            self.glyphs(image, self.u * 3, y, self.u * 18, self.u * 2, self.ink())
        return image

    def _shade(self, image: Image) -> Image:
        image = self.dimmed(image, 0.5, (0, 0, 0))
        h = self.number(self.height * 0.15, self.height * 0.6)
        cv2.rectangle(image, (0, 0), (self.width, h), self.paper(), -1)
        for y in range(self.u * 5, h - self.u * 4, self.u * 4):
            self.glyphs(image, self.u * 3, y, self.number(self.u * 12, self.u * 36), self.u * 2, self.ink())
        return image

    def _menu(self, image: Image) -> Image:
        w, h = self.number(self.width * 0.38, self.width * 0.6), self.number(self.height * 0.1, self.height * 0.5)
        x, y = self.width - w - self.u, self.u * self.number(4, 14)
        self.card(image, (x - 3, y - 3, w + 6, h + 6), self.grey(130, 200), self.u // 2)
        self.card(image, (x, y, w, h), self.paper(), self.u // 2)
        for line in range(y + self.u * 2, y + h - self.u * 3, self.u * 5):
            self.glyphs(image, x + self.u * 2, line, self.number(w * 0.3, w * 0.8), self.u * 2, self.ink())
        return image

    def _inline_card(self, image: Image) -> Image:
        top = self.number(self.height * 0.2, self.height * 0.5)
        self.card(image, (self.u * 2, top, self.width - self.u * 4, self.u * 22), self.vivid(), self.u)
        return image

    def _photo_header(self, image: Image) -> Image:
        image[:] = 250
        h = self.number(self.height * 0.3, self.height * 0.6)
        image[:h] = self.photo(self.width, h) // 2
        for y in range(h + self.u * 3, self.height - self.u * 6, self.u * 5):
            self.glyphs(image, self.u * 2, y, self.u * 24, self.u * 2, (60, 60, 60))
        return image


def scene(kind: str, seed: int, size: tuple[int, int] = (720, 1600)) -> Scene:
    """Draw one scene; popups get a scrim of .32 to .7, usually black."""
    painter = Painter(seed * 101 + (*POPUPS, *NEGATIVES).index(kind), size)
    if kind not in POPUPS:
        return painter.negative(kind)
    alpha = round(float(painter.random.choice([0.32, 0.4, 0.5, 0.6, 0.6, 0.7])), 2)
    colour = (60, 40, 20) if painter.chance(0.1) else (0, 0, 0)
    return painter.popup(kind, alpha, colour)
