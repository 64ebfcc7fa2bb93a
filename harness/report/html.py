"""Report -> one self-contained HTML page: no script, no request to anywhere, everything from outside escaped."""

from __future__ import annotations

import base64
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

import harness
from harness.console import printable
from harness.errors import FormatError
from harness.events.findings import Outcome
from harness.replay.popups import read_picture
from harness.report.case import FIELDS
from harness.report.front import front
from harness.vision.boxed import boxed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from harness.report.examination import Examination
    from harness.report.model import AppReport, Picture, Report, VerdictView

FEW_APPS = 4
"""Up to so many apps the summary has a line a rule, as a page is wide; beyond, a line an app."""
GROWN = 12  # screen pixels
TREE_COLOUR, PIXEL_COLOUR = (21, 101, 192), (198, 40, 40)  # RGB, as the key of the page says


@dataclass(frozen=True, slots=True)
class Growing:
    """A page that is not finished: how many apps there will be, and after how many seconds a browser looks again."""

    total: int
    seconds: int = 10


def with_pictures(app: AppReport, folder: Path) -> AppReport:
    """The same with every picture of its findings as a data address, its boxes drawn in."""
    return replace(app, pictures=embedded(app.verdicts, folder))


def render_html(report: Report, growing: Growing | None = None, known: Mapping[str, str] | None = None) -> str:
    """The page of apps that have their pictures; ``known`` has the sections that are rendered already, by anchor."""
    zh, en = _conclusion(report)
    known = known or {}
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            report=report,
            sections=tuple(Markup(known.get(app.anchor) or render_app(app)) for app in report.apps),
            growing=growing,
            front=front(report),
            fields=FIELDS,
            outcomes=tuple(Outcome),
            few_apps=FEW_APPS,
            clauses=sorted({rule.clause for rule in report.rules}, key=lambda clause: (not clause.number, clause.number)),
            style=Markup(_text("style.css")),
            version=harness.__version__,
            conclusion_zh=zh,
            conclusion_en=en,
        )
    )


def render_app(app: AppReport) -> str:
    """The section of one app."""
    return render_part("app.html.j2", app=app)


def embedded(verdicts: Iterable[VerdictView], folder: Path) -> dict[str, str]:
    """Every picture of some verdicts, with its marks, as a data address; one that is damaged is left out."""
    pictures = {picture.key: picture for verdict in verdicts for finding in verdict.findings for picture in finding.pictures}
    return {key: address for key, picture in pictures.items() if (address := _address(picture, folder))}


def _address(picture: Picture, folder: Path) -> str:
    marks = []
    if picture.tree_box:
        marks.append((picture.tree_box, "", TREE_COLOUR))
    if picture.pixel_box:
        x, y, width, height = picture.pixel_box  # drawn a little larger, so that two boxes that agree are both seen
        marks.append(((x - GROWN, y - GROWN, width + 2 * GROWN, height + 2 * GROWN), "", PIXEL_COLOUR))
    try:
        jpeg = boxed(read_picture(folder, picture.path), marks)
    except FormatError:
        return ""
    return "data:image/jpeg;base64," + base64.b64encode(jpeg).decode("ascii")


def _conclusion(report: Report) -> tuple[str, str]:
    apps, runs = len(report.packages), len(report.apps)
    bad = len({app.app.package for app in report.apps for verdict in app.verdicts if verdict.outcome is Outcome.VIOLATION})
    violations, suspected = report.count(Outcome.VIOLATION), report.count(Outcome.SUSPECTED)
    open_ = report.count(Outcome.INCONCLUSIVE)
    times_zh, times_en = (f"（{runs} 次检测）", f" in {runs} runs") if runs != apps else ("", "")
    zh = f"共检测 {apps} 个应用{times_zh}，{bad} 个存在不合规行为（不合规 {violations} 项，疑似 {suspected} 项）"
    en = f"{apps} app(s) checked{times_en}, {bad} with violations ({violations} violations, {suspected} suspected)"
    if open_:
        zh, en = f"{zh}；另有 {open_} 项无法判定，需重新检测", f"{en}; {open_} verdict(s) could not be reached, test again"
    return zh + "。", en + "."


def _text(name: str) -> str:
    return (files("harness.report") / "templates" / name).read_text(encoding="utf-8")


def record_page(record: Examination) -> str:
    """The record of an examination as a page of its own."""
    style = Markup(_text("style.css"))
    return render_part("examination_page.html.j2", record=record, style=style, version=harness.__version__)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FunctionLoader(_text),
        autoescape=True,
        finalize=_neutral,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _neutral(value: object) -> object:
    """A text of the app or the device without signs that turn the words beside it round; our own markup as it is."""
    return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def render_part(name: str, **values: object) -> str:
    """Render a small template of our own; everything in ``values`` is escaped."""
    return _environment().get_template(name).render(**values)
