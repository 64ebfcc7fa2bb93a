import hashlib

import pytest

from device_farm.artifacts.artifact_store import ArtifactError, Artifacts, name_of


@pytest.fixture
def artifacts(tmp_path):
    return Artifacts(tmp_path / "kept")


def written(tmp_path, data: bytes):
    path = tmp_path / "file"
    path.write_bytes(data)
    return path


def test_what_is_put_comes_back_under_its_hash(artifacts, tmp_path):
    data = bytes(range(256)) * 1000
    sha256 = artifacts.put(written(tmp_path, data))
    assert sha256 == hashlib.sha256(data).hexdigest()
    artifacts.get(sha256, tmp_path / "back")
    assert (tmp_path / "back").read_bytes() == b"".join(artifacts.chunks(sha256)) == data
    assert artifacts.check(sha256)
    assert artifacts.size(sha256) == len(data)


def test_a_damaged_artifact_is_none_and_is_written_again(artifacts, tmp_path):
    source = written(tmp_path, b"evidence" * 100)
    sha256 = artifacts.put(source)
    place = tmp_path / "kept" / name_of(sha256)
    for damage in (b"", b"evidence", b"x" * 800):
        place.write_bytes(damage)
        assert not artifacts.check(sha256)
        with pytest.raises(ArtifactError, match="damaged"):
            artifacts.get(sha256, tmp_path / "back")
        assert not (tmp_path / "back").exists()
        assert artifacts.put(source) == sha256
        assert artifacts.check(sha256)


def test_what_is_not_there_is_said_by_name(artifacts, tmp_path):
    missing = "ab" * 32
    assert not artifacts.check(missing)
    assert artifacts.size(missing) is None
    with pytest.raises(ArtifactError, match=missing):
        artifacts.get(missing, tmp_path / "back")
    with pytest.raises(ArtifactError, match="gone"):
        artifacts.put(tmp_path / "gone")
    with pytest.raises(ArtifactError, match="SHA-256"):
        artifacts.size("../../etc/passwd")


def test_a_place_is_proved_by_writing_and_leaves_nothing(artifacts, tmp_path):
    artifacts.prove()
    assert [path for path in (tmp_path / "kept").rglob("*") if path.is_file()] == []
    (tmp_path / "file").write_bytes(b"no folder")
    with pytest.raises(ArtifactError, match="refuses"):
        Artifacts(tmp_path / "file").prove()
