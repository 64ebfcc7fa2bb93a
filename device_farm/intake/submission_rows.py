"""The rows of a source: an app to check, a refusal or a note, each with its place."""

from dataclasses import dataclass

from device_farm.units.unit import AppFile, Plan
from harness.language import Text


@dataclass(frozen=True, slots=True)
class Place:
    """The place of a row: a file, and its line in a list; a file of its own has line 0."""

    source: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.source}:{self.line}" if self.line else self.source


@dataclass(frozen=True, slots=True)
class Asked:
    """An app that is to be checked; without a ``plan`` by that of the submission."""

    at: Place
    app: AppFile
    plan: Plan | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that makes no unit."""

    at: Place
    reason: Text
    missing: bool = False
    """Its file is not there: where a folder is not mounted that is so of every row, and people want their number."""


@dataclass(frozen=True, slots=True)
class Noted:
    """Something that whoever submits should know; the row itself goes on."""

    at: Place
    text: Text


Row = Asked | Refused | Noted
