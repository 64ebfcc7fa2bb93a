"""A queue of broadcasts: hands each to its receivers, keeps a history.

After BroadcastQueue (services/core/java/com/android/server/am): until 13 one receiver at a time, since 14
(BroadcastQueueModernImpl) every process for itself unless the broadcast is ordered. A receiver has 10 or 60 seconds.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

from device_farm.virtual.framework.broadcasts.skip_policy import BACKGROUND_DENIED, skip_reason
from device_farm.virtual.framework.processes import oom_adjuster
from device_farm.virtual.framework.records.broadcast_record import (
    DELIVERED,
    PENDING,
    SKIPPED,
    TIMEOUT,
    BroadcastRecord,
    Delivery,
    RegisteredReceiver,
)
from device_farm.virtual.framework.records.start_cause import Attempt, Cause, StartKind, Trigger
from device_farm.virtual.framework.records.system_records import Component, ProcessRecord
from device_farm.virtual.kernel.device_clock import Timer

if TYPE_CHECKING:
    from device_farm.virtual.framework.system import System

LATENCY = 0.004  # seconds from the hand-over to a manifest receiver's onReceive: its class is loaded and made anew
HISTORY, SUMMARY = 50, 300  # MAX_BROADCAST_HISTORY, MAX_BROADCAST_SUMMARY_HISTORY
TIMEOUTS = {"foreground": 10.0, "background": 60.0}  # seconds: BROADCAST_FG_TIMEOUT, BROADCAST_BG_TIMEOUT


class BroadcastQueue:
    """One queue; ``name`` is foreground or background."""

    def __init__(self, system: System, name: str) -> None:
        self._system = system
        self.name = name
        self.active: deque[BroadcastRecord] = deque()
        self.history: deque[BroadcastRecord] = deque(maxlen=HISTORY)
        self.summary: deque[BroadcastRecord] = deque(maxlen=SUMMARY)
        self._busy: dict[Delivery, tuple[BroadcastRecord, Timer]] = {}
        self._advancing = False

    def add(self, record: BroadcastRecord) -> None:
        """Deliver a broadcast after those that wait already."""
        self.active.append(record)
        self._advance()

    def deliver_parallel(self, record: BroadcastRecord) -> None:
        """Hand a broadcast to receivers that do not wait for each other."""
        record.dispatched, record.dispatched_wall = self._system.clock.uptime, self._system.clock.wall
        for delivery in record.deliveries:
            self._start(record, delivery)
            delivery.state = DELIVERED
        record.next_receiver = len(record.deliveries)
        record.finished = self._system.clock.uptime
        self._keep(record)

    def process_died(self, process: ProcessRecord) -> None:
        """End what the process was busy with; receivers that its process should have run are done."""
        for delivery, (record, _timer) in list(self._busy.items()):
            if delivery.process is process:
                self._done(record, delivery, DELIVERED)

    def _advance(self) -> None:
        """Start what may start now. Receivers that end at once come back here; one loop serves them all."""
        if self._advancing:
            return
        self._advancing = True
        try:
            for record in list(self.active):
                self._start_next(record)
                if record.next_receiver >= len(record.deliveries) and not self._is_busy(record):
                    self._finish(record)
                elif self._system.sdk < 34:
                    break
        finally:
            self._advancing = False

    def _is_busy(self, record: BroadcastRecord) -> bool:
        return any(busy is record for busy, _timer in self._busy.values())

    def _start_next(self, record: BroadcastRecord) -> None:
        one_by_one = record.ordered or self._system.sdk < 34
        if record.dispatched is None:
            record.dispatched, record.dispatched_wall = self._system.clock.uptime, self._system.clock.wall
        while record.next_receiver < len(record.deliveries) and not (one_by_one and self._is_busy(record)):
            delivery = record.deliveries[record.next_receiver]
            record.next_receiver += 1
            if record.aborted:
                delivery.state = SKIPPED
            elif delivery.state == PENDING:
                self._start(record, delivery)

    def _start(self, record: BroadcastRecord, delivery: Delivery) -> None:
        system, receiver = self._system, delivery.receiver
        delivery.scheduled = system.clock.uptime
        if isinstance(receiver, RegisteredReceiver):
            if receiver.process.alive:
                if record.ordered:
                    self._expect(record, delivery, receiver.process)
                self._receive(record, delivery, receiver.process, receiver.python_object)
            return
        target = system.packages.get(receiver.package)
        if target is None or target.component(receiver.class_name) not in (receiver, None):
            self._skip(delivery, "package no longer available")
            return
        reason = skip_reason(receiver, target, record.intent)
        if reason is None and self._rom_refuses(record, receiver):
            reason = "refused by the ROM's manager of starts"
        if reason is None and system.process_list.is_bad(receiver.process, target.uid):
            reason = "process is bad"
        if reason is not None:
            self._skip(delivery, reason)
            return
        cause = Cause(record.trigger, record.caller_package, record.caller_sdk, record.intent.action)
        timer = system.later(TIMEOUTS[self.name], lambda: self._timed_out(record, delivery))
        self._busy[delivery] = (record, timer)
        delivery.process = system.process_list.with_process(
            receiver, "broadcast", record.caller_package, lambda process: self._bound(record, delivery, process), cause
        )

    def _rom_refuses(self, record: BroadcastRecord, receiver: Component) -> bool:
        alarm = record.trigger is Trigger.ALARM  # the system asks, though in the app's name
        kind = StartKind.ALARM if alarm else StartKind.BROADCAST
        caller = None if alarm or record.caller_package == "android" else record.caller_package
        return self._system.start_manager.refuses(Attempt(kind, receiver, caller, record.intent))

    def _skip(self, delivery: Delivery, reason: str) -> None:
        delivery.state, delivery.reason, delivery.ended = SKIPPED, reason, self._system.clock.uptime
        if reason.startswith(BACKGROUND_DENIED):
            self._system.narrator.start_refused(reason)

    def _expect(self, record: BroadcastRecord, delivery: Delivery, process: ProcessRecord) -> None:
        timer = self._system.later(TIMEOUTS[self.name], lambda: self._timed_out(record, delivery))
        self._busy[delivery] = (record, timer)
        delivery.process = process

    def _bound(self, record: BroadcastRecord, delivery: Delivery, process: ProcessRecord) -> None:
        """The process is up: run the receiver's class, or what the PendingIntent runs."""
        receiver = delivery.receiver
        delivery.process = process
        if record.run is not None:
            self._receive(record, delivery, process, record.run)
        elif isinstance(receiver, RegisteredReceiver) or receiver.python_class is None:
            self._done(record, delivery, DELIVERED)
        else:
            self._receive(record, delivery, process, process.runtime.new_component(receiver.python_class))

    def _receive(self, record: BroadcastRecord, delivery: Delivery, process: ProcessRecord, receiver: Any) -> None:
        """Run onReceive on the main thread of ``process``."""
        system = self._system
        process.receiving += 1
        process.last_activity = system.clock.uptime
        oom_adjuster.update_one(system, process)

        def message() -> None:
            try:
                if record.run is not None:
                    record.run(process)
                else:
                    receiver._broadcast = record
                    receiver.on_receive(record.intent)
            finally:
                process.receiving -= 1
                if process.alive:
                    oom_adjuster.update_one(system, process)
                self._done(record, delivery, DELIVERED)

        registered = isinstance(delivery.receiver, RegisteredReceiver)
        process.runtime.looper.post(message, 0.0 if registered else LATENCY)

    def _done(self, record: BroadcastRecord, delivery: Delivery, state: str) -> None:
        busy = self._busy.pop(delivery, None)
        if busy is None:
            return
        busy[1].cancel()
        delivery.state, delivery.ended = state, self._system.clock.uptime
        delivery.seconds = delivery.ended - delivery.scheduled
        self._advance()

    def _timed_out(self, record: BroadcastRecord, delivery: Delivery) -> None:
        process = delivery.process
        seconds = TIMEOUTS[self.name]
        self._system.narrator.broadcast_timed_out(record, delivery, round(seconds * 1000))
        self._done(record, delivery, TIMEOUT)
        if process is not None and process.alive:
            self._system.anr.timed_out(process, f"Broadcast of {self._system.narrator.intent_text(record.intent)}")

    def _finish(self, record: BroadcastRecord) -> None:
        self.active.remove(record)
        record.finished = self._system.clock.uptime
        self._keep(record)
        if record.on_finished is not None:
            record.on_finished(record)

    def _keep(self, record: BroadcastRecord) -> None:
        self.history.append(record)
        self.summary.append(record)
