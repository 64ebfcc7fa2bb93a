"""Whose window is in front, where it is not the app's: by the view tree alone."""

from collections.abc import Sequence

from harness.events.app_under_test import AppUnderTest
from harness.pages.view_structure import STATUS_BAR
from harness.parsers.hierarchy import Node
from harness.parsers.touch_order import screen_of
from harness.roms.windows_of_others import ForeignWindow, window_of

OVER_SHARE = 0.6
"""How much of the screen a window of others takes that lies over the app's, both in the tree [PROJECT].

A keyboard takes 0.4. What takes every touch, a dialog too, is alone in the tree: Android lists no window below it."""
WHOLE_SHARE = 0.85
"""How much of the screen a window takes at least that is no dialog [PROJECT]: with the bars it takes all."""
BAR_SHARE = 0.1
"""The status bar and the navigation bar are no higher than this share of the screen."""


def known_window(root: Node, roots: Sequence[Node], component: str = "") -> ForeignWindow | None:
    """What is known of a window of others; ``component`` is the activity in front, where it is told."""
    width, height = screen_of(roots)
    texts = [text for node in root.walk() if node.visible for text in (node.text, node.description) if text]
    return window_of(root.package, component, texts, whole=root.area >= WHOLE_SHARE * width * height)


def foreign_root(roots: Sequence[Node], app: AppUnderTest) -> Node | None:
    """The window of others that is in front, None where it is the app's, the home screen's, or there is none."""
    width, height = screen_of(roots)
    others = [root for root in roots if root.package not in (app.package, *app.home_packages) and not _is_bar(root, height)]
    if any(root.package == app.package for root in roots):
        others = [root for root in others if root.area >= OVER_SHARE * width * height]
    elif any(root.package in app.home_packages for root in roots):
        others = []
    return max(others, key=lambda root: root.area, default=None)


def _is_bar(root: Node, height: int) -> bool:
    return root.package == STATUS_BAR and root.bounds[3] - root.bounds[1] <= BAR_SHARE * height
