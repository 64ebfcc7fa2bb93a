"""Train the score of captions and write ``harness/dialogs/act_weights.json``: ``make train-acts``, some seconds.

A logistic regression of the runs of signs that at least two captions have, over the captions of ``act_phrases.tsv`` and
of the lists ``acts*.tsv`` of tests/data, all written by us. ``{约/订}{今天/明天}`` stands for each of its captions,
which share a weight: eight whole ones at most. It prints what a quarter that was left out of the training says: recall
and precision above each of the thresholds. A harmless caption that comes out as an act all the same is written whole.
Equal versions of numpy give the same file.
"""

import json
import math
import random
import re
from collections import Counter
from itertools import product
from pathlib import Path

import numpy as np

from harness.dialogs.act_likelihood import ALONE, LONGEST, MAIN, SCALE, SOLD, runs
from harness.dialogs.dialog_words import plain

DATA, WEIGHTS = Path("tests/data"), Path("harness/dialogs/act_weights.json")
PARTS, DECAY, ROUNDS, RATE, LEAST, SHARED = 4, 0.15, 200, 0.05, 17, 8
FIRST, SECOND = 0.9, 0.999
"""The quarters of the check, the weight decay, rounds and rate of Adam with its two moments, and the least weight, in
hundredths, that is kept; how many captions those of one line together weigh as."""
Named = tuple[str, bool, float]
"""A caption, whether a press on it commits, and its weight."""


def captions() -> list[Named]:
    """Each Chinese caption; one that is named both ways commits by its place alone."""
    lines = [line.split("\t") for line in (DATA / "act_phrases.tsv").read_text("utf-8").splitlines()[1:]]
    named = [(words, label == "1", weight) for label, _, listed in lines for one in listed.split("|") for words, weight in spelled(one)]
    for file in sorted(DATA.glob("acts*.tsv")):
        named += [(words, act == "1", 1.0) for act, _, words, _ in (line.split("\t") for line in file.read_text("utf-8").splitlines()[1:])]
    found: dict[tuple[str, bool], float] = {}
    for text, commits, weight in named:
        words = plain(text)
        if any(map(str.isalpha, words)) and not words.isascii() and len(words) <= LONGEST:
            found[words, commits] = max(weight, found.get((words, commits), 0.0))
    return [(words, commits, weight) for (words, commits), weight in found.items() if not (commits and (words, False) in found)]


def spelled(written: str) -> list[tuple[str, float]]:
    """All captions that a line with ``{one/another}`` in it stands for, each with its weight."""
    parts = [part.split("/") if at % 2 else [part] for at, part in enumerate(re.split(r"\{(.*?)\}", written))]
    found = ["".join(chosen) for chosen in product(*parts)]
    return [(words, min(1.0, SHARED / len(found))) for words in found]


def train(named: list[Named]) -> dict[str, float]:
    """Run of signs -> weight; the empty one is the bias."""
    told = [sorted(runs(words)) for words, _, _ in named]
    count = Counter(run for found in told for run in found)
    number = {run: at for at, run in enumerate(sorted(run for run, times in count.items() if times > 1))}
    known = [[number[run] for run in found if run in number] for found in told]
    rows = np.array([at for at, found in enumerate(known) for _ in found])
    columns = np.array([one for found in known for one in found])
    shares = np.array([len(found) ** -0.5 for found in known for _ in found])
    wanted, shared = (np.array([one[at] for one in named], float) for at in (1, 2))
    weights, first, second = (np.zeros(len(number) + 1) for _ in range(3))  # the last one is the bias
    for turn in range(1, ROUNDS + 1):
        odds = np.bincount(rows, weights[columns] * shares, len(named)) + weights[-1]
        wrong = shared * (1 / (1 + np.exp(-odds)) - wanted)
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
    named = captions()
    random.Random(3).shuffle(named)
    said: list[tuple[float, bool]] = []
    for part in range(PARTS):
        weights = train([one for at, one in enumerate(named) if at % PARTS != part])
        said += [(score(weights, words), commits) for words, commits, weight in named[part::PARTS] if weight == 1.0]
    for least in (SOLD, MAIN, ALONE):
        called = [commits for odds, commits in said if odds > least]
        acts = sum(commits for _, commits in said)
        print(f"{len(said)} captions, above {least}: recall {sum(called) / acts:.2f}, precision {sum(called) / len(called):.2f}")  # noqa: T201
    weights = train(named)
    kept = {run: hundredths for run, weight in sorted(weights.items()) if abs(hundredths := round(SCALE * weight)) >= LEAST}
    weights = {run: hundredths / SCALE for run, hundredths in kept.items()}
    harmless = ((words, SOLD if weight == 1.0 else MAIN) for words, commits, weight in sorted(named) if not commits)
    kept |= {f"^{words}$": 0 for words, least in harmless if score(weights, words) > least}
    WEIGHTS.write_text(json.dumps(kept, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")


if __name__ == "__main__":
    main()
