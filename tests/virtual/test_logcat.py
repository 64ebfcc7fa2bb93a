import asyncio
import csv
import re
import struct
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.framework.records.logs import LogEntry
from device_farm.virtual.shell.logcat_layout import Filter, Layout
from tests.virtual.device_calls import COMMANDS, WALL, Collected, boot, call, captures, run

CHINA = ZoneInfo("Asia/Shanghai")
KILLED = "[0,1979,com.x,905,kill background,79208]"


@pytest.fixture
def device() -> VirtualDevice:
    """A device with four entries in its log: main, events, system, crash."""
    made = boot()
    made.clock.skip(60)
    made.logs.clear(*made.logs.buffers)
    made.clock.set_wall(WALL + 0.411)
    made.logs.write("main", "I", "Zygote", "Process 22035 exited due to signal 9 (Killed)", pid=635, uid=0)
    made.logs.event("am_kill", 0, 1979, "com.x", 905, "kill background", 79208, pid=1409, uid=1000, tid=2589)
    made.clock.skip(0.7)  # less than the pause of the quiet life
    made.logs.write("system", "W", "ActivityManager", "Slow", pid=929, uid=1000, tid=996)
    made.logs.write("crash", "E", "AndroidRuntime", "FATAL EXCEPTION: main\nProcess: com.x, PID: 4", pid=4, uid=10123)
    return made


@pytest.mark.parametrize(
    ("options", "line"),
    [
        ((), "09-21 22:13:20.411  1409  2589 I am_kill : [0,1979,com.x,905,kill background,79208]"),
        (("-v", "uid"), "09-21 22:13:20.411  1000  1409  2589 I am_kill : [0,1979,com.x,905,kill background,79208]"),
        (("-v", "epoch"), "         1790000000.411  1409  2589 I am_kill : [0,1979,com.x,905,kill background,79208]"),
        (("-v", "epoch,usec"), "         1790000000.411000  1409  2589 I am_kill : " + KILLED),
        (("-v", "nsec"), "09-21 22:13:20.411000000  1409  2589 I am_kill : [0,1979,com.x,905,kill background,79208]"),
        (("-v", "year", "-v", "zone"), "2026-09-21 22:13:20.411 +0800  1409  2589 I am_kill : " + KILLED),
        (("-v", "UTC"), "09-21 14:13:20.411 +0000  1409  2589 I am_kill : [0,1979,com.x,905,kill background,79208]"),
        (("-v", "brief"), "I/am_kill ( 1409): [0,1979,com.x,905,kill background,79208]"),
        (("-v", "brief", "-v", "uid"), "I/am_kill ( 1000: 1409): [0,1979,com.x,905,kill background,79208]"),
        (("-v", "process"), "I( 1409) [0,1979,com.x,905,kill background,79208]  (am_kill)"),
        (("-v", "tag"), "I/am_kill : [0,1979,com.x,905,kill background,79208]"),
        (("-v", "thread"), "I( 1409: 2589) [0,1979,com.x,905,kill background,79208]"),
        (("-v", "raw"), "[0,1979,com.x,905,kill background,79208]"),
        (("-v", "time"), "09-21 22:13:20.411 I/am_kill ( 1409): [0,1979,com.x,905,kill background,79208]"),
        (("--format=long",), f"[ 09-21 22:13:20.411  1409: 2589 I/am_kill  ]\n{KILLED}\n"),
    ],
)
def test_each_layout(device: VirtualDevice, options: tuple[str, ...], line: str) -> None:
    out, error, code = run(device, "logcat", "-d", "-b", "events", *options)
    assert (out, error, code) == (f"--------- beginning of events\n{line}\n", "", 0)


def test_names_of_users_are_printed_up_to_five_letters(device: VirtualDevice) -> None:
    # 01-08 15:30:13.618  root   635   635 I Zygote  : Process 2288 exited due to signal 9 (Killed)
    out, _, _ = run(device, "logcat", "-d", "-v", "uid", "-s", "Zygote")
    wanted = "09-21 22:13:20.411  root   635   635 I Zygote  : Process 22035 exited due to signal 9 (Killed)"
    assert out.splitlines()[1] == wanted


def test_buffers_are_interleaved_with_a_divider_before_the_first_line_of_each(device: VirtualDevice) -> None:
    out, _, _ = run(device, "logcat", "-d", "-b", "all", "-v", "tag")
    assert out.splitlines() == [
        "--------- beginning of main", "I/Zygote  : Process 22035 exited due to signal 9 (Killed)", "--------- beginning of events",
        "I/am_kill : [0,1979,com.x,905,kill background,79208]", "--------- beginning of system", "W/ActivityManager: Slow",
        "--------- beginning of crash", "E/AndroidRuntime: FATAL EXCEPTION: main", "E/AndroidRuntime: Process: com.x, PID: 4",
    ]  # fmt: skip


def test_the_default_is_main_system_and_crash(device: VirtualDevice) -> None:
    out, _, _ = run(device, "logcat", "-d")
    assert re.findall("beginning of (.*)", out) == ["main", "system", "crash"]


def test_dividers_tell_of_each_change(device: VirtualDevice) -> None:
    device.logs.write("main", "I", "A", "again", pid=1, uid=0)
    out, _, _ = run(device, "logcat", "-d", "-D", "-b", "main,system")
    assert re.findall("--------- (.*)", out) == ["beginning of main", "beginning of system", "switch to main"]


@pytest.mark.parametrize(
    ("options", "tags"),
    [
        (("-t", "1"), ["AndroidRuntime", "AndroidRuntime"]),
        (("-t", "2"), ["ActivityManager", "AndroidRuntime", "AndroidRuntime"]),
        (("-t", "09-21 22:13:21.000"), ["ActivityManager", "AndroidRuntime", "AndroidRuntime"]),
        (("-t", "2026-09-21 22:13:21.000"), ["ActivityManager", "AndroidRuntime", "AndroidRuntime"]),
        (("-t", "1790000001.0"), ["ActivityManager", "AndroidRuntime", "AndroidRuntime"]),
        (("-d", "--pid=635"), ["Zygote"]),
        (("-d", "--uid=1000"), ["ActivityManager"]),
        (("-d", "-e", "signal [0-9]"), ["Zygote"]),
        (("-d", "-m", "1"), ["Zygote"]),
        (("-d", "*:W"), ["ActivityManager", "AndroidRuntime", "AndroidRuntime"]),
        (("-d", "-s", "ActivityManager"), ["ActivityManager"]),
        (("-d", "ActivityManager:S", "Zygote:I", "*:S"), ["Zygote"]),
        (("-d", "Zygote:I *:E"), ["Zygote", "AndroidRuntime", "AndroidRuntime"]),
    ],
)
def test_what_is_chosen(device: VirtualDevice, options: tuple[str, ...], tags: list[str]) -> None:
    out, error, code = run(device, "logcat", *options, "-v", "tag")
    assert [line[2:].split(":")[0].strip() for line in out.splitlines() if not line.startswith("---")] == tags
    assert (error, code) == ("", 0)


def test_the_filter_of_the_environment_is_used_only_without_another(device: VirtualDevice) -> None:
    assert run(device, "logcat", "-d", env={"ANDROID_LOG_TAGS": ""})[0].count("\n") == 7
    assert run(device, "logcat", "-d", env={"ANDROID_LOG_TAGS": "''"})[0].count("\n") == 7  # what adb 34 exports
    assert "Zygote" not in run(device, "logcat", "-d", env={"ANDROID_LOG_TAGS": "*:E"})[0]
    assert "Zygote" in run(device, "logcat", "-d", "*:V", env={"ANDROID_LOG_TAGS": "*:E"})[0]


@pytest.mark.parametrize(
    ("options", "error"),
    [
        (("-b", "nothing"), "logcat: Unknown buffer 'nothing' listed for -b.\n"),
        (("-v", "nothing"), "logcat: Invalid parameter 'nothing' to -v.\n"),
        (("-t", "yesterday"), "logcat: -t 'yesterday' not in time format.\n"),
        (("-t", "02-31 00:00:00.000"), "logcat: -t '02-31 00:00:00.000' not in time format.\n"),
        (("-m", "0"), "logcat: -m '0' isn't an integer greater than zero.\n"),
        (("-d", "-e", "("), "logcat: '(' is not a regular expression.\n"),
        (("-G", "x"), "logcat: -G must be specified as <num><multiplier>.\n"),
        (("-t",), "logcat: Option '-t' needs an argument.\n"),
        (("-Z",), "logcat: Unknown option '-Z'.\n"),
        (("-d", ":V"), "logcat: Invalid filter expression ':V'.\n"),
        (("-t", "5", "-m", "1"), "logcat: Cannot use -m (--max-count) and -t together.\n"),
        (("--pid=0",), "logcat: pid 0 out of range.\n"),
    ],
)
def test_a_wrong_argument_is_one_line_and_exit_1(device: VirtualDevice, options: tuple[str, ...], error: str) -> None:
    assert run(device, "logcat", *options) == ("", error, 1)


def test_what_is_not_modelled_is_refused_by_name(device: VirtualDevice) -> None:
    out, error, code = run(device, "logcat", "-L")
    assert (out, error, code) == ("", "virtual: not modelled: logcat -L\n", 127)
    assert device.unmodelled == {"logcat -L"}


def test_clear_empties_only_the_chosen_buffers(device: VirtualDevice) -> None:
    assert run(device, "logcat", "-b", "main", "-c") == ("", "", 0)
    assert not device.logs.buffers["main"]
    assert device.logs.buffers["events"]


def test_the_sizes_are_told_and_set(device: VirtualDevice) -> None:
    line = "main: ring buffer is 256 KiB (51 B consumed, 51 B readable), max entry is 5120 B, max payload is 4068 B\n"
    assert run(device, "logcat", "-b", "main", "-g")[0] == line
    run(device, "logcat", "-G", "16M", "-b", "main,events")
    assert "ring buffer is 16 MiB" in run(device, "logcat", "-g", "-b", "events")[0]
    assert "ring buffer is 256 KiB" in run(device, "logcat", "-g", "-b", "system")[0]
    assert run(device, "logcat", "-S", "-b", "main")[0].startswith("size/num main\nTotal    51/1\n")


def test_descriptive_names_the_values_of_events(device: VirtualDevice) -> None:
    device.logs.event("wm_activity_launch_time", 0, 12, "com.x/.Main", 1362, pid=1, uid=1000)
    out, _, _ = run(device, "logcat", "-d", "-b", "events", "-v", "raw", "-v", "descriptive")
    assert out.splitlines()[-1] == "[User=0,Token=12,Component Name=com.x/.Main,time=1.362s]"


def entry(message: str, **changes: object) -> LogEntry:
    values: dict[str, object] = {
        "number": 1, "buffer": "main", "wall": WALL, "uptime": 12.5, "uid": 10123, "pid": 7, "tid": 8, "priority": "D", "tag": "Tag",
        "message": message,
    }  # fmt: skip
    return LogEntry(**{**values, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("message", "printed"),
    [
        ("tab\there", "tab\there"),
        ("back\\slash", "back\\\\slash"),
        ("\x1b[31mred\x07", "\\x1B[31mred\\a"),
        ("你好", "你好"),
        ("bad \udcff byte", "bad \\xFF byte"),
        ("one\ntwo", "one\ntwo"),
    ],
)
def test_printable_escapes_what_could_harm(message: str, printed: str) -> None:
    layout = Layout(CHINA)
    layout.take("raw")
    layout.take("printable")
    assert layout.render(entry(message)) == printed + "\n"


def test_colours_and_monotonic_time() -> None:
    layout = Layout(CHINA)
    for word in ("color", "monotonic"):
        assert layout.take(word)
    assert layout.render(entry("x")) == "\x1b[34m    12.500     7     8 D Tag     : x\x1b[0m\n"


def test_an_empty_message_is_a_line() -> None:
    assert Layout(CHINA).render(entry("")) == "09-21 22:13:20.000     7     8 D Tag     : \n"


def test_a_tag_without_end_is_cut_as_liblog_cuts_it() -> None:
    assert len(Layout(CHINA).render(entry("x", tag="T" * 5000))) == 127 + 2


@pytest.mark.parametrize(("spec", "good"), [("A:I", True), ("A:9", True), ("A", True), ("A:?", False), (":I", False), ("A:", False)])
def test_filter_expressions(spec: str, good: bool) -> None:
    assert Filter().take(spec) is good


def test_following_prints_what_comes_in_few_writes(device: VirtualDevice) -> None:
    made = call(device, "logcat", "-T", "1", "-v", "raw")
    out = made.stdout
    assert isinstance(out, Collected)

    async def follow() -> None:
        running = asyncio.create_task(COMMANDS["logcat"](made))
        await asyncio.wait_for(out.written.wait(), 120)
        out.written.clear()
        before = len(out.data)
        for number in range(500):
            device.logs.write("main", "I", "A", f"line {number}", pid=1, uid=0)
        writes = 0
        while out.data.count(b"line ") < 500:
            await asyncio.wait_for(out.written.wait(), 120)
            out.written.clear()
            writes += 1
        assert len(out.data) > before
        assert writes <= 3
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running

    asyncio.run(follow())
    text = out.data.decode()
    assert text.startswith("--------- beginning of crash\nFATAL EXCEPTION: main\nProcess: com.x, PID: 4\n")
    assert device.logs.listeners == []


def test_max_count_ends_a_running_logcat(device: VirtualDevice) -> None:
    made = call(device, "logcat", "-v", "raw", "-e", "tick", "-m", "2", "-b", "main")

    async def follow() -> int:
        running = asyncio.create_task(COMMANDS["logcat"](made))
        await asyncio.sleep(0)
        for number in range(5):
            device.logs.write("main", "I", "A", f"tick {number}", pid=1, uid=0)
        return await asyncio.wait_for(running, 120)

    assert asyncio.run(follow()) == 0
    assert isinstance(made.stdout, Collected)
    assert made.stdout.data.decode().splitlines()[1:] == ["tick 0", "tick 1"]


def test_overflow_drops_entries_and_ends_who_follows(device: VirtualDevice) -> None:
    for number in range(100):
        device.logs.write("main", "I", "A", f"line {number}", pid=1, uid=0)
    made = call(device, "logcat", "-b", "main", "-v", "raw")

    async def follow() -> int:
        running = asyncio.create_task(COMMANDS["logcat"](made))
        await asyncio.sleep(0)
        device.faults.active.add("logcat-overflow")
        device.logs.write("main", "I", "A", "the last straw", pid=1, uid=0)
        return await asyncio.wait_for(running, 120)

    assert asyncio.run(follow()) == 1
    assert isinstance(made.stderr, Collected)
    assert made.stderr.data.startswith(b"logcat: Unexpected EOF!\n\nThis means that either the device shut down")
    kept = run(device, "logcat", "-d", "-b", "main", "-v", "raw")[0].splitlines()
    assert kept[1] == "line 81"
    assert kept[-1] == "the last straw"


def wall(text: str) -> float:
    """Unix seconds of ``MM-DD hh:mm:ss.mmm`` in this year's China."""
    return datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M:%S.%f").replace(tzinfo=CHINA).timestamp()


def test_the_layout_is_that_of_a_real_log() -> None:
    """Every threadtime line of a real phone, rendered again from its columns, is the same line."""
    path = captures() / "logcat" / "loghub_Android_2k.log_structured.csv"
    layout = Layout(CHINA)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    real = (path.parent / "loghub_Android_2k.log").read_text(encoding="utf-8").splitlines()
    compared = 0
    for row, line in zip(rows, real, strict=True):
        shown = entry(
            row["Content"],
            wall=wall(f"{row['Date']} {row['Time']}"),
            pid=int(row["Pid"]),
            tid=int(row["Tid"]),
            priority=row["Level"],
            tag=row["Component"],
        )
        rendered = layout.render(shown).removesuffix("\n")
        if len(row["Component"]) >= 8:  # the table has lost the blanks that pad shorter tags and those at the end
            assert rendered == line.rstrip()
            compared += 1
    assert compared > 1000


def test_the_uid_column_is_that_of_a_real_log() -> None:
    path = captures() / "logcat" / "pixel_sailfish_android10_logcat_main_system.txt"
    shape = re.compile(r"(\d\d-\d\d [\d:.]+) ( *\S+) ( *\d+) ( *\d+) ([VDIWEF]) (.{8,}?): (.*)")
    users = {"root": 0, "lmkd": 1069, "shell": 2000, "radio": 1001, "wifi": 1010, "media": 1013, "logd": 1036}
    layout = Layout(CHINA)
    layout.take("uid")
    compared = 0
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        found = shape.fullmatch(line)
        if found is None or (found[2].strip() not in users and not found[2].strip().isdecimal()):
            continue
        name = found[2].strip()
        shown = entry(
            found[7],
            wall=wall(found[1]),
            uid=users[name] if name in users else int(name),
            pid=int(found[3]),
            tid=int(found[4]),
            priority=found[5],
            tag=found[6].rstrip(),
        )
        assert layout.render(shown).removesuffix("\n") == line
        compared += 1
    assert compared > 1000


def test_binary_entries_carry_header_priority_tag_and_message(device: VirtualDevice) -> None:
    made = call(device, "logcat", "-d", "-B", "-b", "main")
    assert asyncio.run(COMMANDS["logcat"](made)) == 0
    assert isinstance(made.stdout, Collected)
    length, header, pid, tid, seconds, nanoseconds, log_id, uid = struct.unpack_from("<HHiIIIII", made.stdout.data)
    assert (header, pid, tid, log_id, uid) == (28, 635, 635, 0, 0)
    assert (seconds, nanoseconds) == (1790000000, 411_000_000)
    assert made.stdout.data[header:] == b"\x04Zygote\0Process 22035 exited due to signal 9 (Killed)\0"
    assert length == len(made.stdout.data) - header
    assert run(device, "logcat", "-d", "-B", "-b", "events")[2] == 127


def test_lines_go_to_a_file(device: VirtualDevice) -> None:
    assert run(device, "logcat", "-d", "-b", "crash", "-v", "tag", "-f", "/data/local/tmp/log")[0] == ""
    run(device, "logcat", "-d", "-b", "crash", "-v", "tag", "-f", "/data/local/tmp/log")
    lines = device.files.read("/data/local/tmp/log").decode().splitlines()
    assert lines == ["--------- beginning of crash", "E/AndroidRuntime: FATAL EXCEPTION: main",
                     "E/AndroidRuntime: Process: com.x, PID: 4"] * 2  # fmt: skip
    out, error, code = run(device, "logcat", "-d", "-f", "/data/log")
    assert (out, error, code) == ("", "logcat: Couldn't open output file: Permission denied\n", 1)
