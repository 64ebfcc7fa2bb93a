"""What adb does depends on the features of the device's version: the same commands work with all of them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from device_farm.virtual.spec import Spec
from tests.apk_builder import build_apk
from tests.virtual.adb_calls import Connected


@pytest.mark.parametrize("android", ["8.1", "10", "11", "13", "16"])
def test_push_pull_list_and_install(virtual_device: Callable[..., Connected], tmp_path: Path, android: str) -> None:
    connected = virtual_device(Spec(android=android))
    content = bytes(range(256)) * 2000
    (tmp_path / "in").write_bytes(content)
    connected.run("push", str(tmp_path / "in"), "/data/local/tmp/new folder/file")
    assert b" file\n" in connected.run("ls", "/data/local/tmp/new folder").stdout
    connected.run("pull", "/data/local/tmp/new folder/file", str(tmp_path / "out"))
    assert (tmp_path / "out").read_bytes() == content
    (tmp_path / "small.apk").write_bytes(build_apk())
    assert b"Success" in connected.run("install", "-r", str(tmp_path / "small.apk")).stdout
    assert connected.shell("pm path com.example.small")[0] == 0
    assert b"Success" in connected.run("uninstall", "com.example.small").stdout
    assert connected.shell("exit 3")[0] == 3


def test_build_prop_is_there_and_not_for_the_shell(virtual_device: Callable[..., Connected]) -> None:
    connected = virtual_device(Spec())
    assert connected.shell("cat /system/build.prop")[2] == "cat: /system/build.prop: Permission denied\n"
    content = connected.device.files.read("/system/build.prop").decode()
    assert f"ro.build.fingerprint={connected.shell('getprop ro.build.fingerprint')[1]}" in content
    assert "ro.serialno" not in content
