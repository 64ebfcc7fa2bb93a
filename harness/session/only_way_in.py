"""The yes of a layer whose no makes the app leave: then it is the only way into the app."""

from harness.dialogs.danger import is_dangerous, speaks_of_danger
from harness.dialogs.dialog_words import has_any, plain, words
from harness.dialogs.offers import tells_a_price, tells_of_payment
from harness.pages.controls import Control, Kind, controls
from harness.pages.interruptions import Interruption, only_confirms, says_no
from harness.pages.look import Look
from harness.pages.page_layers import card_over, page_in_front
from harness.pages.view_structure import own_windows


def only_yes(look: Look, package: str, found: Interruption, *, consents: bool) -> Control | None:
    """Return the control that says yes to a layer, None where it may not be pressed.

    It may where nothing in the layer speaks of danger, cost or a permission; what speaks of a policy is agreed to where
    the tester ``consents``. Links may stand beside it (《用户协议》).
    """
    said, own, windows = plain(found.text), words(), own_windows(look.roots, package)
    asks = has_any(said, own["own"]["permission"]) or (has_any(said, own["consent"]["policy"]) and not consents)
    if asks or speaks_of_danger(said) or tells_a_price(said) or tells_of_payment(said) or not windows:
        return None
    window = page_in_front(windows[-1])
    layer = card_over(window, look) or window
    inside = {node.box for node in layer.walk()}
    offered = [one for one in controls(look.roots, package) if one.text and one.kind in (Kind.BUTTON, Kind.TAB) and one.node.box in inside]
    others = [one for one in offered if not says_no(found.kind, one.text, one.id) and not is_dangerous(one.text, one.id)]
    plainly = [one for one in others if only_confirms(one.text)]
    return next((some[0] for some in (plainly, others) if len(some) == 1), None)
