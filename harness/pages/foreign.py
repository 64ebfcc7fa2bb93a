"""Whose window is in front, where it is not the app's: by the view tree alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.pages.view_structure import STATUS_BAR
from harness.parsers.touch_order import screen_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from harness.events.app_under_test import AppUnderTest
    from harness.parsers.hierarchy import Node

OVER_SHARE = 0.6
"""How much of the screen a window of others takes that lies over the app's, both in the tree [PROJECT].

A keyboard takes 0.4. What takes every touch, a dialog too, is alone in the tree: Android lists no window below it."""
BAR_SHARE = 0.1
"""The status bar and the navigation bar are no higher than this share of the screen."""


def foreign_front(roots: Sequence[Node], app: AppUnderTest) -> str:
    """The package of the window in front, empty where it is the app's, the home screen's, or nothing is in the tree."""
    width, height = screen_of(roots)
    others = [root for root in roots if root.package not in (app.package, *app.home_packages) and not _is_bar(root, height)]
    if any(root.package == app.package for root in roots):
        others = [root for root in others if root.area >= OVER_SHARE * width * height]
    elif any(root.package in app.home_packages for root in roots):
        others = []
    return max(others, key=lambda root: root.area).package if others else ""


def _is_bar(root: Node, height: int) -> bool:
    return root.package == STATUS_BAR and root.bounds[3] - root.bounds[1] <= BAR_SHARE * height
