import json
import os
from datetime import UTC, datetime
from pathlib import Path

import cv2
import numpy as np
import pytest

from harness.errors import EvidenceError
from harness.recording.run_folder import Difference, RunFolder, inside, verify, write_atomic
from harness.recording.run_format import FORMAT
from tests.forged_runs import write_run

STARTED = datetime(2026, 11, 25, 10, 47, tzinfo=UTC)


@pytest.fixture
def run(tmp_path):
    folder = RunFolder.create(tmp_path, package="com.example.shop", serial="127.0.0.1:7001", started=STARTED)
    write_run(folder, {"format": FORMAT, "package": "com.example.shop", "label": "小店"})
    folder.write("raw/events.txt", b"line\n")
    folder.write("raw/session.jsonl", b"{}\n")
    folder.save_screen(np.zeros((4, 4, 3), np.uint8))
    return folder


def test_the_name_is_safe_and_unique(tmp_path):
    names = {RunFolder.create(tmp_path, package="../../x", serial="a:b/c\\d", started=STARTED).path.name for _ in range(3)}
    assert names == {f"20261125-104700-x-a_b_c_d{end}" for end in ("", "-2", "-3")}


def test_a_place_that_is_not_writable(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(EvidenceError, match="cannot be created"):
        RunFolder.create(tmp_path / "file", package="p", serial="s", started=STARTED)
    with pytest.raises(EvidenceError, match="is not a run folder"):
        RunFolder(tmp_path / "none")


def test_equal_pictures_are_one_file(run):
    black, white = np.zeros((4, 4, 3), np.uint8), np.full((4, 4, 3), 255, np.uint8)
    first, second = run.save_screen(black), run.save_screen(white)
    assert run.save_screen(black.copy()) == first != second
    assert len(list((run.path / "screens").iterdir())) == 2
    assert (cv2.imread(str(run.inside(second))) == white).all()
    assert run.save_screen(np.zeros((2, 8, 3), np.uint8)) != first


def test_a_sealed_run_verifies(run):
    root = run.seal()
    manifest = json.loads((run.path / "manifest.json").read_bytes())
    assert manifest["root"] == root
    assert [(entry["kind"], entry["path"]) for entry in manifest["files"]][:3] == [
        ("raw", "raw/events.txt"),
        ("session", "raw/session.jsonl"),
        ("run", "run.json"),
    ]
    assert set(manifest["files"][0]) == {"kind", "path", "sha256", "size", "time"}
    assert verify(run.path) == []
    with pytest.raises(EvidenceError, match="sealed once"):
        run.seal()


def test_a_run_that_was_broken_off_is_not_verified(run):
    with pytest.raises(EvidenceError, match="broken off"):
        verify(run.path)


def analysed(run):
    run.seal()
    run.write_derived({"findings.json": b"[]\n"}, {"harness": "0.1.0"})
    assert verify(run.path) == []
    return run


def alter(change):
    def apply(folder):
        path = folder / "manifest.json"
        data = json.loads(path.read_bytes())
        change(data)
        path.write_text(json.dumps(data), encoding="utf-8")

    return apply


def in_its_place(path, make):
    """A file or folder is moved out of the run, and something else put in its place."""

    def apply(folder):
        aside = (folder / path).rename(folder.parent / "aside")
        make(folder / path, aside)

    return apply


def reformat(name):
    def apply(folder):
        data = json.loads((folder / name).read_bytes())
        (folder / name).write_text(json.dumps(data), encoding="utf-8")

    return apply


@pytest.mark.parametrize(
    ("tamper", "found"),
    [
        (lambda f: (f / "raw/events.txt").write_bytes(b"lime\n"), ("raw/events.txt", "changed", "manifest")),
        (lambda f: (f / "raw/events.txt").unlink(), ("raw/events.txt", "missing", "manifest")),
        (lambda f: (f / "raw/more.txt").write_bytes(b""), ("raw/more.txt", "added", "manifest")),
        (lambda f: (f / "screens/x.png").symlink_to("/etc/passwd"), ("screens/x.png", "added", "manifest")),
        (lambda f: (f / "run.json").write_bytes(b"{}"), ("run.json", "changed", "manifest")),
        (lambda f: (f / "findings.json").write_bytes(b"[1]"), ("findings.json", "changed", "analysis")),
        (lambda f: (f / "findings.json").unlink(), ("findings.json", "missing", "analysis")),
        (lambda f: (f / "analysis.json").write_bytes(b"{"), ("analysis.json", "changed", "analysis")),
        (lambda f: (f / "manifest.json").write_bytes(b"[" * 100_000), ("manifest.json", "changed", "manifest")),
        (in_its_place("raw/events.txt", Path.symlink_to), ("raw/events.txt", "changed", "manifest")),
        (in_its_place("raw", Path.symlink_to), ("raw", "changed", "manifest")),
        (in_its_place("raw/events.txt", lambda path, _: os.mkfifo(path)), ("raw/events.txt", "changed", "manifest")),
        (lambda f: (f / "raw").rename(f / "row"), ("raw/events.txt", "missing", "manifest")),
        (lambda f: (f / "more").mkdir(), ("more", "added", "folder")),
        (lambda f: (f / "analysis-12345678.json").write_bytes(b"{}"), ("analysis-12345678.json", "changed", "analysis")),
        (lambda f: (f / "SHA256SUMS").write_bytes(b""), ("SHA256SUMS", "changed", "manifest")),
        (lambda f: (f / "SHA256SUMS").unlink(), ("SHA256SUMS", "missing", "manifest")),
        (lambda f: (f / "run.json").unlink(), ("run.json", "missing", "manifest")),
        (lambda f: (f / "analysis.json").unlink(), ("analysis.json", "missing", "analysis")),
        (reformat("manifest.json"), ("manifest.json", "changed", "manifest")),
        (reformat("analysis.json"), ("analysis.json", "changed", "analysis")),
        (alter(lambda data: data["files"].pop()), ("manifest.json", "changed", "manifest")),
        (alter(lambda data: data["files"][0].update(time="1999")), ("manifest.json", "changed", "manifest")),
        (alter(lambda data: data["files"][0].update(path="../x")), ("../x", "changed", "manifest")),
        (alter(lambda data: data.update(files=[{"path": ["x"]}])), ("manifest.json", "changed", "manifest")),
        (alter(lambda data: data.update(root="0" * 64)), ("analysis.json", "changed", "analysis")),
    ],
)
def test_tampering_is_seen(run, tamper, found):
    analysed(run)
    tamper(run.path)
    assert Difference(*found) in verify(run.path)


@pytest.mark.parametrize("path", ["", "/etc/passwd", "../x", "raw/../../x", "C:\\x", "raw\\x", "a:b", "raw/\0", "raw/\n"])
def test_paths_stay_within_the_folder(run, path):
    with pytest.raises(EvidenceError):
        inside(run.path, path)


def test_a_link_that_leads_out_is_refused(run):
    (run.path / "raw/out").symlink_to(run.path.parent, target_is_directory=True)
    with pytest.raises(EvidenceError, match="leads out"):
        run.write("raw/out/x.txt", b"")


def test_evidence_is_never_written_twice(run):
    with pytest.raises(EvidenceError, match="never written twice"):
        run.write("raw/events.txt", b"other")


def test_a_full_disk_leaves_the_old_file_and_no_rubbish(run, full_disk):
    before = sorted(run.path.iterdir())
    with full_disk(1000), pytest.raises(EvidenceError, match="make room on the disk"):
        write_run(run, {"text": "x" * 5000})
    assert json.loads((run.path / "run.json").read_bytes())["label"] == "小店"
    assert sorted(run.path.iterdir()) == before


def test_each_cause_has_its_own_remedy(run, tmp_path, full_disk):
    with pytest.raises(EvidenceError, match="its folder is not there"):
        write_atomic(tmp_path / "gone" / "a.json", b"{}")
    (tmp_path / "file").write_text("")
    with pytest.raises(EvidenceError) as told:
        write_atomic(tmp_path / "file" / "a.json", b"{}")
    assert "disk" not in str(told.value)
    with full_disk(10), pytest.raises(EvidenceError, match="make room on the disk"):
        write_atomic(run.path / "a.json", b"x" * 100)
