"""The result of a try as plain data, sent by the process that judged the run to the one that stores it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from device_farm.units.unit import End
from harness.language import Text

if TYPE_CHECKING:
    from harness.verdicts.analysis import Analysis


@dataclass(frozen=True, slots=True)
class RuleResult:
    """A row of the store's table of results, without what the store adds."""

    rule: str
    clause: str
    outcome: str
    reason_zh: str
    reason_en: str


@dataclass(frozen=True, slots=True)
class JudgedFinding:
    """A row of the store's table of findings, without what the store adds; ``picture`` is a SHA-256."""

    rule: str
    clause: str
    outcome: str
    part: str
    key: str
    sdk: str
    reason_zh: str
    reason_en: str
    picture: str | None


@dataclass(frozen=True, slots=True)
class SealedFile:
    """A row of the store's table of artifacts, without what the store adds."""

    path: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class AttemptResult:
    """The end of a try, and the rows of a run that was judged."""

    end: End
    reason: Text | None = None
    run: str = ""
    root: str | None = None
    results: tuple[RuleResult, ...] = ()
    findings: tuple[JudgedFinding, ...] = ()
    artifacts: tuple[SealedFile, ...] = ()
    device_seconds: float = 0.0


def attempt_result_of(analysis: Analysis, end: End, reason: Text | None = None) -> AttemptResult:
    """A judged run: a result a rule, each violating or suspected finding, and the files they rest on."""
    from harness.recording.lists import MANIFEST, digest_of, sealed_root
    from harness.verdicts.finding_evidence import evidence_json, sealed_files

    sealed = sealed_files(analysis.folder)
    results = tuple(
        RuleResult(verdict.rule.id, str(verdict.rule.clause.number), verdict.outcome.value, verdict.reason_zh, verdict.reason_en)
        for verdict in analysis.verdicts
    )
    evidence = evidence_json(analysis.folder, analysis.verdicts)
    files = [SealedFile(each["path"], each["sha256"], each["size"]) for each in evidence if each["sha256"] is not None]
    if (manifest := analysis.folder / MANIFEST).is_file():
        digest, size = digest_of(manifest)
        files.append(SealedFile(MANIFEST, digest, size))
    return AttemptResult(
        end,
        reason,
        run=str(analysis.folder),
        root=sealed_root(analysis.folder) or None,
        results=results,
        findings=tuple(_findings(analysis, sealed)),
        artifacts=tuple(files),
        device_seconds=device_seconds(analysis),
    )


def _findings(analysis: Analysis, sealed: Mapping[str, Mapping[str, Any]]) -> Iterator[JudgedFinding]:
    from harness.events.findings import Outcome
    from harness.starts.sdk_attribution import sdks_of
    from harness.verdicts.analysis import paths_of
    from harness.verdicts.finding_evidence import finding_keys

    for verdict in analysis.verdicts:
        for key, finding in finding_keys(analysis.app.package, verdict):
            if finding.outcome not in (Outcome.VIOLATION, Outcome.SUSPECTED):
                continue
            pictures = [path for path in paths_of([finding]) if path.endswith(".png") and path in sealed]
            yield JudgedFinding(
                rule=verdict.rule.id,
                clause=str(verdict.rule.clause.number),
                outcome=finding.outcome.value,
                part=finding.part,
                key=key,
                sdk=", ".join(sdks_of(finding.facts, analysis.app))[:200],
                reason_zh=finding.reason_zh,
                reason_en=finding.reason_en,
                picture=sealed[pictures[0]]["sha256"] if pictures else None,
            )


def device_seconds(analysis: Analysis) -> float:
    """Return the device time that the record spans, boot by boot."""
    seen: dict[int, list[float]] = {}
    for event in analysis.timeline:
        seen.setdefault(event.at.boot, []).append(event.at.uptime)
    return round(sum(max(times) - min(times) for times in seen.values()), 1)
