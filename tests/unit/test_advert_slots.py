"""Places with adverts: how often one was there, which are the same, and which nobody is held in."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from harness.adverts.slots import Slot, Slots, Step
from harness.events import AdvertKind
from harness.pages.adverts import Advert
from harness.recording.steps import Advert as Noted
from harness.recording.steps import AdvertTally

HOME = (Step("我的", ""),)


def advert(slot: str, kind: AdvertKind = AdvertKind.FEED_CARD, words: str = "广告 开心农场") -> Advert:
    return Advert(slot=slot, kind=kind, box=(0, 0, 1080, 400), words=words)


def places() -> tuple[Slots, list[Any]]:
    written: list[Any] = []
    session: Any = SimpleNamespace(journal=SimpleNamespace(write=written.append))
    return Slots(session), written


def test_a_place_counts_the_starts_that_were_looked_at_to_their_end() -> None:
    slots, written = places()
    slots.arrive()
    slots.whole()  # nothing at the first start
    for shows in (True, False, True):
        slots.arrive()
        slots.note((advert("card"),) if shows else (), None)
        slots.note((advert("card"),) if shows else (), None)  # still there at the next look
        slots.whole()
    slots.arrive()  # a start that was not looked at to its end counts for nothing
    slots.tally()
    assert [step for step in written if isinstance(step, AdvertTally)] == [AdvertTally(slot="card", seen=2, tries=4)]
    assert len([step for step in written if isinstance(step, Noted)]) == 2


def test_the_same_advert_in_two_places_is_tried_once_and_the_worst_first() -> None:
    slots, _ = places()
    slots.arrive()
    slots.note((advert("top"), advert("below"), advert("other", words="广告 天气"), advert("window", AdvertKind.INTERSTITIAL)), None)
    assert [slot.name for slot in slots.worst_first()] == ["window", "top", "other"]


@pytest.mark.parametrize(
    ("name", "kind", "way", "asked"),
    [
        ("splash", AdvertKind.SPLASH, (), False),
        ("splash", AdvertKind.SPLASH, HOME, True),
        ("red-packet-top-1a2b", AdvertKind.RED_PACKET, HOME, True),
        ("red-packet-card-1a2b", AdvertKind.RED_PACKET, HOME, False),
        ("red-packet-top-1a2b", AdvertKind.RED_PACKET, (Step(scrolls=1),), False),
        ("interstitial-card-1a2b", AdvertKind.INTERSTITIAL, HOME, False),
    ],
)
def test_a_page_that_was_opened_holds_nobody(name: str, kind: AdvertKind, way: tuple[Step, ...], asked: bool) -> None:
    assert Slot(name, way, advert(name, kind)).asked_for is asked
