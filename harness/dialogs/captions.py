"""The caption in a line of text: without countdowns and ornaments, and split where the line holds two."""

from functools import partial

from harness.config import once_a_config
from harness.dialogs.dialog_words import CAPTIONS, plain, words
from harness.dialogs.word_patterns import WORDS
from harness.events.box import Box
from harness.vision.ocr import TextLine

_ORNAMENTS = " .。,，:：;；!！|丨>＞<＜»›→~·•-—_【】[]()（）「」《》\"'"


@partial(once_a_config, most=CAPTIONS)
def label(text: str) -> str:
    """A caption made comparable: plain, without brackets, arrows and the countdown in it: 同意(5s), 3秒后跳过."""
    bare = plain(text).strip(_ORNAMENTS)
    return plain(WORDS.pattern("countdown").sub("", bare)).strip(_ORNAMENTS) or bare


@once_a_config
def captions() -> frozenset[str]:
    """Every plain caption of a button of the app's own dialogs."""
    own, consent = words()["own"], words()["consent"]
    return frozenset((*words()["refusal"]["words"], *own["negative"], *own["positive"], *consent["refuse"], *consent["accept"]))


def pieces(line: TextLine) -> list[tuple[str, Box]]:
    """A line's captions with their boxes: the line itself, or its words where each of them is a known caption."""
    parts = line.text.split()
    if len(parts) < 2 or label(line.text) in captions() or not all(label(part) in captions() for part in parts):
        return [(line.text, line.box)]
    x, y, width, height = line.box
    # Widths are proportional to the letters; the gap between the captions takes the rest and nobody taps there.
    weights = [_weight(part) for part in parts]
    gap = max(0.0, width - sum(weights) * height * 0.5) / (len(parts) - 1)
    unit = (width - gap * (len(parts) - 1)) / sum(weights)
    found: list[tuple[str, Box]] = []
    left = float(x)
    for part, weight in zip(parts, weights, strict=True):
        found.append((part, (round(left), y, max(1, round(weight * unit)), height)))
        left += weight * unit + gap
    return found


def _weight(text: str) -> int:
    return sum(1 if character.isascii() else 2 for character in text)
