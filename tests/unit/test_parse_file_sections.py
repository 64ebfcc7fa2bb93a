"""``apprights parse`` of a file in which the section is a small part, or is there and says nothing that we know."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from harness.cli import app
from harness.commands.parse_file import parse_file
from harness.errors import FormatError
from harness.parsers.dump_formats import READINGS
from tests.captures import capture

JOB = "  JOB #u0a71/{}: 9b9aca4 com.x/.Job\n    Source: uid=u0a71 user=0 pkg=com.x\n"
STRANGE = "  JOB no such form {}\n"


def written(folder: Path, text: str) -> Path:
    path = folder / "report.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_strict_measures_unread_records_against_records(tmp_path: Path) -> None:
    """472 of 947 unread records in a long report exited 0: the rest of the file made them few."""
    section = (
        "DUMP OF SERVICE jobscheduler:\nRegistered 4 jobs:\n" + "".join(map(JOB.format, range(6))) + "".join(map(STRANGE.format, range(6)))
    )
    path = written(tmp_path, "== dumpstate: 2020-01-08 15:31:08\n" + "Build: x\n" * 5000 + section)
    summary = list(parse_file("jobs", path))[-1]
    assert {name: summary[name] for name in ("lines", "section", "records", "unknown")} == {
        "lines": 5021,
        "section": 19,
        "records": 6,
        "unknown": 6,
    }
    runner = CliRunner()
    assert runner.invoke(app, ["parse", "jobs", str(path)]).exit_code == 0
    assert runner.invoke(app, ["parse", "jobs", str(path), "--strict"]).exit_code == 3


def test_strict_measures_unread_lines_of_a_log_against_its_section(tmp_path: Path) -> None:
    line = "01-08 15:30:13.573   929   981 I am_proc_bound: [0,3663,com.x]\n"
    log = "------ EVENT LOG (logcat -b events -v threadtime -d *:v) ------\n" + line * 3 + "damaged\n" * 3
    path = written(tmp_path, "== dumpstate: x\n------ UPTIME (uptime) ------\n" + "anything\n" * 1000 + log)
    summary = list(parse_file("logcat", path))[-1]
    assert (summary["lines"], summary["section"], summary["unknown"]) == (1009, 7, 3)
    assert CliRunner().invoke(app, ["parse", "logcat", str(path), "--strict"]).exit_code == 3


def test_a_section_that_is_no_log_has_no_gap(tmp_path: Path) -> None:
    """A report quotes a log in a section of another kind; logcat was not started again there."""
    line = "01-08 15:30:13.573   929   981 I am_proc_bound: [0,3663,com.x]\n"
    quoted = "--------- beginning of main\nquoted\n--------- beginning of main\nquoted\n"
    path = written(
        tmp_path,
        f"------ SYSTEM LOG (logcat -v threadtime -d *:v) ------\n--------- beginning of main\n{line}"
        f"------ 0.028s was the duration of 'SYSTEM LOG' ------\n------ TOMBSTONES (/data/tombstones) ------\n{quoted}"
        f"------ LAST LOGCAT (logcat -L -b all -v threadtime -d *:v) ------\n{line}",
    )
    *facts, summary = parse_file("logcat", path)
    assert [fact["kind"] for fact in facts] == ["process_bound", "process_bound"]
    assert summary["unknown"] == 0


# What stands in a dump of a version that nobody here has seen: the heading is known, none of its words is.
HEADINGS = {
    "exit-info": "ACTIVITY MANAGER PROCESS EXIT INFO (dumpsys activity exit-info)",
    "start-info": "ACTIVITY MANAGER LRU PROCESSES (dumpsys activity start-info)",
    "activities": "ACTIVITY MANAGER ACTIVITIES (dumpsys activity activities)",
    "processes": "ACTIVITY MANAGER RUNNING PROCESSES (dumpsys activity processes)",
    "lru": "ACTIVITY MANAGER LRU PROCESSES (dumpsys activity lru)",
    "services": "ACTIVITY MANAGER SERVICES (dumpsys activity services)",
    "broadcasts": "ACTIVITY MANAGER BROADCAST STATE (dumpsys activity broadcasts)",
    "providers": "ACTIVITY MANAGER CONTENT PROVIDERS (dumpsys activity providers)",
    "associations": "ACTIVITY MANAGER ASSOCIATIONS (dumpsys activity associations)",
    "package": "Packages:",
    "permission-flags": "Packages:",
    "appops": "Current AppOps Service state:",
    "jobs": "JOB SCHEDULER",
    "alarms": "Current Alarm Manager state:",
    "windows": "WINDOW MANAGER WINDOWS (dumpsys window windows)",
    "usage-stats": "user=0",
    "syncs": "Data connected: true",
}
SAYS_NOTHING = {
    "services": "  (nothing)",
    "providers": "  (nothing)",
    "broadcasts": "  (nothing)",
    "package": "Unable to find package: com.x",
    "jobs": "Registered 0 jobs:",
    "alarms": "  0 pending alarms: ",
    "usage-stats": '  Last 24 hour events (timeRange="1/7/2020, 3:32 PM")',
    "syncs": "Sync Status",
    "permission-flags": "    User 0: ceDataInode=1 installed=true",
}


@pytest.mark.parametrize("name", HEADINGS)
def test_a_section_in_words_that_we_do_not_know_is_an_error(name: str, tmp_path: Path) -> None:
    path = written(tmp_path, f"{HEADINGS[name]}\n" + "  -> record of a new kind\n" * 20)
    with pytest.raises(FormatError) as error:
        list(parse_file(name, path))
    assert "not one record" in str(error.value)
    assert f"it wants to see at least {READINGS[name].wants}" in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("name", SAYS_NOTHING)
def test_a_section_that_says_it_has_nothing_is_none(name: str, tmp_path: Path) -> None:
    path = written(tmp_path, f"{HEADINGS[name]}\n{SAYS_NOTHING[name]}\n" + "  mSetting=1\n" * 20)
    (summary,) = parse_file(name, path)
    assert (summary["records"], summary["unknown"]) == (0, 0)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("notifications", "Current Notification Manager state:\n  Notification List:\n"),
        ("broadcasts", f"{HEADINGS['broadcasts']}\n  Registered Receivers:\n  Historical broadcasts [foreground]:\n"),
    ],
)
def test_a_heading_above_records_that_are_none_is_an_error(name: str, text: str, tmp_path: Path) -> None:
    """Although the dump says before that it may have nothing."""
    with pytest.raises(FormatError, match="it wants to see at least"):
        list(parse_file(name, written(tmp_path, text + "    RecordOfANewKind(1)\n" * 20)))


@pytest.mark.parametrize("name", HEADINGS)
def test_a_heading_with_a_few_lines_below_is_empty(name: str, tmp_path: Path) -> None:
    found = list(parse_file(name, written(tmp_path, f"{HEADINGS[name]}\n  Last Timestamp of Persistence: 1\n")))
    assert found[-1]["records"] == len([item for item in found if item["kind"] == "focus"])


# A report holds what its parts hold: those of a real phone, put together as dumpstate puts them, far down in a file.
PARTS = {
    "activities": "activity_activities", "processes": "activity_processes", "services": "activity_services",
    "broadcasts": "activity_broadcasts", "providers": "activity_providers", "alarms": "alarm", "appops": "appops", "jobs": "jobscheduler",
    "notifications": "notification", "usage-stats": "usagestats", "windows": "window_windows",
}  # fmt: skip


def real_report(folder: Path) -> Path:
    def part(name: str) -> str:
        return capture(f"dumpsys/pixel_sailfish_android10_{name}.txt").read_text(encoding="utf-8")

    log = capture("logcat/pixel_sailfish_android10_logcat_events.txt").read_text(encoding="utf-8")
    text = "== dumpstate: 2020-01-08 15:31:08\n" + "Filler: 1\n" * 25_000
    text += f"------ EVENT LOG (logcat -b events -v threadtime -d *:v) ------\n{log}------ 1.0s was the duration of 'EVENT LOG' ------\n"
    for title, command, name in (("SYSTEM PROPERTIES", "getprop", "mvt_getprop"), ("PROCESSES", "ps -A -T", "mvt_ps")):
        printed = capture(f"dumpsys/{name}.txt").read_text(encoding="utf-8")
        text += f"------ {title} ({command}) ------\n{printed}\n------ 0.0s was the duration of '{title}' ------\n"
    text += "------ DUMPSYS (/system/bin/dumpsys) ------\nDUMP OF SERVICE activity:\n"
    text += "".join(part(name) for name in PARTS.values() if name.startswith("activity_"))
    for name in (name for name in PARTS.values() if not name.startswith("activity_")):
        service = name.partition("_")[0]
        text += f"--------- 0.1s was the duration of dumpsys x, ending at: now\nDUMP OF SERVICE {service}:\n{part(name)}"
    return written(folder, text)


def test_a_report_holds_what_its_parts_hold(tmp_path: Path) -> None:
    report = real_report(tmp_path)
    parts = {name: f"dumpsys/pixel_sailfish_android10_{part}.txt" for name, part in PARTS.items()}
    parts |= {"getprop": "dumpsys/mvt_getprop.txt", "ps": "dumpsys/mvt_ps.txt"}
    for name, part in parts.items():
        *whole, summary = parse_file(name, report)
        *alone, _ = parse_file(name, capture(part))
        assert (name, whole) == (name, alone)
        assert summary["unknown"] == 0
    *facts, _ = parse_file("logcat", report)
    *alone, _ = parse_file("logcat", capture("logcat/pixel_sailfish_android10_logcat_events.txt"))
    assert [fact | {"line": 0} for fact in facts] == [fact | {"line": 0} for fact in alone]
