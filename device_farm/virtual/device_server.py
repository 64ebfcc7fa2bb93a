"""Runs virtual devices: several in one process, each on a port of its own, on one event loop."""

import asyncio
import errno
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from device_farm.virtual.adbd.daemon import Adbd
from device_farm.virtual.control_port import answer
from device_farm.virtual.device import VirtualDevice

START_SECONDS = 30.0
T = TypeVar("T")


class PortTaken(OSError):
    """Something listens on ``port`` already."""

    def __init__(self, port: int) -> None:
        super().__init__(errno.EADDRINUSE, f"port {port} is in use")
        self.port = port


class VirtualServer:
    """Serves devices on 127.0.0.1 between ``start`` and ``stop``; both are called on the loop that serves."""

    def __init__(self, makers: Sequence[Callable[[], VirtualDevice]]) -> None:
        """Serve one device of each maker; they are called in ``start``."""
        self._makers = makers
        self.daemons: list[Adbd] = []

    async def start(self, port: int = 0) -> list[str]:
        """Boot the devices and listen; return ``127.0.0.1:PORT`` of each.

        A ``port`` other than 0 is that of the first device, the next ones follow it. Raises PortTaken.
        """
        for number, make in enumerate(self._makers):
            daemon = Adbd(make(), answer)
            wanted = port + number if port else 0
            try:
                await daemon.start(wanted)
            except OSError as error:
                raise PortTaken(wanted) if wanted and error.errno == errno.EADDRINUSE else error from None
            self.daemons.append(daemon)
        return [address for address, _ in self.devices()]

    def devices(self) -> list[tuple[str, VirtualDevice]]:
        """Each running device with its ``127.0.0.1:PORT``."""
        return [(f"127.0.0.1:{daemon.port}", daemon.device) for daemon in self.daemons]

    async def stop(self) -> None:
        """End every device."""
        for daemon in self.daemons:
            await daemon.stop()
        self.daemons.clear()


class ServerThread:
    """A server with a loop in a thread of its own, for tests and for commands that also are a client."""

    def __init__(self, makers: Sequence[Callable[[], VirtualDevice]]) -> None:
        """Serve one device of each maker; they are made and live in the thread."""
        self._server = VirtualServer(makers)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._end: asyncio.Event | None = None
        self._ready = threading.Event()
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="virtual devices", daemon=True)
        self.addresses: list[str] = []

    @property
    def devices(self) -> list[VirtualDevice]:
        """The devices; read them only through ``call``."""
        return [daemon.device for daemon in self._server.daemons]

    @property
    def daemons(self) -> list[Adbd]:
        """The daemons that serve the devices; like the devices, only for the loop."""
        return self._server.daemons

    @property
    def loop(self) -> asyncio.AbstractEventLoop:
        """The loop on which the devices live; there once they were started."""
        assert self._loop is not None
        return self._loop

    def start(self) -> list[str]:
        """Start and return the addresses; raises what went wrong in the thread."""
        self._thread.start()
        self._ready.wait(START_SECONDS)
        if self._error is not None:
            raise self._error
        if not self.addresses:
            raise TimeoutError("the virtual devices did not start in time")
        return self.addresses

    def call(self, function: Callable[[], T]) -> T:
        """Run ``function`` on the loop of the devices and return what it returns or raise what it raises."""

        async def run() -> T:
            return function()

        return asyncio.run_coroutine_threadsafe(run(), self.loop).result(START_SECONDS)

    def stop(self) -> None:
        if self._loop is not None and self._end is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join(START_SECONDS)

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:  # handed to the thread that waits in start
            self._error = error
        finally:
            self._ready.set()

    async def _serve(self) -> None:
        self._loop, self._end = asyncio.get_running_loop(), asyncio.Event()
        self.addresses = await self._server.start()
        self._ready.set()
        await self._end.wait()
        await self._server.stop()


@contextmanager
def devices_in_thread(makers: Sequence[Callable[[], VirtualDevice]]) -> Iterator[ServerThread]:
    thread = ServerThread(makers)
    thread.start()
    try:
        yield thread
    finally:
        thread.stop()
