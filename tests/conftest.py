"""For all tests: what the checks in them must restore is kept apart from the user's own phones."""

from __future__ import annotations

import asyncio
import os
import signal
import tempfile
import time
from collections.abc import Iterator
from typing import Any

import pytest

from harness import language

_state = tempfile.TemporaryDirectory(prefix="apprights-state-")
os.environ["APPRIGHTS_STATE"] = _state.name

os.environ["OPENCV_FFMPEG_LOGLEVEL"] = "-8"  # as harness/recording/film_file sets it: the first film that a process opens decides

os.environ.pop("COLUMNS", None)  # GNU readline, which pytest loads, gives it to every worker: it would ask for a width

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # a shell's background: no child would hear a Ctrl-C that a test sends
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    """The command line, called in the process that tests, chooses a language and may end deaf to Ctrl-C."""
    spoken, handler = language.chosen(), signal.getsignal(signal.SIGINT)
    yield
    language.choose(spoken)
    if signal.getsignal(signal.SIGINT) is not handler:
        signal.signal(signal.SIGINT, handler)


@pytest.fixture(scope="module")
def slow_time() -> Iterator[None]:
    """Check and device, both in this process, have a clock on which the computer is ten times as fast as it is.

    Or what a device does in a minute would be over before a computer with much to do has looked twice. What the device
    itself waits for (a swipe, a page on its way) goes by at once.
    """
    real = time.monotonic
    began, waited = real(), 0.0

    def monotonic() -> float:
        return began + (real() - began) / 10 + waited

    async def pass_time(self: Any, milliseconds: float) -> None:
        nonlocal waited
        waited += max(0.0, milliseconds) / 1000
        await asyncio.sleep(0)  # others are served meanwhile
        self.device.clock.catch_up()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(time, "monotonic", monotonic)
        patch.setattr("device_farm.virtual.agent.uiautomator2_server.Server.pass_time", pass_time)  # no import: it reaches all
        yield
