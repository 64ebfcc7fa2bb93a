"""The virtual device and Debian's adbd are asked the same, and must answer the same byte for byte.

What Android's adbd has and Debian's has not (framebuffer:, abb:, root: and so on) cannot be compared. Where the two are
meant to differ, ``DELIBERATE`` says why.
"""

import re
import struct

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from device_farm.virtual.adbd import packet as wire
from tests.virtual.adbd_pairs import QUICK, Both, Peers, pair
from tests.virtual.raw_host import FEATURES, RawHost

# beginning of a service's name -> why the answers are meant to differ
DELIBERATE = {
    b"jdwp": "Debian's adbd opens jdwp without a pid and closes at once; Android's refuses it (jdwp_service.cpp)",
    b"dev": "opens a device file of the machine; the virtual device has none that clients open",
    b"track-devices": "of the host's server",
}


# services
@pytest.mark.parametrize(
    "service",
    [
        "foo:", "", ":", "tcp:1", "tcp:x", "tcp:", "tcp:1:localhost", "tcp:localhost:1", "tcp:99999", "local:/nope", "localabstract:x",
        "localabstract:", "localreserved:x", "localfilesystem:/nope", "vsock:1", "sync", "sync:x", "shell", "shellx:echo a",
        "shell,v2", "shell,v2,nope:echo a", "shell,nope,v2:exit 3", "shell,v2,raw:echo a; exit 300", "shell,v2,TERM=q:echo $TERM",
        "shell,TERM=q,v2:echo $TERM", "shell,v2,pty:echo a", "exec:echo a; echo b >&2; exit 3", "shell:echo a; echo b >&2; exit 3",
        "reverse:list-forward", "reverse:", "reverse:x", "sink:3", "sink:x", "source:5", "source:", "remount", "root",
        "host:version", "track-jdwp", "mdns:x",
        "wait-for:x", "qemu:1", "shell:[ -t 0 ] && [ -t 1 ] && [ -t 2 ] && echo terminal", "exec:[ -t 1 ] && echo terminal",
        "shell,v2:[ -t 1 ] || echo pipe", "shell,v2,pty:[ -t 1 ] && echo terminal", "shell,raw:[ -t 1 ] && echo terminal",
    ],
)  # fmt: skip
def test_services(both: Both, service: str) -> None:
    both.same(service.encode(), b"\4\0\0\0\0")


names = st.one_of(
    st.text(st.characters(codec="ascii", min_codepoint=33), max_size=30),
    st.tuples(
        st.sampled_from(["tcp:", "local:", "localabstract:", "localreserved:", "reverse:", "sync", "exec", "shell,v2", "host:", "vsock:"]),
        st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12),
    ).map("".join),
)


@QUICK
@given(name=names)
def test_names_of_services(both: Both, name: str) -> None:
    service = name.encode()
    assume(not service.startswith((*DELIBERATE, b"exec:", b"shell", b"reverse:forward", b"tcp:5", b"vsock:")))
    both.same(service)


# packets
OPEN_CAT = (wire.OPEN, 5, 0, b"exec:cat\0")
HUGE = struct.pack("<6I", wire.WRTE, 1, 1, wire.MAX_PAYLOAD + 1, 0, wire.WRTE ^ 0xFFFFFFFF)


def dialogue(host: RawHost, sent: list[tuple[int, int, int, bytes]]) -> list[object]:
    """Send packets, then ask for an echo; everything that came until its end, with the device's ids numbered in order.

    What is certain to be answered is waited for: adbd reads, handles and serves in threads of their own.
    """
    ids: dict[int, int] = {0: 0}
    said: list[object] = []
    remote = 0  # the id of the stream opened last

    def until(command: int, arg1: int | None) -> None:
        nonlocal remote
        while True:
            packet = host.receive()
            data = b"(banner)" if packet.command == wire.CNXN else packet.data
            said.append((packet.command, ids.setdefault(packet.arg0, len(ids)), packet.arg1, data))
            if packet.command == wire.WRTE and packet.arg1 == 99:
                host.send(wire.OKAY, packet.arg1, packet.arg0)
            if packet.command == command and arg1 in {None, packet.arg1}:
                remote = packet.arg0
                return

    try:
        for command, arg0, arg1, data in sent:
            host.send(command, arg0, remote if arg1 == -1 else arg1, data)
            if command == wire.CNXN:
                until(wire.CNXN, None)
            elif command == wire.OPEN and arg0 in {3, 5}:
                until(wire.OKAY if arg0 == 5 else wire.CLSE, arg0)
        host.send(wire.OPEN, 99, 0, b"exec:echo end\0")
        until(wire.CLSE, 99)
    except (EOFError, ConnectionError):
        said.append("dropped")
    except TimeoutError:
        said.append("silent")
    return said


@pytest.mark.parametrize(
    "sent",
    [
        [],
        [(wire.WRTE, 3, 4, b"x")],
        [(wire.OKAY, 3, 4, b"")],
        [(wire.OKAY, 3, 0, b"")],
        [(wire.OKAY, 0, 4, b"")],
        [(wire.CLSE, 3, 4, b"")],
        [(wire.OPEN, 0, 0, b"exec:echo a\0")],
        [(wire.OPEN, 3, 1, b"exec:echo a\0")],
        [(wire.OPEN, 3, 0, b"")],
        [(wire.OPEN, 3, 0, b"\0\0\0")],
        [(wire.OPEN, 3, 0, b"exec:echo a")],
        [(wire.AUTH, 9, 0, b"")],
        [(wire.CNXN, wire.VERSION, 4096, FEATURES)],
        [(0x12345678, 1, 2, b"abc")],
        [(wire.CNXN, wire.VERSION, 4096, FEATURES), (wire.OPEN, 4, 0, b"exec:echo a;" + bytes(4096))],
        [OPEN_CAT, (wire.CLSE, 5, -1, b"")],
        [OPEN_CAT, (wire.CLSE, 0, -1, b"")],
        [OPEN_CAT, (wire.CLSE, 6, -1, b"")],
        [OPEN_CAT, (wire.WRTE, 6, -1, b"lost")],
        [OPEN_CAT, (wire.WRTE, 0, -1, b"lost")],
        [OPEN_CAT, (wire.OKAY, 6, -1, b"")],
        [OPEN_CAT, (wire.OKAY, 5, -1, b"abc")],
        [OPEN_CAT, (wire.CNXN, wire.VERSION, 4096, FEATURES)],
        [OPEN_CAT, (wire.CLSE, 5, -1, b""), (wire.WRTE, 5, -1, b"late"), (wire.OKAY, 5, -1, b"")],
    ],
)  # fmt: skip
def test_packets(adbd_peers: Peers, sent: list[tuple[int, int, int, bytes]]) -> None:
    with pair(adbd_peers) as both:
        ours, theirs = dialogue(both.ours, sent), dialogue(both.theirs, sent)
    assert ours == theirs, f"\n  ours:   {ours}\n  theirs: {theirs}"


@pytest.mark.parametrize("raw", [HUGE, b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", HUGE[:20] + bytes(4)])
def test_what_is_no_packet_ends_the_connection(adbd_peers: Peers, raw: bytes) -> None:
    with pair(adbd_peers) as both:
        for host in both:
            host.socket.sendall(raw)
        assert (both.ours.is_dropped(), both.theirs.is_dropped()) == (True, True)


@pytest.mark.parametrize("header", [bytes(24), struct.pack("<6I", wire.OPEN, 1, 0, 0, 0, wire.OPEN)])
def test_a_wrong_magic_is_passed_over(adbd_peers: Peers, header: bytes) -> None:
    with pair(adbd_peers) as both:
        for host in both:
            host.socket.sendall(header)
        both.same(b"exec:echo end")


# reverse forwarding
locals_ = st.sampled_from([
        "tcp:6001", "tcp:6002", "tcp:localhost:6001", "localabstract:r", "localabstract:", "tcp:x", "tcp:99999", "tcp:-1", "tcp:x:y",
        "tcp:x:1", "foo:1", "", "a;b", "tcp:", "tcp:+6001",
    ]
)  # fmt: skip
remotes = st.sampled_from(["tcp:1", "tcp:2", "localabstract:h", "", "*", "foo", "a;b"])
orders = st.one_of(
    st.builds("reverse:forward:{}{};{}".format, st.sampled_from(["", "", "norebind:"]), locals_, remotes),
    st.builds("reverse:killforward:{}".format, locals_),
    st.sampled_from(
        ["reverse:list-forward", "reverse:killforward-all", "reverse:forward:tcp:6001", "reverse:nonsense", "reverse:forward:"]
    ),
)


@QUICK
@given(sent=st.lists(orders, max_size=8))
def test_reverse(both: Both, sent: list[str]) -> None:
    both.same(b"reverse:killforward-all")
    for number, order in enumerate([*sent, "reverse:list-forward"]):
        ours, theirs = (re.sub(rb"host-\d+|UsbFfs", b"host", said.data) for said in both.converse(order.encode()))
        assert without_length(ours) == without_length(theirs), f"{sent[: number + 1]}\n  ours:   {ours!r}\n  theirs: {theirs!r}"


def without_length(answer: bytes) -> bytes:
    """Drop the length before a list, in which the names of the transports differ."""
    return re.sub(rb"^[0-9a-f]{4}(?=host|$)", b"", answer)


@pytest.mark.parametrize("first", [b"tcp:6003", b"localabstract:two"])
def test_what_a_stream_sends_comes_out_of_the_host(adbd_peers: Peers, first: bytes) -> None:
    with pair(adbd_peers) as both:
        for host in both:
            host.run(b"reverse:forward:" + first + b";tcp:4711")
            host.send(wire.OPEN, 50, 0, first + b"\0")
            answer, request = come(host, wire.OKAY, wire.OPEN)
            assert (answer.arg1, request.data) == (50, b"tcp:4711\0")
            host.send(wire.OKAY, 51, request.arg0)
            host.send(wire.WRTE, 50, answer.arg0, b"hello")
            taken, carried = come(host, wire.OKAY, wire.WRTE)
            assert (taken.arg1, carried.arg1, carried.data) == (50, 51, b"hello")
            host.send(wire.OKAY, 51, request.arg0)
            host.send(wire.CLSE, 50, answer.arg0)
            assert {packet.arg1 for packet in come(host, wire.CLSE, wire.CLSE)} == {50, 51}


def come(host: RawHost, *commands: int) -> list[wire.Packet]:
    """The next packets of these kinds, in the order of ``commands``; what is about streams of before is passed over."""
    found: list[wire.Packet | None] = [None] * len(commands)
    while None in found:
        packet = host.receive()
        for place, command in enumerate(commands):
            if packet.command == command and found[place] is None and (packet.arg1 in {50, 51} or command == wire.OPEN):
                found[place] = packet
                break
    return [packet for packet in found if packet is not None]
