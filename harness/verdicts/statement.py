"""The result of a run as an in-toto test result, for tools that know nothing of AppRights (docs/evidence.md).

The statement is about two things by their hashes: the APK, where it is known, and the manifest of the run. It says
PASSED only of what was seen throughout: nothing less than every rule clear.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Outcome
from harness.recording.run_folder import MANIFEST
from harness.recording.run_format import RUN

if TYPE_CHECKING:
    from harness.verdicts.analysis import Analysis

STATEMENT_TYPE = "https://in-toto.io/Statement/v1"
TEST_RESULT = "https://in-toto.io/attestation/test-result/v0.1"
LISTS = {
    Outcome.CLEAR: "passedTests",
    Outcome.SUSPECTED: "warnedTests",
    Outcome.INCONCLUSIVE: "warnedTests",
    Outcome.VIOLATION: "failedTests",
}
"""The list of the test result in which a rule stands by its outcome; one that was not exercised stands in none."""


def statement(result: Analysis, folder: Path, findings: bytes, versions: Mapping[str, str]) -> dict[str, Any] | None:
    """The statement of a judged run whose findings file is ``findings``; None for a run that is not sealed."""
    manifest = _sha256(folder / MANIFEST)
    if manifest is None:
        return None
    outcomes = {verdict.rule.id: verdict.outcome for verdict in result.verdicts}
    tests: dict[str, list[str]] = {name: [] for name in LISTS.values()}
    for rule, outcome in outcomes.items():
        if outcome in LISTS:
            tests[LISTS[outcome]].append(rule)
    told = {"findings_sha256": hashlib.sha256(findings).hexdigest(), "outcomes": {rule: each.value for rule, each in outcomes.items()}}
    run = {"name": MANIFEST, "digest": {"sha256": manifest}, "mediaType": "application/json", "annotations": told}
    rules = {"name": f"rules of {result.run.get('options', {}).get('profile', 'miit-164')}", "annotations": dict(versions)}
    options = {"name": RUN, "digest": {"sha256": _sha256(folder / RUN) or ""}, "mediaType": "application/json"}
    return {
        "_type": STATEMENT_TYPE,
        "subject": [*_apk(result.app), run],
        "predicateType": TEST_RESULT,
        "predicate": {
            "result": _result(outcomes.values(), finished=result.unfinished is None),
            "configuration": [options, rules],
            **{name: sorted(rules) for name, rules in tests.items()},
        },
    }


def _result(outcomes: Collection[Outcome], *, finished: bool) -> str:
    """The result of the run as a whole: what nobody saw did not pass."""
    if Outcome.VIOLATION in outcomes:
        return "FAILED"
    return "PASSED" if finished and set(outcomes) == {Outcome.CLEAR} else "WARNED"


def _apk(app: AppUnderTest) -> list[dict[str, Any]]:
    if not app.apk_sha256:
        return []
    version = {"version_name": app.version_name or "", "version_code": str(app.version_code or "")}
    return [{"name": f"{app.package}.apk", "digest": {"sha256": app.apk_sha256}, "annotations": version}]


def _sha256(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return None
