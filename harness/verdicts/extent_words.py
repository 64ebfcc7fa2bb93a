"""How far an app was searched for adverts, in words: what is clear, or was never met, is so as far as that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.events import SearchExtent
from harness.language import Text, _, listed, with_semicolons

if TYPE_CHECKING:
    from harness.events.timeline import Timeline


def with_extent(reason: Text, timeline: Timeline) -> Text:
    """A reason of clause 7 with how far the search went, where that is on record."""
    told = timeline.of(SearchExtent)[-1:]
    return with_semicolons([reason, *map(extent_words, told)])


def extent_words(extent: SearchExtent) -> Text:
    """What was looked at, how deep, which of the controls there were pressed, and what was left alone."""
    searched = _(
        "searched for adverts: {pages} pages up to {depth} presses deep, {pressed} of their {controls} controls pressed",
        pages=extent.pages,
        depth=extent.depth,
        pressed=extent.pressed,
        controls=extent.controls,
    )
    said = [searched]
    if extent.again < extent.walked:
        said.append(_("{again} of {walked} pages of the walk looked at again", walked=extent.walked, again=extent.again))
    if extent.left:
        said.append(_("left alone: {words}", words=listed(_("'{line}'", line=" ".join(words.split())[:40]) for words in extent.left)))
    return with_semicolons(said)
