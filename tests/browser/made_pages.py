"""Pages of the runs that are kept with the tests: one app, and many, in the language that is asked for."""

import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from harness.language import choose, chosen
from harness.report.html import render_html
from harness.report.report_builder import Judged, build_report
from harness.report.report_model import AppReport
from harness.report.report_pictures import with_pictures
from harness.verdicts.analysis import examine

OLD = Path(__file__).parents[1] / "data" / "old_runs"


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """The language of this process for a while."""
    before = chosen()
    choose(language)
    try:
        yield
    finally:
        choose(before)


@dataclass
class Made:
    """The runs as parts of a page, and the folder for pages of them."""

    apps: tuple[AppReport, ...]
    folder: Path

    def page(self, name: str, *, language: str = "zh", times: int = 1, count: int | None = None) -> Path:
        """A page of the runs, or of the first ``count``, each ``times`` over."""
        with speaking(language):
            report = build_report(())
            apps = tuple(replace(app, anchor=f"app-{number}") for number, app in enumerate(self.apps[:count] * times, 1))
            path = self.folder / f"{name}.html"
            path.write_text(render_html(replace(report, apps=apps)), "utf-8")
        return path


def made(folder: Path) -> Made:
    """Judge the runs that are kept; costs seconds."""
    for archive in sorted(OLD.glob("*.tar.xz")):
        with tarfile.open(archive) as file:
            file.extractall(folder / "runs", filter="data")
    judged = [Judged(examine(run)) for run in sorted((folder / "runs").iterdir())]
    report = build_report(judged)
    return Made(tuple(with_pictures(app, run.analysis.folder) for app, run in zip(report.apps, judged, strict=True)), folder)
