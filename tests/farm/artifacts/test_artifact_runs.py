import shutil
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from device_farm.artifacts.artifact_store import ArtifactError, Artifacts, bring_back, keep_run, name_of
from harness.recording.folder_integrity import verify
from harness.recording.run_folder import RunFolder
from harness.recording.run_format import FORMAT


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    run = RunFolder.create(tmp_path_factory.mktemp("runs"), package="com.a", serial="S", started=datetime.now(UTC), run={"format": FORMAT})
    for name in ("events.txt", "main.txt", "session.jsonl"):
        run.write(f"raw/{name}", name.encode() * 1000)
    run.save_screen(np.zeros((8, 8, 3), dtype=np.uint8))
    run.seal()
    run.write_derived({"events.jsonl": b"{}\n", "findings.json": b"[]\n"}, {"harness": "1"})
    return run.path


@pytest.fixture
def run(recorded, tmp_path):
    return Path(shutil.copytree(recorded, tmp_path / "run"))


@pytest.fixture
def artifacts(tmp_path):
    return Artifacts(tmp_path / "kept")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_run_comes_back_as_it_was_and_verifies(run, artifacts, tmp_path):
    (run / "custody").mkdir(exist_ok=True)
    (run / "custody" / "note.txt").write_text("added after the seal")
    before, differences = contents(run), verify(run)
    rows = keep_run(artifacts, run)
    assert {row.path for row in rows} == before.keys()
    shutil.rmtree(run)
    bring_back(artifacts, rows, tmp_path / "back" / "run")
    assert contents(tmp_path / "back" / "run") == before
    assert verify(tmp_path / "back" / "run") == differences == []


def test_what_two_runs_share_lies_there_once(run, artifacts, tmp_path):
    rows = keep_run(artifacts, run)
    count = sum(path.is_file() for path in (tmp_path / "kept").rglob("*"))
    assert count == len({row.sha256 for row in rows})
    again = keep_run(artifacts, Path(shutil.copytree(run, tmp_path / "neighbour")))
    assert sum(path.is_file() for path in (tmp_path / "kept").rglob("*")) == count
    assert sorted((row.path, row.sha256) for row in again) == sorted((row.path, row.sha256) for row in rows)


def test_a_run_that_is_not_what_its_seal_says_is_not_kept(run, artifacts):
    changed = next(path for path in sorted((run / "raw").iterdir()) if path.is_file())
    whole = changed.read_bytes()
    changed.write_bytes(whole + b"x")
    with pytest.raises(ArtifactError, match="changed"):
        keep_run(artifacts, run)
    changed.unlink()
    with pytest.raises(ArtifactError, match="missing"):
        keep_run(artifacts, run)
    changed.write_bytes(whole)
    (run / "link").symlink_to(changed)
    with pytest.raises(ArtifactError, match="links"):
        keep_run(artifacts, run)


def test_a_run_is_brought_back_whole_or_not_at_all(run, artifacts, tmp_path):
    rows = keep_run(artifacts, run)
    (tmp_path / "kept" / name_of(rows[-1].sha256)).unlink()
    with pytest.raises(ArtifactError, match=rows[-1].sha256):
        bring_back(artifacts, rows, tmp_path / "back")
    assert not (tmp_path / "back").exists()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    with pytest.raises(ArtifactError, match="already"):
        bring_back(artifacts, rows, run)
