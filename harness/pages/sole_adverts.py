"""Adverts that leave nothing of the page to be used, and their own way out. Pure.

Their close control stands in a part that calls itself an advert, so it is no control of the page, and an advert in a
window as large as the screen looks like a page: without this a walk would neither use nor leave it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.events import AdvertKind, InterruptionKind
from harness.pages.advert_controls import CLOSING
from harness.pages.advert_parts import words_on
from harness.pages.advert_words import is_mark
from harness.pages.adverts import IN_PAGE, find_adverts
from harness.pages.controls import scrolling
from harness.pages.interruptions import Interruption
from harness.pages.page_layers import controls_in, page_in_front
from harness.pages.view_structure import own_windows
from harness.parsers.touch_order import middle

if TYPE_CHECKING:
    from harness.events.box import Box
    from harness.pages.look import Look

TEXT_LENGTH = 500
COVERING = (AdvertKind.SPLASH, AdvertKind.INTERSTITIAL)
"""Kinds that cover what lies below them; one of a page (``IN_PAGE``) must have all controls of the page in it."""


def sole_advert(look: Look, package: str) -> Interruption | None:
    """Return the marked advert that leaves nothing else of the page of ``package`` to be used, or None.

    Its ``box`` is None where it shows no way out.
    """
    windows = own_windows(look.roots, package)
    if not windows or not any(is_mark(words_on(node)) for node in windows[-1].walk() if node.visible and words_on(node)):
        return None
    adverts = find_adverts(look, package)
    found = next((each for each in adverts if each.kind in COVERING), None)
    if found is None and len(adverts) == 1 and adverts[0].kind in IN_PAGE and scrolling(look.roots, package) is None:
        pressed = [middle(node) for node in controls_in(page_in_front(windows[-1]))]
        found = adverts[0] if all(_inside(adverts[0].box, place) for place in pressed) else None
    if found is None:
        return None
    out = next((control for role in CLOSING for control in found.controls if control.role is role), None)
    text = found.words[:TEXT_LENGTH]
    return Interruption(InterruptionKind.ADVERT, text, out.text if out else "", out.box if out else None, layer=True)


def _inside(box: Box, place: tuple[int, int]) -> bool:
    x, y, width, height = box
    return x <= place[0] < x + width and y <= place[1] < y + height
