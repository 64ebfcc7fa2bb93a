"""What comes over a page and wants an answer: dialogs, sheets, prompts of ROMs, promotions; each with its truth."""

from dataclasses import dataclass

from tests.drawn import marks
from tests.drawn.canvas import Box, Canvas, Colour

CARDS = (
    "alert", "cells", "choices", "permission", "consent", "update", "promo", "coupon", "rating", "input", "sheet", "share-sheet",
    "list-sheet", "floating-sheet", "rom-prompt", "stacked",
)  # fmt: skip
SHEETS = ("sheet", "share-sheet", "list-sheet", "floating-sheet", "rom-prompt")


@dataclass(slots=True)
class Laid:
    """Where a card and its controls lie; None where it has no such control."""

    box: Box
    confirm: Box | None = None
    cancel: Box | None = None
    close: Box | None = None


def scrim_of(canvas: Canvas, kind: str) -> float:
    """How opaque the scrim under a card is; 0 for cards that come without one.

    A full-width sheet always has one: without it nobody can tell it from the lower part of a page.
    """
    bare = {"rom-prompt": 0.4, "floating-sheet": 0.25, "promo": 0.1, "coupon": 0.1}.get(kind, 0.0 if kind in SHEETS else 0.08)
    if canvas.chance(bare):
        return 0.0
    weak = [0.1, 0.12] if kind in SHEETS else []  # over films
    return round(float(canvas.choice([*weak, 0.2, 0.3, 0.32, 0.4, 0.5, 0.5, 0.6, 0.6, 0.6, 0.7, 0.75])), 2)


def lay(canvas: Canvas, kind: str, alpha: float) -> Laid:
    """Lay a card over what the canvas shows; its scrim is there already."""
    if kind == "stacked":
        lay(canvas, canvas.choice(["alert", "consent", "list-sheet"]), alpha)
        if alpha:
            canvas.scrim(alpha)
        kind = canvas.choice(["alert", "cells", "permission", "update"])
    box = _place(canvas, kind)
    face, ink = _tone(canvas, kind, alpha)
    radius = canvas.choice([0, canvas.dp(2), canvas.dp(8), canvas.dp(14), canvas.dp(20), canvas.dp(28)])
    corners = "top" if kind in SHEETS and box[1] + box[3] >= canvas.height - 2 else "all"
    if alpha == 0 or canvas.chance(0.3):
        strength = float(canvas.random.uniform(0.15, 0.45) if alpha == 0 else canvas.random.uniform(0.05, 0.4))
        canvas.shadow(box, radius, strength, canvas.dp(2, 12))
    canvas.fill(box, face, radius, corners=corners)
    if alpha == 0 and (canvas.dark or canvas.chance(0.25)):
        canvas.outline(box, canvas.mixed(face, ink, 0.15), radius, max(1, canvas.dp(0.7)))
    return _DRAW.get(kind, _alert)(canvas, box, face, ink)


def _tone(canvas: Canvas, kind: str, alpha: float) -> tuple[Colour, Colour]:
    """The card's face and ink: light or of the dark theme, sometimes the very tone of the page."""
    if kind in ("promo", "coupon"):
        face = canvas.vivid() if canvas.chance(0.6) else canvas.hsv(canvas.number(0, 180), 30, 250)
    elif canvas.dark and canvas.chance(0.85):
        low = max(canvas.face)
        face = canvas.choice(
            [canvas.face, canvas.face, (low + 12,) * 3, (43, 43, 43), (48, 45, 46), (66, 66, 66), canvas.paper if alpha else canvas.face]
        )
    else:
        face = canvas.choice(
            [(255, 255, 255), (255, 255, 255), (255, 255, 255), canvas.face, canvas.paper, (250, 250, 250), (243, 237, 247)]
        )
    return face, canvas.on(face)


def _place(canvas: Canvas, kind: str) -> Box:
    """A card's box as designers choose them for each kind; in landscape cards are narrower and sheets lower."""
    wide, high = canvas.width, canvas.height
    flat = wide > high
    nav = canvas.choice([0, 0, 0, canvas.dp(16), canvas.dp(48)])
    if kind in ("floating-sheet", "rom-prompt"):
        margin = canvas.dp(6, 18)
        w = min(wide - 2 * margin, canvas.dp(380)) if flat else wide - 2 * margin
        h = canvas.number(high * 0.17, high * (0.4 if kind == "rom-prompt" else 0.55))
        return (wide - w) // 2, high - h - margin - (nav or canvas.dp(0, 14)), w, h
    if kind in SHEETS:
        w = canvas.number(wide * 0.5, wide * 0.75) if flat and canvas.chance(0.6) else wide
        h = canvas.number(high * 0.2, high * (0.9 if flat else 0.72))
        return (wide - w) // 2, high - h, w, h
    if flat:
        w = canvas.number(wide * 0.34, wide * 0.55)
        h = canvas.number(high * 0.4, high * 0.85)
    else:
        w = canvas.number(wide * 0.66, wide * 0.93)
        tall = {"consent": (0.35, 0.62), "update": (0.38, 0.6), "promo": (0.28, 0.66), "coupon": (0.25, 0.55), "choices": (0.25, 0.7)}
        low, most = tall.get(kind, (0.14, 0.42))
        h = canvas.number(high * low, high * most)
    h = max(h, canvas.dp(224 if kind == "input" else 120))  # answers stand below the field
    y = (high - h) // 2 + canvas.number(-high * 0.05, high * 0.03)
    if kind == "permission" and canvas.chance(0.15) and not flat:
        y = high - h - canvas.dp(8, 40)
    return (wide - w) // 2, max(canvas.dp(26), y), w, h


def _alert(canvas: Canvas, box: Box, face: Colour, ink: Colour) -> Laid:
    """Title, text, one to three answers: words at the right, filled pairs, a wide one, a stack."""
    x, y, w, h = box
    pad = canvas.dp(16, 26)
    make = canvas.choice(["words", "words", "pair", "pair", "wide", "stack", "cancel-face", "edge"])
    foot = {"stack": canvas.dp(112), "wide": canvas.dp(104), "edge": canvas.dp(58)}.get(make, canvas.dp(66))
    top = _title(canvas, box, ink, pad)
    _text(canvas, (x + pad, top, w - 2 * pad, y + h - foot - top), canvas.mixed(face, ink, 0.75))
    return _answers(canvas, box, make, face, ink, pad)


def _title(canvas: Canvas, box: Box, ink: Colour, pad: int) -> int:
    """The first lines of a card, perhaps with a pictogram; gives where its text may begin."""
    x, y, w, _ = box
    top = y + pad
    middle = canvas.chance(0.45)
    if canvas.chance(0.2):
        side = canvas.dp(24, 52)
        left = x + (w - side) // 2 if middle else x + pad
        canvas.fill((left, top, side, side), canvas.vivid(), canvas.dp(8)) if canvas.chance(0.6) else canvas.icon(
            left, top, side, canvas.accent
        )
        top += side + canvas.dp(10)
    if canvas.chance(0.85):
        size = canvas.dp(16, 22)
        text = canvas.words(canvas.number(3, 10))
        if middle:
            canvas.centred(text, (x + pad, top, w - 2 * pad, size), size, ink, bold=True)
        else:
            canvas.write(text, x + pad, top, size, ink, bold=True, most=w - 2 * pad)
        top += size + canvas.dp(12)
    return top


def _text(canvas: Canvas, area: Box, ink: Colour) -> None:
    x, y, w, h = area
    size = canvas.dp(13, 16)
    most = int(h / (1.55 * size))
    if most >= 1:
        canvas.paragraph(x, y, w, min(most, canvas.number(1, max(2, most + 1))), size, ink)


def _answers(canvas: Canvas, box: Box, make: str, face: Colour, ink: Colour, pad: int) -> Laid:
    """The answers of a card, drawn at its foot; which of them is meant is the truth that is kept."""
    x, y, w, h = box
    tall, gap = canvas.dp(36, 50), canvas.dp(8, 14)
    if make == "words":
        size, right = canvas.dp(14, 15), x + w - canvas.dp(20)
        boxes: list[Box] = []
        same = canvas.chance(0.7)
        for number in range(canvas.choice([1, 2, 2, 2, 3])):
            text = canvas.words(canvas.number(2, 4))
            wide = canvas.dp(16) * max(2, len(text)) // (2 if canvas.latin else 1)
            right -= wide + canvas.dp(14)
            if right < x + canvas.dp(8):
                break
            colour = canvas.accent if number == 0 or same else canvas.mixed(face, ink, 0.6)
            boxes.append(canvas.write(text, right, y + h - canvas.dp(36), size, colour, bold=True))
        return Laid(box, boxes[0] if boxes else None, boxes[1] if len(boxes) > 1 else None)
    if make == "edge":
        tall = canvas.dp(44, 54)
        confirm = (x, y + h - tall, w, tall)
        if canvas.chance(0.5):
            half = w // 2
            cancel = (x, y + h - tall, half, tall)
            confirm = (x + half, y + h - tall, w - half, tall)
            canvas.fill(cancel, canvas.mixed(face, ink, 0.07))
            canvas.centred(canvas.words(2), cancel, canvas.dp(16), canvas.mixed(face, ink, 0.7))
            canvas.fill(confirm, canvas.accent)
            canvas.centred(canvas.words(2), confirm, canvas.dp(16), canvas.on(canvas.accent))
            return Laid(box, confirm, cancel)
        canvas.fill(confirm, canvas.accent)
        canvas.centred(canvas.words(4), confirm, canvas.dp(16), canvas.on(canvas.accent))
        return Laid(box, confirm)
    low = y + h - canvas.dp(14, 22)
    if make in ("pair", "cancel-face"):
        wide = (w - 2 * pad - gap) // 2
        left, right_box = (x + pad, low - tall, wide, tall), (x + pad + wide + gap, low - tall, wide, tall)
        if make == "cancel-face":
            marks.button(canvas, left, "grey")
            marks.button(canvas, right_box, "words", colour=_legible(canvas, face))
        else:
            marks.button(canvas, left, canvas.choice(["grey", "grey", "outlined", "tonal", "plain"]))
            marks.button(canvas, right_box, "filled")
        return Laid(box, right_box, left)
    upper, lower = (x + pad, low - 2 * tall - gap, w - 2 * pad, tall), (x + pad, low - tall, w - 2 * pad, tall)
    if make == "stack":
        marks.button(canvas, upper, "filled")
        marks.button(canvas, lower, canvas.choice(["grey", "outlined", "plain"]))
        return Laid(box, upper, lower)
    if canvas.chance(0.5):
        marks.button(canvas, lower, "filled")
        return Laid(box, lower)
    marks.button(canvas, upper, "filled")
    marks.button(canvas, lower, "plain")
    return Laid(box, upper, lower)


def _legible(canvas: Canvas, face: Colour) -> Colour:
    """The accent, unless it can hardly be read on the face."""
    apart = max(abs(a - b) for a, b in zip(canvas.accent, face, strict=True))
    return canvas.accent if apart > 110 else canvas.hsv(canvas.number(90, 130), 220, 200 if sum(face) > 380 else 250)


def _cells(canvas: Canvas, box: Box, face: Colour, ink: Colour) -> Laid:
    """Answers as cells between hairlines: two beside each other, or up to three below."""
    x, y, w, h = box
    pad, tall = canvas.dp(18, 24), canvas.dp(44, 54)
    rule = canvas.mixed(face, ink, float(canvas.random.uniform(0.08, 0.18)))
    thin = max(1, canvas.dp(0.7))
    stacked = canvas.chance(0.25) and h > canvas.dp(190)
    count = canvas.number(2, 4) if stacked else canvas.choice([1, 2, 2, 2])
    top = _title(canvas, box, ink, pad)
    foot = tall * count if stacked else tall
    _text(canvas, (x + pad, top, w - 2 * pad, y + h - foot - top - canvas.dp(10)), canvas.mixed(face, ink, 0.7))
    boxes: list[Box] = []
    for number in range(count):
        if stacked:
            cell = (x, y + h - foot + number * tall, w, tall)
            canvas.fill((x, cell[1], w, thin), rule)
        else:
            cell = (x + w * number // count, y + h - tall, w // count, tall)
            canvas.fill((x, cell[1], w, thin), rule)
            if number:
                canvas.fill((cell[0], cell[1], thin, tall), rule)
        strong = (number == 0) if stacked else (number == count - 1)
        colour = _legible(canvas, face) if strong or canvas.chance(0.4) else canvas.mixed(face, ink, 0.7)
        canvas.centred(canvas.words(canvas.number(2, 4)), cell, canvas.dp(16, 18), colour)
        boxes.append(cell)
    if stacked:
        return Laid(box, boxes[0], boxes[-1])
    return Laid(box, boxes[-1], boxes[0] if count == 2 else None)


def _choices(canvas: Canvas, box: Box, face: Colour, ink: Colour) -> Laid:
    """A list to choose from, with round or square marks."""
    x, y, w, h = box
    pad = canvas.dp(18, 24)
    top = _title(canvas, box, ink, pad)
    step, end = canvas.dp(44, 56), y + h - canvas.dp(64)
    while top + step < end:
        canvas.icon(x + pad, top + step // 2 - canvas.dp(9), canvas.dp(18), canvas.choice([canvas.accent, canvas.faint]))
        canvas.line(x + pad + canvas.dp(32), top + step // 2 - canvas.dp(8), canvas.number(w * 0.2, w * 0.6), canvas.dp(15), ink)
        top += step
    return _answers(canvas, box, canvas.choice(["words", "words", "pair"]), face, ink, pad)


def _permission(canvas: Canvas, box: Box, face: Colour, ink: Colour) -> Laid:
    """Two or three answers below each other: words, tinted faces, cells."""
    x, y, w, h = box
    pad = canvas.dp(16, 24)
    side = canvas.dp(22, 28)
    canvas.icon(x + (w - side) // 2, y + canvas.dp(18), side, canvas.accent)
    size = canvas.dp(16, 20)
    count = 3 if h > canvas.dp(240) and canvas.chance(0.75) else 2
    tall = canvas.dp(46, 54)
    first = y + h - canvas.dp(14) - count * (tall + canvas.dp(3))
    top = y + canvas.dp(54)
    while top + size * 1.4 < first - canvas.dp(8) and top < y + canvas.dp(120):
        canvas.centred(canvas.words(canvas.number(7, 16)), (x + pad, top, w - 2 * pad, size), size, ink)
        top += round(size * 1.4)
    make = canvas.choice(["tonal", "tonal", "words", "grey"])
    boxes = [(x + pad, first + slot * (tall + canvas.dp(3)), w - 2 * pad, tall) for slot in range(count)]
    tone, colour = float(canvas.random.uniform(0.1, 0.3)), _legible(canvas, face)
    for cell in boxes:
        marks.button(canvas, cell, make, colour=colour, tone=tone)
    return Laid(box, boxes[0] if make == "tonal" else None, boxes[-1])


def _consent(canvas: Canvas, box: Box, face: Colour, ink: Colour) -> Laid:
    """A long text and two answers."""
    x, y, w, h = box
    pad = canvas.dp(16, 24)
    make = canvas.choice(["pair", "stack", "wide", "cancel-face"])
    foot = canvas.dp(120) if make in ("stack", "wide") else canvas.dp(76)
    top = _title(canvas, box, ink, pad)
    size = canvas.dp(13, 15)
    lines = int((y + h - foot - top) / (1.55 * size))
    if lines > 0:
        canvas.paragraph(x + pad, top, w - 2 * pad, lines, size, canvas.mixed(face, ink, 0.75))
    return _answers(canvas, box, make, face, ink, pad)


def _update(canvas: Canvas, box: Box, face: Colour, ink: Colour) -> Laid:
    """A header picture with flat patches in it, what is new, one wide answer."""
    x, y, w, h = box
    head = canvas.number(h * 0.22, h * 0.48)
    colour = canvas.accent
    picture = canvas.gradient(w, head, colour, canvas.mixed(colour, (255, 255, 255), float(canvas.random.uniform(0, 0.7))))
    if canvas.chance(0.4):
        picture = canvas.photo(w, head)
    canvas.fill((x, y, w, head), picture, canvas.dp(8), corners="top")
    for _ in range(canvas.number(1, 5)):
        patch = (x + canvas.number(0, w * 0.7), y + canvas.number(0, head * 0.7), canvas.number(w * 0.1, w * 0.4), canvas.dp(14, 50))
        patch = (patch[0], patch[1], min(patch[2], x + w - patch[0]), min(patch[3], y + head - patch[1]))
        canvas.fill(patch, canvas.vivid() if canvas.chance(0.5) else canvas.mixed(colour, (255, 255, 255), 0.5), canvas.dp(0, 20))
    canvas.write(canvas.words(4), x + canvas.dp(20), y + head // 2, canvas.dp(20, 26), (255, 255, 255), bold=True)
    pad = canvas.dp(16, 24)
    _text(canvas, (x + pad, y + head + canvas.dp(14), w - 2 * pad, h - head - canvas.dp(130)), canvas.mixed(face, ink, 0.75))
    laid = _answers(canvas, box, canvas.choice(["pair", "wide", "wide", "stack", "words", "edge"]), face, ink, pad)
    if canvas.chance(0.4):
        laid.close = _close(canvas, box, canvas.choice(["below", "inside"]))
    return laid


def _promo(canvas: Canvas, box: Box, face: Colour, ink: Colour) -> Laid:
    """A picture that is the card, with words, perhaps a button in it, and a cross somewhere."""
    x, y, w, h = box
    if canvas.chance(0.7):
        canvas.fill(box, canvas.photo(w, h), canvas.choice([0, canvas.dp(10), canvas.dp(20)]))
    for _ in range(canvas.number(1, 4)):
        size = canvas.dp(18, 44)
        line = (x + canvas.dp(16), y + canvas.number(h * 0.08, h * 0.6), w - canvas.dp(32), size)
        canvas.centred(
            canvas.words(canvas.number(3, 7)), line, size, canvas.choice([(255, 255, 255), canvas.vivid(), (20, 20, 60)]), bold=True
        )
    confirm = None
    if canvas.chance(0.75):
        wide, tall = canvas.number(w * 0.45, w * 0.85), canvas.dp(38, 56)
        confirm = (x + (w - wide) // 2, y + h - tall - canvas.dp(14, 34), wide, tall)
        marks.button(canvas, confirm, "filled", colour=canvas.vivid(), size=canvas.dp(16, 20))
    close = _close(canvas, box, canvas.choice(["below", "below", "inside", "outside", "left"])) if canvas.chance(0.93) else None
    return Laid(box, confirm, None, close)


def _close(canvas: Canvas, box: Box, where: str) -> Box:
    """A cross of some make: below the card, in its corner, outside above it."""
    x, y, w, h = box
    side = canvas.dp(14, 36) if where == "below" else canvas.dp(11, 28)
    around = canvas.choice(["ring", "ring", "disc", "none"] if where == "below" else ["none", "none", "disc", "ring"])
    side = min(side, canvas.dp(20)) if around == "none" else max(side, canvas.dp(17))
    place = {
        "below": (x + (w - side) // 2, y + h + canvas.dp(14, 44)),
        "inside": (x + w - side - canvas.dp(8, 18), y + canvas.dp(8, 18)),
        "outside": (x + w - side - canvas.number(0, canvas.dp(6)), y - side - canvas.dp(6, 22)),
        "left": (x + canvas.dp(8, 18), y + canvas.dp(8, 18)),
    }[where]
    left, top = place[0], min(max(canvas.dp(26), place[1]), canvas.height - side - canvas.dp(12))
    ground: Colour = tuple(int(n) for n in canvas.image[min(canvas.height - 1, top + 1), min(canvas.width - 1, left + 1)])  # type: ignore[assignment]
    colour = canvas.mixed(ground, canvas.on(ground), float(canvas.random.uniform(0.45, 1.0)))
    return marks.cross(canvas, left, top, side, colour, around=around)


def _coupon(canvas: Canvas, box: Box, face: Colour, ink: Colour) -> Laid:
    """A red packet or a coupon: a strong face, a paper in it, a round or wide button."""
    x, y, w, h = box
    if canvas.chance(0.7):
        inner = (x + canvas.dp(18), y + canvas.number(h * 0.15, h * 0.35), w - canvas.dp(36), canvas.number(h * 0.2, h * 0.35))
        canvas.fill(inner, (235, 245, 255), canvas.dp(10))
        canvas.centred(f"{canvas.number(1, 999)}", inner, canvas.dp(36), (40, 40, 220), bold=True)
    canvas.centred(canvas.words(6), (x, y + canvas.dp(16), w, canvas.dp(30)), canvas.dp(20), canvas.on(face), bold=True)
    wide, tall = canvas.number(w * 0.5, w * 0.8), canvas.dp(42, 54)
    confirm = (x + (w - wide) // 2, y + h - tall - canvas.dp(16, 40), wide, tall)
    marks.button(canvas, confirm, "filled", colour=canvas.hsv(canvas.number(18, 32), 160, 255), size=canvas.dp(18))
    return Laid(box, confirm, None, _close(canvas, box, canvas.choice(["below", "inside", "outside"])))


def _rating(canvas: Canvas, box: Box, face: Colour, ink: Colour) -> Laid:
    x, y, w, h = box
    side = canvas.dp(26, 38)
    for slot in range(5):
        left = x + w // 2 + round((slot - 2.5) * side * 1.25)
        marks.star(canvas, left, y + h // 2 - side // 2, side, canvas.choice([(60, 190, 250), canvas.faint]))
    _title(canvas, box, ink, canvas.dp(20))
    return _answers(canvas, box, canvas.choice(["words", "pair"]), face, ink, canvas.dp(18))


def _input(canvas: Canvas, box: Box, face: Colour, ink: Colour) -> Laid:
    x, _, w, _ = box
    top = _title(canvas, box, ink, canvas.dp(20))
    field = (x + canvas.dp(20), top + canvas.dp(4), w - canvas.dp(40), canvas.dp(42))
    canvas.fill(field, canvas.mixed(face, ink, 0.06), canvas.dp(6)) if canvas.chance(0.5) else canvas.outline(
        field, canvas.faint, canvas.dp(6)
    )
    canvas.line(field[0] + canvas.dp(12), field[1] + canvas.dp(13), field[2] // 2, canvas.dp(15), canvas.faint)
    return _answers(canvas, box, canvas.choice(["words", "words", "pair"]), face, ink, canvas.dp(18))


def _share_sheet(canvas: Canvas, box: Box, face: Colour, ink: Colour) -> Laid:
    """Pictograms in rows, and a cancel below."""
    x, y, w, h = box
    if canvas.chance(0.7):
        canvas.centred(canvas.words(4), (x, y + canvas.dp(16), w, canvas.dp(18)), canvas.dp(15), ink)
    cell, foot = w // 4, canvas.dp(56)
    top = y + canvas.dp(48)
    while top + canvas.dp(80) < y + h - foot:
        for column in range(4):
            left = x + column * cell + cell // 2 - canvas.dp(24)
            canvas.fill((left, top, canvas.dp(48), canvas.dp(48)), canvas.vivid(), canvas.choice([canvas.dp(12), canvas.dp(24)]))
            canvas.centred(
                canvas.words(3), (x + column * cell, top + canvas.dp(54), cell, canvas.dp(14)), canvas.dp(12), canvas.mixed(face, ink, 0.7)
            )
        top += canvas.dp(88)
    cancel = (x, y + h - foot, w, canvas.dp(50))
    canvas.centred(canvas.words(2), cancel, canvas.dp(16), canvas.mixed(face, ink, 0.8))
    return Laid(box, None, cancel)


def _list_sheet(canvas: Canvas, box: Box, face: Colour, ink: Colour) -> Laid:
    x, y, w, h = box
    step, top = canvas.dp(46, 62), y + canvas.dp(12)
    middle, rules = canvas.chance(0.5), canvas.chance(0.5)
    if canvas.chance(0.5):
        canvas.fill(
            (x + w // 2 - canvas.dp(16), y + canvas.dp(8), canvas.dp(32), canvas.dp(4)), canvas.mixed(face, ink, 0.25), canvas.dp(2)
        )
    while top + step <= y + h - canvas.dp(12):
        cell = (x, top, w, step)
        if middle:
            canvas.centred(canvas.words(canvas.number(2, 7)), cell, canvas.dp(16), ink)
        else:
            canvas.icon(x + canvas.dp(20), top + step // 2 - canvas.dp(10), canvas.dp(20), canvas.mixed(face, ink, 0.6))
            canvas.line(x + canvas.dp(58), top + step // 2 - canvas.dp(8), canvas.number(w * 0.2, w * 0.6), canvas.dp(15), ink)
        if rules:
            canvas.fill((x, top + step, w, 1), canvas.mixed(face, ink, 0.1))
        top += step
    return Laid(box)


_DRAW = {
    "alert": _alert, "cells": _cells, "choices": _choices, "permission": _permission, "consent": _consent, "update": _update,
    "promo": _promo, "coupon": _coupon, "rating": _rating, "input": _input, "sheet": _alert, "share-sheet": _share_sheet,
    "list-sheet": _list_sheet, "floating-sheet": _alert, "rom-prompt": _alert,
}  # fmt: skip
