"""The time to the next look, so that a page which never rests is looked at no more often than before.

A look costs a phone a third of a second. An app at rest changes in bursts: a page comes, a dialog, its animation. A
video or a countdown changes all the time.
"""

from dataclasses import dataclass

STEP_SECONDS = 0.5
"""How often the screen is looked at while it does not rest [PROJECT]: a person needs longer to see and answer a
dialog."""
BURST = 6.0
"""Changes one after the other that are all looked at [PROJECT]: a new page, its dialog and what their animations
change."""


@dataclass(slots=True)
class PollingInterval:
    """Counts the changes that were looked at early; each step of device time allows one more, BURST at most."""

    _left: float = BURST
    _at: float = float("-inf")

    def restless(self, uptime: float, step: float = STEP_SECONDS) -> bool:
        """Whether so many changes came that the next one is not worth a look of its own."""
        self._left = min(BURST, self._left + max(0.0, uptime - self._at) / step)
        self._at = uptime
        return self._left < 1.0

    def spend(self, uptime: float, step: float = STEP_SECONDS) -> None:
        """A change is looked at."""
        self.restless(uptime, step)
        self._left = max(0.0, self._left - 1.0)
