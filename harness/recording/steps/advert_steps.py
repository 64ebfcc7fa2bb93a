"""Steps: adverts and windows that are tried on purpose, and what came of it and was taken away again."""

from __future__ import annotations

from dataclasses import dataclass

from harness.events.action_kinds import AdvertAct
from harness.events.advert_events import AdvertKind, ControlRole
from harness.events.delivery_events import Witness
from harness.recording.step import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Advert(Step):
    """What the last view tree (and its picture) shows in ``slot`` is taken for an advert, or a window over the page.

    What it says and which controls it has is read again by replay; ``density`` is how many pixels a dp has, None where
    the phone does not tell.
    """

    slot: str
    kind: AdvertKind
    screenshot: str | None = None
    density: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvertTried(Step):
    """An act on the advert in ``slot`` begins; the touch itself is the next step. Fields as in ``AdvertActed``."""

    slot: str
    act: AdvertAct
    number: int = 1
    role: ControlRole = ControlRole.OTHER
    words: str = ""
    x: int = 0
    y: int = 0
    to_x: int = 0
    to_y: int = 0
    acceleration: float = 0.0
    angle: float = 0.0
    seconds: float = 0.0
    fed: str = ""


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
