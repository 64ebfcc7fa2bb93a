"""One connection from an adb server (or another host library): handshake, and packets to streams and back.

Follows packages/modules/adb/adb.cpp (handle_packet) and transport.cpp. A peer that breaks the protocol loses its
connection and nothing else: the device and other connections go on.
"""

from __future__ import annotations

import asyncio
import os
import socket
from typing import TYPE_CHECKING

from device_farm.virtual.adbd import packet as wire
from device_farm.virtual.adbd import reverse
from device_farm.virtual.adbd.local_services import open_service
from device_farm.virtual.adbd.packet import Packet
from device_farm.virtual.adbd.stream import DELAYED_ACK_WINDOW, Stream

if TYPE_CHECKING:
    from device_farm.virtual.adbd.daemon import Adbd

AUTH_TOKEN, AUTH_SIGNATURE = 1, 2  # adb.h; 3 is the public key, which waits for the user
MAX_STREAMS = 4096  # of one connection; beyond it an OPEN is refused
_QUICK_ACK = getattr(socket, "TCP_QUICKACK", None)  # Linux only


class Transport:
    """The device's end of one host connection."""

    def __init__(self, daemon: Adbd, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve ``daemon``'s device to the peer of ``reader`` and ``writer``."""
        self.daemon, self.device = daemon, daemon.device
        self._reader, self._writer = reader, writer
        self._socket: socket.socket = writer.get_extra_info("socket")
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._streams: dict[int, Stream] = {}
        self._next_id = 1
        self._online = False
        self._with_checksum = True
        self._delayed_ack = False
        self.max_payload = wire.MAX_PAYLOAD

    # the connection
    async def run(self, first: bytes) -> None:
        """Serve until the peer is gone; ``first`` are bytes that were read already."""
        try:
            while True:
                packet = await wire.read_packet(self._reader, first, limit=self.max_payload, after_header=self._acknowledge_at_once)
                first = b""
                self.device.clock.catch_up()
                await self.device.faults.delay("packet")
                if packet is not None:
                    self._handle(packet)
                if self._writer.transport.get_write_buffer_size() > wire.MAX_PAYLOAD:
                    await self._writer.drain()
        except (wire.ProtocolError, asyncio.IncompleteReadError, ConnectionError, TimeoutError):
            pass
        finally:
            self.drop()

    def drop(self) -> None:
        """Close the connection with all its streams and reverse forwards."""
        self._online = False
        for stream in list(self._streams.values()):
            stream.peer_closed()
        self._streams.clear()
        reverse.forget(self)
        self._writer.close()

    def send(self, command: int, arg0: int, arg1: int, data: bytes | memoryview = b"") -> None:
        """Send one packet; a large payload is not copied."""
        if self._writer.is_closing():
            return
        header = wire.header(command, arg0, arg1, data, with_checksum=self._with_checksum)
        if len(data) < 16384:
            self._writer.write(header + data)
        else:
            self._writer.write(header)
            self._writer.write(data)

    # streams
    async def connect(self, service: str) -> Stream | None:
        """Open a stream to a service of the host (``adb reverse``); None if the host refuses."""
        if not self._online:
            return None
        stream = self._new_stream(0, 0 if self._delayed_ack else None)
        stream.opened = asyncio.get_running_loop().create_future()
        window = DELAYED_ACK_WINDOW if self._delayed_ack else 0
        self.send(wire.OPEN, stream.local_id, window, service.encode("utf-8", "surrogateescape") + b"\0")
        return stream if await stream.opened else None

    def forget(self, stream: Stream) -> None:
        """Drop a stream that closed itself."""
        self._streams.pop(stream.local_id, None)

    def _new_stream(self, remote_id: int, window: int | None) -> Stream:
        stream = Stream(self, self._next_id, remote_id, window)
        self._streams[self._next_id] = stream
        self._next_id = self._next_id % 0xFFFFFFFF + 1
        return stream

    def _acknowledge_at_once(self) -> None:
        # Hosts that send header and payload separately wait for this acknowledgement (Nagle) before the payload.
        if _QUICK_ACK is not None:
            self._socket.setsockopt(socket.IPPROTO_TCP, _QUICK_ACK, 1)

    # packets
    def _handle(self, packet: Packet) -> None:
        if packet.command == wire.CNXN:
            self._connect(packet)
        elif packet.command == wire.AUTH:
            self._authenticate(packet)
        elif not self._online or (packet.arg0 == 0 and packet.command != wire.CLSE):
            return
        elif packet.command == wire.OPEN:
            self._open(packet)
        elif (stream := self._streams.get(packet.arg1)) is None:
            if packet.command == wire.OKAY and packet.arg1:  # the stream it is for has gone: nobody waits for the host's any more
                self.send(wire.CLSE, packet.arg1, packet.arg0)
        elif packet.command == wire.OKAY:
            self._okay(stream, packet)
        elif packet.command == wire.CLSE:
            if packet.arg0 in {0, stream.remote_id}:
                self._close(stream)
        elif packet.command == wire.WRTE and stream.remote_id == packet.arg0 and not stream.receive(packet.data):
            self.send(wire.CLSE, stream.local_id, stream.remote_id)
            self._close(stream)

    def _connect(self, packet: Packet) -> None:
        """Begin, or begin anew: what was open is closed then."""
        for stream in list(self._streams.values()):
            self._close(stream)
        self.max_payload = max(1, min(packet.arg1, wire.MAX_PAYLOAD))
        self._with_checksum = packet.arg0 < wire.VERSION
        features = packet.data.rstrip(b"\0").rpartition(b"features=")[2].decode("utf-8", "replace").split(",")
        self._delayed_ack = "delayed_ack" in features and "delayed_ack" in self.daemon.features
        if "unauthorized" in self.device.faults.active:
            self._online = False
            self.send(wire.AUTH, AUTH_TOKEN, 0, os.urandom(20))
        else:
            self._accept()

    def _authenticate(self, packet: Packet) -> None:
        """Ask again after a signature while no key is accepted; a public key waits for the user, as adbd does."""
        if self._online:
            return
        if "unauthorized" not in self.device.faults.active:
            self._accept()
        elif packet.arg0 == AUTH_SIGNATURE:
            self.send(wire.AUTH, AUTH_TOKEN, 0, os.urandom(20))

    def authorize(self) -> None:
        """Accept a peer that waits for its key to be accepted."""
        if not self._online:
            self._accept()

    def _accept(self) -> None:
        self._online = True
        self.send(wire.CNXN, wire.VERSION, self.max_payload, self.daemon.banner())

    def _open(self, packet: Packet) -> None:
        name = packet.data.rstrip(b"\0").decode("utf-8", "surrogateescape")
        wrong_window = self._delayed_ack != bool(packet.arg1)
        service = None
        if not wrong_window and len(self._streams) < MAX_STREAMS:
            service = open_service(self, name)
        if service is None:
            self.send(wire.CLSE, 0, packet.arg0)
            return
        stream = self._new_stream(packet.arg0, packet.arg1 if self._delayed_ack else None)
        window = DELAYED_ACK_WINDOW.to_bytes(4, "little") if self._delayed_ack else b""
        self.send(wire.OKAY, stream.local_id, stream.remote_id, window)
        self.daemon.serve(service, stream)

    def _okay(self, stream: Stream, packet: Packet) -> None:
        if stream.opened is not None and not stream.opened.done():
            stream.remote_id = packet.arg0
            stream.opened.set_result(True)
        if stream.remote_id == packet.arg0:
            stream.acknowledged(packet.data)

    def _close(self, stream: Stream) -> None:
        self.forget(stream)
        if stream.opened is not None and not stream.opened.done():
            stream.opened.set_result(False)
        if not stream.closed and stream.remote_id:
            self.send(wire.CLSE, stream.local_id, stream.remote_id)
        stream.peer_closed()
