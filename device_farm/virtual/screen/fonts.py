"""The device's one font: sizes of text, and where lines break."""

import re
from functools import lru_cache

from PIL import ImageFont
from pylopdf_fonts_zh_cn import sans_path

MAX_DRAWN = 4_000  # characters of one text that are laid out; the tree has them all
LINE_SPACING = 1.34  # of the text size

_APOSTROPHE = re.compile("(?<=[A-Za-z])’(?=[A-Za-z])")
_NO_BREAK_BEFORE = frozenset("，。！？；：、）》”’」』】…,.!?;:)]}%")
_NO_BREAK_AFTER = frozenset("（《“‘「『【([{")


@lru_cache(maxsize=64)
def font(size: int) -> ImageFont.FreeTypeFont:
    """Noto Sans SC at ``size`` pixels."""
    return ImageFont.truetype(sans_path(), size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=20_000)
def advance(character: str, size: int) -> float:
    """Width of one character in pixels."""
    return font(size).getlength(character)


def width(text: str, size: int) -> float:
    """Width of one line in pixels."""
    return sum(advance(c, size) for c in text)


def line_height(size: int) -> int:
    """Distance between two lines of text of ``size`` pixels."""
    return round(size * LINE_SPACING)


def printable(text: str) -> str:
    """``text`` as it is drawn: bounded, without control characters, and with a narrow apostrophe inside words.

    The font is Chinese: its ’ is as wide as a character.
    """
    text = _APOSTROPHE.sub("'", text[:MAX_DRAWN])
    return "".join(c if c.isprintable() or c == "\n" else " " for c in text)


@lru_cache(maxsize=2_000)
def wrap(text: str, size: int, limit: int) -> tuple[str, ...]:
    """Lines of ``text``, each at most ``limit`` pixels wide; a word is broken only where it must be."""
    lines: list[str] = []
    for paragraph in printable(text).split("\n"):
        lines += _wrap_paragraph(paragraph, size, max(limit, size))
    return tuple(lines)


def _wrap_paragraph(paragraph: str, size: int, limit: int) -> list[str]:
    lines: list[str] = []
    line, line_width = "", 0.0
    for piece in _pieces(paragraph):
        piece_width = width(piece, size)
        if line and line_width + piece_width > limit:
            lines.append(line.rstrip())
            line, line_width = "", 0.0
            piece = piece.lstrip()
            piece_width = width(piece, size)
        while piece_width > limit and len(piece) > 1:  # a single word wider than the line
            fit = _fitting(piece, size, limit)
            lines.append(piece[:fit])
            piece = piece[fit:]
            piece_width = width(piece, size)
        line += piece
        line_width += piece_width
    lines.append(line.rstrip())
    return lines


def _pieces(paragraph: str) -> list[str]:
    """Split where a line may break: a word keeps its space, a Chinese character its punctuation."""
    pieces: list[str] = []
    for character in paragraph:
        if pieces and _sticks(pieces[-1], character):
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _sticks(piece: str, character: str) -> bool:
    last = piece[-1]
    if character in _NO_BREAK_BEFORE or last in _NO_BREAK_AFTER:
        return len(piece) < 40
    if last == " ":
        return character == " "
    return ord(last) < 0x2E80 and ord(character) < 0x2E80


def _fitting(word: str, size: int, limit: int) -> int:
    total = 0.0
    for n, character in enumerate(word):
        total += advance(character, size)
        if total > limit:
            return max(1, n)
    return len(word)
