"""The keys of findings; findings for programs of others, with their facts and the files these rest on."""

import hashlib
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

from harness.errors import EvidenceError
from harness.events.findings import Finding
from harness.recording.lists import MANIFEST, digest_of, entries_of, read_list
from harness.recording.run_folder import inside
from harness.verdicts.analysis import event_json, evidence_paths, paths_of
from harness.verdicts.judge import Verdict

KEY_LENGTH = 12
"""Hexadecimal digits of a key: 48 bits, so that among 100,000 findings two of the same key are unlikely (2e-5)."""


def finding_keys(package: str, verdict: Verdict) -> Iterator[tuple[str, Finding]]:
    """Yield each finding of a verdict with its key, which comes of the package, the rule and the part.

    Of several findings about one part each has its number in it, in the order of the verdict's findings.
    """
    seen: dict[str, int] = {}
    for finding in verdict.findings:
        number = seen[finding.part] = seen.get(finding.part, 0) + 1
        yield key_of(package, verdict.rule.id, finding.part, number), finding


def key_of(package: str, rule: str, part: str, number: int = 1) -> str:
    """The key of the ``number``-th finding of a rule about a part."""
    words = "\0".join((package, rule, part, str(number)))
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:KEY_LENGTH]


def findings_json(package: str, verdict: Verdict) -> Iterator[dict[str, Any]]:
    """The findings of a verdict: the key that stays, the reason, the numbers compared, and every fact as recorded."""
    for key, finding in finding_keys(package, verdict):
        yield {
            "key": key,
            "part": finding.part,
            "outcome": finding.outcome.value,
            "reason_zh": finding.reason_zh,
            "reason_en": finding.reason_en,
            "measured": dict(finding.measured),
            "facts": [event_json(fact) for fact in finding.facts],
            "evidence": paths_of([finding]),
        }


def evidence_json(folder: Path, verdicts: Iterable[Verdict], altered: Collection[str] = ()) -> list[dict[str, Any]]:
    """Every file that verdicts rest on: its path, SHA-256 and size in bytes, as sealed unless it was ``altered``.

    A film that is a folder of pictures, and a file that is gone, has no hash and no size.
    """
    sealed = sealed_files(folder)
    found = sorted({path for verdict in verdicts for path in evidence_paths(verdict)})
    return [{"path": path, **(sealed[path] if path in sealed and path not in altered else _now(folder, path))} for path in found]


def sealed_files(folder: Path) -> dict[str, dict[str, Any]]:
    """Return the files that the manifest lists, by path, each with ``sha256`` and ``size``; none without a manifest."""
    listed = entries_of(read_list(folder / MANIFEST)[0]) or []
    return {str(each["path"]): {"sha256": each.get("sha256"), "size": each.get("size")} for each in listed}


def _now(folder: Path, path: str) -> dict[str, Any]:
    try:
        digest, size = digest_of(inside(folder, path))
    except (OSError, EvidenceError):
        return {"sha256": None, "size": None}
    return {"sha256": digest, "size": size}
