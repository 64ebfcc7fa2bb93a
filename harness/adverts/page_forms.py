"""Pages that want something written before they go on: a search, the name that a test asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from harness.adverts.control_selection import step_of
from harness.dialogs.continue_captions import goes_on
from harness.dialogs.dialog_words import has_any, plain
from harness.pages.controls import CONTROLS, Control, Kind
from harness.parsers.touch_order import middle

if TYPE_CHECKING:
    from harness.adverts.ad_slots import Step
    from harness.adverts.advert_navigation import AdvertNavigation
    from harness.adverts.control_selection import ControlSelection


@dataclass(frozen=True, slots=True)
class PageForms:
    """The forms of one app; what asks for the data of a person, or for a sum, is left empty."""

    reach: AdvertNavigation
    choice: ControlSelection

    def step(self, control: Control) -> Step:
        """A press on a control of the page in front; where it ends a form, its fields are filled before."""
        return replace(step_of(control), fills=ends_form(control, self.choice.own(self.reach.session.look())))

    def fill(self, control: Control) -> Control | None:
        """Fill the fields of the page in front; the control as it is then, None where it is gone or is left alone."""
        moves, look = self.reach.sightings.moves, self.reach.session.look()
        look = look if moves.filled(look) else moves.fill(look)
        return next((one for one in self.choice.usable(look) if step_of(one) == step_of(control)), None)


def ends_form(control: Control, found: Sequence[Control]) -> bool:
    """Whether a button stands beside a field, at its right, or below all fields, first or to go on: 开始导出."""
    fields = [one for one in found if one.kind is Kind.FIELD]
    if control.kind is not Kind.BUTTON or not fields or any(map(_is_left_empty, fields)):
        return False
    left, top, _, _ = control.node.bounds
    beside = any(one.node.bounds[1] <= middle(control.node)[1] < one.node.bounds[3] and one.node.bounds[2] <= left for one in fields)
    low = max(one.node.bounds[3] for one in fields)
    above = any(one.kind is Kind.BUTTON and low <= one.node.bounds[1] < top for one in found)
    return beside or (top >= low and (not above or goes_on(control.text)))


def _is_left_empty(field: Control) -> bool:
    return has_any(plain(f"{field.text} {field.node.hint}"), (*CONTROLS.words("field.personal"), *CONTROLS.words("field.sums")))
