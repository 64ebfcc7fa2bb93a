"""Vision figures: scrim fit, single frame and reading in milliseconds, precision and recall on the real captures."""

from __future__ import annotations

import csv
import os
import statistics
import time
from pathlib import Path

from harness.commands.find_popups import read_image
from harness.vision.ocr import read_text
from harness.vision.popup import find_popup
from harness.vision.scrim import fit_scrim
from tests.benchmarks.rows import Row, median_ms, row
from tests.vision_captions import CAPTIONS, boxes, unread
from tests.vision_synthetic import scene

ROOT = Path(__file__).parents[2]
CAPTURES = Path(os.environ.get("APPRIGHTS_CAPTURES", ROOT.parent / "shared" / "captures"))
ROUNDS = 30
CARDS = 20


def run() -> list[Row]:
    """Measure; where the captures are not present, their rows say so and hold no value."""
    made = scene("dialog", 3, (1080, 2400))
    fit = median_ms(lambda: fit_scrim(made.before, made.after), ROUNDS)
    single = median_ms(lambda: find_popup(made.after), ROUNDS)
    rows = [
        row("scrim fit, 1080x2400, decoded", fit, "ms", aim="<= 10"),
        row("pop-up from one frame, 1080x2400, decoded", single, "ms", note="with cross and button"),
    ]
    return rows + _captures() + _reading()


def _captures() -> list[Row]:
    listed = CAPTURES / "screens" / "labels.csv"
    names = ("pop-up precision on the captures", "pop-up recall on the captures")
    if not listed.is_file():
        note = f"not measured: no {listed}; APPRIGHTS_CAPTURES says where the real captures are"
        return [row(name, None, "share", note=note) for name in names]
    with listed.open(encoding="utf-8", newline="") as file:
        labels = [label for label in csv.DictReader(file) if label["ambiguous"] == "0"]
    answers = [(find_popup(read_image(listed.parent / label["path"])).popup, label["has_popup"] == "1") for label in labels]
    true = sum(answer and truth for answer, truth in answers)
    precision = true / max(1, sum(answer for answer, _ in answers))
    recall = true / max(1, sum(truth for _, truth in answers))
    note = f"{len(answers)} screens the score was trained on; cross-validated figures: docs/vision.md"
    return [row(name, share, "share", note=note) for name, share in zip(names, (precision, recall), strict=True)]


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
        row(names[0], statistics.median(times[1 : 1 + CARDS]), "ms", note=f"median of {CARDS}, a card each"),
        row(names[1], 1 - missed / captions, "share", note=note),
    ]
