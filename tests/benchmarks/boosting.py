"""Gradient-boosted trees for two classes, on histograms: what trains the pop-up score.

Some hundred lines of numpy, so that training needs nothing besides the project and gives the same trees everywhere: no
random number but from its own seed, no sum whose order depends on threads.
"""

import json
from dataclasses import dataclass
from typing import Any

import numpy as np

BINS = 64
DECIMALS = 4
"""Thresholds are rounded before they are used, so that the exported trees are those that were trained."""


@dataclass(frozen=True)
class Settings:
    """How many trees of which depth; ``rate`` is what each contributes, ``rows`` and ``columns`` the shares it sees."""

    trees: int = 320
    depth: int = 4
    rate: float = 0.1
    rows: float = 0.7
    columns: float = 0.4
    least: float = 12.0  # least weight of a leaf, in rows
    smooth: float = 2.0
    seed: int = 0


def train(rows: Any, classes: Any, weights: Any, settings: Settings) -> dict[str, Any]:
    """Train; gives ``{"bias", "trees"}`` as :mod:`harness.vision.forest` reads them."""
    random = np.random.default_rng(settings.seed)
    edges = [_edges(column) for column in rows.T]
    binned = np.stack([np.searchsorted(edge, column, side="left") for edge, column in zip(edges, rows.T, strict=True)]).astype(np.uint8)
    prior = float((weights * classes).sum() / weights.sum())
    bias = round(float(np.log(prior / (1 - prior))), DECIMALS)
    odds = np.full(len(rows), bias)
    trees = []
    for _ in range(settings.trees):
        chance = 1 / (1 + np.exp(-odds))
        slope, bend = weights * (classes - chance), weights * chance * (1 - chance)
        seen = np.flatnonzero(random.random(len(rows)) < settings.rows)
        columns = np.sort(random.permutation(len(edges))[: max(1, round(settings.columns * len(edges)))])
        tree = _grow(binned, edges, slope, bend, weights, seen, columns, settings)
        trees.append(tree)
        odds += _value(tree, binned, edges)
    return {"bias": bias, "trees": trees}


def _edges(column: Any) -> Any:
    """Distinct thresholds between the values of a feature."""
    cuts = np.quantile(column, np.linspace(0, 1, BINS + 1)[1:-1])
    return np.unique(np.round(cuts, DECIMALS))


def _grow(
    binned: Any, edges: list[Any], slope: Any, bend: Any, weights: Any, seen: Any, columns: Any, settings: Settings
) -> list[list[float]]:
    """One tree, split level by level: nodes are ``[feature, threshold, left, right, value]``, a leaf has feature -2."""
    tree: list[list[float]] = [[-2, 0, -1, -1, 0.0]]
    open_nodes = [(0, seen, settings.depth)]
    while open_nodes:
        node, members, depth = open_nodes.pop(0)
        total, curve = float(slope[members].sum()), float(bend[members].sum())
        tree[node][4] = round(settings.rate * total / (curve + settings.smooth), DECIMALS)
        if depth == 0:
            continue
        best, split = 1e-6, None
        base = total * total / (curve + settings.smooth)
        for column in columns:
            part = binned[column, members]
            up = np.cumsum(np.bincount(part, slope[members], BINS))
            over = np.cumsum(np.bincount(part, bend[members], BINS))
            mass = np.cumsum(np.bincount(part, weights[members], BINS))
            gain = up**2 / (over + settings.smooth) + (total - up) ** 2 / (curve - over + settings.smooth) - base
            gain[(mass < settings.least) | (mass[-1] - mass < settings.least)] = 0.0
            gain[len(edges[column]) :] = 0.0
            at = int(np.argmax(gain))
            if gain[at] > best:
                best, split = float(gain[at]), (int(column), at)
        if split is None:
            continue
        column, at = split
        left = binned[column, members] <= at
        first = len(tree)
        tree += [[-2, 0, -1, -1, 0.0], [-2, 0, -1, -1, 0.0]]
        tree[node] = [column, float(edges[column][at]), first, first + 1, 0.0]
        open_nodes += [(first, members[left], depth - 1), (first + 1, members[~left], depth - 1)]
    return tree


def _value(tree: list[list[float]], binned: Any, edges: list[Any]) -> Any:
    node = np.zeros(binned.shape[1], dtype=np.intp)
    for index, (feature, threshold, left, right, _value) in enumerate(tree):
        if feature >= 0:
            at = int(np.searchsorted(edges[int(feature)], threshold, side="left"))
            here = node == index
            node[here] = np.where(binned[int(feature), here] <= at, int(left), int(right))
    return np.array([leaf[4] for leaf in tree])[node]


def export(forests: dict[str, dict[str, Any]]) -> str:
    """The text of the file that ships."""
    return json.dumps(forests, separators=(",", ":")) + "\n"
