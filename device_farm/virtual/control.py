"""``apprights virtual ctl``: faults and what really happened, over the device's own port.

One line ``APPRIGHTS ctl {json}`` instead of a CNXN packet; lines of JSON come back. So it works while ADB does not.
"""

from __future__ import annotations

import json
import math
import socket
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from device_farm.virtual.adbd.daemon import Adbd
    from device_farm.virtual.device import VirtualDevice

PREFIX = b"APPRIGHTS ctl "
TIMEOUT_SECONDS = 10.0
OFFLINE_SECONDS = math.inf  # without a number: until ``fault online``
KNOWN_FAULTS = (
    "unauthorized", "offline", "online", "slow", "device-lost", "logcat-overflow", "u2-dies",
    "uiautomation-not-connected", "empty-dump", "low-memory-kill", "rom-cleaner-kill", "reboot",
)  # fmt: skip


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
        return [{"error": 'a request is {"words": [...]}'}]
    if words == ["truth"]:
        return [*daemon.device.truth, {"ok": True}]
    if words == ["facts"]:
        return [*facts(daemon.device), {"ok": True}]
    if words == ["unmodelled"]:
        return [*({"unmodelled": name} for name in sorted(daemon.device.unmodelled)), {"ok": True}]
    if words[:1] == ["fault"] and len(words) in {2, 3}:
        return [_fault(daemon, *words[1:])]
    return [{"error": "known requests: fault NAME [off | SECONDS | PACKAGE], truth, facts, unmodelled"}]


def _fault(daemon: Adbd, name: str, argument: str = "") -> dict[str, Any]:
    if name not in KNOWN_FAULTS:
        return {"error": f"unknown fault {name!r}; known: {', '.join(KNOWN_FAULTS)}"}
    active = daemon.device.faults.active
    if argument == "off" or name == "online":
        _switch_off(daemon, "offline" if name == "online" else name)
    elif (act := _ACTS.get(name)) is not None:
        if (problem := act(daemon, argument)) is not None:
            return {"error": problem}
    else:
        active.add(name)
    return {"ok": True, "active": sorted(active)}


def facts(device: VirtualDevice) -> list[dict[str, Any]]:
    """Which facts of its ROM's data the device used so far, and how many of them are assumed."""
    used = list(device.rom.used.values())
    assumed = sum(fact.assumed for fact in used)
    return [*map(asdict, used), {"facts": len(used), "assumed": assumed}]


def _switch_off(daemon: Adbd, name: str) -> None:
    daemon.device.faults.active.discard(name)
    if name in {"offline", "device-lost"}:
        daemon.come_back()
    elif name == "unauthorized":
        daemon.authorize()


def _unauthorized(daemon: Adbd, argument: str) -> str | None:
    """Forget the host's key: hosts have to connect again, and wait for it to be accepted."""
    daemon.device.faults.active.add("unauthorized")
    daemon.go_away(0.0)
    return None


def _offline(daemon: Adbd, argument: str) -> str | None:
    try:
        seconds = float(argument) if argument else OFFLINE_SECONDS
    except ValueError:
        return f"{argument!r} is not a number of seconds"
    if not argument:
        daemon.device.faults.active.add("offline")
    daemon.go_away(seconds)
    return None


def _device_lost(daemon: Adbd, argument: str) -> str | None:
    daemon.device.faults.active.add("device-lost")
    daemon.go_away(math.inf)
    return None


def _reboot(daemon: Adbd, argument: str) -> str | None:
    daemon.device.reboot()
    return None


def _kill(fault: str) -> Callable[[Adbd, str], str | None]:
    def act(daemon: Adbd, argument: str) -> str | None:
        system = daemon.device.system
        if argument and argument not in system.packages:
            return f"no package {argument!r} on the device"
        system.kill_by_fault(fault, argument)
        return None

    return act


_ACTS: dict[str, Callable[[Adbd, str], str | None]] = {
    "unauthorized": _unauthorized,
    "offline": _offline,
    "device-lost": _device_lost,
    "reboot": _reboot,
    "low-memory-kill": _kill("low-memory-kill"),
    "rom-cleaner-kill": _kill("rom-cleaner-kill"),
}


# at the client
def ask(address: str, words: list[str]) -> Iterator[dict[str, Any]]:
    """Send one request to ``HOST:PORT`` and yield the lines of the answer but the last.

    Raises ControlError for a refusal and Unreachable where nobody answers.
    """
    host, _, port = address.rpartition(":")
    if not host or not port.isdigit() or int(port) > 65535:
        raise ControlError(f"{address!r} is not HOST:PORT of a virtual device")
    try:
        with socket.create_connection((host, int(port)), timeout=TIMEOUT_SECONDS) as connection:
            connection.sendall(PREFIX + json.dumps({"words": words}).encode() + b"\n")
            with connection.makefile("rb") as lines:
                for line in lines:
                    entry = json.loads(line)
                    if "error" in entry:
                        raise ControlError(entry["error"])
                    if entry.get("ok") is True:
                        return
                    yield entry
    except (OSError, ValueError) as error:
        raise Unreachable(f"no virtual device answers at {address}: {error}") from error
    raise Unreachable(f"no virtual device answers at {address}")
