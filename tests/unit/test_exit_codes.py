"""Exit code 1 means a violation and nothing else; --json of a check is one document."""

import json
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from harness import cli
from harness.commands.check import exit_code, show_next
from harness.commands.verdict_lines import show
from harness.errors import FormatError
from harness.events import Event, FilmHow, FilmMoment, FilmTaken, Instant, Note, Ref, Source
from harness.events.findings import Finding, Outcome
from harness.events.timeline import Timeline
from harness.language import known
from harness.rules import load_rules
from harness.verdicts.analysis import Analysis, evidence_paths, read_run
from harness.verdicts.analysis_json import analysis_json
from harness.verdicts.judge import Verdict
from tests.cases.script import APP

RULE = load_rules()[0]


def analysis(outcome: Outcome, reason: str = "", interrupted: str = "") -> Any:
    verdicts = (Verdict(RULE, outcome, known(reason, reason), ()),)
    folder = Path("runs/a[/b]")
    app = SimpleNamespace(package="com.example.app")
    return SimpleNamespace(verdicts=verdicts, interrupted=interrupted, unfinished=None, folder=folder, timeline=Timeline(()), app=app)


def test_a_control_named_like_markup_is_printed_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    one = analysis(Outcome.VIOLATION, "点击[/x]订单之后")
    show(one)
    show_next(one)
    told = capsys.readouterr().out
    assert "点击[/x]订单之后" in told
    assert "runs/a[/b]" in told


@pytest.mark.parametrize(("interrupted", "code"), [("", 1), ("SIGINT", 130), ("SIGTERM", 143), ("SIGBREAK", 130)])
def test_a_run_that_was_interrupted_has_the_code_of_its_signal(interrupted: str, code: int) -> None:
    assert exit_code(analysis(Outcome.VIOLATION, interrupted=interrupted), strict=False) == code


def test_a_mistake_of_ours_is_no_violation(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def broken(**_values: object) -> None:
        raise ZeroDivisionError("by nought")

    monkeypatch.setattr(cli, "app", broken)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == cli.BROKEN
    told = capsys.readouterr().err
    assert "ZeroDivisionError: by nought" in told
    assert "no verdict on the app" in told.splitlines()[-1]


def test_ctrl_c_where_no_run_is_recorded(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def pressed(_profile: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("harness.commands.rules.load_rules", pressed)
    monkeypatch.setattr(sys, "argv", ["apprights", "rules"])
    monkeypatch.setattr(cli, "_end_undisturbed", lambda: None)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 130
    assert capsys.readouterr().err.strip() == "apprights: interrupted"


@pytest.mark.parametrize("text", ["[" * 100_000, "{}", "\0", json.dumps({"app": 1})])
def test_a_damaged_run_json_is_one_line(tmp_path: Path, text: str) -> None:
    (tmp_path / "run.json").write_text(text, "utf-8")
    with pytest.raises(FormatError):
        read_run(tmp_path)


def test_a_run_with_a_hole_of_a_terabyte_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text('{"app": {}}', "utf-8")
    with (tmp_path / "main.txt").open("wb") as log:
        log.truncate(1 << 40)
    with pytest.raises(FormatError, match="larger than 16 GB"):
        read_run(tmp_path)


NOWHERE = "--tap: no control with the text '附近门店' was found"


def told(*events: Event) -> dict[str, object]:
    return analysis_json(Analysis(run={"device": {}}, app=APP, timeline=Timeline(events), verdicts=()))


def note(text: str, text_zh: str, *, problem: bool = True) -> Note:
    return Note(at=Instant(0, 1.0), source=Source.SESSION, ref=None, text=text, text_zh=text_zh, problem=problem)


def test_a_function_that_is_nowhere_is_a_problem_in_both_languages_and_once() -> None:
    events = (note(NOWHERE, "没有找到“附近门店”"), note(NOWHERE, "没有找到“附近门店”"), note("a remark", "", problem=False))
    assert told(*events)["problems"] == [{"zh": "没有找到“附近门店”", "en": NOWHERE}]


def test_a_run_in_which_all_went_as_asked_has_none() -> None:
    assert told()["problems"] == []
    assert told(note("a remark", "说明", problem=False))["problems"] == []


def test_a_film_is_evidence_beside_its_pictures() -> None:
    stamp = {"source": Source.SESSION, "ref": Ref("raw/session.jsonl", 7)}
    taken = FilmTaken(
        at=Instant(0, 9.0),
        film="ad",
        how=FilmHow.MP4,
        path="raw/film-ad.mp4",
        begin=Instant(0, 1.0),
        end=Instant(0, 9.0),
        frames=3,
        **stamp,
    )
    moment = FilmMoment(at=Instant(0, 4.0), film="ad", screenshot="screens/0002.png", until=Instant(0, 4.5), **stamp)
    finding = Finding(rule="r", outcome=Outcome.SUSPECTED, part="ad", reason_zh="", reason_en="", facts=(taken, moment))
    assert evidence_paths(SimpleNamespace(findings=(finding,))) == ["screens/0002.png", "raw/film-ad.mp4", "raw/session.jsonl"]
