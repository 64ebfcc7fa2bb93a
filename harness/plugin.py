"""The pytest face of the engine: options, fixtures, hooks; no logic of its own.

A scenario drives the device once, when the first of its items is set up; each rule is a test item that only judges. So
a failed item is a violation, an error is our side or the device, a skipped one was not exercised.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from markupsafe import escape

from harness.engine.options import CHOICES, CLEARS, add_options, declared, options_from
from harness.engine.scenario import Place, Scenario, Violated, assert_not_violated, clause_of, sentence, turn
from harness.errors import HarnessError
from harness.events.findings import Outcome

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from harness.engine.run import Run
    from harness.verdicts.judge import Verdict

__all__ = ["assert_not_violated", "driven", "run", "strict", "verdict"]

RUN = pytest.StashKey["Run"]()
VERDICT = pytest.StashKey["Verdict"]()
UNSEALED = pytest.StashKey[str]()
"""Why the run could not be sealed or judged at its end."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options of a check; all but --app have a default."""
    group = parser.getgroup("apprights", "AppRights: check an Android app")
    add_options(group.addoption, declared("app", "serial", "adb-port", "wait-turn", *CHOICES, *CLEARS, "runs"))


def pytest_configure(config: pytest.Config) -> None:
    """A pytest-html report of scenarios is one file that can be attached to a submission."""
    if config.getoption("app") and hasattr(config.option, "self_contained_html"):
        config.option.self_contained_html = True


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test about a verdict, in a file with a SCENARIO, is one item for each rule of the scenario."""
    scenario = getattr(metafunc.module, "SCENARIO", None)
    own = [name for mark in metafunc.definition.iter_markers("parametrize") for name in mark.args[:1]]
    if isinstance(scenario, Scenario) and "rule" in metafunc.fixturenames and "rule" not in own:
        metafunc.parametrize("rule", scenario.rules)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Items go in the order in which the scenarios drive; the rules of clauses that were not asked for are left out.

    A scenario without a rule left is not driven. Items that judge no rule stay, before all others.
    """
    if not config.getoption("app"):
        return
    items.sort(key=_place)
    wanted = config.getoption("clause")
    if not wanted:
        return
    out = [item for item in items if _clause(item) not in (0, *wanted)]
    config.hook.pytest_deselected(items=out)
    items[:] = [item for item in items if item not in out]


def _place(item: pytest.Item) -> tuple[bool, int, Place]:
    """Where an item stands in the order of the run: one that judges no rule comes before all others."""
    scenario = getattr(getattr(item, "module", None), "SCENARIO", None)
    clause = _clause(item)
    return turn(scenario.place if isinstance(scenario, Scenario) and clause else Place.FIRST, clause)


def _clause(item: pytest.Item) -> int:
    """The clause of the rule that an item judges; 0 for an item that judges none."""
    return clause_of(_rule(item))


def _rule(item: pytest.Item) -> str:
    """The rule that an item judges, empty for one that judges none."""
    found = getattr(item, "callspec", None)
    return str(found.params.get("rule", "")) if found is not None else ""


@pytest.fixture(scope="session")
def run(request: pytest.FixtureRequest) -> Iterator[Run]:
    """The one session of this pytest run; sealed and analysed at the end."""
    from harness.console import progress
    from harness.device.adb import open_device  # not in every pytest of whoever has this plugin installed
    from harness.engine.clearing import agree_to_clear
    from harness.engine.run import Run

    option = request.config.getoption
    if not option("app"):
        pytest.skip("no app: give --app com.example.app or --app FILE.apk")
    try:
        options = options_from(vars(request.config.option))
        device = open_device(option("serial"), port=option("adb_port"))
        agree_to_clear(device, option("app"), yes=option("yes"), system_app=option("system_app"))
        opened = Run.open(device, option("app"), option("runs"), options, progress, wait=option("wait_turn"))
        if not _is_worker(request.config):
            for name, rules in _planned(request.session.items).items():
                opened.plan(name, rules)
    except HarnessError as error:
        if _is_worker(request.config):  # pytest-xdist takes a worker that exits for a crash of its own
            pytest.fail(f"apprights: {error}", pytrace=False)
        pytest.exit(f"apprights: {error}", returncode=pytest.ExitCode.USAGE_ERROR)
    request.config.stash[RUN] = opened
    yield opened
    try:
        opened.close()
    except HarnessError as error:
        request.config.stash[UNSEALED] = str(error)


@pytest.fixture(scope="module")
def driven(request: pytest.FixtureRequest, run: Run) -> Run:
    """The run after the SCENARIO of this file drove the device; a file may have its own fixture of this name."""
    from harness.engine.check import carry_out

    scenario = getattr(request.module, "SCENARIO", None)
    if not isinstance(scenario, Scenario):
        pytest.fail(f"{request.path.name} has no SCENARIO = Scenario(...), and no fixture 'driven' of its own", pytrace=False)
    if _is_worker(request.config):
        run.plan(scenario.name, _planned(request.session.items).get(scenario.name, ()))
    carry_out(run, scenario)
    return run


def _is_worker(config: pytest.Config) -> bool:
    """Whether pytest-xdist shares the items out: what others drive is not for this run to miss."""
    return hasattr(config, "workerinput")


def _planned(items: Iterable[pytest.Item]) -> dict[str, list[str]]:
    """The scenarios that will drive by our own fixture, each with the rules that are asked for."""
    found: dict[str, list[str]] = {}
    for item in items:
        scenario, ways = getattr(getattr(item, "module", None), "SCENARIO", None), getattr(item, "_fixtureinfo", None)
        defined = ways.name2fixturedefs.get("driven", ()) if ways is not None else ()
        rule = _rule(item)
        if isinstance(scenario, Scenario) and rule and defined and defined[-1].baseid == "":  # of this plugin, not of a folder
            found.setdefault(scenario.name, []).append(rule)
    return found


@pytest.fixture(scope="session")
def strict(pytestconfig: pytest.Config) -> bool:
    """Whether a suspected verdict fails too: pytest's own ``--strict``."""
    return bool(pytestconfig.getoption("strict"))


@pytest.fixture
def verdict(request: pytest.FixtureRequest, rule: str, driven: Run) -> Verdict:
    """The verdict of ``rule``; one that is no judgement about the app ends here, in the set-up: an error to pytest."""
    found = driven.verdict(rule)
    request.node.stash[VERDICT] = found
    request.node.user_properties += [
        ("outcome", found.outcome.value),
        ("outcome_zh", found.outcome.label_zh),
        ("clause", str(found.rule.clause.number)),
    ]
    if found.outcome is Outcome.NOT_EXERCISED:
        pytest.skip(sentence(found))
    if found.outcome is Outcome.INCONCLUSIVE:
        pytest.fail(sentence(found), pytrace=False)
    return found


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """A violation is told by its reason, without a traceback through our code."""
    try:
        return (yield)
    except Violated as violated:
        if pyfuncitem.stash.get(VERDICT, None) is None:
            raise
        pytest.fail(str(violated), pytrace=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Put the evidence of a judged item under its row of the pytest-html report, where one is written."""
    report = yield
    found = item.stash.get(VERDICT, None)
    opened = item.config.stash.get(RUN, None)
    reported = item.config.getoption("htmlpath", None)  # pytest-html's own; its pictures cost as much as the judging
    if reported and found is not None and opened is not None and (report.when == "call" or report.outcome != "passed"):
        extras: list[Any] = getattr(report, "extras", [])
        from harness.report.fragments import verdict_fragment

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


@pytest.hookimpl(wrapper=True)
def pytest_sessionfinish(session: pytest.Session) -> Generator[None, None, None]:
    """After the run was sealed, end as a program does that a signal ended: pytest's own code for Ctrl-C is 2."""
    yield
    opened = session.config.stash.get(RUN, None)
    if opened is not None and opened.interrupted:
        session.exitstatus = 128 + opened.interrupted
    elif session.config.stash.get(UNSEALED, ""):
        session.exitstatus = pytest.ExitCode.INTERNAL_ERROR


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say where the evidence is."""
    opened = config.stash.get(RUN, None)
    if opened is not None:
        if opened.interrupted:
            terminalreporter.write_line("未完成：检测被中断 / not finished: the check was interrupted", red=True)
        if problem := config.stash.get(UNSEALED, ""):
            terminalreporter.write_line(f"检测记录未能封存 / the run could not be sealed: {problem}", red=True)
        terminalreporter.write_line(f"run folder: {opened.folder}")
