"""What a run of an earlier version of the app had, or one of another app of its developer."""

from dataclasses import dataclass
from typing import Protocol

from harness.events.base import JournalFact


class Versioned(Protocol):
    """What has a version: an app under test, an APK, a package that a phone tells of."""

    @property
    def version_name(self) -> str | None:
        """Return what its users see."""

    @property
    def version_code(self) -> int | None:
        """Return the number that tells builds apart."""


def version_of(app: Versioned) -> str:
    """The version as its users see it, with the number that tells builds apart."""
    return " ".join(filter(None, (app.version_name or "", f"({app.version_code})" if app.version_code is not None else "")))


@dataclass(frozen=True, kw_only=True)
class EarlierRun:
    """The run folder ``folder`` of an earlier version: the rules that were violated in it, judged by today's rules.

    ``root`` is that of its manifest; ``started`` is its day.
    """

    folder: str
    package: str
    version: str
    started: str
    root: str = ""
    violations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierRunSeen(EarlierRun, JournalFact):
    """A run of an earlier version was given for comparison."""
