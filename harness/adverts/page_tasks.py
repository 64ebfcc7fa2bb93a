"""Tasks: the questions of a quiz, the steps of a form, each in the place of the one before.

Mostly nothing of a page's identity tells them apart: their words and their controls do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from harness.adverts.advert_observation import LATE_SECONDS
from harness.adverts.control_selection import step_of
from harness.dialogs.act_likelihood import likelihood
from harness.dialogs.continue_captions import goes_on, is_next
from harness.dialogs.danger import is_dangerous
from harness.dialogs.dialog_words import plain
from harness.dialogs.word_patterns import has_price
from harness.events.box import contains
from harness.language import _
from harness.pages.advert_words import words_of
from harness.pages.controls import CONTROLS, Control, Kind
from harness.pages.main_acts import CERTAIN
from harness.pages.view_structure import unnumbered

if TYPE_CHECKING:
    from harness.adverts.ad_slots import Step
    from harness.adverts.advert_navigation import AdvertNavigation
    from harness.adverts.control_selection import ControlSelection
    from harness.pages.look import Look

MOST_STEPS, MOST_CHOICES = 12, 3
"""Steps that a task is followed, and controls that are pressed for one of them, at most [PROJECT]: daily quizzes have
three to ten questions."""
ALIKE = 6
"""So many steps in a row whose pages are of makes that its first ones had tell that it goes on so [PROJECT]."""
LEAST_NEW = 2
"""Controls in the place of one that went, at least, where no other words tell of a step [PROJECT]: one is a switch; and
answers of a question."""

OPEN_RULES = (
    "c7-jump",
    "c7-window-cannot-close",
    "c7-close-acts-as-confirm",
    "c7-download-without-notice",
    "c7-disguised-download",
    "c7-download-outside-button",
    "c7-shake-jump",
)
"""What a task ends in that was left in its middle may be of each of them: windows and adverts come at its end.

Of one that goes on and on with pages of the same makes, as a mock exam does, it is told with the extent of the search.
"""
_NUMBERS = re.compile(r"[0-9]{1,4}")


@dataclass(slots=True)
class PageTasks:
    """The tasks of one app, each followed to its end."""

    reach: AdvertNavigation
    choice: ControlSelection
    pressed: set[tuple[str, str]]
    """The screens with the keys of their controls that need no press any more."""
    press: Callable[[Control, tuple[Step, ...]], Look]
    arrived: Callable[[Look, tuple[Step, ...]], Look]
    spent: Callable[[], bool]
    unended: dict[str, None] = field(default_factory=dict)
    """The titles of the tasks that went on with steps of the same makes, and were not followed to their end."""

    def led(self, control: Control, before: Look, look: Look, way: tuple[Step, ...]) -> tuple[Look, tuple[Step, ...]]:
        """What a press shows in the end: waited for where it changed nothing, followed where it began a task."""
        screen = self.reach.sightings.moves.name(before)
        if control.kind is Kind.BUTTON and self.reach.sightings.moves.name(look) == screen:
            look = self.late(look, way, screen)
        if is_next(control.text) or not self.is_step(control, before, look):
            return look, way
        return self.follow(control, before, look, way)

    def follow(self, control: Control, before: Look, look: Look, way: tuple[Step, ...]) -> tuple[Look, tuple[Step, ...]]:
        """Go on with what a press began on its page; what shows in the end, and the way there.

        A task that is left in its middle is told: what it ends in was not seen.
        """
        moves, screen = self.reach.sightings.moves, self.reach.sightings.moves.name(before)
        met, answers, first, makes = {self._state(before)}, self.choice.usable(before), control, list[str]()
        for number in range(MOST_STEPS + 1):
            counted = self._counted(before, look)
            known = self._state(look) in met and not counted
            if not self.is_step(control, before, look) or known or self.reach.works(look, None):
                break
            told = counted or self._said(before) != self._said(look)
            usable = self._usable(control, before, look)
            step = list(following(control, self.choice.usable(before), usable, told=told))
            step += [one for one in usable if counted and not step and _name(one) == _name(control)]
            if not step:
                self.stopped(control, before, look)
                break
            page = moves.page(look)
            makes.append(page.skeleton if page is not None else "")
            if page is not None and len(makes) > 2 * ALIKE and {*makes[-ALIKE:]} <= {*makes[:-ALIKE]}:
                self.unended[page.title] = None
                break
            if number == MOST_STEPS or self.spent():
                self._left(control, look)
                break
            met.add(self._state(look))
            before = look
            for control in step[:MOST_CHOICES]:
                way = (*way, step_of(control))
                look = self.press(control, way)
                if moves.name(look) != moves.name(before) or self._state(look) not in met or self._counted(before, look):
                    break
        if number:
            self.pressed |= {(screen, one.key) for one in answers if alike(one, first)}
            look = self.late(look, way, screen) if moves.name(look) == screen else look
        return look, way

    def is_step(self, control: Control, before: Look, look: Look) -> bool:
        """Whether a press led on within its page, or to the next question in the place of the one before."""
        moves = self.reach.sightings.moves
        return moves.name(look) == moves.name(before) or self._asks_on(control, before, look)

    def _asks_on(self, control: Control, before: Look, look: Look) -> bool:
        """Whether the next question stands where an answer was pressed: both ask, or its number is one more."""
        there = [one for one in self._answers(control, look) if one.node.bounds[:2] == control.node.bounds[:2]]
        own = self.choice.own(before), self.choice.own(look)
        if not there or _name(there[0]) == _name(control) or sum(alike(one, control) for one in own[0]) < LEAST_NEW:
            return False
        old, new = (self._lines(each) for each in (before, look))
        return counts_on(old, new) or all(any(line.endswith(_asking()) for line in each) for each in (old, new))

    def _answers(self, control: Control, look: Look) -> list[Control]:
        """The controls of a page that are of one make with an answer, where they are several."""
        like = [one for one in self.choice.own(look) if alike(one, control)]
        return like if len(like) >= LEAST_NEW else []

    def _usable(self, control: Control, before: Look, look: Look) -> list[Control]:
        """What may be pressed, and the answers in the place of the one that was given, least of an act first.

        Not where the words of one order something, nor where a price stands beside them: there it is paid.
        """
        usable = self.choice.usable(look)
        answers = self._answers(control, look) if self._asks_on(control, before, look) else []
        priced = any(has_price(line) for line in self._lines(look))
        if priced or any(is_dangerous(one.text, one.id) or self.choice.left_alone.acted(one) for one in answers):
            return usable
        left = [one for one in answers if one not in usable and likelihood(one.text) <= CERTAIN]
        return [*usable, *sorted(left, key=lambda one: likelihood(one.text))]

    def late(self, look: Look, way: tuple[Step, ...], screen: str) -> Look:
        """A page on which a press changed nothing: what the press leads to may come some seconds later."""
        session, sightings = self.reach.session, self.reach.sightings
        deadline = session.uptime() + LATE_SECONDS
        while session.uptime() < deadline and session.wait_for_change(deadline - session.uptime(), look):
            look = session.look()
            if sightings.moves.name(look) != screen:
                return self.arrived(sightings.effects.end(sightings.moves.settle()), way)
        return look

    def stopped(self, control: Control, before: Look, look: Look) -> None:
        """Where what goes on is left alone as what may be an act, the task is left there.

        On what is a page of its own only what stands in the place of the control that was pressed goes on.
        """
        moves = self.reach.sightings.moves
        same = self.is_step(control, before, look)
        told = self._counted(before, look) or self._said(before) != self._said(look)
        step = {_name(one) for one in following(control, moves.controls(before), moves.controls(look), told=told)}
        answers = (one for one in self._answers(control, look) if not is_dangerous(one.text, one.id))
        unsure = (one for one in (*self.choice.unsure(look), *answers) if same or contains(one.node.box, control.centre))
        if any(_name(one) in step for one in unsure):
            self._left(control, look)

    def _left(self, control: Control, look: Look) -> None:
        """Tell of a task that is left in its middle: its last step put others in the place of what was pressed."""
        moves = self.reach.sightings.moves
        page = moves.page(look)
        if page is not None and _name(control) not in map(_name, moves.controls(look)):
            for rule in OPEN_RULES:
                self.reach.session.not_tried(rule, _("a task on '{page}' was left in its middle", page=page.title[:40]))

    def _state(self, look: Look) -> frozenset[str]:
        return frozenset({*self._said(look), *map(_name, self.reach.sightings.moves.controls(look))})

    def _said(self, look: Look) -> frozenset[str]:
        """What a page says, without its numbers: a clock runs by itself."""
        return frozenset(map(unnumbered, self._lines(look)))

    def _counted(self, before: Look, look: Look) -> bool:
        """Whether a page counts its steps, on a control as well: 放入第 2 块 where 放入第 1 块 stood."""
        old, new = ([*self._lines(each), *(one.text for one in self.choice.own(each))] for each in (before, look))
        return counts_on(old, new)

    def _lines(self, look: Look) -> list[str]:
        """The lines of a page that are no control's."""
        page = self.reach.sightings.moves.page(look)
        pressed = "\n".join(one.text for one in self.reach.sightings.moves.controls(look))
        return [line for line in (page.text.splitlines() if page else ()) if line not in pressed]


def following(control: Control, before: list[Control], now: list[Control], *, told: bool) -> Iterator[Control]:
    """The controls that go on where a press on one was a step.

    ``told``: other words stand on the page as well, which run by themselves on some; else several controls must have
    come in the place of that one, or any in the place of 下一步. Where it stands there still and does not lead on by
    its words, only what does is next: below an answer the next question.
    """
    known = {_name(one) for one in before}
    usable = [one for one in now if one.kind in (Kind.BUTTON, Kind.ROW)]
    new = [one for one in usable if _name(one) not in known]
    gone = _name(control) not in map(_name, now)
    if not told and not (gone and (len(new) >= LEAST_NEW or is_next(control.text))):
        return
    if gone or _leads_on(control):
        yield from sorted(new, key=lambda one: not alike(one, control))
        yield from (one for one in usable if _name(one) in known and _leads_on(one))
    else:
        yield from (one for one in usable if is_next(one.text) or (_name(one) not in known and _leads_on(one)))


def _name(control: Control) -> str:
    """What tells a control from that of another step: its words, with the numbers that answers may be."""
    return f"{control.id}|{control.text or control.key}"


def _leads_on(control: Control) -> bool:
    return goes_on(control.text) or plain(control.text) in words_of("guide", "onward")


def alike(one: Control, other: Control) -> bool:
    """Whether two controls are of one kind and class and begin at one edge, as the answers to a question."""
    same = (one.kind, one.node.class_name) == (other.kind, other.node.class_name)
    return same and any(this == that for this, that in zip(one.node.bounds[:2], other.node.bounds[:2], strict=True))


def counts_on(old: list[str], new: list[str]) -> bool:
    """Whether the number of the step is one more than before: 2/5, 第 3 题."""
    before, now = ({unnumbered(line): _NUMBERS.findall(line) for line in lines} for lines in (old, new))
    return any(int(now[line][0]) == int(before[line][0]) + 1 for line in now.keys() & before.keys() if before[line] and now[line])


def _asking() -> tuple[str, ...]:
    return tuple(CONTROLS.words("first.question"))
