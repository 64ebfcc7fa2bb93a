"""A host that speaks ADB packet by packet, to a virtual device or to another adbd, and sends what it is told to."""

import socket
import struct
from dataclasses import dataclass
from typing import Self

from device_farm.virtual.adbd import packet as wire
from tests.virtual.adb_calls import DEADLINE

FEATURES = b"host::features=shell_v2,cmd"
PIECE = 32768  # of what is sent to a service
MOST_SILENT = 120.0
"""Seconds that a connection may wait for answers in all: a peer that has stopped to answer is told of, not asked on."""


@dataclass(frozen=True)
class Said:
    """What a service answered: whether it was opened, every byte, and whether it closed.

    False: silent until the deadline.
    """

    opened: bool
    data: bytes = b""
    closed: bool = True


def dial(address: str) -> socket.socket:
    """Connect to ``HOST:PORT``."""
    host, _, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=DEADLINE)


class RawHost:
    def __init__(self, peer: str | socket.socket, *, features: bytes = FEATURES, version: int = wire.VERSION) -> None:
        self.socket = dial(peer) if isinstance(peer, str) else peer
        self.version = version
        self._next_id = 1000
        self._begun = b""  # of a packet that is still coming
        self.silent = 0.0
        if features:
            try:
                self.send(wire.CNXN, version, wire.MAX_PAYLOAD, features)
                self.banner = self.receive()
            except (OSError, EOFError):
                self.close()
                raise

    def send(self, command: int, arg0: int, arg1: int, data: bytes = b"") -> None:
        old = self.version < wire.VERSION
        self.socket.sendall(wire.header(command, arg0, arg1, data, with_checksum=old) + data)

    def receive(self) -> wire.Packet:
        """The next packet; what came of it before a timeout is not lost."""
        command, arg0, arg1, length, crc, magic = struct.unpack("<6I", self._at_least(24)[:24])
        data = self._at_least(24 + length)[24:]
        self._begun = b""
        assert magic == command ^ 0xFFFFFFFF
        assert crc in (0, sum(data) & 0xFFFFFFFF)
        return wire.Packet(command, arg0, arg1, data)

    def _at_least(self, size: int) -> bytes:
        while len(self._begun) < size:
            piece = self.socket.recv(size - len(self._begun))
            if not piece:
                raise EOFError
            self._begun += piece
        return self._begun

    def is_dropped(self) -> bool:
        """Whether the device closes the connection, after what it may still say."""
        try:
            while self.socket.recv(1 << 16):
                pass
        except ConnectionError:
            pass
        except TimeoutError:
            return False
        return True

    def run(self, service: bytes, *, window: int = 0) -> bytes:
        """Open a service and return everything it says."""
        return self.converse(service, window=window).data

    def converse(self, service: bytes, sent: bytes = b"", *, window: int = 0) -> Said:
        """Open a service, send it ``sent``, and return what it said until it closed."""
        self._next_id += 1  # never one of before: late packets of another stream are told apart
        local = self._next_id
        self.send(wire.OPEN, local, window, service + b"\0")
        said, remote = bytearray(), 0
        todo = [sent[start : start + PIECE] for start in range(0, len(sent), PIECE)][::-1]
        while True:
            try:
                packet = self.receive()
            except TimeoutError:
                self.silent += self.socket.gettimeout() or 0.0
                assert self.silent < MOST_SILENT, f"{service!r}: nothing came, as for {self.silent:g} s in all on this connection"
                return Said(bool(remote), bytes(said), closed=False)
            if packet.arg1 != local:
                continue
            if packet.command == wire.WRTE:
                said += packet.data
                self.send(wire.OKAY, local, packet.arg0, struct.pack("<i", len(packet.data)) if window else b"")
            elif packet.command == wire.CLSE:
                if remote:
                    self.send(wire.CLSE, local, remote)
                return Said(bool(remote), bytes(said))
            elif packet.command == wire.OKAY:
                remote = packet.arg0
                if todo:
                    self.send(wire.WRTE, local, remote, todo.pop())

    def close(self) -> None:
        self.socket.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *details: object) -> None:
        self.close()
