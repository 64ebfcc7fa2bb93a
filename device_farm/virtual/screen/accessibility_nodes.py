"""The windows as accessibility nodes: what UiAutomation gives uiautomator.

Each window has the views that its decor adds around the app's own (com.android.internal.policy.DecorView and
core/res/res/layout/screen_simple.xml). A view that is not seen has a node all the same, marked so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from device_farm.virtual.framework.records.system_records import Rect, Window, WindowKind
from device_farm.virtual.recorded.views import RecordedField, RecordedScreen, RecordedView
from device_farm.virtual.screen.view_layout import Placed, empty, intersect, shown_text
from device_farm.virtual.screen.window_panes import Pane
from device_farm.virtual.vocabulary.containers import HorizontalScrollView, PagerRows, RecyclerView, Scrim, Tab, ViewPager2
from device_farm.virtual.vocabulary.widgets import (
    Box,
    Button,
    EditText,
    Image,
    ListView,
    RadioButton,
    Scroll,
    Switch,
    Text,
    WebView,
    Widget,
)


@dataclass(slots=True)
class Node:
    """An AccessibilityNodeInfo. ``bounds`` is what is seen of it, in pixels; ``placed`` the view it is of."""

    class_name: str
    package: str
    bounds: Rect
    window: Window
    text: str = ""
    resource_id: str = ""
    description: str = ""
    hint: str = ""
    checkable: bool = False
    checked: bool = False
    clickable: bool = False
    enabled: bool = True
    focusable: bool = False
    focused: bool = False
    scrollable: bool = False
    long_clickable: bool = False
    password: bool = False
    selected: bool = False
    visible: bool = True
    important: bool = True
    drawing_order: int = 0
    index: int = 0
    placed: Placed | None = None
    parent: Node | None = field(default=None, repr=False)
    children: list[Node] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """This node and all below it, parents first."""
        yield self
        for child in self.children:
            yield from child.walk()

    def add(self, child: Node) -> Node:
        """Append a child and return it."""
        child.parent, child.index, child.drawing_order = self, len(self.children), len(self.children) + 1
        self.children.append(child)
        return child


def window_node(pane: Pane) -> Node:
    window = pane.window
    root = Node("android.widget.FrameLayout", window.package, pane.frame, window, important=False)
    if isinstance(pane.root.widget, RecordedScreen):  # its tree begins with the decor
        return _view(pane.root, window, web=False)
    if window.kind in (WindowKind.STATUS_BAR, WindowKind.NAVIGATION_BAR, WindowKind.TOAST):
        root.add(_view(pane.root, window, web=False))
        return root
    whole = window.kind is WindowKind.BASE_APPLICATION and window.gravity not in ("center", "bottom")
    inner = "android.widget.LinearLayout" if whole else "android.widget.FrameLayout"  # screen_simple.xml, or a dialog's theme
    frame = root.add(Node(inner, window.package, pane.frame, window, important=False))
    content = Node("android.widget.FrameLayout", window.package, pane.content, window, resource_id="android:id/content", important=False)
    frame.add(content).add(_view(pane.root, window, web=False))
    if pane.content != pane.frame:
        for name, rect in zip(("status", "navigation"), _bar_backgrounds(pane), strict=True):
            bar = Node("android.view.View", window.package, rect, window, important=False)
            bar.resource_id = f"android:id/{name}BarBackground"
            root.add(bar)
    return root


def _bar_backgrounds(pane: Pane) -> tuple[Rect, Rect]:
    """Return the backgrounds of the decor behind the status bar and the navigation bar, wherever that stands."""
    frame, content = pane.frame, pane.content
    status = Rect(0, 0, frame.right, content.top)
    if content.bottom < frame.bottom:
        return status, Rect(0, content.bottom, frame.right, frame.bottom)
    if content.left > 0:
        return status, Rect(0, 0, content.left, frame.bottom)
    return status, Rect(content.right, 0, frame.right, frame.bottom)


def _view(placed: Placed, window: Window, *, web: bool) -> Node:
    """The node of a widget and its children; ``web`` inside a WebView."""
    widget = placed.widget
    node = Node(
        _web_class(widget) if web else widget.class_name,
        window.package,
        intersect(placed.bounds, placed.clip),
        window,
        text=shown_text(widget),
        resource_id=_resource_id(widget, window, web=web),
        description=widget.style.description,
        clickable=widget.clickable,
        enabled=widget.style.enabled,
        focusable=widget.clickable,
        long_clickable=widget.long_clickable,
        visible=not empty(placed.clip),
        placed=placed,
    )
    if isinstance(widget, (RecordedView, RecordedField)):
        _as_recorded(node, widget)
    if isinstance(widget, EditText):
        node.hint, node.focused, node.long_clickable = widget.hint, widget.focused, True
    elif isinstance(widget, (Switch, RadioButton)):
        node.checkable, node.checked = True, widget.checked
    elif isinstance(widget, Scroll):
        node.scrollable = node.focusable = overflow(placed) > 0
    elif isinstance(widget, HorizontalScrollView):
        node.scrollable = node.focusable = widget.content_width > placed.bounds.right - placed.bounds.left
    elif isinstance(widget, (ViewPager2, PagerRows)):
        _turns(node, placed)
    elif isinstance(widget, WebView):
        node.focusable = True
    node.selected = isinstance(widget, Tab) and widget.selected
    node.important = node.clickable or node.scrollable or not isinstance(widget, Box)
    if isinstance(widget, WebView):
        _add_web_content(node, placed, widget, window)
    else:
        for child in placed.children:
            out_of_sight = isinstance(widget, (ListView, RecyclerView)) and empty(child.clip)  # a list makes no views for such rows
            if not out_of_sight and not isinstance(child.widget, Scrim):
                _as_part_of(widget, node.add(_view(child, window, web=web)))
    return node


def _as_recorded(node: Node, widget: RecordedView | RecordedField) -> None:
    """A recorded view says of itself what its tree said."""
    view = widget.view
    node.package, node.text = view.package, view.text if isinstance(widget, RecordedView) else widget.text
    node.clickable, node.long_clickable = "clickable" in view.flags, "long-clickable" in view.flags
    node.focusable = node.clickable
    node.checkable, node.checked = "checkable" in view.flags, "checked" in view.flags
    node.scrollable, node.selected = "scrollable" in view.flags, "selected" in view.flags
    node.password = "password" in view.flags


def _turns(node: Node, placed: Placed) -> None:
    """A pager of several pages, and the list in it, can be scrolled; the list has the focus of both."""
    pager = placed.widget if isinstance(placed.widget, ViewPager2) else None
    if pager is not None:
        node.scrollable = pager.pages > 1
    else:
        node.focusable = True


def _as_part_of(parent: Widget, node: Node) -> None:
    """Mark a view as part of the one around it: a row of a list, the list of a pager, the text of a tab."""
    if isinstance(parent, ListView):
        node.long_clickable = node.long_clickable or parent.long_clickable
    elif isinstance(parent, ViewPager2):
        node.scrollable = parent.pages > 1
    elif isinstance(parent, Tab):
        node.selected = parent.selected


def _add_web_content(node: Node, placed: Placed, widget: WebView, window: Window) -> None:
    """Chromium's virtual tree: a second WebView node is the document, and its elements are below it."""
    if not widget.accessible:
        return
    document = node.add(Node("android.webkit.WebView", window.package, node.bounds, window, focusable=True, visible=node.visible))
    for child in placed.children:
        document.add(_view(child, window, web=True))


def overflow(placed: Placed) -> int:
    """How many pixels of a Scroll's content are out of sight, above and below together."""
    if not placed.children:
        return 0
    content = max(c.bounds.bottom for c in placed.children) - min(c.bounds.top for c in placed.children)
    return max(0, content - (placed.bounds.bottom - placed.bounds.top))


def _resource_id(widget: Widget, window: Window, *, web: bool) -> str:
    if not widget.id or web or ":" in widget.id:
        return widget.id
    return f"{widget.style.resource_package or window.package}:id/{widget.id}"


def _web_class(widget: Widget) -> str:
    """Class of an HTML element's node (content/public/android .../WebContentsAccessibilityImpl.java of Chromium)."""
    if isinstance(widget, Image):
        return "android.widget.Image"
    if isinstance(widget, (Button, Text, EditText, Switch)):
        return widget.android_class
    return "android.view.View"
