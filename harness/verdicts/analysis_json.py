"""A judged run as plain data: what ``--json`` and ``report -o x.json`` say of it, in one schema (docs/json.md)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from harness.config import using
from harness.detectors.denial_responses import denial_responses
from harness.events import AppReplaced, Instant, Note
from harness.events.findings import Outcome
from harness.events.permission_groups import group_name
from harness.language import Text, both, in_language
from harness.recording.lists import sealed_later, sealed_root
from harness.recording.run_folder import Difference
from harness.rules import NOTICE
from harness.rules.labels import labels
from harness.verdicts.analysis import Analysis, findings_sha256, verdict_json
from harness.verdicts.conclusion import Conclusion, conclusions
from harness.verdicts.customisations import own_parts, suppression_of
from harness.verdicts.finding_evidence import evidence_json, findings_json
from harness.verdicts.judge import Verdict
from harness.verdicts.lacking import Tried, tried
from harness.verdicts.scene_states import scene_states

SCHEMA = 1
"""Raised when a key goes or means something else; a new key beside the others does not raise it."""
JUDGED = ("outcomes", "rules", "conclusion", "scenes", "reactions", "evidence")
"""What a run does not have that was made for something else than a verdict."""


def analysis_json(analysis: Analysis, altered: Sequence[Difference] = (), on: date | None = None) -> dict[str, Any]:
    """One run; ``altered`` is what in its folder is not as it was sealed, ``on`` the day of the suppressions."""
    app, unfinished = analysis.app, analysis.unfinished
    outcomes = [verdict.outcome for verdict in analysis.verdicts]
    return {
        "schema": SCHEMA,
        "run": str(analysis.folder),
        "started": str(analysis.run.get("started", "")),
        "app": {
            "package": app.package,
            "label": app.label,
            "version_name": app.version_name,
            "version_code": app.version_code,
            "apk_sha256": app.apk_sha256,
        },
        "device": _device(analysis.run.get("device", {})),
        "finished": unfinished is None,
        "unfinished_zh": in_language(unfinished, "zh") if unfinished else None,
        "unfinished_en": str(unfinished) if unfinished else None,
        "interrupted": analysis.interrupted or None,
        "root": sealed_root(analysis.folder) or None,
        "sealed_later": sealed_later(analysis.folder) or None,
        "findings_sha256": findings_sha256(analysis),
        "intact": not altered,
        "differences": differences_json(altered),
        "problems": [dict(zip(("zh", "en"), both(told), strict=True)) for told in problems(analysis)],
        "as_of": analysis.as_of.isoformat() if analysis.as_of is not None else None,
        "abilities": [_ability(one) for one in tried(analysis.run)],
        "own": [asdict(part) for part in own_parts(analysis)],
        "outcomes": {outcome.value: outcomes.count(outcome) for outcome in Outcome},
        "rules": [_rule(analysis, verdict, on) for verdict in analysis.verdicts],
        "conclusion": [_conclusion(each) for each in conclusions(analysis)],
        "scenes": [_conclusion(each) for each in scene_states(analysis)],
        "reactions": list(_reactions(analysis)),
        "evidence": evidence_json(analysis.folder, analysis.verdicts, {each.path for each in altered}),
    }


def _rule(analysis: Analysis, verdict: Verdict, on: date | None) -> dict[str, Any]:
    """A verdict with its findings, and what is not of the record: its labels, and who lives with it for a while."""
    decision = suppression_of(analysis.app.package, verdict, on)
    with using(analysis.config):
        known = labels(str(analysis.run.get("options", {}).get("profile", NOTICE)))
    return verdict_json(verdict) | {
        "labels": [label.id for label in known if verdict.rule.id in label.rules],
        "suppressed": decision.json() if decision is not None else None,
        "findings": list(findings_json(analysis.app.package, verdict)),
    }


def _ability(one: Tried) -> dict[str, Any]:
    (zh, en), (told_zh, told_en), (menu_zh, menu_en) = both(one.words), both(one.told), both(one.menu)
    words = {"zh": zh, "en": en, "told_zh": told_zh, "told_en": told_en, "menu_zh": menu_zh, "menu_en": menu_en}
    return {"ability": one.name, "answer": one.answer, **{key: text or None for key, text in words.items()}, "rules": list(one.rules)}


def _conclusion(told: Conclusion) -> dict[str, Any]:
    return {
        "id": told.id,
        "clause": told.clause,
        "zh": in_language(told.name, "zh"),
        "en": str(told.name),
        "state": told.state.value,
        "reason_zh": in_language(told.reason, "zh"),
        "reason_en": str(told.reason),
        "limits_zh": in_language(told.limits, "zh") or None,
        "limits_en": str(told.limits) or None,
        "rules": [rule for rule, _ in told.rules],
    }


def apps_json(runs: Iterable[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """Return the object for several apps: the run of each."""
    return {"schema": SCHEMA, "apps": list(runs), **more}


def differences_json(found: Iterable[Difference]) -> list[dict[str, str]]:
    return [{"path": each.path, "change": each.change, "layer": each.layer} for each in found]


def problems(analysis: Analysis) -> tuple[Text, ...]:
    """What did not go as it was asked for, each once, such as a function that no control carries."""
    replaced = [event.reason for event in analysis.timeline.of(AppReplaced)]
    return tuple(dict.fromkeys([note.words for note in analysis.timeline.of(Note) if note.problem] + replaced))


def _device(device: dict[str, Any]) -> dict[str, Any]:
    """What run.json says of the device; its API level, which Android prints, is a number."""
    sdk = str(device.get("sdk", ""))
    return {**device, "sdk": int(sdk) if sdk.isdecimal() and sdk.isascii() else None}


def _reactions(analysis: Analysis) -> Iterator[dict[str, Any]]:
    timeline = analysis.timeline
    start = next(iter(timeline)).at if len(timeline) else Instant(0, 0.0)
    for reaction in denial_responses(timeline, analysis.app):
        denial = reaction.denial
        seconds = round(denial.at.uptime if denial.at.boot != start.boot else denial.at.seconds_since(start), 1)
        group = str(group_name(denial.group))
        yield {"seconds": seconds, "group": group, "button": denial.fact.button, "end": reaction.end.value}
