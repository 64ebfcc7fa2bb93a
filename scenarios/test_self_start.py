"""The app is left alone, killed, and stimulated: does it start by itself?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.background.stimuli import STIMULI
from harness.background.trials import REST_SECONDS, Background
from harness.engine.scenario import Scenario, assert_not_violated
from harness.language import _
from harness.session.watch import Watch

if TYPE_CHECKING:
    from harness.session.session import Session
    from harness.verdicts.judge import Verdict

OPEN_SECONDS = 15.0  # [PROJECT]: splash, advert, consent and home page of a slow app
ROUNDS = 3
HOURS = 5.5  # three half hours of rest, seven stimuli and a reboot a round, as measured on the virtual device

RULES = ("c6-self-start", "c6-hidden-activity")


def drive(session: Session, canary: str) -> None:
    """Drive the device once; what happened is in the run folder."""
    background = Background(session)
    session.progress(
        _(
            "{package}: clause 6, {rounds} rounds, {hours} h of device time; '--clause 5' leaves it out",
            package=session.app.package,
            rounds=ROUNDS,
            hours=HOURS,
        )
    )
    session.canary(canary)
    session.reset()
    background.read_phone()
    background.end_others()
    with background.tracking():
        with session.segment("open"):
            session.launch()
            background.read_callers()
            Watch(session, OPEN_SECONDS).run()
        if background.autostart() is not False:
            _rounds(session, background, canary)
            background.read_start_policy()
            return
        _round(session, background, canary, 0)  # as the ROM ships it; then as a user has it who wants messages
        with background.autostart_on():
            _rounds(session, background, canary)
            background.read_start_policy()


def _rounds(session: Session, background: Background, canary: str) -> None:
    for number in range(1, ROUNDS + 1):
        _round(session, background, canary, number)


def _round(session: Session, background: Background, canary: str, number: int) -> None:
    """Every trial once."""
    background.dark_trial(number)
    background.trial("idle", number, None, REST_SECONDS)
    for trigger in STIMULI:
        background.trial(trigger.value, number, trigger)
    background.doze_trial(number)
    background.swipe_trial("swipe", number)
    background.swipe_trial("clear-all", number)
    session.canary(canary)
    background.boot_trial(f"trigger-boot-{number}")
    session.canary(canary)


SCENARIO = Scenario("self-start", RULES, drive, takes=lambda options: HOURS * 3600)


def test_self_start(verdict: Verdict, strict: bool) -> None:
    """Judge one rule on what the device showed."""
    assert_not_violated(verdict, strict=strict)
