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
    pages, depth, controls, pressed = extent.pages, extent.depth, extent.controls, extent.pressed
    said = [_("looked at for adverts: {pages} pages, up to {depth} presses from the first", pages=pages, depth=depth)]
    if pressed < controls:
        left = _(
            "of {controls} controls met there {pressed} were pressed, and what lies behind the others was not seen",
            controls=controls,
            pressed=pressed,
        )
        said.append(left)
    if extent.walked:
        said.append(_("of {walked} pages of the walk {again} were looked at again", walked=extent.walked, again=extent.again))
    if extent.left:
        said.append(_("left alone: {words}", words=listed(_("'{line}'", line=" ".join(words.split())[:40]) for words in extent.left)))
    return with_semicolons(said)
