"""What closes things and what they want pressed: crosses, rings, skip chips, buttons of every make."""

import math

import cv2
import numpy as np

from tests.drawn.canvas import Box, Canvas, Colour

SKIP = (
    "跳过", "跳过广告", "跳过 {}", "{}s 跳过", "{} 跳过", "关闭", "关闭广告", "跳过 {}s", "Skip", "Skip {}", "Skip Ad", "{} | 跳过",
    "点击跳过",
)  # fmt: skip
AD = ("广告", "广告", "AD", "Ad", "Advertisement")


def cross(canvas: Canvas, x: int, y: int, side: int, colour: Colour, *, around: str = "none") -> Box:
    """A cross in a square of so many pixels, bare, in a ring or on a disc; gives the box of what is seen."""
    middle = (x + side // 2, y + side // 2)
    if around == "ring":
        cv2.circle(canvas.image, middle, side // 2, colour, max(1, canvas.dp(1, 2)), cv2.LINE_AA)
    elif around == "disc":
        disc = canvas.choice([(0, 0, 0), (120, 120, 120), (225, 225, 225)])
        ground = (x, y, side, side)
        canvas.fill(ground, disc, side // 2, alpha=float(canvas.random.uniform(0.35, 1.0)))
        colour = canvas.on(disc)
    arm = round(side * (0.5 if around == "none" else float(canvas.random.uniform(0.2, 0.3))))
    thick = max(1, round(max(1.0, 2 * arm / canvas.choice([7, 9, 12, 15]))))
    for ends in (((-arm, -arm), (arm, arm)), ((-arm, arm), (arm, -arm))):
        start, end = ((middle[0] + dx, middle[1] + dy) for dx, dy in ends)
        cv2.line(canvas.image, start, end, colour, thick, cv2.LINE_AA)
    return x, y, side, side


def ring(canvas: Canvas, x: int, y: int, side: int) -> Box:
    """A countdown ring: a disc, an arc that shrinks, a number or a word in it."""
    ground = canvas.choice([(0, 0, 0), (60, 60, 60), (160, 160, 160)])
    canvas.fill((x, y, side, side), ground, side // 2, alpha=float(canvas.random.uniform(0.3, 0.8)))
    middle, end = (x + side // 2, y + side // 2), canvas.number(60, 360)
    colour = canvas.choice([(255, 255, 255), canvas.accent])
    cv2.ellipse(canvas.image, middle, (side // 2 - 1, side // 2 - 1), -90, 0, end, colour, max(1, canvas.dp(1.5, 2.5)), cv2.LINE_AA)
    text = canvas.choice(["跳过", str(canvas.number(1, 9)), str(canvas.number(1, 16))])
    canvas.centred(text, (x, y, side, side), side * (3 if len(text) > 1 else 5) // 10, (255, 255, 255))
    return x, y, side, side


def chip(canvas: Canvas, corner: str, text: str, top: int) -> Box:
    """A skip chip in a corner of the screen: words on a pill that is mostly half transparent."""
    size = canvas.dp(11, 16)
    wide = round(sum(1.0 if ord(c) > 255 else 0.55 for c in text) * size)
    w, h = wide + canvas.dp(12, 30), size + canvas.dp(8, 20)
    margin = canvas.dp(8, 24)
    x = margin if corner.endswith("left") else canvas.width - margin - w
    y = top + canvas.dp(2, 28) if corner.startswith("upper") else canvas.height - canvas.dp(40, 130) - h
    ground = canvas.choice([(0, 0, 0), (0, 0, 0), (90, 90, 90), (255, 255, 255), (40, 40, 40)])
    alpha = float(canvas.random.uniform(0.2, 0.75))
    if canvas.chance(0.92):
        canvas.fill((x, y, w, h), ground, canvas.choice([h // 2, h // 2, canvas.dp(4)]), alpha=alpha)
    if canvas.chance(0.25):
        canvas.outline((x, y, w, h), (235, 235, 235), h // 2)
    ink = (255, 255, 255) if ground != (255, 255, 255) else (40, 40, 40)
    canvas.centred(text, (x, y, w, h), size, ink)
    return x, y, w, h


def button(
    canvas: Canvas, box: Box, make: str, *, size: int | None = None, colour: Colour | None = None, tone: float | None = None
) -> None:
    """A button: ``filled``, ``tonal`` (by a share of ``tone``), ``grey``, ``outlined``, ``words`` or ``plain``."""
    x, y, w, h = box
    colour = colour or canvas.accent
    ground: Colour = tuple(int(n) for n in canvas.image[min(canvas.height - 1, max(0, y - 2)), min(canvas.width - 1, max(0, x + w // 2))])  # type: ignore[assignment]
    radius = canvas.choice([h // 2, h // 2, canvas.dp(4), canvas.dp(8), 0])
    ink = colour
    if make == "filled":
        if canvas.chance(0.2):
            canvas.fill(box, canvas.gradient(w, h, colour, canvas.mixed(colour, (0, 0, 0), 0.25)), radius)
        else:
            canvas.fill(box, colour, radius)
        ink = canvas.on(colour)
    elif make == "tonal":
        canvas.fill(box, canvas.mixed(ground, colour, tone or float(canvas.random.uniform(0.1, 0.3))), radius)
    elif make == "grey":
        canvas.fill(box, canvas.mixed(ground, canvas.on(ground), float(canvas.random.uniform(0.05, 0.2))), radius)
        ink = canvas.mixed(ground, canvas.on(ground), 0.7)
    elif make == "outlined":
        canvas.outline(box, canvas.mixed(ground, colour, 0.7), radius, max(1, canvas.dp(1)))
    elif make == "plain":
        ink = canvas.mixed(ground, canvas.on(ground), float(canvas.random.uniform(0.45, 0.8)))
    canvas.centred(canvas.words(canvas.number(2, 5)), box, size or canvas.dp(14, 17), ink, bold=make == "filled")


def star(canvas: Canvas, x: int, y: int, side: int, colour: Colour) -> None:
    """A star, as cards that ask for a rating have five of them."""
    points = []
    for step in range(10):
        reach = side / 2 if step % 2 == 0 else side / 5
        points.append((x + side / 2 + reach * math.sin(step * math.pi / 5), y + side / 2 - reach * math.cos(step * math.pi / 5)))
    cv2.fillPoly(canvas.image, [np.rint(np.array(points)).astype(np.int32)], colour, cv2.LINE_AA)
