"""The person at the phone: how they say that they are done, and the pages that only they can pass."""

from __future__ import annotations

import signal
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType


@contextmanager
def said_done() -> Iterator[threading.Event]:
    """An event that is set by Enter, by the end of standard input, or by the first Ctrl-C; a second Ctrl-C interrupts."""
    done = threading.Event()

    def read() -> None:
        sys.stdin.readline()
        done.set()

    def interrupted(number: int, frame: FrameType | None) -> None:
        if done.is_set():
            raise KeyboardInterrupt
        done.set()

    threading.Thread(target=read, daemon=True, name="person").start()
    before = signal.signal(signal.SIGINT, interrupted)
    try:
        yield done
    finally:
        signal.signal(signal.SIGINT, before)
