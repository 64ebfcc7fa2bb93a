"""Steps: films of the screen. Times are the device's, in seconds since its boot: a film is of one boot."""

from __future__ import annotations

from dataclasses import dataclass

from harness.events.film_events import FilmHow
from harness.recording.step import Step
from harness.recording.steps.step_enums import Edge


@dataclass(frozen=True, slots=True, kw_only=True)
class Film(Step):
    """A film begins or ends; fields as ``FilmTaken`` has them, the last four known at its end only."""

    what: Edge
    name: str
    how: FilmHow
    path: str = ""
    begin: float = 0.0
    end: float = 0.0
    frames: int = 0
    note: str = ""
    note_zh: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmMoment(Step):
    """A picture that stood still in the film ``name``, saved at ``path``; fields as the event has them."""

    name: str
    path: str
    begin: float
    end: float
    again: bool = False
