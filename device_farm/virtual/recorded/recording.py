"""What was recorded of an app: the screens that were seen and the acts that led from one to the next."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from device_farm.virtual.recorded.planted import NOTHING_PLANTED, Planted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from device_farm.virtual.framework.records.system_records import Rect


class View(NamedTuple):
    """One view of a recorded tree. ``parent`` is the index of its parent in the state, -1 for a root."""

    parent: int
    class_name: str
    package: str
    id: str
    text: str
    description: str
    bounds: Rect
    flags: frozenset[str]  # of FLAGS


FLAGS = ("clickable", "long-clickable", "scrollable", "checkable", "checked", "selected", "focused", "password", "disabled", "hidden")
"""What a view may be, by uiautomator's attributes; ``disabled`` and ``hidden`` where it is not as usual."""


@dataclass(frozen=True)
class State:
    """One screen: the views of the top window, parents before children, and the picture of the whole screen.

    ``activity`` is the full class name of what was in front.
    """

    name: str
    package: str
    activity: str
    views: tuple[View, ...]
    picture: Path | None = None

    @cached_property
    def structure(self) -> tuple[tuple[str, str], ...]:
        """Classes and ids of the visible views in their order: equal where only contents differ."""
        return tuple((view.class_name, view.id) for view in self.views if "hidden" not in view.flags)

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """The indices of each view's children."""
        found: list[list[int]] = [[] for _view in self.views]
        for number, view in enumerate(self.views):
            if view.parent >= 0:
                found[view.parent].append(number)
        return tuple(map(tuple, found))

    def words(self, number: int) -> str:
        """All that a view and what is in it say, in the order of the tree."""
        view = self.views[number]
        own = (view.text or view.description).strip()
        return " ".join(filter(None, [own, *(self.words(child) for child in self.children[number])]))

    def receiver(self, x: float, y: float, flag: str = "clickable") -> int:
        """The view that takes a touch at a point: the topmost that is ``flag``, else the topmost; -1 beside all."""
        under = [n for n, v in enumerate(self.views) if "hidden" not in v.flags and _contains(v.bounds, x, y)]
        return next((n for n in reversed(under) if flag in self.views[n].flags), under[-1] if under else -1)


WHOLE = 0.8
"""Of the largest root: a smaller one is a dialog's [PROJECT]."""


def display_of(states: Iterable[State]) -> tuple[int, int]:
    """Return the screen in pixels as it was held most: the commonest root of those that are no dialog's."""
    roots = Counter((state.views[0].bounds.right, state.views[0].bounds.bottom) for state in states)
    most = max(width * height for width, height in roots)
    return max((size for size in roots if size[0] * size[1] >= WHOLE * most), key=lambda size: roots[size])


def _contains(rect: Rect, x: float, y: float) -> bool:
    return rect.left <= x < rect.right and rect.top <= y < rect.bottom


class Act(StrEnum):
    """What was done. Where a view took it, the move names the view."""

    TOUCH = "touch"
    LONG_TOUCH = "long-touch"
    SCROLL = "scroll"
    TEXT = "text"
    BACK = "back"
    START = "start"  # the app was opened from outside
    WAIT = "wait"  # nothing was done; the screen changed by itself


class Move(NamedTuple):
    """An act and what followed it. ``view`` is -1 for acts on no view; ``detail`` a scroll's direction."""

    origin: str
    act: Act
    view: int
    to: str
    detail: str = ""


class LoggedLine(NamedTuple):
    """A line that another process wrote to the phone's log, ``after`` seconds from the app's first start."""

    after: float
    buffer: str
    priority: str
    tag: str
    message: str
    pid: int


@dataclass(frozen=True)
class Recording:
    """A recorded app. ``size`` is the screen's width and height in pixels, ``density`` in dpi."""

    package: str
    label: str
    states: Mapping[str, State]
    moves: tuple[Move, ...]
    size: tuple[int, int]
    density: int = 420
    version_name: str = "1.0"
    version_code: int = 1
    target_sdk: int = 29
    permissions: tuple[str, ...] = ()
    launcher: str = ""
    source: str = ""
    consent: str = ""
    planted: Planted = NOTHING_PLANTED
    log: tuple[LoggedLine, ...] = ()

    @property
    def own(self) -> list[State]:
        """The states in which the app itself was in front."""
        return [state for state in self.states.values() if state.package == self.package]
