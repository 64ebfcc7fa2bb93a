"""The scenes that each sample must be accused of when all clauses are checked at once, and no other."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from device_farm.samples.sample import OWN_APPS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from device_farm.samples.sample import Checked, Sample

CLAUSES = ("1", "3", "5", "6", "7")
ACCUSED = ("violation", "suspected")


def over_all_clauses(sample: Sample) -> Sample:
    """The same sample, to be checked under all clauses at once."""
    words = [*sample.options]
    while "--clause" in words:
        place = words.index("--clause")
        del words[place : place + 2]
    return replace(sample, options=(*words, *(word for clause in CLAUSES for word in ("--clause", clause))))


def of_sample(sample: Sample) -> dict[str, str] | None:
    """Scene -> violation or suspected, as ``scenes.toml`` has it for one of our samples; None for another."""
    name = sample.path.relative_to(OWN_APPS).with_suffix("").as_posix() if sample.path.is_relative_to(OWN_APPS) else ""
    return table().get(name)


def scene_rows(checked: Checked) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Each scene that is expected or accused: its number, the state that it must have, and what ``--json`` says of it.

    One that is not expected must only not be an accusation.
    """
    wanted = of_sample(checked.sample)
    if wanted is None:
        return
    found = {scene["id"]: scene for scene in (checked.result or {}).get("scenes", ())}
    accused = [id for id, scene in found.items() if scene["state"] in ACCUSED]
    for id in sorted({*wanted, *accused}):
        yield id, wanted.get(id, "not accused"), found.get(id, {})


@cache
def table() -> dict[str, dict[str, str]]:
    """All of them by the sample's place in the folder."""
    data: dict[str, dict[str, str]] = tomllib.loads((files("device_farm.samples") / "scenes.toml").read_text(encoding="utf-8"))
    return data
