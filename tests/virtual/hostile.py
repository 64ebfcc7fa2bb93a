"""Hosts that break the protocol in every way, and the witness that none of it reached.

For the tests and for the long bench.
"""

import random
import socket
import struct
from collections.abc import Callable
from contextlib import suppress
from typing import Self

from device_farm.virtual.adbd import packet as wire
from tests.virtual.raw_host import FEATURES, RawHost, dial

Attack = Callable[[RawHost, random.Random], None]

_COMMANDS = (wire.CNXN, wire.AUTH, wire.OPEN, wire.OKAY, wire.CLSE, wire.WRTE, 0x534C5453, 0x12345678)
_SERVICES = (
    b"sync:", b"shell:", b"shell,v2,pty:", b"shell,v2:cat", b"exec:cat", b"exec:yes", b"exec:sleep 1000", b"tcp:9008", b"abb:", b"jdwp",
    b"abb_exec:package\0install\0-S\x00999", b"reverse:forward:tcp:0;tcp:1", b"framebuffer:", b"track-jdwp", b"sink:5", b"source:99999999",
    b"shell:" + b"(" * 5000, b"shell:echo $((", b"exec:while :; do :; done", b"exec:cat /dev/zero", b"\xff\xfe:",
)  # fmt: skip
_PIECES = (
    b"SEND\xff\xff\xff\xff", b"STA2\x04\x00\x00\x00/sd", b"LIST\x01\x00\x00\x00/", b"SND2\x02\x00\x00\x00/x", b"\x00\xff\xff\xff\xff",
    b"DATA\xff\xff\xff\x7f", b"DONE\x00\x00\x00\x00", b"SEND\x0c\x00\x00\x00/tmp/z,33188DATA\x08\x00\x00\x00abc", b"\x04\x00\x00\x00\x00",
    b"\x05\xff\xff\xff\x7f", b"QUIT\x00\x00\x00\x00", b"RECV\x05\x00\x00\x00/proc", b"\x03\x03\x03\x04\x15",
)  # fmt: skip


class Bystander:
    """A host that minds its own business: one stream that echoes for ever, and a command now and then."""

    def __init__(self, address: str) -> None:
        self._host = RawHost(address)
        self._host.send(wire.OPEN, 1, 0, b"exec:cat\0")
        self._remote = self._host.receive().arg0
        self._sent = 0

    def is_undisturbed(self) -> bool:
        """Whether the stream still echoes and the device still runs commands."""
        self._sent += 1
        text = b"%d." % self._sent
        self._host.send(wire.WRTE, 1, self._remote, text)
        come = b""
        while come != text:
            packet = self._host.receive()
            if packet.command == wire.CLSE and packet.arg1 == 1:
                return False
            if packet.command == wire.WRTE:
                come += packet.data
                self._host.send(wire.OKAY, 1, self._remote)
        return self._host.run(b"exec:echo alive") == b"alive\n"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *details: object) -> None:
        self._host.close()


def attack(address: str, kind: Attack, seed: int) -> None:
    """Connect, do one kind of harm, and leave without a word."""
    with RawHost(address) as host, suppress(ConnectionError, EOFError, TimeoutError):
        host.socket.settimeout(2.0)
        kind(host, random.Random(seed))


def _garbage(host: RawHost, chance: random.Random) -> None:
    host.socket.sendall(chance.randbytes(chance.randrange(1, 5000)))


def _random_packets(host: RawHost, chance: random.Random) -> None:
    for _ in range(chance.randrange(40)):
        ids = [chance.choice((0, chance.randrange(12), chance.getrandbits(32))) for _ in range(2)]
        data = chance.choice((chance.choice(_SERVICES) + b"\0", chance.choice(_PIECES), chance.randbytes(chance.randrange(300))))
        host.send(chance.choice(_COMMANDS), *ids, data)


def _oversized(host: RawHost, chance: random.Random) -> None:
    length = chance.choice((wire.MAX_PAYLOAD + 1, 0x7FFFFFFF, 0xFFFFFFFF))
    command = chance.choice(_COMMANDS)
    host.socket.sendall(struct.pack("<6I", command, 1, 1, length, 0, command ^ 0xFFFFFFFF) + bytes(chance.randrange(100_000)))


def _half_a_message(host: RawHost, chance: random.Random) -> None:
    whole = wire.header(wire.OPEN, 1, 0, bytes(1000)) + bytes(1000)
    host.socket.sendall(whole[: chance.randrange(1, len(whole))])


def _wrong_magic(host: RawHost, chance: random.Random) -> None:
    for _ in range(chance.randrange(50)):
        host.socket.sendall(struct.pack("<6I", wire.OPEN, 1, 0, 4, 0, chance.getrandbits(32)) + b"abc\0")


def _flood_a_stream(host: RawHost, chance: random.Random) -> None:
    remote = _open(host, 5, b"exec:sleep 1000")
    for _ in range(chance.randrange(2, 8)):
        host.send(wire.WRTE, 5, remote, bytes(wire.MAX_PAYLOAD))


def _flood_of_opens(host: RawHost, chance: random.Random) -> None:
    for number in range(1, chance.randrange(2, 6000)):
        host.send(wire.OPEN, number, 0, chance.choice((b"exec:sleep 1000\0", b"nothing\0", b"shell,v2:\0", b"sync:\0")))


def _open_and_close(host: RawHost, chance: random.Random) -> None:
    for number in range(1, chance.randrange(2, 200)):
        remote = _open(host, number, chance.choice((b"exec:cat", b"exec:yes", b"sync:", b"shell,v2,pty:")))
        host.send(wire.CLSE, number, remote)


def _never_acknowledges(host: RawHost, chance: random.Random) -> None:
    for number in range(1, chance.randrange(2, 20)):
        _open(host, number, chance.choice((b"exec:yes", b"exec:cat /dev/zero", b"source:99999999", b"framebuffer:")))


def _acknowledges_too_much(host: RawHost, chance: random.Random) -> None:
    remote = _open(host, 3, b"exec:yes")
    for _ in range(chance.randrange(300)):
        host.send(wire.OKAY, 3, remote, chance.choice((b"", b"\xff\xff\xff\x7f", b"\0\0\0\x80", b"x")))


def _leaves_in_mid_push(host: RawHost, chance: random.Random) -> None:
    remote = _open(host, 3, b"sync:")
    spec = b"/tmp/pushed,33188"
    data = b"SEND" + len(spec).to_bytes(4, "little") + spec + b"DATA" + (65536).to_bytes(4, "little") + bytes(chance.randrange(65536))
    host.send(wire.WRTE, 3, remote, data)


def _nonsense_to_a_service(host: RawHost, chance: random.Random) -> None:
    remote = _open(host, 3, chance.choice(_SERVICES))
    for _ in range(chance.randrange(1, 10)):
        host.send(wire.WRTE, 3, remote, chance.choice((chance.choice(_PIECES), chance.randbytes(chance.randrange(1, 2000)))))


def _begins_anew(host: RawHost, chance: random.Random) -> None:
    _open(host, 3, b"exec:yes")
    for _ in range(chance.randrange(1, 20)):
        host.send(wire.CNXN, chance.choice((wire.VERSION, wire.VERSION_CHECKSUM, 0)), chance.choice((0, 1, 4096, 1 << 31)), FEATURES)


def _reverse_without_end(host: RawHost, chance: random.Random) -> None:
    for number in range(1, chance.randrange(2, 100)):
        host.run(b"reverse:forward:%s;tcp:1" % chance.choice((b"tcp:0", b"localabstract:%d" % number)))


def _many_connections(host: RawHost, chance: random.Random) -> None:
    name = host.socket.getpeername()
    others = [dial(f"{name[0]}:{name[1]}") for _ in range(chance.randrange(1, 60))]
    for other in others:
        with suppress(ConnectionError), other:
            other.sendall(chance.randbytes(chance.randrange(24)))
            other.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # leave with a reset


def _open(host: RawHost, local: int, service: bytes) -> int:
    """Open a service and return its id on the device."""
    host.send(wire.OPEN, local, 0, service + b"\0")
    while True:
        packet = host.receive()
        if packet.arg1 == local:
            if packet.command != wire.OKAY:
                raise EOFError
            return packet.arg0


ATTACKS: tuple[Attack, ...] = (
    _garbage, _random_packets, _oversized, _half_a_message, _wrong_magic, _flood_a_stream, _flood_of_opens, _open_and_close,
    _never_acknowledges, _acknowledges_too_much, _leaves_in_mid_push, _nonsense_to_a_service, _begins_anew, _reverse_without_end,
    _many_connections,
)  # fmt: skip
