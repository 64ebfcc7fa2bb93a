"""Vision figures: times, and how right the answers are on real captures and on drawn screens that taught nothing."""

import csv
import os
import statistics
import time
from collections.abc import Sequence
from pathlib import Path

from harness.commands.find_popups import look, read_image
from harness.vision.luma_thumbnails import Box, view
from harness.vision.ocr import read_text
from harness.vision.popup import find_popup
from harness.vision.scrim import fit_views
from tests.benchmarks.rows import Row, median_ms, row
from tests.drawn.adverts import ADVERTS, NEAR_ADVERTS
from tests.drawn.cards import CARDS
from tests.drawn.changes import CHANGES
from tests.drawn.scene import Scene, draw
from tests.vision_captions import CAPTIONS, boxes, unread

ROOT = Path(__file__).parents[2]
CAPTURES = Path(os.environ.get("APPRIGHTS_CAPTURES", ROOT.parent / "shared" / "captures"))
ROUNDS = 30
CARDS_READ = 20

UNSEEN = 70_000
"""Seeds from here on are drawn here alone: ``train_popup`` has those that taught and those that chose."""

PAIRS, PAIRS_LONG = 60, 1000
NEAR = 24
"""A control is right within so many pixels of a screen 1080 wide."""


def run(*, long: bool = False) -> list[Row]:
    """Measure; where the captures are not present, their rows say so and hold no value."""
    made = draw("alert", UNSEEN, (1080, 2400))
    fit = median_ms(lambda: fit_views(view(made.before), view(made.after)), ROUNDS)
    others = iter([draw(kind, UNSEEN, (1080, 2400)).after for kind in ("alert", "sheet", "same")] * (ROUNDS + 1))
    single = median_ms(lambda: find_popup(next(others)), ROUNDS)
    again = median_ms(lambda: find_popup(made.after), ROUNDS)
    rows = [
        row("scrim fit, 1080x2400, decoded", fit, "ms", aim="<= 10"),
        row("pop-up from one frame, 1080x2400, decoded", single, "ms", aim="<= 10", note="with cross and button"),
        row("the same frame again", again, "ms", aim="<= 0.5"),
    ]
    return rows + _captures() + _drawn(PAIRS_LONG if long else PAIRS) + _reading()


def _captures() -> list[Row]:
    listed = CAPTURES / "screens" / "labels.csv"
    names = ("pop-up precision on the captures", "pop-up recall on the captures", "false alarms on the captures")
    if not listed.is_file():
        note = f"not measured: no {listed}; APPRIGHTS_CAPTURES says where the real captures are"
        return [row(name, None, "share", note=note) for name in names]
    with listed.open(encoding="utf-8", newline="") as file:
        labels = [label for label in csv.DictReader(file) if label["ambiguous"] == "0"]
    answers = []
    for label in labels:
        found, _controls = look(read_image(listed.parent / label["path"]), None, ocr=False, density=None)
        answers.append((found.popup, label["has_popup"] == "1"))
    precision, recall, false = _rates(answers)
    note = f"{len(answers)} screens, none of which the score was trained on; no confirm controls are labelled there"
    return [
        row(names[0], precision, "share", aim=">= 0.95", note=note),
        row(names[1], recall, "share", aim=">= 0.93", note=note),
        row(names[2], false, "share", aim="<= 0.005", note=note),
    ]


def _rates(answers: list[tuple[bool, bool]]) -> tuple[float, float, float]:
    """Precision, recall and the share of false alarms of (answer, truth) pairs."""
    true = sum(answer and truth for answer, truth in answers)
    said, there = sum(answer for answer, _ in answers), sum(truth for _, truth in answers)
    return true / max(1, said), true / max(1, there), (said - true) / max(1, len(answers) - there)


def _drawn(count: int) -> list[Row]:
    """Pairs of drawn screens, adverts and the pages like them, and the controls of what was found."""
    pairs, closes, confirms = [], [], []
    for made in _scenes((*CARDS, *CHANGES), count):
        before = [made.before] if made.popup or made.kind != "same" else []
        found = find_popup(made.after, before)
        pairs.append((found.popup, made.popup))
        if found.popup and made.popup:
            closes.append((_near(found.close, made.close, made), found.close is not None, made.close is not None))
            if made.confirm is not None:
                confirms.append(_on(found.confirm, made.confirm))
    adverts = []
    for made in _scenes((*ADVERTS, *NEAR_ADVERTS, "same"), count // 2):
        found, _controls = look(made.after, None, ocr=False, density=None)
        adverts.append((found.popup, made.popup))
    precision, recall, _false = _rates(pairs)
    ad_precision, ad_recall, _false = _rates(adverts)
    right = sum(near for near, _, _ in closes)
    note = f"{len(pairs)} pairs, seeds from {UNSEEN}"
    harmonic = 2 * ad_precision * ad_recall / max(1e-9, ad_precision + ad_recall)
    return [
        row("drawn pairs, precision", precision, "share", aim=">= 0.99", note=note),
        row("drawn pairs, recall", recall, "share", aim=">= 0.97", note=note),
        row("drawn interstitials, F1", harmonic, "share", aim=">= 0.92", note=f"{len(adverts)} screens, one frame, no words"),
        row("close controls within 24 px, recall", right / max(1, sum(there for _, _, there in closes)), "share", aim=">= 0.92", note=note),
        row(
            "close controls within 24 px, precision", right / max(1, sum(said for _, said, _ in closes)), "share", aim=">= 0.95", note=note
        ),
        row(
            "confirm controls right", sum(confirms) / max(1, len(confirms)), "share", aim=">= 0.95", note="drawn cards with a filled button"
        ),
    ]


def _scenes(kinds: Sequence[str], count: int) -> list[Scene]:
    return [draw(kinds[number % len(kinds)], UNSEEN + number) for number in range(count)]


def _near(found: Box | None, there: Box | None, made: Scene) -> bool:
    if found is None or there is None:
        return False
    reach = NEAR * min(made.after.shape[:2]) / 1080
    apart = [abs(found[at] + found[at + 2] / 2 - there[at] - there[at + 2] / 2) for at in (0, 1)]
    return max(apart) <= reach


def _on(found: Box | None, there: Box) -> bool:
    """Whether a found control's middle lies on the true one."""
    if found is None:
        return False
    x, y = found[0] + found[2] / 2, found[1] + found[3] / 2
    return there[0] <= x <= there[0] + there[2] and there[1] <= y <= there[1] + there[3]


def _reading() -> list[Row]:
    """The text of real pop-ups: how long a card takes, and how many of the captions are read."""
    names = ("text of a pop-up's card, half size, one thread", "captions of buttons read on the captures")
    labels = CAPTURES / "screens" / "labels.csv"
    if not labels.is_file():
        note = f"not measured: no {labels}"
        return [row(names[0], None, "ms", note=note), row(names[1], None, "share", note=note)]
    cards = [(number, read_image(path), box) for number, path, box in boxes(labels)]
    read_text(cards[0][1], cards[0][2])  # loads the models
    times, missed = [], 0
    for number, frame, box in cards:
        start = time.perf_counter()
        missed += len(unread(number, frame, box))
        times.append((time.perf_counter() - start) * 1000)
    captions = sum(len(words.split()) for words in CAPTIONS.values())
    note = f"{captions} captions on {len(cards)} pop-ups, labelled by eye"
    return [
        row(names[0], statistics.median(times[1 : 1 + CARDS_READ]), "ms", note=f"median of {CARDS_READ}, a card each"),
        row(names[1], 1 - missed / captions, "share", note=note),
    ]
