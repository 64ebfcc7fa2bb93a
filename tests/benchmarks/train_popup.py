"""Train the pop-up scores and write ``harness/vision/popup_trees.json``: ``make train-popup``.

Both forests learn from drawn screens alone (:mod:`tests.drawn`): no capture of a real app is read here, so that those
measure what was trained. The seeds below are for training; :data:`CHOOSING` are those on which settings and thresholds
were chosen. The same versions of numpy and OpenCV give the same file. It takes some 15 minutes of one core::

    python -m tests.benchmarks.train_popup [--jobs N] [--write FILE]
"""

from __future__ import annotations

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from harness.events.box import overlap
from harness.vision.fullscreen import whole
from harness.vision.luma_thumbnails import view
from harness.vision.popup_features import describe, frame_numbers
from harness.vision.proposals import propose
from tests.benchmarks.boosting import Settings, export, train
from tests.drawn.adverts import ADVERTS, NEAR_ADVERTS
from tests.drawn.cards import CARDS
from tests.drawn.scene import KINDS, draw

TREES_FILE = Path("harness/vision/popup_trees.json")
TRAINING = 0
CHOOSING = 20_000
"""Seeds from here on choose; the bench has seeds of its own, which neither trained nor chose anything."""

CARD, OTHER = 0.7, 0.4
"""A box that overlaps the card by so much is it, one that overlaps it by less than the second is another."""


POSITIVE = 2.0
"""What a box that is the card weighs; of the others there are many on each screen."""


@dataclass(frozen=True)
class Sample:
    """What one drawn screen teaches: the measures of its boxes, how much each overlaps the card, those of the whole."""

    kind: str
    popup: bool
    boxes: Any
    shares: Any
    whole: Any

    @property
    def advert(self) -> bool:
        """Whether the screen is one advert."""
        return self.kind in ADVERTS


def counts() -> dict[str, int]:
    """How many screens of each kind are drawn: pages without anything over them are the commonest."""
    most = (
        {"same": 200, "page": 0, "dark-hero": 100} | dict.fromkeys(CARDS, 40) | dict.fromkeys(ADVERTS, 80) | dict.fromkeys(NEAR_ADVERTS, 50)
    )
    return {kind: most.get(kind, 30) for kind in KINDS}


def sample(job: tuple[str, int]) -> Sample:
    """Draw one screen and measure it."""
    cv2.setNumThreads(1)
    made = draw(*job)
    popup = made.popup and not made.advert
    return measured(made.kind, made.after, made.box if popup else None)


def measured(kind: str, frame: Any, card: Any) -> Sample:
    """Measure a frame; ``card`` is the box of the card on it, None where there is none."""
    screen = view(frame)
    boxes, numbers = propose(screen), frame_numbers(screen)
    shares = [overlap(screen.full_box(*box), card) if card else 0.0 for box in boxes]
    return Sample(kind, card is not None, describe(numbers, boxes), np.array(shares), whole(screen, numbers))


def forests(samples: list[Sample], settings: Settings) -> dict[str, Any]:
    """Train both. A frame's boxes that half match its card are left out, and adverts teach nothing about cards."""
    cards = [item for item in samples if not item.advert and len(item.shares)]
    rows = np.concatenate([item.boxes for item in cards])
    shares = np.concatenate([item.shares for item in cards])
    clear = (shares >= CARD) | (shares <= OTHER)
    classes = (shares[clear] >= CARD).astype(float)
    card = train(rows[clear], classes, np.where(classes > 0, POSITIVE, 1.0), settings)
    adverts = np.array([item.advert for item in samples], dtype=float)
    return {"card": card, "fullscreen": train(np.array([item.whole for item in samples]), adverts, np.ones(len(samples)), settings)}


def main() -> int:
    """Draw, train and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", type=Path, default=TREES_FILE)
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args()
    jobs = [(kind, TRAINING + number) for kind, count in counts().items() for number in range(count)]
    with ProcessPoolExecutor(options.jobs) as pool:
        samples = list(pool.map(sample, jobs, chunksize=8))
    options.write.write_text(export(forests(samples, Settings())), encoding="utf-8")
    print(f"{len(samples)} screens -> {options.write}")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
