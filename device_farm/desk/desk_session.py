"""A night on the desk from end to end: the phones, the coordinator, what Ctrl-C does, and the exit code."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text as Line
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from device_farm.desk.coordinator import Coordinator
from device_farm.desk.executor import Executor, run_jobs
from device_farm.desk.unit_wording import within
from device_farm.execution.run_unit import seal_interrupted
from device_farm.night.night_plan import groups, keep
from device_farm.store.database import Store
from device_farm.store.models import App, Refusal, Result, Unit
from device_farm.store.reviews import dismissed
from device_farm.units.unit import UnitState
from harness import console
from harness.commands.progress import Shown
from harness.events.findings import Outcome
from harness.language import Text, _, said
from harness.operating_system import STOP_SIGNALS
from harness.session.run_progress import clock_words
from harness.verdicts.customisations import suppression_for

if TYPE_CHECKING:
    from device_farm.desk.phone_pool import DeskPhonePool

VIOLATED, UNDECIDED = 1, 3


@dataclass(slots=True)
class Heard:
    """The signal that came, 0 for none."""

    number: int = 0


def run_desk(store: Store, pool: DeskPhonePool, runs: Path) -> int:
    """Work until nothing is left to do; the signal that ended it before, 0 for none."""
    runs.mkdir(parents=True, exist_ok=True)
    worker, doing = f"desk:{os.getpid()}@{socket.gethostname()}", partial(run_jobs, found=partial(keep, store))
    coordinator = Coordinator(store, pool, doing, runs, worker, groups=groups)
    display = Display(coordinator)
    coordinator.told = display.tell
    with _hearing(coordinator, display) as heard, display:
        seal_interrupted(store)
        coordinator.run()
        seal_interrupted(store)  # of a process that was still about to end when we began
    if coordinator.held_up is not None:
        display.tell(coordinator.held_up)
    return heard.number


@contextmanager
def _hearing(coordinator: Coordinator, display: Display) -> Iterator[Heard]:
    """A block in which the first signal ends the night in good order, and a second one at once.

    What runs then puts its phone back and seals by itself: it notices that its owner is gone.
    """
    heard = Heard()

    def came(number: int, frame: FrameType | None) -> None:
        if heard.number:
            os._exit(128 + number)
        heard.number = number
        display.tell(_("interrupted: phones are put back and records sealed; press Ctrl-C again to end at once"))
        coordinator.stop()

    before = {number: signal.signal(number, came) for number in STOP_SIGNALS if signal.getsignal(number) is not signal.SIG_IGN}
    try:
        yield heard
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def exit_code(session: Session, *, strict: bool, campaign: int | None = None) -> int:
    """Of a campaign, or of all: 1 a violation, 3 something is open, could not be tested or decided, else 0.

    What the tester's own config suppresses is no violation here, as in the exit code of a check.
    """
    mine, refused = within(campaign)
    found = set(session.scalars(select(Result.outcome).join(Unit, Unit.id == Result.unit_id).where(mine).distinct()))
    wanted = (Outcome.VIOLATION, Outcome.SUSPECTED) if strict else (Outcome.VIOLATION,)
    if any(_failing(session, outcome, mine) for outcome in wanted if outcome in found):
        return VIOLATED
    undone = session.execute(select(func.count()).select_from(Unit).where(mine, Unit.state != UnitState.DONE)).scalar_one()
    undone += session.execute(select(func.count()).select_from(Refusal).where(refused)).scalar_one()
    unsure = Unit.outcome.in_((Outcome.INCONCLUSIVE.value, Outcome.NOT_EXERCISED.value))
    undecided = session.execute(select(func.count()).select_from(Unit).where(mine, Unit.state == UnitState.DONE, unsure)).scalar_one()
    return UNDECIDED if undone or undecided or Outcome.INCONCLUSIVE.value in found else 0


def _failing(session: Session, outcome: Outcome, mine: ColumnElement[bool]) -> bool:
    """Whether a rule came out so of an app for which it is not suppressed, and which no person rejected."""
    rules = select(App.package, Result.rule, Result.unit_id).join(Unit, Unit.id == Result.unit_id).join(App, App.id == Unit.app_id)
    found = session.execute(rules.where(mine, Result.outcome == outcome))
    rejected = dismissed(session)
    return any((unit, rule) not in rejected and suppression_for(package, rule, outcome) is None for package, rule, unit in found)


QUIET_SECONDS = 60.0
"""Where there is no terminal, nobody waits longer than this without a line."""


class Display(Shown):
    """The progress of a coordinator, for the length of a block."""

    def __init__(self, coordinator: Coordinator) -> None:
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
