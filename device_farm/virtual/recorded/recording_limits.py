"""What a recording may hold: it comes from strangers, and nothing in it may be what no Android app has.

The limits are the project's own [PROJECT]: a tree of a real app has some hundred to 2,000 views, 30 to 60 deep.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from device_farm.virtual.framework.records.system_records import Rect
from harness.errors import FormatError
from harness.language import _

if TYPE_CHECKING:
    from pathlib import Path

    from device_farm.virtual.recorded.recording import Recording, State, View

MOST_VIEWS, MOST_DEPTH = 10_000, 200
MOST_STATES, MOST_MOVES, MOST_VIEWS_IN_ALL = 20_000, 200_000, 1_000_000
FARTHEST, LONGEST_SIDE, MOST_DENSITY, LATEST_SDK, MOST_SECONDS = 100_000, 8192, 2000, 1000, 86_400.0
_NAME = re.compile(r"[^\W\d][\w$]*(\.[^\W\d][\w$]*)+")


class States(dict[str, "State"]):
    """The screens of a recording by name. Of several with one name the first counts."""

    def __init__(self, file: Path) -> None:
        """Begin with none of ``file``."""
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
