"""Changes of a screen that are no pop-up: toasts, menus, drawers, the shade, keyboards, banners, other pages."""

from collections.abc import Callable

import cv2
import numpy as np

from tests.drawn import marks
from tests.drawn.canvas import Canvas
from tests.drawn.pages import bars, hero, page


def _same(canvas: Canvas) -> None:
    """Nothing happens."""


def _page(canvas: Canvas) -> None:
    page(canvas)


def _scroll(canvas: Canvas) -> None:
    top, by = canvas.dp(84), canvas.dp(30, 300)
    canvas.image[top:] = np.roll(canvas.image[top:], -by, axis=0)


def _toast(canvas: Canvas) -> None:
    w, h = canvas.number(canvas.width * 0.25, canvas.width * 0.8), canvas.dp(36, 76)
    y = canvas.number(canvas.height * 0.45, canvas.height * 0.88)
    ground = canvas.choice([(60, 60, 60), (30, 30, 30), (240, 240, 240), canvas.face])
    box = ((canvas.width - w) // 2, y, w, h)
    canvas.fill(box, ground, canvas.choice([h // 2, canvas.dp(8)]), alpha=float(canvas.random.uniform(0.7, 1.0)))
    canvas.centred(canvas.words(w // canvas.dp(18)), box, canvas.dp(14), canvas.on(ground))


def _snackbar(canvas: Canvas) -> None:
    margin = canvas.choice([0, canvas.dp(8), canvas.dp(14)])
    h = canvas.dp(48, 72)
    box = (margin, canvas.height - h - canvas.dp(14, 90), canvas.width - 2 * margin, h)
    ground = canvas.choice([(50, 50, 50), canvas.accent, canvas.face])
    canvas.shadow(box, 0, 0.3, canvas.dp(3))
    canvas.fill(box, ground, canvas.choice([0, canvas.dp(4), canvas.dp(14)]))
    canvas.line(margin + canvas.dp(16), box[1] + h // 2 - canvas.dp(8), box[2] // 2, canvas.dp(14), canvas.on(ground))
    canvas.write(canvas.words(2), box[0] + box[2] - canvas.dp(64), box[1] + h // 2 - canvas.dp(8), canvas.dp(14), canvas.accent)


def _notice(canvas: Canvas) -> None:
    box = (canvas.dp(8), canvas.dp(30), canvas.width - canvas.dp(16), canvas.dp(76, 140))
    canvas.shadow(box, canvas.dp(14), 0.3, canvas.dp(4))
    canvas.fill(box, canvas.face, canvas.dp(18))
    canvas.fill((canvas.dp(24), canvas.dp(46), canvas.dp(34), canvas.dp(34)), canvas.vivid(), canvas.dp(17))
    canvas.paragraph(canvas.dp(72), canvas.dp(44), canvas.width - canvas.dp(110), 2, canvas.dp(14), canvas.on(canvas.face))


def _drawer(canvas: Canvas) -> None:
    canvas.scrim(float(canvas.random.uniform(0.3, 0.65)))
    w = canvas.number(canvas.width * 0.68, canvas.width * 0.88)
    x = 0 if canvas.chance(0.85) else canvas.width - w
    canvas.fill((x, 0, w, canvas.height), canvas.face)
    if canvas.chance(0.6):
        canvas.fill((x, 0, w, canvas.dp(150)), canvas.choice([canvas.accent, canvas.vivid()]))
    for y in range(canvas.dp(170), canvas.height - canvas.dp(50), canvas.dp(50)):
        canvas.icon(x + canvas.dp(18), y, canvas.dp(20), canvas.faint)
        canvas.line(x + canvas.dp(56), y + canvas.dp(3), w // 2, canvas.dp(15), canvas.on(canvas.face))


def _shade(canvas: Canvas) -> None:
    """The notification shade or quick settings, part of the way down or whole."""
    canvas.scrim(float(canvas.random.uniform(0.35, 0.9)))
    whole = canvas.chance(0.4)
    h = canvas.height if whole else canvas.number(canvas.height * 0.2, canvas.height * 0.7)
    ground = canvas.choice([canvas.paper, (24, 24, 24), (40, 36, 34)])
    if not whole or canvas.chance(0.5):
        canvas.fill((0, 0, canvas.width, h), ground)
    y = canvas.dp(40)
    side = (canvas.width - canvas.dp(40)) // 2
    for _ in range(canvas.number(1, 4)):
        for column in range(2):
            tile = (canvas.dp(14) + column * (side + canvas.dp(12)), y, side, canvas.dp(56))
            face = canvas.choice([canvas.accent, canvas.mixed(ground, canvas.on(ground), 0.12)])
            canvas.fill(tile, face, canvas.dp(26))
            canvas.line(tile[0] + canvas.dp(44), y + canvas.dp(20), side // 2, canvas.dp(14), canvas.on(face))
        y += canvas.dp(66)
    while y + canvas.dp(80) < h:
        tall = canvas.dp(70, 120)
        face = canvas.mixed(ground, canvas.on(ground), float(canvas.random.uniform(0.0, 0.14)))
        canvas.fill((canvas.dp(10), y, canvas.width - canvas.dp(20), tall), face, canvas.dp(18))
        canvas.paragraph(canvas.dp(60), y + canvas.dp(14), canvas.width - canvas.dp(100), 2, canvas.dp(14), canvas.on(face))
        y += tall + canvas.dp(6)


def _menu(canvas: Canvas) -> None:
    w = canvas.number(canvas.width * 0.36, canvas.width * 0.62)
    rows, step = canvas.number(2, 10), canvas.dp(44, 52)
    h = min(rows * step + canvas.dp(14), canvas.height - canvas.dp(120))
    x = canvas.width - w - canvas.dp(6) if canvas.chance(0.75) else canvas.number(canvas.dp(6), canvas.width - w)
    y = canvas.dp(28, 90) if canvas.chance(0.7) else canvas.number(canvas.dp(30), max(canvas.dp(31), canvas.height - h - canvas.dp(60)))
    canvas.shadow((x, y, w, h), canvas.dp(6), 0.35, canvas.dp(5))
    canvas.fill((x, y, w, h), canvas.face, canvas.dp(2, 16))
    for row in range(rows):
        top = y + canvas.dp(7) + row * step + step // 2 - canvas.dp(8)
        if top < y + h - canvas.dp(20):
            canvas.line(x + canvas.dp(16), top, canvas.number(w * 0.3, w * 0.8), canvas.dp(15), canvas.on(canvas.face))


def _keyboard(canvas: Canvas) -> None:
    """Keys over the lower part, light or dark, with a strip of proposals."""
    h = canvas.dp(230, 290) if canvas.height > canvas.width else canvas.height // 2
    y = canvas.height - h
    ground = canvas.choice([(225, 220, 215), (40, 36, 34), (245, 245, 245), (20, 20, 20)])
    canvas.fill((0, y, canvas.width, h), ground)
    key = canvas.mixed(ground, canvas.on(ground), 0.12) if sum(ground) < 380 else (255, 255, 255)
    step = (h - canvas.dp(60)) // 4
    for row, count in enumerate((10, 9, 9, 5)):
        wide = canvas.width // count
        for column in range(count):
            box = (column * wide + canvas.dp(3), y + canvas.dp(44) + row * step, wide - canvas.dp(6), step - canvas.dp(8))
            canvas.fill(box, key, canvas.dp(5))
            canvas.centred(canvas.choice("qwertyuiopasdfghjkl"), box, canvas.dp(18), canvas.on(key))


def _picker(canvas: Canvas) -> None:
    """Wheels of a date picker in the page, below a line."""
    h = canvas.dp(200, 260)
    y = canvas.height - h - canvas.dp(0, 120)
    canvas.fill((0, y, canvas.width, h), canvas.paper)
    canvas.fill((0, y, canvas.width, max(1, canvas.dp(0.7))), canvas.rule())
    for column in range(3):
        for row in range(5):
            ink = canvas.ink if row == 2 else canvas.faint
            canvas.centred(
                str(canvas.number(1, 32)), (column * canvas.width // 3, y + row * h // 5, canvas.width // 3, h // 5), canvas.dp(17), ink
            )


def _banner(canvas: Canvas) -> None:
    """An advert or a notice in the flow of the page, with a cross and a button of its own."""
    margin, h = canvas.dp(0, 16), canvas.dp(56, 230)
    y = canvas.choice([canvas.height - h - canvas.dp(0, 60), canvas.number(canvas.height * 0.12, canvas.height * 0.7)])
    box = (margin, y, canvas.width - 2 * margin, h)
    face = canvas.photo(box[2], h) if canvas.chance(0.45) else canvas.choice([canvas.face, canvas.vivid(), canvas.accent])
    canvas.fill(box, face, canvas.choice([0, canvas.dp(10)]))
    ink = canvas.on(tuple(int(n) for n in canvas.image[min(canvas.height - 1, y + 6), canvas.width // 2]))
    canvas.line(margin + canvas.dp(16), y + canvas.dp(14), canvas.width // 2, canvas.dp(15), ink, bold=True)
    if canvas.chance(0.6):
        button = (box[0] + box[2] - canvas.dp(104), y + h - canvas.dp(44), canvas.dp(90), canvas.dp(32))
        marks.button(canvas, button, "filled", colour=canvas.vivid())
    if canvas.chance(0.5):
        marks.cross(canvas, box[0] + box[2] - canvas.dp(22), y + canvas.dp(8), canvas.dp(12), ink)


def _browser(canvas: Canvas) -> None:
    """A browser's bars round a page: a field above, keys below."""
    page(canvas, canvas.choice(["article", "grid", "cards", "hero"]))
    h = canvas.dp(56)
    ground = canvas.choice([canvas.face, canvas.paper, (60, 56, 54)])
    at = canvas.choice([canvas.dp(24), canvas.height - h - canvas.dp(60)])
    canvas.fill((0, at, canvas.width, h), ground)
    field = (canvas.dp(12), at + canvas.dp(8), canvas.width - canvas.dp(90), h - canvas.dp(16))
    canvas.fill(field, canvas.mixed(ground, canvas.on(ground), 0.08), field[3] // 2)
    canvas.line(field[0] + canvas.dp(18), at + canvas.dp(20), field[2] // 2, canvas.dp(14), canvas.on(ground))
    low = (0, canvas.height - canvas.dp(60), canvas.width, canvas.dp(60))
    canvas.fill(low, ground)
    for slot in range(5):
        canvas.icon(canvas.width * (2 * slot + 1) // 10 - canvas.dp(10), low[1] + canvas.dp(14), canvas.dp(20), canvas.on(ground))


def _dimmed(canvas: Canvas) -> None:
    """The whole page darker, with nothing over it or a small spinner."""
    canvas.scrim(float(canvas.random.uniform(0.2, 0.7)))
    if canvas.chance(0.5):
        side = canvas.dp(40, 80)
        box = ((canvas.width - side) // 2, (canvas.height - side) // 2, side, side)
        canvas.fill(box, canvas.choice([(255, 255, 255), (40, 40, 40)]), canvas.dp(10))


def _dark_hero(canvas: Canvas) -> None:
    """A page whose upper part is a dark picture and whose body begins below it: no sheet over a dimmed page."""
    canvas.image[:] = canvas.paper
    hero(canvas, canvas.dp(24), canvas.height, most=0.6)


def _joined(canvas: Canvas) -> None:
    """Half a page and half of another: something in the middle of a change, or two panes."""
    kept = canvas.image.copy()
    page(canvas)
    split = canvas.number(canvas.height * 0.25, canvas.height * 0.75)
    if canvas.chance(0.5):
        kept = np.rint(kept * float(canvas.random.uniform(0.3, 1.0))).astype(np.uint8)
    canvas.image[:split] = kept[:split]


def _recents(canvas: Canvas) -> None:
    """The overview of apps, or of a browser's tabs: pages made small, on a picture or a plain ground."""
    seen = canvas.image.copy()
    page(canvas)
    other, share = canvas.image.copy(), float(canvas.random.uniform(0.5, 0.8))
    w, h = round(share * canvas.width), round(share * canvas.height)
    x, y = (canvas.width - w) // 2, (canvas.height - h) // 2 - canvas.dp(0, 40)
    canvas.image[:] = (
        canvas.photo(canvas.width, canvas.height) if canvas.chance(0.4) else canvas.choice([canvas.paper, (60, 30, 40), (30, 30, 30)])
    )
    if canvas.chance(0.5):
        canvas.scrim(float(canvas.random.uniform(0.2, 0.6)))
    radius, step = canvas.dp(0, 28), w + canvas.dp(8, 24)
    sides = canvas.choice([(), (-1,), (-1, 1)])
    for slot in (*sides, 0):
        canvas.fill((x + slot * step, y, w, h), cv2.resize(other if slot else seen, (w, h), interpolation=cv2.INTER_AREA), radius)
        if canvas.chance(0.6):
            canvas.fill(
                (x + slot * step + w // 2 - canvas.dp(18), y - canvas.dp(44), canvas.dp(36), canvas.dp(36)), canvas.vivid(), canvas.dp(18)
            )
    if canvas.chance(0.6):
        low = (canvas.width // 2 - canvas.dp(50), y + h + canvas.dp(10, 24), canvas.dp(100), canvas.dp(34))
        marks.button(canvas, low, canvas.choice(["tonal", "grey", "words", "outlined"]))


CHANGES: dict[str, Callable[[Canvas], None]] = {
    "same": _same, "page": _page, "scroll": _scroll, "toast": _toast, "snackbar": _snackbar, "notice": _notice, "drawer": _drawer,
    "shade": _shade, "menu": _menu, "keyboard": _keyboard, "picker": _picker, "banner": _banner, "browser": _browser, "dimmed": _dimmed,
    "joined": _joined, "dark-hero": _dark_hero, "recents": _recents,
}  # fmt: skip


def change(canvas: Canvas, kind: str) -> None:
    """Change the screen in one of these ways, and draw the system's bars again."""
    CHANGES[kind](canvas)
    if kind in ("page", "joined", "browser", "dark-hero"):
        bars(canvas)
