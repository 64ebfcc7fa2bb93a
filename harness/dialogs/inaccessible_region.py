"""View tree -> the part of the app's window of which the tree says nothing: there the pixels must be read.

Games, canvases, video and web pages without accessibility are one view with neither text nor children. A window of
someone else is never read from pixels: who owns the window is known, and looks can be imitated.
"""

from collections.abc import Iterable, Sequence

from harness.dialogs.dialog_words import plain, words
from harness.events.box import Box, area, contains, intersection
from harness.parsers.hierarchy import Node
from harness.vision.ocr import TextLine

SURFACE_SHARE = 0.25
"""A view without text that takes more of its window than this may be a page or a card that paints itself [PROJECT]."""

PLAYED_SHARE, OVER_SHARE = 0.35, 0.25
"""A view that paints itself is what its page is for where it takes so much of the screen at least, and what tells of
itself over it so much of the view at most [PROJECT]: the buttons and the score of a game."""

COVERED_SHARE = 0.5
"""A window of another package over more of the app's than this hides it."""

FILMS = ("android.view.SurfaceView", "android.view.TextureView")
SURFACES = ("android.view.View", "android.webkit.WebView", *FILMS)
"""Classes of views that paint themselves. A picture (ImageView) may do so too, but then nearly all of them are
photos."""


def silent_area(roots: Sequence[Node], app_package: str, grant_packages: Iterable[str]) -> Box | None:
    """The place (x, y, width, height) of which the app's top window tells nothing, None where it tells all.

    None too where a permission dialog of the system or of the ROM is on the screen: nothing behind it asks anything.
    """
    system = {*grant_packages, *words()["permission"]["packages"]} - {app_package}
    if any(root.package in system and root.visible for root in roots):
        return None
    own = [place for place, root in enumerate(roots) if root.package == app_package and root.visible and root.area > 0]
    if not own or _covered(roots[own[-1]], [root for root in roots[own[-1] + 1 :] if root.visible]):
        return None
    root = roots[own[-1]]
    nodes = [node for node in root.walk() if node.visible and node.area > 0]
    if not any(_tells(node, root) for node in nodes):
        return root.box
    for place, node in reversed(list(enumerate(nodes))):
        if node.class_name in SURFACES and not node.children and not node.text and node.area >= SURFACE_SHARE * root.area:
            over = any(_tells(later, root) and later.intersects(node) for later in nodes[place + 1 :])
            return None if over or node.description else node.box
    return None


def paints(node: Node, window: Node) -> bool:
    """Whether a view says nothing and may paint what a page is for."""
    silent = node.class_name in SURFACES and not (node.children or node.text or node.description)
    return silent and node.area >= PLAYED_SHARE * window.area


def surface(roots: Sequence[Node], app_package: str) -> Box | None:
    """The view of the app's window in front that paints what its page is for: a board, a drawing; None without one.

    A film or the camera in a page that tells of itself is none, nor the ground on which other views stand.
    """
    own = [root for root in roots if root.package == app_package and root.visible and root.area > 0]
    if not own or own[-1] is not [root for root in roots if root.visible and root.area >= COVERED_SHARE * own[-1].area][-1]:
        return None
    nodes = [node for node in own[-1].walk() if node.visible and node.area > 0]
    found = max((node for node in nodes if paints(node, own[-1])), key=lambda node: node.area, default=None)
    telling = [node for node in nodes if node is not found and _tells(node, own[-1])]
    if found is None or (telling and found.class_name in FILMS):
        return None
    over = sum(area(intersection(node.box, found.box)) for node in telling)
    return found.box if over <= OVER_SHARE * found.area else None


def untold(lines: Iterable[TextLine], roots: Sequence[Node], app_package: str) -> tuple[TextLine, ...]:
    """The lines that are the app's own and no text of the tree.

    What shows through a view that paints only a part of itself is known; what a window of someone else above the app's
    shows is not the app's.
    """
    own = max((place for place, root in enumerate(roots) if root.package == app_package), default=-1)
    above = [root for root in roots[own + 1 :] if root.visible]
    nodes = [node for root in roots for node in root.walk() if node.visible and (node.text or node.description)]
    told = [(node, plain(node.text + node.description)) for node in nodes]
    return tuple(
        line
        for line in lines
        if not any(contains(window.box, line.centre) for window in above)
        and not any(contains(node.box, line.centre) and plain(line.text) in text for node, text in told)
    )


def _tells(node: Node, root: Node) -> bool:
    """Whether a view says what it is: by words, or by being a control that is not the whole page."""
    return bool(node.text or node.description) or (node.pressable and node.area < SURFACE_SHARE * root.area)


def _covered(window: Node, above: Iterable[Node]) -> bool:
    return any(area(intersection(window.box, other.box)) > COVERED_SHARE * window.area for other in above)
