"""Films of the screen, while an advert was tried or of a whole scenario, and what was up in those of adverts."""

from dataclasses import dataclass
from enum import StrEnum

from harness.events.base import Event, Instant


class FilmHow(StrEnum):
    """The ways to take a film.

    A film is a file with the time of each picture, a bare stream whose pictures have the time of their arrival, or
    screenshots one after the other; or there is none.
    """

    MP4 = "mp4"
    H264 = "h264"
    PICTURES = "pictures"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmTaken(Event):
    """A film of the screen ended; ``path`` is a file, or for screenshots a folder, in the run folder.

    ``begin`` is the time of its first picture, ``end`` that at which it was stopped; a phone adds a picture only when
    its screen changes. ``note`` says what is missing of it, or why there is none.
    """

    film: str
    how: FilmHow
    path: str
    begin: Instant
    end: Instant
    frames: int
    note: str = ""
    note_zh: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmMoment(Event):
    """A picture that stood still in a film, from the event's time until ``until``.

    ``again``: it is what was up earlier in the same film; what is neither again nor the first came up anew.
    """

    film: str
    screenshot: str
    until: Instant
    again: bool = False
