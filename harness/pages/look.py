"""Look: what the screen showed at one moment."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

from harness.dialogs.matcher import Dialog
from harness.parsers.hierarchy import Node
from harness.parsers.tree_cache import once_for_a_tree
from harness.vision.luma_thumbnails import Frame

if TYPE_CHECKING:
    from harness.pages.picture_reader import PictureReading

F = TypeVar("F", bound="Callable[..., Any]")


@dataclass(frozen=True, slots=True)
class Look:
    """The contents of the screen at one moment; ``roots`` is empty when the view tree could not be read.

    ``painted`` is what ``picture`` (its path in the run folder) said where the tree of the app's window says nothing;
    ``roots`` holds that too. ``over``: another window of the app is seen behind the one in front, as far as was asked.
    """

    roots: tuple[Node, ...] = ()
    dialog: Dialog | None = None
    painted: PictureReading | None = None
    picture: str | None = None
    over: bool = False

    def shows(self, packages: tuple[str, ...]) -> bool:
        """Whether a window of one of the packages is in the tree."""
        return any(root.package in packages for root in self.roots)


def once_for_a_look(function: F) -> F:
    """As ``once_for_a_tree``, of a look: with the pixels of its picture what it says is worked out each time."""

    @once_for_a_tree
    def told(roots: tuple[Node, ...], rest: Look, package: str, **how: Hashable) -> Any:
        return function(replace(rest, roots=roots), package, **how)

    @wraps(function)
    def asked(look: Look, package: str, frame: Frame | None = None, **how: Hashable) -> Any:
        if frame is not None:
            return function(look, package, frame, **how)
        return told(look.roots, replace(look, roots=(), picture=None), package, **how)

    return cast("F", asked)
