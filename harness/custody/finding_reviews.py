"""The reviews of a run's findings by people: confirmed or rejected, by whom, when and why.

A review is chained after the run like everything that came after its seal. The machine's verdict stays as it is; what
a later person says stands beside what an earlier one said.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from harness.custody.index import add, entries
from harness.custody.records import check
from harness.custody.review_record import NAME_LIMIT, REASON_LIMIT, Decision, Review, review_of
from harness.errors import EvidenceError
from harness.events.findings import Outcome
from harness.language import _
from harness.recording.canonical import canonical
from harness.recording.lists import read_list
from harness.recording.run_folder import altered
from harness.verdicts.finding_evidence import key_of

FINDINGS = "findings.json"
ORDER = (Outcome.VIOLATION, Outcome.SUSPECTED, Outcome.INCONCLUSIVE, Outcome.CLEAR, Outcome.NOT_EXERCISED)
"""In which order findings are put to a person: accusations first."""


@dataclass(frozen=True, slots=True)
class Found:
    """A finding as it is put to a person, in the words of the findings file."""

    key: str
    rule: str
    part: str
    outcome: Outcome
    reason_zh: str
    reason_en: str

    @property
    def accuses(self) -> bool:
        """Whether it says something against the app, so that somebody should look at it."""
        return self.outcome in (Outcome.VIOLATION, Outcome.SUSPECTED)


def found_in(folder: Path) -> tuple[Found, ...]:
    """The findings of an analysed run, accusations first.

    Raises EvidenceError for a run that was not analysed, or whose findings are damaged.
    """
    if not folder.exists():
        raise EvidenceError(_("{file} is not there", file=folder))
    data = read_list(folder / FINDINGS)[0]
    if not data:
        raise EvidenceError(_("{folder} has no {file} that can be read: 'apprights analyse' makes it", folder=folder, file=FINDINGS))
    try:
        found = list(_found(data))
    except (KeyError, TypeError, ValueError, AttributeError):
        raise EvidenceError(_("{path} is damaged: verify the run", path=folder / FINDINGS)) from None
    return tuple(sorted(found, key=lambda each: ORDER.index(each.outcome)))


def review(folder: Path, key: str, decision: Decision, *, by: str, reason: str, at: datetime | None = None) -> Path:
    """Write what a person says of a finding; returns the file.

    Raises EvidenceError for a finding that is not there, without name or reason, and for a run that was altered.
    """
    by, reason = by.strip(), reason.strip()
    if not by or not reason:
        raise EvidenceError(_("a review has the name of who says it, and the reason"))
    if len(by) > NAME_LIMIT or len(reason) > REASON_LIMIT:
        raise EvidenceError(_("a name has up to {name} signs, a reason up to {reason}", name=NAME_LIMIT, reason=REASON_LIMIT))
    finding = next((each for each in found_in(folder) if each.key == key), None)
    if finding is None:
        raise EvidenceError(_("{folder} has no finding {key}: 'apprights review' lists them", folder=folder, key=key[:40]))
    if differences := [*altered(folder), *check(folder)]:
        raise EvidenceError(
            _("{folder} is not as it was sealed ({path}): it is not reviewed; verify it", folder=folder, path=differences[0].path)
        )
    about = {"outcome": finding.outcome.value, "part": finding.part, "rule": finding.rule}
    moment = (at or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds")
    findings = hashlib.sha256((folder / FINDINGS).read_bytes()).hexdigest()
    said = {"at": moment, "by": by, "decision": decision, "finding": about, "findings_sha256": findings, "key": key, "reason": reason}
    return add(folder, "review", canonical(said))


def reviews(folder: Path, until: str = "") -> dict[str, tuple[Review, ...]]:
    """What people said, the oldest first, by the finding's key; whether it is as it was written is for ``check``.

    ``until`` is a head of the chain as of ``entries``.
    """
    found: dict[str, tuple[Review, ...]] = {}
    for entry in entries(folder, until):
        if entry.kind == "review" and (said := review_of(read_list(folder / entry.path)[0])) is not None:
            found[said.key] = (*found.get(said.key, ()), said)
    return found


def _found(data: Mapping[str, Any]) -> Iterator[Found]:
    package = str(data["app"])
    for rule in data["rules"]:
        seen: dict[str, int] = {}
        for each in rule["findings"]:
            part = str(each["part"])
            number = seen[part] = seen.get(part, 0) + 1
            words = str(each["reason_zh"]), str(each["reason_en"])
            yield Found(key_of(package, str(rule["rule"]), part, number), str(rule["rule"]), part, Outcome(each["outcome"]), *words)
