"""The app is opened, used and left, with the apps that the phone has as bait.

Whom does it wake without being asked to?
"""

from functools import partial

from harness.background.trials import Background
from harness.engine.scenario import Scenario, alone, assert_not_violated
from harness.explorer.first_start_walk import OPEN_SECONDS, bring_into_use
from harness.explorer.named_function import use_named
from harness.session.check_options import Options
from harness.session.concurrent_sessions import ConcurrentSessions
from harness.session.screen_watch import Watch
from harness.session.session import Session
from harness.verdicts.judge import Verdict

FIRST_START_SECONDS = 60.0  # [PROJECT]: some five pages of a first start
WATCH_SECONDS = 300.0  # the window of c6-wakes-third-parties: docs/procedure.md
FUNCTION_SECONDS = 20.0
IN_TURN_SECONDS = 15.0
"""How long one of several apps stays in front after that [PROJECT]: what it does later is seen while it is left."""

RULES = ("c6-association-start", "c6-wakes-third-parties")


def takes(options: Options) -> float:
    """Seconds of device time at most."""
    return 2 * OPEN_SECONDS + FIRST_START_SECONDS + 2 * WATCH_SECONDS + 2 * FUNCTION_SECONDS * len(options.taps)


def drive(concurrent: ConcurrentSessions, canary: str) -> None:
    """Drive the device once; what happened is in the run folder."""
    background = Background.of(concurrent)
    concurrent.phone.canary(canary)
    concurrent.each(Session.reset)
    background.read_phone()
    background.end_others()
    with background.tracking(), concurrent.parts():
        concurrent.each(partial(_use, background))
        background.watch(WATCH_SECONDS)
        background.read_callers()
    concurrent.phone.canary(canary)


def _use(background: Background, session: Session) -> None:
    """Open the app, use what the tester named, and leave it; alone it is looked at for longer."""
    concurrent = background.concurrent
    part = concurrent.enter(session, "association-open")
    session.launch()
    background.read_callers()
    part.cut_short = bring_into_use(session, background.read_starts) or ""
    background.watch(WATCH_SECONDS if concurrent.alone else IN_TURN_SECONDS)
    background.read_callers()  # a call to an app that runs already starts nothing that would be noticed
    for number, text in enumerate(session.options.taps, 1):
        concurrent.enter(session, f"association-function-{number}")
        if use_named(session, text):
            Watch(session, FUNCTION_SECONDS).run()
            background.watch(FUNCTION_SECONDS)
            background.read_callers()
    concurrent.enter(session, "association-left")
    session.press("home")


SCENARIO = Scenario("association-start", RULES, alone(drive), together=drive, takes=takes)


def test_association_start(verdict: Verdict, strict: bool) -> None:
    """Judge one rule on what the device showed."""
    assert_not_violated(verdict, strict=strict)
