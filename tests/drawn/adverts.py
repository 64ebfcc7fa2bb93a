"""Full-screen adverts without a scrim, and the pages that look like them and are none."""

from tests.drawn import marks
from tests.drawn.canvas import Box, Canvas
from tests.drawn.cards import Laid

ADVERTS = ("splash", "splash-brand", "end-card", "poster", "playable", "shake-splash")
NEAR_ADVERTS = ("own-splash", "onboarding", "viewer", "story", "photo-button", "landing")

BADGE_SIZE = 9, 13


def advert(canvas: Canvas, kind: str) -> Laid:
    """Draw a full-screen advert over everything; its box is the screen."""
    whole: Box = (0, 0, canvas.width, canvas.height)
    laid = {"end-card": _end_card, "playable": _playable, "poster": _poster}.get(kind, _splash)(canvas, kind)
    laid.box = whole
    return laid


def _art(canvas: Canvas, h: int) -> None:
    """Something loud: a picture, or faces of strong colour with large words."""
    w = canvas.width
    if canvas.chance(0.75):
        canvas.image[:h] = canvas.photo(w, h)
    else:
        canvas.image[:h] = canvas.gradient(w, h, canvas.vivid(), canvas.vivid())
    for _ in range(canvas.number(0, 4)):
        side = canvas.number(w * 0.2, w * 0.7)
        box = (canvas.number(0, w - side), canvas.number(h * 0.1, h * 0.7), side, canvas.number(w * 0.15, w * 0.6))
        canvas.fill(box, canvas.photo(box[2], box[3]) if canvas.chance(0.6) else canvas.vivid(), canvas.dp(0, 30))
    for _ in range(canvas.number(1, 5)):
        size = canvas.dp(20, 60)
        line = (canvas.dp(10), canvas.number(h * 0.08, h * 0.75), w - canvas.dp(20), size)
        canvas.centred(
            canvas.words(canvas.number(2, 8)), line, size, canvas.choice([(255, 255, 255), canvas.vivid(), (10, 10, 40)]), bold=True
        )


def _badge(canvas: Canvas, top: int) -> None:
    """The small mark that calls an advert by its name."""
    text, size = canvas.choice(marks.AD), canvas.dp(*BADGE_SIZE)
    w, h = round(size * 0.62 * len(text.encode()) / 1.8) + canvas.dp(8), size + canvas.dp(6)
    x = canvas.dp(6, 16) if canvas.chance(0.6) else canvas.width - w - canvas.dp(6, 16)
    y = canvas.choice([top + canvas.dp(4, 20), canvas.height - h - canvas.dp(10, 120)])
    canvas.fill((x, y, w, h), (0, 0, 0), canvas.dp(3), alpha=0.3)
    canvas.centred(text, (x, y, w, h), size, (240, 240, 240))


def _splash(canvas: Canvas, kind: str) -> Laid:
    """A picture, a skip chip or a countdown ring in a corner, perhaps the app's own name below, perhaps a button."""
    top = canvas.dp(24, 32)
    strip = canvas.number(canvas.height * 0.1, canvas.height * 0.2) if kind == "splash-brand" or canvas.chance(0.3) else 0
    _art(canvas, canvas.height - strip)
    low = canvas.height - strip
    if strip:
        canvas.image[low:] = (255, 255, 255) if not canvas.dark or canvas.chance(0.5) else canvas.paper
        ink = canvas.on(tuple(int(n) for n in canvas.image[low + 2, 2]))
        side = canvas.dp(36, 56)
        left = canvas.width // 2 - side - canvas.dp(10)
        canvas.fill((left, low + (strip - side) // 2, side, side), canvas.accent, canvas.dp(10))
        canvas.line(left + side + canvas.dp(12), low + strip // 2 - canvas.dp(12), canvas.dp(100), canvas.dp(22), ink, bold=True)
    confirm = None
    if kind == "shake-splash" or canvas.chance(0.5):
        w, h = canvas.number(canvas.width * 0.5, canvas.width * 0.85), canvas.dp(44, 64)
        confirm = ((canvas.width - w) // 2, low - h - canvas.dp(24, 90), w, h)
        ground = canvas.choice([(0, 0, 0), canvas.vivid(), (255, 255, 255)])
        canvas.fill(confirm, ground, h // 2, alpha=1.0 if ground != (0, 0, 0) else 0.5)
        canvas.centred(canvas.words(canvas.number(4, 9)), confirm, canvas.dp(15, 18), canvas.on(ground), bold=True)
    if kind == "shake-splash":
        side = canvas.dp(70, 110)
        circle = ((canvas.width - side) // 2, low - canvas.dp(150) - side, side, side)
        canvas.fill(circle, (0, 0, 0), side // 2, alpha=0.45)
        canvas.icon(circle[0] + side // 4, circle[1] + side // 4, side // 2, (255, 255, 255))
    if canvas.chance(0.75):
        _badge(canvas, top)
    return Laid((0, 0, 0, 0), confirm, None, _way_out(canvas, top))


def _way_out(canvas: Canvas, top: int) -> Box:
    """A chip nearly always at the upper right; else a ring or a cross there."""
    kind = canvas.number(0, 10)
    if kind < 7:
        text = canvas.choice(marks.SKIP).format(canvas.number(1, 6))
        corner = canvas.choice(["upper-right"] * 7 + ["lower-right", "lower-right", "upper-left"])
        return marks.chip(canvas, corner, text, top)
    side = canvas.dp(24, 44)
    x, y = canvas.width - side - canvas.dp(12, 22), top + canvas.dp(4, 24)
    if kind < 9:
        return marks.ring(canvas, x, y, side)
    return marks.cross(canvas, x, y, min(side, canvas.dp(30)), (255, 255, 255), around=canvas.choice(["ring", "disc", "disc"]))


def _poster(canvas: Canvas, kind: str) -> Laid:
    """One picture to its edges with a button in it and a small cross in a corner."""
    _art(canvas, canvas.height)
    w, h = canvas.number(canvas.width * 0.4, canvas.width * 0.85), canvas.dp(42, 60)
    confirm = ((canvas.width - w) // 2, canvas.number(canvas.height * 0.68, canvas.height * 0.9), w, h)
    marks.button(canvas, confirm, "filled", colour=canvas.vivid(), size=canvas.dp(17))
    side = canvas.dp(17, 34)
    x = canvas.width - side - canvas.dp(10, 22) if canvas.chance(0.75) else canvas.dp(10, 22)
    close = marks.cross(canvas, x, canvas.dp(34, 60), side, (255, 255, 255), around=canvas.choice(["disc", "disc", "ring"]))
    if canvas.chance(0.5):
        _badge(canvas, canvas.dp(30))
    return Laid((0, 0, 0, 0), confirm, None, close)


def _end_card(canvas: Canvas, kind: str) -> Laid:
    """What comes after a film: pictogram, name, stars, an install button, a cross or a ring in a corner."""
    w, h = canvas.width, canvas.height
    canvas.image[:] = canvas.choice([(255, 255, 255), (30, 30, 30), canvas.paper])
    if canvas.chance(0.7):
        tall = canvas.number(h * 0.3, h * 0.55)
        canvas.image[:tall] = canvas.photo(w, tall)
        y = tall + canvas.dp(20)
    else:
        canvas.image[:] = canvas.photo(w, h, dim=0.4)
        y = canvas.number(h * 0.2, h * 0.35)
    ink = canvas.on(tuple(int(n) for n in canvas.image[min(h - 2, y + canvas.dp(90)), 3]))
    side = canvas.dp(60, 100)
    canvas.fill(((w - side) // 2, y - side // 2, side, side), canvas.vivid(), canvas.dp(16))
    canvas.icon((w - side) // 2 + side // 4, y - side // 4, side // 2, (255, 255, 255))
    y += side // 2 + canvas.dp(14)
    canvas.centred(canvas.words(6), (0, y, w, canvas.dp(26)), canvas.dp(20), ink, bold=True)
    for slot in range(5):
        marks.star(canvas, w // 2 + round((slot - 2.5) * canvas.dp(26)), y + canvas.dp(36), canvas.dp(20), (60, 190, 250))
    canvas.centred(canvas.words(14), (canvas.dp(20), y + canvas.dp(70), w - canvas.dp(40), canvas.dp(18)), canvas.dp(14), ink)
    bw, bh = canvas.number(w * 0.5, w * 0.9), canvas.dp(44, 58)
    confirm = ((w - bw) // 2, min(h - bh - canvas.dp(60), y + canvas.dp(110, 200)), bw, bh)
    marks.button(canvas, confirm, "filled", colour=canvas.vivid(), size=canvas.dp(18))
    return _cornered(canvas, confirm)


def _playable(canvas: Canvas, kind: str) -> Laid:
    """A game that is an advert: its picture, a bar with name and button low, a ring or a chip in a corner."""
    _art(canvas, canvas.height)
    tall = canvas.dp(64, 90)
    y = canvas.height - tall - canvas.choice([0, canvas.dp(16), canvas.dp(30)])
    bar = canvas.choice([(255, 255, 255), (20, 20, 20)])
    canvas.fill((0, y, canvas.width, tall), bar, alpha=float(canvas.random.uniform(0.7, 1.0)))
    side = tall - canvas.dp(20)
    canvas.fill((canvas.dp(12), y + canvas.dp(10), side, side), canvas.vivid(), canvas.dp(10))
    canvas.line(canvas.dp(22) + side, y + canvas.dp(14), canvas.dp(120), canvas.dp(16), canvas.on(bar), bold=True)
    canvas.line(canvas.dp(22) + side, y + canvas.dp(38), canvas.dp(130), canvas.dp(12), canvas.on(bar))
    confirm = (canvas.width - canvas.dp(112), y + (tall - canvas.dp(38)) // 2, canvas.dp(96), canvas.dp(38))
    marks.button(canvas, confirm, "filled", colour=canvas.vivid())
    return _cornered(canvas, confirm)


def _cornered(canvas: Canvas, confirm: Box) -> Laid:
    """A cross, a ring or a chip in an upper corner."""
    top = canvas.dp(26, 40)
    if canvas.chance(0.25):
        _badge(canvas, top)
    if canvas.chance(0.4):
        return Laid((0, 0, 0, 0), confirm, None, _way_out(canvas, top))
    side = canvas.dp(14, 32)
    x = canvas.width - side - canvas.dp(10, 20) if canvas.chance(0.7) else canvas.dp(10, 20)
    around = canvas.choice(["disc", "ring", "none"])
    side = side if around == "none" else max(side, canvas.dp(17))
    ground = tuple(int(n) for n in canvas.image[top + 2, x + 1])
    return Laid((0, 0, 0, 0), confirm, None, marks.cross(canvas, x, top, side, canvas.on(ground), around=around))


def near_advert(canvas: Canvas, kind: str) -> None:
    """A page that fills the screen as adverts do, and is the app's own."""
    w, h = canvas.width, canvas.height
    top = canvas.dp(30)
    if kind == "own-splash":
        canvas.image[:] = canvas.choice([canvas.paper, canvas.accent, (255, 255, 255)])
        if canvas.chance(0.35):
            canvas.image[:] = canvas.photo(w, h)
        side = canvas.dp(70, 130)
        canvas.fill(((w - side) // 2, h // 2 - side, side, side), canvas.vivid(), canvas.dp(22))
        ink = canvas.on(tuple(int(n) for n in canvas.image[h - canvas.dp(60), w // 2]))
        canvas.centred(canvas.words(4), (0, h - canvas.dp(80), w, canvas.dp(24)), canvas.dp(20), ink, bold=True)
    elif kind == "onboarding":
        canvas.image[:] = canvas.choice([canvas.paper, canvas.face])
        tall = canvas.number(h * 0.35, h * 0.6)
        canvas.fill((canvas.dp(20), canvas.dp(70), w - canvas.dp(40), tall), canvas.photo(w - canvas.dp(40), tall), canvas.dp(18))
        canvas.centred(canvas.words(6), (0, tall + canvas.dp(90), w, canvas.dp(28)), canvas.dp(24), canvas.ink, bold=True)
        canvas.paragraph(canvas.dp(40), tall + canvas.dp(130), w - canvas.dp(80), 2, canvas.dp(15), canvas.faint)
        box = (canvas.dp(24), h - canvas.dp(100), w - canvas.dp(48), canvas.dp(48))
        marks.button(canvas, box, "filled")
    elif kind == "viewer":
        canvas.image[:] = (0, 0, 0)
        tall = canvas.number(h * 0.4, h)
        canvas.image[(h - tall) // 2 : (h - tall) // 2 + tall] = canvas.photo(w, tall)
        x = canvas.choice([canvas.dp(14), w - canvas.dp(40)])
        marks.cross(canvas, x, top + canvas.dp(10), canvas.dp(18, 26), (255, 255, 255))
        canvas.line(canvas.dp(16), h - canvas.dp(60), canvas.dp(120), canvas.dp(15), (255, 255, 255))
    elif kind == "story":
        canvas.image[:] = canvas.photo(w, h)
        for slot in range(4):
            canvas.fill(
                (canvas.dp(8) + slot * (w // 4), top, w // 4 - canvas.dp(8), canvas.dp(2)), (240, 240, 240), alpha=0.9 if slot < 2 else 0.4
            )
        canvas.fill((canvas.dp(12), top + canvas.dp(12), canvas.dp(36), canvas.dp(36)), canvas.vivid(), canvas.dp(18))
        canvas.line(canvas.dp(58), top + canvas.dp(22), canvas.dp(90), canvas.dp(14), (255, 255, 255))
        marks.cross(canvas, w - canvas.dp(38), top + canvas.dp(18), canvas.dp(18), (255, 255, 255))
        canvas.outline((canvas.dp(14), h - canvas.dp(64), w - canvas.dp(80), canvas.dp(44)), (230, 230, 230), canvas.dp(22))
    elif kind == "photo-button":
        canvas.image[:] = canvas.photo(w, h, dim=float(canvas.random.uniform(0.4, 1.0)))
        canvas.centred(canvas.words(5), (0, h // 2, w, canvas.dp(40)), canvas.dp(34), (255, 255, 255), bold=True)
        for number in range(canvas.number(1, 3)):
            marks.button(canvas, (canvas.dp(24), h - canvas.dp(90) - number * canvas.dp(60), w - canvas.dp(48), canvas.dp(48)), "filled")
    else:
        canvas.image[:] = canvas.photo(w, h)
        canvas.icon(canvas.dp(16), top + canvas.dp(10), canvas.dp(22), (255, 255, 255))
        ground = (w - canvas.dp(80), top + canvas.dp(6), canvas.dp(64), canvas.dp(30))
        canvas.fill(ground, (0, 0, 0), canvas.dp(15), alpha=0.3)
        for slot in range(2):
            canvas.icon(ground[0] + canvas.dp(10) + slot * canvas.dp(28), ground[1] + canvas.dp(6), canvas.dp(18), (255, 255, 255))
        body = (0, h * 6 // 10, w, h * 4 // 10)
        canvas.fill(body, canvas.face)
        canvas.paragraph(canvas.dp(16), body[1] + canvas.dp(16), w - canvas.dp(32), 4, canvas.dp(16), canvas.on(canvas.face))
