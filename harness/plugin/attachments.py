"""The evidence of a verdict for those who show pytest's results: pytest-html and allure-pytest, where they write."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from markupsafe import escape

from harness.console import printable
from harness.errors import EvidenceError
from harness.events.findings import Severity
from harness.language import _, pick, said
from harness.plugin.outcomes import KEY
from harness.plugin.summary import JUDGED, RUN, RUNS, facts

if TYPE_CHECKING:
    from harness.report.case import Case
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


CASE: pytest.StashKey[Case] = pytest.StashKey()
"""What the tester's case file has."""


def show(item: pytest.Item, report: pytest.TestReport, found: Verdict) -> None:
    """Put the evidence under the row of pytest-html's page, and into allure's results."""
    config = item.config
    opened = config.stash.get(RUN, None)
    page, allure = config.getoption("htmlpath", None), config.getoption("allure_report_dir", None)
    if opened is None or not (page or allure):  # the pictures cost as much as the judging
        return
    from harness.report.fragments import verdict_fragment

    html = verdict_fragment(opened.analysis, found.rule.id, opened.folder)
    if page:
        extras: list[Any] = getattr(report, "extras", [])
        extras.append({"name": "apprights", "format_type": "html", "content": html, "mime_type": None, "extension": None})
        report.extras = extras  # type: ignore[attr-defined] # pytest-html's own attribute
    if allure:
        keep(found, html, opened.folder)


class Page:
    """What pytest-html shows of the outcomes: in each row, and above the table."""

    def pytest_html_results_table_row(self, report: pytest.TestReport, cells: list[str]) -> None:
        """Show 疑似 and the other outcomes in the last cell.

        The page sorts and filters by what stands in the others, and its head was written before anybody knew whether
        there are tests of ours.
        """
        told = getattr(report, KEY, None)
        if told is not None and cells:
            cells[-1] = cells[-1].replace("</td>", f" {escape(_word(told))}</td>", 1)

    def pytest_html_results_summary(self, prefix: list[str], session: pytest.Session) -> None:
        """Put the case, runs and outcomes above the table as plain HTML: pytest-html's own rows need JavaScript."""
        if (case := session.config.stash.get(CASE, None)) is not None:
            from harness.report.case import FIELDS

            rows = ((said(names), said(case.value(name))) for name, names in FIELDS.items())
            prefix.append("<p>" + "<br>".join(f"{escape(name)}{pick('：', ': ')}{escape(value)}" for name, value in rows) + "</p>")
        for run in session.config.stash.get(RUNS, []):
            prefix.append("<p>" + "<br>".join(f"{escape(name)}{pick('：', ': ')}{escape(value)}" for name, value in facts(run)) + "</p>")
        for report in session.config.stash.get(JUDGED, []):
            told = getattr(report, KEY)
            prefix.append(f"<p>{escape(_word(told))}  {escape(told['label'])}{pick('：', ': ')}{escape(told['reason'])}</p>")


def _word(told: dict[str, str]) -> str:
    from harness.events.findings import Outcome

    return said(Outcome(told["outcome"]).label)
