"""The pytest face: options, fixtures, hooks; no logic of its own.

A scenario is a module-scoped fixture that drives the device once; each rule is a test item that only judges. So a
failed item is a violation, an error is our side or the device, a skipped one was not exercised.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from markupsafe import escape

from harness.console import progress
from harness.device.adb import open_device
from harness.engine.run import Run
from harness.errors import HarnessError
from harness.events.findings import Outcome
from harness.report.fragments import verdict_fragment
from harness.rules import PROFILES
from harness.sdks.policy import read_policy
from harness.session.lifecycle import with_profiles
from harness.session.options import CLAUSES, Options

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from harness.verdicts.judge import Verdict

RUN = pytest.StashKey[Run]()
VERDICT = pytest.StashKey["Verdict"]()
PROBLEM = pytest.StashKey[HarnessError]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options of a check; all but --app have a default."""
    group = parser.getgroup("apprights", "AppRights: check an Android app")
    group.addoption("--app", metavar="APP", help="APK file or installed package to check")
    group.addoption("--serial", help="adb serial of the device; needed when there are several")
    group.addoption("--adb-port", type=int, help="port of the adb server, default that of adb")
    group.addoption("--consent", choices=("accept", "refuse"), default="accept", help="answer to the privacy policy")
    group.addoption("--tap", action="append", default=[], metavar="TEXT", help="function to use, by its text")
    group.addoption("--clause", action="append", type=int, metavar="N", help="only this clause of the notice: 1, 5 or 6; repeatable")
    group.addoption(
        "--profile",
        action="append",
        default=[],
        metavar="NAME|FILE",
        help=f"thresholds: {', '.join(PROFILES)}; or a file .toml with what you know of the app; repeatable",
    )
    group.addoption("--minutes", type=float, default=13.0, help="minutes of device time that the walk through the app may take")
    group.addoption("--steps", type=int, default=600, help="presses that the walk through the app may take")
    group.addoption("--seed", type=int, default=0, help="choice of the walk among equals: the same seed, the same steps")
    group.addoption("--pause", action="store_true", help="stop where a person is needed (验证码, 滑块, 人脸) and go on after them")
    group.addoption("--policy", type=Path, metavar="FILE", help="text of the app's privacy policy")
    group.addoption("--clock", action="store_true", help="move the device's clock by 47 and 49 hours for the 48-hour rule, and back")
    group.addoption("--city", default="", help="where the phone is, for the report")
    group.addoption("--runs", type=Path, default=Path("reports") / "runs", help="where run folders are written")


def pytest_configure(config: pytest.Config) -> None:
    """A pytest-html report of scenarios is one file that can be attached to a submission."""
    if config.getoption("app") and hasattr(config.option, "self_contained_html"):
        config.option.self_contained_html = True


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The short scenarios of the lower clauses go first; the rules of clauses that were not asked for are left out.

    Within a clause a scenario with ``FIRST_OF_CLAUSE`` goes first, one with ``LAST_OF_CLAUSE`` last. A scenario without a rule
    left is not driven.
    """
    if not config.getoption("app"):
        return
    items.sort(key=_place)
    wanted = config.getoption("clause")
    if not wanted:
        return
    out = [item for item in items if _clause(item) not in (None, *wanted)]
    config.hook.pytest_deselected(items=out)
    items[:] = [item for item in items if item not in out]


def _place(item: pytest.Item) -> tuple[int, bool, bool]:
    """Where an item stands in the order of the run."""
    module = getattr(item, "module", None)
    return _clause(item) or 0, not getattr(module, "FIRST_OF_CLAUSE", False), getattr(module, "LAST_OF_CLAUSE", False)


def _clause(item: pytest.Item) -> int | None:
    """The clause of the rule that an item judges; None for an item that judges none."""
    rule = getattr(item, "callspec", None) and item.callspec.params.get("rule")  # type: ignore[attr-defined]
    found = re.match(r"c(\d+)-", str(rule))
    return int(found[1]) if found else None


@pytest.fixture(scope="session")
def run(request: pytest.FixtureRequest) -> Iterator[Run]:
    """The one session of this pytest run; sealed and analysed at the end."""
    option = request.config.getoption
    if not option("app"):
        pytest.skip("no app: give --app com.example.app or --app FILE.apk")
    options = Options(
        consent=option("consent"),
        taps=tuple(option("tap")),
        pause=bool(option("pause")),
        minutes=option("minutes"),
        steps=option("steps"),
        seed=option("seed"),
        strict=bool(option("strict")),
        clauses=tuple(sorted(set(option("clause") or CLAUSES))),
        city=option("city"),
        clock=option("clock"),
    )
    try:
        if option("policy"):
            options = replace(options, policy=read_policy(option("policy")))
        options = with_profiles(options, option("profile"))
        device = open_device(option("serial"), port=option("adb_port"))
        opened = Run.open(device, option("app"), option("runs"), options, progress)
    except HarnessError as error:
        request.config.stash[PROBLEM] = error
        pytest.exit(f"apprights: {error}", returncode=pytest.ExitCode.USAGE_ERROR)
    request.config.stash[RUN] = opened
    yield opened
    opened.close()


@pytest.fixture
def verdict(request: pytest.FixtureRequest, rule: str, driven: Run) -> Verdict:
    """The verdict of ``rule``; one that is no judgement about the app ends here, in the set-up: an error to pytest.

    A scenario module provides ``driven``: the run after its driving.
    """
    found = driven.verdict(rule)
    request.node.stash[VERDICT] = found
    request.node.user_properties += [
        ("outcome", found.outcome.value),
        ("outcome_zh", found.outcome.label_zh),
        ("clause", str(found.rule.clause.number)),
    ]
    if found.outcome is Outcome.NOT_EXERCISED:
        pytest.skip(f"{found.outcome.label_zh}: {found.reason_zh} / {found.reason_en}")
    if found.outcome is Outcome.INCONCLUSIVE:
        pytest.fail(f"{found.outcome.label_zh}: {found.reason_zh} / {found.reason_en}", pytrace=False)
    return found


def assert_not_violated(verdict: Verdict, *, strict: bool) -> None:
    """Fail the item for a violation, and with ``strict`` for a suspected one."""
    if verdict.outcome is Outcome.VIOLATION or (strict and verdict.outcome is Outcome.SUSPECTED):
        pytest.fail(f"{verdict.outcome.label_zh}: {verdict.reason_zh} / {verdict.reason_en}", pytrace=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Put the evidence of a judged item under its row of the pytest-html report, where one is written."""
    report = yield
    found = item.stash.get(VERDICT, None)
    opened = item.config.stash.get(RUN, None)
    reported = item.config.getoption("htmlpath", None)  # pytest-html's own; its pictures cost as much as the judging
    if reported and found is not None and opened is not None and (report.when == "call" or report.outcome != "passed"):
        extras: list[Any] = getattr(report, "extras", [])
        html = verdict_fragment(opened.analysis, found.rule.id, opened.folder)
        extra = {"name": "apprights", "format_type": "html", "content": html, "mime_type": None, "extension": None}
        extras.append(extra)
        report.extras = extras  # type: ignore[attr-defined] # pytest-html's own attribute
    return report


@pytest.hookimpl(optionalhook=True)
def pytest_html_results_table_header(cells: list[str]) -> None:
    """A column for the five outcomes; pytest's own results, by which its page filters, stay as they are."""
    cells.insert(1, "<th>结论 Outcome</th>")


@pytest.hookimpl(optionalhook=True)
def pytest_html_results_table_row(report: pytest.TestReport, cells: list[str]) -> None:
    """Show 疑似 and the other outcomes in the row itself."""
    label = dict(report.user_properties).get("outcome_zh", "")
    if cells:
        cells.insert(1, f"<td>{label}</td>")


@pytest.hookimpl(optionalhook=True)
def pytest_html_results_summary(prefix: list[str], session: pytest.Session) -> None:
    """Put the outcomes above the table as plain HTML: pytest-html's own rows exist only where JavaScript runs."""
    items = [item.stash.get(VERDICT, None) for item in session.items]
    for found in filter(None, items):
        line = f"{found.outcome.label_zh}  {found.rule.label_zh}: {found.reason_zh} / {found.reason_en}"
        prefix.append(f"<p>{escape(line)}</p>")


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say where the evidence is."""
    opened = config.stash.get(RUN, None)
    if opened is not None:
        terminalreporter.write_line(f"run folder: {opened.folder}")
