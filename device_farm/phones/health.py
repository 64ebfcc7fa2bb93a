"""Health checks of a phone, made before and after each unit in about two round trips.

The screen is lit and an open lock slid away, as a check does itself; nothing else is changed. Whatever is not told is
taken as it is.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from harness.abilities.ability import Answer, abilities
from harness.abilities.condition import Condition, charge, heat, space
from harness.abilities.trying import try_each
from harness.device.protocol import Device, run_together
from harness.device.screen_wakeup import DISMISS, WAKE, screen_state
from harness.errors import DeviceLost, DeviceTimeout
from harness.language import Text, _
from harness.parsers.screen_state import ScreenState, parse_screen_state

SLOW_SECONDS = 10.0
"""A phone that takes longer for one answer is not fit [PROJECT]."""
FULL_PERCENT = 80
"""Where a battery that is charged through a switched hub is full enough [PROJECT]: above, it ages faster."""
BACK_PERCENT = 40
"""Where a phone that had to charge works again [PROJECT]: not at the first percent above the least."""
COOL_CELSIUS = 40.0
"""Where a phone that was hot works again [PROJECT]."""
DRIFT_SECONDS = 120.0
"""By so much may the clocks of phone and host differ [PROJECT], as in ``apprights doctor``."""
SLIDE_SECONDS = 2.0
"""How long an open lock may take to go [PROJECT]: AOSP's animation is 0.3 s."""
_NOTHING = Text("")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at; ``value`` as it was found, ``reason`` empty where it is well."""

    name: str
    ok: bool
    value: str = ""
    reason: Text = _NOTHING
    number: float | None = None
    """The value, where it is one that is compared: percent, degrees Celsius."""


@dataclass(frozen=True, slots=True)
class Health:
    """The health of a phone; ``checks`` ends with the first that could not be asked at all."""

    ok: bool
    checks: tuple[Check, ...]

    @property
    def failed(self) -> tuple[Check, ...]:
        return tuple(check for check in self.checks if not check.ok)

    def number(self, name: str) -> float | None:
        """The number of a check; None where it was not made, or told none."""
        return next((check.number for check in self.checks if check.name == name), None)

    @property
    def reason(self) -> Text:
        """Why it is not fit; empty where it is."""
        return self.failed[0].reason if self.failed else _NOTHING


def examine(device: Device, *, clock: Callable[[], float] = time.time) -> Health:
    """Look at everything; a phone that goes away meanwhile fails the check ``adb``, and nothing is asked after that."""
    checks: list[Check] = []
    try:
        checks.extend(_examined(device, clock))
    except (DeviceLost, DeviceTimeout) as error:
        checks.append(Check("adb", ok=False, reason=Text("{reason}", {"reason": error})))
    return Health(all(check.ok for check in checks), tuple(checks))


def _examined(device: Device, clock: Callable[[], float]) -> Iterator[Check]:
    begun, sent = time.monotonic(), clock()
    first = run_together(device, [["date", "+%s"], ["getprop", "sys.boot_completed"], ["getprop", "ro.apprights.virtual"]])
    date, booted, virtual = (one.stdout.strip() for one in first)
    took = time.monotonic() - begun
    yield _adb(took, booted)
    asked = [
        ["dumpsys", "power"],
        ["dumpsys", "window", "policy"],
        ["df", "-k", "/data"],
        ["dumpsys", "battery"],
        ["dumpsys", "thermalservice"],
    ]
    power, policy, disk, battery, thermal = run_together(device, asked)
    yield _screen(device, parse_screen_state(power.stdout, policy.stdout))
    yield _check("space", space(disk.stdout))
    yield _check("temperature", heat(f"{battery.stdout}\n{thermal.stdout}"))
    yield _check("battery", charge(battery.stdout))
    yield _clock(date, sent, took, virtual=virtual == "1")
    yield _able(device, "uiautomator2", "tree")
    yield _able(device, "log", "log-main", "log-events")


def _adb(took: float, booted: str) -> Check:
    value = f"{took * 1000:.0f} ms"
    if took > SLOW_SECONDS:
        return Check("adb", ok=False, value=value, reason=_("took {seconds} s for one answer", seconds=round(took)))
    if booted not in ("1", ""):
        return Check("adb", ok=False, value=value, reason=_("is still starting"))
    return Check("adb", ok=True, value=value)


def _screen(device: Device, state: ScreenState) -> Check:
    """Lit and open, or made so where no secret is needed."""
    if state.awake is False:
        device.shell(list(WAKE))
        state = screen_state(device)
    if state.locked and not state.secure:
        device.shell(list(DISMISS))
        deadline = time.monotonic() + SLIDE_SECONDS
        while time.monotonic() < deadline and state.locked:
            state = screen_state(device)
    value = f"awake={state.awake} locked={state.locked}"
    if state.awake is False:
        return Check("screen", ok=False, value=value, reason=_("the screen stays dark"))
    if state.locked:
        reason = _("is locked with a secret: unlock it and remove the lock") if state.secure else _("the lock screen does not go away")
        return Check("screen", ok=False, value=value, reason=reason)
    return Check("screen", ok=True, value=value)


def _clock(date: str, sent: float, took: float, *, virtual: bool) -> Check:
    """Against the host's, in the middle of the round trip; the time of a virtual phone is its own."""
    if not date.isdecimal():
        return Check("clock", ok=True)
    drift = round(int(date) - (sent + took / 2))
    value = f"{drift:+d} s"
    if abs(drift) > DRIFT_SECONDS and not virtual:
        return Check("clock", ok=False, value=value, reason=_("its clock is {seconds} s from that of the computer", seconds=drift))
    return Check("clock", ok=True, value=value)


def _check(name: str, found: Condition) -> Check:
    return Check(name, found.reason is None, found.value, found.reason or _NOTHING, found.number)


def _able(device: Device, name: str, *wanted: str) -> Check:
    """Whether the phone has abilities, as ``apprights doctor`` tries them."""
    tried = try_each(device, [ability for ability in abilities() if ability.name in wanted])
    lacking = [one for one in tried if one.answer is not Answer.HAS]
    if not lacking:
        return Check(name, ok=True)
    return Check(name, ok=False, reason=_("{ability}: {reason}", ability=lacking[0].ability.what, reason=lacking[0].told or "-"))
