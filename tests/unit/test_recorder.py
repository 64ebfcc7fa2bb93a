"""Recorder with a device made of queues."""

import queue
import threading

import pytest

from harness.device.protocol import ShellResult
from harness.errors import CommandFailed, DeviceLost, EvidenceError
from harness.events import LOG_SOURCES, Source
from harness.recording.recorder import TEXT_LIMIT, LineSplitter, Recorder


class FakeStream:
    def __init__(self):
        self.chunks = queue.Queue()

    def send(self, chunk):
        self.chunks.put(chunk)

    def read(self):
        chunk = self.chunks.get(timeout=120)
        if isinstance(chunk, Exception):
            raise chunk
        return chunk

    def close(self):
        self.chunks.put(b"")


class FakeDevice:
    serial = "S1"

    def __init__(self, refused=()):
        self.streams, self.commands, self.refused = {}, [], refused

    def shell(self, command, *, timeout=30.0):
        return ShellResult("", "", int(any(word in self.refused for word in command)))

    def stream(self, command):
        self.commands.append(command)
        return self.streams.setdefault(command[2], FakeStream())


class Told:
    """Collects what the recorder says of its streams; ``wait`` is for a given word."""

    def __init__(self):
        self.all, self.news = [], threading.Condition()

    def __call__(self, source, state, reason):
        with self.news:
            self.all.append((source, state, reason))
            self.news.notify_all()

    def wait(self, source, state):
        with self.news:
            assert self.news.wait_for(lambda: any(told[:2] == (source, state) for told in self.all), 10)
            return next(told[2] for told in self.all if told[:2] == (source, state))


@pytest.fixture
def device():
    return FakeDevice()


@pytest.fixture
def told():
    return Told()


@pytest.fixture
def recorder(device, told, tmp_path):
    made = Recorder(device, tmp_path, on_stream=told)
    made.start(1790448214.5)
    yield made
    made.close(1.0)


def test_each_buffer_is_a_stream_of_its_own(recorder, device, told):
    assert [command[2] for command in device.commands] == ["events", "main", "system", "crash"]
    assert " ".join(device.commands[0]) == "logcat -b events -v epoch -v usec -v uid -v printable -T 1790448214.500000"
    assert [(source, state) for source, state, _ in told.all] == [(source, "opened") for source in LOG_SOURCES]


@pytest.mark.parametrize(
    ("refused", "options"),
    [
        (["printable"], "-v epoch -v usec -v uid"),
        (["uid", "printable"], "-v epoch -v usec"),
        (["epoch"], "-v threadtime -v usec -v uid -v printable"),
    ],
)
def test_a_logcat_that_refuses_an_option_is_asked_without_it(told, tmp_path, refused, options):
    device = FakeDevice(refused)
    recorder = Recorder(device, tmp_path, on_stream=told)
    recorder.start(1.0)
    assert " ".join(device.commands[0]) == f"logcat -b events {options} -T 1.000000"
    recorder.close()


def test_bytes_are_on_disk_as_they_came_and_lines_are_whole(recorder, device, tmp_path):
    mark = recorder.mark()
    for chunk in (b"on", b"e\r\ntw", b"o \xe4\xbd", b"\xa0\xff\n", b"three"):
        device.streams["events"].send(chunk)
    assert recorder.wait_for(lambda line: line.text == "two 你�", 10, since=mark).number == 2
    recorder.close()
    assert (tmp_path / "events.txt").read_bytes() == b"one\r\ntwo \xe4\xbd\xa0\xff\nthree"


def test_the_file_is_written_before_the_line_is_passed_on(device, told, tmp_path):
    seen = []
    recorder = Recorder(device, tmp_path, on_stream=told, on_line=lambda line: seen.append((tmp_path / "main.txt").read_bytes()))
    recorder.start(1.0)
    device.streams["main"].send(b"x\n")
    assert recorder.wait_for(lambda line: line.source is Source.MAIN, 120, since=0)
    recorder.close()
    assert seen == [b"x\n"]


def test_a_line_before_the_mark_is_not_waited_for(recorder, device):
    device.streams["main"].send(b"canary\n")
    assert recorder.wait_for(lambda line: line.text == "canary", 120, since=0)
    assert recorder.wait_for(lambda line: line.text == "canary", 0.05) is None


def test_a_line_of_a_megabyte_is_kept_whole_and_passed_on_cut(recorder, device, tmp_path):
    for _ in range(16):
        device.streams["main"].send(b"x" * 65536)
    device.streams["main"].send(b"\nnext\n")
    assert recorder.wait_for(lambda line: line.text == "next", 10, since=0).number == 2
    long = recorder.wait_for(lambda line: line.number == 1, 10, since=0)
    assert (len(long.text), long.cut) == (TEXT_LIMIT, True)
    assert (tmp_path / "main.txt").stat().st_size == 16 * 65536 + 6


def test_a_logcat_that_ends_is_lost_with_its_reason(recorder, device, told):
    device.streams["main"].send(b"")
    device.streams["crash"].send(CommandFailed("logcat", 1, "Unexpected EOF!"))
    assert told.wait(Source.MAIN, "lost") == "logcat ended"
    assert "Unexpected EOF!" in told.wait(Source.CRASH, "lost")


def test_waiting_ends_when_no_stream_is_left(recorder, device):
    for stream in device.streams.values():
        stream.send(b"")
    assert recorder.wait_for(lambda line: False, 3600) is None


def test_lost_streams_are_opened_again_into_the_same_file(recorder, device, told, tmp_path):
    device.streams["events"].send(b"one\nha")
    device.streams["events"].send(DeviceLost("reboot"))
    told.wait(Source.EVENTS, "lost")
    device.streams.pop("events")
    recorder.start(2.0)
    assert len(device.commands) == 5
    device.streams["events"].send(b"two\n")
    assert recorder.wait_for(lambda line: line.text == "two", 10, since=0).number == 3
    assert (tmp_path / "events.txt").read_bytes() == b"one\nha\ntwo\n"


def test_streams_of_the_boot_before_are_waited_for_after_a_reboot(recorder, device, told):
    recorder.start(since=1.0)
    ending, device.streams = device.streams, {}
    timers = [threading.Timer(0.2, stream.send, [DeviceLost("gone")]) for stream in ending.values()]
    for timer in timers:
        timer.start()
    recorder.start(since=2.0, ended=True)
    assert len(device.commands) == 2 * len(LOG_SOURCES)
    assert [state for _, state, _ in told.all] == ["opened"] * 4 + ["lost"] * 4 + ["opened"] * 4


def test_closing_drains_and_nothing_is_written_after(recorder, device, told, tmp_path):
    device.streams["events"].send(b"last\n")
    recorder.close()
    assert {told.wait(source, "closed") for source in LOG_SOURCES} == {""}
    device.streams["events"].send(b"late\n")
    assert (tmp_path / "events.txt").read_bytes() == b"last\n"


def test_a_stream_that_does_not_end_is_given_up(told, tmp_path):
    device = FakeDevice()
    recorder = Recorder(device, tmp_path, on_stream=told, sources=[Source.MAIN])
    recorder.start(1.0)
    device.streams["main"].close = lambda: None
    recorder.close(0.05)
    device.streams["main"].send(b"late\n")
    device.streams["main"].send(b"")
    told.wait(Source.MAIN, "closed")
    assert (tmp_path / "main.txt").read_bytes() == b""


def test_never_two_writers(recorder, device, told, tmp_path):
    with pytest.raises(EvidenceError, match="cannot be created"):
        Recorder(device, tmp_path, on_stream=told)


def test_a_full_disk_is_an_error_and_keeps_what_was_written(device, told, tmp_path, full_disk):
    recorder = Recorder(device, tmp_path, on_stream=told)
    recorder.start(1.0)
    with full_disk(5000):
        for _ in range(10):
            device.streams["events"].send(b"x" * 999 + b"\n")
        reason = told.wait(Source.EVENTS, "lost")
    assert "make room on the disk" in reason
    with pytest.raises(EvidenceError, match="make room on the disk"):
        recorder.wait_for(lambda line: False, 120)
    with pytest.raises(EvidenceError, match="make room on the disk"):
        recorder.close()
    assert (tmp_path / "events.txt").stat().st_size == 5000


def test_memory_for_past_lines_is_bounded(device, told, tmp_path, monkeypatch):
    monkeypatch.setattr("harness.recording.recorder._HISTORY_LIMIT", 1000)
    recorder = Recorder(device, tmp_path, on_stream=told)
    recorder.start(1.0)
    device.streams["main"].send(b"".join(b"%099d\n" % number for number in range(100)))
    assert recorder.wait_for(lambda line: line.number == 100, 10, since=0)
    assert recorder.mark() == 100
    assert recorder.wait_for(lambda line: line.number == 1, 0.01, since=0) is None
    recorder.close()


def test_splitter_counts_empty_lines():
    splitter = LineSplitter(Source.MAIN)
    assert [line.number for line in splitter.feed(b"\n\na\n")] == [1, 2, 3]
    assert not splitter.unfinished


def test_a_lost_device_is_told_at_once_and_its_stream_let_go_of(recorder, device, told):
    closed = threading.Event()
    device.streams["main"].close = closed.set
    for chunk in (b"half a li", DeviceLost("S1 went away")):
        device.streams["main"].send(chunk)
    assert told.wait(Source.MAIN, "lost") == "S1 went away"
    assert closed.is_set()


def test_a_journal_that_cannot_be_written_is_no_traceback_of_a_thread(device, tmp_path):
    told = Told()

    def on_stream(source, state, reason):
        told(source, state, reason)
        if state == "closed":
            raise EvidenceError("session.jsonl cannot be written: No space left on device: make room on the disk")

    recorder = Recorder(device, tmp_path, on_stream=on_stream)
    recorder.start(1.0)
    with pytest.raises(EvidenceError, match=r"session\.jsonl cannot be written"):
        recorder.close()
    assert {source for source, state, _ in told.all if state == "closed"} == set(LOG_SOURCES)
