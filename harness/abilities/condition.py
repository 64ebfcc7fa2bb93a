"""How a phone is just now: room, heat and battery, each from a dump; the farm rests a phone by the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from harness.language import Text, _
from harness.parsers.battery import parse_battery
from harness.parsers.disk_free import parse_free_kb, parse_size_kb
from harness.parsers.thermal import SEVERE, parse_thermal_status

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LOW_PERCENT = 30
"""The least that a battery must have [PROJECT]: a night of clause 6 takes up to a third of it."""
HOT_CELSIUS = 45.0
"""The warmest that a battery may be [PROJECT]: about where chargers stop."""
LOW_SPACE = 0.05
LOW_SPACE_KB = 500 * 1024
"""Below 5 % or 500 MB of /data, whichever is less, Android itself is low on room: StorageManager.java,
DEFAULT_THRESHOLD_PERCENTAGE and DEFAULT_THRESHOLD_MAX_BYTES."""


class Condition(NamedTuple):
    """What was found: in words, as a number where it is compared, and why it is not well; what is not told is well."""

    value: str = ""
    number: float | None = None
    reason: Text | None = None


def space(disk: str) -> Condition:
    """From ``df -k /data``."""
    free, size = parse_free_kb(disk), parse_size_kb(disk)
    if free is None or size is None:
        return Condition()
    low = free < min(size * LOW_SPACE, LOW_SPACE_KB)
    return Condition(f"{free // 1024} MB", None, _("only {free} MB are left for data", free=free // 1024) if low else None)


def heat(dumps: str) -> Condition:
    """From ``dumpsys battery`` and ``dumpsys thermalservice``, one behind the other."""
    celsius, status = parse_battery(dumps).celsius, parse_thermal_status(dumps)
    value = " ".join(([f"{celsius:.1f} °C"] if celsius is not None else []) + ([f"status {status}"] if status is not None else []))
    if celsius is not None and celsius >= HOT_CELSIUS:
        return Condition(value, celsius, _("its battery has {celsius} °C", celsius=f"{celsius:.1f}"))
    if status is not None and status >= SEVERE:
        return Condition(value, None, _("holds itself back for heat (thermal status {status})", status=status))
    return Condition(value, celsius)


def charge(dump: str) -> Condition:
    """From ``dumpsys battery``."""
    told = parse_battery(dump)
    if told.level is None:
        return Condition()
    value = f"{told.level} %" + (f" {'+'.join(told.powered)}" if told.powered else "")
    low = _("its battery has {level} %", level=told.level) if told.level < LOW_PERCENT else None
    return Condition(value, told.level, low)


CONDITIONS: Mapping[str, Callable[[str], Condition]] = {"space": space, "heat": heat, "charge": charge}
