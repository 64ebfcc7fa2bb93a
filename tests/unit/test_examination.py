"""The record of an examination: clocks, changes and acts of a run folder, in words, nothing lost, none endless."""

import io
import json
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from harness.events import Ending, Purpose, Source, Trigger
from harness.language import both, chinese
from harness.recording import steps
from harness.recording.journal import JOURNAL, Journal
from harness.recording.steps import Step
from harness.report.examination_document import record_paper
from harness.report.examination_record import Examination, examination
from harness.report.html import record_page
from harness.report.phone_state_record import Row
from harness.report.run_clock import RunClock
from harness.verdicts.analysis import examine

HOST = 1000.0
WALL = 1795845190.0  # 2026-11-28 05:53:10 UTC
PACKAGE = "com.a"
HOSTILE = '<script>alert("x")</script>\u202e\x1b[31m'


def run_folder(tmp_path: Path, *told: tuple[float, Step], offset: str = "+0800", **record: Any) -> Path:
    """A run of steps by their seconds, with a probe before and after."""
    folder = tmp_path / "run"
    (folder / "raw").mkdir(parents=True)
    run: dict[str, Any] = {
        "format": 2,
        "app": {"package": PACKAGE, "uid": 10101, "label": HOSTILE, "version_name": "1.0", "version_code": 1},
        "device": {"serial": "S", "model": "M", "sdk": "36", "utc_offset": offset},
        "network": {"sim": "ABSENT"},
        "options": {},
        "started": "2026-11-28T05:53:10+00:00",
        "harness": "0.2.0",
    }
    (folder / "run.json").write_text(json.dumps(run | record), encoding="utf-8")
    journal = Journal(folder / JOURNAL)
    last = max((seconds for seconds, _ in told), default=0.0) + 1
    for seconds, step in [(0.0, probe(0.0)), *told, (last, probe(last))]:
        journal.write(step, host=HOST + seconds)
    journal.close()
    return folder


def probe(seconds: float) -> Step:
    from harness.recording.clock_map import Probe

    host = HOST + seconds
    return Probe(host - 0.005, host + 0.005, WALL + seconds, 300.0 + seconds)


def value(rows: tuple[Row, ...], name: str) -> str:
    return next(chinese(row.value) for row in rows if chinese(row.name) == name)


def examination_of(folder: Path) -> Examination:
    analysis = examine(folder)
    return examination(analysis, "", RunClock(analysis))


def record(tmp_path: Path, *told: tuple[float, Step], **more: Any) -> Examination:
    return examination_of(run_folder(tmp_path, *told, **more))


def test_the_clocks_are_compared_by_one_moment_of_the_computer(tmp_path: Path) -> None:
    found = record(tmp_path, computer={"monotonic": HOST - 5, "wall": WALL - 5 - 2.5})
    assert value(found.clocks, "手机与电脑时钟之差") == "检测开始时手机比电脑快 2.50 秒（误差不超过 0.015 秒）"
    assert value(found.clocks, "手机时钟首次读数") == "2026-11-28 13:53:10.000"
    assert value(found.clocks, "手机时钟的变动") == "检测期间未见变动"


def test_commands_that_act_are_told_beside_the_changes_once_each(tmp_path: Path) -> None:
    sent = ("am start -n s/.S", "dumpsys power; code=$?", "am start -n s/.S", "svc wifi disable", "screencap 2>/dev/null")
    told = [(float(place), steps.CommandSent(command=command)) for place, command in enumerate(sent, 1)]
    (row,) = record(tmp_path, *told, (9, steps.Command(command="svc wifi disable"))).sent
    assert (chinese(row.name), chinese(row.value)) == ("“am start -n s/.S”", "2 次，首次 2026-11-28 13:53:11.000")


def test_an_older_run_does_not_pretend_to_know_better(tmp_path: Path) -> None:
    assert "误差为数秒" in value(record(tmp_path).clocks, "手机与电脑时钟之差")


def test_what_nobody_told_is_not_provided(tmp_path: Path) -> None:
    assert {both(row.value) for row in record(tmp_path).people} == {("未提供", "not provided")}


def test_beijing_time_stands_beside_another_zone(tmp_path: Path) -> None:
    found = record(tmp_path, (5.0, steps.Launch(component="com.a/.B", cold=True)), offset="+0100")
    (act,) = [act for part in found.parts for act in part.acts]
    assert (act.wall, act.beijing) == ("2026-11-28 06:53:15.000", "2026-11-28 13:53:15.000")


def change(seconds: float, command: str, code: int | None = 0) -> tuple[float, Step]:
    return seconds, steps.Command(command=command, code=code)


@pytest.mark.parametrize(
    ("commands", "state", "restored"),
    [
        (("svc wifi disable", "svc wifi enable"), "已还原", True),
        (("svc wifi disable",), "未见还原命令", False),
        (("settings put system screen_off_timeout 600000", "settings put system screen_off_timeout 30000"), "已还原", True),
        (("dumpsys battery unplug", "dumpsys battery set ac 1", "dumpsys battery reset"), "已还原", True),
        (("dumpsys battery unplug", "dumpsys battery set ac 1"), "未见还原命令", False),
        (("input keyevent KEYCODE_WAKEUP",), "不留下状态，无需还原", True),
        (("some new command",), "未见还原命令", False),
    ],
)
def test_each_change_and_how_it_came_back(tmp_path: Path, commands: tuple[str, ...], state: str, *, restored: bool) -> None:
    found = record(tmp_path, *(change(float(number), command) for number, command in enumerate(commands, 1)))
    (changed,) = found.changes
    assert (chinese(changed.state), changed.restored, changed.count) == (state, restored, len(commands))
    assert any(commands[0] in words for words in found.left) is not restored
    assert changed.lines == "-".join(dict.fromkeys(["2", str(1 + len(commands))]))


def test_a_restore_that_failed_is_no_restore(tmp_path: Path) -> None:
    found = record(tmp_path, change(1.0, "svc wifi disable"), change(2.0, "svc wifi enable", 1))
    assert chinese(found.changes[0].state) == "还原命令失败（退出码 1）"
    assert found.left


def test_erased_data_cannot_be_brought_back(tmp_path: Path) -> None:
    found = record(tmp_path, (1.0, steps.Stop(how=Ending.CLEAR)))
    (words,) = found.left
    assert chinese(words) == "应用的数据被检测清除 1 次（清除数据），无法恢复"


def taps(count: int, purpose: Purpose = Purpose.WALK) -> list[tuple[float, Step]]:
    return [(float(number), steps.Tapped(x=number, y=1, purpose=purpose, text=f"页{number}")) for number in range(1, count + 1)]


def test_a_few_acts_have_a_row_each(tmp_path: Path) -> None:
    (part,) = record(tmp_path, *taps(12)).parts
    assert [act.count for act in part.acts] == [1] * 12


def test_thousands_of_acts_are_few_rows_that_lose_none(tmp_path: Path) -> None:
    segment = [(0.5, steps.Segment(what=steps.Edge.START, name="walk")), (2001.0, steps.Segment(what=steps.Edge.END, name="walk"))]
    others: list[tuple[float, Step]] = [(500.5, steps.Launch(component="com.a/.B", cold=True)), (501.5, steps.Stop(how=Ending.SWIPE))]
    told = sorted([*taps(2000), *segment, *others], key=lambda one: one[0])
    folder = run_folder(tmp_path, *told)
    began = time.process_time()
    found = examination_of(folder)
    (part,) = [part for part in found.parts if part.acts]
    assert [act.count for act in part.acts] == [2000, 1, 1]
    assert chinese(part.acts[0].words).startswith("检测方点按屏幕 2000 次，目的：浏览页面：“页1”、“页2”、“页3”、“页4” 等 2000 种")
    assert part.acts[0].lines == "3-502, 504, 506-2004"  # every line of the journal that is such a tap
    assert len(record_page(found)) < 100_000
    assert time.process_time() - began < 30


def test_the_state_before_and_after_is_read_from_the_journal(tmp_path: Path) -> None:
    def reading(name: str, text: str) -> Step:
        return steps.Reading(name=name, command="x", text=text, code=0)

    found = record(
        tmp_path,
        (1.0, reading("state-battery", "  AC powered: false\n  USB powered: true\n  level: 87\n")),
        (1.1, reading("state-policy", "    KeyguardServiceDelegate\n      showing=false\n      secure=true\n")),
        (1.2, reading("state-switches", "airplane_mode_on=0\nwifi_on=1\nmobile_data=null\n")),
        (9.0, reading("state-battery", "  level: 80\n")),
    )
    assert value(found.before, "电量与供电") == "87%，供电：USB"
    assert (value(found.before, "锁屏"), value(found.before, "锁屏密码")) == ("未锁定", "已设置")
    assert value(found.before, "系统开关") == "飞行模式 关，无线网络 开，移动数据 未设置"
    assert value(found.before, "登录的账户").startswith("未读取")
    assert (value(found.after, "电量与供电"), value(found.after, "锁屏")) == ("80%，未供电", "未记录")


def test_a_run_without_a_clock_still_has_a_record(tmp_path: Path) -> None:
    folder = run_folder(tmp_path, (1.0, steps.Stop(how=Ending.SWIPE)))
    (folder / JOURNAL).write_text("", encoding="utf-8")
    found = examination_of(folder)
    assert value(found.clocks, "时钟比对") == "没有读数：无法比对"
    assert record_page(found)


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    page = record_page(record(tmp_path, (1.0, steps.Function(text=HOSTILE)), (2.0, steps.Command(command=HOSTILE))))
    assert "<script" not in page
    assert "\u202e" not in page
    assert "\x1b" not in page


def test_the_paper_says_what_the_page_says_and_the_same_twice(tmp_path: Path) -> None:
    found = record(tmp_path, change(1.0, "svc wifi disable"), (2.0, steps.Function(text=HOSTILE)), offset="+0100")
    data = record_paper(found)
    assert data == record_paper(found)
    body = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    for words in (
        "Record of the examination",
        "svc wifi disable",
        "no command that puts it back",
        "never sealed",
        "Beijing time",
        "Tested by",
    ):
        assert words in body
    assert "\u202e" not in body


def test_the_intrusion_log_is_said_to_be_out_of_reach(tmp_path: Path) -> None:
    found = record(
        tmp_path, (1.0, steps.TriggerFired(trigger=Trigger.SCREEN)), (1.5, steps.Stream(source=Source.MAIN, what=steps.StreamState.OPENED))
    )
    assert value(found.witnesses, "Android 16 的入侵日志").startswith("adb shell 无法读取")


def test_the_acts_of_all_parts_are_one_table_with_one_head(tmp_path: Path) -> None:
    """On paper a head for each part of a night cost a third of the pages."""
    parts = [(0.5, steps.Segment(what=steps.Edge.START, name="walk")), (5.0, steps.Segment(what=steps.Edge.END, name="walk"))]
    told = sorted([*taps(9), *parts], key=lambda one: one[0])
    found = record(tmp_path, *told)
    page = record_page(found)
    assert len(found.parts) > 1
    assert page.count('class="record-acts acts"') == 1
    assert page.count('scope="rowgroup"') == len(found.parts)


def test_the_card_of_the_phone_is_told_in_words(tmp_path: Path) -> None:
    rows = {chinese(row.name): row.value for row in record(tmp_path, *taps(1)).before}
    assert both(rows["SIM 卡"]) == ("没有卡", "none")
