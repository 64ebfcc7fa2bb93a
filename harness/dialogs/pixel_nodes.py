"""Controls and text found in pixels -> nodes of the view tree, where that tells nothing of the page.

Whoever reads trees need not know that the app painted it.

A line is a view with a text; one that looks like a control takes a press. A dialog is a view of its own with its
buttons.
"""

from collections.abc import Sequence
from dataclasses import replace

from harness.dialogs.matcher import Dialog
from harness.events.box import Box, centre, contains
from harness.parsers.hierarchy import Node
from harness.vision.ocr import TextLine
from harness.vision.text_controls import PaintedControl

PAINTED = "painted"
"""Class name of these nodes: no view of Android has it."""

CLOSE = "关闭"
"""Description of a cross that has no words."""


def painted_nodes(
    package: str, lines: Sequence[TextLine], controls: Sequence[PaintedControl], cross: Box | None, dialog: Dialog | None
) -> tuple[Node, ...]:
    """The page in reading order, then the dialog over it; below a dialog nothing can be pressed."""
    over = dialog.box if dialog is not None else None
    faces = [] if dialog is not None else controls
    found: list[Node] = []
    for line in lines:
        if over is None or not contains(over, line.centre):
            face = next((c for c in faces if c.text == line.text and contains(c.box, line.centre)), None)
            found.append(_node(package, line.text, face.box if face else line.box, pressable=face is not None))
    if cross is not None and dialog is None:
        found.append(painted_cross(package, cross))
    if dialog is not None:
        found.append(_card(package, lines, dialog))
    return tuple(found)


def painted_cross(package: str, box: Box) -> Node:
    """A cross that has no words."""
    return _node(package, "", box, pressable=True, description=CLOSE)


def wordless_page(package: str, area: Box, number: int) -> Node:
    """A page without a word, told from others by the number of its picture.

    The number is spelt, for digits in ids do not count.
    """
    spelt = "".join(chr(ord("a") + int(digit)) for digit in str(number))
    return replace(_node(package, "", area, pressable=False), resource_id=f"{package}:id/picture_{spelt}")


def with_painted(roots: Sequence[Node], package: str, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """The tree with what was painted as the last, topmost views of the app's top window."""
    own = max(place for place, root in enumerate(roots) if root.package == package)
    over = max((child.drawing_order for child in roots[own].children), default=0) + 1
    window = replace(roots[own], children=(*roots[own].children, *(replace(node, drawing_order=over) for node in nodes)))
    return (*roots[:own], window, *roots[own + 1 :])


def _card(package: str, lines: Sequence[TextLine], dialog: Dialog) -> Node:
    buttons = [
        _node(package, "" if button.role == "close" else button.text, button.box, pressable=True, description=_words(button.role))
        for button in dialog.buttons
    ]
    places = [button.box for button in dialog.buttons]
    texts = [
        _node(package, line.text, line.box, pressable=False)
        for line in lines
        if contains(dialog.box, line.centre) and not any(contains(line.box, centre(place)) for place in places)
    ]
    return replace(_node(package, "", dialog.box, pressable=False), children=(*texts, *buttons))


def _words(role: str) -> str:
    return CLOSE if role == "close" else ""


def _node(package: str, text: str, box: Box, *, pressable: bool, description: str = "") -> Node:
    x, y, width, height = box
    return Node(
        text=text,
        description=description,
        class_name=PAINTED,
        package=package,
        bounds=(x, y, x + width, y + height),
        clickable=pressable,
        pressable=pressable,
    )
