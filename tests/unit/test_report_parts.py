"""Parts of a report say what the run has, count what they leave off, and are whole in Chinese and in CSS."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from harness.events import AdvertAct, AdvertActed, ConsentRefused, Event, FunctionUsed, Instant, Note, Ref, ScenarioStarted, Source
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding, Outcome
from harness.events.timeline import Timeline
from harness.language import Text, both, chinese, known
from harness.recording.clock_map import ClockMap, Probe
from harness.report.basic_information import identity
from harness.report.evidence_index import MOST_OTHERS, evidence_index
from harness.report.html import choices, css_text
from harness.report.methods import methods
from harness.report.report_model import AppReport, FindingView, Report, VerdictView
from harness.report.wall_times import WallClock, WallTime
from harness.rules import Rule, load_rules
from harness.verdicts.analysis import Analysis
from harness.verdicts.judge import Verdict

RULE = next(rule for rule in load_rules() if rule.id == "c5-exit-after-denial")
SHA = "ab" * 32


def analysis(run: dict[str, Any], *segments: str) -> Analysis:
    events = [ScenarioStarted(at=Instant(0, float(place)), source=Source.SESSION, segment=name) for place, name in enumerate(segments)]
    return Analysis(run, AppUnderTest(package="a.b", uid=1, label="甲"), Timeline(events), ())


def test_what_a_run_does_not_tell_is_said_to_be_unknown() -> None:
    rows = {str(row.name): both(row.value) for row in identity(analysis({}), WallClock(ClockMap(), {}), WallTime(""))}
    assert rows["App"] == ("甲", "甲")
    assert rows["Security patch"] == ("未知", "not known")
    assert rows["The phone's zone"][1] == "not known; times are in UTC"
    assert "Moves of the phone's clock" not in rows


def test_the_clock_is_told_by_computer_and_phone_and_each_move() -> None:
    run = {
        "started": "2026-03-01T04:00:00+00:00",
        "device": {"utc_offset": "+0900", "virtual": True, "model": "P60", "manufacturer": "HUAWEI"},
    }
    clock = WallClock(ClockMap([Probe(1, 1, 1_772_337_600.0, 1), Probe(2, 2, 1_772_341_201.0, 2)]), run)
    rows = {str(row.name): both(row.value) for row in identity(analysis(run), clock, clock.at(Instant(0, 1.0)))}
    assert rows["Begun, by the computer's clock"][0] == "2026-03-01 13:00:00 +0900"
    assert rows["Begun, by the phone's clock"][0] == "2026-03-01 13:00:00.000 +0900"
    assert rows["Begun, in Beijing"][0] == "2026-03-01 12:00:00.000"
    assert rows["Moves of the phone's clock"] == (
        "2026-03-01 14:00:01.000 +0900 前移 1.0 小时",
        "2026-03-01 14:00:01.000 +0900: 1.0 hours ahead",
    )
    assert rows["Device"] == ("HUAWEI P60（虚拟设备）", "HUAWEI P60 (virtual device)")


def test_methods_tell_what_was_done_and_nothing_else() -> None:
    run = analysis({"options": {"consent": "accept", "minutes": 13.0, "steps": 600, "seed": 0}}, "cold-start-1", "cold-start-2", "walk")
    said: dict[str, Any] = {"at": Instant(0, 9.0), "source": Source.SESSION}
    acts: list[Event] = [ConsentRefused(**said, button="不同意"), FunctionUsed(**said, text="扫一扫")]
    told = " ".join(chinese(text) for text in methods(replace(run, timeline=Timeline([*run.timeline, *acts]))))
    assert "选择“拒绝”" in told
    assert "重新运行应用 2 次" in told
    assert "至多 13 分钟、600 步" in told
    assert "使用功能 1 次：“扫一扫”" in told
    assert not [word for word in ("对照运行", "移回", "广告", "置于后台", "登录") if word in told]


def test_adverts_that_never_came_were_not_tried() -> None:
    run = analysis({}, "advert-start-1", "advert-start-2")
    assert "未对任何广告进行操作" in " ".join(map(chinese, methods(run)))
    acted = AdvertActed(at=Instant(0, 9.0), source=Source.SESSION, slot="banner-1", act=AdvertAct.SWIPE)
    told = " ".join(map(chinese, methods(replace(run, timeline=Timeline([*run.timeline, acted])))))
    assert "滑动 1 次" in told


def test_methods_of_the_background_name_each_condition_once() -> None:
    (told,) = (zh for zh in map(chinese, methods(analysis({}, "trigger-boot-1", "trigger-boot-2", "trigger-swipe-1"))) if "轮" in zh)
    assert told == "将应用置于后台，在 2 轮中逐一施加下列条件并观察其启动：重启、从最近任务中划掉。"


def sealed(folder: Path, *paths: str) -> Path:
    files = [{"path": path, "size": 7, "sha256": SHA, "kind": "raw"} for path in paths]
    (folder / "manifest.json").write_text(json.dumps({"root": "r" * 64, "files": files}), "utf-8")
    return folder


def test_what_findings_rest_on_comes_first_and_the_rest_is_counted(tmp_path: Path) -> None:
    others = [f"screens/{number:04d}.png" for number in range(MOST_OTHERS + 3)]
    folder = sealed(tmp_path, "run.json", "raw/events.txt", "raw/session.jsonl", *others)
    fact = Note(at=Instant(0, 1.0), source=Source.SESSION, text="n", ref=Ref("raw/events.txt", 1))
    finding = Finding(rule=RULE.id, outcome=Outcome.VIOLATION, part="p", reason_zh="z", reason_en="e", facts=(fact,))
    index = evidence_index(folder, [Verdict(RULE, Outcome.VIOLATION, known("z", "e"), (finding,))])
    assert [(group.kind, [(file.path, file.cited_by) for file in group.files]) for group in index.cited] == [
        ("log", [("raw/events.txt", (RULE.id,))])
    ]
    assert [(group.kind, len(group.files), group.more) for group in index.others] == [
        ("screen", MOST_OTHERS, 3),
        ("session", 1, 0),
        ("other", 1, 0),
    ]
    assert (index.count, index.size) == (len(others) + 3, 7 * (len(others) + 3))


def test_a_damaged_manifest_gives_no_list(tmp_path: Path) -> None:
    assert evidence_index(tmp_path, []) is None
    for text in ("{", "[]", '{"files": 1}', "[" * 10_000):
        (tmp_path / "manifest.json").write_text(text, "utf-8")
        assert evidence_index(tmp_path, []) is None
    (tmp_path / "manifest.json").write_text('{"files": [1, {"path": 2}, {"path": "raw/a", "size": "x"}]}', "utf-8")
    found = evidence_index(tmp_path, [])
    assert found.count == 0


HOSTILE = ['"; } body { display: none } /*', "</style><script>alert(1)</script>", "a\nb\\", "@import 'x'", "\u202eabc"]


def report(label: str, sdk: str = "") -> Report:
    rule: Rule = load_rules()[0]
    finding = FindingView(Outcome.VIOLATION, Text(""), (), (), (), (), sdks=(sdk,) if sdk else ())
    verdict = VerdictView(rule, Outcome.VIOLATION, Text(""), (finding,))
    app = AppReport("app-1", "run", AppUnderTest(package="com.example", uid=1, label=label), {}, "", {}, {}, "", (verdict,))
    return Report((app, replace(app, anchor="app-2")))


@pytest.mark.parametrize("text", HOSTILE)
def test_what_an_app_calls_itself_is_one_string_in_the_style(text: str) -> None:
    for style in (choices(report(text)), choices(report("x", text))):
        assert "<" not in style
        assert style.count("{") == style.count("}")
        assert all(not set(string) & set('"<>{};\n') for string in re.findall(r'"([^"\n]*)"', style) if "counter" not in string)
        assert text not in style


def test_a_string_of_css_means_what_it_was() -> None:
    assert css_text("光影 2") == '"光影\\20 2"'


def test_each_app_and_sdk_can_be_chosen_where_there_are_several() -> None:
    style = choices(report("x", "Push SDK"))
    assert 'option[value="app-2"]' in style
    assert css_text("Push_SDK") in style
    one = Report(report("x").apps[:1])
    assert "[data-app]" not in choices(one)


DOCS = Path(__file__).resolve().parents[2] / "docs"
ENGLISH_ONLY = {"api.md", "design.md", "signals.md", "virtual-app.md", "virtual-device.md", "vision.md"}
PAIRS = [
    *((f"docs/{path.name}", path, DOCS / "zh" / path.name) for path in sorted(DOCS.glob("*.md")) if path.name not in ENGLISH_ONLY),
    ("README.md", DOCS.parent / "README.md", DOCS.parent / "README.zh-CN.md"),
]
BY_NAME = [pytest.param(english, chinese, id=name) for name, english, chinese in PAIRS]

_BLOCK = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
_CONSTANTS = re.compile(r"^### 8\.1 Scenarios$.*?(?=^## )", re.MULTILINE | re.DOTALL)
_COMMENT = re.compile(r"(?:^|(?<=\s))# .*$", re.MULTILINE)
_HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]")


def prose(path: Path) -> str:
    return _CONSTANTS.sub("", _BLOCK.sub("", path.read_text(encoding="utf-8")))


def blocks(path: Path) -> list[tuple[str, list[str]]]:
    """The code of a page without comments, which are in the language of the page."""
    found = _BLOCK.findall(path.read_text(encoding="utf-8"))
    return [(kind, [line.strip() for line in _COMMENT.sub("", code).splitlines() if line.strip()]) for kind, code in found]


def headings(path: Path) -> list[int]:
    return [len(mark) for mark in re.findall(r"^(#{1,6}) ", prose(path), re.MULTILINE)]


def tables(path: Path) -> list[tuple[int, int]]:
    """Rows and columns of each table."""
    found = re.findall(r"(?:^\|.*\n)+", prose(path) + "\n", re.MULTILINE)
    return [(text.count("\n"), len(re.findall(r"(?<!\\)\|", text.splitlines()[0]))) for text in found]


def named(path: Path) -> set[str]:
    """What stands in backticks."""
    return {" ".join(span.split()) for span in re.findall(r"`([^`]+)`", prose(path))}


@pytest.mark.parametrize(("english", "chinese"), BY_NAME)
def test_the_page_has_the_same_headings_and_tables(english: Path, chinese: Path) -> None:
    assert headings(chinese) == headings(english)
    assert tables(chinese) == tables(english)


@pytest.mark.parametrize(("english", "chinese"), BY_NAME)
def test_the_page_has_the_same_code(english: Path, chinese: Path) -> None:
    assert blocks(chinese) == blocks(english)


@pytest.mark.parametrize(("english", "chinese"), BY_NAME)
def test_the_page_names_the_same_commands_files_and_keys(english: Path, chinese: Path) -> None:
    assert sorted(named(english) ^ named(chinese)) == []


@pytest.mark.parametrize(("english", "chinese"), BY_NAME)
def test_punctuation_in_chinese_is_full_width(english: Path, chinese: Path) -> None:
    text = re.sub(r"`[^`]*`|\]\([^)]*\)|\]\(#?|\bhttps?://\S+", "", prose(chinese))
    assert _HALF_WIDTH.findall(text) == []


def test_no_page_is_in_chinese_alone() -> None:
    assert [path.name for path in sorted((DOCS / "zh").glob("*.md")) if not (DOCS / path.name).is_file()] == []
