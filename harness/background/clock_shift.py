"""Clock shift: the device's wall clock moved ahead for the length of a block, and back whatever happens.

Network time and the network's zone are switched off meanwhile, or Android would put the clock right by itself
(Settings.Global.AUTO_TIME, AUTO_TIME_ZONE). Uptime, elapsedRealtime, the time of servers and NTP do not move with it.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial

from harness.background.stimuli import ledger, run_command
from harness.errors import CommandFailed, HarnessError
from harness.language import _
from harness.recording import steps
from harness.restore.ledger import Change, setting
from harness.restore.wall_clock import ClockRefused, WallClock, read_wall_clock, set_wall_clock
from harness.roms import with_advice
from harness.session.session import Session

AUTOMATIC = {"automatic time": "auto_time", "automatic time zone": "auto_time_zone"}


@dataclass(slots=True)
class MovableClock:
    """The wall clock of a session's device, which stood as ``before`` says."""

    session: Session
    before: WallClock

    def wall(self) -> float:
        """What the clock would say now had it not been moved, in seconds since 1970 UTC."""
        return self.session.uptime() + self.before.offset

    def move(self, seconds: float) -> None:
        """Have the clock stand ``seconds`` ahead of where it stood; raises ClockRefused."""
        session = self.session
        session.probe()
        _watched(session)
        set_wall_clock(session.device, self.before.ahead(seconds), partial(run_command, session))
        session.probe()
        _moved(session, seconds)
        _watched(session, moved=True)


@contextmanager
def movable_clock(session: Session) -> Iterator[MovableClock]:
    """A block in which the device's clock may be moved.

    Raises ClockRefused where network time cannot be switched off.
    """
    kept = ledger(session)
    before = read_wall_clock(session.device)
    with ExitStack() as stack:
        stack.callback(_back, session)
        for name, key in AUTOMATIC.items():
            change = setting(session.device, name, key)
            stack.enter_context(kept.kept(change))
            if change.right != "0":
                _switch_off(session, key)
        stack.enter_context(kept.kept(Change("wall clock", clock=before)))
        yield MovableClock(session, before)
        session.probe()
        _watched(session)


def _switch_off(session: Session, key: str) -> None:
    try:
        run_command(session, ["settings", "put", "global", key, "0"])
    except CommandFailed as refused:
        raise ClockRefused(
            _("network time cannot be switched off: {answer}", answer=with_advice(" ".join(refused.output.split())))
        ) from None


def _back(session: Session) -> None:
    """Note where the clock stands after the block; a device that was lost is put right at its next connect."""
    with suppress(HarnessError):
        session.probe()
        _moved(session, 0.0)


def _watched(session: Session, *, moved: bool = False) -> None:
    """Have the ledger know when the clock showed what: what the app loads bears that time."""
    if session.deliveries is not None:
        session.deliveries.watched(moved=moved)


def _moved(session: Session, seconds: float) -> None:
    session.shift = seconds
    session.journal.write(steps.ClockShifted(seconds=round(seconds, 3)))
