"""``apprights demo``: the sample apps on virtual devices, and the reports of what they did.

The overview is there as soon as three telling apps are done, and grows; each app has a page of its own.
"""

import os
import shutil
import sys
import time
import webbrowser
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from device_farm.samples.sample import Checked, Sample, app_files
from device_farm.samples.worker_pool import Job, workers
from harness import console
from harness.errors import HarnessError, why
from harness.language import Text, _, pick, said

if TYPE_CHECKING:
    from harness.report.live_page import LivePage

FAILED, INTERRUPTED = 1, 130
MOST_RULES = 5
"""So many rules are named at the end: the page has them all."""
TELLING = ("exit_by_system_exit", "asks_each_launch", "polite")
"""What a newcomer should see first, and quick to check: an app that exits when refused, one that nags, an innocent."""
STEP = 5
"""The overview is written again when so many more apps are done."""


def demo(
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FOLDER", help=_("folder for the pages and their evidence"))] = Path(
        "reports"
    )
    / "demo",
    no_open: Annotated[bool, typer.Option("--no-open", help=_("do not open the page in a browser"))] = False,
) -> None:
    """Check sample apps, one of each kind, on virtual devices and write report.html; needs no phone."""
    run = Demo(output, shown=lambda page: None if no_open else _open(page))
    try:
        run.run(one_of_each_kind(app_files()))
    except KeyboardInterrupt:
        console.progress(said(run.interrupted()))
        raise typer.Exit(INTERRUPTED) from None
    run.finish()
    if any(one.result is None for one in run.done.values()):
        raise typer.Exit(FAILED)


class Demo:
    """One demo: which app is at which place of the overview, and when that is written."""

    def __init__(self, output: Path, *, shown: Callable[[Path], None] = lambda _page: None) -> None:
        """Use the folder ``output``; ``shown`` is called once, with the first page.

        Raises HarnessError where it cannot be the folder.
        """
        self.began = time.monotonic()
        self.page, self.pages, self.runs = output / "report.html", output / "apps", output / "runs"
        self.total = 0
        self.done: dict[int, Checked] = {}
        self._places: dict[Path, int] = {}
        self._first: set[int] = set()
        self._growing: LivePage | None = None
        self._shown, self._written = shown, 0
        try:
            output.mkdir(parents=True, exist_ok=True)
            self.page.unlink(missing_ok=True)  # an older one would be taken for this one's
            for older in (self.runs, self.pages):
                if older.exists():
                    shutil.rmtree(older)
            self.runs.mkdir()
        except OSError as error:
            raise HarnessError(_("{folder} cannot be the folder of the report: {reason}", folder=output, reason=why(error))) from error

    def run(self, files: Sequence[Path]) -> None:
        """Check the samples of ``files``, and write the page as they come."""
        self.total = len(files)
        with workers() as pool:
            console.progress(said(_("{count} sample apps on virtual devices: the workers start", count=len(files))))
            from harness.report.live_page import LivePage  # a second of imports: the workers have theirs meanwhile

            samples, problems = pool.read_all(_telling_first(files))
            for problem in problems.values():
                console.progress(said(problem))
            self.total = len(samples)
            self._places = {sample.path: place for place, sample in enumerate(samples)}
            self._first = set(range(min(len(TELLING), self.total)))
            self._growing = LivePage(self.page, self.pages, self.total)
            pool.check_all(_jobs(samples), self.runs, done=self.add, pages=True)

    def add(self, one: Checked) -> None:
        """One app is done; from the first page on, the page is written again now and then."""
        assert self._growing is not None
        place = self._places[one.sample.path]
        self.done[place] = one
        if one.page is None:
            console.progress(f"{one.sample.path.name}{pick('：', ': ')}{said(one.problem)}")
        else:
            self._growing.add(place, one.page)
        ready = self._first <= self.done.keys() and len(self._growing) >= (self._written + STEP if self._written else 1)
        if ready and len(self.done) < self.total:
            first = not self._written
            self._growing.write()
            self._written = len(self._growing)
            if first:
                console.progress(
                    said(
                        _(
                            "the page is there, with {some} of {total} apps after {seconds} s, and growing: {page}",
                            some=self._written,
                            total=self.total,
                            seconds=round(time.monotonic() - self.began),
                            page=self.page.resolve(),
                        )
                    )
                )
                self._shown(self.page)

    def interrupted(self) -> Text:
        """Write the page of what is done, if anything is; a line on it. Ctrl-C once more leaves it as it was."""
        if self._growing is None or not len(self._growing):
            return _("interrupted: {some} of {total} apps are done", some=len(self.done), total=self.total)
        self._growing.write(finished=True)
        page = self.page.resolve()
        return _("interrupted: {some} of {total} apps are done, see {page}", some=len(self.done), total=self.total, page=page)

    def finish(self) -> None:
        """Write the page for the last time, and say what it shows; raises HarnessError where there is nothing."""
        if self._growing is None or not len(self._growing):
            raise HarnessError(_("no sample app could be checked: see the lines above, and run 'apprights doctor'"))
        self._growing.write(finished=True)
        if not self._written:
            self._shown(self.page)
        seconds = round(time.monotonic() - self.began)
        console.out.print(said(_("{count} checks in {seconds} s; their rules by outcome:", count=len(self._growing), seconds=seconds)))
        _tell([self.done[place] for place in sorted(self.done)])
        console.out.print(escape(said(_("page: {page}", page=self.page.resolve()))))


def one_of_each_kind(files: Sequence[Path]) -> list[Path]:
    """Without the files that show what another does, as ``disguised_download_web`` beside ``disguised_download``."""
    names = [path.stem for path in files]
    return [path for path in files if not any(path.stem.startswith(f"{name}_") for name in names)]


def _telling_first(files: Sequence[Path]) -> list[Path]:
    """The order of the page."""
    return sorted(files, key=lambda path: (TELLING.index(path.stem) if path.stem in TELLING else len(TELLING), path.name))


def _jobs(samples: Sequence[Sample]) -> list[Job]:
    """The order of the work: behind those of the first page what takes long, so that no worker idles at the end."""
    first, rest = samples[: len(TELLING)], samples[len(TELLING) :]
    long_first = sorted(rest, key=lambda sample: "6" not in sample.options)
    return [(sample, "13", "aosp") for sample in (*first, *long_first)]


def _tell(checked: Sequence[Checked]) -> None:
    """Print the verdicts of each kind, and the rules that most apps violated with those apps."""
    from harness.events.findings import Outcome

    verdicts = [(one.sample.label, verdict) for one in checked if one.page is not None for verdict in one.page.verdicts]
    counts = [(outcome, sum(verdict.outcome is outcome for _label, verdict in verdicts)) for outcome in Outcome]
    console.out.print("  ".join(f"{pick(each.label_zh, each.value.replace('_', ' '))} {count}" for each, count in counts))
    violated: dict[str, list[str]] = {}
    for label, verdict in verdicts:
        if verdict.outcome is Outcome.VIOLATION:
            violated.setdefault(pick(verdict.rule.label_zh, verdict.rule.label_en), []).append(label)
    most = sorted(violated.items(), key=lambda item: (-len(item[1]), item[0]))
    for rule, apps in most[:MOST_RULES]:
        some = pick("、", ", ").join(apps[:3]) + (pick("等", " ...") if len(apps) > 3 else "")
        console.out.print(escape(console.printable(f"  {rule}{pick('：', ': ')}{some}")))
    if len(most) > MOST_RULES:
        console.out.print("  " + said(_("and {count} more rules", count=len(most) - MOST_RULES)))


def _open(page: Path) -> None:
    """Open the page where somebody sits at a desktop; a browser that would take over the terminal is none."""
    desktop = sys.platform in ("win32", "darwin") or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
    if not desktop or not console.out.is_terminal:
        return
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return
    if type(browser) is not webbrowser.GenericBrowser:
        browser.open(page.resolve().as_uri())
