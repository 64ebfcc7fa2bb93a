"""What a judged run leaves in the store, as plain data: it goes from the process that judged to the one that stores."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from device_farm.units.unit import End
    from harness.language import Text
    from harness.verdicts.analysis import Analysis


@dataclass(frozen=True, slots=True)
class Told:
    """How a try ended; the rows are columns of the store's tables by name, without what the store adds itself."""

    end: End
    reason: Text | None = None
    run: str = ""
    root: str | None = None
    results: tuple[Mapping[str, Any], ...] = ()
    findings: tuple[Mapping[str, Any], ...] = ()
    artifacts: tuple[Mapping[str, Any], ...] = ()
    device_seconds: float = 0.0


def told_of(analysis: Analysis, end: End, reason: Text | None = None) -> Told:
    """A judged run: a result a rule, each violating or suspected finding, and the files they rest on."""
    from harness.recording.lists import MANIFEST, digest_of, sealed_root
    from harness.verdicts.finding_evidence import evidence_json, sealed_files

    sealed = sealed_files(analysis.folder)
    results = tuple(
        {
            "rule": verdict.rule.id,
            "clause": str(verdict.rule.clause.number),
            "outcome": verdict.outcome.value,
            "reason_zh": verdict.reason_zh,
            "reason_en": verdict.reason_en,
        }
        for verdict in analysis.verdicts
    )
    files = [{key: each[key] for key in ("path", "sha256", "size")} for each in evidence_json(analysis.folder, analysis.verdicts)]
    if (manifest := analysis.folder / MANIFEST).is_file():
        digest, size = digest_of(manifest)
        files.append({"path": MANIFEST, "sha256": digest, "size": size})
    return Told(
        end,
        reason,
        run=str(analysis.folder),
        root=sealed_root(analysis.folder) or None,
        results=results,
        findings=tuple(_findings(analysis, sealed)),
        artifacts=tuple(each for each in files if each["sha256"] is not None),
        device_seconds=device_seconds(analysis),
    )


def _findings(analysis: Analysis, sealed: Mapping[str, Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    from harness.events.findings import Outcome
    from harness.starts.sdk_attribution import sdks_of
    from harness.verdicts.analysis import paths_of
    from harness.verdicts.finding_keys import finding_keys

    for verdict in analysis.verdicts:
        for key, finding in finding_keys(analysis.app.package, verdict):
            if finding.outcome not in (Outcome.VIOLATION, Outcome.SUSPECTED):
                continue
            pictures = [path for path in paths_of([finding]) if path.endswith(".png") and path in sealed]
            yield {
                "rule": verdict.rule.id,
                "clause": str(verdict.rule.clause.number),
                "outcome": finding.outcome.value,
                "part": finding.part,
                "key": key,
                "sdk": ", ".join(sdks_of(finding.facts, analysis.app))[:200],
                "reason_zh": finding.reason_zh,
                "reason_en": finding.reason_en,
                "picture": sealed[pictures[0]]["sha256"] if pictures else None,
            }


def device_seconds(analysis: Analysis) -> float:
    """How much device time the record spans, boot by boot."""
    seen: dict[int, list[float]] = {}
    for event in analysis.timeline:
        seen.setdefault(event.at.boot, []).append(event.at.uptime)
    return round(sum(max(times) - min(times) for times in seen.values()), 1)
