"""What followed an act: found by the state, then by its structure, then by the activity and the view's words.

This is no page identity of the harness's kind: it compares what was recorded with itself, so that a mistake of the
harness about which pages are one cannot hide here.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from device_farm.virtual.recorded.recording import Act
from device_farm.virtual.recorded.recording_limits import seconds_of

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from device_farm.virtual.recorded.recording import Move, Recording, State

Key = tuple["Hashable", ...]


class Moves:
    """The moves of a recording. Where one act had several outcomes they come in the recorded order; the last stays."""

    def __init__(self, recording: Recording) -> None:
        """Index the moves under each key that may ask for them."""
        self._outcomes: dict[Key, list[str]] = defaultdict(list)
        self._told: dict[Key, int] = defaultdict(int)
        self._acted: dict[str, frozenset[int]] = {}
        self._looks: dict[str, int] = {}
        self._structures: dict[tuple[tuple[str, str], ...], int] = {}
        self._waited = {move.origin: (move.to, seconds_of(move.detail)) for move in recording.moves if move.act is Act.WAIT}
        for move in recording.moves:
            if move.act is Act.START:
                self._outcomes[(Act.START,)].append(move.to)
                continue
            state = recording.states[move.origin]
            for key in self._keys(state, move.act, _taker(state, move), move.detail):
                self._outcomes[key].append(move.to)

    def after(self, state: State, act: Act, view: int = -1, detail: str = "") -> str | None:
        """The name of the state that follows; None where nothing like it was recorded."""
        for key in self._keys(state, act, view, detail):
            if outcomes := self._outcomes.get(key):
                return self._next(key, outcomes)
        return None

    def at_start(self, number: int) -> str | None:
        """The first state after the start ``number`` (from 0) since the data was cleared."""
        outcomes = self._outcomes.get((Act.START,), [])
        return outcomes[min(number, len(outcomes) - 1)] if outcomes else None

    def waited_for(self, state: State) -> tuple[str, float] | None:
        """What the screen became while nothing was done, and after how many seconds."""
        return self._waited.get(state.name)

    def acted(self, state: State) -> frozenset[int]:
        """The views of a state that are known to do something when they are touched."""
        known = self._acted.get(state.name)
        if known is None:
            acts = (Act.TOUCH, Act.LONG_TOUCH)
            keys = ((n, key) for n in range(len(state.views)) for act in acts for key in self._keys(state, act, n, ""))
            done = {n for n, key in keys if key in self._outcomes}
            known = self._acted[state.name] = frozenset(n for n in done if not _covers(state, n))
        return known

    def _next(self, key: Key, outcomes: list[str]) -> str:
        number = min(self._told[key], len(outcomes) - 1)
        self._told[key] += 1
        return outcomes[number]

    def _keys(self, state: State, act: Act, view: int, detail: str) -> Iterator[Key]:
        """Exact first. In another structure a view is known again by class, id and words, so it needs one of them."""
        yield act, state.name, view, detail
        look = self._looks.get(state.name)
        if look is None:  # a number for the structure: to hash that itself again and again takes long
            look = self._looks[state.name] = self._structures.setdefault(state.structure, len(self._structures))
        yield act, look, view, detail
        if view >= 0:
            seen = state.views[view]
            words = state.words(view)
            if seen.id or words:
                yield act, state.activity, seen.class_name, seen.id, words, detail


def _taker(state: State, move: Move) -> int:
    """The view that took a touch: where one that takes none was named, the next around it that does."""
    flag = {Act.TOUCH: "clickable", Act.LONG_TOUCH: "long-clickable"}.get(move.act)
    number = move.view
    while flag is not None and number >= 0 and flag not in state.views[number].flags:
        number = state.views[number].parent
    return move.view if number < 0 else number


def _covers(state: State, number: int) -> bool:
    """Whether a view that takes no touches by its tree lies over one that does, which took them then, too."""
    left, top, right, bottom = state.views[number].bounds
    if "clickable" in state.views[number].flags:
        return False
    takers = (view.bounds for view in state.views[:number] if "clickable" in view.flags)
    return any(2 * left <= each.left + each.right < 2 * right and 2 * top <= each.top + each.bottom < 2 * bottom for each in takers)
