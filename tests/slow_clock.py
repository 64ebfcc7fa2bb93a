"""A clock on which no check in this process is late because the host is busy."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest


@contextmanager
def slow_clock() -> Iterator[None]:
    """Check and device, both in this process, have a clock on which the computer is ten times as fast as it is.

    Or what a device does in a minute would be over before a computer with much to do has looked twice. What the device
    itself waits for (a swipe, a page on its way) goes by at once.
    """
    real = time.monotonic
    began, waited = real(), 0.0

    def monotonic() -> float:
        return began + (real() - began) / 10 + waited

    async def elapse(self: Any, seconds: float) -> None:
        nonlocal waited
        waited += max(0.0, seconds)
        await asyncio.sleep(0)  # others are served meanwhile
        self.catch_up()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(time, "monotonic", monotonic)
        patch.setattr("device_farm.virtual.kernel.device_clock.DeviceClock.elapse", elapse)  # no import: it reaches all
        yield
