"""The view hierarchy as XML of uiautomator -> Node tree.

Source: frameworks/base/cmds/uiautomator/library/core-src/com/android/uiautomator/core/AccessibilityNodeInfoDumper.java.
The app decides texts, depth and number of nodes, so nothing is trusted: a DOCTYPE is refused (no entity is ever
expanded), depth and size are bounded, and texts are kept as they are. The serializer of Android writes an emoji as two character
references to surrogates, which is no XML: they are put together; what no XML may hold becomes U+FFFD.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.parsers import expat

from harness.errors import FormatError
from harness.parsers.dump import not_a

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    """One view. ``bounds`` is left, top, right, bottom in screen pixels, as printed; texts are empty where absent."""

    text: str
    description: str
    resource_id: str
    class_name: str
    package: str
    bounds: Bounds
    clickable: bool
    enabled: bool
    checkable: bool
    checked: bool
    scrollable: bool
    focused: bool
    children: tuple[Node, ...] = ()

    @property
    def box(self) -> tuple[int, int, int, int]:
        """The same place as x, y, width, height."""
        left, top, right, bottom = self.bounds
        return (left, top, right - left, bottom - top)

    @property
    def centre(self) -> tuple[int, int]:
        """Where to tap it."""
        left, top, right, bottom = self.bounds
        return ((left + right) // 2, (top + bottom) // 2)

    def walk(self) -> Iterator[Node]:
        """Itself and all below, in document order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """What one dump shows: usually one root for each window that is dumped; no root when nothing could be read."""

    roots: tuple[Node, ...]
    rotation: int = 0

    def walk(self) -> Iterator[Node]:
        """All nodes of all roots, in document order."""
        for root in self.roots:
            yield from root.walk()


def parse_hierarchy(text: str) -> Hierarchy:
    """Read one dump; what uiautomator says before or after the XML is skipped. Raises FormatError."""
    if len(text) > MAX_TEXT:
        raise FormatError(f"the view hierarchy is larger than {MAX_TEXT} characters")
    start, end = text.find("<"), text.rfind(">")
    if start < 0 or "<hierarchy" not in text:
        raise not_a("a view hierarchy (XML)", text)
    builder = _Builder()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.StartDoctypeDeclHandler = builder.refuse_doctype
    try:
        parser.Parse(_mend(text[start : end + 1]).encode("utf-8"), True)
    except expat.ExpatError as error:
        raise FormatError(f"the view hierarchy is damaged: {error}") from None
    return Hierarchy(tuple(builder.roots), builder.rotation)


class _Builder:
    """Builds nodes from the leaves up, so that depth costs no recursion."""

    def __init__(self) -> None:
        self.roots: list[Node] = []
        self.rotation = 0
        self._open: list[tuple[dict[str, str], list[Node]]] = []
        self._nodes = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "hierarchy":
            rotation = attributes.get("rotation", "0")
            self.rotation = int(rotation) if rotation in ("0", "1", "2", "3") else 0
            return
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise FormatError(f"the view hierarchy has more than {MAX_NODES} nodes")
        if len(self._open) >= MAX_DEPTH:
            raise FormatError(f"the view hierarchy is deeper than {MAX_DEPTH} nodes")
        self._open.append((attributes, []))

    def end(self, name: str) -> None:
        if name == "hierarchy":
            return
        attributes, children = self._open.pop()
        node = _node(attributes, children)
        (self._open[-1][1] if self._open else self.roots).append(node)

    def refuse_doctype(self, *declaration: object) -> None:
        del declaration
        raise FormatError("the view hierarchy declares a DOCTYPE, which uiautomator never writes")


def _node(attributes: dict[str, str], children: list[Node]) -> Node:
    printed = attributes.get("bounds", "")
    bounds = _BOUNDS.match(printed)
    if bounds is None:
        raise FormatError(f"the view hierarchy has a node with the bounds {printed[:40]!r}")
    return Node(
        text=attributes.get("text", ""),
        description=attributes.get("content-desc", ""),
        resource_id=attributes.get("resource-id", ""),
        class_name=attributes.get("class", ""),
        package=attributes.get("package", ""),
        bounds=(int(bounds[1]), int(bounds[2]), int(bounds[3]), int(bounds[4])),
        clickable=attributes.get("clickable") == "true",
        enabled=attributes.get("enabled") == "true",
        checkable=attributes.get("checkable") == "true",
        checked=attributes.get("checked") == "true",
        scrollable=attributes.get("scrollable") == "true",
        focused=attributes.get("focused") == "true",
        children=tuple(children),
    )


def _mend(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", _REFERENCES.sub(_resolve, text))


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
