"""Steps: adverts and windows that are tried on purpose, and what came of it and was taken away again."""

from dataclasses import dataclass

from harness.events.advert_events import AdvertKind
from harness.events.base import Step
from harness.events.delivery_events import Witness


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
class Unseen(Step):
    """A way in which something may come that this phone does not let us read."""

    witness: Witness
    zh: str
    en: str
