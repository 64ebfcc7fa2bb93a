"""Train the pop-up scores and write ``harness/vision/popup_trees.json``: ``make train-popup``.

Both forests learn from drawn screens alone (:mod:`tests.drawn`): no capture of a real app is read here, so that those
measure what was trained. The seeds below are for training; :data:`CHOOSING` are those on which settings and thresholds
were chosen. The same versions of numpy and OpenCV give the same file each time, but not the one that is shipped: its
screens were measured before two steps were made faster, and the one trained after that took pages under a photo for
sheets. It takes some 5 minutes of one core::

    python -m tests.benchmarks.train_popup [--jobs N] [--write FILE]
"""

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
from harness.vision.popup import candidates
from harness.vision.popup_features import describe, frame_numbers
from harness.vision.popup_pairs import PAIR_COUNT, compare, look_back
from harness.vision.proposals import propose
from tests.benchmarks.boosting import Settings, export, train
from tests.drawn.adverts import ADVERTS, NEAR_ADVERTS
from tests.drawn.scene import KINDS, Scene, draw

TREES_FILE = Path("harness/vision/popup_trees.json")
TRAINING = 0
CHOOSING = 20_000
"""Seeds from here on choose; the bench has seeds of its own, which neither trained nor chose anything."""

CARD, OTHER = 0.7, 0.4
"""A box that overlaps the card by so much is it, one that overlaps it by less than the second is another."""

SURE = 0.9
"""From this overlap on a box is the card without a doubt."""

POSITIVE = 2.0
"""What a box that is the card weighs; of the others there are many on each screen."""


OTHER_PAGE, UP_ALREADY = 0.15, 0.15
"""Shares of pairs whose first frame is another page, or has the pop-up too and differs in a patch."""


@dataclass(frozen=True)
class Sample:
    """What one drawn screen teaches: the measures of its boxes, how much each overlaps the card, those of the whole.

    ``pairs`` and ``pair_shares`` are the same of the boxes of the pair, where the frame before tells something.
    """

    kind: str
    boxes: Any
    shares: Any
    whole: Any
    pairs: Any
    pair_shares: Any

    @property
    def advert(self) -> bool:
        return self.kind in ADVERTS


def counts() -> dict[str, int]:
    """How many screens of each kind are drawn: a page with a dark picture above it is most like a sheet."""
    return dict.fromkeys(KINDS, 68) | dict.fromkeys(NEAR_ADVERTS, 60) | {"dark-hero": 140}


def sample(job: tuple[str, int]) -> Sample:
    cv2.setNumThreads(1)
    made = draw(*job)
    card = made.box if made.popup and not made.advert else None
    screen = view(made.after)
    numbers = frame_numbers(screen)
    boxes = propose(screen)
    change, _gone = look_back(screen, [_earlier(made, job[1])])
    rows, pairs, both = describe(numbers, boxes), np.zeros((0, PAIR_COUNT)), candidates(screen, change)
    if change is not None and both:
        pairs = np.hstack([describe(numbers, both), compare(change, screen, both)])
    shares = [np.array([overlap(screen.full_box(*box), card) if card else 0.0 for box in some]) for some in (boxes, both)]
    return Sample(made.kind, rows, shares[0], whole(screen, numbers), pairs, shares[1][: len(pairs)])


def _earlier(made: Scene, seed: int) -> Any:
    """The frame before: that of the scene, another page, or one on which the pop-up is up already."""
    random = np.random.default_rng(seed)
    chosen, (high, wide) = random.random(), made.after.shape[:2]
    if chosen < OTHER_PAGE:
        return draw("same", TRAINING + 10_000 + seed, (wide, high)).after
    if chosen > 1 - UP_ALREADY and made.box is not None:
        frame, (x, y, w, h) = made.after.copy(), made.box
        left, top = x + int(random.integers(w // 2)), y + int(random.integers(h // 2))
        frame[top : top + h // 5, left : left + w // 3] = random.integers(256, size=3)
        return frame
    return made.before


def forests(samples: list[Sample], settings: Settings) -> dict[str, Any]:
    """Train all three. A frame's boxes that half match its card are left out, and adverts teach nothing about cards."""
    cards = [item for item in samples if not item.advert]
    adverts = np.array([item.advert for item in samples], dtype=float)
    return {
        "card": _boxes([item.boxes for item in cards], [item.shares for item in cards], settings),
        "pair": _boxes([item.pairs for item in cards], [item.pair_shares for item in cards], settings),
        "fullscreen": train(np.array([item.whole for item in samples]), adverts, np.ones(len(samples)), settings),
    }


def _boxes(rows: list[Any], shares: list[Any], settings: Settings) -> dict[str, Any]:
    """Train on boxes, each as much a card as it overlaps one: of two that do the nearer one is to have more."""
    row, share = np.concatenate(rows), np.concatenate(shares)
    clear = (share >= CARD) | (share <= OTHER)
    classes = np.where(share[clear] >= CARD, np.minimum(1.0, share[clear] + 1 - SURE), 0.0)
    return train(row[clear], classes, np.where(classes > 0, POSITIVE, 1.0), settings)


def main() -> int:
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
