"""Containers of androidx and Material that a finger moves: drawers, pagers with their tabs, bottom sheets, lists.

Each is what its Android namesake is in the view tree: ``androidx.drawerlayout.widget.DrawerLayout``,
``androidx.viewpager2.widget.ViewPager2``, ``com.google.android.material.tabs.TabLayout``,
``androidx.recyclerview.widget.RecyclerView`` and ``BottomSheetBehavior`` of Material in a ``CoordinatorLayout``. What a
finger does to them is decided in ``screen/view_scrolling``; the activity is told of it.
"""

from dataclasses import replace
from typing import ClassVar

from device_farm.virtual.vocabulary.widgets import FILL, PLAIN, Box, Column, Frame, Row, Scroll, Style, Text, Widget

DP = 2.625  # pixels, at 420 dpi
DRAWER_WIDTH = round(280 * DP)  # design_navigation_max_width
SCRIM = "#99000000"  # DrawerLayout.DEFAULT_SCRIM_COLOR
MIN_PEEK = round(64 * DP)  # design_bottom_sheet_peek_height_min
SHEET_CORNERS = (42, 42, 0, 0)
COLLAPSED, HALF_EXPANDED, EXPANDED, HIDDEN = "collapsed", "half_expanded", "expanded", "hidden"
STATES = (COLLAPSED, HALF_EXPANDED, EXPANDED, HIDDEN)


class Filling(Frame):
    """A frame that takes the room that is left, whatever is in it (match_parent)."""


class CoordinatorLayout(Filling):
    """Children over each other; a BottomSheet among them stands at its lower edge."""

    android_class = "android.view.ViewGroup"


class RecyclerView(Scroll):
    """Rows that a swipe moves; only those in sight are in the tree, and each is clicked as the view that it is."""

    android_class = "androidx.recyclerview.widget.RecyclerView"


class Scrim(Box):
    """The darkened rest beside an open drawer: drawn, touched to close it, and no view of its own in the tree."""


class DrawerLayout(Filling):
    """``content``, and ``drawer`` that slides over it from the left or, with gravity "end", the right edge.

    Closed, the drawer is not in the tree (it is INVISIBLE); open, both are, and what is beside the drawer takes no
    touch but the one that closes it.
    """

    android_class = "androidx.drawerlayout.widget.DrawerLayout"

    def __init__(
        self, content: Widget, drawer: Widget, id: str | None = None, *, opened: bool = False, gravity: str = "start",
        style: Style = PLAIN,
    ) -> None:  # fmt: skip
        """Start closed, unless ``opened``."""
        super().__init__(content, drawer, id=id, style=style)
        if gravity not in ("start", "end"):
            raise ValueError(f"gravity of a drawer is start or end, not {gravity!r}")
        wide = drawer.style.width if drawer.style.width is not None else DRAWER_WIDTH
        drawer.style = replace(drawer.style, width=wide, height=FILL, side=gravity, background=drawer.style.background or "#FFFFFFFF")
        if isinstance(drawer, Box):
            drawer.background = "#FFFFFFFF" if drawer.background is None else drawer.background
        self.content, self.drawer, self.side = content, drawer, gravity
        beside = (wide, 0, 0, 0) if gravity == "start" else (0, 0, wide, 0)
        self._scrim = Scrim(background=SCRIM, clickable=True, style=Style(margin=beside))
        self._set(bool(opened))

    @property
    def is_open(self) -> bool:
        """DrawerLayout.isDrawerOpen."""
        return len(self.children) > 1

    def open(self) -> None:
        """DrawerLayout.openDrawer; the activity invalidates."""
        self._set(True)

    def close(self) -> None:
        """DrawerLayout.closeDrawers; the activity invalidates."""
        self._set(False)

    def _set(self, opened: bool) -> None:
        self.children = (self.content, self._scrim, self.drawer) if opened else (self.content,)


class PagerRows(Filling):
    """The RecyclerView in a ViewPager2; of its pages only the current one is laid out."""

    android_class = "androidx.recyclerview.widget.RecyclerView"


class HorizontalScrollView(Column):
    """Children below each other, laid out ``content_width`` pixels wide; a swipe to the side moves them."""

    android_class = "android.widget.HorizontalScrollView"

    def __init__(self, *children: Widget, content_width: int, id: str | None = None, style: Style = PLAIN) -> None:
        """Start at the left."""
        super().__init__(*children, id=id, style=style)
        self.content_width = content_width
        self.offset = 0


class ViewPager2(Filling):
    """Pages beside each other; a swipe to the side turns them. Android's own name for it in the tree is ViewPager."""

    android_class = "androidx.viewpager.widget.ViewPager"

    def __init__(self, *pages: Widget, id: str | None = None, current_item: int = 0, style: Style = PLAIN) -> None:
        """Start at ``current_item``."""
        super().__init__(*pages, id=id, style=style)
        if not pages:
            raise ValueError("a ViewPager2 has at least one page")
        self._cells = tuple(Filling(page) for page in pages)
        self._rows = PagerRows()
        self.children = (self._rows,)
        self.current_item = current_item

    @property
    def current_item(self) -> int:
        """The index of the page that is shown, from 0; after a change the activity invalidates."""
        return self._current

    @current_item.setter
    def current_item(self, item: int) -> None:
        self._current = max(0, min(int(item), len(self._cells) - 1))
        self._rows.children = (self._cells[self._current],)

    @property
    def pages(self) -> int:
        """How many there are."""
        return len(self._cells)


class Tab(Column):
    """A tab of a TabLayout: the chosen one is not clickable (TabLayout.TabView)."""

    def __init__(self, title: str, pager: ViewPager2, position: int) -> None:
        """Belong to a page of ``pager``."""
        super().__init__(Text(title, style=Style(align="center", clickable=False)), style=Style(description=title))
        self.pager, self.position = pager, position

    @property
    def selected(self) -> bool:
        """Whether its page is shown."""
        return self.pager.current_item == self.position

    @property
    def clickable(self) -> bool:
        """Unless it is the chosen one."""
        return not self.selected


class TabLayout(Frame):
    """The titles of a pager's pages; a tap on one turns to its page (TabLayoutMediator)."""

    android_class = "android.widget.HorizontalScrollView"

    def __init__(self, pager: ViewPager2, *titles: str, id: str | None = None, style: Style = PLAIN) -> None:
        """Take one title a page."""
        if len(titles) != getattr(pager, "pages", 0):
            raise TypeError("a TabLayout takes a ViewPager2 and a title for each of its pages")
        super().__init__(Row(*(Tab(str(title), pager, n) for n, title in enumerate(titles))), id=id, style=style)


class BottomSheet(Frame):
    """A sheet at the lower edge that a finger raises and lowers: BottomSheetBehavior.

    Of use in a CoordinatorLayout, or shown over everything by ``show_bottom_sheet``. With ``fit_to_contents`` it is
    either collapsed or as high as its content; without, it is half expanded in between and fills its place when
    expanded. A ``hideable`` one goes away when it is pulled down further.
    """

    named_states: ClassVar[tuple[str, ...]] = STATES

    def __init__(
        self, *children: Widget, id: str | None = None, state: str = COLLAPSED, peek_height: int | None = None,
        half_expanded_ratio: float = 0.5, fit_to_contents: bool = True, hideable: bool = True, style: Style = PLAIN,
    ) -> None:  # fmt: skip
        """Start in ``state``; ``peek_height`` is what is seen of a collapsed one, in pixels."""
        self.inner = Column(*children, style=Style(height=None if fit_to_contents else FILL))
        super().__init__(self.inner, background="#FFFFFFFF", id=id, style=replace(style, radius=SHEET_CORNERS))
        if not 0 < half_expanded_ratio < 1:
            raise ValueError(f"half_expanded_ratio is between 0 and 1, not {half_expanded_ratio!r}")
        self.name = self.id  # what the activity is told, also where the dialog gives it another id
        self.peek_height, self.half_expanded_ratio = peek_height, half_expanded_ratio
        self.fit_to_contents, self.hideable = bool(fit_to_contents), bool(hideable)
        self.state = state

    @property
    def state(self) -> str:
        """One of collapsed, half_expanded, expanded, hidden; after a change the activity invalidates."""
        return self._state

    @state.setter
    def state(self, state: str) -> None:
        if state not in STATES:
            raise ValueError(f"state of a sheet is one of {', '.join(STATES)}, not {state!r}")
        self._state = state

    def top(self, state: str, width: int, height: int, wanted: int) -> int:
        """How far below the top of its place it stands in a state. The place is ``width`` x ``height`` pixels."""
        expanded = max(0, height - wanted) if self.fit_to_contents else 0
        peek = self.peek_height if self.peek_height is not None else max(MIN_PEEK, height - width * 9 // 16)
        if state == HALF_EXPANDED:
            return max(expanded, int(height * (1 - self.half_expanded_ratio)))
        return {EXPANDED: expanded, HIDDEN: height}.get(state, max(expanded, height - peek))
