"""push, pull, ls, install and the sync service as the adb command line uses them."""

import os
from pathlib import Path

import pytest

from tests.virtual.adb_calls import Connected


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 1 << 20, 5_000_003])
def test_a_file_comes_back_as_it_was_pushed(stand_in: Connected, tmp_path: Path, size: int) -> None:
    data = os.urandom(size)
    (tmp_path / "there").write_bytes(data)
    stand_in.run("push", str(tmp_path / "there"), "/data/local/tmp/file")
    stand_in.run("pull", "/data/local/tmp/file", str(tmp_path / "back"))
    assert (tmp_path / "back").read_bytes() == data
    assert stand_in.shell("stat -c %s /data/local/tmp/file")[1] == f"{size}\n"


def test_time_goes_along_and_the_user_s_mode_is_everybody_s(stand_in: Connected, tmp_path: Path) -> None:
    source = tmp_path / "run.sh"
    source.write_bytes(b"echo ran $1\n")
    source.chmod(0o755)
    os.utime(source, (1_700_000_000, 1_700_000_000))
    stand_in.run("push", str(source), "/data/local/tmp/run.sh")
    assert stand_in.shell("stat -c '%a %Y' /data/local/tmp/run.sh; /data/local/tmp/run.sh it") == (
        0, "777 1700000000\nran it\n", "",
    )  # fmt: skip
    stand_in.run("pull", "-a", "/data/local/tmp/run.sh", str(tmp_path / "back"))
    assert int((tmp_path / "back").stat().st_mtime) == 1_700_000_000


def test_a_tree_with_odd_names(stand_in: Connected, tmp_path: Path) -> None:
    tree = tmp_path / "树 tree"
    (tree / "a b" / "空").mkdir(parents=True)
    (tree / "a b" / "empty").write_bytes(b"")
    (tree / "a b" / "空" / "it's $x & 'y'.txt").write_bytes(b"odd")
    stand_in.run("push", str(tree), "/sdcard/Download")
    stand_in.run("pull", "/sdcard/Download/树 tree", str(tmp_path / "back"))
    files = {p.relative_to(tmp_path / "back"): p.read_bytes() for p in (tmp_path / "back").rglob("*") if p.is_file()}
    assert files == {Path("a b/empty"): b"", Path("a b/空/it's $x & 'y'.txt"): b"odd"}


def test_sync_pushes_a_symlink_as_one(stand_in: Connected, tmp_path: Path) -> None:
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree" / "link").symlink_to("target")
    stand_in.run("push", str(tmp_path / "tree"), "/data/local/tmp/")
    assert stand_in.shell("readlink /data/local/tmp/tree/link")[1] == "target\n"


def test_dry_run_changes_nothing(stand_in: Connected, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    stand_in.run("push", "-n", str(tmp_path / "file"), "/data/local/tmp/dry")
    assert stand_in.shell("ls /data/local/tmp/dry")[0] == 1


@pytest.mark.parametrize(
    ("target", "text"),
    [
        ("/system/file", b"remote couldn't create file: Read-only file system"),
        ("/data/file", b"remote couldn't create file: Permission denied"),
        ("/data/none/file", b"remote secure_mkdirs() failed: Permission denied"),
        ("/proc/file", b"remote couldn't create file: Permission denied"),
    ],
)
def test_push_is_refused_with_adbd_s_words(stand_in: Connected, tmp_path: Path, target: str, text: bytes) -> None:
    (tmp_path / "file").write_bytes(b"x" * 3_000_000)
    done = stand_in.run("push", str(tmp_path / "file"), target, check=False)
    assert done.returncode == 1
    assert text in done.stderr + done.stdout
    assert stand_in.shell("echo alive")[1] == "alive\n"


def test_a_full_device_says_so_and_keeps_nothing(stand_in: Connected, tmp_path: Path) -> None:
    with (tmp_path / "big").open("wb") as file:
        file.truncate(300 << 20)  # the stand-in holds 256 MiB
    done = stand_in.run("push", str(tmp_path / "big"), "/data/local/tmp/big", check=False)
    assert done.returncode == 1
    assert b"remote write failed: No space left on device" in done.stderr + done.stdout
    assert stand_in.shell("ls /data/local/tmp/big")[0] == 1


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/data/local/tmp/none", b"failed to stat remote object '/data/local/tmp/none': No such file or directory"),
        ("/data/local/tmp/file/x", b"failed to stat remote object '/data/local/tmp/file/x': Not a directory"),
        ("/data/local/tmp/loop", b"failed to stat remote object '/data/local/tmp/loop': Too many levels of symbolic links"),
    ],
)
def test_pull_is_refused_with_its_reason(stand_in: Connected, tmp_path: Path, path: str, text: bytes) -> None:
    stand_in.shell("cd /data/local/tmp; rm -rf file loop; touch file; ln -s loop loop")
    done = stand_in.run("pull", path, str(tmp_path / "x"), check=False)
    assert done.returncode == 1
    assert text in done.stderr


def test_a_computed_file_is_pulled(stand_in: Connected, tmp_path: Path) -> None:
    stand_in.run("pull", "/proc/4321/oom_score_adj", str(tmp_path / "adj"))
    assert (tmp_path / "adj").read_bytes() == b"900\n"


def test_ls_shows_mode_size_and_time(stand_in: Connected) -> None:
    stand_in.shell("mkdir -p /data/local/tmp/listed/sub; printf 12345 > /data/local/tmp/listed/file")
    lines = stand_in.run("ls", "/data/local/tmp/listed").stdout.decode().splitlines()
    assert sorted(line.split()[-1] for line in lines) == [".", "..", "file", "sub"]
    assert any(line.startswith("000081b6 00000005 ") and line.endswith(" file") for line in lines)


def test_a_command_takes_what_it_needs_of_a_stream(stand_in: Connected) -> None:
    done = stand_in.run("exec-in", "head -c 4 > /data/local/tmp/magic", input=b"PK\x03\x04" + bytes(100_000))
    assert done.returncode == 0
    assert stand_in.shell("cat /data/local/tmp/magic")[1] == "PK\x03\x04"
