"""Pages that the app paints, a board, a game, a drawing: played blindly for a while, until something else comes.

What is painted has no controls in the tree. Where its picture has words, the words are pressed by who presses controls;
the finger goes between them here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from zlib import crc32

from harness.adverts.ad_slots import Step, lies_over
from harness.adverts.side_effects import Deed
from harness.dialogs.inaccessible_region import surface
from harness.dialogs.word_patterns import has_price
from harness.errors import FormatError
from harness.events import AdvertAct
from harness.events.action_kinds import Purpose
from harness.events.box import Box, contains
from harness.pages.adverts import find_adverts
from harness.pages.view_structure import unnumbered
from harness.vision.ocr import read_text

if TYPE_CHECKING:
    from harness.adverts.advert_search import AdvertSearch
    from harness.pages.look import Look
    from harness.session.session import Session
    from harness.session.view_actions import ViewActions

MOST_ACTS, FIRST = 36, 4
"""Touches and swipes of one game at most, and of each kind before one that changes nothing is given up [PROJECT]."""
MOST_ROUNDS = 3
"""How often the pages of one activity are played at most [PROJECT]: some show an advert at each second or third end."""
ACROSS, DOWN = 5, 6
"""Places in a row and in a column that are touched [PROJECT]."""
STROKES = {"l": ((0.8, 0.5), (0.2, 0.5)), "u": ((0.5, 0.75), (0.5, 0.25)), "r": ((0.2, 0.4), (0.8, 0.4)), "d": ((0.4, 0.25), (0.4, 0.75))}
"""From where to where a finger moves, as shares of the page."""
ORDER = "lurdlulullddrrul"
"""In which order: each way once, then more often onward, as pages are turned [PROJECT]."""
WAIT_SECONDS = 0.6
"""What a page is given to answer a touch [PROJECT]."""
LEAST_WORD = 2
"""Signs of words at least, more and different ones in Latin letters: of a board single signs and rows of o are read."""


@dataclass(slots=True)
class PagePlays:
    """The hands on painted pages."""

    session: Session
    moves: ViewActions
    unended: dict[str, str] = field(default_factory=dict)
    """What each activity was called whose page answered and came to no end, by its component."""
    ended: set[str] = field(default_factory=set)
    """The activities whose page something came of."""
    rounds: Counter[str] = field(default_factory=Counter)

    def without_end(self) -> list[str]:
        """What those are called that answered and of which nothing ever came."""
        return [title for component, title in self.unended.items() if component not in self.ended]

    def play(self, look: Look) -> Look | None:
        """Touch and swipe the page in front until something else comes; None where nothing does, or nothing is played.

        Nothing is touched where a price stands on it, or where its words cannot be read.
        """
        session, component = self.session, self.session.foreground.component
        area = surface(session.screen.roots, session.app.package)
        words = self._read(look, area) if area is not None else None
        if area is None or words is None:
            return None
        first, lines = self._controls(look), words[0]
        acts: Counter[bool] = Counter()
        moved: Counter[bool] = Counter()
        for strokes, start, end in _acts(area):
            if acts.total() >= MOST_ACTS or any(has_price(line) for line, _box in lines):
                break
            if (acts[strokes] >= FIRST and not moved[strokes]) or (not strokes and self._is_taken(start, look, lines)):
                continue
            acts[strokes] += 1
            if strokes:
                session.swipe(start, end, Purpose.WALK)
            else:
                session.tap(start, Purpose.WALK)
            session.wait_for_change(WAIT_SECONDS)
            look = session.look()
            if self._came(look, area, component, first):
                self.ended.add(component)
                return self.moves.settle()
            before, words = words, self._read(look, area) or words
            moved[strokes] += words[1] != before[1]
            lines = words[0]
        page = self.moves.page(look)
        if moved.total() and page is not None:
            self.unended[component] = page.title or component.rpartition("/")[2]
        return None

    def _read(self, look: Look, area: Box) -> tuple[tuple[tuple[str, Box], ...], int] | None:
        """The lines that are painted on a page, and what tells its picture from others; None where they cannot be read.

        What is around it does not count: the clock goes on, and a toast goes.
        """
        if (pictured := self.session.screen.pictured("play")) is None:
            return None
        (x, y, width, height), frame = area, pictured[1]
        try:
            lines = look.painted.lines if look.painted is not None else read_text(frame, area)
        except FormatError:
            return None
        return tuple((line.text, line.box) for line in lines), crc32(frame[y : y + height, x : x + width].tobytes())

    def _controls(self, look: Look) -> frozenset[str]:
        said = (one.text for one in self.moves.controls(look))
        return frozenset(unnumbered(text) for text in said if _is_word(text))

    def _came(self, look: Look, area: Box, component: str, first: frozenset[str]) -> bool:
        """Whether something else is in front: another app, page or window, or controls of other words."""
        session, package = self.session, self.session.app.package
        if not look.shows((package,)) or look.dialog is not None or session.foreground.component != component:
            return True
        over = any(map(lies_over, find_adverts(look, package)))
        return over or surface(session.screen.roots, package) != area or not self._controls(look) <= first

    def _is_taken(self, point: tuple[int, int], look: Look, lines: Sequence[tuple[str, Box]]) -> bool:
        """Whether words, or a control that the tree tells of, stand at a place."""
        return any(contains(_round(box), point) for line, box in lines if _is_word(line)) or any(
            contains(one.node.box, point) for one in self.moves.controls(look) if one.node.text
        )


def _round(box: Box) -> Box:
    """A line with what the face of its button takes besides."""
    x, y, width, height = box
    return x - 2 * height, y - height, width + 4 * height, 3 * height


def _is_word(text: str) -> bool:
    letters = [sign for sign in text.casefold() if sign.isalpha()]
    return sum(not sign.isascii() for sign in letters) >= LEAST_WORD or len({*letters}) > LEAST_WORD


def _acts(area: Box) -> Iterator[tuple[bool, tuple[int, int], tuple[int, int]]]:
    """Touches and swipes in turn: whether it is a swipe, where it begins and ends."""
    x, y, width, height = area
    count = ACROSS * DOWN
    for turn in range(2 * count // FIRST):
        for number in range(turn * FIRST, (turn + 1) * FIRST):
            place = (number * 7 + count // 2) % count  # far from the one before, each once
            point = x + width * (2 * (place % ACROSS) + 1) // (2 * ACROSS), y + height * (2 * (place // ACROSS) + 1) // (2 * DOWN)
            yield False, point, point
        for number in range(turn * FIRST, (turn + 1) * FIRST):
            (ax, ay), (bx, by) = STROKES[ORDER[number % len(ORDER)]]
            shift = 0.06 * (turn % 3 - 1)
            yield True, (x + int(width * ax), y + int(height * (ay + shift))), (x + int(width * bx), y + int(height * (by + shift)))


def play_through(search: AdvertSearch, look: Look, way: tuple[Step, ...], depth: int) -> None:
    """Play the page in front, and look at what comes of that as at any page behind another."""
    reach, sightings = search.reach, search.sightings
    plays, component, screen = reach.plays, search.session.foreground.component, sightings.moves.name(look)
    while plays.rounds[component] < MOST_ROUNDS and not search.spent():
        sightings.slots.arrive()
        search.effects.begin(Deed(AdvertAct.BUTTON, way))
        came = plays.play(look)
        if came is None:
            return
        plays.rounds[component] += 1
        way = (*way, Step(plays=True))
        look = search.effects.end(came)
        if look is not came:
            return  # it led out of the app
        look = sightings.painted(search.stayed_on(search.arrived(look, way, opened=False), way))
        page = sightings.moves.page(look)
        if page is not None and page.screen != screen and search.session.foreground.component != component:
            search.deeper(look, way, page.screen, depth, set(), within=False)
            return
