"""Compare versions of AppRights."""

from __future__ import annotations

import re

_NUMBERS = re.compile(r"\d+")


def newer(one: str, other: str) -> bool:
    """Whether ``one`` is newer than ``other``; what has no number is as old as can be."""
    return _numbers(one) > _numbers(other)


def _numbers(version: str) -> tuple[int, ...]:
    """The release part; what comes after it (``.dev3``, ``rc1``) is of the same release."""
    release = re.split(r"[a-z+-]|\.dev", version, maxsplit=1)[0]
    return tuple(int(number) for number in _NUMBERS.findall(release))
