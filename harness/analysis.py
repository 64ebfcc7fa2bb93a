"""Analyse a run folder: replay it, judge it, and keep the derived files beside what they were derived from.

Only run.json, raw/ and screens/ are read. With equal versions the derived files come back byte for byte: floats are
rounded, and there is no clock, absolute path or random number in them.
"""

from __future__ import annotations

import hashlib
import json
import platform
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

import harness
from harness.errors import FormatError
from harness.evidence import manifest_root, read_run, write_text
from harness.judge import Verdict, judge
from harness.replay import replay
from harness.rules import load_rules

if TYPE_CHECKING:
    from pathlib import Path

    from harness.app import AppUnderTest
    from harness.events import Event
    from harness.timeline import Timeline

EVENTS_FILE, FINDINGS_FILE, ANALYSIS_FILE = "events.jsonl", "findings.json", "analysis.json"


@dataclass(frozen=True, slots=True)
class Analysis:
    """What a run folder says: the facts and a verdict for each rule. ``changed`` lists verdicts of an older analysis
    by other versions that came out differently: (rule, before, now)."""

    run: dict[str, Any]
    app: AppUnderTest
    timeline: Timeline
    verdicts: tuple[Verdict, ...]
    changed: tuple[tuple[str, str, str], ...] = ()


def versions() -> dict[str, str]:
    """What can change the result of an analysis."""
    rules = hashlib.sha256()
    for rule in load_rules():
        rules.update(repr(rule).encode())
    return {
        "harness": harness.__version__,
        "rules": rules.hexdigest()[:16],
        "python": platform.python_version(),
        "numpy": np.__version__,
        "opencv": cv2.__version__,
    }


def examine(folder: Path) -> Analysis:
    """Replay and judge a run folder without writing anything."""
    run, app = read_run(folder)
    timeline = replay(folder, app)
    rules = load_rules(run.get("options", {}).get("profile", "miit-164"))
    return Analysis(run, app, timeline, tuple(judge(timeline, app, rules)))


def analyse(folder: Path) -> Analysis:
    """Examine a run folder and write the derived files; with other versions than before, beside the old ones."""
    result = examine(folder)
    texts = {EVENTS_FILE: _events_text(result.timeline), FINDINGS_FILE: _findings_text(result)}
    before = _earlier(folder)
    suffix = ""
    changed: tuple[tuple[str, str, str], ...] = ()
    if before is not None and before["versions"] != versions():
        suffix = "." + hashlib.sha256(json.dumps(versions(), sort_keys=True).encode()).hexdigest()[:8]
        changed = _differences(folder, result)
    files = {}
    for name, text in texts.items():
        stem, dot, ending = name.partition(".")
        target = f"{stem}{suffix}{dot}{ending}"
        write_text(folder / target, text)
        files[target] = hashlib.sha256(text.encode()).hexdigest()
    record = {"versions": versions(), "manifest": manifest_root(folder), "files": files}
    write_text(folder / f"analysis{suffix}.json", json.dumps(record, indent=1, sort_keys=True) + "\n")
    return Analysis(result.run, result.app, result.timeline, result.verdicts, changed)


def _earlier(folder: Path) -> dict[str, Any] | None:
    path = folder / ANALYSIS_FILE
    if not path.exists():
        return None
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        return record if isinstance(record, dict) and "versions" in record else None
    except ValueError:
        raise FormatError(f"{path.name} of this run is damaged; verify the run, or delete that file") from None


def _differences(folder: Path, result: Analysis) -> tuple[tuple[str, str, str], ...]:
    old = json.loads((folder / FINDINGS_FILE).read_text(encoding="utf-8"))
    outcomes = {entry["rule"]: entry["outcome"] for entry in old["rules"]}
    pairs = [(v.rule.id, outcomes.get(v.rule.id, "absent"), v.outcome.value) for v in result.verdicts]
    return tuple(pair for pair in pairs if pair[1] != pair[2])


def event_json(event: Event) -> dict[str, Any]:
    """One line of events.jsonl; seconds are rounded to the microsecond that logcat prints."""
    return {
        "kind": event.kind,
        "at": [event.at.boot, round(event.at.uptime, 6)],
        "source": event.source.value,
        "wall": event.wall,
        "ref": list(event.ref) if event.ref else None,
        **{key: round(value, 6) if isinstance(value, float) else value for key, value in event.details().items()},
    }


def _events_text(timeline: Timeline) -> str:
    return "".join(json.dumps(event_json(event), ensure_ascii=False) + "\n" for event in timeline)


def verdict_json(verdict: Verdict) -> dict[str, Any]:
    """One rule of ``check --json``."""
    return {
        "rule": verdict.rule.id,
        "clause": verdict.rule.clause.number,
        "scenes": list(verdict.rule.scenes),
        "outcome": verdict.outcome.value,
        "reason_zh": verdict.reason_zh,
        "reason_en": verdict.reason_en,
        "evidence": evidence_paths(verdict),
    }


def evidence_paths(verdict: Verdict) -> list[str]:
    """Files of the run folder that the verdict rests on: screenshots, then ``raw`` files, each once."""
    facts = [fact for finding in verdict.findings for fact in finding.facts]
    pictures = [path for fact in facts if (path := getattr(fact, "screenshot", None))]
    return list(dict.fromkeys(pictures + [fact.ref.path for fact in facts if fact.ref]))


def _findings_text(result: Analysis) -> str:
    numbers = {id(event): number for number, event in enumerate(result.timeline)}
    rules = [
        verdict_json(verdict)
        | {
            "findings": [
                {
                    "part": finding.part,
                    "outcome": finding.outcome.value,
                    "reason_zh": finding.reason_zh,
                    "reason_en": finding.reason_en,
                    "facts": [numbers[id(fact)] for fact in finding.facts],
                    "measured": dict(finding.measured),
                }
                for finding in verdict.findings
            ]
        }
        for verdict in result.verdicts
    ]
    return json.dumps({"app": result.app.package, "rules": rules}, ensure_ascii=False, indent=1) + "\n"
