"""A switch that turns personal recommendation off is turned off: is it still off when the app is started anew?"""

from harness.engine.scenario import Place, Scenario, assert_not_violated
from harness.explorer.switch_trials import MOST_SWITCHES, found_switches, go_as_told, read_policy, try_switch
from harness.session.check_options import Options
from harness.session.session import Session
from harness.verdicts.judge import Verdict

TRIAL_SECONDS = 120.0  # [PROJECT]: two starts of a slow app, the way to the switch both times

RULES = ("c4-no-switch", "c4-switch-comes-back", "c4-not-told", "c4-source-not-told")


def takes(options: Options) -> float:
    """Seconds of device time at most."""
    del options
    return MOST_SWITCHES * TRIAL_SECONDS


def drive(session: Session, canary: str) -> None:
    """Drive the device once: where the policy says that a switch is, and what becomes of each that was met."""
    del canary  # no log is needed
    read_policy(session)
    go_as_told(session)
    if found := found_switches(session):
        for number, switch in enumerate(found, 1):
            try_switch(session, number, switch)
        session.reset()


SCENARIO = Scenario("recommendation-switch", RULES, drive, place=Place.LAST, takes=takes)


def test_recommendation_switch(verdict: Verdict, strict: bool) -> None:
    """Judge one rule on what the device showed."""
    assert_not_violated(verdict, strict=strict)
