"""Watch a person: they use the phone, and what they do is on record as the tester's acts; we press nothing.

A touch is understood by the last look before it: an answer to a dialog, or the use of what lies under the finger.
"""

import threading
import time
from collections import deque
from collections.abc import Callable

from harness.dialogs.dialog_buttons import Button
from harness.dialogs.matcher import DENIAL_ROLES, Dialog
from harness.events import DialogKind
from harness.events.action_kinds import ClosedBy, Purpose
from harness.events.box import contains
from harness.pages.identity import describe
from harness.pages.look import Look
from harness.parsers.hierarchy import Node
from harness.recording import steps
from harness.session.polling_interval import STEP_SECONDS
from harness.session.session import Session
from harness.session.touches import Gesture, Touches

LOOKS = 20
"""How many looks are remembered: a touch is told a second or two after it was made at most."""
ALLOWS = ("allow", "foreground", "one_time")


class PersonWatch:
    """Watches a person until they say that they are done."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._looks: deque[tuple[float, Look]] = deque(maxlen=LOOKS)

    def run(self, done: threading.Event, until: Callable[[Look], bool] = lambda look: False) -> None:
        """Look and listen until ``done`` is set, or ``until`` is true of a look. A person's time is the host's."""
        session = self._session
        with Touches(session.device, session.folder.path) as touches:
            while True:
                look = session.screen.look()  # what lies over the app is the person's to close
                self._looks.append((time.monotonic(), look))
                if until(look) or done.wait(STEP_SECONDS):
                    break
                for gesture in touches.taken():
                    self._note(gesture)
        for gesture in touches.taken():
            self._note(gesture)
        if touches.problem:
            session.note(touches.problem, problem=True)

    def _note(self, gesture: Gesture) -> None:
        session = self._session
        if gesture.key:
            session.journal.write(steps.Key(key=gesture.key, purpose=Purpose.PERSON), host=gesture.host)
        elif gesture.moved:
            session.journal.write(steps.Swipe(start=gesture.start, end=gesture.end, purpose=Purpose.PERSON), host=gesture.host)
        else:
            look = self._before(gesture.host)
            button = _at(look.dialog, gesture.start) if look.dialog is not None else None
            if look.dialog is not None and button is not None:
                self._answered(look.dialog, button, gesture)
            else:
                self._used(look, gesture)

    def _before(self, host: float) -> Look:
        """The last look before a moment."""
        earlier = [look for at, look in self._looks if at <= host]
        return earlier[-1] if earlier else Look()

    def _answered(self, dialog: Dialog, button: Button, gesture: Gesture) -> None:
        session, host, point = self._session, gesture.host, gesture.start
        if dialog.kind is DialogKind.PERMISSION:
            session.touched(host, point, Purpose.DENY if button.role in DENIAL_ROLES else Purpose.ALLOW, button.text)
            if button.role in DENIAL_ROLES:
                session.answers.denied(dialog, button, host)
            elif button.role in ALLOWS:
                session.journal.write(steps.Granted(group=dialog.group, button=button.text), host=host)
        elif dialog.kind is DialogKind.CONSENT and button.role in ("accept", "refuse"):
            given = button.role == "accept"
            session.touched(host, point, Purpose.CONSENT_ACCEPT if given else Purpose.CONSENT_REFUSE, button.text)
            session.journal.write(
                steps.Consent(what=steps.ConsentAnswer.GIVEN if given else steps.ConsentAnswer.REFUSED, button=button.text), host=host
            )
        elif button.role == "positive":
            session.touched(host, point, Purpose.EXPLANATION, button.text)
        else:
            session.touched(host, point, Purpose.CLOSE, button.text)
            session.answers.closed(host, dialog, button.text, ClosedBy.CONTROL)

    def _used(self, look: Look, gesture: Gesture) -> None:
        """What lies under the finger was used; a page without a tree gives but the place."""
        node = _under(look, gesture.start)
        page = describe(look.roots, self._session.app.package) if look.roots else None
        text = (node.text or node.description) if node is not None else ""
        name = text or (node.short_id if node is not None else "") or f"({gesture.start[0]}, {gesture.start[1]})"
        short_id = node.short_id if node is not None else ""
        screen = page.screen if page is not None else ""
        self._session.journal.write(steps.Function(text=text or name, id=short_id, screen=screen), host=gesture.host)
        self._session.touched(gesture.host, gesture.start, Purpose.FUNCTION, name)


def _at(dialog: Dialog, point: tuple[int, int]) -> Button | None:
    inside = [button for button in dialog.buttons if contains(button.box, point)]
    return inside[0] if inside else None


def _under(look: Look, point: tuple[int, int]) -> Node | None:
    """The smallest view under a point that can be pressed."""
    nodes = [node for root in look.roots for node in root.walk() if node.visible and node.pressable and contains(node.box, point)]
    return min(nodes, key=lambda node: node.area, default=None)
