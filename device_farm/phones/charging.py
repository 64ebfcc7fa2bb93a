"""Batteries between 30 and 80 %: hubs that can switch their sockets, through the program uhubctl.

A socket that is off takes the data away with the power, so a phone on USB is off only while no work waits, and nothing
can be read of it then: it is on again after some hours. A phone that is reached over the network is charged and left
alone by its level. Where no hub switches, a battery that is low makes the phone rest (``phones.states``).

The sockets stand in a file::

    program = "uhubctl"        # where it is not in the path

    [sockets]
    "R5CT10ABCDE" = { hub = "1-2", port = 3 }     # as uhubctl names them, by the serial of adb
"""

import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from device_farm.phones.adb_listing import NETWORK
from device_farm.phones.health import BACK_PERCENT, FULL_PERCENT
from device_farm.phones.phone_transitions import busy_phones
from device_farm.store.database import now
from device_farm.store.models import Device
from harness.errors import FormatError, HarnessError, why
from harness.language import Text, _, quoted
from harness.toml_reader import read_toml

OFF_TIME = timedelta(hours=6)
"""How long a phone on USB may be off [PROJECT]: at rest it loses about 1 % in an hour."""
SWITCH_SECONDS = 20.0
"""How long uhubctl may take [PROJECT]: it waits for the hub, some seconds at most."""


@dataclass(frozen=True, slots=True)
class Socket:
    """Port ``port`` of the hub at ``hub``, as uhubctl names them (``-l 1-2 -p 3``)."""

    hub: str
    port: int


@dataclass(frozen=True, slots=True)
class Hubs:
    """The switchable socket of each phone."""

    sockets: Mapping[str, Socket]
    program: str = "uhubctl"


def read_hubs(path: Path) -> Hubs:
    """Read the file of the sockets; raises FormatError where it is none."""
    told = read_toml(path)
    try:
        sockets = {str(serial): _socket(one) for serial, one in told["sockets"].items()}
        program = told.get("program", "uhubctl")
        if not isinstance(program, str) or set(told) - {"program", "sockets"}:
            raise TypeError
    except (KeyError, TypeError, AttributeError):
        raise FormatError(_('{path}: write [sockets] and lines as "SERIAL" = {{ hub = "1-2", port = 3 }}', path=path)) from None
    if len(set(sockets.values())) < len(sockets):
        raise FormatError(_("{path}: two phones hang on one socket", path=path))
    return Hubs(sockets, program)


def _socket(one: Mapping[str, Any]) -> Socket:
    hub, port = one["hub"], one["port"]
    if not isinstance(hub, str) or not isinstance(port, int) or not hub or hub.startswith("-") or port < 1:
        raise TypeError
    return Socket(hub, port)


def switch(hubs: Hubs, socket: Socket, *, on: bool) -> None:
    """Switch a socket; raises HarnessError with what uhubctl says."""
    command = [hubs.program, "-l", socket.hub, "-p", str(socket.port), "-a", "on" if on else "off"]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SWITCH_SECONDS, check=False)
    except OSError as error:
        raise HarnessError(_("{program} cannot be run: {reason}", program=hubs.program, reason=why(error))) from error
    except subprocess.TimeoutExpired as error:
        raise HarnessError(_("{program} does not end", program=hubs.program)) from error
    if done.returncode:
        told = " ".join((done.stderr or done.stdout).decode("utf-8", "replace").split())[-200:]
        raise HarnessError(_("{program}: {told}", program=hubs.program, told=quoted(told)))


def wanted(level: int | None, *, on: bool, on_usb: bool, needed: bool, off_for: timedelta) -> bool:
    """Whether the socket of a phone should have power, its battery having had ``level`` percent when it was last read.

    ``needed``: work waits for it, or it works.
    """
    if level is None or (on_usb and (needed or off_for >= OFF_TIME)):
        return True
    return level < (FULL_PERCENT if on else BACK_PERCENT)


def manage_charging(
    session: Session, host: str, hubs: Hubs, *, needed: bool, act: Callable[..., None] = switch
) -> Sequence[tuple[str, bool, Text | None]]:
    """Switch the sockets of a host as its phones need it; each that was switched, and why one could not be.

    ``needed``: there are units that wait. A phone that is off is not gone: ``recording.record`` says why.
    """
    at, busy = now(session), busy_phones(session)
    done: list[tuple[str, bool, Text | None]] = []
    for row in session.scalars(select(Device).where(Device.host == host, Device.address.in_(hubs.sockets)).order_by(Device.id)):
        power = row.facts.get("power", {})
        on = bool(power.get("on", True))
        off_for = timedelta() if on else at - datetime.fromisoformat(str(power["since"]))
        on_usb = NETWORK.match(row.address) is None
        level = row.facts.get("battery")
        goal = wanted(level, on=on, on_usb=on_usb, needed=needed or row.id in busy, off_for=off_for)
        if goal == on:
            continue
        try:
            act(hubs, hubs.sockets[row.address], on=goal)
        except HarnessError as error:
            done.append((row.address, goal, Text("{reason}", {"reason": error})))
            continue
        row.facts = row.facts | {"power": {"on": goal, "since": at.isoformat()}}
        done.append((row.address, goal, None))
    session.flush()
    return done
