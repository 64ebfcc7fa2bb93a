"""A page that grows while apps are still being checked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from harness.recording.run_folder import write_atomic
from harness.report.html import PageProgress, render_app, render_html
from harness.report.report_model import AppReport, Report

if TYPE_CHECKING:
    from pathlib import Path


class LivePage:
    """The page of ``total`` apps, each at its place; whoever reads it meanwhile sees a whole page at any moment.

    A section that was rendered is kept until its app moves down because one before it is done: a rewrite costs little.
    """

    def __init__(self, output: Path, total: int) -> None:
        """Nothing is written yet."""
        self.output, self._total = output, total
        self._apps: dict[int, AppReport] = {}
        self._rendered: dict[int, tuple[str, str]] = {}

    def __len__(self) -> int:
        """How many apps there are so far."""
        return len(self._apps)

    def add(self, place: int, app: AppReport) -> None:
        """One more app, to be seen with the next writing."""
        self._apps[place] = app

    def write(self, *, finished: bool = False) -> None:
        """Write what there is; ``finished`` is byte for byte what ``write_report`` makes of the same runs.

        Raises EvidenceError when it cannot be written.
        """
        apps, known = [], {}
        for number, place in enumerate(sorted(self._apps), 1):
            anchor = f"app-{number}"
            app = replace(self._apps[place], anchor=anchor)
            if self._rendered.get(place, ("", ""))[0] != anchor:
                self._rendered[place] = (anchor, render_app(app))
            apps.append(app)
            known[anchor] = self._rendered[place][1]
        text = render_html(Report(tuple(apps)), None if finished else PageProgress(self._total), known)
        self.output.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(self.output, text.encode("utf-8"))
