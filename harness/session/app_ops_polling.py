"""The phone's record of what the app reads, asked for while the app is watched: it keeps the last access only."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from harness.device.protocol import SLOW_POLL_SECONDS
from harness.device.standing_shell import StandingShell
from harness.errors import FormatError
from harness.events.personal_data import DATA_OF
from harness.parsers.appops import NotedAppOp, app_ops
from harness.recording import steps
from harness.recording.clock_map import idle, wait_for_change

if TYPE_CHECKING:
    from harness.session.session import Session

READING = "app-ops"
SENSORS, RECEIVERS = "sensor-registrations", "registered-receivers"
OFTEN, SELDOM = 1.0, 5.0
"""Seconds between two readings, at first and then [PROJECT]: one takes a phone some 30 ms, so the app is hardly slowed
down, and a read every 2 s is seen each time while it matters most."""
OFTEN_FOR = 30.0
"""How long after a start or an answer of ours it is read often [PROJECT]: what SDKs do at a start falls into it. And as
long as something was read in the last ``SELDOM`` seconds: only what comes more often than that can be missed. What
comes at even times is asked for once between two of them, which costs a phone half as much at 2 s: 1.5 %. Less would
see less, for a phone keeps one access of each state."""
EVEN, EVEN_TIMES = 0.1, 6
LATE, BETWEEN = 1.25, 1.75
"""Times between reads are even when so many in a row differ by no more than such a share. A read is late after so many
of them; the next but one overwrites it, so it is asked for between the two [PROJECT]."""
_EARLY = 0.05
"""A phone that waited less than it was told to, by so many seconds, saw something."""
_UNKNOWN_OPTION = "Unknown option"


@dataclass(slots=True)
class AppOpsPolling:
    """Reads the app ops of the app of one session from ``start`` to ``stop``, in between what else takes time.

    By one shell that stays, so that a reading costs no connection of its own.
    """

    _session: Session
    _by_dump: bool = True  # 8.1 has no --package: cmd appops get tells the same of one package (AppOpsService.java)
    _since: float = 0.0
    _due: float = field(default=float("inf"))
    _shell: StandingShell | None = None
    _pace: Pace = field(default_factory=lambda: Pace())

    @property
    def on(self) -> bool:
        """Whether the app is watched."""
        return self._due != float("inf")

    def start(self) -> None:
        """The app is watched from now on; what it read before is known by this reading."""
        self._since = self._session.uptime()
        self._read()

    def again(self) -> None:
        """Something begins that may make the app read, where it is watched: read now, and often for a while."""
        if self.on:
            self.start()

    def stop(self) -> None:
        """Nobody watches the app any more: read for the last time."""
        if self.on:
            self._read()
            self._due = float("inf")
        self.close()

    def close(self) -> None:
        """End the shell that reads; the next reading opens another."""
        if self._shell is not None:
            self._shell.close()

    def read(self) -> None:
        """Read now, where the app is watched."""
        if self.on:
            self._read()

    def read_listeners(self) -> None:
        """Read who listens to the phone's motion and to what is installed, where the app is watched."""
        if self.on:
            package = self._session.app.package
            self._session.read_all((SENSORS, ["dumpsys", "sensorservice"]), (RECEIVERS, ["dumpsys", "activity", "broadcasts", package]))

    def idle(self, seconds: float) -> None:
        """Let device time pass."""
        deadline = self._session.uptime() + seconds
        while True:
            left, part = self._next(deadline)
            self._session.remember(idle(self._session.device, part))
            if part >= left:
                return

    def wait_for_change(self, seconds: float, *, windows_only: bool) -> bool:
        """Let device time pass until the screen may show something new, ``seconds`` at most; False if certainly not."""
        session, began = self._session, time.monotonic()
        deadline, wake = session.uptime() + seconds, session.foreground.stirred
        while True:
            left, part = self._next(deadline)
            asked = time.monotonic()
            changed, taken = wait_for_change(session.device, part, wake=wake, windows_only=windows_only)
            session.remember(taken)
            now = time.monotonic()
            if part < left and taken is None:  # a phone that waited for its time only does not know whether something is new
                changed = wake.is_set() or now - asked < part - _EARLY or now - began >= SLOW_POLL_SECONDS
            if changed or part >= left:
                return changed

    def _next(self, deadline: float) -> tuple[float, float]:
        """Read, if it is time to; how long is left until ``deadline``, and how much of it until the next reading."""
        now = self._session.uptime()
        if now >= self._due:
            self._read()
            now = self._session.uptime()
        left = max(0.0, deadline - now)
        return left, min(left, max(0.0, self._due - now))

    def _read(self) -> None:
        session = self._session
        self._shell = self._shell or StandingShell(session.device, self._command())
        result = self._shell.run()
        if self._by_dump and _UNKNOWN_OPTION in result.stdout:
            self._by_dump = False
            self._shell.close()
            self._shell = StandingShell(session.device, self._command())
            result = self._shell.run()
        said = steps.Reading(name=READING, command=" ".join(self._command()), text=result.stdout, code=result.code)
        session.journal.write(said)
        now = session.uptime()
        gap = self._pace.until_next(now, result.stdout)
        self._due = now + (OFTEN if now - self._since < OFTEN_FOR else gap)

    def _command(self) -> list[str]:
        package = self._session.app.package
        return ["dumpsys", "appops", "--package", package] if self._by_dump else ["cmd", "appops", "get", package]


class Pace:
    """When the next reading is due, from the last access of each op, state and tag that a dump tells of."""

    def __init__(self) -> None:
        """Nothing was read yet."""
        self._last: dict[tuple[str | None, ...], tuple[float, float, int]] = {}

    def until_next(self, now: float, text: str) -> float:
        """Seconds from ``now``, of the device, at which this dump was printed."""
        try:
            noted = [record for record in app_ops(text.splitlines()) if isinstance(record, NotedAppOp)]
        except FormatError:
            return SELDOM  # replay tells why
        return min(
            (self._gap(record, now, record.ago) for record in noted if record.op in DATA_OF and record.ago is not None), default=SELDOM
        )

    def _gap(self, record: NotedAppOp, now: float, ago: float) -> float:
        key, at = (record.op, record.access, record.state, record.flag, record.attribution), now - ago
        last, every, even = self._last.get(key, (float("-inf"), SELDOM, 0))
        if (apart := at - last) > EVEN * min(every, SELDOM):
            even = even + 1 if abs(apart - every) <= EVEN * apart < SELDOM else 0
            last, every = at, apart
            self._last[key] = last, every, even
        if ago >= SELDOM:
            return SELDOM
        return min(SELDOM, max(OFTEN, last + BETWEEN * every - now)) if even >= EVEN_TIMES and ago <= LATE * every else OFTEN
