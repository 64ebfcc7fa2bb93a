"""What is pressed by no trial of clause 7, whatever an advert makes of it: what acted, and what the walk left alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from harness.dialogs.act_likelihood import ALONE, MAIN, PROMISED, likelihood
from harness.dialogs.continue_captions import claims, cleans, does_else, goes_on, leads_to_gift, takes_gift
from harness.dialogs.dialog_words import plain
from harness.dialogs.offers import is_exit
from harness.dialogs.promises import lights
from harness.errors import FormatError
from harness.events import ControlRole
from harness.events.box import contains
from harness.maps.graph import WALK_FILE, Action, Graph
from harness.pages.advert_words import role_of, saves
from harness.pages.controls import Kind
from harness.pages.view_structure import unnumbered

if TYPE_CHECKING:
    from harness.pages.controls import Control
    from harness.session.session import Session

_OF_ADVERTS = {*ControlRole} - {ControlRole.ACT, ControlRole.OTHER, ControlRole.CONFIRM, ControlRole.SUBSCRIBE}
"""Roles of words that tell of an advert's own controls; the walk leaves 立即下载 alone for other reasons."""

LEAST_KIN = 2
"""Entries of one make beside another that make a grid or menu of them at least [PROJECT]."""


def map_of(session: Session) -> tuple[Graph, frozenset[tuple[str, str, str]]] | None:
    """The map of the walk of this run, and pages over which an advert lay, with the tab that opened each and its words.

    None where there is no map to be read.
    """
    try:
        data = json.loads((session.folder.path / WALK_FILE).read_bytes())
        return Graph.from_json(data), frozenset((str(screen), str(tab), str(words)) for screen, tab, words in data.get("covered", ()))
    except (OSError, ValueError, FormatError):
        return None


@dataclass
class LeftAlone:
    """The one question before a press of clause 7: whether a control is known as an act in the user's name."""

    session: Session

    def acted(self, control: Control) -> bool:
        """Whether it keeps the app's own contents, or one of its make acted when it was pressed.

        What takes a gift, or the tester names, may be pressed again.
        """
        named = any(text in control.text for text in self.session.options.taps)
        return not named and (saves(control.text) or (not takes_gift(control.text) and self.session.acts.acts(control)))

    def spared(self, control: Control) -> bool:
        """Whether the walk left a control of this id and caption alone: 弹幕 beside a field that is empty by now."""
        return bool(control.id) and (control.id, unnumbered(plain(control.text))) in self._spared

    def unsure(self, control: Control, beside: Sequence[Control] = ()) -> bool:
        """Whether the caption of a button or row leans to an act, and no press of the walk proved it harmless: 下战书.

        What leads to adverts, goes on with the contents or takes a gift is sure, and what may be a name among the
        entries of a menu, ``beside`` it on its page: 有害垃圾 in a grid with 厨余垃圾.
        """
        words = control.text
        if (
            control.kind not in (Kind.BUTTON, Kind.ROW)
            or likelihood(words) <= ALONE
            or any(text in words for text in self.session.options.taps)
        ):
            return False
        sure = role_of(words) in _OF_ADVERTS or any(
            says(words) for says in (goes_on, cleans, does_else, is_exit, leads_to_gift, takes_gift)
        )
        sure = sure or (lights(words) and bool(control.promises))
        return not (sure or is_entry(control, beside)) and unnumbered(plain(words)) not in self._pressed

    def keeps(self, control: Control) -> bool:
        """Whether no trial presses it as a part of an advert; 立即下载 and 退出, left alone by the walk, may be one."""
        words = control.text
        own = role_of(words) not in _OF_ADVERTS and not any(says(words) for says in (claims, cleans, does_else, is_exit, leads_to_gift))
        return self.acted(control) or (own and self.spared(control))

    def forbids(self, point: tuple[int, int], page: Sequence[Control]) -> bool:
        """Whether the control of the page that a touch would press, the innermost one there, is one of these."""
        there = (control for control in page if contains(control.node.box, point))
        control = min(there, key=lambda control: control.node.area, default=None)
        return control is not None and self.keeps(control)

    @cached_property
    def _spared(self) -> frozenset[tuple[str, str]]:
        return frozenset((action.id, unnumbered(plain(action.text))) for action in self._walked if action.dangerous and action.id)

    @cached_property
    def _pressed(self) -> frozenset[str]:
        return frozenset(unnumbered(plain(action.text)) for action in self._walked if action.tries and not action.dangerous)

    @cached_property
    def _walked(self) -> tuple[Action, ...]:
        walked = map_of(self.session)
        return tuple(action for screen in walked[0].screens.values() for action in screen.actions.values()) if walked else ()


def is_entry(control: Control, beside: Sequence[Control]) -> bool:
    """Whether a caption is the name of an entry of a grid or menu most of which is harmless: 乘车卡 beside 换乘.

    The entries share kind, class and width, and stand in a row or column; buttons in one column alone are no menu.
    """
    others = [one for one in beside if one is not control and one.text and one.kind is control.kind]
    kin = [one for one in others if one.node.class_name == control.node.class_name and one.node.box[2] == control.node.box[2]]
    level = [one for one in kin if abs(one.centre[1] - control.centre[1]) < control.node.box[3] // 2]
    kin = [one for one in kin if one in level or one.node.box[0] == control.node.box[0]]
    harmless = [one for one in kin if not one.dangerous and likelihood(one.text) <= MAIN]
    menu = len(kin) >= LEAST_KIN and (bool(level) or control.kind is Kind.ROW)
    return menu and likelihood(control.text) <= PROMISED and 2 * len(harmless) > len(kin)
