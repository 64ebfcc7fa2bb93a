"""``apprights virtual ctl``: faults and what really happened, over the device's own port.

One line ``APPRIGHTS ctl {json}`` instead of a CNXN packet; lines of JSON come back. So it works while ADB does not.
"""

import json
import math
import socket
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from device_farm.virtual.adbd.daemon import Adbd
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.faults.catalogue import catalogue
from device_farm.virtual.faults.switching import WrongArguments, switch
from device_farm.virtual.framework.hardware.battery_service import CHARGING
from harness.errors import why
from harness.language import Text, _, text_of

PREFIX = b"APPRIGHTS ctl "
TIMEOUT_SECONDS = 10.0


class ControlError(Exception):
    """The device refused the request; the text is one line for the user."""


class Unreachable(ControlError):
    """No virtual device answers."""


# on the device
def answer(daemon: Adbd, body: bytes) -> list[dict[str, Any]]:
    """Carry out one request given as JSON and return the lines of the answer; the last one has ``ok`` or ``error``."""
    try:
        request = json.loads(body)
        words = [str(word) for word in request["words"]]
    except (ValueError, KeyError, TypeError, RecursionError):
        return [_refused(_("a request is a JSON object with words"))]
    if words == ["truth"]:
        return [*daemon.device.truth, {"ok": True}]
    if words == ["facts"]:
        return [*facts(daemon.device), {"ok": True}]
    if words == ["unmodelled"]:
        return [*daemon.device.unmodelled.lines(), {"ok": True}]
    if words[:1] == ["option"] and len(words) in {1, 3}:
        return _option(daemon.device, *words[1:])
    if words[:1] == ["fault"]:
        return [_fault(daemon, words[1:])]
    if words[:1] == ["sensor"]:
        return [_sensor(daemon.device, words[1:])]
    if words[:1] == ["battery"] and len(words) <= 3:
        return _battery(daemon.device, words[1:])
    if words[:1] == ["usb"] and len(words) <= 2:
        return _usb(daemon, *words[1:])
    if words[:1] == ["touch"]:
        return [_touch(daemon.device, words[1:])]
    known = (
        "fault NAME [ARGUMENTS | off], option [NAME on|off], truth, facts, unmodelled, sensor X Y Z | shake, touch X Y [X Y] | KEY, "
        "battery [PERCENT [CELSIUS]], usb [on|off]"
    )
    return [_refused(_("known requests: {requests}", requests=known))]


def _refused(problem: Text | str) -> dict[str, Any]:
    """The last line of an answer that is none: in English, and so that the client can say it in its own language."""
    said: dict[str, Any] = {"error": str(problem)}
    if isinstance(problem, Text):
        said |= {"template": problem.template, "values": {name: str(value) for name, value in problem.values.items()}}
    return said


def _touch(device: VirtualDevice, words: list[str]) -> dict[str, Any]:
    """``touch X Y``, ``touch X Y TO_X TO_Y`` or ``touch KEY``: what a person's hand does, seen by the kernel too."""
    wanted = _("touch takes X Y in pixels, X Y and where the finger goes, or the name of a key")
    try:
        if len(words) == 1:
            device.kernel_input.press(words[0])
        elif len(words) in (2, 4):
            numbers = [float(word) for word in words]
            device.kernel_input.touch((numbers[0], numbers[1]), (numbers[-2], numbers[-1]))
        else:
            return _refused(wanted)
    except ValueError as error:
        told = text_of(error)
        return _refused(told if isinstance(told, Text) else wanted)
    return {"ok": True}


def _sensor(device: VirtualDevice, words: list[str]) -> dict[str, Any]:
    """``sensor X Y Z`` (m/s², as the emulator's console sets the acceleration) or ``sensor shake``."""
    try:
        if words == ["shake"]:
            device.system.sensors.shake()
        else:
            x, y, z = map(float, words)
            device.system.sensors.inject(x, y, z)
    except ValueError:
        return _refused(_("sensor takes three numbers in m/s², at most 8 g, or the word 'shake'"))
    return {"ok": True}


def _battery(device: VirtualDevice, words: list[str]) -> list[dict[str, Any]]:
    """``battery`` tells what is in it; with PERCENT and CELSIUS it is so, and works from now on."""
    battery = device.system.power.battery
    try:
        numbers = [float(word) for word in words]
    except ValueError:
        numbers = [math.nan]
    if not all(low <= number <= high for number, (low, high) in zip(numbers, ((0.0, 100.0), (-40.0, 120.0)), strict=False)):
        return [_refused(_("battery takes PERCENT from 0 to 100, and CELSIUS from -40 to 120"))]
    if numbers:
        battery.work(level=numbers[0], celsius=numbers[1] if len(numbers) > 1 else None)
    found = battery.reading
    told = {"percent": round(battery.charge, 2), "celsius": found.temperature / 10, "charging": found.status == CHARGING}
    return [told | {"works": battery.works, "off": device.faults.off}, {"ok": True}]


def _usb(daemon: Adbd, state: str = "") -> list[dict[str, Any]]:
    """``usb on|off`` switches the port of the hub; ``usb`` tells what a host sees on the bus, as lsusb does."""
    device = daemon.device
    if state not in {"", "on", "off"}:
        return [_refused(_("a port is 'on' or 'off', not '{state}'", state=state[:80]))]
    if state:
        battery = device.system.power.battery
        battery.settle()
        battery.port, device.faults.unplugged = state == "on", state == "off"
        battery.work()
        if state == "off":
            daemon.go_away(math.inf)
        else:
            device.turn_on()
            daemon.come_back()
    seen = not (device.faults.unplugged or device.faults.off or "device-lost" in device.faults.active)
    return [{"power": not device.faults.unplugged, "seen": seen, "adb": seen and "debugging-off" not in device.faults.active}, {"ok": True}]


def facts(device: VirtualDevice) -> list[dict[str, Any]]:
    """Return the facts of its ROM's data that the device used so far, and how many of them are assumed."""
    used = list(device.rom.used.values())
    assumed = sum(fact.assumed for fact in used)
    return [*map(asdict, used), {"facts": len(used), "assumed": assumed}]


def _option(device: VirtualDevice, name: str = "", state: str = "") -> list[dict[str, Any]]:
    """Switch what a tester switches on a phone of this ROM, or tell how it all stands."""
    if state not in {"", "on", "off"}:
        return [_refused(_("an option is 'on' or 'off', not '{state}'", state=state))]
    try:
        if name:
            device.options.switch(name, on=state == "on")
    except ValueError as error:
        return [_refused(text_of(error))]
    states = device.options.states()
    return [*({"option": name, "label": device.options.label(name), "on": on} for name, on in states.items()), {"ok": True}]


def fault(daemon: Adbd, name: str = "", *arguments: str) -> None:
    """Switch a fault; raises ControlError with the choices."""
    known = ", ".join(catalogue())
    if not name:
        raise ControlError(_("which fault; known: {faults}", faults=known))
    if name not in catalogue():
        raise ControlError(_("unknown fault '{name}'; known: {faults}", name=name, faults=known))
    try:
        switch(daemon, name, list(arguments))
    except WrongArguments as error:
        raise ControlError(text_of(error)) from None


def _fault(daemon: Adbd, words: list[str]) -> dict[str, Any]:
    try:
        fault(daemon, *words)
    except ControlError as error:
        return _refused(text_of(error))
    return {"ok": True, "active": sorted(daemon.device.faults.active)}


# at the client
def ask(address: str, words: list[str]) -> Iterator[dict[str, Any]]:
    """Send one request to ``HOST:PORT`` and yield the lines of the answer but the last.

    Raises ControlError for a refusal and Unreachable where nobody answers.
    """
    host, _colon, port = address.rpartition(":")
    if not host or not port.isdigit() or int(port) > 65535:
        raise ControlError(_("'{address}' is not HOST:PORT of a virtual device", address=address[:80]))
    try:
        with socket.create_connection((host, int(port)), timeout=TIMEOUT_SECONDS) as connection:
            connection.sendall(PREFIX + json.dumps({"words": words}).encode() + b"\n")
            with connection.makefile("rb") as lines:
                for line in lines:
                    entry = json.loads(line)
                    if "error" in entry:
                        raise ControlError(_problem(entry))
                    if entry.get("ok") is True:
                        return
                    yield entry
    except OSError as error:
        raise Unreachable(_("no virtual device answers at {address}: {reason}", address=address, reason=why(error))) from error
    except (ValueError, RecursionError) as error:
        raise Unreachable(_("what answers at {address} is no virtual device", address=address)) from error
    raise Unreachable(_("no virtual device answers at {address}", address=address))


def _problem(entry: dict[str, Any]) -> str:
    """The refusal of a device, to be said in the language of this run."""
    template, values = entry.get("template"), entry.get("values")
    if isinstance(template, str) and isinstance(values, dict):
        with suppress(KeyError, IndexError, ValueError):
            return Text(template, values)
    return str(entry["error"])
