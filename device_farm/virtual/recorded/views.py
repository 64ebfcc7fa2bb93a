"""A recorded screen as widgets: each view where it stood, over the picture that was taken of the screen.

What followed an act: found by the state, then by its structure, then by the activity and the view's words.

This is no page identity of the harness's kind: it compares what was recorded with itself, so that a mistake of the
harness about which pages are one cannot hide here.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator
from pathlib import Path

from device_farm.virtual.framework.records.system_records import Rect
from device_farm.virtual.recorded.recording import Act, Move, Recording, State, View, seconds_of
from device_farm.virtual.vocabulary.widgets import EditText, Style, Widget

EDITABLE = ("EditText", "AutoCompleteTextView", "MultiAutoCompleteTextView")


class RecordedView(Widget):
    """A view of a recorded tree. ``number`` is its index there; ``bounds`` are pixels of the screen."""

    def __init__(self, view: View, number: int, bounds: Rect, *children: Widget, acted: bool = False) -> None:
        """Hold the widgets of the views in it. A view that was ``acted`` on takes touches, whatever its tree says."""
        super().__init__(*children, id=view.id, style=_style(view))
        self.view, self.number, self.bounds = view, number, bounds
        self.acted = acted

    @property
    def clickable(self) -> bool:
        return self.acted or "clickable" in self.view.flags


class RecordedField(EditText):
    """A text field of a recorded tree: what is typed stands in it."""

    def __init__(self, view: View, number: int, bounds: Rect) -> None:
        """Start with the text that was recorded, which may be a hint that the tree cannot tell from one."""
        super().__init__(hint="", id=view.id or f"{view.package}:id/field{number}", style=_style(view))
        self.view, self.number, self.bounds = view, number, bounds
        self.text = view.text


class RecordedScreen(RecordedView):
    """The root of a recorded tree. ``picture`` is of the whole screen, also where the tree is a dialog's."""

    def __init__(self, view: View, number: int, bounds: Rect, *children: Widget, picture: Path | None, acted: bool = False) -> None:
        """Draw ``picture`` behind the views, which draw nothing themselves."""
        super().__init__(view, number, bounds, *children, acted=acted)
        self.picture = picture


def _style(view: View) -> Style:
    return Style(
        class_name=view.class_name,
        description=view.description,
        enabled="disabled" not in view.flags,
        long_clickable="long-clickable" in view.flags,
    )


def screen_of(state: State, size: tuple[int, int], display: tuple[int, int], acted: frozenset[int]) -> RecordedScreen:
    """Put the recorded ``state`` of a screen of ``size`` on one of ``display``, both in pixels.

    A screen that was held the other way is stretched to the display: the device has no sensor that turns it. Views
    whose bounds cannot be (left of right, off the screen) are kept in the tree and take no room.
    """
    width, height = held(state, size)
    across, down = display[0] / width, display[1] / height

    def place(number: int) -> Widget | None:
        view = state.views[number]
        if "hidden" in view.flags:
            return None
        bounds = _scaled(view.bounds, across, down)
        if view.class_name.rpartition(".")[2] in EDITABLE:
            return RecordedField(view, number, bounds)
        inside = [widget for child in state.children[number] if (widget := place(child)) is not None]
        if view.parent < 0:
            return RecordedScreen(view, number, bounds, *inside, picture=state.picture, acted=number in acted)
        return RecordedView(view, number, bounds, *inside, acted=number in acted)

    root = place(0)
    assert isinstance(root, RecordedScreen)
    return root


def _scaled(bounds: Rect, across: float, down: float) -> Rect:
    left, top = round(bounds.left * across), round(bounds.top * down)
    return Rect(left, top, max(left, round(bounds.right * across)), max(top, round(bounds.bottom * down)))


def held(state: State, size: tuple[int, int]) -> tuple[int, int]:
    """The screen's ``size`` as it was held when the state was recorded."""
    bounds, (short, long) = state.views[0].bounds, sorted(size)
    if bounds.right > short >= bounds.bottom:
        return long, short
    return (short, long) if bounds.bottom > short >= bounds.right else size


def fills(state: State, size: tuple[int, int]) -> bool:
    """Whether the recorded tree is a whole screen's, and not a dialog's: it reaches both sides and nearly both ends."""
    bounds, (width, height) = state.views[0].bounds, held(state, size)
    return bounds.left <= 0 and bounds.right >= width and bounds.bottom - bounds.top >= 0.8 * height


Key = tuple["Hashable", ...]


class Moves:
    """The moves of a recording. Where one act had several outcomes they come in the recorded order; the last stays."""

    def __init__(self, recording: Recording) -> None:
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
