"""One verdict as an HTML fragment, for the row of a pytest-html report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from harness.report.build import app_report
from harness.report.html import embedded, render_part

if TYPE_CHECKING:
    from pathlib import Path

    from harness.verdicts.analysis import Analysis

STYLE = """
.verdict{border-left:5px solid #888;padding-left:14px;font-family:sans-serif}
.pictures{display:flex;flex-wrap:wrap;gap:12px}
figure{width:220px;margin:0} figure img{width:100%}
figcaption{font-size:11px;overflow-wrap:anywhere}
.en{color:#5b6675;font-size:.87em}
.raw{display:block;font-family:monospace;font-size:12px;overflow-wrap:anywhere}
.law{background:#f5f7fa;padding:6px 12px}
.key{display:inline-block;width:22px;border-top:3px solid}
"""


def verdict_fragment(analysis: Analysis, rule: str, folder: Path) -> str:
    """The evidence of one rule's verdict; everything from the app or the device is escaped."""
    report = app_report(folder, analysis)
    view = next(verdict for verdict in report.verdicts if verdict.rule.id == rule)
    return render_part(
        "fragment.html.j2",
        verdict=view,
        pictures=embedded((view,), folder),
        style=Markup(STYLE),
    )
