"""Train the score of captions and write ``harness/dialogs/act_weights.json``: ``make train-acts``, some seconds.

A logistic regression of the runs of signs that at least two captions have, over the captions of ``act_phrases.tsv`` and
of the lists ``acts*.tsv`` of tests/data, all written by us. It prints what a quarter that was left out of the training
says: recall and precision above each of the thresholds. A harmless caption that comes out as an act all the same is
written whole. Equal versions of numpy give the same file.
"""

from __future__ import annotations

import json
import math
import random
from collections import Counter
from pathlib import Path

import numpy as np

from harness.dialogs.act_likelihood import ALONE, LONGEST, MAIN, SCALE, SOLD, runs
from harness.dialogs.dialog_words import plain

DATA, WEIGHTS = Path("tests/data"), Path("harness/dialogs/act_weights.json")
PARTS, DECAY, ROUNDS, RATE, LEAST = 4, 0.3, 200, 0.05, 3
FIRST, SECOND = 0.9, 0.999
"""The quarters of the check, the weight decay, rounds and rate of Adam with its two moments, and the least weight, in
hundredths, that is kept."""


def captions() -> dict[str, bool]:
    """Each Chinese caption, and whether a press on it commits; one that is named both ways does by its place alone."""
    lines = (line.split("\t") for line in (DATA / "act_phrases.tsv").read_text("utf-8").splitlines()[1:])
    named = [(words, label == "1") for label, _, listed in lines for words in listed.split("|")]
    for file in sorted(DATA.glob("acts*.tsv")):
        named += [(words, act == "1") for act, _, words, _ in (line.split("\t") for line in file.read_text("utf-8").splitlines()[1:])]
    found: dict[str, bool] = {}
    for words, commits in named:
        if any(map(str.isalpha, words)) and not words.isascii() and len(words) <= LONGEST:
            found[plain(words)] = commits and found.get(plain(words), True)
    return found


def train(named: list[tuple[str, bool]]) -> dict[str, float]:
    """Run of signs -> weight; the empty one is the bias."""
    told = [sorted(runs(words)) for words, _ in named]
    count = Counter(run for found in told for run in found)
    number = {run: at for at, run in enumerate(sorted(run for run, times in count.items() if times > 1))}
    known = [[number[run] for run in found if run in number] for found in told]
    rows = np.array([at for at, found in enumerate(known) for _ in found])
    columns = np.array([one for found in known for one in found])
    shares = np.array([len(found) ** -0.5 for found in known for _ in found])
    wanted = np.array([commits for _, commits in named], float)
    weights, first, second = (np.zeros(len(number) + 1) for _ in range(3))  # the last one is the bias
    for turn in range(1, ROUNDS + 1):
        odds = np.bincount(rows, weights[columns] * shares, len(named)) + weights[-1]
        wrong = 1 / (1 + np.exp(-odds)) - wanted
        slope = np.append(np.bincount(columns, wrong[rows] * shares, len(number)) + DECAY * weights[:-1], wrong.sum())
        first, second = FIRST * first + (1 - FIRST) * slope, SECOND * second + (1 - SECOND) * slope**2
        step = RATE * (1 - SECOND**turn) ** 0.5 / (1 - FIRST**turn)
        weights = weights - step * first / (second**0.5 + 1e-8)
    return {run: float(weights[at]) for run, at in number.items()} | {"": float(weights[-1])}


def score(weights: dict[str, float], words: str) -> float:
    """What ``act_likelihood`` says with these weights."""
    found = [weights[run] for run in runs(words) if run in weights]
    return weights[""] + sum(found) / math.sqrt(max(len(found), 1))


def main() -> None:
    """Check on quarters, then train on all and write the file."""
    named = list(captions().items())
    random.Random(3).shuffle(named)
    said: list[tuple[float, bool]] = []
    for part in range(PARTS):
        weights = train([one for at, one in enumerate(named) if at % PARTS != part])
        said += [(score(weights, words), commits) for words, commits in named[part::PARTS]]
    for least in (SOLD, MAIN, ALONE):
        called = [commits for odds, commits in said if odds > least]
        acts = sum(commits for _, commits in said)
        print(f"{len(said)} captions, above {least}: recall {sum(called) / acts:.2f}, precision {sum(called) / len(called):.2f}")  # noqa: T201
    weights = train(named)
    kept = {run: hundredths for run, weight in sorted(weights.items()) if abs(hundredths := round(SCALE * weight)) >= LEAST}
    weights = {run: hundredths / SCALE for run, hundredths in kept.items()}
    kept |= {f"^{words}$": 0 for words, commits in sorted(named) if not commits and score(weights, words) > MAIN}
    WEIGHTS.write_text(json.dumps(kept, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")


if __name__ == "__main__":
    main()
