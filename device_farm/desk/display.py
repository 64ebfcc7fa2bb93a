"""Show the progress of a desk: its phones as live rows on a terminal, one line a unit elsewhere."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text as Line

from device_farm.units.unit import UnitState
from harness import console
from harness.commands.progress import Shown
from harness.language import _, said
from harness.session.run_progress import clock_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from device_farm.desk.coordinator import Coordinator
    from device_farm.desk.executor import Executor
    from harness.language import Text

QUIET_SECONDS = 60.0
"""Where there is no terminal, nobody waits longer than this without a line."""


class Display(Shown):
    """The progress of a coordinator, for the length of a block."""

    def __init__(self, coordinator: Coordinator) -> None:
        """Nothing is shown before the block begins."""
        super().__init__(self._rows, lambda: [said(self._whole())], QUIET_SECONDS)
        self._of = coordinator

    def tell(self, text: Text) -> None:
        """A line that stays."""
        console.progress(said(text))

    def _rows(self) -> RenderableType:
        """A row a phone, and the whole below."""
        grid = Table.grid(padding=(0, 2))
        for executor in self._of.pool.executors():
            grid.add_row(*(Line(console.printable(cell), style="dim" if not executor.tries else "") for cell in _cells(executor)))
        grid.add_row(Line(console.printable(said(self._whole())), style="bold"))
        return grid

    def _whole(self) -> Text:
        """Return how many units are done, how many are left, and the estimated end."""
        of = self._of
        done = sum(number for state, number in of.left.items() if state in _ENDED)
        total = sum(of.left.values())
        values = {"done": done, "total": total, "busy": len([executor for executor in of.pool.executors() if executor.tries])}
        if of.held_up is not None:
            return _("{done}/{total} done; nothing is begun: {why}", **values, why=of.held_up)
        if not of.ended or done >= total:
            return _("{done}/{total} done, {busy} phones at work", **values)
        phones = max(1, len([executor for executor in of.pool.executors() if executor.here]))
        seconds = of.seconds / of.ended * (total - done) / phones
        return _("{done}/{total} done, {busy} phones at work, {time} left by the pace until now", **values, time=clock_words(seconds))


def _cells(executor: Executor) -> Iterator[str]:
    """The phone, its app, what is done, for how long."""
    yield executor.phone.address
    if not executor.busy:
        yield said(_("idle")) if executor.here else said(_("not here"))
        return
    yield said(executor.app)
    yield said(executor.doing)
    yield clock_words(time.monotonic() - executor.since)


_ENDED = (UnitState.DONE, UnitState.GIVEN_UP, UnitState.QUARANTINED, UnitState.CANCELLED)
