import hashlib
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from harness.config import NONE
from harness.custody import derivation
from harness.recording.canonical import canonical
from harness.recording.run_folder import RunFolder
from harness.recording.run_format import FORMAT
from tests.forged_runs import write_run


def statement(manifest):
    """What a run says of an app that left at a refusal."""
    return canonical(
        {
            "_type": "https://in-toto.io/Statement/v1",
            "subject": [{"name": "manifest.json", "digest": {"sha256": manifest}}],
            "predicateType": "https://in-toto.io/attestation/test-result/v0.1",
            "predicate": {"result": "FAILED", "configuration": [], "failedTests": ["c5-exit-after-denial"]},
        }
    )


FINDINGS = {
    "app": "com.example.shop",
    "rules": [{"rule": "c5-asks-before-use", "clause": 5, "outcome": "suspected",
     "findings": [{"part": "LOCATION", "outcome": "suspected", "reason_zh": "过早", "reason_en": "early", "facts": [], "measured": {}},
     {"part": "LOCATION", "outcome": "clear", "reason_zh": "后来", "reason_en": "later", "facts": [], "measured": {}}]},
     {"rule": "c5-exit-after-denial", "clause": 5, "outcome": "violation",
     "findings": [{"part": "CAMERA", "outcome": "violation", "reason_zh": "退出", "reason_en": "left", "facts": [], "measured": {}}]}],
}  # fmt: skip


@pytest.fixture(autouse=True)
def _judged_as_it_is_written(monkeypatch):
    """These runs are a few lines: judged again they give the results that they came with (tests/runs has real ones)."""

    def written(result, made, suffix=""):
        return {path.name: path.read_bytes() for path in result.folder.iterdir() if path.name in ("statement.intoto.json", "findings.json")}

    monkeypatch.setattr(derivation, "examine", lambda folder, as_of: SimpleNamespace(folder=folder, as_of=None, run={}, config=NONE))
    monkeypatch.setattr(derivation, "derived_files", written)


@pytest.fixture
def sealed(tmp_path):
    """A small run, sealed and analysed, with the sums that a seal writes."""
    run = RunFolder.create(tmp_path, package="com.example.shop", serial="S", started=datetime(2026, 11, 25, tzinfo=UTC))
    write_run(run, {"format": FORMAT, "app": {"package": "com.example.shop", "uid": 10_100}})
    run.write("raw/events.txt", b"line\n")
    run.write("raw/film.mp4", b"\0film")
    run.seal()
    manifest = hashlib.sha256((run.path / "manifest.json").read_bytes()).hexdigest()
    derived = {"statement.intoto.json": statement(manifest), "findings.json": canonical(FINDINGS)}
    run.write_derived(derived, {"harness": "0.2.0"})
    return run.path
