import json
import os

import pytest

from harness.custody.index import Entry, add, check, entries, head
from harness.errors import EvidenceError
from harness.recording.canonical import canonical
from harness.recording.run_folder import Difference

ROOT = "ab" * 32


@pytest.fixture
def run(tmp_path):
    folder = tmp_path / "run"
    folder.mkdir()
    (folder / "manifest.json").write_bytes(canonical({"root": ROOT, "files": []}))
    return folder


@pytest.fixture
def added(run):
    add(run, "review", b'{"decision": "confirmed"}\n')
    add(run, "signature", {"sig": b"\x01" * 64, "pub.pem": b"-----\n"})
    add(run, "timestamp", b"\x30\x03", ending="tsr")
    return run


def rewrite(folder, change):
    path = folder / "custody/index.json"
    data = json.loads(path.read_bytes())
    change(data)
    path.write_bytes(canonical(data))


def test_what_is_added_is_numbered_and_chained_to_the_seal(added):
    found = entries(added)
    assert [each.path for each in found] == [
        "custody/0001-review.json",
        "custody/0002-signature.sig",
        "custody/0002-signature.pub.pem",
        "custody/0003-timestamp.tsr",
    ]
    assert [each.previous for each in found] == [ROOT, *(each.hash for each in found[:-1])]
    assert [each.number for each in found] == [1, 2, 2, 3]
    assert head(added) == found[-1].hash
    assert check(added) == []


def test_a_run_to_which_nothing_was_added(run):
    assert (check(run), entries(run), head(run)) == ([], (), ROOT)


def test_nothing_is_added_before_the_seal(tmp_path):
    with pytest.raises(EvidenceError, match="never sealed"):
        add(tmp_path, "review", b"{}")
    assert list(tmp_path.iterdir()) == []


def test_two_who_add_at_once_do_not_lose_an_entry(added):
    (added / "custody/index.json.next").write_bytes(b"")
    with pytest.raises(EvidenceError, match=r"someone else adds to the run"):
        add(added, "review", b"{}")
    assert check(added) == [Difference("custody/index.json.next", "added", "custody")]
    (added / "custody/index.json.next").unlink()
    assert len(entries(added)) == 4


def test_a_number_left_by_one_broken_off_is_not_taken_again(added):
    (added / "custody/0004-review.json").write_bytes(b"half")
    assert add(added, "review", b"{}").name == "0005-review.json"
    assert check(added) == [Difference("custody/0004-review.json", "added", "custody")]


def test_nothing_is_added_to_a_broken_chain(added):
    rewrite(added, lambda data: data["entries"].pop(1))
    with pytest.raises(EvidenceError, match="broken chain"):
        add(added, "review", b"{}")


def test_a_folder_that_cannot_be_written(run, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(EvidenceError, match="make room on the disk"):
        add(run, "review", b"{}")
    assert not (run / "custody").exists()


def forget_last(data):
    data["entries"].pop()


def swap(data):
    data["entries"][0], data["entries"][1] = data["entries"][1], data["entries"][0]


def twice(data):
    entry = Entry(**data["entries"][-1])
    data["entries"].append({**data["entries"][-1], "previous": entry.hash})


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data["entries"].pop(0),
        lambda data: data["entries"].clear(),
        forget_last,
        swap,
        twice,
        lambda data: data["entries"][1].update(size=65),
        lambda data: data["entries"][1].update(size=64.0),
        lambda data: data["entries"][1].update(kind="review"),
        lambda data: data["entries"][1].update(by="someone"),
        lambda data: data["entries"][0].update(path="custody/../manifest.json"),
        lambda data: data["entries"][0].update(previous="cd" * 32),
        lambda data: data.update(begins="cd" * 32),
        lambda data: data.update(more=1),
        lambda data: data.update(entries={}),
        lambda data: data.update(entries=[1]),
    ],
)
def test_an_index_that_was_rewritten(added, change):
    rewrite(added, change)
    assert {each.layer for each in check(added)} == {"custody"}


def test_an_index_in_another_form(added):
    path = added / "custody/index.json"
    data = json.loads(path.read_bytes())
    for text in (json.dumps(data), json.dumps(data, indent=1), json.dumps(data, indent=1, sort_keys=True), "[" * 100_000):
        path.write_text(text)
        assert Difference("custody/index.json", "changed", "custody") in check(added)


def test_a_chain_of_another_run(added):
    (added / "manifest.json").write_bytes(canonical({"root": "cd" * 32, "files": []}))
    assert check(added) == [Difference("custody/index.json", "changed", "custody")]


def test_links_and_folders(added):
    custody = added / "custody"
    (custody / "more").mkdir()
    assert check(added) == [Difference("custody/more", "added", "custody")]
    (custody / "more").rmdir()
    (custody / "0001-review.json").rename(added.parent / "elsewhere.json")
    (custody / "0001-review.json").symlink_to(added.parent / "elsewhere.json")
    assert check(added) == [Difference("custody/0001-review.json", "changed", "custody")]
    custody.rename(added.parent / "custody")
    custody.symlink_to(added.parent / "custody")
    assert check(added) == [Difference("custody", "changed", "custody")]


def test_an_empty_folder_is_named(run):
    (run / "custody").mkdir()
    assert check(run) == [Difference("custody", "added", "custody")]


def test_a_file_in_the_place_of_the_folder(run):
    (run / "custody").write_bytes(b"")
    assert check(run) == [Difference("custody", "changed", "custody")]
    with pytest.raises(EvidenceError, match="broken chain"):
        add(run, "review", b"{}")
