"""Parse the list of an adb server: one line a transport (``host:devices-l``).

Source: AOSP packages/modules/adb, transport.cpp, append_transport: serial, blanks, state, where it hangs, ``product:``,
``model:``, ``device:``, ``transport_id:``. Where it hangs is ``usb:1-2.3`` on Linux (port 3 of the hub at port 2 of bus
1), another number on macOS, and nothing on Windows or over the network.
"""

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass

from harness.device.adb_link import FastClient, server_port, translated
from harness.device.adb_server import ensure_user_server
from harness.errors import HarnessError

CONNECT_SECONDS = 15.0
"""How long ``adb connect`` may take [PROJECT]: the server itself gives up after ten."""
_LINE = re.compile(r"^(?P<serial>\(no serial number\)|\S+)\s+(?P<state>no permissions|[a-z]+)(?P<rest>.*)$")
_USB = re.compile(r"(?:^|\s)(usb:\S+)")
_ID = re.compile(r"transport_id:(\d+)\s*$")
NETWORK = re.compile(r"^(?P<host>.+):(?P<port>\d{1,5})$")
"""An address that was given to ``adb connect``."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One transport. ``state`` is adb's word; ``usb`` is empty where adb does not tell it."""

    serial: str
    state: str
    usb: str = ""
    transport: int = 0


def hub_of(usb: str) -> str:
    """The hub on which a phone hangs: ``usb:1-2`` for ``usb:1-2.3``; the bus where there is none."""
    head, dot, _port = usb.rpartition(".")
    return head if dot else usb.partition("-")[0]


def listed(adb_port: int | None) -> list[Listed]:
    """All transports of the adb server; raises DeviceLost where no server answers.

    The user's own server, without a port, is started where it does not run.
    """
    number = server_port(adb_port)
    if adb_port is None:
        ensure_user_server(number)
    with translated("the adb server", "devices"):
        text = FastClient(number).query("host:devices-l")
    return parse_listing(text)


def parse_listing(text: str) -> list[Listed]:
    """Read the long list of an adb server; an old server gives no transport ids."""
    found = []
    for line in text.splitlines():
        if match := _LINE.match(line):
            usb, number = _USB.search(match["rest"]), _ID.search(match["rest"])
            found.append(Listed(match["serial"], match["state"], usb[1] if usb else "", int(number[1]) if number else 0))
    return found


def again(adb_port: int | None, addresses: list[str]) -> None:
    """``adb connect`` to phones of the network, which a new adb server does not know; who refuses is not there."""
    client = FastClient(server_port(adb_port))

    def connect(address: str) -> None:
        with suppress(HarnessError), translated(address, "adb connect"):
            client.query(f"host:connect:{address}", timeout=CONNECT_SECONDS)

    with ThreadPoolExecutor(max_workers=max(1, min(16, len(addresses)))) as pool:
        list(pool.map(connect, addresses))
