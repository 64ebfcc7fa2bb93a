"""Vision figures: the scrim fit and the single frame in milliseconds, precision and recall on the real captures."""

from __future__ import annotations

import csv
import os
import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from harness.popup import read_image
from harness.vision.popup import find_popup
from harness.vision.scrim import fit_scrim
from tests.vision_synthetic import scene

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
CAPTURES = Path(os.environ.get("APPRIGHTS_CAPTURES", ROOT.parent / "shared" / "captures"))


def run() -> list[dict[str, Any]]:
    """Measure; the rows of the captures are left out where they are not present."""
    made = scene("dialog", 3, (1080, 2400))
    fit = _median_ms(lambda: fit_scrim(made.before, made.after))
    single = _median_ms(lambda: find_popup(made.after))
    rows = [
        _row("scrim fit, 1080x2400, decoded", fit, "ms", aim=10.0),
        _row("pop-up from one frame, 1080x2400, decoded", single, "ms", note="with cross and button"),
    ]
    if (CAPTURES / "screens" / "labels.csv").is_file():
        rows += _captures()
    return rows


def _captures() -> list[dict[str, Any]]:
    with (CAPTURES / "screens" / "labels.csv").open(encoding="utf-8", newline="") as file:
        labels = [row for row in csv.DictReader(file) if row["ambiguous"] == "0"]
    answers = [
        (find_popup(read_image(CAPTURES / "screens" / row["path"])).popup, row["has_popup"] == "1") for row in labels
    ]
    true = sum(answer and truth for answer, truth in answers)
    precision = true / max(1, sum(answer for answer, _ in answers))
    recall = true / max(1, sum(truth for _, truth in answers))
    note = f"{len(answers)} screens the score was trained on; cross-validated figures: docs/vision.md"
    return [
        _row("pop-up precision on the captures", precision, "share", note=note),
        _row("pop-up recall on the captures", recall, "share", note=note),
    ]


def _row(name: str, value: float, unit: str, *, aim: float | None = None, note: str = "") -> dict[str, Any]:
    return {
        "name": name,
        "value": round(value, 3),
        "unit": unit,
        "aim": aim,
        "peer": None,
        "peer_value": None,
        "ratio": None,
        "note": note,
    }


def _median_ms(work: Callable[[], object], repeats: int = 30) -> float:
    work()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)
