"""Requirement: what a phone must be for a unit, as one canonical word that is also the name of a queue.

``any``, ``android=13``, ``android=13|rom=miui``: keys in alphabetical order. A phone takes every requirement that is a
subset of its labels, so a worker that listens to all subsets of its labels gets what it can do and nothing else.
"""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

from harness.errors import ScenarioError
from harness.language import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LABELS = ("abi", "android", "kind", "rom", "serial")
"""What phones differ in; ``kind`` is real, emulator or virtual, ``serial`` pins a unit to one phone."""
ANY = "any"
_VALUE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:+-]{0,63}")


def requirement(labels: Mapping[str, str]) -> str:
    """The canonical form of ``labels``; raises ScenarioError for a label that no phone can have."""
    for name, value in labels.items():
        if name not in LABELS:
            raise ScenarioError(_("a phone has no label '{name}': it is one of {names}", name=name[:80], names=", ".join(LABELS)))
        if not _VALUE.fullmatch(value):
            raise ScenarioError(_("'{value}' cannot be a label: letters, digits and ._:+- only", value=value[:80]))
    return "|".join(f"{name}={labels[name]}" for name in sorted(labels)) or ANY


def read_requirement(text: str) -> str:
    """The canonical form of what somebody wrote, as ``rom=miui,android=13``; raises ScenarioError."""
    words = [word.strip() for word in re.split(r"[,|]", text) if word.strip() and word.strip() != ANY]
    pairs = [word.partition("=") for word in words]
    if bad := next((word for word, (_name, sign, _value) in zip(words, pairs, strict=True) if not sign), None):
        raise ScenarioError(_("'{word}' is no label: write name=value, as in android=13", word=bad[:80]))
    if len({name for name, _sign, _value in pairs}) < len(pairs):
        raise ScenarioError(_("'{text}' names a label twice", text=text[:80]))
    return requirement({name.strip(): value.strip() for name, _sign, value in pairs})


def labels_of(text: str) -> dict[str, str]:
    """The labels of a canonical requirement."""
    return {} if text == ANY else dict(pair.split("=", 1) for pair in text.split("|"))


def fits(needed: str, labels: Mapping[str, str]) -> bool:
    """Whether a phone with ``labels`` can take a unit that needs ``needed``."""
    return labels_of(needed).items() <= labels.items()


def queues(labels: Mapping[str, str]) -> Iterator[str]:
    """Every requirement that a phone with ``labels`` can take, the plain one first."""
    pairs = sorted(labels.items())
    for size in range(len(pairs) + 1):
        for some in combinations(pairs, size):
            yield requirement(dict(some))
