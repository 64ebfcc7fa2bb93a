"""Coverage: how many of the activities that an app declares its walk came to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from harness.errors import FormatError
from harness.language import _


@dataclass(frozen=True, slots=True)
class Coverage:
    """Activities as package/class; ``declared`` is empty where the APK could not be read."""

    declared: tuple[str, ...]
    seen: tuple[str, ...]

    @property
    def missed(self) -> tuple[str, ...]:
        """The declared ones that were never in front."""
        return tuple(name for name in self.declared if name not in self.seen)


def coverage(walk: Mapping[str, Any]) -> Coverage:
    """Read it from ``raw/walk.json``; raises FormatError when that is damaged."""
    try:
        activities = walk["activities"]
        declared = tuple(str(name) for name in activities["declared"])
        return Coverage(declared, tuple(str(name) for name in activities["seen"] if not declared or name in declared))
    except (KeyError, TypeError) as error:
        raise FormatError(_("walk.json is damaged ({error})", error=error)) from None
