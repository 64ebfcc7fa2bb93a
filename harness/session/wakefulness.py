"""A screen on which an app can be seen: woken where it sleeps, refused at once where only its owner can unlock it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from harness.device.protocol import Device, ShellResult, perform
from harness.device.screen_wakeup import DISMISS, WAKE, screen_state
from harness.errors import CommandFailed, ScenarioError
from harness.language import _, text_of
from harness.parsers.screen_state import ScreenState
from harness.recording.steps import Command
from harness.restore.ledger import Ledger, setting

if TYPE_CHECKING:
    from harness.session.session import Session

TIMEOUT = "screen_off_timeout"
LIT_MS = 1_800_000
"""How long the screen stays on at least while an app is watched [PROJECT]: the longest that phones offer."""
UNLOCKING_SECONDS = 1.0
"""How long the lock screen takes to slide away [PROJECT]: AOSP's animation is 0.3 s."""


def need_unlocked(device: Device) -> None:
    """Raise ScenarioError where it takes a person to unlock the phone; before anything of a run exists.

    A screen that is off may lock itself only when it is lit, so such a one is lit first.
    """
    state = screen_state(device)
    if state.secure and state.awake is False:
        device.shell(list(WAKE))
        state = screen_state(device)
    _refuse(device, state)


def wake(session: Session) -> None:
    """Light the screen and slide an open lock away, each an act of ours.

    Raises ScenarioError for a lock with a secret. Nothing of it is to be undone: the screen goes off by itself.
    """
    state = screen_state(session.device)
    if state.awake is False:
        _do(session, WAKE)
        state = screen_state(session.device)
    _refuse(session.device, state)
    if state.locked:
        _do(session, DISMISS)
        session.idle(UNLOCKING_SECONDS)
        state = screen_state(session.device)
        if state.locked:
            raise ScenarioError(
                _("the lock screen of {serial} does not go away: unlock the phone and check again", serial=session.device.serial)
            )


@contextmanager
def kept_lit(session: Session) -> Iterator[None]:
    """A block in which the screen does not go off by itself: a watch is longer than most phones leave it on.

    How long it stays on is in the ledger, and as before at the end. A phone that refuses it is lit again when it went
    dark.
    """
    device = session.device
    before = setting(device, "screen timeout", TIMEOUT, table="system")
    if not before.right.isdecimal() or int(before.right) >= LIT_MS:
        yield
        return
    with Ledger(device, partial(_performed, session)).kept(before):
        try:
            _performed(session, ("settings", "put", "system", TIMEOUT, str(LIT_MS)))
        except CommandFailed as error:
            session.note(text_of(error))
        yield


def light_again(session: Session) -> bool:
    """Light a screen that went dark while an app was to be seen on it; True if it was dark.

    Raises ScenarioError for a lock with a secret.
    """
    state = screen_state(session.device)
    if state.awake is not False and not state.locked:
        return False
    session.screen.lose(_("the screen was dark or locked"))  # a lock screen has a tree of its own
    session.note(_("the screen went dark in the middle of the check, and was lit again"))
    wake(session)
    return True


def _do(session: Session, command: tuple[str, ...]) -> None:
    session.journal.write(Command(command=" ".join(command)))
    session.device.shell(list(command))
    session.screen.forget()


def _performed(session: Session, command: Sequence[str]) -> ShellResult:
    """Run a command that must succeed, as an act of ours; raises CommandFailed."""
    session.journal.write(Command(command=" ".join(command)))
    return perform(session.device, command)


def _refuse(device: Device, state: ScreenState) -> None:
    if state.locked and state.secure:
        raise ScenarioError(
            _("{serial} is locked: unlock it, keep its screen on (developer options, Stay awake), and check again", serial=device.serial)
        )
