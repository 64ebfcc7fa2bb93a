"""What people said of recorded screens: which page it is, what lies over it, what its controls do.

Two forms are read: one file of ``states`` and ``controls`` (Weibo), and one table a state (the recordings from MIUI). A
recording without ``labels.json`` has no labels.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from device_farm.recordings.droidbot import state_of

if TYPE_CHECKING:
    from pathlib import Path

    from device_farm.virtual.recorded.recording import State

Box = tuple[int, int, int, int]
OPENS = "opens only"
"""Such a control may be shut or not: it leads to where the act is done, and counts neither way."""


@dataclass(frozen=True)
class Labelled:
    """A control where it was seen: the screen's file, its place (left, top, right, bottom), id, words and label.

    ``of`` names the control: one that was seen several times is one control.
    """

    file: str
    box: Box
    id: str
    words: str
    label: str
    of: int = 0


@dataclass(frozen=True)
class Labels:
    """The labels of one recording. ``page`` has, by file, the kind of a page and that very page, where sure."""

    states: dict[str, State]
    page: dict[str, tuple[str, str]]
    plain: frozenset[str]
    """Pages on which nothing lies."""
    acts: tuple[Labelled, ...]
    """What each labelled control does in the user's name; the label is empty where it does nothing so."""
    promises: tuple[Labelled, ...]
    ways_out: tuple[Labelled, ...]
    """Controls that lead back or close, labelled so."""


def read_labels(folder: Path) -> Labels:
    """Read the screens of a recording by DroidBot, and what was said of them."""
    states: dict[str, State] = {}
    for path in sorted((folder / "states").glob("*.json")):
        try:
            states[path.name] = state_of(path, json.loads(path.read_text("utf-8")))
        except ValueError:
            continue
    path = folder / "labels.json"
    table = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return _of_pages(states, table) if "controls" in table else _of_states(states, table)


def _of_pages(states: dict[str, State], table: dict[str, Any]) -> Labels:
    said = {name: row for name, row in table["states"].items() if name in states}
    acts = [
        Labelled(file, tuple(box), control["id"], control["text"], control["act"] or "", number)
        for number, control in enumerate(table["controls"])
        for file, box in control["seen"]
        if file in states and control["act"] != OPENS
    ]
    page = {name: (row["page"], row["exact"]) for name, row in said.items() if row["popup"] == 0}
    return Labels(states, page, frozenset(page), tuple(acts), (), ())


def _of_states(states: dict[str, State], table: dict[str, Any]) -> Labels:
    said = {name: row for name, row in table.items() if name in states}

    def all_of(key: str, label: str) -> list[Labelled]:
        rows = [(name, row) for name, state in said.items() for row in state[key]]
        return [
            Labelled(name, _box(row["bounds"]), row["id"].rpartition("/")[2], row["words"], row.get(label, key), number)
            for number, (name, row) in enumerate(rows)
        ]

    return Labels(
        states,
        {name: (row["page"][0], row["page"][1]) for name, row in said.items() if row["page"] and not row["unclear"]},
        frozenset(name for name, row in said.items() if row["kind"] == "page" and not row["unclear"]),
        tuple(all_of("acts", "act")),
        tuple(all_of("promises", "groups")),
        (*all_of("back", ""), *all_of("closes", "")),
    )


def _box(bounds: str) -> Box:
    left, top, right, bottom = map(int, re.findall(r"-?\d+", bounds))
    return left, top, right, bottom
