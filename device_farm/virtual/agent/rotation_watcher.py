"""``com.example.rotationwatcher.Main``: tells airtest how the screen is turned, a line of degrees at each turn.

Source: airtest/core/android/rotation.py, which starts RotationWatcher.jar (openstf/RotationWatcher.apk) and reads it.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from device_farm.virtual.shell.call import Call

MAIN = "com.example.rotationwatcher.Main"
_POLL_SECONDS = 0.2


async def run(call: Call, words: list[str]) -> int:
    """Print the degrees now, and again whenever they are others, until the stream ends."""
    if words:
        return await call.not_modelled()
    told: int | None = None
    while True:
        degrees = call.device.system.display.rotation * 90
        if degrees != told:
            await call.print(str(degrees))
            told = degrees
        await asyncio.sleep(_POLL_SECONDS)
