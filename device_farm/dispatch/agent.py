"""The agent of a host: it looks for phones, and keeps a worker running for each.

A worker ends when its phone is gone for long, when the farm is drained, or by itself; then it is started again, later
and later if it keeps ending. An adb server that restarts, and a store that is away, touch the phones of this host only
as long as that lasts.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from threading import Event

from device_farm.dispatch.command_environment import StoreAvailability
from device_farm.dispatch.engine import Intervals
from device_farm.dispatch.leases import clock_words, report
from device_farm.dispatch.phone_worker_process import OUTDATED, Settings
from device_farm.phones.adb_listing import Listed, listed
from device_farm.phones.inventory_records import record
from device_farm.phones.phone_inventory import Looking
from device_farm.phones.phone_transitions import virtual_phone
from device_farm.store.database import Store, StoreError
from device_farm.store.transitions import tell
from device_farm.units.job import Virtual
from harness.device.adb_link import server_port
from harness.errors import HarnessError
from harness.language import Text, _, said
from harness.operating_system import HEARING

LOOK_SECONDS = 30.0
"""All phones are looked at so often, and at once when adb lists others than before [PROJECT]."""
AWAY_SECONDS = 120.0
"""A phone that is not listed for so long has no worker any more [PROJECT]: one that restarts is back before."""
IDLE_SECONDS = 5.0
"""A worker without a unit has ended after so long [PROJECT]: who still runs then has something to end."""
LONGEST_SECONDS = 60.0
"""A worker that keeps ending is started again after so long at most [PROJECT]."""


@dataclass(slots=True)
class _Kept:
    """A phone with a worker, or one that is to have one."""

    settings: Settings
    seen_at: float
    process: subprocess.Popen[str] | None = None
    started_at: float = 0.0
    again_at: float = 0.0
    ended: int = 0
    asked: int = 0


@dataclass(slots=True)
class Agent:
    """``run`` it until ``leave`` is set; then workers end what they have, or, with ``stop``, break it off."""

    store: Store
    settings: Settings
    """Of every worker; the phone is filled in."""
    intervals: Intervals
    adb: bool = True
    serials: Collection[str] = ()
    virtual: Sequence[Virtual] = ()
    module: str = "device_farm.dispatch.phone_worker_process"
    told: Callable[[str], None] = lambda line: None
    _phones: dict[int, _Kept] = field(default_factory=dict)
    _listed: frozenset[Listed] = frozenset()
    _eyes: Looking | None = None
    _looked: float = float("-inf")
    _last: str = ""
    _introduced: str = ""
    _here: bool = False
    _draining: bool = False
    _clock_told: bool = False
    _reason: Text | None = None

    def run(self, leave: Event, stop: Event) -> None:
        """Look after the phones of this host."""
        availability = StoreAvailability(self.told)
        try:
            while not leave.is_set():
                try:
                    self._look()
                    self._report()
                    availability.back()
                    self._introduce()
                except StoreError as error:
                    availability.away(error)
                    self._looked = float("-inf")
                except HarnessError as error:  # the adb server
                    self._tell(said(error))
                    self._looked = float("-inf")
                self._supervise()
                leave.wait(min(self.intervals.host, self.intervals.rest))
        finally:
            self._end_all(stop)

    def _look(self) -> None:
        """Find the phones, and write them to the store."""
        at = time.monotonic()
        for number, kind in enumerate(self.virtual, 1):
            self._keep(self._virtual(f"virtual-{number}", kind), at)
        here: frozenset[Listed] = frozenset()
        if self.adb:
            here = frozenset(listed(self.settings.adb_port))
            if here != self._listed or at - self._looked >= LOOK_SECONDS:
                self._record(at)
                self._listed, self._looked = here, at
        for kept in self._phones.values():
            if kept.settings.virtual or any(kept.settings.address in (one.serial, one.usb) for one in here):
                kept.seen_at = at

    def _record(self, at: float) -> None:
        self._eyes = self._eyes or Looking(self.settings.adb_port, self.settings.host)
        seen = self._eyes.look()
        with self.store.begin() as session:
            numbers = record(session, seen, host=self.settings.host)
        for one in seen:
            if one.labels and (not self.serials or {one.address, one.serial} & set(self.serials)):
                self._keep(replace(self.settings, device=numbers[one.address], address=one.address), at)

    def _keep(self, settings: Settings, at: float) -> None:
        self._phones.setdefault(settings.device, _Kept(settings, at)).seen_at = at

    def _virtual(self, name: str, kind: Virtual) -> Settings:
        """A virtual phone, in the store from now on; it comes and goes with each unit."""
        host = f"virtual@{self.settings.host}"
        with self.store.begin() as session:
            device = virtual_phone(session, host, name, kind).id
        return replace(self.settings, device=device, host=host, address=name, virtual=True, android=kind.android, rom=kind.rom)

    def _report(self) -> None:
        before = self._draining
        real = sum(not kept.settings.virtual for kept in self._phones.values())
        with self.store.begin() as session:
            if not self._here:
                tell(session, "host", _("the worker of {host} has started", host=self.settings.host))
            host = report(session, self.settings.host, phones=real, reason=self._reason)
            self._draining, clock = host.draining, clock_words(host)
            if self.virtual:
                report(session, f"virtual@{self.settings.host}", phones=len(self.virtual), reason=self._reason)
        self._here = True
        if clock is not None and not self._clock_told:
            self._clock_told = True
            self.told(said(clock))
        if self._draining:
            self._tell(said(_("{host} is drained: nothing more is begun", host=self.settings.host)))
        elif before:
            self._tell(said(_("take units again: {names}", names=self.settings.host)))

    def _introduce(self) -> None:
        """Say which phones it has, whenever others are there; without any it says what it waits for."""
        names = sorted(kept.settings.address for kept in self._phones.values())
        line = _("{count} phone(s): {names}", count=len(names), names=", ".join(names)) if names else self._nobody()
        if (told := said(line)) != self._introduced:
            self._introduced = told
            self.told(told)

    def _nobody(self) -> Text:
        port = server_port(self.settings.adb_port)
        if self.serials:
            return _(
                "none of the phones {names} is ready at the adb server {port}: looking again", names=", ".join(self.serials), port=port
            )
        return _("no phone is ready at the adb server {port}: looking again", port=port)

    def _supervise(self) -> None:
        """Start what is to run, end what is not, and notice what ended."""
        at = time.monotonic()
        for kept in self._phones.values():
            if kept.process is not None and kept.process.poll() is not None:
                self._over(kept, at)
            wanted = not self._draining and at - kept.seen_at < AWAY_SECONDS
            if wanted and kept.process is None and at >= kept.again_at:
                self._start(kept, at)
            elif not wanted and kept.process is not None and not kept.asked:
                kept.process.terminate()
                kept.asked += 1

    def _start(self, kept: _Kept, at: float) -> None:
        kept.process = subprocess.Popen([sys.executable, "-m", self.module], stdin=subprocess.PIPE, encoding="utf-8", **HEARING)
        kept.started_at, kept.asked = at, 0
        assert kept.process.stdin is not None
        with suppress(OSError):  # it ended before it read: that is noticed
            kept.process.stdin.write(kept.settings.line())
            kept.process.stdin.flush()

    def _over(self, kept: _Kept, at: float) -> None:
        """A worker ended: start it again, the later the more often that happened."""
        assert kept.process is not None
        code = kept.process.returncode
        _close(kept.process)
        kept.process = None
        kept.ended = 0 if at - kept.started_at > LONGEST_SECONDS else kept.ended + 1
        kept.again_at = at + (LONGEST_SECONDS if code == OUTDATED else min(self.intervals.rest * 2**kept.ended, LONGEST_SECONDS))
        self._reason = _("AppRights is too old for what was submitted: bring it up to date") if code == OUTDATED else None
        if code != 0:
            line = _("the worker of {phone} ended with code {code}: it is started again", phone=kept.settings.address, code=code)
            self._tell(said(line))
            with suppress(StoreError), self.store.begin() as session:
                tell(session, "worker", line, device=kept.settings.device)

    def _end_all(self, stop: Event) -> None:
        """Ask every worker to end, wait for it, and ask again where it is to break off."""
        running = [kept for kept in self._phones.values() if kept.process is not None]
        began, named = time.monotonic(), False
        while running:
            if not named and time.monotonic() - began >= IDLE_SECONDS:
                named = True
                self._tell(said(_("waiting for {count} phones to end what they do", count=len(running))))
            for kept in running:
                assert kept.process is not None
                if kept.asked <= int(stop.is_set()):
                    kept.process.terminate()
                    kept.asked += 1
            with suppress(subprocess.TimeoutExpired):
                assert running[0].process is not None
                running[0].process.wait(0.2)
            running = [kept for kept in running if kept.process is not None and kept.process.poll() is None]
        for kept in self._phones.values():
            if kept.process is not None:
                _close(kept.process)

    def _tell(self, line: str) -> None:
        """A line for the log, once as long as nothing changes."""
        if line != self._last:
            self._last = line
            self.told(line)


def _close(process: subprocess.Popen[str]) -> None:
    process.wait()
    assert process.stdin is not None
    with suppress(OSError):
        process.stdin.close()
