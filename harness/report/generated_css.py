"""The part of a page's style that its own contents decide: what its filters hide, and the running heads on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.console import printable
from harness.events.findings import Outcome
from harness.language import _, pick, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from harness.report.report_model import Report

HEAD_LENGTH = 48
_PAPER = "@page { size: A4; margin: 20mm 16mm 18mm; font: 8pt system-ui, sans-serif; color: #566170; %s }"


def choices(report: Report) -> str:
    """The rules, one a line; every text from outside is a CSS string that closes nothing."""
    return "\n".join([*_filters(report), *_paper(report)])


def css_text(text: str) -> str:
    """A text as a CSS string: all but letters and digits as escapes, so that it ends neither string nor style."""
    return '"' + "".join(sign if sign.isalnum() else f"\\{ord(sign):x} " for sign in printable(text)) + '"'


def paper(title: str) -> str:
    """A4 with page x of y, and the name of what is printed at the head."""
    count = pick('"第 " counter(page) " 页，共 " counter(pages) " 页"', '"page " counter(page) " of " counter(pages)')
    return _PAPER % f"@top-left {{ content: {css_text(title)}; }} @bottom-right {{ content: {count}; }}"


def _filters(report: Report) -> Iterator[str]:
    for outcome in Outcome:
        yield f".bar:has(#pick-{outcome.value}:not(:checked)) ~ main .verdict.{outcome.value} {{ display: none; }}"
    for number in sorted({rule.clause.number for rule in report.rules}):
        yield f'.bar:has(#pick-clause-{number}:not(:checked)) ~ main [data-clause="{number}"] {{ display: none; }}'
    for app in report.apps if len(report.apps) > 1 else ():
        yield f'.bar:has(option[value="{app.anchor}"]:checked) ~ main [data-app]:not([data-app="{app.anchor}"]) {{ display: none; }}'
    for sdk in report.sdks:
        name = css_text(sdk.replace(" ", "_"))
        value = css_text("sdk " + sdk.replace(" ", "_"))
        yield f".bar:has(option[value={value}]:checked) ~ main .verdict:not([data-sdk~={name}]) {{ display: none; }}"


def _paper(report: Report) -> Iterator[str]:
    """The report's number or name on the left of each head, the app's on the right."""
    number = report.case.given("report_number")
    title = said(_("App permission compliance report"))
    yield paper(f"{title} · {number[:HEAD_LENGTH]}" if number else title)
    for app in report.apps:
        name = css_text(f"{app.app.label[:HEAD_LENGTH]} {app.app.version_name or ''} · {app.app.package[:HEAD_LENGTH]}")
        of_it = app.anchor if len(report.apps) > 1 else ""  # a page with a name of its own begins anew
        yield f"@page {of_it} {{ @top-right {{ content: {name}; }} }}"
        if of_it:
            yield f"#{of_it}-part {{ page: {of_it}; }}"
