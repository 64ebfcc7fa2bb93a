"""Controls that differ by their number only: the episodes of a series, the chapters of a book.

A walk presses one of them. A wall stands before the later ones, so here the last in sight is a control too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from harness.dialogs.user_acts import is_count
from harness.events.box import centre
from harness.pages.advert_words import ADVERTS
from harness.pages.controls import Control, Kind
from harness.pages.view_structure import own_windows

if TYPE_CHECKING:
    from harness.parsers.hierarchy import Node


def is_part(text: str) -> bool:
    """Whether a caption is the number of a part: 第 3 集, 12."""
    return ADVERTS.pattern("part").fullmatch(text.strip()) is not None


def of_text(controls: Sequence[Control], roots: Sequence[Node], package: str, text: str) -> Control | None:
    """The control that says exactly this, be it one of many that differ by their number."""
    equal = next((control for control in controls if control.text == text), None)
    windows = own_windows(roots, package)
    if equal is not None or not windows or not controls:
        return equal
    node = next((node for node in _pressable(windows[-1]) if _words(node) == text), None)
    return None if node is None else _like(controls, node)


def last_of_series(controls: Sequence[Control], roots: Sequence[Node], package: str, kept: Sequence[Control] = ()) -> Control | None:
    """The last part of a series in sight, None where there are not three of them.

    What is ``kept`` from being pressed is none, whatever it begins with: 20 书币解锁全集.
    """
    windows = own_windows(roots, package)
    acts = {(control.id, control.node.class_name) for control in controls if control.dangerous and is_count(control.text)}
    parts = [node for node in _pressable(windows[-1]) if is_part(_words(node))] if windows else []
    parts = [node for node in parts if (node.short_id, node.class_name) not in acts]  # the hearts of a feed are no episodes
    parts = [node for node in parts if all(node.box != control.node.box for control in kept)]
    return _like(controls, parts[-1]) if len(parts) >= 3 and controls else None


def _pressable(window: Node) -> Iterator[Node]:
    """Views that take a press: clickable ones, and the rows of a list, which takes it for them."""
    for node in window.walk():
        if not node.visible or node.area <= 0:
            continue
        if node.clickable:
            yield node
        if node.class_name.endswith(("ListView", "GridView")):
            yield from (row for row in node.children if row.visible and row.area > 0 and not row.clickable)


def _words(node: Node) -> str:
    """The words of a control: its own, else the first inside it."""
    return node.text or next((inner.text for inner in node.walk() if inner.visible and inner.text), "")


def _like(controls: Sequence[Control], node: Node) -> Control:
    like = next((control for control in controls if control.id == node.short_id), controls[0])
    return replace(like, key=f"{Kind.BUTTON}|{_words(node)}", kind=Kind.BUTTON, text=_words(node), id=node.short_id, node=node,
                   centre=centre(node.box), dangerous=False, promises=(), rows="")  # fmt: skip
