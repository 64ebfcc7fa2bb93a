"""Places with adverts: how often one was there, which are the same, and which nobody is held in."""

from collections import Counter
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from harness.adverts.ad_slots import AdSlot, AdSlots, Step, lies_over
from harness.adverts.advert_navigation import FILM_SECONDS
from harness.adverts.places_by_chance import PlacesByChance
from harness.events import AdvertAct, AdvertKind
from harness.pages.adverts import BEHIND, Advert
from harness.recording.steps import Advert as Noted
from harness.recording.steps import AdvertTally

HOME = (Step("我的", ""),)
FILM = (Step("看视频"),)


def advert(slot: str, kind: AdvertKind = AdvertKind.FEED_CARD, words: str = "广告 开心农场") -> Advert:
    return Advert(slot=slot, kind=kind, box=(0, 0, 1080, 400), words=words)


def places() -> tuple[AdSlots, list[Any]]:
    written: list[Any] = []
    session: Any = SimpleNamespace(journal=SimpleNamespace(write=written.append), resets=1, launches=1)
    return AdSlots(session), written


def test_an_advert_of_the_second_start_is_known_by_what_comes_after_each_clearing() -> None:
    slots, _ = places()
    session: Any = slots.session
    for session.resets in (1, 2):
        for session.launches in (1, 2, 3):
            slots.arrive(cold=True)
            slots.note((advert("second"),) if session.launches == 2 else (), None)
            slots.note((advert("each"),), None)
            slots.arrive()  # it stands there yet at a return
            slots.note((advert("second"),) if session.launches == 2 else (), None)
    second, each = slots.known["second"], slots.known["each"]
    assert (second.once, second.launches, each.once, each.launches) == (True, 2, False, 1)


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
    slots.note((advert("other"),), None)  # what its place shows now does not make it the other's like
    assert [slot.name for slot in slots.worst_first()] == ["window", "top", "other"]


def test_a_splash_that_only_who_comes_back_is_shown_has_a_place_of_its_own() -> None:
    slots, _ = places()
    shown = []
    for cold, words in ((True, "山泉 跳过 5"), (False, "山泉 跳过 3"), (False, "二手车 跳过 5"), (True, "二手车 跳过 5")):
        slots.arrive(cold=cold)
        found = slots.placed((advert("splash", AdvertKind.SPLASH, words),), ())
        slots.note(found, None)
        shown.append(found[0].slot)
    assert shown == ["splash", "splash", "return-splash", "splash"]
    assert slots.known["return-splash"].hot


@pytest.mark.parametrize(
    ("name", "kind", "way", "asked"),
    [
        ("splash", AdvertKind.SPLASH, (), False),
        ("splash", AdvertKind.SPLASH, HOME, True),
        ("red-packet-top-1a2b", AdvertKind.RED_PACKET, HOME, True),
        ("red-packet-card-1a2b", AdvertKind.RED_PACKET, HOME, False),
        ("red-packet-top-1a2b", AdvertKind.RED_PACKET, (Step(scrolls=1),), False),
        ("interstitial-card-1a2b", AdvertKind.INTERSTITIAL, HOME, False),
        ("splash", AdvertKind.SPLASH, (*HOME, Step(back=True)), False),  # it came to who went back, or did nothing
        ("splash", AdvertKind.SPLASH, (*HOME, Step(rests=30.0)), False),
    ],
)
def test_a_page_that_was_opened_holds_nobody(name: str, kind: AdvertKind, way: tuple[Step, ...], asked: bool) -> None:
    assert AdSlot(name, way, advert(name, kind)).asked_for is asked


def test_every_way_on_which_an_advert_was_met_is_kept_and_taken_in_turn() -> None:
    """A window that comes after twenty seconds is met behind the page that was open then, and on the first one."""
    slots, _ = places()
    ways = [(*HOME, Step(back=True)), (Step(rests=30.0),), HOME, (Step("更多", ""),), (Step("发现", ""),)]
    for way in (*ways, ways[0]):
        slots.arrive()
        slots.note((advert("late"),), None, way)
    slots.note((advert("late"),), None, (), hot=True)
    slot = slots.known["late"]
    taken = []
    for _turn in range(5):
        taken.append(slot.way)
        slot.turn()
    assert taken == [*ways[:4], ways[0]]


def test_what_came_behind_a_page_and_at_a_return_is_waited_for_at_both() -> None:
    slots, _ = places()
    for way, hot in (((*HOME, Step(back=True)), False), ((), True), ((), True)):
        slots.arrive()
        slots.note((advert("late"),), None, way, hot=hot)
    slot = slots.known["late"]
    slot.turn()
    assert (slot.way, slot.hot, len(slot.ways)) == ((), True, 2)


@pytest.mark.parametrize(("way", "tried"), [((*HOME, Step(scrolls=2)), ["card"]), ((Step("发现"),), ["cut", "card"])])
def test_the_upper_part_of_a_card_is_tried_where_its_page_never_showed_the_whole(way: tuple[Step, ...], tried: list[str]) -> None:
    slots, _ = places()
    slots.note((advert("feed-card-cut-1a2b3c", words="广告"),), None, (*HOME, Step(scrolls=1)))
    slots.note((advert("feed-card-middle-4d5e6f"),), None, way)
    assert [slot.name.split("-")[2].replace("middle", "card") for slot in slots.worst_first()] == tried


def test_an_advert_met_on_one_way_stays_there() -> None:
    slot = AdSlot("card", HOME, advert("card"))
    slot.turn()
    assert slot.way == HOME


@pytest.mark.parametrize(
    ("slot", "kind", "over"),
    [
        ("feed-card-top-2128c5", AdvertKind.FEED_CARD, False),
        ("interstitial-card-883734", AdvertKind.INTERSTITIAL, True),
        ("window-other-full-0bcbd7", AdvertKind.WINDOW, True),
    ],
)
def test_a_card_in_a_list_lies_over_nothing(slot: str, kind: AdvertKind, *, over: bool) -> None:
    assert lies_over(advert(slot, kind)) is over


@pytest.mark.parametrize(
    ("name", "tried", "last", "found"),
    [
        pytest.param("card-full", False, False, ("card-full", FILM), id="seen again at another time"),
        pytest.param(BEHIND, False, False, ("card-full", (*FILM, Step(rests=FILM_SECONDS))), id="it comes without the touch"),
        pytest.param(BEHIND, False, True, None, id="the last touch opened it"),
        pytest.param("card-full", True, False, None, id="it was tried"),
    ],
)
def test_a_window_that_shows_at_another_time_is_tried_there(
    monkeypatch: pytest.MonkeyPatch, name: str, found: tuple[str, tuple[Step, ...]] | None, *, tried: bool, last: bool
) -> None:
    shown = advert("card-full", AdvertKind.INTERSTITIAL)
    monkeypatch.setattr("harness.adverts.places_by_chance.find_adverts", lambda _look, _package: (shown,))
    slots, _ = places()
    slots.known[name] = slot = AdSlot(name, FILM, advert(name, AdvertKind.INTERSTITIAL))
    session: Any = SimpleNamespace(look=lambda: None, app=SimpleNamespace(package="app"))
    sightings: Any = SimpleNamespace(slots=slots, on_screen="", found_in=lambda _slot, _look: shown)
    acts: Any = SimpleNamespace(done=Counter({("film", AdvertAct.PICTURE): 1}), session=session, sightings=sightings)
    chance = PlacesByChance(acts, {name} if tried else set())
    if last:
        chance.opened([slot])
    here = chance.here(AdSlot("film", FILM, advert("film", AdvertKind.INCENTIVE_VIDEO)))
    assert (here and (here.name, here.way)) == found
    assert sightings.on_screen == (found[0] if found else "")


def test_rows_that_are_scrolled_to_one_place_are_tried_apart_and_what_it_shows_in_turn_is_not() -> None:
    slots, _ = places()
    first, second = (replace(advert("list"), title=title) for title in ("轻氧瑜伽", "麦浪阅读"))
    slots.note((first,), None, (Step(scrolls=1),))
    slots.note((replace(first, title="北辰租车"),), None, (Step(scrolls=1),))
    slots.note((second,), None, (Step(scrolls=2),))
    (row,) = slots.further_rows()
    moved = replace(second, slot="list-2")
    assert (row.key, row.way, row.picks((first, moved)), slots.known["list"].picks((second, first))) == (
        "list-row-1",
        (Step(scrolls=2),),
        moved,
        second,
    )
