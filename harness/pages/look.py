"""Look: what the screen showed at one moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from harness.dialogs.matcher import Dialog
    from harness.pages.picture_reader import PictureReading
    from harness.parsers.hierarchy import Node


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
