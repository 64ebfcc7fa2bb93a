"""The log lines of an idle phone: a few lines of its daemons, over and over.

A client that follows the log is never kept waiting on a phone (adbutils ends a recording at the next line it reads), so
it must not be here. The lines are the ROM's data. While device time skips ahead the phone lies still and sleeps: then
they are rare, so that a day of ``idle`` costs no more than the alarms in it.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from device_farm.virtual.device import VirtualDevice

AWAKE_SECONDS, ASLEEP_SECONDS = 1.0, 60.0  # device time between two lines


class DaemonLines:
    """The daemons of one device; ``start`` once a boot, a reboot ends it with every other timer."""

    def __init__(self, device: VirtualDevice) -> None:
        """Write to ``device.logs`` what the ROM's data lists, in that order, again and again."""
        self._device = device
        self._lines: Iterator[dict[str, Any]] = itertools.cycle(device.rom.data["quiet_life"].unread()["lines"])

    def start(self) -> None:
        """Write the first line after the first pause."""
        clock = self._device.clock
        pause = ASLEEP_SECONDS if clock.ahead > ASLEEP_SECONDS else AWAKE_SECONDS
        clock.call_later(pause, self._write)

    def _write(self) -> None:
        line = next(self._lines)
        self._device.logs.write(line["buffer"], line["priority"], line["tag"], line["text"], pid=line["pid"], uid=line["uid"])
        self.start()
