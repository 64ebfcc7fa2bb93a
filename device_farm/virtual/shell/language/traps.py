"""The signals of a shell: the actions that ``trap`` set, and the signals that wait for the command to end."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TypeVar

from device_farm.virtual.shell.process_table import NAMES, SIGNALS, signal_number

EXIT = "EXIT"
_Result = TypeVar("_Result")


class Signalled(Exception):
    """A signal with an action came while a builtin waited; ``status`` is what the builtin returns then."""

    def __init__(self, status: int) -> None:
        """Return ``status`` from the builtin."""
        super().__init__(status)
        self.status = status


class Traps:
    """The actions of one shell."""

    def __init__(self) -> None:
        """Start without any."""
        self.actions: dict[str, str] = {}
        self.pending: deque[str] = deque()
        self._arrived = asyncio.Event()

    @staticmethod
    def name(text: str) -> str | None:
        """Name that ``trap`` prints for ``HUP``, ``SIGHUP``, ``1``, ``EXIT`` or ``0``; None for what is no signal."""
        number = 0 if text.upper() == EXIT else signal_number(text)
        return None if number is None else EXIT if number == 0 else NAMES[number]

    def signal(self, number: int) -> bool:
        """Take a signal; False where no action is set for it. An empty action ignores it."""
        action = self.actions.get(NAMES.get(number, ""))
        if action:
            self.pending.append(NAMES[number])
            self._arrived.set()
        return action is not None

    async def interruptible(self, work: asyncio.Future[_Result]) -> _Result:
        """Wait for ``work``; raises Signalled when a signal with an action comes first."""
        self._arrived.clear()
        arrival = asyncio.ensure_future(self._arrived.wait())
        either: set[asyncio.Future[object]] = {work, arrival}  # type: ignore[arg-type]  # Future is invariant
        try:
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
            if not work.done():
                raise Signalled(128 + SIGNALS.get(self.pending[0], 0) if self.pending else 128)
            return work.result()
        finally:
            arrival.cancel()
            work.cancel()

    def listing(self) -> str:
        """Print as ``trap`` without arguments does."""
        order = [EXIT, *SIGNALS]
        return "".join(
            "trap -- '{}' {}\n".format(self.actions[name].replace("'", "'\\''"), name) for name in sorted(self.actions, key=order.index)
        )
