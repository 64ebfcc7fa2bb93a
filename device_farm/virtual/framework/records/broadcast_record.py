"""The record of a broadcast: sender, receivers, times. Named after BroadcastRecord (server/am)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from device_farm.virtual.framework.records.start_cause import Trigger
from device_farm.virtual.framework.records.system_records import Component, Intent, ProcessRecord

PENDING, DELIVERED, SKIPPED, TIMEOUT = "Pending", "Deliver", "Skipped", "Timeout"


@dataclass(slots=True, eq=False)
class RegisteredReceiver:
    """A receiver that an app registered while it runs (BroadcastFilter in its ReceiverList)."""

    token: int
    process: ProcessRecord
    class_name: str
    actions: tuple[str, ...]
    priority: int
    python_object: Any


@dataclass(slots=True, eq=False)
class Delivery:
    """One receiver of a broadcast. ``seconds`` is how long it took; ``scheduled`` and ``ended`` are uptimes."""

    receiver: Component | RegisteredReceiver
    state: str = PENDING
    seconds: float = 0.0
    scheduled: float = 0.0
    ended: float = 0.0
    reason: str | None = None
    process: ProcessRecord | None = None


@dataclass(slots=True, eq=False)
class BroadcastRecord:
    """A broadcast. ``enqueued`` and ``dispatched_wall`` are wall seconds, ``dispatched`` and ``finished`` uptimes."""

    token: int
    intent: Intent
    queue: str
    caller_package: str | None
    caller: ProcessRecord | None
    caller_sdk: str | None
    uid: int
    pid: int
    enqueued: float
    trigger: Trigger
    ordered: bool = False
    sticky: bool = False
    dispatched: float | None = None
    dispatched_wall: float = 0.0
    finished: float | None = None
    next_receiver: int = 0
    deliveries: list[Delivery] = field(default_factory=list)
    run: Callable[[ProcessRecord], None] | None = None  # what a PendingIntent of ours runs instead of a Receiver class
    result_code: int = 0
    result_data: str | None = None
    result_extras: dict[str, Any] = field(default_factory=dict)
    aborted: bool = False
    on_finished: Callable[[BroadcastRecord], None] | None = None
