"""One verdict as an HTML fragment, for the row of a pytest-html report."""

from pathlib import Path

from markupsafe import Markup

from harness.language import pick
from harness.report.html import render_part
from harness.report.report_builder import app_report
from harness.report.report_pictures import plates
from harness.verdicts.analysis import Analysis

STYLE = """
.apprights{border-left:4px solid #888;padding-left:14px;font-family:sans-serif;overflow-wrap:anywhere}
.apprights .badge{font-weight:600} .apprights .badge i{font-style:normal}
.apprights .line{display:block} .apprights .note{color:#566170;font-size:.87em}
.apprights .pictures{display:flex;flex-wrap:wrap;gap:12px}
.apprights figure{width:220px;margin:0} .apprights .shot{width:100%;height:auto;border:1px solid #dfe4ea}
.apprights figcaption{font-size:11px}
.apprights .raw{display:block;font-family:monospace;font-size:12px}
.apprights .law{background:#f5f7fa;padding:6px 12px}
.apprights .tree{stroke:#1565c0;border-color:#1565c0} .apprights .pixels{stroke:#c62828;border-color:#c62828}
.apprights .key{display:inline-block;width:22px;border-top:3px solid}
.apprights .tight{white-space:nowrap}
.apprights .plates{position:absolute} .apprights .shut{display:none}
.apprights figure:target{width:auto} .apprights figure:target .shot{height:90vh;width:auto} .apprights figure:target .shut{display:block}
.apprights table{border-collapse:collapse} .apprights :is(td,th){text-align:left;vertical-align:top;padding:3px 8px}
"""
OTHER = '.apprights [lang="{language}"]:not(.always){{display:none}}'
"""Hides the language in which the page around the fragment is not written."""


def verdict_fragment(analysis: Analysis, rule: str, folder: Path) -> str:
    """The evidence of one rule's verdict; everything from the app or the device is escaped."""
    report = app_report(folder, analysis)
    view = next(verdict for verdict in report.verdicts if verdict.rule.id == rule)
    return render_part(
        "fragment.html.j2",
        verdict=view,
        pictures=plates((view,), folder),
        anchor=f"{report.folder}-{rule}",
        style=Markup(STYLE + OTHER.format(language=pick("en", "zh-CN"))),
    )
