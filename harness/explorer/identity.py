"""Screen identity: which page of the app the view tree shows, by its structure.

Two trees are the same screen when they differ only in texts, in the number of rows of a list or in what an advert shows.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from harness.dialogs.promises import promises_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from harness.parsers.hierarchy import Node

TEXT_LIMIT = 4000
TITLE_LENGTH = 20


@dataclass(frozen=True, slots=True)
class Page:
    """What one view tree says of the page in front; the fields are those of the event ScreenSeen."""

    screen: str
    package: str
    title: str
    text: str
    promises: tuple[str, ...]
    fields: int

    def fields_of_event(self) -> dict[str, Any]:
        """As keyword arguments of ScreenSeen."""
        return {name: getattr(self, name) for name in ("screen", "package", "title", "text", "promises", "fields")}


def describe(roots: Sequence[Node], package: str) -> Page | None:
    """The page in front: the windows of ``package`` where it has any, else the last window; None for an empty tree."""
    own = [root for root in roots if root.package == package] or list(roots[-1:])
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
        fields=sum(node.class_name.endswith("EditText") for node in nodes),
    )


def _identity(roots: Sequence[Node], title: str) -> str:
    """A digest of the classes and ids of the views; equal rows of a list count once."""
    shape = "|".join(_shape(root, 0) for root in roots)
    return hashlib.sha256(f"{title}|{shape}".encode()).hexdigest()[:12]


def _shape(node: Node, depth: int) -> str:
    inside = list(dict.fromkeys(_shape(child, depth + 1) for child in node.children if child.visible)) if depth < 20 else []
    name = f"{node.class_name.rpartition('.')[2]}#{node.short_id}"
    return f"{name}({','.join(sorted(inside) if node.scrollable else inside)})"
