"""The floors of the figures (floors.toml): a figure may rise above its floor, and then the floor rises with it."""

import tomllib
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_suffix(".toml")


@cache
def floors() -> dict[str, dict[str, float]]:
    """Recording -> figure -> the least share that it may have."""
    return tomllib.loads(FILE.read_text("utf-8"))


def floor(recording: str, figure: str) -> float | None:
    """The floor of a figure; None where it has none."""
    return floors().get(recording, {}).get(figure.replace(" ", "-"))
