"""Host time and the device's wall clock, both turned into device time (boot number, seconds since boot).

A probe reads the device's two clocks between two readings of the host's. Between probes the map is linear; where the
probes disagree by more than they can be wrong, the device rebooted, its wall clock was moved, or time was skipped.
/proc/uptime counts sleep too (Linux fs/proc/uptime.c, boottime), so it never stands still.
"""

import re
import threading
import time
from bisect import bisect_right, insort
from collections.abc import Iterable
from dataclasses import dataclass

from harness.device.protocol import Device, Waited
from harness.errors import CommandFailed, FormatError
from harness.events import ClockChanged, Instant, Source
from harness.events.base import Step
from harness.language import _
from harness.operating_system import wait

UPTIME_STEP = 0.01  # /proc/uptime is printed in hundredths of a second
SHIFT_SECONDS = 0.5  # a smaller step of the wall clock is followed without a word
_REBOOT_SLACK = 1.0  # a device that ran this much less than the host was off meanwhile
_DRIFT = 0.001  # two crystals differ by far less
_CLOCKS = "date +%s.%N && cat /proc/uptime"
# 1790448214.411000000 and, on the next line, 312.07 1180.55
_OUTPUT = re.compile(r"\s*(\d{1,12})(?!\d)(?:\.(\d{1,9})(?=\s))?[^\n]*\n\s*(\d{1,10}\.\d+)\s")
_HALF = 0.5  # where date knows no %N (Android 8) the second is known, and its middle is taken


@dataclass(frozen=True, slots=True)
class Probe(Step):
    """One reading of both clocks of the device.

    ``before`` and ``after`` are host seconds (time.monotonic) around the call, ``wall`` is Unix time of the device,
    ``uptime`` its seconds since boot. ``skipped`` seconds of device time were jumped over inside the call, just before
    the reading (virtual device). ``wall_error`` is how much ``wall`` may be wrong by itself.
    """

    before: float
    after: float
    wall: float
    uptime: float
    skipped: float = 0.0
    wall_error: float = 0.0

    @property
    def host(self) -> float:
        """Host time of the reading: the middle of the call, its end if the call skipped time first."""
        return self.after if self.skipped else (self.before + self.after) / 2

    @property
    def error(self) -> float:
        """How far ``host`` and ``uptime`` may be apart, in seconds."""
        span = self.after - self.before
        return (span if self.skipped else span / 2) + UPTIME_STEP


@dataclass(frozen=True, slots=True)
class _Knot:
    """A probe and the number of the boot it read."""

    probe: Probe
    boot: int


class _Run:
    """Probes of one boot between which the wall clock was not moved: wall and uptime run alongside."""

    def __init__(self, boot: int, *, starts: float) -> None:
        self.boot, self.starts, self.ends = boot, starts, float("inf")
        self._points: list[tuple[float, float]] = []  # uptime, wall minus uptime

    @property
    def known_since(self) -> float:
        """The uptime of its first probe."""
        return self._points[0][0]

    def add(self, probe: Probe) -> bool:
        """Take a probe of this run; whether it is the latest by the device's own time, as it should be."""
        last = not self._points or probe.uptime >= self._points[-1][0]
        insort(self._points, (probe.uptime, probe.wall - probe.uptime))
        return last

    def between_probes(self, wall: float) -> bool:
        """Whether ``wall`` is placed between two probes, so that none that is still to come moves it."""
        return wall - self._points[0][1] < self._points[-1][0]

    def offset(self, uptime: float) -> float:
        """Wall clock minus uptime at ``uptime``: linear between probes, constant outside of them."""
        place = bisect_right(self._points, (uptime, float("inf")))
        if place in (0, len(self._points)):
            return self._points[max(place - 1, 0)][1]
        (early, offset), (late, next_offset) = self._points[place - 1], self._points[place]
        return offset + (next_offset - offset) * (uptime - early) / (late - early)

    def locate(self, wall: float) -> tuple[float, Instant]:
        """Device time of ``wall`` by this run, and by how many seconds that is outside of it."""
        uptime = wall - self.offset(wall - self._points[0][1])
        return max(self.starts - uptime, uptime - self.ends, 0.0), Instant(self.boot, uptime)


class ClockMap:
    """Piecewise map from host time and wall clock to Instant, made of probes in any order.

    Probes may come while it is used. Answers that ``final_host`` and ``final_wall`` call final stay as they are for as
    long as ``revision`` does.
    """

    def __init__(self, probes: Iterable[Probe] = ()) -> None:
        self.revision = 0
        self._knots: list[_Knot] = []
        self._runs: list[_Run] = []
        self._changes: list[ClockChanged] = []
        self._build(list(probes))

    def __len__(self) -> int:
        return len(self._knots)

    @property
    def skipped(self) -> float:
        """Seconds of device time that were jumped over."""
        return sum(knot.probe.skipped for knot in self._knots)

    def add(self, probe: Probe) -> None:
        """Take one more probe; one that comes in order costs the same however many there are."""
        if not self._knots or probe.host >= self._knots[-1].probe.host:
            self._take(probe)
        else:
            self._build([*(knot.probe for knot in self._knots), probe])

    def _build(self, probes: list[Probe]) -> None:
        self._knots, self._runs, self._changes = [], [], []
        self.revision += 1
        for probe in sorted(probes, key=lambda one: one.host):
            self._take(probe)

    def _take(self, probe: Probe) -> None:
        """Take the probe that is the latest so far."""
        last = self._knots[-1] if self._knots else None
        rebooted = last is not None and _rebooted(last.probe, probe)
        boot = (last.boot if last is not None else 0) + rebooted
        shift = _shift(last.probe, probe, rebooted=rebooted) if last is not None else 0.0
        moved = last is not None and abs(shift) > SHIFT_SECONDS + last.probe.wall_error + probe.wall_error
        if moved:
            at = Instant(boot, probe.uptime)
            self._changes.append(ClockChanged(at=at, source=Source.SESSION, seconds=round(shift, 3)))
        if last is None or rebooted or moved:
            self._open_run(boot, last.probe if last is not None else None, probe, rebooted=rebooted)
        if not self._runs[-1].add(probe):
            self.revision += 1
        self._knots.append(_Knot(probe, boot))

    def _open_run(self, boot: int, last: Probe | None, probe: Probe, *, rebooted: bool) -> None:
        """Begin a run with ``probe``: since the one before it the clock was moved or the next boot began."""
        if last is not None:
            booted = probe.wall - probe.uptime - (last.wall - last.uptime)
            self._runs[-1].ends = max(last.uptime, booted) if rebooted else probe.uptime
        self._runs.append(_Run(boot, starts=0.0 if rebooted else (last or probe).uptime))
        self.revision += 1  # what lies outside of the other runs may belong to this one

    def final_host(self, host: float) -> bool:
        """Whether no later probe changes ``at_host(host)``."""
        return bool(self._knots) and host < self._knots[-1].probe.host

    def final_wall(self, wall: float) -> bool:
        """Whether no later probe changes ``at_wall(wall)``, unless it begins a boot or saw the wall clock moved."""
        return bool(self._runs) and self._runs[-1].between_probes(wall)

    @property
    def boots(self) -> int:
        return self._knots[-1].boot + 1 if self._knots else 0

    def changes(self) -> list[ClockChanged]:
        """The moves of the wall clock, each at the first probe that saw it."""
        return list(self._changes)

    def at_host(self, host: float) -> Instant:
        """Device time at the host time ``host``; raises FormatError when there is no probe at all."""
        earlier, later = self._around(host)
        uptime = earlier.probe.uptime + host - earlier.probe.host
        if later is earlier or later.boot != earlier.boot or later.probe.skipped:
            return Instant(earlier.boot, uptime)
        span = later.probe.host - earlier.probe.host
        slip = later.probe.uptime - earlier.probe.uptime - span
        if abs(slip) > earlier.probe.error + later.probe.error + _DRIFT * span:
            return Instant(earlier.boot, uptime)  # the host slept: nobody knows when; ``uncertainty`` says so
        return Instant(earlier.boot, uptime + slip * (host - earlier.probe.host) / span)

    def uncertainty(self, host: float) -> float:
        """Return the seconds by which ``at_host(host)`` may be wrong: the bound that tests hold it to."""
        earlier, later = self._around(host)
        error = max(earlier.probe.error, later.probe.error)
        if later is earlier:
            return error + _DRIFT * abs(host - later.probe.host)
        span = later.probe.host - earlier.probe.host
        if later.boot != earlier.boot:
            return max(error, host - earlier.probe.host)
        slip = abs(later.probe.uptime - later.probe.skipped - earlier.probe.uptime - span)
        return error if slip <= 2 * error + _DRIFT * span else slip + error

    def at_wall(self, wall: float, *, near: Instant | None = None) -> Instant:
        """Device time when the device's wall clock said ``wall``.

        A clock that was set back passes some times twice; the passing not before ``near`` (the instant of the line
        before in the same log) is meant then. Raises FormatError when there is no probe at all.
        """
        self._need_probes()
        found = [run.locate(wall) for run in self._runs]
        least = max(min(outside for outside, _ in found), UPTIME_STEP)
        fitting = [instant for outside, instant in found if outside <= least]
        if near is not None:
            not_before = near.earlier(SHIFT_SECONDS)
            fitting = [instant for instant in fitting if instant >= not_before] or fitting
        return fitting[0]

    def wall_at(self, instant: Instant) -> float:
        """Return what the device's wall clock said at ``instant``, as Unix time."""
        self._need_probes()
        runs = [run for run in self._runs if run.boot == instant.boot] or self._runs[-1:]
        begun = [run for run in runs if run.known_since <= instant.uptime] or runs[:1]
        return instant.uptime + begun[-1].offset(instant.uptime)

    def _around(self, host: float) -> tuple[_Knot, _Knot]:
        """The last probe read by ``host`` and the next one; at either end of the run both are the one there is."""
        self._need_probes()
        place = bisect_right(self._knots, host, key=lambda knot: knot.probe.host)
        return self._knots[max(place - 1, 0)], self._knots[min(place, len(self._knots) - 1)]

    def _need_probes(self) -> None:
        if not self._knots:
            raise FormatError(_("the run has no clock probe: its raw/session.jsonl is damaged, record it again"))


def _rebooted(last: Probe, probe: Probe) -> bool:
    span = probe.host - last.host
    return probe.uptime - last.uptime < span - _REBOOT_SLACK - _DRIFT * span - last.error - probe.error


def _shift(last: Probe, probe: Probe, *, rebooted: bool) -> float:
    """How far the wall clock ran ahead of the time that really passed between two probes."""
    passed = probe.host - last.host if rebooted else probe.uptime - last.uptime
    return probe.wall - last.wall - passed


def probe(device: Device) -> Probe:
    """Read both clocks of the device in one call; raises FormatError when it prints something else."""
    return _passed(device, 0.0) or _read(device)


def idle(device: Device, seconds: float, *, wake: threading.Event | None = None) -> Probe:
    """Let ``seconds`` of device time pass and read the clocks.

    A virtual device skips ahead and answers when everything due on the way is done. A phone is really waited for, until
    ``wake`` is set.
    """
    taken = _passed(device, 0.0 if wake is not None and wake.is_set() else seconds)
    if taken is None:
        wait(wake or threading.Event(), seconds)
    return taken or _read(device)


def quiet_idle(device: Device, seconds: float, step: float) -> Probe:
    """Let device time pass until something may have started, ``seconds`` at most, and read the clocks.

    A virtual device goes on by steps until its log tells of a start. A phone is waited for, one step.
    """
    before = time.monotonic()
    taken = _taken(device.pass_quiet_time(seconds, step), before)
    if taken is None:
        wait(threading.Event(), min(seconds, step))
    return taken or _read(device)


def wait_for_change(device: Device, seconds: float, *, wake: threading.Event, windows_only: bool = False) -> tuple[bool, Probe | None]:
    """Let device time pass until the screen may have changed, ``seconds`` at most.

    Whether it may, and a reading of the clocks.

    There is none where the time was really waited for: the two clocks and the host's went on side by side.
    """
    before = time.monotonic()
    waited = device.wait_for_change(seconds, wake=wake, windows_only=windows_only)
    return waited.changed, _taken(waited, before)


def _passed(device: Device, seconds: float) -> Probe | None:
    """A reading after ``seconds`` that the device skipped; None for one whose time cannot be moved on."""
    before = time.monotonic()
    return _taken(device.pass_time(seconds), before)


def _taken(waited: Waited, before: float) -> Probe | None:
    if waited.uptime is None:
        return None
    after = time.monotonic()
    if before <= waited.host <= after:  # the device runs on this computer and knows when it read its clocks
        before = after = waited.host
    return Probe(before, after, waited.wall, waited.uptime, skipped=waited.skipped)


def _read(device: Device) -> Probe:
    before = time.monotonic()
    answer = device.shell(_CLOCKS)
    after = time.monotonic()
    if answer.code:
        raise CommandFailed(_CLOCKS, answer.code, answer.stderr or answer.stdout)
    return parse_probe(answer.stdout, before, after)


def parse_probe(text: str, before: float, after: float) -> Probe:
    """Parse what ``date +%s.%N && cat /proc/uptime`` printed (toybox date.c; Linux fs/proc/uptime.c)."""
    found = _OUTPUT.match(text)
    if found is None:
        raise FormatError(_("the device's clocks cannot be read: '{text}'", text=" ".join(text.split())[:100]))
    seconds, fraction, uptime = found.groups()
    wall = int(seconds) + (float(f"0.{fraction}") if fraction else _HALF)
    error = 0.0 if fraction else _HALF
    return Probe(before, after, wall, float(uptime), wall_error=error)
