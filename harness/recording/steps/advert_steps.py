"""Steps: adverts and windows that are tried on purpose, and what came of it and was taken away again."""

from dataclasses import dataclass

from harness.events.advert_events import AdvertAction, AdvertKind, SearchFigures
from harness.events.delivery_events import Witness
from harness.recording.step import Step


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
class AdvertTried(AdvertAction, Step):
    """An act on the advert in ``slot`` begins; the touch itself is the next step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvertLeft(Step):
    """The watch after an act is over; whether the advert is there still."""

    slot: str
    still: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvertTally(Step):
    """How often a slot had an advert, of how many starts."""

    slot: str
    seen: int
    tries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchExtent(SearchFigures, Step):
    """How far the search for adverts that ended just now had gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLeft(Step):
    """The list of a page goes on below what was looked through for adverts: ``swipes`` down from its top."""

    page: str
    swipes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShakeSwitch(Step):
    """The ROM's own switch against jumps by shaking; None where it cannot be read."""

    name: str
    on: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unseen(Step):
    """A way in which something may come that this phone does not let us read."""

    witness: Witness
    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed(Step):
    """What came was taken away again, or why not."""

    witness: Witness
    key: str
    name: str = ""
    problem: str = ""
    problem_zh: str = ""
