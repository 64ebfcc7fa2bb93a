"""Vision figures: the scrim fit and the single frame in milliseconds, precision and recall on the real captures."""

from __future__ import annotations

import csv
import os
from pathlib import Path

from harness.popup import read_image
from harness.vision.popup import find_popup
from harness.vision.scrim import fit_scrim
from tests.benchmarks.rows import Row, median_ms, row
from tests.vision_synthetic import scene

ROOT = Path(__file__).parents[2]
CAPTURES = Path(os.environ.get("APPRIGHTS_CAPTURES", ROOT.parent / "shared" / "captures"))
ROUNDS = 30


def run() -> list[Row]:
    """Measure; where the captures are not present, their rows say so and hold no value."""
    made = scene("dialog", 3, (1080, 2400))
    fit = median_ms(lambda: fit_scrim(made.before, made.after), ROUNDS)
    single = median_ms(lambda: find_popup(made.after), ROUNDS)
    rows = [
        row("scrim fit, 1080x2400, decoded", fit, "ms", aim="<= 10"),
        row("pop-up from one frame, 1080x2400, decoded", single, "ms", note="with cross and button"),
    ]
    return rows + _captures()


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
