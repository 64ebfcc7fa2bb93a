"""The in-toto statement of a run, read by in-toto's own library and checked against the files with hashlib."""

import hashlib
import json
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest
from google.protobuf import json_format
from in_toto_attestation.predicates.test_result.v0.test_result_pb2 import TestResult as ResultMessage
from in_toto_attestation.v1.statement import Statement
from in_toto_attestation.v1.statement_pb2 import Statement as StatementMessage

from harness.events import Instant, RunInterrupted, Source
from harness.events.findings import Outcome
from harness.events.timeline import Timeline
from harness.recording.canonical import canonical
from harness.verdicts.analysis import analyse
from harness.verdicts.statement import statement

ARCHIVE = Path(__file__).parents[1] / "data" / "old_runs" / "puzzle-consent.tar.xz"
APK = "5e" * 32
BROKEN = RunInterrupted(at=Instant(0, 1.0), source=Source.SESSION, signal="SIGINT")


@pytest.fixture(scope="module")
def judged(tmp_path_factory):
    parent = tmp_path_factory.mktemp("statement")
    with tarfile.open(ARCHIVE) as file:
        file.extractall(parent, filter="data")
    folder = parent / "puzzle-consent"
    for path in [*folder.glob("analysis*.json"), *folder.glob("findings*.json"), *folder.glob("events*.jsonl")]:
        path.unlink()
    return analyse(folder)


@pytest.fixture
def said(judged):
    """What is said of the run where every rule has one of these outcomes."""

    def make(*outcomes, app=None, finished=True):
        verdicts = tuple(replace(each, outcome=outcome) for each, outcome in zip(judged.verdicts, outcomes, strict=False))
        changed = replace(judged, verdicts=verdicts, app=app or judged.app)
        if not finished:
            changed = replace(changed, timeline=Timeline([BROKEN]))
        return statement(changed, judged.folder, b"[]", {"harness": "1"})

    return make


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_file_is_read_by_in_totos_library(judged):
    folder = judged.folder
    written = (folder / "statement.intoto.json").read_bytes()
    message = json_format.Parse(written, StatementMessage())
    Statement.copy_from_pb(message).validate()
    assert message.type == "https://in-toto.io/Statement/v1"
    assert message.predicate_type == "https://in-toto.io/attestation/test-result/v0.1"
    result = json_format.ParseDict(json_format.MessageToDict(message.predicate), ResultMessage())
    outcomes = {rule["rule"]: rule["outcome"] for rule in json.loads((folder / "findings.json").read_bytes())["rules"]}
    assert result.result == "FAILED"
    assert list(result.failed_tests) == sorted(rule for rule, outcome in outcomes.items() if outcome == "violation")
    assert list(result.passed_tests) == sorted(rule for rule, outcome in outcomes.items() if outcome == "clear")
    assert list(result.warned_tests) == sorted(rule for rule, each in outcomes.items() if each in ("suspected", "inconclusive"))
    assert {each.name: dict(each.digest) for each in message.subject}["manifest.json"] == {"sha256": sha256(folder / "manifest.json")}
    told = json_format.MessageToDict(message.subject[-1].annotations)
    assert told == {"findings_sha256": sha256(folder / "findings.json"), "outcomes": outcomes}
    assert dict(result.configuration[0].digest) == {"sha256": sha256(folder / "run.json")}


def test_it_is_one_of_the_derived_files_and_comes_back_byte_for_byte(judged):
    folder = judged.folder
    path = folder / "statement.intoto.json"
    before = path.read_bytes()
    assert before == canonical(json.loads(before))
    listed = {entry["path"]: entry["sha256"] for entry in json.loads((folder / "analysis.json").read_bytes())["files"]}
    assert listed["statement.intoto.json"] == hashlib.sha256(before).hexdigest()
    path.unlink()
    analyse(folder)
    assert path.read_bytes() == before


def test_the_apk_is_the_subject_where_it_is_known(judged, said):
    known = replace(judged.app, apk_sha256=APK, version_name="1.2", version_code=12)
    assert said(Outcome.CLEAR, app=known)["subject"][0] == {
        "name": f"{judged.app.package}.apk",
        "digest": {"sha256": APK},
        "annotations": {"version_name": "1.2", "version_code": "12"},
    }
    unknown = replace(judged.app, apk_sha256=None)
    assert [each["name"] for each in said(Outcome.CLEAR, app=unknown)["subject"]] == ["manifest.json"]


@pytest.mark.parametrize(
    ("outcomes", "result"),
    [
        ([Outcome.CLEAR, Outcome.CLEAR], "PASSED"),
        ([Outcome.CLEAR, Outcome.NOT_EXERCISED], "WARNED"),
        ([Outcome.CLEAR, Outcome.INCONCLUSIVE], "WARNED"),
        ([Outcome.CLEAR, Outcome.SUSPECTED], "WARNED"),
        ([Outcome.CLEAR, Outcome.VIOLATION], "FAILED"),
        ([Outcome.VIOLATION, Outcome.INCONCLUSIVE], "FAILED"),
        ([], "WARNED"),
    ],
)
def test_what_was_not_seen_did_not_pass(said, outcomes, result):
    assert said(*outcomes)["predicate"]["result"] == result


def test_a_run_that_was_broken_off_did_not_pass(said):
    assert said(Outcome.CLEAR, finished=False)["predicate"]["result"] == "WARNED"


def test_a_rule_that_was_not_exercised_is_in_no_list(judged, said):
    predicate = said(Outcome.NOT_EXERCISED, Outcome.CLEAR)["predicate"]
    lists = [predicate[name] for name in ("passedTests", "warnedTests", "failedTests")]
    assert lists == [[judged.verdicts[1].rule.id], [], []]


def test_nothing_is_said_of_a_run_that_was_never_sealed(judged, tmp_path):
    assert statement(judged, tmp_path, b"[]", {}) is None
