"""The results of allure-pytest for a verdict: its place, its severity, and its evidence as attachments."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import escape

from harness.console import printable
from harness.errors import EvidenceError
from harness.events.findings import Severity
from harness.language import _, pick, said

if TYPE_CHECKING:
    from harness.verdicts.judge import Verdict

PAGE = '<!doctype html><html lang="{language}"><meta charset="utf-8"><title>{title}</title>{body}</html>'
SEVERITIES = {Severity.A: "critical", Severity.B: "normal", Severity.C: "minor", Severity.M: "trivial"}
"""Our weight of a rule -> allure's word."""
MOST_PICTURES = 20


def keep(found: Verdict, html: str, folder: Path) -> None:
    """Give allure a verdict; ``html`` is its evidence as a part of a page, ``folder`` the run it rests on."""
    import allure

    rule, clause = found.rule, found.rule.clause
    dynamic: Any = allure.dynamic  # its types are not told
    dynamic.epic(said(_("MIIT notice 164 (2020)")))
    dynamic.feature(said(_("clause {number}: {label}", number=clause.place, label=clause.label)))
    dynamic.story(f"{rule.id} {said(rule.label)}")
    dynamic.severity(SEVERITIES[rule.severity])
    dynamic.tag(f"clause-{clause.number}", rule.id, found.outcome.value)
    dynamic.description(f"{clause.text_zh}\n\n{pick(rule.advice_zh, rule.advice_en)}")
    title = said(_("evidence: {rule}", rule=rule.label))
    page = PAGE.format(language=pick("zh", "en"), title=escape(title), body=html)
    allure.attach(page, name=title, attachment_type=allure.attachment_type.HTML)
    reason = printable(said(found.reason))
    allure.attach(reason, name=said(_("reason")), attachment_type=allure.attachment_type.TEXT)
    for path in _pictures(found)[:MOST_PICTURES]:
        if (data := _read(folder, path)) is not None:
            allure.attach(data, name=printable(path), attachment_type=allure.attachment_type.PNG)


def _pictures(found: Verdict) -> list[str]:
    from harness.verdicts.analysis import evidence_paths

    return [path for path in evidence_paths(found) if path.lower().endswith(".png")]


def _read(folder: Path, path: str) -> bytes | None:
    """A picture as it was recorded; None for one that is gone: the evidence says which it was."""
    from harness.recording.run_folder import inside

    try:
        return inside(folder, path).read_bytes()
    except (OSError, EvidenceError):
        return None
