"""Parameters of calls as Jackson would read them: whole floats as int, nothing else by force."""

from __future__ import annotations

import math

from device_farm.virtual.agent.java_errors import InvalidParams


def number(value: object) -> float:
    """A finite number."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise InvalidParams(f"not a number: {value!r}")
    return value


def integer(value: object) -> int:
    """A whole number; a float is cut off."""
    whole = int(number(value))
    if abs(whole) >= 1 << 63:
        raise InvalidParams("not a long")
    return whole


def text(value: object) -> str:
    """A string."""
    if not isinstance(value, str):
        raise InvalidParams(f"not a string: {value!r}")
    return value


def flag(value: object) -> bool:
    """A boolean."""
    if not isinstance(value, bool):
        raise InvalidParams(f"not a boolean: {value!r}")
    return value


def point(value: object) -> tuple[float, float]:
    """A point ``{"x": 1, "y": 2}``."""
    if not isinstance(value, dict):
        raise InvalidParams(f"not a point: {value!r}")
    return number(value.get("x")), number(value.get("y"))
