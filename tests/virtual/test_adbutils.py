"""The unmodified adbutils on the device."""

import io
import os
from pathlib import Path

import pytest

from tests.virtual.adb_calls import Connected


def test_shell(stand_in: Connected) -> None:
    device = stand_in.adbutils()
    assert device.shell("echo out; echo err >&2") == "out\nerr"
    assert device.shell(["echo", "a b", "$HOME"]) == "a b $HOME"
    assert device.getprop("ro.build.version.sdk") == "33"


@pytest.mark.parametrize("v2", [False, True])
def test_shell2(stand_in: Connected, v2: bool) -> None:
    result = stand_in.adbutils().shell2("echo hi; false", v2=v2)
    assert (result.returncode, result.output.strip()) == (1, "hi")


def test_stream_and_its_end(stand_in: Connected) -> None:
    stream = stand_in.adbutils().shell("echo first; sleep 1000", stream=True)
    assert stream.read_exact(6) == b"first\n"
    stream.close()
    assert stand_in.adbutils().shell("echo alive") == "alive"


def test_sync(stand_in: Connected, tmp_path: Path) -> None:
    sync = stand_in.adbutils().sync
    data = os.urandom(300_001)
    sync.push(io.BytesIO(data), "/data/local/tmp/目录/blob", check=True)
    assert sync.read_bytes("/data/local/tmp/目录/blob") == data
    facts = sync.stat("/data/local/tmp/目录/blob")
    assert (facts.size, facts.mode & 0o777) == (300_001, 0o777)
    assert [entry.path for entry in sync.list("/data/local/tmp/目录") if not entry.path.startswith(".")] == ["blob"]
    assert sync.stat("/nonesuch").mode == 0
    assert sync.pull("/data/local/tmp/目录/blob", tmp_path / "blob") == 300_001
    with pytest.raises(Exception, match="open failed: No such file or directory"):
        sync.read_bytes("/data/local/tmp/nonesuch")


def test_forward_and_reverse(stand_in: Connected) -> None:
    device = stand_in.adbutils()
    port = device.forward_port(9008)
    assert any(item.local == f"tcp:{port}" for item in device.forward_list())
    device.reverse("tcp:18000", "tcp:9")
    assert any(item.remote == "tcp:18000" for item in device.reverse_list())
