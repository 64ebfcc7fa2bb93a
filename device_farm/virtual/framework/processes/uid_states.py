"""Tells active apps from idle ones in the background, and from those that may act as active ones for a while.

After UidRecord, OomAdjuster.updateUidsLocked and ActivityManagerService.doStopUidLocked
(services/core/java/com/android/ server/am): an app is idle from its start unless it is seen in front, and again a
minute after it left. An idle app may not start services (Android 8 and later), and those it had started are stopped.
"""

from dataclasses import dataclass

from device_farm.virtual.framework import text_formats
from device_farm.virtual.framework.processes import oom_adjuster
from device_farm.virtual.framework.records.start_cause import Allowance
from device_farm.virtual.framework.records.system_records import ProcessRecord
from device_farm.virtual.framework.system_service import SystemService
from device_farm.virtual.kernel.device_clock import Timer

SETTLE = 60.0  # ActivityManagerConstants.BACKGROUND_SETTLE_TIME


@dataclass(slots=True)
class _Uid:
    idle: bool = True
    timer: Timer | None = None  # until it turns idle, while it is in the background


class UidStates(SystemService):
    """The running uids, and the temporary allowlist."""

    def rebooted(self) -> None:
        self._uids: dict[int, _Uid] = {}
        self.allowances: dict[int, Allowance] = {}

    def is_idle(self, uid: int) -> bool:
        """Whether the app is idle in the background, or does not run at all."""
        if self.allowance(uid) is not None:
            return False
        record = self._uids.get(uid)
        return record is None or record.idle

    def text(self, uid: int) -> str:
        """Describe the app for a refusal: ``app is in background uid UidRecord{...}`` (UidRecord.toString)."""
        if uid not in self._uids:
            return "app is in background uid null"
        states = [process.proc_state for process in self._system.processes.values() if process.uid == uid]
        state = text_formats.state_text(min(states, default=oom_adjuster.CACHED_EMPTY)).strip()
        idle = " idle" if self.is_idle(uid) else ""
        record = f"{text_formats.identity('uid', uid)} {text_formats.uid_text(uid)} {state} {idle.strip() or 'bg:+1m0s0ms'} change:uncached"
        return f"app is in background uid UidRecord{{{record} procs:{len(states)} seq(0,0,0)}}"

    def allowance(self, uid: int) -> Allowance | None:
        """The app's place in the temporary allowlist."""
        found = self.allowances.get(uid)
        if found is not None and found.until < self._system.clock.uptime:
            del self.allowances[uid]
            return None
        return found

    def allow(self, uid: int, seconds: float, reason: str, *, foreground_service: bool) -> None:
        """Put an app on the temporary allowlist; a longer stay is kept."""
        until = self._system.clock.uptime + seconds
        known = self.allowance(uid)
        if known is None or known.until < until or foreground_service > known.foreground_service:
            self.allowances[uid] = Allowance(until, reason, foreground_service)

    def update(self) -> None:
        """Look at every running process; called after each ranking."""
        states: dict[int, int] = {}
        for process in self._system.processes.values():
            states[process.uid] = min(process.proc_state, states.get(process.uid, process.proc_state))
        for uid in [uid for uid in self._uids if uid not in states]:
            self._cancel(self._uids.pop(uid))
        for uid, state in states.items():
            self._set(uid, state)

    def update_uid(self, uid: int) -> None:
        """Look at the processes of one app."""
        processes = self._system.processes.values()
        self._set(uid, min((p.proc_state for p in processes if p.uid == uid), default=oom_adjuster.CACHED_EMPTY))

    def _set(self, uid: int, state: int) -> None:
        record = self._uids.setdefault(uid, _Uid())
        if state < oom_adjuster.TRANSIENT_BACKGROUND:
            self._cancel(record)
            if record.idle:
                record.idle = False
                self._system.narrator.uid_active(uid)
        elif not record.idle and record.timer is None:
            record.timer = self._system.later(SETTLE, lambda: self._idle(uid))

    def _idle(self, uid: int) -> None:
        record = self._uids[uid]
        self._cancel(record)
        record.idle = True
        self._system.narrator.uid_idle(uid)
        self._system.active_services.stop_in_background(uid)

    @staticmethod
    def _cancel(record: _Uid) -> None:
        if record.timer is not None:
            record.timer.cancel()
            record.timer = None


def in_foreground(process: ProcessRecord | None) -> bool:
    """Not ActivityManager.isProcStateBackground: what it starts is not held to be started from the background."""
    return process is not None and process.alive and process.proc_state < oom_adjuster.TRANSIENT_BACKGROUND
