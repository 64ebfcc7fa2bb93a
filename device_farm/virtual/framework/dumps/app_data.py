"""``dumpsys`` of what apps read: the accelerometer's listeners and the app ops.

Sources: frameworks/native services/sensorservice (SensorService.cpp, SensorEventConnection.cpp,
SensorRegistrationInfo.h), frameworks/base services/core/java/com/android/server/appop/AppOpsService.java.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from device_farm.virtual.framework import formats
from device_farm.virtual.framework.permissions import permissions
from device_farm.virtual.framework.permissions.app_ops import uid_state
from device_farm.virtual.time_zone import zone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from device_farm.virtual.device import VirtualDevice
    from device_farm.virtual.framework.permissions.app_ops import OpAccess
    from device_farm.virtual.framework.records.model import Package

_HANDLE = "0x00000001"
_NAME = "Goldfish 3-axis Accelerometer"


def sensor_service(device: VirtualDevice, args: list[str]) -> str | None:
    """The one sensor, who listens, and who did."""
    if args not in ([], ["-a"]):
        return None
    sensors = device.system.sensors
    running = int(bool(sensors.listeners))
    lines = [
        "Sensor Device:",
        f"Total 1 h/w sensors, {running} running 0 disabled clients:",
        *([f"{_HANDLE}) active-count = {len(sensors.listeners)}; sampling_period(ms) = {{200.0}}, selected = 200.00 ms;"
           " batching_period(ms) = {0.0}, selected = 0.00 ms"] if running else []),
        "Sensor List:",
        f"{_HANDLE}) {_NAME:<25} | {'The Android Open Source Project':<15} | ver: 1 | type:"
        " android.sensor.accelerometer(1) | perm: n/a | flags: 0x00000000",
        "\tcontinuous | minRate=4.00Hz | maxRate=100.00Hz | no batching | non-wakeUp | ",
        "Fusion States:",
        "Recent Sensor events:",
        f"{_NAME}: last 1 events",
        "\t 1 (ts={:.9f}, wall={}) {:.2f}, {:.2f}, {:.2f}, ".format(
            device.clock.uptime, _moment(device, device.clock.wall, "%H:%M:%S.%f")[:-3], *sensors.values
        ),
        "Active sensors:",
        *([f"{_NAME} (handle={_HANDLE}, connections={len(sensors.listeners)})"] if running else []),
        "Socket Buffer size = 39 events",
        "WakeLock Status: not held ",
        "Mode : NORMAL",
        f"{len(sensors.listeners)} active connections",
    ]  # fmt: skip
    for number, record in enumerate(sensors.listeners):
        package = device.system.packages[record.component.package]
        lines += [
            f"Connection Number: {number} ",
            "\tOperating Mode: NORMAL",
            f"\t{record.component.class_name} | WakeLockRefCount 0 | uid {package.uid} | cache size 0 | max cache size 0",
            f"\t {_NAME} {_HANDLE} | status: active | pending flush events 0 ",
        ]
    lines += ["0 direct connections", "Previous Registrations:"]
    for entry in reversed(sensors.registrations):
        sign, more = ("+", " samplingPeriod=200000us batchingPeriod=0us result=ok") if entry.listening else ("-", "")
        when = _moment(device, entry.wall, "%H:%M:%S")
        lines.append(f"{when} {sign} {_HANDLE} pid={entry.pid:5} uid={entry.uid:5} package={entry.package}{more}")
    return "\n".join(lines) + "\n"


def appops(device: VirtualDevice, args: list[str]) -> str | None:
    """``dumpsys appops [--package PACKAGE] [--op OP]``: modes, and the last access of each op and state."""
    wanted = dict(zip(args[::2], args[1::2], strict=False))
    if len(args) % 2 or not set(wanted) <= {"--package", "--op"}:
        return None
    package, op = wanted.get("--package"), wanted.get("--op")
    if package is not None and package not in device.system.packages:
        return f"Unknown package: {package}\n"
    settle = ("30s0ms", "10s0ms") if device.rom.sdk == 29 else ("5s0ms", "5s0ms")
    lines = [
        "Current AppOps Service state:",
        "  Settings:",
        f"    top_state_settle_time=+{settle[0]}",
        f"    fg_service_state_settle_time=+{settle[1]}",
        "    bg_state_settle_time=+1s0ms",
        "",
    ]
    for found in sorted(device.system.packages.values(), key=lambda item: item.uid):
        if package in (None, found.name) and not (package is None and found.system):
            lines += _uid(device, found, op)
    return "\n".join(lines) + "\n"


def _uid(device: VirtualDevice, package: Package, op: str | None) -> Iterator[str]:
    yield f"  Uid {formats.uid_text(package.uid)}:"
    running = device.system.process_list.of_package(package.name)
    yield f"    state={min((uid_state(process) for process in running), key=_STATES.index, default='cch')}"
    modes = {permissions.op_of(name): state.granted for name, state in package.runtime_permissions.items()}
    for name, granted in modes.items():
        if not granted and op in (None, name):
            yield f"      {name}: mode={1 if device.rom.sdk < 29 else 'ignore'}"
    yield f"    Package {package.name}:"
    latest = device.system.app_ops.latest(package.name)
    for name in dict.fromkeys([*latest, *package.op_modes]):
        if op in (None, name):
            yield from _op(device, name, package.op_modes.get(name, "allow"), list(latest.get(name, {}).values()))


_STATES = ("pers", "top", "fgsvc", "fg", "bg", "cch")  # the most important first
_NUMBERS = {"allow": 0, "ignore": 1, "deny": 2, "default": 3, "foreground": 4}  # AppOpsManager.MODE_*


def _op(device: VirtualDevice, name: str, mode: str, accesses: list[OpAccess]) -> Iterator[str]:
    """One op: a line up to 9, access lines since 10, within the attribution since 11."""
    if device.rom.sdk < 29:
        last = accesses[-1] if accesses else None
        ago = "" if last is None else formats.duration(device.clock.wall - last.wall)
        kind = "" if last is None else f"; {'time' if last.allowed else 'rejectTime'}={ago} ago"
        yield f"      {name}: mode={_NUMBERS[mode]}{kind}"
        return
    yield f"      {name} ({mode}):"
    attributed = device.rom.sdk >= 30 and bool(accesses)
    if attributed:
        yield "        null=["
    for access in sorted(accesses, key=lambda item: (not item.allowed, _STATES.index(item.state))):
        when = _moment(device, access.wall, "%Y-%m-%d %H:%M:%S.%f")[:-3]
        key = f"{'Access' if access.allowed else 'Reject'}: [{access.state}-s]{' ' if access.allowed else ''}"
        yield f"          {key}{when} ({formats.duration(access.wall - device.clock.wall)})"
    if attributed:
        yield "        ]"


def _moment(device: VirtualDevice, wall: float, layout: str) -> str:
    return datetime.fromtimestamp(wall, zone(device)).strftime(layout)
