"""What stands between a yes and a no: a try that says nothing, and a change that takes its time."""

import time
from collections.abc import Callable

from harness.language import Text

SECONDS = 5.0
"""How long what was done may take to show [PROJECT]; each look is a round trip."""


class CannotTell(Exception):
    """The phone is in a state in which an ability cannot be tried: ``args[0]`` says why, a Text."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason)
        self.reason = reason


def wait_for(true: Callable[[], bool], seconds: float = SECONDS) -> bool:
    """Ask until it is true, ``seconds`` of this computer at most; the last time after they are over."""
    deadline, over = time.monotonic() + seconds, False
    while not (found := true()) and not over:
        over = time.monotonic() >= deadline
    return found
