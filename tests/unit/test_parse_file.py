import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from harness.commands.parse_file import FORMATS, Item, parse_file
from harness.errors import FormatError
from harness.events import Instant, Source
from harness.parsers.log_interpreter import Interpreter
from harness.parsers.logcat import LogcatReader
from tests.captures import capture

CAPTURED = {
    "package": "dumpsys/mvt_dumpsys_packages.txt", "permission-flags": "dumpsys/pixel_sailfish_android10_package.txt",
    "lru": "dumpsys/pixel_sailfish_android10_activity_lru.txt", "services": "dumpsys/pixel_sailfish_android10_activity_services.txt",
    "broadcasts": "dumpsys/pixel_sailfish_android10_activity_broadcasts.txt",
    "providers": "dumpsys/pixel_sailfish_android10_activity_providers.txt", "appops": "dumpsys/mvt_dumpsys_appops.txt",
    "jobs": "dumpsys/pixel_sailfish_android10_jobscheduler.txt", "alarms": "dumpsys/pixel_sailfish_android10_alarm.txt",
    "usage-stats": "dumpsys/pixel_sailfish_android10_usagestats.txt",
    "notifications": "dumpsys/pixel_sailfish_android10_notification.txt",
    "activities": "dumpsys/pixel_sailfish_android10_activity_activities.txt",
    "processes": "dumpsys/pixel_sailfish_android10_activity_processes.txt", "ps": "dumpsys/mvt_ps.txt",
    "windows": "dumpsys/vivo_utf16_dumpsys_window.txt", "hierarchy": "hierarchy/youtube_small_dialog.xml",
    "getprop": "dumpsys/mvt_getprop.txt",
}  # fmt: skip


def written(folder: Path, text: str) -> Path:
    path = folder / "log.txt"
    path.write_text(text, encoding="utf-8")
    return path


def kinds(items: Iterable[Item]) -> Counter[str]:
    return Counter(item["kind"] for item in items)


def test_log_to_objects_and_summary(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "2026-10-01 12:00:07.500 +0800  1000   929   981 I am_proc_bound: [0,3663,com.x]\n"
        "2026-10-01 12:00:07.500 +0800  1000   929   981 I am_proc_bound: [0,3663,com.x]\n"
        "2026-10-01 12:00:07.500 +0800  1000   929   981 I am_proc_bound: [0,36\n"
        "damaged\n",
    )
    first, second, summary = parse_file("logcat", path)
    assert first == {
        "kind": "process_bound", "line": 1, "wall": "2026-10-01 12:00:07.500 +0800", "time": 1790827207.5, "user": 0, "pid": 3663,
        "process": "com.x",
    }  # fmt: skip
    assert second == first | {"line": 2}
    assert summary == {"kind": "summary", "lines": 4, "section": 4, "unknown": 2, "layout": "threadtime", "missing": ()}


def test_log_without_year_and_zone_says_so(tmp_path: Path) -> None:
    path = written(tmp_path, "01-08 15:30:13.573   929   981 I am_proc_bound: [0,3663,com.x]\n")
    fact, summary = parse_file("logcat", path)
    assert fact["time"] is None
    assert summary["missing"] == ("year", "zone")


def test_tags_of_the_device(tmp_path: Path) -> None:
    path = written(tmp_path, "01-08 15:30:13.573   929   981 I am_proc_bound: [0,9,3663,com.x]\n")
    tags = tmp_path / "event-log-tags"
    tags.write_text("30010 am_proc_bound (User|1|5),(Zone|1),(PID|1|5),(Process Name|3)\n", encoding="utf-8")
    assert next(parse_file("logcat", path, tags=tags))["pid"] == 3663


def test_what_was_read_before_the_damage_stands(tmp_path: Path) -> None:
    path = written(tmp_path, "01-08 15:30:13.573   929   981 I am_proc_bound: [0,3663,com.x]\n" + "?\n" * 1000)
    found = list(parse_file("logcat", path))
    assert (kinds(found)["process_bound"], found[-1]["unknown"]) == (1, 1000)


@pytest.mark.parametrize("name", FORMATS)
def test_file_that_is_absent_or_of_another_format_is_one_line(name: str, tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="No such file"):
        list(parse_file(name, tmp_path / "absent"))
    garbage = tmp_path / "garbage"
    garbage.write_bytes(bytes(range(256)) * 100)
    with pytest.raises(FormatError) as refusal:
        list(parse_file(name, garbage))
    assert "\n" not in str(refusal.value)


def test_unknown_format_lists_what_there_is(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="there are logcat, exit-info"):
        list(parse_file("nonsense", tmp_path))


@pytest.mark.parametrize(("name", "path"), CAPTURED.items())
def test_real_dumps_become_json(name: str, path: str) -> None:
    found = list(parse_file(name, capture(path)))
    json.dumps(found)
    assert len(found) > 1
    assert found[-1]["kind"] == "summary"


# Independent counts: (tag, how its message begins, words it must hold), looked for with plain string operations.
TOLD = {
    "process_started": [("am_proc_start", "[", ""), ("ActivityManager", "Start proc ", "")],
    "process_bound": [("am_proc_bound", "[", "")],
    "process_killed": [("am_kill", "[", ""), ("ActivityManager", "Killing ", "")],
    "process_died": [("am_proc_died", "[", ""), ("ActivityManager", "Process ", " has died")],
    "process_frozen": [("am_freeze", "[", ""), ("ActivityManager", "freezing ", ""), ("ActivityManager", "sync unfroze ", "")],
    "app_frozen": [("FreecessController", "FZ : ", ""), ("FreecessController", "UFZ : ", "")],
    "service_restart_scheduled": [("ActivityManager", "Scheduling restart of crashed service ", "")],
    "process_exited": [("Zygote", "Process ", " exited ")],
    "runtime_exited": [("AndroidRuntime", "VM exiting with ", "")],
    "crashed": [("AndroidRuntime", "FATAL EXCEPTION", ""), ("libc", "Fatal signal ", "")],
    "activity_started": [("ActivityManager", "START u", ""), ("ActivityTaskManager", "START u", "")],
    "activity_resumed": [("am_set_resumed_activity", "[", ""), ("am_resume_activity", "[", "")],
    "activity_displayed": [("ActivityTaskManager", "Displayed ", "")],
    "alarm_fired": [("AlarmManager", "sending alarm ", "")],
    "broadcast_sent": [("ActivityManager", "Sending non-protected broadcast ", "")],
    "log_gap": [("chatty", "", " expire ")],
    "tag_logged": [
        *((tag, "", "") for tag in ("am_pss", "am_uid_idle", "am_uid_stopped", "auditd", "user_activity_timeout_override")),
        *((f"am_on_{what}_called", "[", "") for what in ("restart", "start", "resume", "top_resumed_gained")),
        *((tag, "", "") for tag in ("netstats_mobile_sample", "netstats_wifi_sample", "notification_panel_hidden")),
        *((f"sysui_{what}", "[", "") for what in ("lockscreen_gesture", "multi_action", "status_bar_state")),
    ],
}


def says(line: str, tag: str, begin: str, words: str) -> bool:
    """Whether ``line`` has ``tag`` in the layout threadtime or time, and a message that fits."""
    for head in (f" {tag.ljust(8)}: ", f"/{tag.ljust(8)}("):
        place = line.find(head)
        if place >= 0 and line[:5].count("-") == 1:
            message = line[place + len(head) :] if head.endswith(": ") else line[place:].partition("): ")[2]
            return message.startswith(begin) and words in message
    return False


def counts(text: str) -> Counter[str]:
    lines = text.splitlines()
    counted = {kind: sum(any(says(line, *sign) for sign in signs) for line in lines) for kind, signs in TOLD.items()}
    counted["runtime_exited"] += sum(": System.exit called, status: " in line for line in lines)
    return Counter({kind: count for kind, count in counted.items() if count})


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("dex_logcat.txt", "utf-8"),
        ("loghub_Android_2k.log", "utf-8"),
        ("pixel_sailfish_android10_logcat_events.txt", "utf-8"),
        ("pixel_sailfish_android10_logcat_main_system.txt", "utf-8"),
        ("pixel_sailfish_android10_logcat_radio.txt", "utf-8"),
        ("samsung_axisight_log_after_usb_activity.txt", "utf-8"),
        ("samsung_axisight_logcat_usb_auto_flow.txt", "utf-16"),
    ],
)
def test_counts_of_real_logs_equal_an_independent_count(name: str, encoding: str) -> None:
    path = capture(f"logcat/{name}")
    text = path.read_text(encoding=encoding, errors="replace")
    found = list(parse_file("logcat", path))
    assert kinds(found[:-1]) == counts(text)
    assert found[-1]["unknown"] == 0


def test_recorder_and_replay_see_the_same() -> None:
    """The recorder feeds what the wire gives, byte by byte at worst; the replay feeds blocks of the same file."""
    data = capture("logcat/pixel_sailfish_android10_logcat_main_system.txt").read_bytes()
    seen = []
    for size in (7, 1 << 20):
        reader, interpreter = LogcatReader("main"), Interpreter(Source.MAIN, path="raw/main.txt")
        found = []
        for start in range(0, len(data), size):
            for line in reader.feed(data[start : start + size]):
                found += interpreter.feed(line, Instant(0, float(line.number)))
        for line in reader.finish():
            found += interpreter.feed(line, Instant(0, float(line.number)))
        seen.append((found + interpreter.finish(), reader.unknown, interpreter.summary))
    assert seen[0] == seen[1]
    assert seen[0][0]
