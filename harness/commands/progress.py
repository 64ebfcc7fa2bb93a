"""The progress of a check on standard error: a row drawn again on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Self

from rich.live import Live
from rich.text import Text as Line

from harness import console
from harness.language import said
from harness.session.run_progress import ProgressText, RunProgress, time_words

if TYPE_CHECKING:
    from rich.console import RenderableType

QUIET_SECONDS = 15.0
"""Where there is no terminal, nobody waits longer than this without a line."""


class Shown:
    """What goes on, for the length of a block: drawn four times a second on a terminal, else told now and then.

    ``drawn`` gives it for a terminal and ``told`` in lines, as it is now; they are called from another thread.
    """

    def __init__(self, drawn: Callable[[], RenderableType], told: Callable[[], Sequence[str]], seconds: float) -> None:
        """Nothing is shown before the block begins; without a terminal a line comes every so many ``seconds``."""
        self._drawn, self._told, self._seconds = drawn, told, seconds
        self._end = threading.Event()
        self._last = time.monotonic()
        self._thread: threading.Thread | None = None
        self._live: Live | None = None

    def __enter__(self) -> Self:
        if console.err.is_terminal and not console.err.is_dumb_terminal:
            self._live = Live(console=console.err, get_renderable=self._drawn, transient=True, redirect_stdout=False, redirect_stderr=False)
            self._live.start()
        else:
            self._thread = threading.Thread(target=self._tell_now_and_then, name="progress", daemon=True)
            self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._end.set()
        if self._thread is not None:
            self._thread.join()
        if self._live is not None:
            self._live.stop()

    def _tell_now_and_then(self) -> None:
        while not self._end.wait(max(0.0, self._last + self._seconds - time.monotonic())):
            if time.monotonic() < self._last + self._seconds:
                continue  # another line came meanwhile
            self.spoke()
            for line in self._told():
                console.progress(line)

    def spoke(self) -> None:
        """A line was told just now: the next one may wait."""
        self._last = time.monotonic()


class Rows(Shown):
    """A few rows that tell what goes on; ``rows`` gives them as they are now."""

    def __init__(self, rows: Callable[[], Sequence[str]]) -> None:
        super().__init__(self._lines, rows, QUIET_SECONDS)

    def _lines(self) -> Line:
        rows = [Line(console.printable(row), style="dim") for row in self._told()]
        width = console.err.width
        return Line("\n").join(part for row in rows for part in row.divide(console.breaks(row.plain, width)))


class Progress:
    """What a command gives a check as its ``progress``: each stage is a row that goes on, any other text a line."""

    def __init__(self) -> None:
        self._course: RunProgress | None = None
        self._rows = Rows(self._now)
        self._shown = False

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._shown:
            self._rows.__exit__(kind, error, trace)

    def __call__(self, text: str) -> None:
        if not isinstance(text, ProgressText):
            console.progress(said(text))
            return
        self._course = text.run_progress
        if not self._shown:
            self._shown = True
            self._rows.__enter__()
        if not console.err.is_terminal or console.err.is_dumb_terminal:
            self._rows.spoke()
            console.progress(*self._now())

    def _now(self) -> list[str]:
        return [" · ".join([said(self._course.words()), *time_words(self._course)])] if self._course is not None else []
