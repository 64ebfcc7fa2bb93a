"""Run folders of format 1 open for ever.

They analyse to the verdicts and findings that they had when they were recorded.

The runs are of virtual devices: one that was lost in mid-run, one with reboots and stimuli, one with a consent and a
walk.
"""

import json
import re
import tarfile
from pathlib import Path
from typing import Any

import pytest

from harness.errors import FormatError
from harness.events import CommandRun, Ending, InterruptionKind, Note, PhoneRebooted, Purpose
from harness.explorer.recorded_actions import recorded_actions
from harness.recording import steps
from harness.recording.journal import JOURNAL, read_journal
from harness.recording.run_folder import verify
from harness.verdicts.analysis import Analysis, analyse, examine

OLD = Path(__file__).parents[1] / "data" / "old_runs"
SINCE = {
    "日志流 tree 不完整": "视图树的记录不完整",
    "the stream tree is incomplete": "the record of the view tree is incomplete",
    "camera the watch was cut short or a stream is incomplete": "camera: the record of the view tree is incomplete",
    ",涉及SDK:": ";其时应用内运行着:",
    "; SDK: ": "; at work in the app at that time: ",
    "界面": "页面",
}
"""What reasons said when these runs were recorded -> what they say for it today."""
HALF_WIDTH = str.maketrans("，；：（）？！", ",;:()?!")


OTHER_FACTS = ("c5-asks-before-use", "c6-association-start", "c6-wakes-third-parties", "c6-starts-before-consent")
TOLD_SINCE = re.compile(
    r";(?:其中 \d+ 次在检测方打开应用后 60 秒内| \d+ of them within 60 s after the tester opened it"
    r"|另有 \d+ 种场景中其进程一直存活,无从启动| through \d+ more its process lived on, so nothing could start)"
)


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("old")
    for archive in OLD.glob("*.tar.xz"):
        with tarfile.open(archive) as file:
            file.extractall(folder, filter="data")
    return folder


def judged(folder: Path) -> list[dict[str, Any]]:
    """The rules of a findings.json.

    Facts are numbers of a timeline, which got kinds of events since, so they count only. Where nothing was found the
    reason names the occasion that was missing, more exactly than it did. Punctuation in Chinese was of half width.
    Openings by the tester before a start, and trials that the app's process lived through, are told since; an SDK at
    work beside starts of other apps is told as that. An early ask has the start, and no page seen after it.
    """
    rules = json.loads((folder / "findings.json").read_text("utf-8"))["rules"]
    for rule in rules:
        if not rule["findings"]:
            del rule["reason_zh"], rule["reason_en"]
        rule["evidence"] = sorted(rule["evidence"]) if rule["rule"] not in OTHER_FACTS else None
        for finding in rule["findings"]:
            finding["facts"] = len(finding["facts"]) if rule["rule"] not in OTHER_FACTS else None
        for said in (rule, *rule["findings"]):
            said |= {key: in_todays_words(said[key]) for key in ("reason_zh", "reason_en") if key in said}
    found: list[dict[str, Any]] = rules
    return found


def in_todays_words(reason: str) -> str:
    for before, since in SINCE.items():
        reason = reason.replace(before, since)
    return TOLD_SINCE.sub("", reason.translate(HALF_WIDTH))


@pytest.mark.parametrize("name", ["bank-lost-device", "puzzle-consent"])
def test_an_old_run_has_the_verdicts_and_findings_that_it_had(runs: Path, name: str) -> None:
    same_verdicts(runs / name)


def same_verdicts(folder: Path) -> Analysis:
    """Analyse a run of format 1, which gives what it gave."""
    assert json.loads((folder / "run.json").read_text("utf-8"))["format"] == 1
    before = judged(folder)
    assert len({rule["outcome"] for rule in before}) > 1
    analysis = analyse(folder)
    there = {rule["rule"] for rule in before}
    assert [rule for rule in judged(folder) if rule["rule"] in there] == before
    assert {rule["outcome"] for rule in judged(folder) if rule["rule"] not in there} <= {"not_exercised"}
    assert verify(folder) == []
    return analysis


def test_reboots_and_commands_of_an_old_run_are_facts_now(runs: Path) -> None:
    """Those of clause 6, which has the verdicts that it had too."""
    timeline = same_verdicts(runs / "news-clause-6").timeline
    assert len(timeline.of(PhoneRebooted)) == 4
    assert {"svc wifi disable", "svc wifi enable"} <= {run.command for run in timeline.of(CommandRun)}


def test_the_walk_of_an_old_run_can_be_done_again(runs: Path) -> None:
    assert len(recorded_actions(runs / "puzzle-consent")) > 1


def old_run(tmp_path: Path, runs: Path, *records: dict[str, Any] | str, form: object = 1) -> Path:
    """A run folder of this format with a journal of these lines."""
    folder = tmp_path / "run"
    (folder / "raw").mkdir(parents=True)
    run = json.loads((runs / "puzzle-consent" / "run.json").read_text("utf-8"))
    (folder / "run.json").write_text(json.dumps(run | {"format": form}), "utf-8")
    lines = [json.dumps({"host": 1.0, **record}) if isinstance(record, dict) else record for record in records]
    (folder / JOURNAL).write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return folder


def test_words_that_are_not_known_any_more_are_named_so(tmp_path: Path, runs: Path) -> None:
    folder = old_run(
        tmp_path,
        runs,
        {"step": "probe", "before": 0.9, "after": 1.0, "wall": 1790448214.5, "uptime": 300.0, "skipped": 0.0, "wall_error": 0.001},
        {"step": "key", "key": "home", "purpose": ""},
        {"step": "tap", "x": 1, "y": 2, "purpose": "denyed", "text": "", "finger": 3},
        {"step": "stop", "how": "home"},
        {"step": "interruption", "kind": "quiz", "text": "", "action": "x"},
        {"step": "denyed", "group": "CAMERA"},
    )
    _, key, tap, stop, interruption, note = (entry.step for entry in read_journal(folder / JOURNAL))
    assert key == steps.Key(key="home", purpose=Purpose.LEAVE)
    assert tap == steps.Tapped(x=1, y=2, purpose=Purpose.UNKNOWN)
    assert stop == steps.Stop(how=Ending.UNKNOWN)
    assert interruption == steps.Interruption(kind=InterruptionKind.OTHER, text="", action="x")
    assert isinstance(note, steps.Note)
    assert "denyed" in note.text
    (told,) = examine(folder).timeline.of(Note)
    assert (told.text, told.problem, told.ref and told.ref.line) == (note.text, False, 6)


def test_a_word_that_decides_verdicts_is_damage_in_an_old_run_too(tmp_path: Path, runs: Path) -> None:
    record = {"step": "denied", "group": None, "button": "", "again": False, "proof": "perhaps"}
    with pytest.raises(FormatError, match=r"session\.jsonl:1: a 'denied' step is damaged: 'proof' is not one of"):
        examine(old_run(tmp_path, runs, record))


def test_a_field_that_is_missing_is_damage_in_an_old_run_too(tmp_path: Path, runs: Path) -> None:
    with pytest.raises(FormatError, match=r"session\.jsonl:1: a 'denied' step is damaged: it has no 'group'"):
        examine(old_run(tmp_path, runs, {"step": "denied"}))


def test_a_newer_format_is_refused_in_one_line(tmp_path: Path, runs: Path) -> None:
    folder = old_run(tmp_path, runs, form=4)
    for reading in (examine, lambda path: list(read_journal(path / JOURNAL))):
        with pytest.raises(FormatError, match=r"^.* was recorded by a newer AppRights \(format 4, we read up to 3\): update AppRights$"):
            reading(folder)


@pytest.mark.parametrize("form", ["1", 0, True, None, 1.5])
def test_a_format_that_is_none_is_refused(tmp_path: Path, runs: Path, form: object) -> None:
    with pytest.raises(FormatError, match="does not say which format"):
        examine(old_run(tmp_path, runs, form=form))


@pytest.mark.parametrize("form", [2, 3])
def test_a_journal_of_today_is_not_translated(tmp_path: Path, runs: Path, form: int) -> None:
    folder = old_run(tmp_path, runs, {"step": "key", "key": "home", "purpose": ""}, form=form)
    with pytest.raises(FormatError, match="'purpose' is not one of"):
        examine(folder)
