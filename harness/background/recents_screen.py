"""The Recents screen: swipe the app away, or clear all, as a user does. What the ROM did then is in the kill reason.

Each ROM draws its own; what they share is a card that tells the app's label, and a button that clears all (ids and
words: harness/roms/roms.toml).
"""

import time
from collections.abc import Callable, Iterable

from harness.errors import ScenarioError
from harness.events.action_kinds import Ending, Purpose
from harness.events.box import centre
from harness.language import _
from harness.parsers.hierarchy import Node
from harness.recording import steps
from harness.roms import FACTS
from harness.session.session import Session

SETTLE_SECONDS = 1.5
"""Between the key and the screen: the animation of a slow phone [PROJECT]."""
SWIPE_MS, SWIPE_PIXELS = 300, 1200


def swipe_away(session: Session) -> None:
    """Swipe the app's card off the Recents screen; raises ScenarioError where no card of it is found."""
    card = _find(_open(session), lambda node: session.app.label in (node.text, node.description))
    if card is None:
        session.press("home")
        raise ScenarioError(_("the Recents screen shows no card with the label {label!r}", label=session.app.label))
    x, y, width, height = card.box
    across, down = str(x + width // 2), y + height // 2
    swipe = ["input", "swipe", across, str(down), across, str(max(down - SWIPE_PIXELS, 1)), str(SWIPE_MS)]
    taken = time.monotonic()
    session.journal.write(steps.Command(command=" ".join(swipe)))
    session.device.shell(swipe)
    session.idle(SETTLE_SECONDS)
    session.press("home")
    if f"cmp={session.app.package}/" in session.read("recents", ["dumpsys", "activity", "recents"]):
        raise ScenarioError(_("the card stayed where it was when it was swiped"))
    session.journal.write(steps.Stop(how=Ending.SWIPE), host=taken)


def clear_all(session: Session, others: Iterable[Session] = ()) -> None:
    """Press the button that clears all; raises ScenarioError where none is found. It ends ``others`` too."""
    button = _find(_open(session), _clears)
    if button is None:
        session.press("home")
        raise ScenarioError(_("the Recents screen shows no button that clears all"))
    taken = session.tap(centre(button.box), Purpose.CLEAR_ALL, button.text or button.description)
    for cleared in (session, *others):
        cleared.journal.write(steps.Stop(how=Ending.CLEAR_ALL), host=taken)
    session.idle(SETTLE_SECONDS)
    session.press("home")


def _open(session: Session) -> tuple[Node, ...]:
    session.press("recent")
    session.idle(SETTLE_SECONDS)
    return session.look().roots


def _clears(node: Node) -> bool:
    said = {node.text.strip(), node.description.strip()}
    return bool(said & {*FACTS["recents"]["words"]}) or node.resource_id.rpartition("/")[2] in FACTS["recents"]["ids"]


def _find(roots: tuple[Node, ...], wanted: Callable[[Node], bool]) -> Node | None:
    return next((node for root in roots for node in root.walk() if node.visible and wanted(node)), None)
