"""The view hierarchy as XML of uiautomator -> Node tree.

Source: frameworks/base/cmds/uiautomator/library/core-src/com/android/uiautomator/core,
AccessibilityNodeInfoDumper.java; uiautomator2 writes the same with more attributes (visible-to-user). The app decides
texts, depth and number of nodes, so nothing is trusted: a DOCTYPE is refused (no entity is ever expanded), depth and
size are bounded, and texts are kept as they are. The serializer of Android writes an emoji as two character references
to surrogates, which is no XML: they are put together; what no XML may hold becomes U+FFFD.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from harness.errors import FormatError
from harness.language import _
from harness.parsers.dump_sections import not_a
from harness.parsers.tree_cache import once_for_a_text

MAX_TEXT = 16 * 1024 * 1024  # characters
MAX_DEPTH = 250
MAX_NODES = 50_000

Bounds = tuple[int, int, int, int]

# bounds="[54,908][1026,1050]"
_BOUNDS = re.compile(r"\[(-?\d{1,6}),(-?\d{1,6})\]\[(-?\d{1,6}),(-?\d{1,6})\]$")
_REFERENCES = re.compile(r"(?:&#(?:x[0-9a-fA-F]{1,6}|\d{1,7});)+")
_REFERENCE = re.compile(r"&#(?:x([0-9a-fA-F]+)|(\d+));")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One view. ``bounds`` is left, top, right, bottom in screen pixels, as printed; texts are empty where absent.

    ``hint`` is what an empty text field shows; where a dump has none (the shell's before Android 13) it stands in
    ``text``.

    ``drawing_order`` tells siblings apart that share a place: the higher is drawn over the lower; 0 where the dump says
    nothing.

    ``held`` is True for a view that takes no touch but by a finger that stays on it.

    ``pressable`` is True for a clickable view, and for the views inside a clickable one that has but a single text: in
    most apps the words of a button are a view of their own that does not click.
    """

    text: str = ""
    description: str = ""
    hint: str = ""
    resource_id: str = ""
    class_name: str = ""
    package: str = ""
    bounds: Bounds = (0, 0, 0, 0)
    clickable: bool = False
    held: bool = False
    pressable: bool = False
    enabled: bool = True
    checkable: bool = False
    checked: bool = False
    scrollable: bool = False
    focused: bool = False
    selected: bool = False
    visible: bool = True
    drawing_order: int = 0
    children: tuple[Node, ...] = ()

    @property
    def box(self) -> tuple[int, int, int, int]:
        """The same place as x, y, width, height."""
        left, top, right, bottom = self.bounds
        return (left, top, right - left, bottom - top)

    @property
    def area(self) -> int:
        """Square pixels; 0 for a view without extent."""
        left, top, right, bottom = self.bounds
        return (right - left) * (bottom - top) if right > left and bottom > top else 0

    @property
    def short_id(self) -> str:
        """The resource id without its package: ``permission_deny_button``."""
        return self.resource_id.rpartition("id/")[2]

    def contains(self, other: Node) -> bool:
        """Whether the whole of ``other`` lies within this view's bounds."""
        left, top, right, bottom = self.bounds
        x0, y0, x1, y1 = other.bounds
        return left <= x0 and top <= y0 and right >= x1 and bottom >= y1

    def intersects(self, other: Node) -> bool:
        """Whether the two share at least one pixel."""
        left, top, right, bottom = self.bounds
        x0, y0, x1, y1 = other.bounds
        return left < x1 and x0 < right and top < y1 and y0 < bottom

    def walk(self) -> Iterator[Node]:
        """Itself and all below, in document order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))


@once_for_a_text
def parse_hierarchy(text: str) -> tuple[Node, ...]:
    """Return the roots of one dump, as a rule one for each window; none when nothing could be read on the screen.

    What uiautomator says before or after the XML is skipped. Raises FormatError.
    """
    roots, error = _read(text)
    if error:
        raise error
    return roots


def partial_hierarchy(lines: Iterable[str]) -> tuple[tuple[Node, ...], FormatError | None]:
    """Return what can be read of a dump, and the error where it ends early; raises FormatError for another text."""
    parts: list[str] = []
    size = 0
    for line in lines:
        parts.append(line)
        size += len(line) + 1
        if size > MAX_TEXT:
            break
    return _read("\n".join(parts))


def _read(text: str) -> tuple[tuple[Node, ...], FormatError | None]:
    start, end = text.find("<"), text.rfind(">")
    if start < 0 or "<hierarchy" not in text:
        raise not_a(_("a view hierarchy (XML)"), text)
    error = None
    if len(text) > MAX_TEXT:
        text, error = text[:MAX_TEXT], FormatError(_("the view hierarchy is larger than {max_text} characters", max_text=MAX_TEXT))
        end = text.rfind(">")
    builder = _Builder()
    parser = expat.ParserCreate()
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.StartDoctypeDeclHandler = builder.refuse_doctype
    try:
        parser.Parse(_FORBIDDEN.sub("\ufffd", _REFERENCES.sub(_resolve, text[start : end + 1])).encode("utf-8"), True)
    except expat.ExpatError as damage:
        error = error or FormatError(_("the view hierarchy is damaged: {damage}", damage=damage))
    except FormatError as refusal:
        error = refusal
    roots = tuple(node for root in builder.roots for node in _freeze(root, in_button=False))
    if builder.roots and not roots:
        raise not_a(_("a view hierarchy (XML)"), text)
    return roots, error


@dataclass(slots=True)
class _Raw:
    attributes: dict[str, str]
    children: list[_Raw] = field(default_factory=list)
    texts: int = 0  # in itself and below


class _Builder:
    """Follows the elements; the tree is frozen when it is complete, because a button is told by all that is in it."""

    def __init__(self) -> None:
        self.roots: list[_Raw] = []
        self._open: list[_Raw] = []
        self._nodes = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "hierarchy":
            return
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise FormatError(_("the view hierarchy has more than {max_nodes} nodes", max_nodes=MAX_NODES))
        if len(self._open) >= MAX_DEPTH:
            raise FormatError(_("the view hierarchy is deeper than {max_depth} nodes", max_depth=MAX_DEPTH))
        node = _Raw(attributes, texts=int(bool(attributes.get("text"))))
        (self._open[-1].children if self._open else self.roots).append(node)
        self._open.append(node)

    def end(self, name: str) -> None:
        if name != "hierarchy":
            node = self._open.pop()
            if self._open:
                self._open[-1].texts += node.texts

    def refuse_doctype(self, *declaration: object) -> None:
        del declaration
        raise FormatError(_("the view hierarchy declares a DOCTYPE, which uiautomator never writes"))


def _freeze(raw: _Raw, *, in_button: bool) -> tuple[Node, ...]:
    """The view; where its bounds are impossible, what is in it. Recursion is bounded by MAX_DEPTH."""
    get = raw.attributes.get
    clickable = get("clickable") == "true"
    button = (clickable or in_button) and raw.texts <= 1
    children = tuple(node for child in raw.children for node in _freeze(child, in_button=button))
    bounds = _BOUNDS.match(get("bounds", ""))
    if bounds is None:
        return children
    node = Node(
        text=get("text", ""),
        description=get("content-desc", ""),
        hint=get("hint", ""),
        resource_id=get("resource-id", ""),
        class_name=get("class", ""),
        package=get("package", ""),
        bounds=(int(bounds[1]), int(bounds[2]), int(bounds[3]), int(bounds[4])),
        clickable=clickable,
        held=get("long-clickable") == "true" and not clickable,
        pressable=clickable or in_button,
        enabled=get("enabled") != "false",
        checkable=get("checkable") == "true",
        checked=get("checked") == "true",
        scrollable=get("scrollable") == "true",
        focused=get("focused") == "true",
        selected=get("selected") == "true",
        visible=get("visible-to-user") != "false",
        drawing_order=_order(get("drawing-order", "")),
        children=children,
    )
    return (node,)


def _order(printed: str) -> int:
    """The place of a view among its siblings (AccessibilityNodeInfo.getDrawingOrder); anything but a count is 0."""
    return int(printed) if printed.isascii() and printed.isdecimal() and len(printed) <= 9 else 0


def _resolve(references: re.Match[str]) -> str:
    """Put surrogate pairs together; a reference that is fine stays a reference."""
    codes = [int(hexa, 16) if hexa else int(decimal) for hexa, decimal in _REFERENCE.findall(references[0])]
    if all(_allowed(code) for code in codes):
        return references[0]
    units = "".join(chr(code) if code < 0x110000 else "\ufffd" for code in codes)
    joined = units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return "".join(f"&#{ord(character)};" if _allowed(ord(character)) else "\ufffd" for character in joined)


def _allowed(code: int) -> bool:
    """Whether XML 1.0 allows a reference to this character."""
    return code in (0x9, 0xA, 0xD) or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000
