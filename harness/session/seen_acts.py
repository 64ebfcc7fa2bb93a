"""What was seen to act in the user's name while one app was checked: such a control is pressed in no later scenario."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from harness.dialogs.user_acts import tells_of_act, turned, was_act
from harness.pages.act_bars import make_of

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    from harness.pages.controls import Control


@dataclass(slots=True)
class SeenActs:
    """The makes of controls of which one acted; ``silent`` are those of which one changed nothing when it was pressed.

    ``toast`` is what the app said last in a Toast.
    """

    toast: str = ""
    silent: set[Hashable] = field(default_factory=set)
    _acted: set[Hashable] = field(default_factory=set)
    _captions: defaultdict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    _paired: set[tuple[str, str]] = field(default_factory=set)

    def see(self, controls: Iterable[Control]) -> None:
        """Remember what each control is called: one that is 想要 here and 已想要 there acts."""
        for control in controls:
            view = control.id, control.node.class_name
            captions = self._captions[view]
            if control.id and control.text not in captions and not control.promises:
                if any(turned(one, control.text) or turned(control.text, one) for one in captions):
                    self._paired.add(view)
                captions.add(control.text)

    def learn(self, control: Control, after: Sequence[Control], *, changed: bool) -> None:
        """Learn from what followed a press: one more, 已关注, a Toast that tells of an act, or nothing at all."""
        here = (other for other in after if other.node.box == control.node.box)
        if tells_of_act(self.toast) or any(was_act(control.text, other.text) for other in here):
            self._acted.add(make_of(control))
        elif not changed:
            self.silent.add(make_of(control))

    def acts(self, control: Control) -> bool:
        """Whether one of the make of a control acted."""
        return make_of(control) in self._acted or (control.id, control.node.class_name) in self._paired
