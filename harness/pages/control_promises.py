"""What the controls of a page promise, the use of a permission: by their words, by their ids where they have none."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from harness.dialogs.danger import is_dangerous
from harness.dialogs.matcher import is_back
from harness.dialogs.promises import promises_of, promises_on_page
from harness.dialogs.refusal import says_no
from harness.pages.view_structure import ALIKE, unnumbered
from harness.parsers.hierarchy import Node

if TYPE_CHECKING:
    from harness.pages.controls import Control

PROMISE_LENGTH = 12
"""A longer Chinese text tells a story and promises nothing [PROJECT]."""


def promised(words: str, node: Node, window: Node) -> tuple[str, ...]:
    """The permission groups that a control promises to use."""
    if not words.isascii() and len(words) > PROMISE_LENGTH:
        return ()
    return promises_of(words, node.short_id) or promises_on_page(words, (each.text for each in window.walk() if each.text))


def without_choices(found: list[Control]) -> list[Control]:
    """The controls; where at least ``ALIKE`` of one id say different things, their id promises nothing.

    They are what there is to choose from: city_0 to city_9 are cities, and whoever takes one by hand needs no position.
    """
    said = {(unnumbered(control.id), control.text) for control in found if control.promises and _by_id_alone(control)}
    alike = Counter(ident for ident, _words in said)
    return [replace(each, promises=()) if alike[unnumbered(each.id)] >= ALIKE and _by_id_alone(each) else each for each in found]


def _by_id_alone(control: Control) -> bool:
    return bool(control.text) and not promises_of(control.text, "") and control.promises == promises_of(control.text, control.id)


def told_alike(window: Node) -> frozenset[str]:
    """What a reader is told of views of several ids alike, as the app's name: it says of none what it is."""
    ids: dict[str, set[str]] = {}
    for each in window.walk():
        if each.visible and each.description and each.short_id and not (each.text or each.children):
            ids.setdefault(each.description, set()).add(each.short_id)
    alike = (words for words, named in ids.items() if len(named) > 1)
    return frozenset(words for words in alike if not (is_dangerous(words) or is_back(words) or says_no(words)))
