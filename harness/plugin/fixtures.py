"""The fixtures: the run and what it is made of, the driving, and the verdict of a rule."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from harness.device.protocol import Device
from harness.engine.device_selection import refuse_contradiction
from harness.errors import HarnessError
from harness.language import _, said
from harness.plugin.items import planned, scenario_of
from harness.plugin.outcomes import Refused, judged
from harness.plugin.pytest_options import values
from harness.plugin.session_phones import phones
from harness.plugin.summary import RUN, finished
from harness.plugin.terminal_progress import worker_of

if TYPE_CHECKING:
    from harness.engine.scenario_run import Run
    from harness.events.app_under_test import AppUnderTest
    from harness.verdicts.judge import Verdict


@pytest.fixture(scope="session")
def run(request: pytest.FixtureRequest) -> Iterator[Run]:
    """The one session with app and device of this pytest run; sealed and analysed at the end."""
    config = request.config
    alone = not worker_of(config)
    try:
        chosen = values(config)
        if not chosen["app"]:
            pytest.skip(said(_("no app: give --app com.example.app or --app FILE.apk")))
        serials = phones(config, chosen)
        refuse_contradiction({**chosen, "serial": serials[0]}, chosen["app"])
        from harness.plugin.run_opening import open_run  # with OpenCV and the phone libraries

        opened = open_run(config, chosen, serials)
        if alone:
            for name, rules in planned(request.session.items).items():
                opened.run.plan(name, rules)
    except HarnessError as error:
        if alone:
            raise Refused(f"apprights: {said(error)}") from None
        pytest.fail(f"apprights: {said(error)}", pytrace=False)  # pytest-xdist takes a worker that ends for a crash of its own
    config.stash[RUN] = opened.run
    yield opened.run
    finished(config, opened.close())


@pytest.fixture(scope="session")
def phone(run: Run) -> Device:
    """The device of the run, for what a scenario wants to ask it."""
    return run.session.device


@pytest.fixture(scope="session")
def app_under_test(run: Run) -> AppUnderTest:
    """The app of the run: its package, label, version, permissions."""
    return run.session.app


@pytest.fixture(scope="module")
def driven(request: pytest.FixtureRequest, run: Run) -> Run:
    """The run after the SCENARIO of this file drove the device; a file may have its own fixture of this name."""
    from harness.engine.check import carry_out

    scenario = scenario_of(request.module)
    if scenario is None:
        file = request.path.name
        text = _("{file} has no SCENARIO = Scenario(...), and no fixture 'driven' of its own", file=file)
        pytest.fail(said(text), pytrace=False)
    if worker_of(request.config):
        run.plan(scenario.name, planned(request.session.items).get(scenario.name, ()))
    carry_out(run, scenario)
    return run


@pytest.fixture(scope="session")
def strict(pytestconfig: pytest.Config) -> bool:
    """Whether a suspected verdict fails too: ``--apprights-strict``, or pytest's own ``--strict``."""
    return bool(pytestconfig.getoption("strict")) or bool(values(pytestconfig)["strict"])


@pytest.fixture
def verdict(request: pytest.FixtureRequest, rule: str, driven: Run) -> Verdict:
    """The verdict of ``rule``; one that is no judgement about the app ends here, in the set-up: an error to pytest."""
    session = getattr(driven, "session", None)  # a file may have a stand-in for the run
    package = str(session.app.package if session is not None else values(request.config)["app"])
    return judged(request.node, driven.verdict(rule), package)
