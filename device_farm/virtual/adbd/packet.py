"""ADB packets: a header of 24 bytes and a payload (packages/modules/adb/protocol.txt, types.h, adb.h)."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

CNXN, AUTH, OPEN, OKAY, CLSE, WRTE = (int.from_bytes(name, "little") for name in (b"CNXN", b"AUTH", b"OPEN", b"OKAY", b"CLSE", b"WRTE"))
VERSION_CHECKSUM = 0x01000000  # peers that want a checksum
VERSION = 0x01000001  # checksums are skipped
MAX_PAYLOAD = 1 << 20
HEADER = struct.Struct("<6I")


class ProtocolError(Exception):
    """The peer does not speak ADB; the connection is dropped."""


@dataclass(frozen=True, slots=True)
class Packet:
    """One packet. ``arg0`` and ``arg1`` are what protocol.txt says for the command: stream ids, version, sizes."""

    command: int
    arg0: int
    arg1: int
    data: bytes = b""


def checksum(data: bytes | memoryview) -> int:
    """Sum of all bytes, as peers of the old version check it."""
    return sum(data) & 0xFFFFFFFF


def header(command: int, arg0: int, arg1: int, data: bytes | memoryview = b"", *, with_checksum: bool = False) -> bytes:
    """Encode the header that goes before ``data``."""
    return HEADER.pack(command, arg0, arg1, len(data), checksum(data) if with_checksum else 0, command ^ 0xFFFFFFFF)


async def read_packet(
    reader: asyncio.StreamReader, first: bytes = b"", *, limit: int = MAX_PAYLOAD, after_header: Callable[[], None]
) -> Packet | None:
    """Read one packet; ``first`` are bytes of its header that were read already.

    None is a packet to pass over: a wrong magic, or more than the ``limit`` that was agreed on. Longer than MAX_PAYLOAD
    is a ProtocolError (adbd transport.cpp FdConnection::Read, check_header). ``after_header`` is called between header
    and payload. Raises asyncio.IncompleteReadError at the end.
    """
    raw = first + await reader.readexactly(HEADER.size - len(first))
    command, arg0, arg1, length, _, magic = HEADER.unpack(raw)
    if length > MAX_PAYLOAD:
        raise ProtocolError(f"payload of {length} bytes")
    after_header()
    data = await reader.readexactly(length) if length else b""
    return Packet(command, arg0, arg1, data) if magic == command ^ 0xFFFFFFFF and length <= limit else None
