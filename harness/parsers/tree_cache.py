"""Trees: what a view tree says is worked out once, however often the same tree is seen.

The screen is looked at twice a second, most pages of an app are passed many times, and each replay of a run reads all
its trees again. Only functions that take the roots of a tree and hashable facts, and look at nothing else but the words
in force, may be remembered.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, TypeVar, cast

from harness.config import once_a_config

if TYPE_CHECKING:
    from harness.parsers.hierarchy import Node

T = TypeVar("T")
F = TypeVar("F", bound="Callable[..., Any]")

REMEMBERED = 512
"""Trees of which is remembered what they say: more than a walk of thirteen minutes sees."""
MOST_NODES, MOST_TEXT = 1000, 100_000
"""A larger tree, in views or in characters of its XML, is worked out again each time: real pages have 50 to 400
views."""


def once_for_a_text(function: Callable[[str], T]) -> Callable[[str], T]:
    """Remember what the XML of a tree was parsed to; an error is raised again each time."""
    known = lru_cache(maxsize=REMEMBERED)(function)

    @wraps(function)
    def asked(text: str) -> T:
        return known(text) if len(text) <= MOST_TEXT else function(text)

    return asked


def once_for_a_tree(function: F) -> F:
    """Remember what a function of the roots of a tree gave; its further arguments must be hashable."""
    known = once_a_config(function, most=REMEMBERED)

    @wraps(function)
    def asked(roots: tuple[Node, ...], *facts: Hashable, **named: Hashable) -> Any:
        nodes = chain.from_iterable(root.walk() for root in roots)
        small = next(islice(nodes, MOST_NODES, None), None) is None
        return (known if small else function)(roots, *facts, **named)

    return cast("F", asked)
