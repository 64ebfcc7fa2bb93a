"""Motions of daily life by their names: how they are called, and how hard they push the phone at their hardest.

A virtual device makes them by a model, so that peak is known; what a person does by hand nobody measured.
"""

from __future__ import annotations

from typing import NamedTuple


class Daily(NamedTuple):
    """One motion; ``peak`` is m/s² apart from gravity, of the model's over ten seconds."""

    zh: str
    en: str
    peak: float


DAILY = {
    "walk": Daily("手持手机走路", "walking with the phone in the hand", 2.4),
    "run": Daily("手持手机跑步", "running with the phone in the hand", 9.5),
    "pocket": Daily("手机放在裤袋里走路", "walking with the phone in a pocket", 4.5),
    "pick_up": Daily("从桌上拿起手机", "picking the phone up", 2.7),
    "put_down": Daily("把手机放到桌上", "putting the phone down", 6.5),
    "vehicle": Daily("手机固定在行驶的车上", "riding in a vehicle", 3.0),
}
