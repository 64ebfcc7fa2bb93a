"""ADB packets: a header of 24 bytes and a payload (packages/modules/adb/protocol.txt, types.h, adb.h).

The features that adbd of each Android version announces (packages/modules/adb/transport.cpp supported_features).

The order is that of the phones' banners. A compression is left out where this host has no codec for it, since a feature
that is announced is used.
"""

import asyncio
import struct
from collections.abc import Callable
from dataclasses import dataclass

from device_farm.virtual.adbd.compression import CODECS

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


_OLD = ("cmd", "stat_v2", "shell_v2")
_TEN = (*_OLD, "apex", "fixed_push_mkdir", "fixed_push_symlink_timestamp", "abb")
_ELEVEN = (
    "sendrecv_v2_brotli", "remount_shell", "sendrecv_v2", "abb_exec", "fixed_push_mkdir", "fixed_push_symlink_timestamp", "abb",
    "shell_v2", "cmd", "ls_v2", "apex", "stat_v2",
)  # fmt: skip
_TWELVE = (
    "shell_v2", "cmd", "stat_v2", "ls_v2", "fixed_push_mkdir", "apex", "abb", "fixed_push_symlink_timestamp", "abb_exec", "remount_shell",
    "track_app", "sendrecv_v2", "sendrecv_v2_brotli", "sendrecv_v2_lz4", "sendrecv_v2_zstd", "sendrecv_v2_dry_run_send",
)  # fmt: skip
_BY_LEVEL = (
    (34, (*_TWELVE, "openscreen_mdns", "delayed_ack")),  # android-14.0.0_r50, and Debian's adbd 34.0.5
    (31, _TWELVE),  # assumed: those of 14 that are not of it alone
    (30, _ELEVEN),  # banners of a Mi 11 and a Meizu with Android 11
    (29, _TEN),  # assumed: no banner of Android 10 was at hand
    (0, _OLD),  # banners of a Meizu 16th Plus and of Samsungs with Android 8 and 9
)


def features(api_level: int) -> tuple[str, ...]:
    known = next(names for first, names in _BY_LEVEL if api_level >= first)
    return tuple(name for name in known if name not in _COMPRESSIONS or name in _AVAILABLE)


_COMPRESSIONS = frozenset({"sendrecv_v2_brotli", "sendrecv_v2_lz4", "sendrecv_v2_zstd"})
_AVAILABLE = frozenset(codec.feature for codec in CODECS.values())
