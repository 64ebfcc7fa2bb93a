"""The adverts of a page that call themselves so: what stands in them is no function of the app's own."""

from harness.events import AdvertKind
from harness.events.box import Box, encloses
from harness.pages.advert_signs import marks
from harness.pages.adverts import IN_PAGE, find_adverts
from harness.pages.look import Look

LEADING_AWAY = (*IN_PAGE, AdvertKind.SPLASH, AdvertKind.INTERSTITIAL, AdvertKind.INCENTIVE_VIDEO)
"""Kinds that lead to what is not the app's: what it sells, rewards or shuts itself stays its own, marked or not."""


def marked_boxes(look: Look, package: str) -> tuple[Box, ...]:
    """The boxes of the marked adverts of a look."""
    own = [node for root in look.roots if root.package == package for node in root.walk() if node.visible]
    marked = [node.box for node in own if marks(node)]
    if not marked:
        return ()
    told = (advert.box for advert in find_adverts(look, package) if advert.kind in LEADING_AWAY)
    return tuple(box for box in told if any(encloses(box, mark) for mark in marked))
