"""A computer of the farm with phones behind an adb server: each phone is a process, and so is the server."""

import asyncio
import os
import signal
import subprocess
import threading
from contextlib import suppress
from functools import partial
from pathlib import Path
from random import Random

from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import PortTaken, VirtualServer
from device_farm.virtual.spec import Spec
from harness.device.adb_server import PrivateAdbServer
from harness.errors import HarnessError
from tests.farm.soak.killing import Victim
from tests.virtual.adb_calls import free_port

CONNECT_SECONDS = 2.0


def phone(port: int, serial: str) -> None:
    """A virtual phone, until it is killed."""
    asyncio.run(_serve(port, serial))


async def _serve(port: int, serial: str) -> None:
    server = VirtualServer([partial(VirtualDevice, Spec(serial=serial))])
    while True:
        try:
            await server.start(port)
        except PortTaken:  # by connections of the one before, for a moment
            await asyncio.sleep(0.1)
        else:
            await asyncio.Event().wait()


class AdbHost:
    """Phones and their adb server; what was killed is started again, and connected, as a cable that is in does it."""

    def __init__(self, folder: Path, count: int) -> None:
        self.phones = [Victim(phone, (free_port(), f"SOAK{number}"), folder / f"phone-{number}.log") for number in range(count)]
        self._server: PrivateAdbServer | None = None
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._connect, name="cables", daemon=True)
        self.port = free_port()

    @property
    def addresses(self) -> list[str]:
        """As adb lists them."""
        return [f"127.0.0.1:{victim.arguments[0]}" for victim in self.phones]

    def start(self) -> None:
        for victim in self.phones:
            if not victim.runs:
                victim.start()
        if self._server is None:
            self._server = PrivateAdbServer(self.port).__enter__()
        if not self._thread.is_alive():
            self._thread.start()

    def kill_server(self) -> None:
        process = self._server._process
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        self._server.stop()
        self._server = None

    def kill_phone(self, chance: Random) -> None:
        chance.choice(self.phones).kill()

    def close(self) -> None:
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()
        for victim in self.phones:
            victim.end()
        if self._server is not None:
            self._server.stop()

    def _connect(self) -> None:
        while not self._over.wait(CONNECT_SECONDS):
            server = self._server
            for address in self.addresses if server is not None else ():
                with suppress(HarnessError, OSError, subprocess.TimeoutExpired):
                    server.run("connect", address, timeout=5.0)
