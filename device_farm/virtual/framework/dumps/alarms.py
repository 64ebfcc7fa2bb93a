"""``dumpsys alarm``: the pending alarms and who set them.

After AlarmManagerService.dump and Alarm.dump (apex/jobscheduler/service/java/com/android/server/alarm, 12 and later)
and AlarmManagerService.dumpImpl with its batches (services/core/java/com/android/server, until 11).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from device_farm.virtual.framework import text_formats
from device_farm.virtual.framework.background.alarm_manager import Alarm

if TYPE_CHECKING:
    from device_farm.virtual.device import VirtualDevice

_RUNNING = 0.011  # seconds that one delivery is held to have taken


def alarm(device: VirtualDevice) -> str:
    """``dumpsys alarm``."""
    clock = device.clock
    now = text_formats.wall_text(device, clock.wall, millis=True)
    pending = sorted(device.system.alarms.pending.values(), key=lambda alarm: alarm.when)
    lines = [
        "Current Alarm Manager state:",
        "  Settings:",
        "    min_futurity=+5s0ms",
        "    min_interval=+1m0s0ms",
        "    max_interval=+365d0h0m0s0ms",
        "    listener_timeout=+5s0ms",
        "",
        f"  nowRTC={round(clock.wall * 1000)}={now} nowELAPSED={round(clock.uptime * 1000)}",
        "",
        "  Next alarm clock information: ",
        *_alarm_clock(device, pending),
        "",
    ]
    if device.rom.sdk >= 31:
        lines += [f"  {len(pending)} pending alarms: "]
        for number, one in enumerate(pending):
            lines += [f"    {line}" for line in _lines(device, one, len(pending) - number)]
    else:
        lines += [f"  Pending alarm batches: {len(pending)}"]
        for one in pending:
            lines += _batch(device, one)
    lines += ["", "  Alarm Stats:", *_stats(device)]
    return "\n".join(lines) + "\n"


def _alarm_clock(device: VirtualDevice, pending: list[Alarm]) -> Iterator[str]:
    """``user:0 pendingSend:false time:... = 2026-... = +5m0s0ms`` of the next alarm clock."""
    found = next((alarm for alarm in pending if alarm.alarm_clock), None)
    if found is not None:
        when = text_formats.wall_text(device, found.when, millis=True)
        left = text_formats.duration(found.when - device.clock.wall)
        yield f"    user:0 pendingSend:false time:{round(found.when * 1000)} = {when} = {left}"


def _record(device: VirtualDevice, alarm: Alarm) -> str:
    """``Alarm{3f1c type 0 origWhen 1578 whenElapsed 1234 com.x}``; until 11 ``when`` (Alarm.toString)."""
    when = f"when {round(alarm.when * 1000)}"
    if device.rom.sdk >= 31:
        when = f"origWhen {round(alarm.when * 1000)} whenElapsed {round(alarm.delivery * 1000)}"
    return f"Alarm{{{alarm.token:x} type 0 {when} {alarm.package.name}}}"


def _lines(device: VirtualDevice, alarm: Alarm, number: int) -> Iterator[str]:
    uptime, receiver = device.clock.uptime, device.system.alarms.receiver(alarm.package)
    when = text_formats.wall_text(device, alarm.when, millis=True)
    nominal = text_formats.duration(alarm.when - device.clock.wall)
    exact = " exactAllowReason=permission" if alarm.exact else ""
    every = round((alarm.every or 0) * 1000)
    held = text_formats.duration(device.system.device_idle.alarms_held_until(uptime) - uptime)
    yield f"RTC_WAKEUP #{number}: {_record(device, alarm)}"
    yield f"  tag=*walarm*:{receiver.short}"
    yield (
        f"  type=RTC_WAKEUP origWhen={when} window={_window(alarm)}{exact} repeatInterval={every} count={alarm.count} flags={_flags(alarm)}"
    )
    policies = f"requester={nominal} app_standby={nominal} device_idle={held} battery_saver=-{text_formats.duration(uptime)[1:]}"
    yield f"  policyWhenElapsed: {policies}"
    latest = text_formats.duration(alarm.when + alarm.window - device.clock.wall)
    yield f"  whenElapsed={text_formats.duration(alarm.delivery - uptime)} maxWhenElapsed={latest}"
    if alarm.alarm_clock:
        yield "  Alarm clock:"
        yield f"    triggerTime={when}"
        yield "    showIntent=null"
    yield f"  operation={_operation(alarm)}"


def _batch(device: VirtualDevice, alarm: Alarm) -> Iterator[str]:
    """A batch of one (11 and before), as a Pixel with 10 prints it."""
    start, receiver = round(alarm.delivery * 1000), device.system.alarms.receiver(alarm.package)
    flags = f" flgs={_flags(alarm)}" if alarm.exact else ""
    left, latest = (text_formats.duration(alarm.when + after - device.clock.wall) for after in (0.0, alarm.window))
    yield f"Batch{{{text_formats.identity('batch', alarm.token)} num=1 start={start} end={start + round(alarm.window * 1000)}{flags}}}:"
    yield f"    RTC_WAKEUP #0: {_record(device, alarm)}"
    yield f"      tag=*walarm*:{receiver.short}"
    when = text_formats.wall_text(device, alarm.when, millis=True)
    yield (
        f"      type=0 expectedWhenElapsed={left} expectedMaxWhenElapsed={latest} whenElapsed={left} maxWhenElapsed={latest} when={when}"
    )
    yield f"      window={_window(alarm)} repeatInterval={round((alarm.every or 0) * 1000)} count={alarm.count} flags={_flags(alarm)}"
    if alarm.alarm_clock:
        yield "      Alarm clock:"
        yield f"        triggerTime={when}"
        yield "        showIntent=null"
    yield f"      operation={_operation(alarm)}"


def _window(alarm: Alarm) -> str:
    return "0" if alarm.exact else text_formats.duration(alarm.window)


def _flags(alarm: Alarm) -> str:
    """AlarmManager.FLAG_STANDALONE (1) of exact ones, FLAG_WAKE_FROM_IDLE (2) of alarm clocks."""
    return "0x3" if alarm.alarm_clock else "0x1" if alarm.exact else "0x0"


def _operation(alarm: Alarm) -> str:
    inner = f"PendingIntentRecord{{{text_formats.identity('pending', alarm.token)} {alarm.package.name} broadcastIntent}}"
    return f"PendingIntent{{{text_formats.identity('intent', alarm.token)}: {inner}}}"


def _stats(device: VirtualDevice) -> Iterator[str]:
    """How often each package was woken, most first (BroadcastStats)."""
    for name, (count, last) in sorted(device.system.alarms.wakeups.items(), key=lambda item: -item[1][0]):
        package = device.system.packages.get(name)
        if package is None:
            continue
        running = text_formats.duration(count * _RUNNING)
        yield f"  {text_formats.uid_text(package.uid)}:{name} {running} running, {count} wakeups:"
        yield f"    {running} {count} wakes {count} alarms, last {text_formats.duration(last - device.clock.uptime)}:"
        yield f"      *walarm*:{device.system.alarms.receiver(package).short}"
