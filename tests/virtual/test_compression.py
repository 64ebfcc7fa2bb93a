"""Files that adb sends and takes compressed, with the codecs this host has; what it has none for is refused."""

import struct
from collections.abc import Iterator

import pytest

from device_farm.virtual.adbd import sync_wire as wire
from device_farm.virtual.adbd.compression import BROTLI, CODECS, LZ4, ZSTD
from device_farm.virtual.adbd.packet import features
from device_farm.virtual.device_server import devices_in_thread
from tests.virtual.adb_calls import StandInDevice
from tests.virtual.raw_host import RawHost

FLAGS = (BROTLI, LZ4, ZSTD)
CONTENT = bytes(range(256)) * 1000 + b"x" * 3_000_000
PATH = b"/data/local/tmp/packed"


@pytest.fixture(scope="module")
def host() -> Iterator[RawHost]:
    with devices_in_thread([StandInDevice]) as server, RawHost(server.addresses[0]) as raw:
        yield raw


def send(flag: int, blocks: list[bytes]) -> bytes:
    setup = struct.pack("<4sII", b"SND2", 0o644, flag)
    data = b"".join(wire.REQUEST.pack(b"DATA", len(block)) + block for block in blocks)
    return wire.REQUEST.pack(b"SND2", len(PATH)) + PATH + setup + data + wire.REQUEST.pack(b"DONE", 1)


def take(flag: int) -> bytes:
    return wire.REQUEST.pack(b"RCV2", len(PATH)) + PATH + struct.pack("<4sI", b"RCV2", flag)


def pieces(data: bytes, size: int = 65536) -> list[bytes]:
    return [data[start : start + size] for start in range(0, len(data), size)]


@pytest.mark.parametrize("flag", FLAGS)
def test_a_file_goes_in_and_comes_out(host: RawHost, flag: int) -> None:
    if flag not in CODECS:
        pytest.skip("no codec for this compression")
    encoder, decoder = CODECS[flag].encoder(), CODECS[flag].decoder()
    packed = b"".join(map(encoder.encode, pieces(CONTENT))) + encoder.finish()
    assert len(packed) < len(CONTENT) // 2
    assert host.converse(b"sync:", send(flag, pieces(packed, 7777)) + b"QUIT" + bytes(4)).data == b"OKAY" + bytes(4)
    said, come = host.converse(b"sync:", take(flag) + b"QUIT" + bytes(4)).data, b""
    while said[:4] == b"DATA":
        size = wire.REQUEST.unpack_from(said)[1]
        come += b"".join(decoder.decode(said[8 : 8 + size]))
        said = said[8 + size :]
    assert said == b"DONE" + bytes(4)
    assert come == CONTENT


@pytest.mark.parametrize("flag", FLAGS)
def test_what_is_not_compressed_so_is_refused(host: RawHost, flag: int) -> None:
    text = b"decompress failed" if flag in CODECS else b"unknown flags: %d" % flag
    said = host.converse(b"sync:", send(flag, [b"\xff" * 100]) + b"QUIT" + bytes(4)).data
    assert said == wire.REQUEST.pack(b"FAIL", len(text)) + text


def test_only_what_is_there_is_announced() -> None:
    known = {codec.feature for codec in CODECS.values()}
    assert {name for name in features(34) if name.startswith("sendrecv_v2_") and "dry_run" not in name} == known
    assert features(28) == ("cmd", "stat_v2", "shell_v2")
    assert "abb_exec" in features(30)
    assert "abb_exec" not in features(29)
