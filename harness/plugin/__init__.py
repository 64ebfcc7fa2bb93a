"""The pytest face of the engine: options, fixtures, hooks; no logic of its own.

A scenario drives the device once, when the first of its items is set up; each rule is a test item that only judges. So
a failed item is a violation, an error is our side or the device, a skipped one was not exercised.

Every pytest of whoever has AppRights installed loads this module. It imports nothing heavy, and what shows results is
registered only where there are tests of ours.
"""

from collections.abc import Generator
from contextlib import ExitStack
from pathlib import Path

import pytest

from harness.errors import HarnessError
from harness.language import said
from harness.plugin import items as _items
from harness.plugin import pytest_options
from harness.plugin.fixtures import app_under_test, driven, phone, run, strict, verdict

__all__ = ["app_under_test", "driven", "phone", "run", "strict", "verdict"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options of a check; all but the app have a default."""
    pytest_options.add_options(parser)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config, parser: pytest.Parser, args: list[str]) -> Generator[None, object, object]:
    """Take the short options that were typed, once everybody else has declared theirs.

    Until then their values must not be taken for paths, by which pytest finds the first conftests.
    """
    short = pytest_options.short_names(parser, args)
    if short:
        early_config.known_args_namespace.file_or_dir[:] = parser.parse_known_args(pytest_options.without(args, short)).file_or_dir
    result = yield
    pytest_options.add_short(parser, short)
    return result


@pytest.hookimpl(tryfirst=True)  # pytest-html reads its options at its own turn
def pytest_configure(config: pytest.Config) -> None:
    """Refuse a value that an option cannot have, and be ready for workers and pages.

    Where an app is checked the tester's own config is in force, that of the root folder or above.
    """
    typed = pytest_options.typed(config)
    app = typed.get("app") or config.getini("apprights_app")
    if app:
        _own_config(config)
    if typed.get("app") and hasattr(config.option, "self_contained_html"):
        config.option.self_contained_html = True  # one file that can be attached to a submission
    if app and config.getoption("tx", None) and not hasattr(config, "workerinput"):
        from harness.plugin.workers import Workers

        config.pluginmanager.register(Workers(config), "apprights-workers")
        _show(config)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test about a verdict, in a file with a SCENARIO, is one item for each rule of the scenario."""
    if "rule" not in metafunc.fixturenames or (scenario := _items.scenario_of(metafunc.module)) is None:
        return
    if "rule" not in [name for mark in metafunc.definition.iter_markers("parametrize") for name in mark.args[:1]]:
        metafunc.parametrize("rule", scenario.judged)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where there are tests of ours: they go in the order in which the scenarios drive, after all others.

    The rules of clauses that were not asked for are left out.
    """
    if not any(_items.is_ours(item) for item in items):
        return
    _show(config)
    worker = hasattr(config, "workerinput")
    try:
        chosen = pytest_options.values(config)
        _keep_case(config, chosen["case"])
    except HarnessError as error:
        if worker:
            return  # each test of ours will say it; a worker that ends is taken for a crash
        raise pytest.UsageError(said(error)) from None
    if not chosen["app"]:
        return
    items[:] = _items.ordered(items)
    if out := _items.of_other_clauses(items, chosen["clause"] or (), chosen["profile"] or ()):
        config.hook.pytest_deselected(items=out)
        items[:] = [item for item in items if item not in out]
    if worker:
        from harness.plugin.workers import tell_ours

        tell_ours(config, items)


def _own_config(config: pytest.Config) -> None:
    """Have the tester's own config in force until pytest ends; raises pytest.UsageError for one that is wrong."""
    from harness.engine.own_config import own_config

    own = ExitStack()
    try:
        own.enter_context(own_config(pytest_options.named_config(config), config.rootpath))
    except HarnessError as error:
        pytest_options.speak(config)
        raise pytest.UsageError(f"apprights: {said(error)}") from None
    config.add_cleanup(own.close)


def _keep_case(config: pytest.Config, path: Path | None) -> None:
    """Read the case file before anything is driven; pytest-html's page shows it."""
    if path is not None:
        from harness.plugin.attachments import CASE
        from harness.report.case import read_case

        config.stash[CASE] = read_case(path)


def _show(config: pytest.Config) -> None:
    """Register what says how our tests ended, in the language of this run."""
    if config.pluginmanager.has_plugin("apprights-summary"):
        return
    from harness.plugin import outcomes
    from harness.plugin.attachments import Page
    from harness.plugin.summary import Summary

    pytest_options.speak(config)
    config.pluginmanager.register(outcomes, "apprights-outcomes")
    config.pluginmanager.register(Summary(config), "apprights-summary")
    if config.pluginmanager.has_plugin("html"):
        config.pluginmanager.register(Page(), "apprights-page")
