"""The app is left alone, killed, and stimulated: does it start by itself?"""

from functools import partial

from harness.background.stimuli import STIMULI
from harness.background.trials import REST_SECONDS, Background
from harness.engine.scenario import Scenario, alone, assert_not_violated
from harness.explorer.first_start_walk import bring_into_use
from harness.language import _
from harness.session.concurrent_sessions import ConcurrentSessions
from harness.session.session import Session
from harness.verdicts.judge import Verdict

ROUNDS = 3
HOURS = 6.0  # three half hours of rest, seven stimuli and a reboot a round, as measured on the virtual device

RULES = ("c6-self-start", "c6-hidden-activity")


def drive(concurrent: ConcurrentSessions, canary: str) -> None:
    """Drive the device once; what happened is in the run folder."""
    background, session = Background.of(concurrent), concurrent.phone
    session.progress(
        _("{package}: clause 6, {rounds} rounds, {hours} h of device time", package=session.run_progress.app, rounds=ROUNDS, hours=HOURS)
    )
    session.canary(canary)
    concurrent.each(Session.reset)
    background.read_phone()
    background.end_others()
    with background.tracking():
        with concurrent.parts():
            concurrent.each(partial(_open, background))
        held_back = background.held_back()
        if held_back:
            with concurrent.only(held_back):
                _round(concurrent, background, canary, 0)  # as the ROM ships it; then as a user has it who wants messages
        with background.autostart_on(held_back):
            for number in range(1, ROUNDS + 1):
                _round(concurrent, background, canary, number)
            background.read_start_policy()


def _open(background: Background, session: Session) -> None:
    part = background.concurrent.enter(session, "open")
    session.launch()
    background.read_callers()
    part.cut_short = bring_into_use(session, background.read_starts) or ""


def _round(concurrent: ConcurrentSessions, background: Background, canary: str, number: int) -> None:
    """Every trial once."""
    background.dark_trial(number)
    background.trial("idle", number, None, REST_SECONDS)
    for trigger in STIMULI:
        background.trial(trigger.value, number, trigger)
    background.doze_trial(number)
    background.swipe_trial("swipe", number)
    background.swipe_trial("clear-all", number)
    concurrent.phone.canary(canary)
    background.boot_trial(f"trigger-boot-{number}")
    concurrent.phone.canary(canary)


SCENARIO = Scenario("self-start", RULES, alone(drive), together=drive, takes=lambda options: HOURS * 3600)


def test_self_start(verdict: Verdict, strict: bool) -> None:
    """Judge one rule on what the device showed."""
    assert_not_violated(verdict, strict=strict)
