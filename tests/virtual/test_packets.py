"""Clients that break the protocol: the connection or the stream goes, the device and the others stay."""

import struct
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from device_farm.virtual.adbd import packet as wire
from device_farm.virtual.adbd.compression import CODECS
from device_farm.virtual.device_server import devices_in_thread
from tests.virtual.adb_calls import StandInDevice
from tests.virtual.raw_host import FEATURES, RawHost


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with devices_in_thread([StandInDevice]) as server:
        yield server.addresses[0]


@pytest.fixture(scope="module")
def bystander(address: str) -> Iterator[RawHost]:
    """Another host on the same device, with a stream of its own."""
    with RawHost(address) as host:
        yield host


def test_the_banner_keeps_its_form(bystander: RawHost) -> None:
    text = bystander.banner.data
    assert bystander.banner.command == wire.CNXN
    assert (bystander.banner.arg0, bystander.banner.arg1) == (0x01000001, 1 << 20)
    properties, _, features = text.partition(b"features=")
    assert properties == b"device::ro.product.name=virtual;ro.product.model=Virtual 1;ro.product.device=vdev;"
    assert {b"shell_v2", b"cmd", b"stat_v2", b"ls_v2", b"abb_exec", b"sendrecv_v2"} <= set(features.split(b","))
    compressions = {b"sendrecv_v2_" + name for name in (b"brotli", b"lz4", b"zstd")}
    assert compressions & set(features.split(b",")) == {codec.feature.encode() for codec in CODECS.values()}


def test_delayed_acknowledgement_is_of_android_14(address: str) -> None:
    features = b"host::features=shell_v2,delayed_ack"
    with RawHost(address, features=features) as host:
        assert host.run(b"exec:echo 13") == b"13\n"
    with devices_in_thread([lambda: StandInDevice(sdk=34)]) as server, RawHost(server.addresses[0], features=features) as host:
        assert host.run(b"exec:seq 1 100000", window=4096) == b"".join(b"%d\n" % n for n in range(1, 100001))
        host.send(wire.OPEN, 8, 0, b"exec:true\0")  # with the feature a window is due
        assert host.receive().command == wire.CLSE


def test_the_old_version_gets_checksums(address: str) -> None:
    with RawHost(address, version=wire.VERSION_CHECKSUM) as host:
        assert host.run(b"exec:seq 1 20000") == b"".join(b"%d\n" % n for n in range(1, 20001))


def test_a_small_maximum_is_kept(address: str) -> None:
    with RawHost(address, features=b"") as host:
        host.send(wire.CNXN, wire.VERSION, 100, FEATURES)
        host.receive()
        host.send(wire.OPEN, 7, 0, b"exec:seq 1 500\0")
        sizes = []
        while (packet := host.receive()).command != wire.CLSE:
            if packet.command == wire.WRTE:
                sizes.append(len(packet.data))
                host.send(wire.OKAY, 7, packet.arg0)
        assert max(sizes) <= 100
        assert sum(sizes) == len(b"".join(b"%d\n" % n for n in range(1, 501)))


@pytest.mark.parametrize(
    "raw",
    [
        struct.pack("<6I", wire.WRTE, 1, 1, 0xFFFFFFFF, 0, wire.WRTE ^ 0xFFFFFFFF),
        struct.pack("<6I", wire.OPEN, 1, 0, wire.MAX_PAYLOAD + 1, 0, wire.OPEN ^ 0xFFFFFFFF),
        b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
    ],
)
def test_no_packet_means_no_connection(address: str, bystander: RawHost, raw: bytes) -> None:
    with RawHost(address) as host:
        host.socket.sendall(raw)
        assert host.is_dropped()
        assert bystander.run(b"exec:echo alive") == b"alive\n"


@pytest.mark.parametrize(
    "raw",
    [
        struct.pack("<6I", wire.OPEN, 1, 0, 12, 0, wire.OPEN) + b"exec:echo a\0",
        struct.pack("<6I", 0x12345678, 1, 0, 3, 0, 0x12345678 ^ 0xFFFFFFFF) + b"abc",
    ],
)
def test_what_nobody_understands_is_passed_over(address: str, raw: bytes) -> None:
    with RawHost(address) as host:
        host.socket.sendall(raw)
        assert host.run(b"exec:echo alive") == b"alive\n"


def test_a_stream_that_is_flooded_is_closed(address: str, bystander: RawHost) -> None:
    with RawHost(address) as host:
        host.send(wire.OPEN, 7, 0, b"exec:sleep 1000\0")
        remote = host.receive().arg0
        for _ in range(4):
            host.send(wire.WRTE, 7, remote, bytes(wire.MAX_PAYLOAD))
        assert host.receive() == wire.Packet(wire.CLSE, remote, 7)
        assert host.run(b"exec:echo still") == b"still\n"
        assert bystander.run(b"exec:echo alive") == b"alive\n"


def test_closing_a_stream_ends_its_command(address: str) -> None:
    with RawHost(address) as host:
        host.send(wire.OPEN, 7, 0, b"exec:while true; do echo x >> /data/local/tmp/ticks; sleep 0.01; done\0")
        remote = host.receive().arg0
        host.send(wire.CLSE, 7, remote)
        assert host.receive().command == wire.CLSE
        first = host.run(b"exec:wc -c < /data/local/tmp/ticks 2>/dev/null; sleep 0.1")
        assert host.run(b"exec:wc -c < /data/local/tmp/ticks 2>/dev/null") == first


ids = st.one_of(st.integers(0, 12), st.integers(0, 0xFFFFFFFF))
payloads = st.one_of(
    st.binary(max_size=200),
    st.sampled_from(
        [
            b"sync:\0", b"shell:\0", b"shell,v2,pty:\0", b"shell:echo $((\0", b"exec:cat\0", b"tcp:9008\0", b"abb:\0",
            b"abb_exec:package\0install\0-S\0999\0", b"reverse:forward:tcp:0;tcp:1\0", b"SEND\xff\xff\xff\xff",
            b"STA2\x04\x00\x00\x00/sd", b"LIST\x01\x00\x00\x00/", b"SND2\x02\x00\x00\x00/x", b"\x00\xff\xff\xff\xff",
            b"framebuffer:\0", b"DATA\xff\xff\xff\x7f", b"DONE\x00\x00\x00\x00", b"track-jdwp\0", b"shell:" + b"(" * 5000,
        ]
    ),
)  # fmt: skip
packets = st.tuples(st.sampled_from([wire.CNXN, wire.AUTH, wire.OPEN, wire.OKAY, wire.CLSE, wire.WRTE, 0x534C5453]), ids, ids, payloads)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sent=st.lists(packets, max_size=25))
def test_whatever_a_host_sends_harms_no_other_stream(address: str, bystander: RawHost, sent: list[tuple[int, int, int, bytes]]) -> None:
    with RawHost(address) as host:
        try:
            for command, arg0, arg1, data in sent:
                host.send(command, arg0, arg1, data)
        except ConnectionError:
            pass  # it was dropped in the middle, as it should
        assert bystander.run(b"exec:echo alive") == b"alive\n"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.binary(min_size=1, max_size=100))
def test_whatever_comes_first_harms_nobody(address: str, bystander: RawHost, raw: bytes) -> None:
    with RawHost(address, features=b"") as host:
        host.socket.sendall(raw)
        assert bystander.run(b"exec:echo alive") == b"alive\n"
