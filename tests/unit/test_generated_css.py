"""The style that a page's own contents decide: no text of an app ends a string, a rule or the style."""

import re
from dataclasses import replace

import pytest

from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Outcome
from harness.language import Text
from harness.report.html import choices, css_text
from harness.report.report_model import AppReport, FindingView, Report, VerdictView
from harness.rules import Rule, load_rules

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
