"""What is no text of Android, or not the one that was asked for.

One line, exit 3, and what was read until then stands.
"""

import json
import sys
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.cli import main
from harness.commands.parse_file import FORMATS, parse_file
from harness.errors import FormatError

Run = Callable[..., tuple[int, list[dict[str, object]], str]]

LINE = "01-08 15:30:13.573   929   981 I am_proc_bound: [0,3663,com.x]\n"
REPORT = f"""\
========================================================
== dumpstate: 2026-10-01 12:00:00
========================================================
Build fingerprint: 'x'
------ UPTIME (uptime) ------
 12:00:00 up 1 min
------ SYSTEM LOG (logcat -v threadtime -v printable -v uid -d *:v) ------
--------- beginning of main
{LINE}------ 0.2s was the duration of 'SYSTEM LOG' ------
------ EVENT LOG (logcat -b events -v threadtime -v printable -v uid -d *:v) ------
--------- beginning of events
{LINE}------ DUMPSYS (/system/bin/dumpsys) ------
DUMP OF SERVICE alarm:
Current Alarm Manager state:
  Alarm Stats:
  u0a39:com.x +75ms running, 1 wakeups:
    +75ms 1 wakes 4 alarms, last -1m52s320ms:
      *walarm*:com.x/.AlarmReceiver
--------- 0.006s was the duration of dumpsys alarm, ending at: 2026-10-01 12:00:01
DUMP OF SERVICE appops:
Current AppOps Service state:
  Uid u0a7:
    Package com.x:
      CAMERA (allow):
"""

WRONG = [
    ("", "the text is empty"),
    ("Can't find service: nonsense\n", "a service that does not exist"),
    (
        "Permission Denial: can't dump ActivityManager from from pid=1, uid=10123 due to missing android.permission.DUMP permission\n",
        "a refusal: Permission Denial",
    ),
    ("[ro.build.version.sdk]: [33]\n", "getprop"),
    ("USER  PID  PPID  NAME\nroot 1 0 init\n", "ps"),
    ("<?xml version='1.0'?><hierarchy rotation=\"0\"></hierarchy>\n", "a view hierarchy"),
    ("package:com.x uid:10123\n", "pm list packages"),
    ("ACTIVITY MANAGER PROVIDER ASSOCIATION STATE (dumpsys activity nonsense)\n", "dumpsys activity nonsense"),
    ("DUMP OF SERVICE meminfo:\nx\n", "dumpsys meminfo"),
    ("POWER MANAGER (dumpsys power)\n\nPower Manager State:\n", "dumpsys power"),
    (LINE, "logcat"),
    ("02-20 23:31:58.375 D/BlobDetector( 8300): x\n", "logcat"),
    ("Registered 1 jobs:\n", "dumpsys jobscheduler"),
    ("Current AppOps Service state:\n", "dumpsys appops"),
    ("Current Alarm Manager state:\n", "dumpsys alarm"),
    ("x", "it begins with 'x"),
]
ITS_OWN = {
    "dumpsys jobscheduler": "jobs", "dumpsys appops": "appops", "dumpsys alarm": "alarms", "getprop": "getprop", "ps": "ps",
    "a view hierarchy": "hierarchy", "pm list packages": "packages",
}  # fmt: skip


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command; give its exit code, the objects on stdout, and stderr."""

    def command(*arguments: str | Path) -> tuple[int, list[dict[str, object]], str]:
        monkeypatch.setattr(sys, "argv", ["apprights", "parse", *map(str, arguments), "--json"])
        with pytest.raises(SystemExit) as end:
            main()
        out, err = capsys.readouterr()
        return int(str(end.value.code or 0)), [json.loads(line) for line in out.splitlines()], err

    return command


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "logcat"])
@pytest.mark.parametrize(("text", "what"), WRONG)
def test_another_text_is_named(name: str, text: str, what: str, tmp_path: Path) -> None:
    path = tmp_path / "dump.txt"
    path.write_text(text, encoding="utf-8")
    if ITS_OWN.get(what) == name:
        assert list(parse_file(name, path))[-1]["kind"] == "summary"
        return
    with pytest.raises(FormatError) as refusal:
        list(parse_file(name, path))
    assert what in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("name", FORMATS)
def test_command_says_it_in_one_line_and_exits_3(name: str, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "garbage"
    path.write_bytes(bytes(range(256)) * 100)
    code, objects, told = run(name, path)
    assert (code, objects) == (3, [])
    assert told.strip().count("\n") == 0
    assert "Traceback" not in told


def test_what_came_before_the_damage_stands(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "tree.xml"
    node = '<node text="a" bounds="[0,0][1,1]">'
    path.write_text(f'<hierarchy rotation="0">{node}{node}</node><node te', encoding="utf-8")
    code, objects, told = run("hierarchy", path)
    assert (code, [(item["kind"], item["depth"]) for item in objects]) == (3, [("node", 0), ("node", 1)])
    assert "damaged" in told


def test_strict_refuses_a_text_of_which_too_much_is_unknown(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "log.txt"
    path.write_text(LINE + "what is this\n" * 3, encoding="utf-8")
    assert run("logcat", path)[0] == 0
    code, objects, _ = run("logcat", path, "--strict")
    assert (code, objects[-1]["unknown"]) == (3, 3)


def test_log_of_one_line_and_one_without_line_end(tmp_path: Path) -> None:
    path = tmp_path / "log.txt"
    for text in (LINE, LINE.rstrip("\n")):
        path.write_text(text, encoding="utf-8")
        bound, summary = parse_file("logcat", path)
        assert (bound["kind"], bound["pid"], summary["lines"]) == ("process_bound", 3663, 1)


@pytest.mark.parametrize("text", ["", "\n\n\n"])
def test_empty_log_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "log.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FormatError, match="not logcat"):
        list(parse_file("logcat", path))


@pytest.mark.parametrize("name", ["logcat", "package", "windows", "activities", "appops", "hierarchy", "getprop", "ps"])
def test_ten_gigabytes_are_refused_before_they_are_read(name: str, tmp_path: Path) -> None:
    """A sparse file: 10 GB of zeros in one line that take no room on the disk."""
    path = tmp_path / "huge"
    with path.open("wb") as file:
        file.truncate(10 * 2**30)
    tracemalloc.start()
    with pytest.raises(FormatError):
        list(parse_file(name, path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 128 * 2**20


def test_long_dump_takes_no_more_memory_than_a_short_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("harness.commands.parse_file._CHUNK", 16 * 1024)  # far less than either
    block = "    Package com.x{n}:\n      CAMERA (allow):\n          Access: [bg-s] 2026-10-01 12:00:00.000 (-5s12ms)\n"
    peaks = []
    for packages in (300, 600, 1800):
        path = tmp_path / "appops.txt"
        text = "".join(block.format(n=number) for number in range(packages))
        path.write_text("Current AppOps Service state:\n  Uid u0a7:\n" + text, encoding="utf-8")
        del text
        tracemalloc.start()
        assert sum(item["kind"] == "app_op_noted" for item in parse_file("appops", path)) == packages
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[2] < 2 * peaks[1]  # the first reading fills what is kept between readings


def zipped(folder: Path, **files: str) -> Path:
    path = folder / "bugreport.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "."), text)
    return path


@pytest.mark.parametrize("named", [True, False])
def test_bugreport_and_its_zip_tell_the_same(named: bool, tmp_path: Path) -> None:
    plain = tmp_path / "bugreport.txt"
    plain.write_text(REPORT, encoding="utf-8")
    files = {"bugreport-x__txt": REPORT, "FS/data/anr__txt": "other"}
    path = zipped(tmp_path, **files, **({"main_entry__txt": "bugreport-x.txt"} if named else {}))
    for name, kinds in (("logcat", ["process_bound", "process_bound"]), ("alarms", ["alarm_fired"]), ("appops", ["app_op"])):
        told = list(parse_file(name, path))
        assert told == list(parse_file(name, plain))
        assert [item["kind"] for item in told] == [*kinds, "summary"]


def test_zip_without_a_report_and_a_damaged_one(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="without the text of a bugreport"):
        list(parse_file("logcat", zipped(tmp_path, notes__txt="x")))
    path = zipped(tmp_path, **{"bugreport-x__txt": REPORT * 50})
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    with pytest.raises(FormatError, match="damaged zip archive"):
        list(parse_file("logcat", path))


@pytest.mark.parametrize("name", ["usage stats", "usagestats", "permission flags", "pm list packages -U", "Notification", "jobscheduler"])
def test_formats_go_by_the_names_people_use(name: str, tmp_path: Path) -> None:
    path = tmp_path / "dump.txt"
    path.write_text("x", encoding="utf-8")
    with pytest.raises(FormatError, match=r"^not "):
        list(parse_file(name, path))
