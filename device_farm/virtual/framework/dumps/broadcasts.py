"""``dumpsys activity broadcasts``: registered receivers, queues, and who sent and got the last broadcasts.

Sources under frameworks/base services/core/java/com/android/server/am: ActivityManagerService.java
dumpBroadcastsLocked, BroadcastQueue.java dumpLocked (until 13), BroadcastQueueModernImpl.java and BroadcastHistory.java
(14 and later), BroadcastRecord.java dump and toString, ReceiverList.java dump. 8.1 prints whole seconds, and no
duration with a receiver.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from device_farm.virtual.framework import text_formats
from device_farm.virtual.framework.broadcasts.broadcast_queue import BroadcastQueue
from device_farm.virtual.framework.records.broadcast_record import (
    DELIVERED,
    PENDING,
    SKIPPED,
    TIMEOUT,
    BroadcastRecord,
    Delivery,
    RegisteredReceiver,
)
from device_farm.virtual.framework.records.system_records import Component

if TYPE_CHECKING:
    from device_farm.virtual.device import VirtualDevice

# BroadcastRecord.deliveryStateToString, 14 and later
_MODERN = {PENDING: "PENDING", DELIVERED: "DELIVERED", SKIPPED: "SKIPPED", TIMEOUT: "TIMEOUT"}

_STRIPPED = "Bundle[{STRIPPED=1}]"  # what is left of extras in the history (Intent.maybeStripForHistory)


def broadcasts(device: VirtualDevice, package: str | None) -> str:
    """``broadcasts [PACKAGE | history]``; a package is that of the sender."""
    only_history, sender = package == "history", None if package == "history" else package
    lines = ["ACTIVITY MANAGER BROADCAST STATE (dumpsys activity broadcasts)"]
    if not only_history:
        lines += _registered(device, sender)
    for queue in device.system.broadcasts.queues.values():
        lines += _queue(device, queue, sender)
    if not only_history and sender is None:
        lines += _sticky(device)
    if not only_history:
        scheduled = [] if device.rom.sdk >= 34 else [f"  mBroadcastsScheduled [{name}]=false" for name in ("foreground", "background")]
        lines += ["", *scheduled, "  mHandler:", "        (Total messages: 0, polling=true, quitting=false)"]
    return "\n".join(lines if len(lines) > 1 else [*lines, "  (nothing)"]) + "\n"


def _registered(device: VirtualDevice, package: str | None) -> list[str]:
    lines: list[str] = []
    for receivers in device.system.broadcasts.registered.values():
        for receiver in receivers:
            process = receiver.process
            if not process.alive or package not in (None, process.package):
                continue
            lines += [
                f"  * {_receiver_list(receiver)}",
                f"    app={text_formats.process_short(process)} pid={process.pid} uid={process.uid} user=0",
                f"    Filter #0: BroadcastFilter{{{receiver.token:x}}}",
                *(f'      Action: "{action}"' for action in receiver.actions),
            ]
    return ["  Registered Receivers:", *lines] if lines else []


def _receiver_list(receiver: RegisteredReceiver) -> str:
    process = receiver.process
    hash_, binder = text_formats.identity("list", receiver.token), text_formats.identity("receiver", receiver.token)
    return f"ReceiverList{{{hash_} {process.pid} {process.name}/{process.uid}/u0 remote:{binder}}}"


def _queue(device: VirtualDevice, queue: BroadcastQueue, package: str | None) -> list[str]:
    lines: list[str] = []
    active = [record for record in queue.active if package in (None, record.caller_package)]
    if active:
        lines += ["", f"  Active ordered broadcasts{_of(device, queue, '[]')}:"]
        for number, record in enumerate(active):
            lines += [f"  Active Ordered Broadcast{_of(device, queue)} #{number}:", *_record(device, record)]
    past = [(n, r) for n, r in enumerate(reversed(queue.history)) if package in (None, r.caller_package)]
    if past:
        lines += ["", f"  Historical broadcasts{_of(device, queue, '[]')}:"]
        for number, record in past:
            lines += [f"  Historical Broadcast{_of(device, queue)} #{number}:", *_record(device, record)]
    if package is None and queue.summary:
        lines += ["", f"  Historical broadcasts summary{_of(device, queue, '[]')}:", *_summary(device, reversed(queue.summary))]
    return lines


def _of(device: VirtualDevice, queue: BroadcastQueue, brackets: str = "") -> str:
    """The queue's name, which 16, where there is but one, leaves out."""
    if device.rom.sdk >= 36:
        return ""
    return f" {brackets[:1]}{queue.name}{brackets[1:]}"


def _wall(device: VirtualDevice, wall: float) -> str:
    return text_formats.wall_text(device, wall, millis=device.rom.sdk >= 28)


def _summary(device: VirtualDevice, records: Iterable[BroadcastRecord]) -> Iterator[str]:
    for number, record in enumerate(records):
        dispatched = record.dispatched or 0.0
        took = (record.finished or dispatched) - dispatched
        times = (record.enqueued, record.dispatched_wall, record.dispatched_wall + took)
        enqueued, dispatch, finish = (_wall(device, wall) for wall in times)
        yield f"  #{number}: {text_formats.intent_text(record.intent, secure=False)}"
        wait = text_formats.duration(record.dispatched_wall - record.enqueued)
        yield f"    {wait} dispatch {text_formats.duration(took)} finish"
        yield f"    enq={enqueued} disp={dispatch} fin={finish}"
        if record.intent.extras:
            yield f"    extras: {_STRIPPED}"


def _record(device: VirtualDevice, record: BroadcastRecord) -> Iterator[str]:
    uptime, sdk = device.clock.uptime, device.rom.sdk
    user = "u-1" if record.uid == 1000 else "u0"
    intent = f"Intent {{ {text_formats.intent_text(record.intent, secure=False)} }}"
    name = f"{record.intent.action or intent}/{user}" if sdk >= 34 else f"{user} {record.intent.action or 'null'}"
    yield f"    BroadcastRecord{{{record.token:x} {name}}} to user {user[1:]}"
    yield f"    {intent}"
    if record.intent.extras:
        yield f"      extras: {_bundle(record.intent.extras) if record.finished is None else _STRIPPED}"
    caller = "null" if record.caller is None else text_formats.process_short(record.caller)
    pid = record.pid if record.caller is None else record.caller.pid
    real = " realCallingUid=-1" if sdk >= 36 else ""
    yield f"    caller={record.caller_package or 'null'} {caller} pid={pid} uid={record.uid}{real}"
    enqueued, dispatched_at = _wall(device, record.enqueued), _wall(device, record.dispatched_wall)
    yield f"    enqueueClockTime={enqueued} dispatchClockTime={dispatched_at}"
    dispatched = record.dispatched if record.dispatched is not None else uptime
    wait = text_formats.duration(record.dispatched_wall - record.enqueued)
    ended = f" receiverTime={text_formats.duration(dispatched - uptime)}"
    if record.finished is not None:
        took = text_formats.duration(record.finished - dispatched)
        ended = f" finishTime={text_formats.duration(record.finished - uptime)} ({took} since disp)"
    yield f"    dispatchTime={text_formats.duration(dispatched - uptime)} ({wait} since enq){ended}"
    manifest = any(not isinstance(delivery.receiver, RegisteredReceiver) for delivery in record.deliveries)
    if manifest or record.ordered:
        yield f"    resultTo=null resultCode={record.result_code} resultData={record.result_data or 'null'}"
    if record.ordered or record.sticky:
        flags = {"resultAbort": record.aborted, "ordered": record.ordered, "sticky": record.sticky, "initialSticky": False}
        yield "    " + " ".join(f"{key}={str(value).lower()}" for key, value in flags.items())
    if manifest or record.ordered:
        yield f"    nextReceiver={record.next_receiver} receiver=null"
    for number, delivery in enumerate(record.deliveries):
        yield from _delivery(device, record, number, delivery) if sdk < 34 else _modern_delivery(device, record, number, delivery)


def _delivery(device: VirtualDevice, record: BroadcastRecord, number: int, delivery: Delivery) -> Iterator[str]:
    took = f" {text_formats.duration(delivery.seconds)}" if device.rom.sdk >= 28 else ""
    if isinstance(delivery.receiver, RegisteredReceiver):
        yield f"    {delivery.state}{took} #{number}: {_filter(delivery.receiver)}"
        return
    yield f"    {delivery.state}{took} #{number}: (manifest)"
    yield from _resolve_info(delivery.receiver)


def _modern_delivery(device: VirtualDevice, record: BroadcastRecord, number: int, delivery: Delivery) -> Iterator[str]:
    """``DELIVERED scheduled +1ms terminal +13ms (0) #0: (manifest)`` (BroadcastRecord.dump, 14 and later).

    The times count from when it was sent and from when it was scheduled; in brackets, how many must have it before.
    """
    start = record.dispatched if record.dispatched is not None else 0.0
    words = [_MODERN[delivery.state]]
    if delivery.scheduled:
        words += ["scheduled", text_formats.duration(delivery.scheduled - start)]
    if delivery.ended:
        words += ["terminal", text_formats.duration(delivery.ended - (delivery.scheduled or delivery.ended))]
    words.append(f"({number if record.ordered else 0})")
    if isinstance(delivery.receiver, RegisteredReceiver):
        yield f"    {' '.join(words)} #{number}: {_filter(delivery.receiver)}"
    else:
        yield f"    {' '.join(words)} #{number}: (manifest)"
    if delivery.reason is not None:
        yield f"        reason: {delivery.reason}"
    if not isinstance(delivery.receiver, RegisteredReceiver):
        yield from _resolve_info(delivery.receiver)


def _filter(receiver: RegisteredReceiver) -> str:
    return f"BroadcastFilter{{{receiver.token:x} {receiver.process.uid}/u0 {_receiver_list(receiver)}}}"


def _resolve_info(component: Component) -> Iterator[str]:
    """core/java/android/content/pm/ResolveInfo.java dump."""
    yield f"      priority={component.priority} preferredOrder=0 match=0x108000 specificIndex=-1 isDefault=false"
    yield "      ActivityInfo:"
    yield f"        name={component.class_name}"
    yield f"        packageName={component.package}"
    if component.process != component.package:
        yield f"        processName={component.process}"
    yield f"        enabled=true exported={str(component.exported).lower()} directBootAware=false"
    yield "        resizeMode=RESIZE_MODE_RESIZEABLE"


def _sticky(device: VirtualDevice) -> Iterator[str]:
    yield ""
    yield "  Sticky broadcasts for user -1:"
    for action, intent in device.system.broadcasts.sticky.items():
        yield f"  * Sticky action {action}:"
        yield f"    Intent: {text_formats.intent_text(intent, extras=False, secure=False)}"
        if intent.extras:
            yield f"      {_bundle(intent.extras)}"


def _bundle(extras: dict[str, object]) -> str:
    """Bundle.toString."""
    return "Bundle[{" + ", ".join(f"{key}={value}" for key, value in extras.items()) + "}]"
