"""The file system of the device."""

import errno

import pytest
from hypothesis import given
from hypothesis import strategies as st

from device_farm.virtual.kernel.device_clock import DeviceClock
from device_farm.virtual.kernel.file_system import FileSystem, normalise

SHELL = 2000


@pytest.fixture
def files() -> FileSystem:
    return FileSystem(DeviceClock(wall=1_000_000.0), limit=1 << 20)


def test_shared_storage_has_its_names(files: FileSystem) -> None:
    files.write("/sdcard/a", b"1", uid=SHELL)
    assert files.read("/storage/emulated/0/a") == files.read("/storage/self/primary/a") == b"1"
    assert files.realpath("/sdcard/a") == "/storage/emulated/0/a"
    assert "Download" in files.listdir("/sdcard")


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/system/etc/x", errno.EROFS),
        ("/x", errno.EROFS),
        ("/data/x", errno.EACCES),
        ("/data/local/tmp/none/x", errno.ENOENT),
        ("/data/local/tmp/file/x", errno.ENOTDIR),
        ("/data/local/tmp", errno.EISDIR),
        ("/data/local/tmp/" + "n" * 256, errno.ENAMETOOLONG),
        ("/data/local/tmp/loop/x", errno.ELOOP),
        ("/data/local/tmp/../../app/x", errno.EACCES),
    ],
)
def test_writing_is_refused_with_linux_s_errors(files: FileSystem, path: str, code: int) -> None:
    files.write("/data/local/tmp/file", b"")
    files.symlink("loop", "/data/local/tmp/loop")
    with pytest.raises(OSError, match=r".") as refusal:
        files.write(path, b"x", uid=SHELL)
    assert refusal.value.errno == code


def test_a_link_out_of_the_writable_places_does_not_lead_out(files: FileSystem) -> None:
    files.symlink("/system/etc", "/data/local/tmp/etc", uid=SHELL)
    with pytest.raises(OSError, match="Read-only"):
        files.write("/data/local/tmp/etc/x", b"", uid=SHELL)


def test_space_runs_out_and_comes_back(files: FileSystem) -> None:
    before = files.used
    writer = files.open("/sdcard/big")
    for _ in range(50):
        writer.write(bytes(20_000))
    with pytest.raises(OSError, match="No space left on device"):
        writer.write(bytes(60_000))
    assert files.used <= files.limit
    files.remove("/sdcard/big")
    assert files.used == before


def test_names_cost_space_too(files: FileSystem) -> None:
    for number in range(4_000):
        files.write(f"/sdcard/{number}", b"")
    with pytest.raises(OSError, match="No space left on device"):
        [files.write(f"/sdcard/more-{number}", b"") for number in range(1_000)]


def test_rename_into_itself_is_refused(files: FileSystem) -> None:
    files.mkdir("/sdcard/a")
    with pytest.raises(OSError, match="Invalid argument"):
        files.rename("/sdcard/a", "/sdcard/a/b")


def test_computed_files_and_folders(files: FileSystem) -> None:
    def below(path: str) -> bytes | list[str] | None:
        return {"/proc": ["7"], "/proc/7": ["comm"], "/proc/7/comm": b"seven\n"}.get(path.rstrip("/"))

    files.computed["/proc/"] = below
    assert files.read("/proc/7/comm") == b"seven\n"
    assert files.listdir("/proc/7") == ["comm"]
    assert files.listdir("/proc") == ["7", "uptime"]
    assert files.is_dir("/proc/7")
    assert not files.exists("/proc/8")


def test_uptime_follows_the_clock() -> None:
    clock = DeviceClock(uptime=12.5, host=lambda: 0.0)
    files = FileSystem(clock)
    assert files.read("/proc/uptime").startswith(b"12.50 ")
    clock.skip(3)
    assert files.read("/proc/uptime").startswith(b"15.50 ")


@given(st.text(alphabet="/.ab", max_size=30))
def test_normalised_paths_have_one_form(path: str) -> None:
    once = normalise(path)
    assert once.startswith("/")
    assert normalise(once) == once
    assert not {"", ".", ".."} & set(once.split("/")[1:]) or once == "/"
