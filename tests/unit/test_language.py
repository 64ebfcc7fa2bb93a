import pickle
import re
import string

import pytest

from harness.errors import CommandFailed, FormatError
from harness.language import Text, _, asked_for, in_language, pick, said
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
    for english, chinese in messages():
        assert chinese, english
        of_all = {"count" if name == "more" else name for name in names_of(english)}  # 等 {count} 个: Chinese counts all
        assert names_of(chinese) in (names_of(english), of_all), english


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
