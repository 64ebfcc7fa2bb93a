"""Steps: what the session saw, read and filmed. Paths are relative to the run folder.

Times of films are the device's, in seconds since its boot: a film is of one boot.
"""

from dataclasses import dataclass

from harness.events.advert_events import AdvertKind
from harness.events.base import Step
from harness.events.film_events import FilmHow
from harness.recording.steps.driving_steps import Edge


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree(Step):
    """The view tree, as XML, when it was new; ``screenshot`` is a picture of the same moment where one was taken."""

    xml: str
    screenshot: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Advert(Step):
    """An advert, or a window over the page, was recognised in the last view tree (and its picture), in ``slot``.

    What it says and which controls it has is read again by replay; ``density`` is how many pixels a dp has, None where
    the phone does not tell.
    """

    slot: str
    kind: AdvertKind
    screenshot: str | None = None
    density: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOpen(Step):
    """The view tree just after a force-stop of ours, or before a start, as XML.

    Is a page of the system's or of another app still open that the app had opened?
    """

    xml: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Screenshot(Step):
    """A picture of the screen; ``why`` names its occasion.

    While we had moved the phone's wall clock, ``true_time`` is this computer's (ISO 8601, UTC) and ``shift`` the
    seconds by which the phone's was ahead; both are absent otherwise.
    """

    path: str
    why: str = ""
    true_time: str = ""
    shift: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Step):
    """The output of a reading command, under the ``name`` by which replay knows its format.

    ``code`` is its exit code.
    """

    name: str
    command: str
    text: str
    code: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptReading(Step):
    """A reading in a shared night: its text is kept once for all apps, in a line of raw/readings.jsonl."""

    name: str
    command: str
    line: int
    code: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing(Step):
    """The page of a store about the app: as the tester saved it in ``file``, or as the store of that package showed it.

    ``unread`` says why the phone's store could not be read, or not to the end; empty where it was.
    """

    file: str
    text: str
    screenshot: str | None = None
    unread: str = ""
    unread_zh: str = ""


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
