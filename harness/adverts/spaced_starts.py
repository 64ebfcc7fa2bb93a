"""Starts over hours on a kept install, for adverts that come seldom, and rarely to new users."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.language import _
from harness.session.run_progress import clock_words

if TYPE_CHECKING:
    from harness.adverts.advert_navigation import AdvertNavigation
    from harness.session.session import Session

HOUR = 3600.0
STARTS_AN_HOUR = 4
"""Starts in each hour [PROJECT]: SDKs keep a quarter of an hour and more between two of their adverts."""
MOST_STARTS = 48
STEP_SECONDS = 300.0
"""How long the phone is left alone in one go: then whoever waits may end it."""


def spaced_starts(session: Session, reach: AdvertNavigation, hours: float) -> None:
    """Start the app anew and come back to it by turns, spread over ``hours`` of device time; what shows is noted."""
    turns = min(max(2, round(hours * STARTS_AN_HOUR)), MOST_STARTS)
    gap = hours * HOUR / turns
    slots = reach.sightings.slots
    for turn in range(turns):
        due = session.uptime() + gap
        known = len(slots.known)
        reach.start(hot=turn % 2 == 1)
        session.press("home")
        new = list(slots.known.values())[known:]
        session.progress(
            _(
                "{package}: start {turn} of {turns} over {hours:g} h, {number} places with adverts",
                package=session.app.package,
                turn=turn + 1,
                turns=turns,
                hours=hours,
                number=len(slots.known),
            )
        )
        for slot in new:
            session.progress(_("new: {slot} {sdk} {words}", slot=slot.name, sdk=slot.advert.sdk, words=slot.advert.words[:60]))
        while (left := due - session.uptime()) > 0:
            session.run_progress.awaits(left)
            session.check_interrupted()
            session.idle(min(left, STEP_SECONDS))
    session.note(_("starts were spread over {time}: {number} places with adverts", time=clock_words(hours * HOUR), number=len(slots.known)))
