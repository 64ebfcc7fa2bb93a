"""The controls of a page that the search for adverts presses, and their order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from harness.adverts.ad_slots import Step
from harness.adverts.numbered_controls import is_part, of_text
from harness.adverts.touch_points import loads_contents
from harness.dialogs.act_likelihood import MAIN, likelihood
from harness.dialogs.continue_captions import (
    claims,
    cleans,
    credits_user,
    ends,
    goes_on,
    is_locked,
    is_next,
    is_use,
    leads_to_gift,
    spends,
    takes_gift,
)
from harness.dialogs.danger import is_dangerous
from harness.dialogs.dialog_words import plain
from harness.dialogs.pixel_nodes import PAINTED
from harness.dialogs.user_acts import acts, costs_coins, only_shows
from harness.dialogs.word_patterns import has_price
from harness.events.box import centre, contains
from harness.pages.act_bars import is_of_sheet, make_of
from harness.pages.advert_parts import is_picture, words_on
from harness.pages.advert_words import ADVERTS, loaded, names_app, of_contents, role_of, saves
from harness.pages.adverts import IN_PAGE, Advert, find_adverts
from harness.pages.controls import Control, Kind
from harness.pages.marked_adverts import marked_boxes
from harness.pages.view_structure import shape, unnumbered
from harness.parsers.touch_order import middle, screen_of

if TYPE_CHECKING:
    from harness.adverts.left_alone import LeftAlone
    from harness.pages.look import Look
    from harness.session.session import Session
    from harness.session.view_actions import ViewActions

MENU_LENGTH, FEED_ROWS = 10, 3
"""Characters of a row that names a page of its own rather than a piece of news, and rows of news that are pressed of
each make in a list [PROJECT]."""
LEAST_ENTRIES = 3
"""Entries of a menu over the page at least [PROJECT]: two are the answers of a question."""
PICTURE_SHARE = 0.02
"""A picture in a row that takes less of the screen is an icon [PROJECT]."""


@dataclass(slots=True)
class ControlSelection:
    """The eyes for what may be pressed on the way to adverts."""

    session: Session
    moves: ViewActions
    left_alone: LeftAlone
    is_ours: Callable[[Advert], bool]
    _painted: dict[str, str] = field(default_factory=dict)  # what is painted and may be pressed, by its words without numbers
    _touched: set[str] = field(default_factory=set)
    _met: set[tuple[str, str]] = field(default_factory=set)  # what might be pressed, by its name
    _pressed: set[tuple[str, str]] = field(default_factory=set)
    _left: dict[tuple[str, str], tuple[bool, str]] = field(default_factory=dict)  # by its name: whether it holds out no reward, its words

    def touched(self, control: Control) -> None:
        """A control is pressed."""
        self._touched.add(unnumbered(control.text))
        self._pressed.add(name_of(control))

    @property
    def met(self) -> int:
        """How many buttons and rows were met outside adverts, those among them that are left alone."""
        return len(self._met)

    @property
    def pressed(self) -> int:
        """How many of these were pressed."""
        return len(self._met & self._pressed)

    def left(self) -> list[str]:
        """The words of what was left alone as what may be an act, first what holds out a reward: 领取金币."""
        kept = {(plainly, words): None for name, (plainly, words) in self._left.items() if name not in self._pressed}
        return [words for _plainly, words in sorted(kept, key=lambda one: one[0])]

    def unsure(self, look: Look) -> list[Control]:
        """The buttons and rows that are left alone though no words of theirs are known to order something: 请老师看."""
        own = self.moves.controls(look)
        told = {one.text for one in own if is_dangerous(one.text) or acts(one.text)}
        return [one for one in self.kept(look) if one.text not in told and self.left_alone.unsure(one, own)]

    def kept(self, look: Look) -> list[Control]:
        """The controls of a page outside adverts that are not pressed."""
        usable = self.usable(look)
        return [one for one in self.moves.controls(look) if one not in usable]

    def untouched(self) -> list[str]:
        """The words of what stood on pages that the app paints, might be pressed and never was."""
        return [text for words, text in self._painted.items() if words not in self._touched]

    def own(self, look: Look) -> list[Control]:
        """The controls of a page that no advert has, those of a menu that our own press opened over it too.

        What goes on by its words in a part of the page that does not call itself an advert is the page's own, too, and
        what shows a film in a window that our press opened.
        """
        found = self.moves.controls(look)
        adverts = find_adverts(look, self.session.app.package)
        marked = marked_boxes(look, self.session.app.package)
        held: list[Control] = []
        for advert in adverts:
            part = [one for one in found if contains(advert.box, one.centre)]
            if self.is_ours(advert) and _is_menu(part):
                continue
            lure = advert.kind in IN_PAGE and advert.box not in marked  # 开始游戏 beside a picture may be what the app is for
            leads = goes_on if lure else _shows_film if self.is_ours(advert) else None
            held += [one for one in part if leads is None or not leads(one.text)]
        return [one for one in found if one not in held]

    def usable(self, look: Look) -> list[Control]:
        """The controls that may be pressed and that no advert has."""
        adverts, own = find_adverts(look, self.session.app.package), self.own(look)
        found = [
            one
            for one in own
            if not (one.dangerous or saves(one.text) or self.left_alone.spared(one) or self.left_alone.unsure(one, own))
            or _shows_plans(one, look, adverts)
            or (self._harmless(one) and not _is_credited(one, look))
            or _is_shut(one, look)
        ]
        found = [one for one in found if only_shows(one.text) or goes_on(one.text) or not is_of_sheet(one, own)]
        pressable = [one for one in own if one.kind in (Kind.BUTTON, Kind.ROW)]
        self._met |= {name_of(one) for one in pressable}
        kept = [one for one in pressable if one not in found and one.text]
        self._left |= {name_of(one): (not (claims(one.text) or leads_to_gift(one.text)), one.text) for one in kept}
        return [
            control
            for control in found
            if (control.kind is Kind.TAB or make_of(control) not in self.moves.silent or only_shows(control.text) or goes_on(control.text))
        ]

    def chosen(self, look: Look) -> list[Control]:
        """The controls that may lead to adverts: offers first, all entries of a menu, some rows of each feed."""
        rows: Counter[tuple[str, str]] = Counter()
        found, later, series = [], [], False
        behind = [control for control in self.usable(look) if control.kind in (Kind.BUTTON, Kind.ROW)]
        self._painted |= {unnumbered(one.text): one.text for one in behind if one.text and one.node.class_name == PAINTED}
        for control in sorted(behind, key=lambda control: (not _offers(control), bool(control.promises))):
            if is_part(control.text):
                if series:
                    continue  # the next of a series; its last one is tried too
                series = True
            make = self.make_of(control)
            rows[make] += 1
            if not control.rows or len(control.text) <= MENU_LENGTH or rows[make] == 1:
                found.append(control)
            elif rows[make] <= FEED_ROWS:
                later.append(control)  # the same page once more, after what is new
        return found + later

    @staticmethod
    def make_of(control: Control) -> tuple[str, str]:
        """The list that a row is of, and its make: what stands among rows of another make may be no news."""
        return control.rows, shape(control.node, control.node) if control.rows else ""

    def shows(self, control: Control, look: Look) -> bool:
        """Whether it is a picture, or a row with one, whose words promise nothing: an advert may look like that."""
        width, height = screen_of(look.roots)
        large = any(is_picture(node) and node.area >= PICTURE_SHARE * width * height for node in control.node.walk())
        return large and (bool(control.rows) or not control.text) and role_of(control.text) is None

    def onward(self, look: Look) -> list[Control]:
        """The controls that go on with the contents, the next first: 下一章, 开始, 领取, 目录, 第 1 章."""
        behind = [control for control in self.chosen(look) if control.kind in (Kind.BUTTON, Kind.ROW)]
        found = [control for control in behind if goes_on(control.text) or is_part(control.text) or cleans(control.text)]
        return sorted(found, key=lambda control: not is_next(control.text))

    def named(self, look: Look) -> list[Control]:
        """Return the controls that the tester names, whatever they say: the tester knows that they are no order."""
        controls = self.moves.controls(look)
        found = []
        for text in self.session.options.taps:
            control = of_text(controls, look.roots, self.session.app.package, text)
            control = control or next((one for one in controls if text in one.text), None)
            if control is not None:
                found.append(control)
        return found

    def loading(self, look: Look) -> list[Control]:
        """What of a page loads apps: a store of the app's own. Its songs and maps are nobody's business here."""
        package = self.session.app.package
        own = [node for root in look.roots if root.package == package for node in root.walk() if node.visible]
        said = [words_on(node) for node in own if words_on(node)]
        if any(of_contents(line) for line in said):
            return []
        told, sized = any(names_app(line) for line in said), any(ADVERTS.pattern("size_to_load").search(line) for line in said)
        adverts = find_adverts(look, package)
        loads = (control for control in self.moves.controls(look) if loads_contents(control.text))
        found = [control for control in loads if told or (sized and loaded(control.text) in said)]  # the page is about that
        return [control for control in found if not any(contains(advert.box, control.centre) for advert in adverts)]

    def untold_load(self, look: Look) -> str:
        """What of a page says that it loads so many MB, where nothing tells of an app or of contents, else empty."""
        said = [words_on(node) for root in look.roots if root.package == self.session.app.package for node in root.walk() if node.visible]
        sized = any(ADVERTS.pattern("size_to_load").search(line) for line in said)
        if not sized or any(names_app(line) or of_contents(line) for line in said if line) or self.loading(look):
            return ""
        adverts = find_adverts(look, self.session.app.package)
        free = (one for one in self.moves.controls(look) if not any(contains(advert.box, one.centre) for advert in adverts))
        return next((one.text for one in free if loads_contents(one.text)), "")

    def _harmless(self, control: Control) -> bool:
        """Whether it only takes a reward, leads to one, shows the film for one, ends a task or uses the contents."""
        words = control.text
        told = any(says(words) for says in (_shows_film, takes_gift, leads_to_gift, ends, is_use))
        return told and not spends(words, self.session.options.app_profile.never_touch)


def _is_credited(control: Control, look: Look) -> bool:
    """Whether a bare 领取 stands in one line with what it would book to the user: 新人礼金待领取."""
    _, top, _, bottom = control.node.bounds
    line = (node.text for root in look.roots for node in root.walk() if node.visible and top <= middle(node)[1] < bottom)
    return claims(control.text) and any(credits_user(words) for words in line)


def _shows_film(words: str) -> bool:
    """Whether a caption shows the film for a reward: to see it books nothing yet."""
    return plain(words).startswith(ADVERTS.words("lure.film")) and len(words) <= MENU_LENGTH


def step_of(control: Control) -> Step:
    """A press on a control, as a part of the way to a page."""
    return Step(control.text, control.id)


def name_of(control: Control) -> tuple[str, str]:
    """What a control is called, whatever kind what stands round it makes of it: its id and words, else its key."""
    return (control.id, unnumbered(control.text)) if control.id or control.text else ("", control.key)


def _shows_plans(control: Control, look: Look, adverts: Sequence[Advert]) -> bool:
    """Whether a control leads to a membership's page: it names one, and no price stands here but in adverts."""
    named = any(word in plain(control.text) for word in ADVERTS.words("membership.words"))
    if not named or len(control.text) > MENU_LENGTH:
        return False
    priced = (node for root in look.roots for node in root.walk() if node.visible and has_price(node.text))
    return all(any(contains(advert.box, centre(node.box)) for advert in adverts) for node in priced)


def _is_menu(part: Sequence[Control]) -> bool:
    """Whether a layer is a menu: entries of one make below each other, none of which leans to an act."""
    entries = [one for one in part if one.kind not in (Kind.CLOSE, Kind.BACK)]
    makes = {(one.kind, one.node.class_name, one.node.bounds[0]) for one in entries}
    return len(entries) >= LEAST_ENTRIES and len(makes) == 1 and not any(one.dangerous or likelihood(one.text) > MAIN for one in entries)


def _is_shut(control: Control, look: Look) -> bool:
    """Whether a row of a list says that it is locked, and no price stands on the page: a film or an advert opens it."""
    priced = (node for root in look.roots for node in root.walk() if node.visible and (has_price(node.text) or costs_coins(node.text)))
    return bool(control.rows) and is_locked(control.text) and not any(priced)


def _offers(control: Control) -> bool:
    return any(word in plain(control.text) for word in ADVERTS.words("search.offers"))
