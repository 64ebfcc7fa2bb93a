"""The views of one page: tabs that swap its contents, and by which nothing of its identity tells them apart.

Texts in a bar that an app draws itself, a rail at the side, icons: which of them is open only their contents tell.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from harness.adverts.control_selection import step_of

if TYPE_CHECKING:
    from harness.adverts.ad_slots import Step
    from harness.pages.controls import Control
    from harness.pages.look import Look
    from harness.parsers.hierarchy import Node
    from harness.session.view_actions import ViewActions

MOST_TABS = 5
"""Tabs of one page that are pressed to find again what stands below one of them at most [PROJECT]."""
NEW_SHARE = 0.5
"""Of the controls outside of the bar more than this share is new where its contents were swapped [PROJECT]."""


@dataclass(slots=True)
class PageViews:
    """The bars of tabs that were seen to swap contents, each with the pages that it stands on.

    Some of its views may have an identity of their own: a list of two rows beside one of many.
    """

    moves: ViewActions
    _bars: list[tuple[list[Control], set[str]]] = field(default_factory=list)

    def swapped(self, control: Control, before: Look, look: Look) -> bool:
        """Whether a press on a control, which stands there still, swapped what its page shows."""
        bar = bar_of(control, self.moves.controls(before), self.moves.controls(look))
        screens = {self.moves.name(before), self.moves.name(look)}
        known = next((own for tabs, own in self._bars if own & screens and any(tab.key == control.key for tab in tabs)), None)
        if bar and known is None:
            self._bars.append((bar, screens))
        elif bar and known is not None:
            known |= screens
        return bool(bar)

    def tabs(self, here: str, screen: str, way: tuple[Step, ...]) -> list[Control]:
        """The tabs of the page in front that may lead to another view of it, the one that a way ends with first."""
        found = next((tabs for tabs, own in self._bars if {here, screen} <= own), [])
        return sorted(found, key=lambda tab: way[-1:] != (step_of(tab),))[:MOST_TABS]


def bar_of(control: Control, before: list[Control], now: list[Control]) -> list[Control]:
    """The controls beside each other of which a press on one swapped what else a page shows; none where none did."""
    kept = {one.key for one in before} & {one.key for one in now}
    bar = [one for one in now if one.key in kept and (one.key == control.key or _in_line(one.node, control.node))]
    rest = [one for one in now if one not in bar]
    new = sum(one.key not in kept for one in rest)
    return bar if len(bar) > 1 and control.key in kept and new > NEW_SHARE * len(rest) else []


def _in_line(one: Node, other: Node) -> bool:
    """Whether two views of one class begin at the same height, or stand below each other with the same edges."""
    return one.class_name == other.class_name and (one.bounds[1] == other.bounds[1] or one.bounds[::2] == other.bounds[::2])
