"""adbd of one device: listens, tells ADB hosts from the control line, runs services and the device's timers."""

import asyncio
import contextlib
import json
import logging
import math
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from device_farm.virtual.adbd.packet import features
from device_farm.virtual.adbd.reverse import Reverse
from device_farm.virtual.adbd.stream import Stream
from device_farm.virtual.adbd.transport import Transport
from device_farm.virtual.device import VirtualDevice

Service = Callable[[Stream], Awaitable[None]]
Control = Callable[["Adbd", bytes], list[dict[str, Any]]]

CONTROL_PREFIX = b"APPRIGHTS ctl "
EMULATOR_PORTS = range(5555, 5586)  # an adb server claims what listens here as emulator-N by itself
FIRST_BYTES_SECONDS = 10.0
_LIMIT = 2 << 20  # buffer of a connection: two full payloads
_log = logging.getLogger(__name__)


class Host(Protocol):
    """A client that is connected to the device."""

    def drop(self) -> None:
        """The device is gone: end everything that is open."""

    def authorize(self) -> None:
        """Its key was accepted."""


class Adbd:
    """Serves one device on 127.0.0.1; all of it on the running event loop."""

    def __init__(self, device: VirtualDevice, control: Control) -> None:
        """Serve ``device``; ``control`` answers the lines of ``apprights virtual ctl``, given as JSON bytes."""
        self.device = device
        self._control = control
        self._server: asyncio.Server | None = None
        self._transports: set[Host] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self.features = features(int(device.properties.get("ro.build.version.sdk", "34")))
        self.reversed: dict[str, Reverse] = {}  # listeners of ``adb reverse``
        self._timer: asyncio.TimerHandle | None = None
        self._away_until = 0.0  # loop time; new hosts are turned away before it
        self._returned = asyncio.Event()
        self.port = 0

    async def start(self, port: int = 0) -> int:
        """Listen on ``port`` (0: any free one that no adb server takes for an emulator); return it."""
        while True:
            self._server = await asyncio.start_server(self._accept, "127.0.0.1", port, limit=_LIMIT)
            self.port = self._server.sockets[0].getsockname()[1]
            if port or self.port not in EMULATOR_PORTS:
                break
            self._server.close()
        self.device.clock.on_schedule = self._arm
        self.device.disconnect = self.go_away
        self._arm()
        return self.port

    async def stop(self) -> None:
        """Close everything; returns when every task has ended."""
        self.device.clock.on_schedule = None
        self.device.disconnect = None
        if self._timer is not None:
            self._timer.cancel()
        if self._server is not None:
            self._server.close()
            await asyncio.sleep(0)  # who was let in just now begins, and can be turned away
        self._drop_all()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.device.shell_processes.end_all()
        await asyncio.sleep(0)  # the loop lets go of a closed connection in its next turn

    def banner(self) -> bytes:
        """Payload of CNXN: product names and features (adb.cpp get_connection_string)."""
        names = ("ro.product.name", "ro.product.model", "ro.product.device")
        parts = [f"{name}={_plain(self.device.properties.get(name, ''))}" for name in names]
        return f"device::{';'.join(parts)};features={','.join(self.features)}".encode()

    # faults
    def go_away(self, seconds: float) -> None:
        """Drop every host and turn new ones away for ``seconds`` (infinity: until ``come_back``)."""
        self._away_until = math.inf if self.device.faults.gone else asyncio.get_running_loop().time() + seconds
        self._returned.clear()
        self._drop_all()

    def come_back(self) -> None:
        """Take hosts again, unless something else keeps them away."""
        if self.device.faults.gone:
            return
        self._away_until = 0.0
        self._returned.set()

    def authorize(self) -> None:
        """Let in the hosts that wait for their key to be accepted."""
        for transport in list(self._transports):
            transport.authorize()
        self._returned.set()

    # hosts in the same process
    def attach(self, host: Host) -> None:
        """Tell ``host`` from now on when the device goes."""
        self._transports.add(host)

    def detach(self, host: Host) -> None:
        self._transports.discard(host)

    @property
    def away(self) -> float:
        """Host seconds for which hosts are still turned away, 0 when they are taken."""
        return max(0.0, self._away_until - asyncio.get_running_loop().time())

    async def until_back(self) -> None:
        """Wait until hosts are taken, and any key with them."""
        while self.away or "unauthorized" in self.device.faults.active:
            self._returned.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._returned.wait(), self.away if 0 < self.away < math.inf else None)

    # services
    def serve(self, service: Service, stream: Stream) -> None:
        """Run ``service`` on ``stream`` until it returns; the stream is closed then."""
        stream.task = asyncio.create_task(self._serve(service, stream))
        self._tasks.add(stream.task)
        stream.task.add_done_callback(self._tasks.discard)

    async def _serve(self, service: Service, stream: Stream) -> None:
        try:
            await service(stream)
        except BrokenPipeError:  # the client left first
            pass
        except Exception:  # top of a worker: one broken service must not take the device along
            _log.exception("a service of the virtual device failed")
        finally:
            stream.close()

    # connections
    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        try:
            async with asyncio.timeout(FIRST_BYTES_SECONDS):
                first = await reader.readexactly(4)
                line = await reader.readline() if CONTROL_PREFIX.startswith(first) else b""
        except (asyncio.IncompleteReadError, ConnectionError, TimeoutError, ValueError):
            writer.close()
            return
        except asyncio.CancelledError:
            writer.close()
            return
        if line:
            await self._answer(first + line, writer)
        elif self.away:
            writer.close()
        else:
            await self._run(Transport(self, reader, writer), first)

    async def _run(self, transport: Transport, first: bytes) -> None:
        self._transports.add(transport)
        try:
            await transport.run(first)
        except asyncio.CancelledError:  # the device stops; asyncio would report a cancelled connection
            pass
        finally:
            self._transports.discard(transport)

    async def _answer(self, line: bytes, writer: asyncio.StreamWriter) -> None:
        self.device.clock.catch_up()
        body = line.removeprefix(CONTROL_PREFIX) if line.startswith(CONTROL_PREFIX) else b""
        answer = b"".join(encode_line(entry) for entry in self._control(self, body))
        with contextlib.suppress(ConnectionError):
            writer.write(answer)
            await writer.drain()
        writer.close()

    def _drop_all(self) -> None:
        for transport in list(self._transports):
            transport.drop()

    # timers
    def _arm(self) -> None:
        """Wake up when the next timer of the device is due."""
        delay = self.device.clock.host_delay()
        loop = asyncio.get_running_loop()
        if self._timer is not None:
            if delay is not None and abs(self._timer.when() - loop.time() - delay) < 0.0005:
                return
            self._timer.cancel()
            self._timer = None
        if delay is not None:
            self._timer = loop.call_later(delay, self._tick)

    def _tick(self) -> None:
        self._timer = None
        try:
            self.device.clock.catch_up()
        finally:
            self._arm()


def _plain(value: str) -> str:
    """Take out of a product name what would break the banner apart."""
    return "".join(character for character in value if character not in ":;=")


def encode_line(entry: dict[str, Any]) -> bytes:
    """One line of JSON; what JSON does not know is written as text."""
    return json.dumps(entry, ensure_ascii=False, default=str).encode("utf-8", "replace") + b"\n"
