import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.errors import FormatError
from harness.parsers.logcat import MAX_LINE, LogcatReader, LogLine
from tests.captures import capture

KILL = "[0,1979,com.seedengine.platformspike,905,kill background,79208]"
EPOCH = f"1790448214.411123  1000  1409  2589 I am_kill : {KILL}"
THREADTIME = "01-08 15:29:55.853 10076  3225  3254 I eMBMS  Service: EmbmsService is not ready"


def read(text: str | bytes, *, buffer: str | None = None, size: int = 1 << 20) -> list[LogLine]:
    data = text.encode() if isinstance(text, str) else text
    reader = LogcatReader(buffer)
    lines = [line for start in range(0, len(data), size) for line in reader.feed(data[start : start + size])]
    return [*lines, *reader.finish()]


def one(text: str) -> LogLine:
    (line,) = read(text + "\n")
    return line


def test_epoch_with_uid_and_microseconds() -> None:
    line = one(EPOCH)
    assert line == LogLine(
        number=1,
        wall=1790448214.411123,
        wall_text="1790448214.411123",
        uid=1000,
        pid=1409,
        tid=2589,
        priority="I",
        tag="am_kill",
        message=KILL,
        buffer=None,
    )


def test_epoch_padded_with_blanks_and_without_uid() -> None:
    line = one("         1790448214.411  1409  2589 I am_kill : [0,1]")
    assert (line.wall, line.uid, line.pid, line.tid, line.tag) == (1790448214.411, None, 1409, 2589, "am_kill")


def test_threadtime_has_no_wall_time_without_year_and_zone() -> None:
    line = one(THREADTIME)
    assert (line.wall, line.wall_text) == (None, "01-08 15:29:55.853")
    assert (line.uid, line.pid, line.tid, line.tag) == (10076, 3225, 3254, "eMBMS  Service")


@pytest.mark.parametrize(
    ("printed", "seconds"),
    [
        ("2026-10-01 12:00:07.123456 +0800", 1790827207.123456),
        ("2026-10-01 04:00:07.123 +0000", 1790827207.123),
        ("2026-09-30 22:30:07.123 -0530", 1790827207.123),
        ("2026-10-01 12:00:07.123456", None),
        ("2026-02-31 12:00:07.123 +0800", None),
    ],
)
def test_threadtime_with_year_and_zone(printed: str, seconds: float | None) -> None:
    line = one(f"{printed}  root   635   635 I Zygote  : Process 2745 exited cleanly (0)")
    assert line.wall == (None if seconds is None else pytest.approx(seconds, abs=1e-5))
    assert (line.wall_text, line.uid, line.pid) == (printed, "root", 635)


def test_time_layout() -> None:
    line = one("02-20 23:32:05.184 I/Zygote  ( 1642): Process 9370 exited due to signal 9 (Killed)")
    assert (line.pid, line.tid, line.priority, line.tag) == (1642, None, "I", "Zygote")
    assert line.message == "Process 9370 exited due to signal 9 (Killed)"


def test_time_layout_with_uid() -> None:
    line = one("02-20 23:32:05.184 I/Zygote  (  root: 1642): Process 9370 exited cleanly (0)")
    assert (line.uid, line.pid) == ("root", 1642)


def test_brief_layout_has_no_time() -> None:
    line = one("I/Zygote  ( 1642): Process 9370 exited cleanly (0)")
    assert (line.wall, line.wall_text, line.pid, line.tag) == (None, "", 1642, "Zygote")


def test_tag_may_hold_colons_and_message_may_be_empty_or_begin_with_a_tab() -> None:
    head = "02-07 15:43:38.946  1000  2816  5367 D "
    assert one(head + "MARs:ActiveTrafficFilter: filter : x").tag == "MARs:ActiveTrafficFilter"
    assert one(head + "notification_panel_hidden: ").message == ""
    assert one(head + "notification_panel_hidden:").tag == "notification_panel_hidden"
    assert one(head + "AndroidRuntime: \tat a.B.c(B.java:1)").message == "\tat a.B.c(B.java:1)"


def test_line_that_was_cut_in_its_head_is_counted_not_read() -> None:
    reader = LogcatReader()
    cut = f"{THREADTIME}\n01-08 15:29:55.8\n01-08 15:29:55.853 10076  32\n{THREADTIME}\n"
    assert len(list(reader.feed(cut.encode()))) == 2
    assert (reader.lines, reader.unknown) == (4, 2)


def test_line_without_time_is_unknown_in_a_log_with_times() -> None:
    reader = LogcatReader()
    assert len(list(reader.feed(f"{THREADTIME}\nI/Fake( 929): Killing 1:com.x/u0a1 (adj 0): y\n".encode()))) == 1
    assert reader.unknown == 1


def test_last_line_without_line_end_is_marked() -> None:
    first, last = read(f"{THREADTIME}\n{THREADTIME}")
    assert (first.whole, last.whole) == (True, False)


def test_line_ends_of_windows() -> None:
    lines = read(f"{THREADTIME}\r\n{THREADTIME}\r\r\n")
    assert [line.message for line in lines] == ["EmbmsService is not ready"] * 2


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-8"])
def test_encodings(encoding: str) -> None:
    text = "02-20 23:31:58.375 D/小店( 8300): 附近门店 \u2028 x\r\n"
    (line,) = read(text.encode(encoding), size=3)
    assert (line.tag, line.message) == ("小店", "附近门店 \u2028 x")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_byte_order_mark(encoding: str) -> None:
    (line,) = read(f"{THREADTIME}\r\n".encode(encoding))
    assert (line.tag, line.message) == ("eMBMS  Service", "EmbmsService is not ready")


def test_bytes_that_are_no_text_are_replaced() -> None:
    (line,) = read(THREADTIME.encode() + b" \xff\xfe\n")
    assert line.message == "EmbmsService is not ready \ufffd\ufffd"


def test_dividers_tell_the_buffer_only_while_they_can() -> None:
    text = "\n".join(
        ["--------- beginning of main", THREADTIME, "--------- beginning of system", THREADTIME, "--------- switch to main", THREADTIME]
    )
    lines = read(text + "\n")
    assert [line.buffer for line in lines] == ["main", None, "main"]
    assert [line.number for line in lines] == [2, 4, 6]
    assert {line.buffer for line in read(text, buffer="crash")} == {"crash"}


def test_bugreport_reads_only_its_logs() -> None:
    text = f"""\
========================================================
== dumpstate: 2020-01-08 15:31:08
========================================================
------ UPTIME MMAP PERF (uptime) ------
{THREADTIME}
------ SYSTEM LOG (logcat -v threadtime -v printable -v uid -d *:v) ------
--------- beginning of system
{THREADTIME}
------ 0.123s was the duration of 'SYSTEM LOG' ------
{THREADTIME}
------ EVENT LOG (logcat -b events -v threadtime -v printable -v uid -d *:v) ------
{THREADTIME}
------ LOG STATISTICS (logcat -b all -S) ------
{THREADTIME}
"""
    reader = LogcatReader()
    lines = list(reader.feed(text.encode()))
    assert [(line.number, line.buffer) for line in lines] == [(8, "system"), (12, "events")]
    assert reader.unknown == 0


def test_end_of_the_stream_told_by_logcat_is_a_line_of_pid_0() -> None:
    last = read(f"{THREADTIME}\nlogcat: Unexpected EOF!\n")[-1]
    assert (last.tag, last.pid, last.message) == ("logcat", 0, "logcat: Unexpected EOF!")


def test_line_of_a_megabyte_is_cut_and_the_next_one_read() -> None:
    huge = "01-08 15:29:55.853  1000   929  1349 I ActivityManager: " + "x" * (1 << 20)
    for size in (1000, 1 << 22):
        first, second = read(f"{huge}\n{THREADTIME}\n", size=size)
        assert len(first.message) < MAX_LINE
        assert (first.whole, first.pid) == (False, 929)
        assert (second.number, second.pid, second.whole) == (2, 3225, True)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2023-06-01 18:13:08.485  2266-2266  studio.deploy   installer   E  Could not get user id", "Android Studio"),
        ("[ 08-06 23:36:48.433 12283:12308 F/libc     ]\nFatal signal 11\n", "-v long"),
        ("F(12283) Fatal signal 11 (SIGSEGV)", "-v process"),
        ("F/libc    : Fatal signal 11 (SIGSEGV)", "-v tag"),
        ("ACTIVITY MANAGER PROCESS EXIT INFO (dumpsys activity exit-info)", "dumpsys activity exit-info"),
        ("PK\x03\x04\x14\x00", "zip"),
        ("<?xml version='1.0'?><hierarchy/>", "view hierarchy"),
        ("once upon a time", "'once upon a time'"),
    ],
)
def test_other_formats_are_refused_by_name(text: str, name: str) -> None:
    with pytest.raises(FormatError, match="not logcat text") as refusal:
        read(text)
    assert name in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_garbage_without_line_end_is_refused_before_it_is_read_wholly() -> None:
    with pytest.raises(FormatError, match="binary data"):
        read(b"\x00\x81" * 10_000_000, size=100_000)


def test_empty_text_is_no_error() -> None:
    assert read("") == []
    assert read("\n\r\n") == []


@given(cuts=st.lists(st.integers(1, 40), max_size=60))
def test_chunks_change_nothing(cuts: list[int]) -> None:
    """The recorder gets bytes as they come, the replay in blocks: both must see the same lines."""
    data = f"--------- beginning of main\r\n{THREADTIME}\r\n{EPOCH}\n\n字 broken\n{THREADTIME} 小店".encode()
    reader, rest, lines = LogcatReader(), data, []
    for cut in cuts:
        lines += list(reader.feed(rest[:cut]))
        rest = rest[cut:]
    lines += [*reader.feed(rest), *reader.finish()]
    assert lines == read(data)


def test_every_column_of_loghub_equals_its_ground_truth() -> None:
    lines = read(capture("logcat/loghub_Android_2k.log").read_bytes())
    truth = capture("logcat/loghub_Android_2k.log_structured.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(truth, newline="")))
    assert len(rows) == len(lines) == 2000
    for row, line in zip(rows, lines, strict=True):
        assert line.wall_text == f"{row['Date']} {row['Time']}"
        assert (line.pid, line.tid, line.priority) == (int(row["Pid"]), int(row["Tid"]), row["Level"])
        assert (line.tag, line.message.strip()) == (row["Component"], row["Content"].strip())


@pytest.mark.parametrize(
    ("name", "layout", "lines"),
    [
        ("dex_logcat.txt", "threadtime", 8633),
        ("pixel_sailfish_android10_logcat_events.txt", "threadtime", 48),
        ("pixel_sailfish_android10_logcat_main_system.txt", "threadtime", 3427),
        ("pixel_sailfish_android10_logcat_radio.txt", "threadtime", 4),
        ("samsung_axisight_log_after_usb_activity.txt", "threadtime", 7272),
        ("samsung_axisight_logcat_usb_auto_flow.txt", "time", 1861),
    ],
)
def test_real_logs_are_read_without_an_unknown_line(name: str, layout: str, lines: int) -> None:
    reader = LogcatReader()
    found = [*reader.feed(capture(f"logcat/{name}").read_bytes()), *reader.finish()]
    assert (len(found), reader.unknown, reader.layout) == (lines, 0, layout)
    assert reader.missing == ("year", "zone")
