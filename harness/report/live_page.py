"""Pages that grow while apps are still being checked: an overview, and a page an app."""

from dataclasses import replace
from pathlib import Path

from harness.report.html import PageProgress, render_html
from harness.report.output_formats import issue
from harness.report.report_model import AppReport, Report


class LivePage:
    """The overview of ``total`` apps, each at its place; whoever reads it meanwhile sees a whole page at any moment.

    The page of an app is written once, into the folder ``pages`` beside the overview, when the app is done.
    """

    def __init__(self, output: Path, pages: Path, total: int) -> None:
        self.output, self._pages, self._total = output, pages, total
        self._apps: dict[int, AppReport] = {}

    def __len__(self) -> int:
        return len(self._apps)

    def add(self, place: int, app: AppReport) -> None:
        """Write the page of one more app, to be seen in the overview with its next writing.

        It is what ``write_report`` makes of the run, with the way back to the overview.

        Raises EvidenceError when it cannot be written.
        """
        page = self._pages / f"{app.folder}.html"
        issue(page, render_html(Report((app,)), overview=f"../{self.output.name}").encode())
        self._apps[place] = replace(app, page=f"{self._pages.name}/{page.name}")

    def write(self, *, finished: bool = False) -> None:
        """Write the overview of what there is.

        Raises EvidenceError when it cannot be written.
        """
        apps = tuple(replace(self._apps[place], anchor=f"app-{number}") for number, place in enumerate(sorted(self._apps), 1))
        issue(self.output, render_html(Report(apps), None if finished else PageProgress(self._total)).encode())
