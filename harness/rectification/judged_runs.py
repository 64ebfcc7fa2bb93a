"""Run folders, judged and with their pictures, and what must be said of them before they are compared."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from harness.errors import HarnessError
from harness.language import Text, _
from harness.rectification.comparison_model import Run
from harness.rectification.finding_comparison import older
from harness.rectification.notice import Notice
from harness.report import Judged
from harness.report.report_builder import build_report
from harness.verdicts.analysis import read_run


def shown_runs(runs: Iterable[Judged]) -> tuple[Run, ...]:
    """Judged runs, each as a report of it alone has it."""
    return tuple(Run(run, build_report([run]).apps[0]) for run in runs)


def of_one_app(folders: Sequence[Path], package: str = "") -> str:
    """The package of runs, which must be one, and the notice's where it names one; raises HarnessError otherwise.

    Asked before anything is judged: only run.json is read.
    """
    packages = {read_run(folder)[1].package: folder for folder in folders}
    if len(packages) > 1:
        (one, first), (other, second) = list(packages.items())[:2]
        raise HarnessError(
            _(
                "two apps cannot be compared: {first} is of {one}, {second} of {other}: name runs of one package",
                first=first.name,
                one=one,
                second=second.name,
                other=other,
            )
        )
    found = next(iter(packages))
    if package and package != found:
        raise HarnessError(
            _("the notice is about {package}, the runs are of {found}: name runs of that package", package=package, found=found)
        )
    return found


def notes(old: Sequence[Run], new: Sequence[Run], notice: Notice | None) -> tuple[Text, ...]:
    """What a reader must know before the table."""
    return tuple(dict.fromkeys(_notes(old, new, notice)))


def _notes(old: Sequence[Run], new: Sequence[Run], notice: Notice | None) -> Iterator[Text]:
    for run in (*old, *new):
        if run.report.changes:
            yield _("{name} was altered since it was sealed and is no evidence", name=run.name)
        if run.report.virtual:
            yield _("{name} was made on a virtual device: no real phone took part", name=run.name)
        if run.report.unfinished:
            yield _("{run} is {unfinished}", run=run.name, unfinished=run.report.unfinished)
    shared = {_build(run) for run in old} & {_build(run) for run in new}
    if same := sorted({run.name for run in old} & {run.name for run in new}):
        yield _("{run} is named as the old version and as the new one: it is compared with itself", run=same[0])
    elif shared:
        names = "、".join(sorted(name for name, _code in shared))
        yield _("the version before and after is the same ({names})", names=names)
    yield from (said for one in old for other in new if (said := older(one, other)) is not None)
    if old and new and not _certificates(old) & _certificates(new) and _certificates(old) and _certificates(new):
        yield _("the certificates of the two versions differ")
    if notice is not None and notice.version:
        if old and notice.version not in {run.version for run in old}:
            found = "、".join(sorted({run.version for run in old}))
            yield _("the notice is about {version}, the old run is of {found}", version=notice.version, found=found)
        if notice.version in {run.version for run in new}:
            yield _("the new run is still of the version of the notice, {version}", version=notice.version)
    recorded = {str(run.judged.analysis.run.get("harness", "")) for run in (*old, *new)}
    if len(recorded) > 1:
        names = ", ".join(sorted(recorded))
        yield _("recorded by different AppRights ({names}), judged by the rules of this one", names=names)


def _build(run: Run) -> tuple[str, int | None]:
    return run.version, run.report.app.version_code


def _certificates(runs: Iterable[Run]) -> set[str]:
    return {digest for run in runs for digest in run.report.app.certificates_sha256}
