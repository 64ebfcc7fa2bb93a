"""How a phone is just now, each thing from what one command prints; the farm rests a phone by some of them."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from harness.language import Text, _, quoted
from harness.parsers.battery import parse_battery
from harness.parsers.disk_free import parse_free_kb, parse_size_kb
from harness.parsers.getprop import properties
from harness.parsers.shake_rows import shake_rows
from harness.parsers.thermal import SEVERE, parse_thermal_status
from harness.parsers.user_list import user_numbers
from harness.roms import FACTS, rom_of

LOW_PERCENT = 30
"""The least that a battery must have [PROJECT]: a night of clause 6 takes up to a third of it."""
HOT_CELSIUS = 45.0
"""The warmest that a battery may be [PROJECT]: about where chargers stop."""
LOW_SPACE = 0.05
LOW_SPACE_KB = 500 * 1024
"""Below 5 % or 500 MB of /data, whichever is less, Android itself is low on room: StorageManager.java,
DEFAULT_THRESHOLD_PERCENTAGE and DEFAULT_THRESHOLD_MAX_BYTES."""


SHORT = 160  # characters of names that the phone told


class Condition(NamedTuple):
    """What was found: in words, as a number where it is compared, and why it is not well; what is not told is well.

    With ``certain`` False the reason is why it cannot be told whether it is well.
    """

    value: str = ""
    number: float | None = None
    reason: Text | None = None
    certain: bool = True


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


def one_user(listed: str) -> Condition:
    """From ``pm list users``: an app that a second user or a clone has too shows the same dialogs as the other."""
    others = [str(number) for number in user_numbers(listed) if number != 0]
    if not others:
        return Condition()
    why = _("there are users or clones besides the owner ({users}): a check tells whether they have its app", users=", ".join(others))
    return Condition(reason=why, certain=False)


def untouched(services: str) -> Condition:
    """From the setting of the accessibility services that are on: one may press, or close adverts, by itself."""
    on = [name for name in services.strip().split(":") if name not in ("", "null")]
    if not on:
        return Condition()
    named = quoted(" ".join(on)[:SHORT])
    return Condition(reason=_("accessibility services are on, and may touch the screen by themselves: {names}", names=named))


def shakes(told: str) -> Condition:
    """From the settings and the properties: the ROM's own switch against apps that leave by a shake."""
    rows = shake_rows(told)
    on = [name for name, is_on in rows if is_on]
    if on:
        named = ", ".join(on)[:SHORT]
        return Condition(reason=_("the phone holds shakes back ({names}): one that opens nothing proves nothing", names=named))
    announced = FACTS["shake_switch"]["names"].get(rom_of(properties(told)))
    if announced and not rows:
        return Condition(reason=_("{rom} may have a switch that holds shakes back, and does not tell of it", rom=announced), certain=False)
    return Condition()


CONDITIONS: Mapping[str, Callable[[str], Condition]] = {
    "space": space,
    "heat": heat,
    "charge": charge,
    "one-user": one_user,
    "untouched": untouched,
    "shakes": shakes,
}
