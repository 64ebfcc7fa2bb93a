"""A folder and S3 alike; ``store`` runs each test on both."""

import hashlib
import os
import tracemalloc
from datetime import timedelta
from pathlib import Path
from threading import Thread
from urllib.request import Request, urlopen

import fsspec
import pytest

from device_farm.artifacts.artifact_store import ArtifactError, Artifacts, name_of
from device_farm.artifacts.storage_backends import CHUNK
from harness.errors import FormatError

DATA = bytes(range(256)) * 40


@pytest.fixture(params=["folder", "file-url", "s3"])
def url(request, tmp_path):
    if request.param == "s3":
        return request.getfixturevalue("bucket")
    return str(tmp_path / "kept 证据") if request.param == "folder" else (tmp_path / "kept 证据").as_uri()


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "source"
    path.write_bytes(DATA)
    return path


def spoil(url: str, sha256: str, data: bytes) -> None:
    """Leave other bytes under a name, as a broken disk or a careless hand would."""
    protocol = "s3" if url.startswith("s3:") else "file"
    root = url.removeprefix("s3://") if protocol == "s3" else str(Artifacts(url)._place._root)
    fsspec.filesystem(protocol, skip_instance_cache=True).pipe_file(f"{root}/{name_of(sha256)}", data)


def test_what_is_put_comes_back(url, source, tmp_path):
    artifacts = Artifacts(url)
    sha256 = artifacts.put(source)
    assert sha256 == hashlib.sha256(DATA).hexdigest()
    assert artifacts.put(source) == sha256
    artifacts.get(sha256, tmp_path / "back")
    assert (tmp_path / "back").read_bytes() == DATA
    assert (artifacts.check(sha256), artifacts.size(sha256)) == (True, len(DATA))


def test_an_empty_file_is_a_file(url, tmp_path):
    (tmp_path / "empty").touch()
    artifacts = Artifacts(url)
    sha256 = artifacts.put(tmp_path / "empty")
    assert (artifacts.check(sha256), artifacts.size(sha256), list(artifacts.chunks(sha256))) == (True, 0, [])


def test_what_was_cut_or_changed_is_known_and_written_again(url, source, tmp_path):
    artifacts = Artifacts(url)
    sha256 = artifacts.put(source)
    for damage in (b"", DATA[:100], DATA[:-1] + b"x"):
        spoil(url, sha256, damage)
        assert not artifacts.check(sha256)
        with pytest.raises(ArtifactError, match="damaged"):
            artifacts.get(sha256, tmp_path / "back")
        assert not (tmp_path / "back").exists()
        artifacts.put(source)
        assert artifacts.check(sha256)


def test_what_is_written_otherwise_than_it_was_read_counts_nothing(url, source, monkeypatch):
    artifacts = Artifacts(url)
    write = artifacts._place.write

    def bad_disk(name, path, sound):
        return write(name, path, lambda stream: sound(stream) and False)

    monkeypatch.setattr(artifacts._place, "write", bad_disk)
    with pytest.raises(ArtifactError, match="read back"):
        artifacts.put(source)
    assert artifacts.size(hashlib.sha256(DATA).hexdigest()) is None


def test_what_nobody_names_is_swept_when_it_is_old(url, tmp_path):
    artifacts = Artifacts(url)
    hashes = []
    for number in range(5):
        (tmp_path / "each").write_bytes(bytes([number]))
        hashes.append(artifacts.put(tmp_path / "each"))
    assert artifacts.sweep(lambda _asked: set()) == 0  # a run that is being stored
    named = set(hashes[:2])
    assert artifacts.sweep(lambda asked: asked & named, older_than=timedelta(seconds=-10)) == 3
    assert [artifacts.check(sha256) for sha256 in hashes] == [True, True, False, False, False]


def test_the_same_content_from_several_at_once_is_one_file(url, source):
    problems: list[ArtifactError] = []

    def put() -> None:
        try:
            Artifacts(url).put(source)
        except ArtifactError as error:
            problems.append(error)

    threads = [Thread(target=put) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not problems
    assert Artifacts(url).check(hashlib.sha256(DATA).hexdigest())


def test_no_whole_file_is_in_memory(tmp_path):
    with (tmp_path / "large").open("wb") as file:
        for number in range(10):
            file.write(bytes([number]) * CHUNK)
    artifacts = Artifacts(tmp_path / "kept")
    tracemalloc.start()
    artifacts.get(artifacts.put(tmp_path / "large"), tmp_path / "back")
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (tmp_path / "back").stat().st_size == 10 * CHUNK
    assert most < 4 * CHUNK


@pytest.mark.parametrize("bad", ["s3://", "nothing://a/b", "http2://x/y"])
def test_a_url_that_is_no_store_is_one_line(bad):
    with pytest.raises(FormatError, match="no artifact store"):
        Artifacts(bad)


def test_s3_that_refuses_or_is_not_there_says_so_in_one_line(bucket, source, monkeypatch):
    for there, more in (("s3://no-such-bucket/x", {}), (bucket, {"endpoint_url": "http://127.0.0.1:9"})):
        options = {"skip_instance_cache": True, "config_kwargs": {"retries": {"max_attempts": 0}, "connect_timeout": 2}, **more}
        artifacts = Artifacts(there, options)
        with pytest.raises(ArtifactError) as error:
            artifacts.put(source)
        assert "\n" not in str(error.value)
        assert there in str(error.value)


def test_wrong_keys_are_refused_in_one_line(bucket, source, s3_server):
    def look_at_keys(after: bytes) -> None:
        urlopen(Request(f"{s3_server}/moto-api/reset-auth", data=after, headers={"Content-Type": "text/plain"})).close()

    look_at_keys(b"0")
    try:
        with pytest.raises(ArtifactError, match="refuses"):
            Artifacts(bucket, {"skip_instance_cache": True}).put(source)
    finally:
        look_at_keys(b"inf")


def test_without_keys_s3_is_refused_in_one_line(bucket, source, monkeypatch, tmp_path):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    artifacts = Artifacts(bucket, {"skip_instance_cache": True})
    with pytest.raises(ArtifactError, match="s3://"):
        artifacts.put(source)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device")
def test_a_full_disk_is_said_and_leaves_nothing(tmp_path, source, monkeypatch):
    kept = tmp_path / "kept"
    artifacts = Artifacts(kept)

    def full(_source, target, _length):
        with Path("/dev/full").open("wb", buffering=0) as nowhere:
            nowhere.write(b"x")

    monkeypatch.setattr("shutil.copyfileobj", full)
    with pytest.raises(ArtifactError, match="No space left"):
        artifacts.put(source)
    assert [path for path in kept.rglob("*") if path.is_file()] == []


def test_a_disk_that_is_nearly_full_says_so(tmp_path, bucket):
    artifacts = Artifacts(tmp_path / "not yet there")
    assert artifacts.nearly_full(1 << 60)
    assert not artifacts.nearly_full(1)
    assert not Artifacts(bucket).nearly_full(1 << 60)


def test_one_that_is_put_again_is_young_again(tmp_path, source):
    artifacts = Artifacts(tmp_path / "kept")
    sha256 = artifacts.put(source)
    os.utime(tmp_path / "kept" / name_of(sha256), (0, 0))
    artifacts.put(source)
    assert artifacts.sweep(lambda _asked: set()) == 0
    os.utime(tmp_path / "kept" / name_of(sha256), (0, 0))
    assert artifacts.sweep(lambda _asked: set()) == 1


def test_what_is_not_ours_in_the_folder_stays(tmp_path):
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "notes.txt").write_text("mine")
    os.utime(kept / "notes.txt", (0, 0))
    assert Artifacts(kept).sweep(lambda _asked: set()) == 0
    assert (kept / "notes.txt").exists()
