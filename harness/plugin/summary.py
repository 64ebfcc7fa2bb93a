"""The end of a pytest session: where the evidence is, what was only suspected, and the exit code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Mapping
from typing import TYPE_CHECKING, Any

import pytest

from harness.config.suppressions import expired
from harness.config.table_validation import today
from harness.language import _, pick, said
from harness.plugin.outcomes import KEY

if TYPE_CHECKING:
    from harness.engine.scenario_run import Run


RUN: pytest.StashKey[Run] = pytest.StashKey()
"""The run of this process."""
RUNS = pytest.StashKey[list[dict[str, Any]]]()
"""What there is to say of each run that was closed, in this process or in a worker's."""
JUDGED = pytest.StashKey[list[pytest.TestReport]]()
"""The report of each item that has a verdict."""


def finished(config: pytest.Config, told: dict[str, Any]) -> None:
    """A run was closed: say so at the end of pytest, which may be another process."""
    output: Any = getattr(config, "workeroutput", None)
    if output is not None:
        output[KEY] = told
    else:
        take_in(config, told)


def take_in(config: pytest.Config, told: dict[str, Any]) -> None:
    """Keep what is said of a run for the summary, and for pytest-html's Environment."""
    runs = config.stash.setdefault(RUNS, [])
    runs.append(told)
    known: Any = config.pluginmanager.get_plugin("metadata")
    if known is not None and (metadata := config.stash.get(known.metadata_key, None)) is not None:
        metadata["AppRights" if len(runs) == 1 else f"AppRights {len(runs)}"] = dict(facts(told))


def facts(told: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What identifies a run, with a name for each."""
    names = {
        "app": said(_("app")),
        "version": said(_("version")),
        "device": said(_("device")),
        "folder": said(_("run folder")),
        "root": said(_("root hash")),
    }
    return [(name, str(told[key])) for key, name in names.items() if told[key]]


class Summary:
    """Registered where there are tests of ours; in a worker of pytest-xdist nobody sees what it writes."""

    def __init__(self, config: pytest.Config) -> None:
        self._judged = config.stash.setdefault(JUDGED, [])

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep the report of a judged item."""
        if hasattr(report, KEY):
            self._judged.append(report)

    @pytest.hookimpl(wrapper=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> Generator[None, None, None]:
        """After the run was sealed, end as a program does that a signal ended: pytest's own code for Ctrl-C is 2."""
        yield
        runs, own = session.config.stash.get(RUNS, []), session.config.stash.get(RUN, None)
        number = max([run["interrupted"] for run in runs] + [own.interrupted if own is not None else 0])
        if number:
            session.exitstatus = 128 + number
        elif any(run["unsealed"] for run in runs):
            session.exitstatus = pytest.ExitCode.INTERNAL_ERROR

    def pytest_terminal_summary(self, terminalreporter: Any, config: pytest.Config) -> None:
        """Say what was only suspected, which pytest's own summary leaves out, and where the evidence is."""
        from harness.console import printable
        from harness.events.findings import Outcome

        runs = config.stash.get(RUNS, [])
        if not runs and not self._judged:
            return
        told = [(report, getattr(report, KEY)) for report in self._judged]
        terminalreporter.write_sep("-", "AppRights")
        for one in expired(today()):
            terminalreporter.write_line(printable(said(one.told_expired())), yellow=True)
        for report, verdict in told:
            if report.passed and verdict["outcome"] == Outcome.SUSPECTED:
                line = pick(f"疑似 {report.nodeid}（{verdict['reason']}）", f"SUSPECTED {report.nodeid} ({verdict['reason']})")
                terminalreporter.write_line(line, yellow=True)
            if verdict["suppressed"]:
                outcome = Outcome(verdict["outcome"])
                word = pick(outcome.label_zh, outcome.label_en.upper())
                because = pick("，", ", ").join((verdict["reason"], verdict["suppressed"]))
                terminalreporter.write_line(f"{word} {report.nodeid}{pick('（', ' (')}{because}{pick('）', ')')}", yellow=True)
        counts = Counter(Outcome(verdict["outcome"]) for _report, verdict in told)
        if counts:
            found = [f"{said(one.label)} {counts[one]}" for one in Outcome if counts[one]]
            terminalreporter.write_line(pick("，", ", ").join(found))
        for run in runs:
            if run["interrupted"]:
                terminalreporter.write_line(said(_("not finished: the check was interrupted")), red=True)
            if run["unsealed"]:
                problem = _("the run could not be sealed: {reason}", reason=run["unsealed"])
                terminalreporter.write_line(printable(said(problem)), red=True)
            for name, value in facts(run):
                terminalreporter.write_line(printable(f"{name}{pick('：', ': ')}{value}"))
