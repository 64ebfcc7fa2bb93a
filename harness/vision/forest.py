"""The single-frame scores: small gradient-boosted forests over measures of a frame, read from JSON.

There are two in the file: ``card`` over :mod:`harness.vision.popup_features`, ``fullscreen`` over
:mod:`harness.vision.fullscreen`. They are trained by ``tests/benchmarks/train_popup.py``; at run time each is four
integer and two float arrays. A tree's node is ``[feature, threshold, left, right, value]``; a leaf has feature -2. A
row goes left when ``row[feature] <= threshold``.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from harness.errors import CatalogueError
from harness.language import _

FILE = "popup_trees.json"


@dataclass(frozen=True, slots=True)
class Forest:
    """Arrays of shape ``(trees, nodes)``, padded with leaves of value 0."""

    bias: float
    feature: NDArray[np.intp]
    threshold: NDArray[np.float64]
    left: NDArray[np.intp]
    right: NDArray[np.intp]
    value: NDArray[np.float64]
    depth: int

    def probability(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """Give the probability 0..1 that each row, of shape ``(boxes, measures)``, is of the forest's kind."""
        trees = np.arange(len(self.feature))
        node = np.zeros((len(rows), len(trees)), dtype=np.intp)
        for _turn in range(self.depth):
            feature = self.feature[trees, node]
            seen = np.take_along_axis(rows, np.maximum(feature, 0), axis=1)
            onward = np.where(seen <= self.threshold[trees, node], self.left[trees, node], self.right[trees, node])
            node = np.where(feature < 0, node, onward)
        odds = self.bias + self.value[trees, node].sum(axis=1)
        return np.asarray(1.0 / (1.0 + np.exp(-odds)))


def parse(text: str, name: str, count: int) -> Forest:
    """Read a forest over ``count`` measures. Raises CatalogueError when the text has none or was trained on others."""
    try:
        data = json.loads(text)[name]
        trees = data["trees"]
        nodes = max(len(tree) for tree in trees)
        table = np.zeros((len(trees), nodes, 5))
        table[:, :, 0] = -2
        for index, tree in enumerate(trees):
            table[index, : len(tree)] = tree
        bias = float(data["bias"])
    except (KeyError, TypeError, ValueError) as error:
        raise CatalogueError(_("{file} is not a forest: {error}", file=FILE, error=error)) from error
    if table[:, :, 0].max() >= count or table[:, :, 2:4].max() >= nodes:
        raise CatalogueError(_("{file} names features or nodes that do not exist; train it again", file=FILE))
    whole = table.astype(np.intp)
    return Forest(bias, whole[:, :, 0], table[:, :, 1], whole[:, :, 2], whole[:, :, 3], table[:, :, 4], _depth(whole))


@cache
def forest(name: str, count: int) -> Forest:
    """Give a forest that comes with the package."""
    return parse(resources.files(__package__).joinpath(FILE).read_text(encoding="utf-8"), name, count)


def _depth(table: NDArray[np.intp]) -> int:
    """Count the decisions on the longest way from the root to a leaf."""
    level = np.zeros(table.shape[:2], dtype=np.intp)
    # Children come after their parent in the table, so one pass in order is enough.
    for tree, rows in enumerate(table):
        for node, (feature, _threshold, left, right, _leaf) in enumerate(rows):
            if feature >= 0:
                level[tree, [left, right]] = level[tree, node] + 1
    return int(level.max())
