"""The frames of a film that are new between an act on an advert and the end of its watch."""

from collections.abc import Iterator
from typing import NamedTuple

from harness.events import AdvertActed, AdvertLeft, FilmMoment, FilmTaken
from harness.events.durations import seconds_words
from harness.events.timeline import Timeline
from harness.language import Text, _

MOST_SHOWN = 4
"""Pictures of one act on a page; the film has all."""


class NewFrames(NamedTuple):
    """A picture of the run folder and what it is."""

    path: str
    words: Text


def new_frames(timeline: Timeline, acted: AdvertActed) -> Iterator[NewFrames]:
    """The first few pictures that an act brought up, in order; none where nobody filmed it."""
    shown = {moment.film for moment in timeline.of(FilmMoment)}  # of a film of the whole scenario there are none
    film = next((taken for taken in timeline.of(FilmTaken) if taken.film in shown and taken.begin <= acted.at <= taken.end), None)
    if film is None:
        return
    left = (one.at for one in timeline.of(AdvertLeft) if one.slot == acted.slot and one.at > acted.at)
    end = min(film.end, next(left, film.end))
    moments = (moment for moment in timeline.between(acted.at, end, FilmMoment) if moment.film == film.film and not moment.again)
    for moment, _number in zip(moments, range(MOST_SHOWN), strict=False):
        after, up = moment.at.seconds_since(acted.at), min(moment.until, end).seconds_since(moment.at)
        words = _("film: came up {after} after the act, for {up}", after=seconds_words(after), up=seconds_words(up))
        yield NewFrames(moment.screenshot, words)
