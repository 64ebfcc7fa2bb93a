"""The app is never opened, then opened and left with its privacy policy unanswered.

Does it start, or start others, all the same?
"""

from harness.background.trials import BOOT_SECONDS, REST_SECONDS, TRIAL_SECONDS, Background
from harness.engine.scenario import Place, Scenario, alone, assert_not_violated
from harness.session.check_options import Options
from harness.session.concurrent_sessions import ConcurrentSessions
from harness.session.session import Session
from harness.verdicts.judge import Verdict

UNOPENED_SECONDS = 60.0

RULES = ("c6-starts-before-consent",)


def takes(options: Options) -> float:
    """Seconds of device time at most, but for the reboot itself."""
    return UNOPENED_SECONDS + TRIAL_SECONDS + REST_SECONDS + BOOT_SECONDS


def drive(concurrent: ConcurrentSessions, canary: str) -> None:
    """Drive the device once; what happened is in the run folder."""
    background, session = Background.of(concurrent), concurrent.phone
    session.canary(canary)
    concurrent.each(Session.reset)
    background.read_phone()
    background.read_start_policy()
    background.end_others()
    with background.tracking():
        with session.segment("unopened"):
            background.watch(UNOPENED_SECONDS)
        background.before_consent()
        session.canary(canary)
        background.boot_trial("before-consent-boot")
    session.canary(canary)


# before all others: what an app enables once it has a consent outlives the clearing of its data, and apps that it woke
# under another scenario could not be seen to start
SCENARIO = Scenario("before-consent", RULES, alone(drive), together=drive, place=Place.FIRST, takes=takes)


def test_before_consent(verdict: Verdict, strict: bool) -> None:
    """Judge one rule on what the device showed."""
    assert_not_violated(verdict, strict=strict)
