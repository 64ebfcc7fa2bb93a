"""Report -> one self-contained HTML page: no script, no request to anywhere, everything from outside escaped."""

from __future__ import annotations

import base64
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

import harness
from harness.errors import FormatError
from harness.events.findings import Outcome
from harness.replay.popups import read_picture
from harness.vision.boxed import boxed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from harness.report.model import AppReport, FindingView, Report

FEW_APPS = 4
"""Up to so many apps the summary has a line a rule, as a page is wide; beyond, a line an app."""
GROWN = 12  # screen pixels
TREE_COLOUR, PIXEL_COLOUR = (21, 101, 192), (198, 40, 40)  # RGB, as the key of the page says


def render_html(report: Report, folders: Mapping[str, Path]) -> str:
    """The page; ``folders`` maps the anchor of each app to its run folder, whose pictures are embedded."""
    apps = tuple(replace(app, pictures=embedded(app, folders[app.anchor])) for app in report.apps)
    zh, en = _conclusion(report)
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            report=replace(report, apps=apps),
            outcomes=tuple(Outcome),
            few_apps=FEW_APPS,
            clauses=sorted({rule.clause for rule in report.rules}, key=lambda clause: clause.number),
            style=Markup(_text("style.css")),
            version=harness.__version__,
            conclusion_zh=zh,
            conclusion_en=en,
        )
    )


def embedded(app: AppReport, folder: Path) -> dict[str, str]:
    """Every picture of an app's findings as a data address, its boxes drawn in."""
    found: dict[str, str] = {}
    for verdict in app.verdicts:
        for finding in verdict.findings:
            found |= finding_pictures(finding, folder)
    return found


def finding_pictures(finding: FindingView, folder: Path) -> dict[str, str]:
    """The pictures of one finding as data addresses; one that is damaged is left out, its hash still stands below."""
    found: dict[str, str] = {}
    for picture in finding.pictures:
        marks = []
        if picture.tree_box:
            marks.append((picture.tree_box, "", TREE_COLOUR))
        if picture.pixel_box:
            x, y, width, height = picture.pixel_box  # drawn a little larger, so that two boxes that agree are both seen
            marks.append(((x - GROWN, y - GROWN, width + 2 * GROWN, height + 2 * GROWN), "", PIXEL_COLOUR))
        try:
            jpeg = boxed(read_picture(folder, picture.path), marks)
        except FormatError:
            continue
        found[picture.path] = "data:image/jpeg;base64," + base64.b64encode(jpeg).decode("ascii")
    return found


def _conclusion(report: Report) -> tuple[str, str]:
    apps = len(report.apps)
    bad = sum(any(verdict.outcome is Outcome.VIOLATION for verdict in app.verdicts) for app in report.apps)
    violations, suspected = report.count(Outcome.VIOLATION), report.count(Outcome.SUSPECTED)
    open_ = report.count(Outcome.INCONCLUSIVE)
    zh = f"共检测 {apps} 个应用,{bad} 个存在不合规行为(不合规 {violations} 项,疑似 {suspected} 项)"
    en = f"{apps} app(s) checked, {bad} with violations ({violations} violations, {suspected} suspected)"
    if open_:
        zh, en = f"{zh};另有 {open_} 项无法判定,需重新检测", f"{en}; {open_} verdict(s) could not be reached, test again"
    return zh + "。", en + "."


def _text(name: str) -> str:
    return (files("harness.report") / "templates" / name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    return Environment(loader=FunctionLoader(_text), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def render_part(name: str, **values: object) -> str:
    """Render a small template of our own; everything in ``values`` is escaped."""
    return _environment().get_template(name).render(**values)
