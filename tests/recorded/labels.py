"""What people said of recorded screens: which page it is, what lies over it, what its controls do.

Read are ``expected.toml``, which docs/recordings.md defines, and two forms of ``labels.json``: one file of ``states``
and ``controls`` (Weibo), and one table a state (the recordings from MIUI). A recording without either has no labels.
"""

import json
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from device_farm.recordings.droidbot import state_of
from device_farm.recordings.opening import read_recording
from device_farm.virtual.recorded.recording import State
from device_farm.virtual.recorded.recording_folder import EXPECTED

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
    kinds: dict[str, str]
    """What each screen is one of, by file, also where it is not sure that nothing lies over it."""
    plain: frozenset[str]
    """Pages on which nothing lies."""
    acts: tuple[Labelled, ...]
    """What each labelled control does in the user's name; the label is empty where it does nothing so."""
    promises: tuple[Labelled, ...]
    ways_out: tuple[Labelled, ...]
    """Controls that lead back or close, labelled so."""


def read_labels(folder: Path) -> Labels:
    """Read the screens of a recording, and what was said of them."""
    if (folder / EXPECTED).exists():
        return _expected(dict(read_recording(folder).states), tomllib.loads((folder / EXPECTED).read_text("utf-8")))
    states: dict[str, State] = {}
    for path in sorted((folder / "states").glob("*.json")):
        try:
            states[path.name] = state_of(path, json.loads(path.read_text("utf-8")))
        except ValueError:
            continue
    path = folder / "labels.json"
    table = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return _of_pages(states, table) if "controls" in table else _of_states(states, table)


OVER = ("", "none", "dialog", "pop-up", "advert", "loading")


def _expected(states: dict[str, State], table: dict[str, Any]) -> Labels:
    """What ``expected.toml`` says. Raises ValueError with the screen that has a word that is none."""
    rows = {row["name"]: row for row in table.get("screen", ())}
    numbers: dict[tuple[str, ...], int] = {}

    def labelled(name: str, view: str | int, label: str) -> Labelled:
        state, number = states[name], int(view)
        seen, words = state.views[number], state.words(number)
        of = numbers.setdefault((state.activity, seen.id, words), len(numbers))
        bounds = seen.bounds
        return Labelled(name, (bounds.left, bounds.top, bounds.right, bounds.bottom), seen.id.rpartition("/")[2], words, label, of)

    for name, row in rows.items():
        views = [*row["acts"], *row["harmless"], *row["promises"], *row["leaves"]]
        if name not in states or row["over"] not in OVER or not all(0 <= int(view) < len(states[name].views) for view in views):
            raise ValueError(f"{EXPECTED}: screen '{name}' is not there, lacks a view, or has over = '{row['over']}'")
    plain = [name for name, row in rows.items() if row["over"] == "none"]
    acts = [labelled(name, view, act) for name, row in rows.items() for view, act in row["acts"].items()]
    acts += [labelled(name, view, "") for name, row in rows.items() for view in row["harmless"]]
    return Labels(
        states,
        {name: (rows[name]["kind"] or rows[name]["page"], rows[name]["page"]) for name in plain if rows[name]["page"]},
        {name: row["kind"] or row["page"] for name, row in rows.items() if row["page"]},
        frozenset(plain),
        tuple(one for one in acts if one.label != OPENS),
        tuple(labelled(name, view, group) for name, row in rows.items() for view, groups in row["promises"].items() for group in groups),
        tuple(labelled(name, view, "") for name, row in rows.items() for view in row["leaves"]),
    )


def _of_pages(states: dict[str, State], table: dict[str, Any]) -> Labels:
    said = {name: row for name, row in table["states"].items() if name in states}
    acts = [
        Labelled(file, tuple(box), control["id"], control["text"], control["act"] or "", number)
        for number, control in enumerate(table["controls"])
        for file, box in control["seen"]
        if file in states and control["act"] != OPENS
    ]
    page = {name: (row["page"], row["exact"]) for name, row in said.items() if row["popup"] == 0}
    kinds = {name: row["page"] for name, row in said.items() if row["popup"] != 1}
    return Labels(states, page, kinds, frozenset(page), tuple(acts), (), ())


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
        {name: row["page"][0] for name, row in said.items() if row["page"]},
        frozenset(name for name, row in said.items() if row["kind"] == "page" and not row["unclear"]),
        tuple(all_of("acts", "act")),
        tuple(all_of("promises", "groups")),
        (*all_of("back", ""), *all_of("closes", "")),
    )


def _box(bounds: str) -> Box:
    left, top, right, bottom = map(int, re.findall(r"-?\d+", bounds))
    return left, top, right, bottom
