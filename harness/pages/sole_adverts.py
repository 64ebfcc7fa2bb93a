"""Adverts that leave nothing of the page to be used, and their own way out. Pure.

Their close control stands in a part that calls itself an advert, so it is no control of the page, and an advert in a
window as large as the screen looks like a page: without this a walk would neither use nor leave it.
"""

from harness.dialogs.continue_captions import is_caption, may_be_pressed
from harness.dialogs.danger import is_dangerous
from harness.dialogs.word_patterns import has_price
from harness.events import AdvertKind, ControlRole, InterruptionKind
from harness.events.box import Box
from harness.pages.advert_controls import CLOSING
from harness.pages.advert_parts import words_on
from harness.pages.advert_words import is_mark
from harness.pages.adverts import IN_PAGE, Advert, find_adverts
from harness.pages.controls import scrolling
from harness.pages.interruptions import Interruption
from harness.pages.look import Look
from harness.pages.page_layers import controls_in, page_in_front
from harness.pages.view_structure import own_windows
from harness.parsers.touch_order import middle

TEXT_LENGTH = 500
COVERING = (AdvertKind.SPLASH, AdvertKind.INTERSTITIAL)
"""Kinds that cover what lies below them; one of a page (``IN_PAGE``) must have all controls of the page in it."""

ENDING = (AdvertKind.SPLASH, AdvertKind.INCENTIVE_VIDEO)
"""Kinds that end by themselves, or show what closes them at their end."""
OWN = (ControlRole.OPEN, ControlRole.ACT, ControlRole.OTHER)
"""Roles of a button by which an advert is gone past that nothing closes."""
ON = "on"
"""The action of an interruption whose button leads on, and closes nothing."""
LEADING = (ControlRole.LOAD, ControlRole.FAST_LOAD, ControlRole.OPEN, ControlRole.PICTURE, ControlRole.TITLE)
"""Roles of what leads on from an advert; a control of any other words may be the app's own."""


def sole_advert(look: Look, package: str) -> Advert | None:
    """Return the marked advert that leaves nothing else of the page of ``package`` to be used, or None."""
    windows = own_windows(look.roots, package)
    if not windows or not any(is_mark(words_on(node)) for node in windows[-1].walk() if node.visible and words_on(node)):
        return None
    adverts = find_adverts(look, package)
    found = next((each for each in adverts if each.kind in COVERING), None)
    if found is None and len(adverts) == 1 and adverts[0].kind in IN_PAGE and scrolling(look.roots, package) is None:
        pressed = [middle(node) for node in controls_in(page_in_front(windows[-1]))]
        found = adverts[0] if all(_inside(adverts[0].box, place) for place in pressed) else None
    return found


def closable_advert(look: Look, package: str) -> Interruption | None:
    """Return the same with the control that closes it; None where there is no such control."""
    if (found := sole_advert(look, package)) is None:
        return None
    out = next((control for role in CLOSING for control in found.controls if control.role is role), None)
    return Interruption(InterruptionKind.ADVERT, found.words[:TEXT_LENGTH], out.text, out.box, layer=True) if out is not None else None


def shut_in_by(look: Look, package: str) -> Interruption | None:
    """Return the same advert where it lies over the page without a control that closes it, but with its own button.

    That leads on where nothing else does, but for what loads, and what acts in the user's name or costs.
    """
    found = sole_advert(look, package)
    if found is None or found.kind in ENDING or found.countdown is not None or any(control.role in CLOSING for control in found.controls):
        return None
    own = [control for control in found.controls if control.role in OWN and is_caption(control.text)]
    sold = has_price(found.words) and not all(control.role is ControlRole.OPEN for control in own)
    if len({control.text for control in own}) != 1 or sold or is_dangerous(own[0].text) or not may_be_pressed(own[0].text):
        return None
    return Interruption(InterruptionKind.ADVERT, found.words[:TEXT_LENGTH], own[0].text, own[0].box, ON, layer=True)


def offered_by(advert: Advert) -> frozenset[Box]:
    """The boxes of what leads on from an advert, which clause 7 tries and a walk does not."""
    return frozenset(control.box for control in advert.controls if control.role in LEADING)


def _inside(box: Box, place: tuple[int, int]) -> bool:
    x, y, width, height = box
    return x <= place[0] < x + width and y <= place[1] < y + height
