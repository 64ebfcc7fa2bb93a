"""Report once when the store becomes unavailable, and once when it answers again."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness.language import _, said

if TYPE_CHECKING:
    from collections.abc import Callable

    from device_farm.store.database import StoreError

LONG_SECONDS = 60.0
"""A phone's worker speaks of an outage that lasts longer [PROJECT]: the agent of its host did at once."""


@dataclass(slots=True)
class StoreAvailability:
    """The availability of the store to one process; an outage is reported once it lasted ``after`` seconds."""

    told: Callable[[str], None]
    after: float = 0.0
    _since: float | None = None
    _said: bool = False

    def away(self, error: StoreError) -> None:
        """Note that the store could not be used."""
        at = time.monotonic()
        if self._since is None:
            self._since = at
        if not self._said and at - self._since >= self.after:
            self._said = True
            self.told(said(_("{reason}: it is asked again until it answers", reason=error)))

    def back(self) -> None:
        """Note that the store answered."""
        if self._said and self._since is not None:
            self.told(said(_("the store answers again, after {seconds} s", seconds=round(time.monotonic() - self._since))))
        self._since, self._said = None, False
