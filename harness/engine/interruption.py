"""Ctrl-C and SIGTERM while a run is recorded: the first ends the driving, the second ends the process at once."""

import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import FrameType

from harness.errors import HarnessError
from harness.language import _, listed, said
from harness.operating_system import STOP_SIGNALS
from harness.restore.ledger import name_words, read_ledger

ENDING = _("interrupted: the phone is put back and the record sealed; press Ctrl-C again to end at once")


class Interruption:
    """What the tester's signals do from ``listen`` to ``stop``; nothing in a thread that is not the main one."""

    def __init__(self, ledger: Path, tell: Callable[[str], None]) -> None:
        """``ledger`` tells a second signal what is left to restore."""
        self._ledger, self._tell = ledger, tell
        self._before: dict[int, object] = {}
        self.number = 0
        """The first signal that came, 0 for none."""
        self.closing = False
        """Whether the run is being closed: then the first signal changes nothing but the words."""

    def listen(self) -> None:
        """Take the signals, but for one that whoever started us ignores."""
        if threading.current_thread() is not threading.main_thread():
            return
        for number in STOP_SIGNALS:
            before = signal.getsignal(number)
            if before not in (signal.SIG_IGN, None):
                self._before[number] = before
                signal.signal(number, self._came)

    def stop(self) -> None:
        """Give the signals back; harmless when that was done."""
        for number, before in self._before.items():
            if signal.getsignal(number) == self._came:
                signal.signal(number, before)  # type: ignore[arg-type] # it came from getsignal
        self._before.clear()

    def check(self) -> None:
        """Raise KeyboardInterrupt where a signal came and the driving goes on all the same.

        What the signal raised is lost where it met a library's bare ``except``: at an import, for one.
        """
        if self.number and not self.closing:
            raise KeyboardInterrupt

    def _came(self, number: int, frame: FrameType | None) -> None:
        if self.number:
            with suppress(OSError):
                os.write(sys.__stderr__.fileno() if sys.__stderr__ is not None else 2, f"apprights: {self._left()}\n".encode())
            os._exit(128 + number)  # nothing else is certain to end now, whatever hangs
        self.number = number
        with suppress(RuntimeError):  # the signal came in the middle of a write to the same stream
            self._tell(ENDING)
        if not self.closing:
            raise KeyboardInterrupt

    def _left(self) -> str:
        """What a process that ends now leaves for ``apprights restore``, on one line."""
        try:
            changes = read_ledger(self._ledger)[1] if self._ledger.exists() else []
        except (HarnessError, OSError):
            return said(_("ended at once: run 'apprights restore'"))
        names = [name_words(change.name) for change in changes if change.ours]
        if not names:
            return said(_("ended at once: nothing is left to restore on the phone"))
        return said(_("ended at once, not put back yet: {names}: run 'apprights restore'", names=listed(names)))
