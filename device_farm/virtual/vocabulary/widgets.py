"""The views an app file shows: plain descriptions, without pixels.

``screen/view_layout`` measures and places them, ``screen/renderer`` draws them, ``screen/accessibility_nodes`` lists
them as accessibility nodes. Each class names the Android class that its node carries. The arguments are the vocabulary
of docs/virtual-app.md; ``style`` is for the system's own windows, which look different from an app's.
"""

from __future__ import annotations

import difflib
import inspect
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, ClassVar, Self

from device_farm.virtual.vocabulary.pen import Pen, PenRect, PenText, colour

FILL = -1  # LayoutParams.MATCH_PARENT
WRAP = -2  # LayoutParams.WRAP_CONTENT

Edges = tuple[int, int, int, int]  # left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Style:
    """How a widget looks where the default of its class is not wanted.

    Lengths are pixels, colours "#RRGGBB" or "#AARRGGBB". ``width`` and ``height`` may be FILL or WRAP. ``radius`` is
    one for all corners, or top left, top right, bottom right, bottom left. ``align`` places text (start, center, end),
    ``gravity`` the children of a container (top, center, bottom), ``side`` a child across its column (start, center,
    end). ``resource_package`` stands before the id in the tree instead of the window's package.
    """

    width: int | None = None
    height: int | None = None
    weight: float = 0.0
    margin: Edges | None = None
    padding: Edges | None = None
    background: str | None = None
    radius: int | tuple[int, int, int, int] = 0
    text_size: int | None = None
    text_colour: str | None = None
    bold: bool = False
    align: str | None = None
    gravity: str | None = None
    side: str = "start"
    class_name: str | None = None
    resource_package: str | None = None
    clickable: bool | None = None
    long_clickable: bool = False
    enabled: bool = True  # a view that is not takes the touch and does nothing
    description: str = ""
    glyph: str = ""  # drawn by name (screen/glyphs): an Image as a whole, a Text in its top padding


PLAIN = Style()


class Widget:
    """A view. ``id`` is the resource id without its package; ``bounds`` are known to the layout only."""

    android_class: ClassVar[str] = "android.view.View"
    _named: ClassVar[tuple[str, ...]] = ("id",)  # arguments that an app file may give by name

    def __init_subclass__(cls) -> None:
        """Read the arguments once: a long list makes hundreds of widgets each time it is shown."""
        cls._named = tuple(name for name in inspect.signature(cls.__init__).parameters if name not in ("self", "style"))

    def __new__(cls, *_args: Any, **options: Any) -> Self:
        """Refuse an unknown argument with the nearest name that exists."""
        known = cls._named
        for name in options:
            if name not in known and name != "style":
                near = difflib.get_close_matches(name, known, n=1, cutoff=0.4)
                hint = f"; did you mean {near[0]!r}?" if near else f"; it takes {', '.join(known)}"
                raise TypeError(f"{cls.__name__} has no argument {name!r}{hint}")
        return super().__new__(cls)

    def __init__(self, *children: Widget, id: str | None = None, style: Style = PLAIN) -> None:
        """Hold ``children``, in the order in which they are drawn."""
        for child in children:
            if not isinstance(child, Widget):
                raise TypeError(f"{type(self).__name__} holds widgets, not {type(child).__name__}")
        self.children: tuple[Widget, ...] = children
        self.id = id or ""
        self.style = style

    def walk(self) -> Iterator[Widget]:
        """This widget and all in it, parents first."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def class_name(self) -> str:
        """The Java class that the accessibility node names."""
        return self.style.class_name or self.android_class

    @property
    def clickable(self) -> bool:
        """Whether a tap on it is a click."""
        return bool(self.style.clickable)

    @property
    def long_clickable(self) -> bool:
        """Whether a finger that stays on it is a long click."""
        return self.style.long_clickable


class Box(Widget):
    """A container with a background; the base of Column, Row and Frame."""

    def __init__(
        self, *children: Widget, background: str | None = None, gravity: str = "top", id: str | None = None,
        clickable: bool | None = None, long_clickable: bool = False, style: Style = PLAIN,
    ) -> None:  # fmt: skip
        """``background`` is "#AARRGGBB", ``gravity`` is top, center or bottom. An empty box fills its place.

        A ``clickable`` one is a button as a whole: what in it is not clickable itself lets the touch through to it.
        """
        style = style if clickable is None else replace(style, clickable=bool(clickable))
        super().__init__(*children, id=id, style=_held(style, long_clickable))
        if gravity not in ("top", "center", "bottom"):
            raise ValueError(f"gravity is top, center or bottom, not {gravity!r}")
        if background is not None:
            colour(background)
        self.background = background if background is not None else style.background
        self.gravity = style.gravity or gravity


class Column(Box):
    """Children below each other (LinearLayout, vertical)."""

    android_class = "android.widget.LinearLayout"


class Row(Box):
    """Children beside each other (LinearLayout, horizontal)."""

    android_class = "android.widget.LinearLayout"


class Frame(Box):
    """Children over each other, the last on top (FrameLayout)."""

    android_class = "android.widget.FrameLayout"


class Text(Widget):
    """A line or paragraph of text; with an id it can be clicked."""

    android_class = "android.widget.TextView"

    def __init__(self, text: str, id: str | None = None, *, long_clickable: bool = False, style: Style = PLAIN) -> None:
        """Show ``text``, wrapped where it is too long."""
        super().__init__(id=id, style=_held(style, long_clickable))
        self.text = str(text)

    @property
    def clickable(self) -> bool:
        """True with an id: an app gives one to what it listens to."""
        return bool(self.id) if self.style.clickable is None else self.style.clickable


class Button(Text):
    """A push button."""

    android_class = "android.widget.Button"

    def __init__(
        self, text: str, id: str | None = None, enabled: bool = True, *, long_clickable: bool = False, style: Style = PLAIN
    ) -> None:
        """One that is not ``enabled`` is grey and takes the touch for nothing."""
        super().__init__(text, id, long_clickable=long_clickable, style=style if enabled else replace(style, enabled=False))

    @property
    def enabled(self) -> bool:
        """Whether it can be pressed; after a change the activity invalidates (View.setEnabled)."""
        return self.style.enabled

    @enabled.setter
    def enabled(self, enabled: bool) -> None:
        self.style = replace(self.style, enabled=bool(enabled))

    @property
    def clickable(self) -> bool:
        """Always, unless the style says no."""
        return self.style.clickable is not False


class Anchor(Text):
    """A link of a web page: a press leads to ``href``, a file where it has ``download`` or a type that no page has."""

    android_class = "android.view.View"

    def __init__(
        self, text: str, href: str, id: str | None = None, download: str | None = None, mime: str | None = None,
        size: int | None = None, *, style: Style = PLAIN,
    ) -> None:  # fmt: skip
        """``download`` is the file's name, ``mime`` its type, ``size`` its bytes as the server tells them."""
        super().__init__(text, id, style=style)
        self.href, self.mime = str(href), mime or ""
        self.size = -1 if size is None else int(size)
        self.file_name = download or self.href.partition("?")[0].rpartition("/")[2] or "downloadfile"
        self.is_file = download is not None or bool(mime and not mime.startswith("text/html"))

    @property
    def clickable(self) -> bool:
        """Always."""
        return self.style.clickable is not False


class RadioButton(Button):
    """One of several choices: a click checks it and unchecks those beside it (RadioGroup). For the system's windows."""

    android_class = "android.widget.RadioButton"

    def __init__(self, text: str, id: str | None = None, checked: bool = False, *, style: Style = PLAIN) -> None:
        """Start as ``checked``."""
        super().__init__(text, id, style=style)
        self.checked = bool(checked)


class Image(Widget):
    """A picture from a file, or a plain area of one colour; with an id it can be clicked."""

    android_class = "android.widget.ImageView"

    def __init__(
        self, source: str | Path, id: str | None = None, width: int | None = None, height: int | None = None,
        content_description: str = "", *, long_clickable: bool = False, style: Style = PLAIN,
    ) -> None:  # fmt: skip
        """``source`` is "#AARRGGBB" or a file (relative to the file that names it); sizes in pixels.

        ``content_description`` is what a screen reader says of it (android:contentDescription).
        """
        style = replace(style, description=str(content_description)) if content_description else style
        super().__init__(id=id, style=_held(style, long_clickable))
        self.width, self.height = width, height
        self.colour: str | None = None
        self.path: Path | None = None
        if str(source).startswith("#"):
            colour(str(source))
            self.colour = str(source)
        elif str(source):
            caller = sys._getframe(1).f_globals.get("__file__", "")
            self.path = Path(caller).parent / source

    @property
    def clickable(self) -> bool:
        """True with an id."""
        return bool(self.id) if self.style.clickable is None else self.style.clickable


class EditText(Widget):
    """A text field. ``text`` is what was typed so far."""

    android_class = "android.widget.EditText"

    def __init__(self, hint: str = "", id: str | None = None, *, style: Style = PLAIN) -> None:
        """Show ``hint`` while empty."""
        super().__init__(id=id, style=style)
        self.hint = str(hint)
        self.text = ""
        self.focused = False

    @property
    def clickable(self) -> bool:
        """A tap gives it the focus."""
        return True


class Switch(Widget):
    """A switch with its text; a tap turns it over."""

    android_class = "android.widget.Switch"

    def __init__(self, text: str = "", id: str | None = None, checked: bool = False, *, style: Style = PLAIN) -> None:
        """Start as ``checked``."""
        super().__init__(id=id, style=style)
        self.text = str(text)
        self.checked = bool(checked)

    @property
    def clickable(self) -> bool:
        """Always."""
        return True


class Checkbox(Switch):
    """A box to tick, with its text."""

    android_class = "android.widget.CheckBox"


class Scroll(Widget):
    """Children below each other that a swipe moves. ``offset`` is how far, in pixels."""

    android_class = "android.widget.ScrollView"

    def __init__(self, *children: Widget, id: str | None = None, style: Style = PLAIN) -> None:
        """Take the room that is left."""
        super().__init__(*children, id=id, style=style)
        self.offset = 0


class ListView(Scroll):
    """Rows that a swipe moves; a tap on one is ``on_item_click`` with its position, not a click on the row's view."""

    android_class = "android.widget.ListView"

    def __init__(self, *rows: Widget, id: str | None = None, long_clickable: bool = False, style: Style = PLAIN) -> None:
        """With ``long_clickable`` a finger that stays on a row is ``on_item_long_click``."""
        super().__init__(*rows, id=id, style=_held(style, long_clickable))


class WebView(Widget):
    """Web content: its children are in the tree as Android shows web content, or not at all."""

    android_class = "android.webkit.WebView"

    def __init__(self, *children: Widget, id: str | None = None, accessible: bool = True, style: Style = PLAIN) -> None:
        """With ``accessible`` False the tree shows an empty WebView, the pixels show all."""
        super().__init__(*children, id=id, style=style)
        self.accessible = bool(accessible)


class Canvas(Widget):
    """One view that draws itself: no children in the tree, whatever it paints."""

    android_class = "android.view.View"

    def __init__(self, draw: Callable[[Pen], None], id: str | None = None, *, style: Style = PLAIN) -> None:
        """``draw`` is called with a Pen, on the app's main thread.

        When it is shown and when its content is invalidated.
        """
        super().__init__(id=id, style=style)
        self.draw = draw
        self.strokes: tuple[PenRect | PenText, ...] = ()

    def record(self, width: int, height: int) -> None:
        """Let the app draw a view of this size in pixels (View.draw of a hardware layer); what it raises comes out."""
        pen = Pen(width, height)
        self.draw(pen)
        self.strokes = tuple(pen.strokes)

    @property
    def clickable(self) -> bool:
        """True with an id."""
        return bool(self.id) if self.style.clickable is None else self.style.clickable


def _held(style: Style, long_clickable: bool) -> Style:
    return replace(style, long_clickable=True) if long_clickable else style
