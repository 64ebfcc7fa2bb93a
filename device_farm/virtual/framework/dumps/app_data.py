"""``dumpsys`` of what apps read: the sensors' listeners and the app ops.

Sources: frameworks/native services/sensorservice (SensorService.cpp, SensorEventConnection.cpp,
SensorRegistrationInfo.h), frameworks/base services/core/java/com/android/server/appop/AppOpsService.java and
DiscreteRegistry.java.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from device_farm.virtual.framework import text_formats
from device_farm.virtual.framework.hardware.sensors import ACCELEROMETER, GYROSCOPE
from device_farm.virtual.framework.permissions import permissions
from device_farm.virtual.framework.permissions.app_ops import OpAccess, default_mode, uid_state
from device_farm.virtual.framework.records.system_records import Package
from device_farm.virtual.kernel.device_clock import zone

if TYPE_CHECKING:
    from device_farm.virtual.device import VirtualDevice


class _Sensor(NamedTuple):
    handle: str
    name: str
    kind: str


_SENSORS = {
    ACCELEROMETER: _Sensor("0x00000001", "Goldfish 3-axis Accelerometer", "android.sensor.accelerometer(1)"),
    GYROSCOPE: _Sensor("0x00000002", "Goldfish 3-axis Gyroscope", "android.sensor.gyroscope(4)"),
}


def sensor_service(device: VirtualDevice) -> str:
    """The sensors, who listens, and who did."""
    sensors = device.system.sensors
    running = [sensor for sensor in _SENSORS if any(each.sensor == sensor for each in sensors.listeners)]
    lines = ["Sensor Device:", f"Total {len(_SENSORS)} h/w sensors, {len(running)} running 0 disabled clients:"]
    for sensor in running:
        periods = [each.period * 1000 for each in sensors.listeners if each.sensor == sensor]
        asked = ", ".join(f"{period:.1f}" for period in periods)
        batches = ", ".join("0.0" for _ in periods)
        lines.append(
            f"{_SENSORS[sensor].handle}) active-count = {len(periods)}; sampling_period(ms) = {{{asked}}},"
            f" selected = {min(periods):.2f} ms; batching_period(ms) = {{{batches}}}, selected = 0.00 ms"
        )
    lines.append("Sensor List:")
    for found in _SENSORS.values():
        lines += [
            f"{found.handle}) {found.name:<25} | {'The Android Open Source Project':<15} | ver: 1 | type:"
            f" {found.kind} | perm: n/a | flags: 0x00000000",
            "\tcontinuous | minRate=4.00Hz | maxRate=100.00Hz | no batching | non-wakeUp | ",
        ]
    now, reading = device.clock.uptime, sensors.reading()
    lines += ["Fusion States:", "Recent Sensor events:"]
    for sensor, found in _SENSORS.items():
        values = reading.acceleration if sensor == ACCELEROMETER else reading.rotation
        lines += [
            f"{found.name}: last 1 events",
            "\t 1 (ts={:.9f}, wall={}) {:.2f}, {:.2f}, {:.2f}, ".format(
                now, _moment(device, device.clock.wall, "%H:%M:%S.%f")[:-3], *values
            ),
        ]  # fmt: skip
    lines.append("Active sensors:")
    for sensor in running:
        count = sum(each.sensor == sensor for each in sensors.listeners)
        lines.append(f"{_SENSORS[sensor].name} (handle={_SENSORS[sensor].handle}, connections={count})")
    lines += ["Socket Buffer size = 39 events", "WakeLock Status: not held ", "Mode : NORMAL"]
    lines.append(f"{len(sensors.listeners)} active connections")
    for number, listener in enumerate(sensors.listeners):
        component, found = listener.record.component, _SENSORS[listener.sensor]
        uid = device.system.packages[component.package].uid
        lines += [
            f"Connection Number: {number} ",
            "\tOperating Mode: NORMAL",
            f"\t{component.class_name} | WakeLockRefCount 0 | uid {uid} | cache size 0 | max cache size 0",
            f"\t {found.name} {found.handle} | status: active | pending flush events 0 ",
        ]
    lines += ["0 direct connections", "Previous Registrations:"]
    for entry in reversed(sensors.registrations):
        when, sign = _moment(device, entry.wall, "%H:%M:%S"), "+" if entry.listening else "-"
        told = f"{when} {sign} {_SENSORS[entry.sensor].handle} pid={entry.pid:5} uid={entry.uid:5}"
        period = round(entry.period * 1e6)
        if device.rom.sdk >= 36:  # SensorRegistrationInfo.h of 16; which version had it first was not looked up
            told += (
                f" samplingPeriod={period if entry.listening else '  N/A  ':>8}us batchingPeriod={0 if entry.listening else '  N/A  ':>8}us"
            )
            lines.append(f"{told} result=OK (sensor, package): ({_SENSORS[entry.sensor].name:<27}, {entry.listener})")
        else:
            more = f" samplingPeriod={period}us batchingPeriod=0us" if entry.listening else ""
            lines.append(f"{told} package={entry.listener}{more}")
    return "\n".join(lines) + "\n"


def appops(device: VirtualDevice, args: list[str]) -> str | None:
    """``dumpsys appops [--package PACKAGE] [--op OP] [--include-discrete [N]]``: modes, last accesses by op and state.

    With the option (12 and later) the last N accesses of some ops, by the minute.
    """
    if args and device.rom.sdk < 28:  # AppOpsService.dump of 8.1 knows no option but -h and -a
        return f"Unknown {'option' if args[0].startswith('-') else 'command'}: {args[0]}\n"
    discrete = 0
    if DISCRETE in args and device.rom.sdk >= 31:
        at = args.index(DISCRETE)
        number = args[at + 1 : at + 2]
        discrete = int(number[0]) if number and number[0].isdecimal() else 10  # AppOpsService.dump: nDiscreteOps
        args = [*args[:at], *args[at + 1 + bool(number and number[0].isdecimal()) :]]
    wanted = dict(zip(args[::2], args[1::2], strict=False))
    if len(args) % 2 or not set(wanted) <= {"--package", "--op"}:
        return None
    package, op = wanted.get("--package"), wanted.get("--op")
    if package is not None and package not in device.system.packages:
        return f"Unknown package: {package}\n"
    lines = ["Current AppOps Service state:"]
    if device.rom.sdk >= 28:  # AppOpsService.Constants
        settle = ("30s0ms", "10s0ms") if device.rom.sdk <= 29 else ("5s0ms", "5s0ms")
        lines += ["  Settings:", f"    top_state_settle_time=+{settle[0]}", f"    fg_service_state_settle_time=+{settle[1]}"]
        lines += ["    bg_state_settle_time=+1s0ms", ""]
    for found in sorted(device.system.packages.values(), key=lambda item: item.uid):
        if package in (None, found.name) and not (package is None and found.system):
            lines += _uid(device, found, op)
    if discrete:
        lines += ["Discrete accesses:", "", *(["  Largest chain id: 0"] if device.rom.sdk >= 33 else [])]
        for found in sorted(device.system.packages.values(), key=lambda item: item.uid):
            if package in (None, found.name):
                lines += _discrete(device, found, op, discrete)
    return "\n".join(lines) + "\n"


def _discrete(device: VirtualDevice, package: Package, op: str | None, most: int) -> Iterator[str]:
    """DiscreteRegistry.dump: what was let through, one access a minute, state and tag."""
    own = [each for each in device.system.app_ops.accesses if each.package == package.name and each.allowed and op in (None, each.op)]
    ops = [name for name in DISCRETE_OPS if any(each.op == name for each in own)]
    if ops:
        yield f"  Uid: {package.uid}"
        yield f"    Package: {package.name}"
    for name in ops:
        yield f"      {name}"
        for tag in sorted({each.tag for each in own if each.op == name}, key=str):
            yield f"        Attribution: {'null' if tag is None else tag}"
            minutes = dict.fromkeys((each.wall // 60 * 60, each.state) for each in own if (each.op, each.tag) == (name, tag))
            for wall, state in list(minutes)[-most:]:
                yield f"          Access [{state}-s] at {_moment(device, wall, '%Y-%m-%d %H:%M:%S.%f')[:-3]}"


def _uid(device: VirtualDevice, package: Package, op: str | None) -> Iterator[str]:
    yield f"  Uid {text_formats.uid_text(package.uid)}:"
    running = device.system.process_list.of_package(package.name)
    if device.rom.sdk >= 28:  # the names of UID_STATE_NAMES have five places in 9
        yield f"    state={_state(device, min((uid_state(process) for process in running), key=_STATES.index, default='cch'))}"
    states = package.runtime_permissions.items()
    modes = {permissions.op_of(name): state.granted and "REVOKED_COMPAT" not in state.flags for name, state in states}
    for name, granted in modes.items():
        if not granted and op in (None, name):
            yield f"      {name}: mode={1 if device.rom.sdk < 28 else 'ignore'}"
    yield f"    Package {package.name}:"
    latest = device.system.app_ops.latest(package.name)
    for name in dict.fromkeys([*latest, *package.op_modes]):
        if op in (None, name):
            yield from _op(device, name, package.op_modes.get(name, default_mode(name)), list(latest.get(name, {}).values()))


DISCRETE = "--include-discrete"
DISCRETE_OPS = ("COARSE_LOCATION", "FINE_LOCATION", "CAMERA", "RECORD_AUDIO")  # DiscreteRegistry.DEFAULT_DISCRETE_OPS
_STATES = ("pers", "top", "fgsvc", "fg", "bg", "cch")  # the most important first
_NUMBERS = {"allow": 0, "ignore": 1, "deny": 2, "default": 3, "foreground": 4}  # AppOpsManager.MODE_*


def _op(device: VirtualDevice, name: str, mode: str, accesses: list[OpAccess]) -> Iterator[str]:
    """One op: a line in 8, a line for each state in 9, each with its word since 10, within an attribution since 11."""
    if device.rom.sdk < 28:
        last = {access.allowed: access for access in sorted(_standing(accesses, of_state=False), key=lambda item: item.wall)}
        ages = {allowed: text_formats.duration(device.clock.wall - access.wall) for allowed, access in last.items()}
        times = "".join(f"; {word}={ages[key]} ago" for key, word in ((True, "time"), (False, "rejectTime")) if key in ages)
        yield f"      {name}: mode={_NUMBERS[mode]}{times}"
        return
    if device.rom.sdk < 29:
        yield f"      {name} ({mode}): "
        standing = _standing(accesses, of_state=True)
        yield from _times(device, "Access: ", [access for access in standing if access.allowed])
        yield from _times(device, "Reject: ", [access for access in standing if not access.allowed])
        return
    yield f"      {name} ({mode}):"
    for tag in sorted({access.tag for access in accesses}, key=str):
        if device.rom.sdk >= 30:
            yield f"        {'null' if tag is None else tag}=["
        own = [access for access in accesses if access.tag == tag]
        for access in sorted(own, key=lambda item: (not item.allowed, _STATES.index(item.state))):
            when = _moment(device, access.wall, "%Y-%m-%d %H:%M:%S.%f")[:-3]
            key = f"{'Access' if access.allowed else 'Reject'}: [{access.state}-s]{' ' if access.allowed else ''}"
            yield f"          {key}{when} ({text_formats.duration(access.wall - device.clock.wall)})"
        if device.rom.sdk >= 30:
            yield "        ]"


def op_line(device: VirtualDevice, package: Package, name: str) -> str:
    """One op as ``appops get`` prints it: the mode, and how long ago the last access and the last refusal were."""
    latest = device.system.app_ops.latest(package.name).get(name, {}).values()
    standing = _standing(list(latest), of_state=False) if device.rom.sdk < 29 else list(latest)
    times = ""
    for word, allowed in (("time", True), ("rejectTime", False)):
        last = max((access.wall for access in standing if access.allowed is allowed), default=None)
        times += "" if last is None else f"; {word}={text_formats.duration(device.clock.wall - last)} ago"
    return f"{name}: {package.op_modes.get(name, default_mode(name))}{times}"


def _standing(accesses: list[OpAccess], *, of_state: bool) -> list[OpAccess]:
    """8 and 9 forget a refusal, in 9 that of a state, when an access follows (AppOpsService.noteOperationUnchecked)."""
    allowed = [access for access in accesses if access.allowed]

    def forgotten(refusal: OpAccess) -> bool:
        after = [access for access in allowed if access.wall > refusal.wall]
        return any(not of_state or access.state == refusal.state for access in after)

    return [access for access in accesses if access.allowed or not forgotten(access)]


def _times(device: VirtualDevice, word: str, accesses: list[OpAccess]) -> Iterator[str]:
    """The last time in each state, of 9: only the first line has the word (AppOpsService.dumpTimesLocked)."""
    first = " " * 10 + word
    for access in sorted(accesses, key=lambda item: _STATES.index(item.state)):
        when = _moment(device, access.wall, "%Y-%m-%d %H:%M:%S.%f")[:-3]
        yield f"{first}{access.state:5} = {when} ({text_formats.duration(access.wall - device.clock.wall)})"
        first = " " * 18


def _state(device: VirtualDevice, state: str) -> str:
    return f"{state:5}" if device.rom.sdk < 29 else state


def _moment(device: VirtualDevice, wall: float, layout: str) -> str:
    return datetime.fromtimestamp(wall, zone(device)).strftime(layout)
