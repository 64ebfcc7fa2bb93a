import json
import pickle
import re
import string
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest

from harness.console import json_text, print_json, printable
from harness.dialogs.dialog_words import group_in, groups_called
from harness.engine.scenario import sentence
from harness.errors import CommandFailed, FormatError
from harness.language import Text, _, asked_for, chinese, in_language, known, pick, said
from harness.report.exports.export_table import csv_text
from harness.report.exports.junit import report_junit
from harness.report.exports.result_tables import verdicts
from harness.report.html import render_app, render_html
from harness.report.report_builder import build_report, judged
from harness.report.report_model import Report
from harness.verdicts.analysis import examine
from harness.verdicts.analysis_json import apps_json
from tests.hostile.strings import CANARY, FILE_NAMES, FORMULAS, HOSTILE, LONG, MILLION, formulas, steering
from tools import language as catalogue

NAMES = """
ADB Android APK App Appium AppRights Bundle Chrome Chromium CSV Edge HTML JSON JUnit Jira Logcat MiB OpenCV Python
Studio TOML XML Linux PostgreSQL Windows adb bugreport dumpsys gzip camille logcat logd onnxruntime pytest rapidocr shell
Toast Word apprights dp root udev uiautomator uiautomator2 verify vivo zip
"""
"""Words in Latin letters that a Chinese sentence may have: names. What is typed stands in “” or is an option."""
TYPED = re.compile(r"“[^”]*”|(?<!\w)\.[a-z]+|\{[^}]*\}|--[a-z-]+|\b\w*[._/\d-]\w*(?:[._/-]\w*)*|\b[A-Z][A-Z_]+\b")
HALF = re.compile(r"[\u4e00-\u9fff][,;:!?()]|[,;:!?()][\u4e00-\u9fff]")


def messages() -> list[tuple[str, str]]:
    return [(str(message.id), str(message.string)) for message in catalogue.catalogue() if message.id]


def names_of(text: str) -> set[str | None]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name is not None}


def test_every_text_is_translated_with_its_values() -> None:
    for english, translated in messages():
        assert translated, english
        of_all = {"count" if name == "more" else name for name in names_of(english)}  # 等 {count} 个: Chinese counts all
        assert names_of(translated) in (names_of(english), of_all), english


def test_chinese_has_full_width_punctuation() -> None:
    assert [chinese for _english, chinese in messages() if HALF.search(chinese)] == []


def test_chinese_sentences_have_no_english_words() -> None:
    known = set(NAMES.split())
    found = {word: zh for _en, zh in messages() for word in re.findall(r"[A-Za-z]{2,}", TYPED.sub(" ", zh)) if word not in known}
    assert found == {}


@pytest.mark.usefixtures("chinese")
def test_an_error_is_said_in_the_language_of_the_run_and_stays_english_for_programs() -> None:
    error = CommandFailed("pm clear a", 1, "")
    assert str(error) == "'pm clear a' failed with exit code 1: no output"
    assert said(error) == "“pm clear a”失败，退出码 1：没有输出"
    assert pick("中", "en") == "中"


def test_values_that_are_texts_or_errors_are_said_in_the_same_language() -> None:
    outer = _("'{command}' failed with exit code {code}: {output}", command="x", code=2, output=FormatError(_("no output")))
    assert in_language(outer, "zh") == "“x”失败，退出码 2：没有输出"
    assert in_language(FormatError("plain words"), "zh") == "plain words"
    again = pickle.loads(pickle.dumps(outer))
    assert isinstance(again, Text)
    assert (again, again.translated("zh")) == (outer, outer.translated("zh"))


def test_braces_in_a_value_are_no_template() -> None:
    assert str(_("no output")) == "no output"
    assert _("'{command}' failed with exit code {code}: {output}", command="{0}", code=1, output="{x}").endswith("{x}")


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LANGUAGE": "en:zh_CN"}, "en"),
        ({"LANG": "de_DE.UTF-8", "APPRIGHTS_LANG": "zh"}, "zh"),
        ({"LC_MESSAGES": "zh_TW.UTF-8", "LANG": "C"}, "zh"),
        ({"LC_ALL": "", "LANG": "zh_CN"}, "zh"),
    ],
)
def test_language_of_an_environment(environment: dict[str, str], expected: str) -> None:
    assert asked_for(environment) == expected


SENTENCES = {
    "要允许“小店”访问此设备上的照片、视频、音乐和音频吗？": "STORAGE",
    "Allow Shop to access photos, videos, music, and audio on this device?": "STORAGE",
    "要允许小店访问您设备上的照片、媒体内容和文件吗？": "STORAGE",
    "Allow Shop to access photos, media, and files on your device?": "STORAGE", "要允许小店访问您设备上的照片和媒体吗？": "STORAGE",
    "是否允许“小店”读写手机上的照片及文件": "STORAGE", "要允许“小店”访问此设备上的照片和视频吗？": "READ_MEDIA_VISUAL",
    "Allow Shop to access photos and videos on this device?": "READ_MEDIA_VISUAL",
    "要允许“小店”访问此设备上的音乐和音频吗？": "READ_MEDIA_AURAL", "要允许“小店”拍摄照片和录制视频吗？": "CAMERA",
    "相机权限用于拍摄照片,照片存为文件": "CAMERA", "要允许“小店”录制音频吗？": "MICROPHONE",
    "要允许“小店”获取此设备的位置信息吗？": "LOCATION", "没有访问位置的权限，无法查找附近的设备": "LOCATION",
    "Finding nearby devices needs the location permission": "LOCATION", "欢迎使用": None,
}  # fmt: skip
"""The first ones are PermissionController's ``permgrouprequest_storage*`` of Android 13, 10 and 12, and MIUI's."""


@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_group_of_a_sentence(sentence: str) -> None:
    assert group_in(sentence) == SENTENCES[sentence]


def test_a_word_inside_another_is_not_called_a_permission() -> None:
    assert groups_called("The microphone permission is off") == ("MICROPHONE",)


ARCHIVE = min((Path(__file__).parents[1] / "data" / "old_runs").glob("*.tar.xz"), key=lambda path: path.stat().st_size)
MARKS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
CONTROLS = "\x07\x1b\x85\x9b\u2028"
STEERING = re.compile(f"[{MARKS}{CONTROLS}]")
LABEL = f"付款{MARKS}{CONTROLS}app"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("runs")
    with tarfile.open(ARCHIVE) as file:
        file.extractall(folder, filter="data")
    return next(path.parent for path in folder.rglob("run.json"))


@pytest.fixture(scope="module")
def report(run: Path) -> Report:
    """A report on an app that carries the signs in its label, its version and the reasons of its verdicts."""
    built = build_report([judged(run)])
    (one,) = built.apps
    verdicts = tuple(replace(verdict, reason=known(f"理由{LABEL}", LABEL)) for verdict in one.verdicts)
    app = replace(one.app, label=LABEL, version_name=LABEL)
    return replace(built, apps=(replace(one, app=app, verdicts=verdicts, device=one.device | {"model": LABEL}),))


def as_json(report: Report) -> str:
    """The JSON of a report with these apps."""
    return json_text(
        apps_json({"app": {"label": app.app.label}, "rules": [chinese(v.reason) for v in app.verdicts]} for app in report.apps)
    )


def report_csv(report: Report) -> str:
    """Its table of verdicts."""
    return csv_text(verdicts(report))


@pytest.mark.parametrize("write", [report_csv, report_junit, as_json, render_html])
def test_no_format_of_a_report_has_a_sign_that_steers(report: Report, write) -> None:
    text = write(report)
    assert "付款" in text
    assert STEERING.findall(text) == []


def test_json_keeps_what_the_app_said(report: Report, capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(as_json(report))["apps"][0]["app"]["label"] == LABEL
    print_json({"label": LABEL})
    line = capsys.readouterr().out
    assert STEERING.findall(line) == []
    assert json.loads(line) == {"label": LABEL}
    assert json_text({"a": "\u202e"}) == '{"a": "\\u202e"}'


def test_what_pytest_prints_and_a_fragment_shows_have_none(run: Path) -> None:
    verdict = replace(examine(run).verdicts[0], reason=known(LABEL, LABEL))
    assert STEERING.findall(printable(sentence(verdict))) == []
    assert STEERING.findall(render_app(build_report([judged(run)]).apps[0])) == []


def test_what_is_taken_out_is_seen_and_nothing_else_is() -> None:
    assert printable(MARKS + CONTROLS) == "\N{REPLACEMENT CHARACTER}" * len(MARKS + CONTROLS)
    for text in ("第一行\n第二行\t列", "👨\u200d👩\u200d👧", "العربية", "ไทย", "a\u0301"):
        assert printable(text) == text


def test_each_one_can_be_told_and_steers_where_it_says_so() -> None:
    texts = [*HOSTILE.values(), *LONG.values()]
    assert len(set(texts)) == len(texts)
    assert all(CANARY in text for text in texts)
    assert [name for name, text in HOSTILE.items() if name.startswith("control") and not steering(text)] == [
        "control: line written over",
        "control: forged lines",
    ]
    assert all(len(text) >= MILLION * 0.99 for text in LONG.values())
    assert all("/" not in name and len(name.encode()) < 256 for name in FILE_NAMES)


@pytest.mark.parametrize("name", ["equals", "plus", "minus", "at", "tab", "return", "space", "wide at", "after what is not seen"])
def test_a_formula_is_seen_as_one(name: str) -> None:
    assert formulas([FORMULAS[name], "x" + FORMULAS[name]]) == [FORMULAS[name]]


def test_what_is_printed_steers_nothing_and_is_still_there() -> None:
    for name, text in HOSTILE.items():
        shown = printable(text)
        assert steering(shown) == [], name
        assert CANARY in shown, name
        shown.encode("utf-8")


@pytest.mark.parametrize("indent", [None, 1])
def test_json_keeps_every_sign_and_can_be_written(indent: int | None) -> None:
    for text in HOSTILE.values():
        written = json_text({"label": text}, indent=indent)
        assert steering(written.replace("\n", "")) == []
        assert json.loads(written.encode("utf-8")) == {"label": text}
