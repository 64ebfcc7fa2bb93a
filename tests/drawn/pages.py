"""Procedural pages in any theme: lists, grids, chats, settings cards, heroes, cover art, games, forms, maps, films."""

from collections.abc import Callable

import cv2
import numpy as np

from tests.drawn.canvas import Canvas


def page(canvas: Canvas, style: str | None = None) -> str:
    """Draw a page, with an app bar and a tab bar where such a page has them, and the system's bars; gives its style."""
    canvas.image[:] = canvas.paper
    style = style or canvas.choice(tuple(PAGES))
    top, bottom = canvas.dp(canvas.choice([24, 28, 32])), canvas.height
    whole = style in ("game", "video", "picture", "gradient", "cover", "map", "hero", "auth")
    if not whole and canvas.chance(0.75):
        top = _app_bar(canvas, top)
    tabs = canvas.chance(0.1 if whole else 0.45)
    if tabs:
        bottom -= canvas.dp(56, 84)
    PAGES[style](canvas, top, bottom)
    if tabs:
        _tab_bar(canvas, bottom)
    if not whole and canvas.chance(0.2):
        side = canvas.dp(48, 60)
        at = (canvas.width - canvas.dp(16) - side, bottom - canvas.dp(16, 40) - side, side, side)
        canvas.shadow(at, side // 2, 0.3, canvas.dp(3))
        canvas.fill(at, canvas.accent, side // 2)
        canvas.icon(at[0] + side // 3, at[1] + side // 3, side // 3, canvas.on(canvas.accent))
    return style


def bars(canvas: Canvas, *, light: bool | None = None, opaque: float = 0.15) -> None:
    """The status bar's icons and the navigation bar, drawn last: windows of their own."""
    u = canvas.dp(1)
    high = canvas.dp(24)
    light = float(canvas.image[:high].mean()) < 120 if light is None else light
    ink = (255, 255, 255) if light else (40, 40, 40)
    if canvas.chance(opaque):
        canvas.image[:high] = (0, 0, 0) if light else (250, 250, 250)
    size = canvas.dp(11, 13)
    canvas.write(f"{canvas.number(0, 24)}:{canvas.number(10, 60)}", canvas.dp(16, 28), canvas.dp(7), size, ink)
    x = canvas.width - canvas.dp(18, 30)
    for _ in range(canvas.number(2, 6)):
        x -= size + 3 * u
        canvas.icon(x, canvas.dp(7), size, ink)
    kind = canvas.number(0, 4)
    if kind == 1 and canvas.height > canvas.width:
        top = canvas.height - canvas.dp(48)
        if canvas.chance(0.7):
            canvas.image[top:] = (0, 0, 0) if canvas.dark or canvas.chance(0.4) else (252, 252, 252)
        ink = canvas.on(tuple(int(n) for n in canvas.image[top + 2, 4]))
        for slot in range(3):
            canvas.icon(canvas.width * (2 * slot + 1) // 6 - 8 * u, top + 16 * u, 16 * u, ink)
    elif kind < 3:
        ground = canvas.image[canvas.height - canvas.dp(8), canvas.width // 2]
        y, w = canvas.height - canvas.dp(10), canvas.dp(100, 134)
        canvas.fill(((canvas.width - w) // 2, y, w, canvas.dp(4)), canvas.on(tuple(int(n) for n in ground)), canvas.dp(2))


def _app_bar(canvas: Canvas, top: int) -> int:
    high = canvas.dp(44, 60)
    bar = canvas.choice([canvas.paper, canvas.paper, canvas.face, canvas.accent])
    canvas.fill((0, 0, canvas.width, top + high), bar)
    ink = canvas.on(bar)
    size = canvas.dp(17, 22)
    if canvas.chance(0.6):
        canvas.icon(canvas.dp(16), top + high // 2 - canvas.dp(9), canvas.dp(18), ink)
    y = top + (high - size) // 2
    if canvas.chance(0.3):
        box = (canvas.dp(52), top + canvas.dp(6), canvas.width - canvas.dp(110), high - canvas.dp(12))
        canvas.fill(box, canvas.mixed(bar, ink, 0.08), box[3] // 2)
        canvas.line(box[0] + canvas.dp(14), y + canvas.dp(3), box[2] // 2, canvas.dp(13), canvas.mixed(bar, ink, 0.5))
    elif canvas.chance(0.4):
        canvas.centred(canvas.words(canvas.number(2, 7)), (0, top, canvas.width, high), size, ink, bold=True)
    else:
        canvas.line(canvas.dp(56), y, canvas.dp(60, 190), size, ink, bold=True)
    if canvas.chance(0.6):
        canvas.icon(canvas.width - canvas.dp(38), top + high // 2 - canvas.dp(9), canvas.dp(18), ink)
    return top + high


def _tab_bar(canvas: Canvas, top: int) -> None:
    bar = canvas.choice([canvas.paper, canvas.face])
    canvas.fill((0, top, canvas.width, canvas.height - top), bar)
    if canvas.chance(0.5):
        canvas.fill((0, top, canvas.width, max(1, canvas.dp(0.6))), canvas.rule())
    count = canvas.number(3, 6)
    chosen = canvas.number(0, count)
    for slot in range(count):
        ink = canvas.accent if slot == chosen else canvas.faint
        cell = (canvas.width * slot // count, top, canvas.width // count, canvas.dp(52))
        canvas.icon(cell[0] + cell[2] // 2 - canvas.dp(11), top + canvas.dp(8), canvas.dp(22), ink)
        canvas.centred(canvas.words(2), (cell[0], top + canvas.dp(32), cell[2], canvas.dp(16)), canvas.dp(11), ink)


def _rows(canvas: Canvas, top: int, bottom: int) -> None:
    step, size = canvas.dp(48, 92), canvas.dp(14, 18)
    picture, second, rules = canvas.chance(0.6), canvas.chance(0.6), canvas.chance(0.5)
    trailing = canvas.number(0, 4)
    for y in range(top, bottom, step):
        left = canvas.dp(16)
        if picture:
            side = min(step - canvas.dp(12), canvas.dp(40, 64))
            radius = canvas.choice([0, canvas.dp(6), side // 2])
            canvas.fill(
                (left, y + (step - side) // 2, side, side), canvas.photo(side, side) if canvas.chance(0.5) else canvas.vivid(), radius
            )
            left += side + canvas.dp(14)
        first = y + step // 2 - (size if second else size // 2)
        canvas.line(left, first, canvas.number(canvas.width * 0.2, canvas.width * 0.6), size, canvas.ink)
        if second:
            wide = canvas.number(canvas.width * 0.2, canvas.width * 0.7)
            canvas.line(left, first + round(1.5 * size), wide, canvas.dp(12), canvas.faint)
        if trailing == 1:
            canvas.icon(canvas.width - canvas.dp(34), y + step // 2 - canvas.dp(7), canvas.dp(14), canvas.faint)
        elif trailing == 2 and canvas.chance(0.7):
            box = (canvas.width - canvas.dp(60), y + step // 2 - canvas.dp(11), canvas.dp(44), canvas.dp(22))
            canvas.fill(box, canvas.choice([canvas.accent, canvas.rule()]), box[3] // 2)
        if rules:
            canvas.fill((left, y + step - 1, canvas.width - left, max(1, canvas.dp(0.6))), canvas.rule())


def _grid(canvas: Canvas, top: int, bottom: int) -> None:
    columns, gap = canvas.number(2, 5), canvas.dp(2, 14)
    side = (canvas.width - gap) // columns - gap
    tall = round(side * float(canvas.random.uniform(0.7, 1.6)))
    words = canvas.chance(0.6)
    radius = canvas.choice([0, canvas.dp(6), canvas.dp(14)])
    ground = canvas.chance(0.4)
    y = top + gap
    while y < bottom:
        for column in range(columns):
            x = gap + column * (side + gap)
            if ground:
                canvas.fill((x, y, side, tall + (canvas.dp(44) if words else 0)), canvas.face, radius)
            canvas.fill((x, y, side, tall), canvas.photo(side, tall) if canvas.chance(0.85) else canvas.vivid(), radius)
            if words:
                canvas.line(x + canvas.dp(6), y + tall + canvas.dp(6), side - canvas.dp(12), canvas.dp(13), canvas.ink)
                canvas.line(x + canvas.dp(6), y + tall + canvas.dp(25), side // 2, canvas.dp(11), canvas.faint)
        y += tall + gap + (canvas.dp(48) if words else 0)


def _chat(canvas: Canvas, top: int, bottom: int) -> None:
    y = top + canvas.dp(10)
    while y < bottom - canvas.dp(60):
        mine = canvas.chance(0.5)
        w, lines = canvas.number(canvas.width * 0.25, canvas.width * 0.72), canvas.number(1, 6)
        h = lines * canvas.dp(22) + canvas.dp(16)
        x = canvas.width - w - canvas.dp(12) if mine else canvas.dp(56)
        bubble = canvas.accent if mine else canvas.face
        canvas.fill((x, y, w, h), bubble, canvas.dp(12))
        canvas.paragraph(x + canvas.dp(10), y + canvas.dp(10), w - canvas.dp(20), lines, canvas.dp(14), canvas.on(bubble))
        if not mine:
            canvas.fill((canvas.dp(10), y, canvas.dp(38), canvas.dp(38)), canvas.vivid(), canvas.dp(19))
        y += h + canvas.dp(14)


def _article(canvas: Canvas, top: int, bottom: int) -> None:
    y = top + canvas.dp(12)
    if canvas.chance(0.6):
        canvas.line(canvas.dp(16), y, canvas.width - canvas.dp(50), canvas.dp(22), canvas.ink, bold=True)
        y += canvas.dp(40)
    while y < bottom:
        if canvas.chance(0.25):
            w, h = canvas.width - canvas.dp(32), canvas.dp(120, 240)
            canvas.fill((canvas.dp(16), y, w, h), canvas.photo(w, h), canvas.choice([0, canvas.dp(8)]))
            y += h + canvas.dp(12)
        lines = canvas.number(1, 6)
        y = canvas.paragraph(canvas.dp(16), y, canvas.width - canvas.dp(32), lines, canvas.dp(14, 17), canvas.ink) + canvas.dp(14)


def _settings(canvas: Canvas, top: int, bottom: int) -> None:
    """Groups of rows on rounded cards: what dark themes show like dialogs."""
    margin, y = canvas.dp(8, 20), top + canvas.dp(8)
    while y < bottom:
        rows, step = canvas.number(1, 8), canvas.dp(48, 76)
        box = (margin, y, canvas.width - 2 * margin, rows * step)
        if canvas.chance(0.2):
            canvas.shadow(box, canvas.dp(12), 0.12, canvas.dp(2))
        canvas.fill(box, canvas.face, canvas.dp(8, 24))
        for row in range(rows):
            at = y + row * step + step // 2 - canvas.dp(8)
            left = margin + canvas.dp(16)
            if canvas.chance(0.4):
                canvas.icon(left, at, canvas.dp(18), canvas.accent)
                left += canvas.dp(34)
            canvas.line(left, at, canvas.number(canvas.width * 0.15, canvas.width * 0.5), canvas.dp(15), canvas.ink)
            if canvas.chance(0.6):
                canvas.icon(canvas.width - margin - canvas.dp(30), at, canvas.dp(14), canvas.faint)
        y += rows * step + canvas.dp(8, 22)
        if canvas.chance(0.35):
            canvas.line(margin + canvas.dp(8), y, canvas.dp(120), canvas.dp(12), canvas.faint)
            y += canvas.dp(22)


def _cards(canvas: Canvas, top: int, bottom: int) -> None:
    """A feed of cards with a picture, words and answers below: the look of inline promotions."""
    margin, y = canvas.dp(8, 18), top + canvas.dp(10)
    raised = canvas.chance(0.5)
    while y < bottom:
        h = canvas.dp(110, 340)
        box = (margin, y, canvas.width - 2 * margin, h)
        if raised:
            canvas.shadow(box, canvas.dp(8), 0.2, canvas.dp(3))
        face = canvas.face if canvas.chance(0.7) else canvas.vivid()
        canvas.fill(box, face, canvas.dp(4, 18))
        inner = y + canvas.dp(12)
        if canvas.chance(0.4) and h > canvas.dp(180):
            tall = h // 2
            canvas.fill((margin, y, box[2], tall), canvas.photo(box[2], tall), canvas.dp(8), corners="top")
            inner = y + tall + canvas.dp(10)
        canvas.line(margin + canvas.dp(14), inner, box[2] // 2, canvas.dp(16), canvas.on(face), bold=True)
        lines = max(0, min(4, (y + h - inner - canvas.dp(66)) // canvas.dp(21)))
        canvas.paragraph(
            margin + canvas.dp(14),
            inner + canvas.dp(26),
            box[2] - canvas.dp(28),
            lines,
            canvas.dp(13),
            canvas.mixed(face, canvas.on(face), 0.6),
        )
        if canvas.chance(0.55):
            button = (margin + box[2] - canvas.dp(110), y + h - canvas.dp(44), canvas.dp(96), canvas.dp(34))
            canvas.fill(button, canvas.accent, canvas.dp(17))
            canvas.centred(canvas.words(3), button, canvas.dp(13), canvas.on(canvas.accent))
        y += h + canvas.dp(8, 18)


def hero(canvas: Canvas, top: int, bottom: int, most: float = 1.0) -> None:
    """A dark or bright picture above, and the page's body below, rounded or not: the look of a sheet."""
    h = canvas.number(canvas.height * 0.2, canvas.height * 0.62)
    canvas.fill((0, 0, canvas.width, h), canvas.photo(canvas.width, h, dim=float(canvas.random.uniform(0.15, most))))
    body = canvas.choice([canvas.paper, canvas.face])
    lap = canvas.choice([0, 0, canvas.dp(16), canvas.dp(24)])
    canvas.fill((0, h - lap, canvas.width, canvas.height - h + lap), body, lap, corners="top")
    if canvas.chance(0.6):
        canvas.line(canvas.dp(16), h - canvas.dp(70), canvas.width // 2, canvas.dp(22), (255, 255, 255), bold=True)
    canvas.choice([_rows, _article, _grid, _actions])(canvas, h + canvas.dp(8), bottom)


def _actions(canvas: Canvas, top: int, bottom: int) -> None:
    """Words and one wide button low on the page: sign-in, onboarding, a product's page."""
    y = canvas.paragraph(canvas.dp(24), top + canvas.dp(16), canvas.width - canvas.dp(48), canvas.number(2, 7), canvas.dp(15), canvas.ink)
    for _ in range(canvas.number(0, 3)):
        box = (canvas.dp(24), y + canvas.dp(12), canvas.width - canvas.dp(48), canvas.dp(48))
        canvas.fill(box, canvas.rule(), canvas.dp(8))
        canvas.line(box[0] + canvas.dp(14), box[1] + canvas.dp(16), canvas.dp(110), canvas.dp(14), canvas.faint)
        y += canvas.dp(62)
    for number in range(canvas.number(1, 3)):
        high = canvas.dp(44, 54)
        box = (canvas.dp(24), bottom - canvas.dp(30) - (number + 1) * (high + canvas.dp(12)), canvas.width - canvas.dp(48), high)
        canvas.fill(box, canvas.accent if number == 0 else canvas.rule(), canvas.choice([canvas.dp(8), high // 2]))
        canvas.centred(canvas.words(canvas.number(2, 6)), box, canvas.dp(16), canvas.on(canvas.accent) if number == 0 else canvas.ink)


def _auth(canvas: Canvas, top: int, bottom: int) -> None:
    """A card with a form over a picture: part of the page, no pop-up."""
    one, other = canvas.vivid(), canvas.vivid()
    whole = canvas.photo(canvas.width, canvas.height) if canvas.chance(0.5) else canvas.gradient(canvas.width, canvas.height, one, other)
    canvas.image[:] = whole
    if canvas.chance(0.5):
        side = canvas.dp(72)
        canvas.fill(((canvas.width - side) // 2, top + canvas.dp(50), side, side), canvas.vivid(), canvas.dp(16))
    if canvas.chance(0.4):
        return _actions(canvas, canvas.height // 3, bottom)
    w, h = canvas.width - canvas.dp(32, 64), canvas.dp(260, 420)
    box = ((canvas.width - w) // 2, canvas.number(canvas.height * 0.25, canvas.height * 0.45), w, h)
    canvas.fill(box, canvas.face, canvas.dp(4, 20))
    y = box[1] + canvas.dp(24)
    while y < box[1] + h - canvas.dp(110):
        canvas.line(box[0] + canvas.dp(20), y, canvas.dp(90, 200), canvas.dp(14), canvas.faint)
        canvas.fill((box[0] + canvas.dp(20), y + canvas.dp(26), w - canvas.dp(40), max(1, canvas.dp(1))), canvas.rule())
        y += canvas.dp(52)
    button = (box[0] + canvas.dp(20), box[1] + h - canvas.dp(70), w - canvas.dp(40), canvas.dp(46))
    canvas.fill(button, canvas.accent, canvas.dp(8))
    return None


def _cover(canvas: Canvas, top: int, bottom: int) -> None:
    """A player: cover art in the middle, its words and its keys below."""
    ground = canvas.photo(canvas.width, canvas.height, dim=float(canvas.random.uniform(0.1, 0.5)))
    canvas.image[:] = cv2.GaussianBlur(ground, (0, 0), 24) if canvas.chance(0.6) else canvas.paper
    side = canvas.number(canvas.width * 0.5, canvas.width * 0.95)
    side = min(side, round((bottom - top) * 0.6))
    box = ((canvas.width - side) // 2, top + canvas.dp(40, 130), side, side)
    canvas.fill(box, canvas.photo(side, side), canvas.choice([0, canvas.dp(8), canvas.dp(20), side // 2]))
    ink = canvas.on(tuple(int(n) for n in canvas.image[min(canvas.height - 2, box[1] + side + canvas.dp(30)), 8]))
    y = box[1] + side + canvas.dp(20)
    canvas.centred(canvas.words(8), (0, y, canvas.width, canvas.dp(26)), canvas.dp(20), ink, bold=True)
    canvas.fill((canvas.dp(24), y + canvas.dp(70), canvas.width - canvas.dp(48), canvas.dp(3)), ink, alpha=0.6)
    for slot in range(5):
        canvas.icon(canvas.width * (2 * slot + 1) // 10 - canvas.dp(14), y + canvas.dp(96), canvas.dp(28), ink)


def _picture(canvas: Canvas, top: int, bottom: int) -> None:
    """One picture, filling the screen or between black bands: a photo, not an advert."""
    if canvas.chance(0.5):
        canvas.image[:] = canvas.photo(canvas.width, canvas.height)
    else:
        canvas.image[:] = (0, 0, 0) if canvas.chance(0.7) else canvas.paper
        h = canvas.number(canvas.height * 0.25, canvas.height * 0.8)
        y = (canvas.height - h) // 2
        canvas.image[y : y + h] = canvas.photo(canvas.width, h)
    ink = canvas.on(tuple(int(n) for n in canvas.image[top + 4, canvas.width // 2]))
    for x in (canvas.dp(18), canvas.width - canvas.dp(40)):
        if canvas.chance(0.6):
            canvas.icon(x, top + canvas.dp(14), canvas.dp(22), ink)
    if canvas.chance(0.4):
        for slot in range(4):
            canvas.icon(canvas.width * (2 * slot + 1) // 8 - canvas.dp(11), bottom - canvas.dp(60), canvas.dp(22), (255, 255, 255))


def _video(canvas: Canvas, top: int, bottom: int) -> None:
    """A feed of short films: keys on the right, words low on the left."""
    canvas.image[:] = canvas.photo(canvas.width, canvas.height)
    for slot in range(canvas.number(3, 6)):
        y = bottom - canvas.dp(320) + slot * canvas.dp(66)
        if y > top:
            canvas.icon(canvas.width - canvas.dp(52), y, canvas.dp(32), (250, 250, 250))
            canvas.centred(
                str(canvas.number(10, 9999)),
                (canvas.width - canvas.dp(66), y + canvas.dp(34), canvas.dp(60), canvas.dp(16)),
                canvas.dp(12),
                (250, 250, 250),
            )
    canvas.line(canvas.dp(14), bottom - canvas.dp(96), canvas.dp(110), canvas.dp(16), (255, 255, 255), bold=True)
    canvas.paragraph(canvas.dp(14), bottom - canvas.dp(68), canvas.dp(240), 2, canvas.dp(14), (245, 245, 245))
    if canvas.chance(0.7):
        for slot in range(3):
            canvas.centred(
                canvas.words(2),
                (canvas.width // 4 + slot * canvas.width // 6, top + canvas.dp(8), canvas.width // 6, canvas.dp(30)),
                canvas.dp(16),
                (250, 250, 250),
            )


def _game(canvas: Canvas, top: int, bottom: int) -> None:
    canvas.image[:] = canvas.photo(canvas.width, canvas.height)
    for _ in range(canvas.number(3, 14)):
        cv2.circle(
            canvas.image,
            (canvas.number(0, canvas.width), canvas.number(0, canvas.height)),
            canvas.dp(6, 50),
            canvas.vivid(),
            -1,
            cv2.LINE_AA,
        )
    for _ in range(canvas.number(1, 5)):
        box = (canvas.number(0, canvas.width * 0.7), canvas.number(top, bottom), canvas.dp(60, 160), canvas.dp(28, 54))
        colour = canvas.vivid()
        canvas.fill(box, colour, canvas.dp(12))
        canvas.centred(canvas.words(3), box, canvas.dp(15), canvas.on(colour), bold=True)


def _gradient(canvas: Canvas, top: int, bottom: int) -> None:
    canvas.image[:] = canvas.gradient(canvas.width, canvas.height, canvas.vivid(), canvas.vivid())
    canvas.centred(canvas.words(5), (0, canvas.height // 3, canvas.width, canvas.dp(40)), canvas.dp(32), (255, 255, 255), bold=True)
    canvas.choice([_actions, _rows, _blank])(canvas, canvas.height // 2, bottom)


def _blank(canvas: Canvas, top: int, bottom: int) -> None:
    """An empty page: a pictogram and a line in the middle."""
    side = canvas.dp(60, 140)
    canvas.icon((canvas.width - side) // 2, (top + bottom - side) // 2, side, canvas.faint)
    canvas.centred(
        canvas.words(8), (0, (top + bottom + side) // 2 + canvas.dp(12), canvas.width, canvas.dp(20)), canvas.dp(14), canvas.faint
    )


def _map(canvas: Canvas, top: int, bottom: int) -> None:
    canvas.image[:] = canvas.mixed(canvas.paper, (200, 225, 215), 0.5)
    for _ in range(canvas.number(8, 26)):
        ends = [(canvas.number(0, canvas.width), canvas.number(0, canvas.height)) for _ in range(2)]
        cv2.line(canvas.image, *ends, canvas.choice([canvas.face, canvas.vivid(), canvas.rule()]), canvas.dp(2, 9), cv2.LINE_AA)
    if canvas.chance(0.6):
        h = canvas.dp(90, 260)
        box = (0, bottom - h, canvas.width, h)
        if canvas.chance(0.5):
            canvas.shadow(box, canvas.dp(12), 0.2, canvas.dp(3))
        canvas.fill(box, canvas.face, canvas.dp(16), corners="top")
        _rows(canvas, bottom - h + canvas.dp(8), bottom)
    box = (canvas.dp(12), top + canvas.dp(8), canvas.width - canvas.dp(24), canvas.dp(46))
    canvas.shadow(box, canvas.dp(8), 0.2, canvas.dp(2))
    canvas.fill(box, canvas.face, canvas.dp(10))
    canvas.line(box[0] + canvas.dp(16), box[1] + canvas.dp(15), canvas.dp(130), canvas.dp(15), canvas.faint)


def _dashboard(canvas: Canvas, top: int, bottom: int) -> None:
    """Panels of figures: two in a row, some wide, some with a curve."""
    gap, y = canvas.dp(8, 14), top + canvas.dp(10)
    while y < bottom:
        count, h = canvas.choice([1, 2, 2, 3]), canvas.dp(70, 190)
        w = (canvas.width - gap * (count + 1)) // count
        for slot in range(count):
            box = (gap + slot * (w + gap), y, w, h)
            face = canvas.face if canvas.chance(0.75) else canvas.vivid()
            canvas.fill(box, face, canvas.dp(6, 18))
            canvas.write(str(canvas.number(1, 9999)), box[0] + canvas.dp(12), y + canvas.dp(14), canvas.dp(26), canvas.on(face), bold=True)
            if h > canvas.dp(110) and canvas.chance(0.6):
                xs = np.linspace(box[0] + canvas.dp(10), box[0] + w - canvas.dp(10), 12)
                ys = y + h - canvas.dp(12) - canvas.random.integers(0, max(2, h // 2), 12)
                cv2.polylines(canvas.image, [np.stack([xs, ys], 1).astype(np.int32)], False, canvas.accent, canvas.dp(2), cv2.LINE_AA)
        y += h + gap


def _calendar(canvas: Canvas, top: int, bottom: int) -> None:
    """A month, or the wheels of a date picker, in the flow of a page."""
    cell = canvas.width // 7
    y = top + canvas.dp(8)
    if canvas.chance(0.5):
        canvas.fill((canvas.dp(8), y, canvas.width - canvas.dp(16), cell * 6 + canvas.dp(40)), canvas.face, canvas.dp(14))
    for row in range(6):
        for column in range(7):
            box = (column * cell, y + canvas.dp(30) + row * cell, cell, cell)
            if canvas.chance(0.05):
                canvas.fill((box[0] + cell // 6, box[1] + cell // 6, cell * 2 // 3, cell * 2 // 3), canvas.accent, cell // 3)
            canvas.centred(str(1 + (row * 7 + column) % 31), box, canvas.dp(15), canvas.ink)
    _rows(canvas, y + cell * 6 + canvas.dp(60), bottom)


PAGES: dict[str, Callable[[Canvas, int, int], None]] = {
    "rows": _rows, "grid": _grid, "chat": _chat, "article": _article, "settings": _settings, "cards": _cards, "hero": hero,
    "actions": _actions, "auth": _auth, "cover": _cover, "picture": _picture, "video": _video, "game": _game, "gradient": _gradient,
    "blank": _blank, "map": _map, "dashboard": _dashboard, "calendar": _calendar,
}  # fmt: skip
