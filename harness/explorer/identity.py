"""Screen identity: which page of the app the view tree shows, by its structure.

Two trees are the same screen when they differ only in texts, in the number of rows of a list or in what an advert shows.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from harness.dialogs.promises import promised_by_name, promises_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from harness.parsers.hierarchy import Node

TEXT_LIMIT = 4000
TITLE_LENGTH = 20
STATUS_BAR = "com.android.systemui"
MAIN_SHARE = 1 / 3
"""Of a page's headings, how many must promise a use for the page to be about it [PROJECT]: a scanner says so in its title and its
hint, a home page has one heading in ten about the shops nearby."""


@dataclass(frozen=True, slots=True)
class Page:
    """What one view tree says of the page in front; the fields are those of the event ScreenSeen."""

    screen: str
    package: str
    title: str
    text: str
    promises: tuple[str, ...]
    about: tuple[str, ...]
    fields: int

    def fields_of_event(self) -> dict[str, Any]:
        """As keyword arguments of ScreenSeen."""
        return {name: getattr(self, name) for name in ("screen", "package", "title", "text", "promises", "about", "fields")}


def describe(roots: Sequence[Node], package: str) -> Page | None:
    """The page in front: the windows of ``package`` where it has any, else the last one but the status bar; None for an empty tree."""
    own = [root for root in roots if root.package == package] or [root for root in roots if root.package != STATUS_BAR][-1:]
    if not own:
        return None
    nodes = [node for root in own for node in root.walk() if node.visible]
    texts = [node.text or node.description for node in nodes if node.text or node.description]
    title = next((text for text in texts if len(text) <= TITLE_LENGTH), "")
    promised = {group for node in nodes if node.pressable for group in promises_of(node.text or node.description, node.short_id)}
    return Page(
        screen=_identity(own, title),
        package=own[-1].package,
        title=title,
        text="\n".join(texts)[:TEXT_LIMIT],
        promises=tuple(sorted(promised)),
        about=_about(title, [text for root in own for text in _headings(root)]),
        fields=sum(node.class_name.endswith("EditText") for node in nodes),
    )


def _headings(node: Node) -> Iterator[str]:
    """The short texts that are neither a control nor a part of one or of a list: what the page says of itself."""
    if not node.visible or node.pressable or node.scrollable:
        return
    text = node.text or node.description
    if text and len(text) <= TITLE_LENGTH:
        yield text
    for child in node.children:
        yield from _headings(child)


def _about(title: str, headings: list[str]) -> tuple[str, ...]:
    """The groups that the page as a whole promises a use of: by its title, or by a good part of its headings."""
    promised = [promised_by_name(heading) for heading in headings]
    groups = set(promised_by_name(title)) if title in headings else set()
    groups |= {g for own in promised for g in own if sum(g in each for each in promised) >= len(headings) * MAIN_SHARE}
    return tuple(sorted(groups))


def _identity(roots: Sequence[Node], title: str) -> str:
    """A digest of the classes and ids of the views; equal rows of a list count once."""
    shape = "|".join(_shape(root, 0) for root in roots)
    return hashlib.sha256(f"{title}|{shape}".encode()).hexdigest()[:12]


def _shape(node: Node, depth: int) -> str:
    inside = list(dict.fromkeys(_shape(child, depth + 1) for child in node.children if child.visible)) if depth < 20 else []
    name = f"{node.class_name.rpartition('.')[2]}#{node.short_id}"
    return f"{name}({','.join(sorted(inside) if node.scrollable else inside)})"
