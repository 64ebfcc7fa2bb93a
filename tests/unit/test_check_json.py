"""What ``check --json`` prints tells a program what did not go as it was asked for."""

from types import SimpleNamespace

from harness.events import Event, FilmHow, FilmMoment, FilmTaken, Instant, Note, Ref, Source
from harness.events.findings import Finding, Outcome
from harness.events.timeline import Timeline
from harness.verdicts.analysis import Analysis, evidence_paths
from harness.verdicts.analysis_json import analysis_json
from tests.cases.script import APP

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
