"""A recorded screen as widgets: each view where it stood, over the picture that was taken of the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.framework.records.system_records import Rect
from device_farm.virtual.vocabulary.widgets import EditText, Style, Widget

if TYPE_CHECKING:
    from pathlib import Path

    from device_farm.virtual.recorded.recording import State, View

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
        """Whether it takes a touch."""
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
