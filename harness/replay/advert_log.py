"""Looks at adverts to events: what was taken for one is read again, and pages of stores while an act is watched."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from harness import events as ev
from harness.dialogs.offers import tells_of_renewal
from harness.events import AdvertKind, Event, Source
from harness.events.app_under_test import AppUnderTest
from harness.pages.advert_parts import RETURN
from harness.pages.adverts import BEHIND, CAME, FILM, LANDING, Advert, find_adverts
from harness.pages.look import Look
from harness.pages.store_page import StorePage, find_store_page
from harness.recording import steps
from harness.vision.frame_checks import picture_hash
from harness.vision.luma_thumbnails import Frame

LEAST_SIDE = 16
"""Pixels of a side below which a cut of a picture is no picture [PROJECT]."""


class AdvertLog:
    """Reads what the looks of one run show of adverts; it remembers which act is watched, and the store's page."""

    def __init__(self, app: AppUnderTest, picture: Callable[[str], Frame]) -> None:
        self._app, self._picture = app, picture
        self._watched = False
        self._page: StorePage | None = None
        self._selling: set[str] = set()

    def passed(self, step: steps.Step) -> None:
        """An act on an advert begins, and what is in front from now on came of it; or the watch after it is over."""
        if isinstance(step, steps.AdvertActed):
            self._watched, self._page = True, None
        elif isinstance(step, steps.AdvertLeft):
            self._watched = False
        elif isinstance(step, steps.Again):
            self._watched = False
            self._selling.clear()

    def advert(self, step: steps.Advert, look: Look, stamp: dict[str, Any]) -> Event:
        """What the last look shows in the slot of the step; without words and controls where it shows nothing there."""
        frame = self._picture(step.screenshot) if step.screenshot is not None else None
        landing, came, behind = step.slot.startswith(LANDING), step.slot.startswith(CAME), step.slot == BEHIND
        how = {"landing": landing, "came": came, "behind": behind, "film": step.slot.startswith(FILM)}
        adverts = find_adverts(look, self._app.package, frame, density=step.density, **how)
        found = next((advert for advert in adverts if advert.slot == step.slot.removeprefix(RETURN)), None)
        stamp |= {"source": Source.TREE if look.painted is None else Source.PIXELS}
        if found is None:
            return ev.AdvertSeen(slot=step.slot, advert=step.kind, box=(0, 0, 0, 0), words="", screenshot=step.screenshot, **stamp)
        return _seen(replace(found, slot=step.slot), frame, step.screenshot, stamp)

    def looked(self, look: Look, stamp: dict[str, Any]) -> Iterable[Event]:
        """The page of a store that came of the act that is watched, where it is new or says something else."""
        page = find_store_page(look, self._app.package) if self._watched else None
        if page is not None and page != self._page:
            yield ev.StorePageSeen(screenshot=look.picture, **page.fields_of_event(), **(stamp | {"source": Source.TREE}))
        self._page = page or self._page
        yield from self._renewals(look, stamp | {"source": Source.TREE if look.painted is None else Source.PIXELS})

    def _renewals(self, look: Look, stamp: dict[str, Any]) -> Iterable[Event]:
        """Pages that sell what renews itself, whoever came by them: the first look at each that tells of it."""
        own = (node for root in look.roots if root.package == self._app.package for node in root.walk() if node.visible)
        if not any(tells_of_renewal(words) for node in own if (words := node.text or node.description)):
            return
        for found in find_adverts(look, self._app.package):
            if found.kind is AdvertKind.SUBSCRIPTION and found.slot not in self._selling:
                self._selling.add(found.slot)
                yield _seen(found, None, look.picture, stamp)


def _seen(found: Advert, frame: Frame | None, screenshot: str | None, stamp: dict[str, Any]) -> Event:
    return ev.AdvertSeen(
        slot=found.slot,
        advert=found.kind,
        box=found.box,
        words=found.words,
        controls=found.controls,
        told=found.told,
        countdown=found.countdown,
        whole_card=found.whole_card,
        sdk=found.sdk,
        sdk_by=found.sdk_by,
        sdk_sure=found.sdk_sure,
        picture_hash="" if frame is None else f"{picture_hash(_cut(frame, found)):016x}",
        screenshot=screenshot,
        **stamp,
    )


def _cut(frame: Frame, advert: Advert) -> Frame:
    """The picture of the advert alone; the whole one where too little of it is on the screen."""
    x, y, width, height = advert.box
    cut = frame[max(y, 0) : max(y + height, 0), max(x, 0) : max(x + width, 0)]
    return cut if min(cut.shape[:2]) >= LEAST_SIDE else frame
