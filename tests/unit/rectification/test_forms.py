"""The page, the Word document and the JSON: what each says, and that an app plants nothing in them."""

import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import docx
import pytest

from harness import language
from harness.console import json_text
from harness.events import Instant, Note, ScenarioEnded, ScenarioStarted, Source
from harness.rectification.cause_analysis import causes
from harness.rectification.comparison_document import render_docx
from harness.rectification.comparison_json import comparison_json
from harness.rectification.comparison_model import Comparison, State
from harness.rectification.comparison_output import render_page
from harness.rectification.finding_comparison import compare, rule_lines
from harness.rectification.notice import Answer, Notice, Problem
from harness.rectification.notice_answers import answered
from harness.report.case import Case
from harness.report.report_model import ReviewView
from tests.hostile.strings import CANARY, HOSTILE, LONG, steering
from tests.unit.rectification.made import BAD, EXIT, GOOD, Maker, finding, verdict

DAY = date(2026, 11, 5)


@pytest.fixture(params=["zh", "en"])
def _each_language(request: pytest.FixtureRequest) -> Iterator[None]:
    language.choose(request.param)
    yield
    language.choose("en")


def of(made: Maker, planted: str = "") -> Comparison:
    """A comparison made without judging folders, with something planted wherever the app or a person may."""
    hostile = replace(finding(EXIT, BAD), reason_zh=planted or "退出", reason_en=planted or "left", part=planted or "CAMERA")
    old = made(verdict(EXIT, hostile), label=planted or "券包", device={"model": planted or "Pixel 7"})
    new = made(
        verdict(EXIT, replace(hostile, outcome=GOOD)), version="1.1", label=planted or "券包", device={"model": planted or "Pixel 7"}
    )
    rows = compare([old], [new])
    answers = (Answer(planted, planted, problem=1),)
    problems = (Problem(1, "APP强制、频繁、过度索取权限", planted, (EXIT,)), Problem(2, planted or "违规使用个人信息"))
    notice = Notice("n", planted or "某局", planted or "12号", DAY, DAY, planted, "", planted, problems=problems, answers=answers)
    told = answered(notice, rows, [old], [new])
    case = Case((("developer", planted),) if planted else ())
    return Comparison((old,), (new,), rows, rule_lines([old], [new]), DAY, (), notice, told, case)


def text_of(data: bytes) -> str:
    read = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in read.paragraphs), *cells, read.sections[0].header.paragraphs[0].text])


@pytest.mark.usefixtures("_each_language")
@pytest.mark.parametrize("name", ["out of a table", "script"])
def test_markup_of_an_app_is_text_in_every_form(made: Maker, name: str) -> None:
    planted = HOSTILE[f"markup: {name}"]
    found = of(made, planted)
    page, data = render_page(found), render_docx(found)
    assert planted not in page
    assert re.findall(r"<(?:script|h1 id|iframe|link)", page) == []
    assert planted in text_of(data)
    assert json.loads(json_text(comparison_json(found)))["label"] == planted


def test_no_sign_in_any_form_steers(made: Maker) -> None:
    everything = "".join(HOSTILE.values())
    found = of(made, everything)
    page = render_page(found)
    assert steering(page) == []
    assert steering(text_of(render_docx(found))) == []
    assert CANARY in page
    assert steering(json_text(comparison_json(found))) == []


@pytest.mark.parametrize("name", sorted(LONG))
def test_a_megabyte_of_an_app_makes_no_huge_document(made: Maker, name: str) -> None:
    found = of(made, LONG[name])
    assert len(render_docx(found)) < 200_000
    assert len(render_page(found)) < 200_000


def test_what_the_company_did_not_fill_in_is_marked_and_what_it_did_stands_there(made: Maker) -> None:
    language.choose("en")
    text = text_of(render_docx(of(made)))
    assert text.count("(for the company to fill in) not provided") >= 2
    told = of(made, "已修改回调")
    assert "已修改回调" in text_of(render_docx(told))
    assert "(for the company to fill in)" not in text_of(render_docx(told))


def test_people_stand_beside_the_machine(made: Maker) -> None:
    found = of(made)
    row = found.rows[0]
    view = replace(row.old.view, reviews=(ReviewView(False, "李四", "2026-11-05", "误报"),))
    row = replace(row, old=replace(row.old, view=view))
    page = render_page(replace(found, rows=(row,), answers=()))
    assert "人工复核：否定（李四）：误报" in page
    assert "不合规" in page


def test_two_versions_without_a_problem(made: Maker) -> None:
    old, new = made(verdict(EXIT, finding(EXIT, GOOD))), made(verdict(EXIT, finding(EXIT, GOOD)), version="1.1")
    found = Comparison((old,), (new,), compare([old], [new]), rule_lines([old], [new]), DAY)
    assert (found.rows, found.count(State.FIXED)) == ((), 0)
    assert "no problem was found" in render_page(found)


def test_the_cause_names_every_stage_that_holds_the_facts(made: Maker) -> None:
    language.choose("en")
    stages = [(name, float(at)) for at, name in enumerate(("first-launch", "cold-start-1"))]
    events = [
        made_event(at=Instant(0, at + past), source=Source.SESSION, segment=name)
        for name, at in stages
        for past, made_event in ((0.0, ScenarioStarted), (0.5, ScenarioEnded))
    ]
    facts = tuple(Note(at=Instant(0, at + 0.2), source=Source.SESSION, text=name) for name, at in stages)
    row = compare(
        [made(verdict(EXIT, finding(EXIT, BAD, facts=facts)), events=sorted([*events, *facts], key=lambda each: each.at))],
        [made(verdict(EXIT, outcome=GOOD))],
    )[0]
    assert row.old is not None
    assert [each for each in causes(row.old) if "stage" in each] == ["stage of the check: first launch", "stage of the check: cold start 1"]
