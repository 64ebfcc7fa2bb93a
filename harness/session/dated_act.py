"""An act of ours and its date: the journal has it before it is done, and how long that took where it took long."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from harness.recording import steps

if TYPE_CHECKING:
    from harness.session.session import Session

SLOW_SECONDS = 2.0
"""How long an act may take from its date to the phone's answer [PROJECT]: a touch takes 0.1 s, a swipe 0.3 s, and Back
waits up to 1 s for the window to change (uiautomator's InteractionController, KEY_PRESS_EVENT_TIMEOUT)."""


@contextmanager
def dated_act(session: Session, *told: steps.Step) -> Iterator[float]:
    """Do what is ``told``: each step is on the disk before, with the one host time that this gives.

    Disk, computer, cable or phone may stand still before the act comes to the app. After SLOW_SECONDS a step says so:
    the act was done at some time between its date and that step.
    """
    taken = time.monotonic()
    for step in told:
        session.journal.write(step, host=taken)
    session.screen.forget()
    try:
        yield taken
    finally:
        if time.monotonic() - taken > SLOW_SECONDS:
            session.journal.write(steps.Slow(of_host=round(taken, 6)))
