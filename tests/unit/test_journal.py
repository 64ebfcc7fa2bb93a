import json
import threading

import pytest

from harness.errors import EvidenceError, FormatError
from harness.events import Purpose
from harness.recording import journal
from harness.recording.journal import Entry, Journal, read_journal
from harness.recording.steps import FieldFilled, Key, Note, Tapped, ToastShown, Tree

FIRST = b'{"host":1,"step":"reboot"}\n'
SECOND = b'{"host":2,"step":"toast","text":"b"}\n'


def note(text: str = "x") -> Note:
    return Note(text=text)


def test_what_is_written_is_read_back(tmp_path):
    log = Journal(tmp_path / "session.jsonl")
    nasty = "a\nb\r\x00\x1b[31m\u2028\x85\udc80 \"'<script>"
    tap = Tapped(x=1, y=2, purpose=Purpose.DENY, text=nasty)
    assert log.write(tap) == 1
    assert log.write(Tree(xml="<hierarchy/>"), host=12.3456789) == 2
    log.close()
    first, second = read_journal(tmp_path / "session.jsonl")
    assert (first.number, first.step) == (1, tap)
    assert second == Entry(2, 12.345679, Tree(xml="<hierarchy/>"))
    assert (tmp_path / "session.jsonl").read_bytes().splitlines()[1:] == [b'{"host":12.345679,"step":"tree","xml":"<hierarchy/>"}']


def test_a_cut_last_line_is_left_out(tmp_path):
    path = tmp_path / "session.jsonl"
    whole = FIRST + SECOND
    for length in range(len(FIRST), len(whole)):
        path.write_bytes(whole[:length])
        assert [entry.number for entry in read_journal(path)] == [1]


NO_TIMES = [b'{"step":"a"}', b'{"step":"a","host":NaN}', b'{"step":"a","host":1e999}', b'{"step":"a","host":true}']
BAD = [b"{", b"[]", b'{"step":1,"host":1}', *NO_TIMES, b"[" * 100_000, b"\xff"]


@pytest.mark.parametrize("bad", BAD)
def test_a_damaged_line_in_the_middle_is_an_error_with_its_place(tmp_path, bad):
    path = tmp_path / "session.jsonl"
    path.write_bytes(FIRST + bad + b"\n" + SECOND)
    with pytest.raises(FormatError, match=r"session\.jsonl:2 is not a line"):
        list(read_journal(path))


def test_absent_journal(tmp_path):
    with pytest.raises(FormatError, match="cannot be read"):
        list(read_journal(tmp_path / "none.jsonl"))


def test_long_texts_are_cut_and_named(tmp_path, monkeypatch):
    monkeypatch.setattr(journal, "TEXT_LIMIT", 10)
    log = Journal(tmp_path / "session.jsonl")
    log.write(Tree(xml="x" * 50, screenshot="short"))
    log.close()
    record = json.loads((tmp_path / "session.jsonl").read_bytes())
    assert (record["xml"], record["screenshot"], record["cut"]) == ("x" * 10, "short", ["xml"])
    assert [entry.step for entry in read_journal(tmp_path / "session.jsonl")] == [Tree(xml="x" * 10, screenshot="short")]


def test_a_secret_is_hidden_in_every_text_and_in_no_word_of_ours(tmp_path):
    log = Journal(tmp_path / "session.jsonl")
    log.hide("walk<1")
    log.hide("walk")
    steps = [FieldFilled(field="pwd", text="walk<1"), Tree(xml='<node text="walk&lt;1"/>'), Key(key="back", purpose=Purpose.WALK)]
    for step in steps:
        log.write(step)
    log.close()
    typed, tree, key = (entry.step for entry in read_journal(tmp_path / "session.jsonl"))
    assert "walk" not in typed.text + tree.xml
    assert key == steps[2]


def test_never_two_writers(tmp_path):
    log = Journal(tmp_path / "session.jsonl")
    with pytest.raises(EvidenceError, match="cannot be created"):
        Journal(tmp_path / "session.jsonl")
    log.close()


def test_after_the_end_nothing_is_written(tmp_path):
    log = Journal(tmp_path / "session.jsonl")
    log.close()
    with pytest.raises(EvidenceError, match="cannot be written: the run is over"):
        log.write(note())


def test_a_full_disk_leaves_what_was_written_readable(tmp_path, full_disk):
    log = Journal(tmp_path / "session.jsonl")
    for _ in range(20):
        log.write(note("x" * 100))
    size = (tmp_path / "session.jsonl").stat().st_size
    with full_disk(size + 50), pytest.raises(EvidenceError, match="make room on the disk"):
        log.write(note("x" * 100))
    with pytest.raises(EvidenceError, match="make room on the disk"):
        log.write(note("there is room again, but half a line stands before it"))
    assert (tmp_path / "session.jsonl").stat().st_size == size + 50
    assert len(list(read_journal(tmp_path / "session.jsonl"))) == 20


def test_what_was_only_seen_is_on_the_disk_with_the_next_act(tmp_path, monkeypatch):
    path, flushed = tmp_path / "session.jsonl", []
    monkeypatch.setattr(journal, "flush", lambda _number: flushed.append(path.read_bytes().count(b"\n")))
    log = Journal(path)
    log.write(Tree(xml="<node/>"))
    log.write(ToastShown(text="hello"))
    assert (flushed, path.read_bytes().count(b"\n")) == ([], 2)  # a killed process takes neither
    log.write(Key(key="back", purpose=Purpose.WALK))
    assert flushed == [3]
    log.close()


def test_threads_write_whole_lines(tmp_path):
    log = Journal(tmp_path / "session.jsonl")
    threads = [threading.Thread(target=lambda: [log.write(note("y" * 500)) for _ in range(50)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    log.close()
    assert [entry.number for entry in read_journal(tmp_path / "session.jsonl")] == list(range(1, 201))
