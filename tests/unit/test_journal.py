from __future__ import annotations

import json
import threading

import pytest

from harness.errors import EvidenceError, FormatError
from harness.recording import journal
from harness.recording.journal import Journal, read_journal


def test_what_is_written_is_read_back(tmp_path):
    log = Journal(tmp_path / "session.jsonl")
    nasty = "a\nb\r\x00\x1b[31m\u2028\x85\udc80 \"'<script>"
    assert log.write("tap", x=1, y=2, text=nasty) == 1
    assert log.write("tree", host=12.3456789, xml="<hierarchy/>") == 2
    log.close()
    (first, tap), (second, tree) = read_journal(tmp_path / "session.jsonl")
    assert (first, tap["step"], tap["text"]) == (1, "tap", nasty)
    assert (second, tree) == (2, {"host": 12.345679, "step": "tree", "xml": "<hierarchy/>"})
    assert (tmp_path / "session.jsonl").read_bytes().count(b"\n") == 2


def test_a_cut_last_line_is_left_out(tmp_path):
    path = tmp_path / "session.jsonl"
    path.write_bytes(b'{"host":1,"step":"a"}\n{"host":2,"step":"b"}\n')
    whole = path.read_bytes()
    for length in range(23, len(whole)):
        path.write_bytes(whole[:length])
        assert [record["step"] for _, record in read_journal(path)] == ["a"]


@pytest.mark.parametrize("bad", [b"{", b"[]", b'{"step":1,"host":1}', b'{"step":"a"}', b'{"step":"a","host":NaN}', b"[" * 100_000, b"\xff"])
def test_a_damaged_line_in_the_middle_is_an_error_with_its_place(tmp_path, bad):
    path = tmp_path / "session.jsonl"
    path.write_bytes(b'{"host":1,"step":"a"}\n' + bad + b'\n{"host":2,"step":"b"}\n')
    with pytest.raises(FormatError, match=r"session\.jsonl:2"):
        list(read_journal(path))


def test_absent_journal(tmp_path):
    with pytest.raises(FormatError, match="cannot be read"):
        list(read_journal(tmp_path / "none.jsonl"))


def test_long_texts_are_cut_and_named(tmp_path, monkeypatch):
    monkeypatch.setattr(journal, "TEXT_LIMIT", 10)
    log = Journal(tmp_path / "session.jsonl")
    log.write("tree", xml="x" * 50, note="short")
    log.close()
    record = json.loads((tmp_path / "session.jsonl").read_bytes())
    assert (record["xml"], record["note"], record["cut"]) == ("x" * 10, "short", ["xml"])


def test_never_two_writers(tmp_path):
    log = Journal(tmp_path / "session.jsonl")
    with pytest.raises(EvidenceError, match="cannot be created"):
        Journal(tmp_path / "session.jsonl")
    log.close()


def test_after_the_end_nothing_is_written(tmp_path):
    log = Journal(tmp_path / "session.jsonl")
    log.close()
    with pytest.raises(EvidenceError, match="cannot be written"):
        log.write("tap")


def test_a_full_disk_leaves_what_was_written_readable(tmp_path, full_disk):
    log = Journal(tmp_path / "session.jsonl")
    for _ in range(20):
        log.write("tap", text="x" * 100)
    size = (tmp_path / "session.jsonl").stat().st_size
    with full_disk(size + 50), pytest.raises(EvidenceError, match="make room on the disk"):
        log.write("tap", text="x" * 100)
    with pytest.raises(EvidenceError):
        log.write("tap", text="there is room again, but half a line stands before it")
    assert (tmp_path / "session.jsonl").stat().st_size == size + 50
    assert len(list(read_journal(tmp_path / "session.jsonl"))) == 20


def test_threads_write_whole_lines(tmp_path):
    log = Journal(tmp_path / "session.jsonl")
    threads = [threading.Thread(target=lambda: [log.write("tap", text="y" * 500) for _ in range(50)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    log.close()
    assert [number for number, _ in read_journal(tmp_path / "session.jsonl")] == list(range(1, 201))
