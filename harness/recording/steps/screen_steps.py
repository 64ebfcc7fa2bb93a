"""Steps: what the session saw and read. Paths are relative to the run folder."""

from __future__ import annotations

from dataclasses import dataclass

from harness.recording.step import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree(Step):
    """The view tree, as XML, when it was new; ``screenshot`` is a picture of the same moment where one was taken."""

    xml: str
    screenshot: str | None = None


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
class Toast(Step):
    """A short message over the screen, which is in no view tree."""

    text: str


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
class StartPage(Step):
    """A picture of the page where the user lets the app start by itself; ``page`` is a component or an action."""

    page: str
    screenshot: str | None


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
class Earlier(Step):
    """A run of an earlier version, given for comparison, and the rules that were violated in it."""

    folder: str
    package: str
    version: str
    started: str
    root: str = ""
    violations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy(Step):
    """The text of the privacy policy, read on the screen or from the tester's file.

    ``title`` is the link that led to it, or the name of the file; ``sha256`` is that of the text in UTF-8.
    ``unread`` says why it was not read to its end, empty where it was. ``given``: it is the tester's file, which counts
    instead of what the app shows.
    """

    text: str
    title: str = ""
    sha256: str = ""
    pictures: tuple[str, ...] = ()
    unread: str = ""
    unread_zh: str = ""
    given: bool = False
