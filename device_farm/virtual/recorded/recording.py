"""What was recorded of an app: the screens that were seen and the acts that led from one to the next.

What a recording may hold: it comes from strangers, and nothing in it may be what no Android app has.

The limits are the project's own [PROJECT]: a tree of a real app has some hundred to 2,000 views, 30 to 60 deep.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from device_farm.virtual.framework.records.system_records import Rect
from device_farm.virtual.recorded.planted import NOTHING_PLANTED, Planted
from harness.errors import FormatError
from harness.language import _


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


MOST_VIEWS, MOST_DEPTH = 10_000, 200
MOST_STATES, MOST_MOVES, MOST_VIEWS_IN_ALL = 20_000, 200_000, 1_000_000
FARTHEST, LONGEST_SIDE, MOST_DENSITY, LATEST_SDK, MOST_SECONDS = 100_000, 8192, 2000, 1000, 86_400.0
_NAME = re.compile(r"[^\W\d][\w$]*(\.[^\W\d][\w$]*)+")


class States(dict[str, "State"]):
    """The screens of a recording by name. Of several with one name the first counts."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._file, self._views = file, 0

    def add(self, state: State) -> None:
        """Take one more; raises FormatError where there are too many of them."""
        if state.name in self:
            return
        self[state.name] = state if _NAME.fullmatch(state.activity) else replace(state, activity="")
        self._views += len(state.views)
        if len(self) > MOST_STATES:
            raise FormatError(_("{file}: more than {most} screens", file=self._file, most=MOST_STATES))
        if self._views > MOST_VIEWS_IN_ALL:
            raise FormatError(_("{file}: more than {most} views", file=self._file, most=MOST_VIEWS_IN_ALL))


def views_of(views: list[View]) -> tuple[View, ...]:
    """The views of one state, if they are a tree; raises ValueError where they are none, too many or too deep."""
    if not views or views[0].parent != -1:
        raise ValueError("no tree: it has no root")
    if views[0].bounds.right <= views[0].bounds.left or views[0].bounds.bottom <= views[0].bounds.top:
        raise ValueError("its root takes no room")
    if len(views) > MOST_VIEWS:
        raise ValueError(f"a tree of {len(views)} views, {MOST_VIEWS} at most are read")
    depths = [1]
    for number, view in enumerate(views[1:], 1):
        if not 0 <= view.parent < number:
            raise ValueError("no tree: a view stands before its parent")
        depths.append(depths[view.parent] + 1)
    if max(depths) > MOST_DEPTH:
        raise ValueError(f"a tree {max(depths)} views deep, {MOST_DEPTH} at most are read")
    return tuple(views)


def rect_of(left: float, top: float, right: float, bottom: float) -> Rect:
    """The bounds of a view; one that is nowhere near a screen takes no room there."""
    if not all(abs(side) <= FARTHEST for side in (left, top, right, bottom)):
        return Rect(0, 0, 0, 0)
    return Rect(int(left), int(top), int(right), int(bottom))


def seconds_of(text: str) -> float:
    """How long was waited; raises ValueError for no time."""
    seconds = float(text or 1)
    if not 0 <= seconds <= MOST_SECONDS:
        raise ValueError(f"'{text[:40]}' is no time")
    return seconds


def checked(recording: Recording, folder: Path) -> Recording:
    """The recording, where it can be played; raises FormatError where no phone could have such an app."""
    if not _NAME.fullmatch(recording.package):
        raise FormatError(_("{folder}: '{package}' is no package name", folder=folder, package=recording.package[:80]))
    own = recording.own
    if not own:
        raise FormatError(_("{folder}: no screen of {package} is in it", folder=folder, package=recording.package))
    width, height = recording.size
    if not (0 < width <= LONGEST_SIDE and 0 < height <= LONGEST_SIDE and 0 < recording.density <= MOST_DENSITY):
        raise FormatError(_("{folder}: a screen of {width} x {height} is none", folder=folder, width=width, height=height))
    if not 0 < recording.target_sdk <= LATEST_SDK:
        raise FormatError(_("{folder}: there is no Android of level {level}", folder=folder, level=recording.target_sdk))
    seen = next((state.activity for state in own if state.activity), f"{recording.package}.Main")
    launcher = recording.launcher if _NAME.fullmatch(recording.launcher) else seen
    states = {
        name: replace(state, activity=launcher) if state.package == recording.package and not state.activity else state
        for name, state in recording.states.items()
    }
    permissions = tuple(name for name in recording.permissions if _NAME.fullmatch(name))
    return replace(recording, states=states, launcher=launcher, permissions=permissions)
