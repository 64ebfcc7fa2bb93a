"""Watch: let device time pass, say no to everything the app may be refused, and see what it does next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness.events import DialogKind
from harness.session import STEP_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from harness.dialogs.matcher import Dialog
    from harness.handset import Look
    from harness.session import Session

AFTER_LAST_DENIAL = 10.0
"""Seconds still watched once the last allowed denial was made: the time in which an exit counts."""


@dataclass(slots=True)
class Watch:
    """One watch of a session: how many denials were made, and whether the app was seen to leave."""

    session: Session
    seconds: float
    most_denials: int = 5
    denials: int = 0
    until: Callable[[Dialog], bool] = lambda dialog: False

    def run(self) -> Dialog | None:
        """Watch until ``seconds`` of device time have passed since the last denial; deny ``most_denials`` at most.

        A dialog for which ``until`` is true is left unanswered and returned at once; None when there was none.
        """
        session = self.session
        deadline = session.uptime() + self.seconds
        away = False
        while session.uptime() < deadline:
            look = session.look()
            if look.dialog is not None and self.until(look.dialog):
                return look.dialog
            if self.denials < self.most_denials and self._answer(look):
                deadline = session.uptime() + (
                    self.seconds if self.denials < self.most_denials else min(self.seconds, AFTER_LAST_DENIAL)
                )
                continue
            left = bool(look.roots) and not look.shows((session.app.package, *session.app.grant_packages))
            if left and not away:
                session.picture("app-left")
            away = left
            session.idle(STEP_SECONDS)
        session.look()
        session.picture("end-of-watch")
        session.read_state()
        return None

    def _answer(self, look: Look) -> bool:
        """Answer what the screen asks; True when it was an ask that we refused."""
        session, dialog = self.session, look.dialog
        if dialog is None:
            if look.shows(session.app.settings_packages) and not look.shows((session.app.package,)):
                session.leave_settings()
                self.denials += 1
                return True
            return False
        if dialog.kind is DialogKind.CONSENT:
            session.answer_consent(dialog)
            return False
        if dialog.kind is DialogKind.PERMISSION:
            refused = session.deny(dialog)
        elif dialog.kind in (DialogKind.RATIONALE, DialogKind.SETTINGS_GUIDE):
            session.close_own(dialog)
            refused = True
        else:
            return False
        self.denials += refused
        return refused
