"""First launch: refuse every permission and watch.

Then the functions the tester names, a walk through the app, and cold starts.

What the app is accused of by then is tried again with other answers: the control run.
"""

from harness.engine.scenario import Scenario, assert_not_violated
from harness.explorer.app_walk import SIT_STEP, Budget, Walk
from harness.explorer.named_function import use_named, used_in_walk
from harness.session.check_options import Options
from harness.session.screen_watch import Watch
from harness.session.session import Session
from harness.verdicts.judge import Verdict

FIRST_LAUNCH_SECONDS = 60.0
READING_SECONDS = 10.0  # [PROJECT]: a person reads the privacy prompt; what SDKs put off by some seconds falls into it
IN_SESSION_SECONDS = 180.0  # the in-session watch: docs/rules.md 4.3
COLD_STARTS = 3
COLD_START_SECONDS = 15.0  # [PROJECT]: splash, advert and home page of a slow app
ENDING_SECONDS = 40.0  # [PROJECT]: how long the last act and its watch may go on when the time of the walk is over
PAUSE_SECONDS = 5.0  # [PROJECT]: docs/procedure.md
FIRST_STEPS = Budget(4.0, 80)
"""What the pages of a first start may cost [PROJECT]: some five pages, and what one or two of them ask for."""

RULES = (
    "c1-permission-before-consent",
    "c1-no-privacy-prompt",
    "c1-consent-without-refusal",
    "c1-consent-preticked",
    "c1-reads-before-consent",
    "c1-reads-after-refusal",
    "c1-no-policy-of-its-own",
    "c1-policy-hard-to-find",
    "c1-undeclared-reads",
    "c1-undeclared-sdks",
    "c3-recipient-not-told",
    "c4-not-labelled",
    "c5-exit-after-denial",
    "c5-dialog-loop",
    "c5-denial-blocks-function",
    "c5-denial-blocks-login",
    "c5-asks-again-on-relaunch",
    "c5-asks-again-in-session",
    "c5-asks-before-use",
    "c5-bundled-request",
    "c5-purpose-not-told",
    "c5-asks-without-function",
    "c5-album-despite-picker",
    "c5-background-location",
    "c8-reward-for-identity",
)


def takes(options: Options) -> float:
    """Seconds of device time at most; a control run, which only an accusation asks for, comes on top."""
    starts = IN_SESSION_SECONDS + COLD_STARTS * (PAUSE_SECONDS + COLD_START_SECONDS)
    return starts + FIRST_LAUNCH_SECONDS * len(options.taps) + 60 * (FIRST_STEPS.minutes + options.minutes) + ENDING_SECONDS


def drive(session: Session, canary: str) -> None:
    """Drive the device once; what happened is in the run folder."""
    session.canary(canary)
    session.reset()
    session.app_ops.start()
    with session.segment("first-launch"):
        session.launch()
        watch = Watch(session, FIRST_LAUNCH_SECONDS, reading=READING_SECONDS)
        watch.run()
        session.app_ops.read_listeners()
        if watch.denials:  # an app may come back to it later, as long as the same process lives
            Watch(session, IN_SESSION_SECONDS - FIRST_LAUNCH_SECONDS, step=SIT_STEP).run()
    Walk(session, FIRST_STEPS, session.options.seed).first_steps()
    taps = dict(enumerate(session.options.taps, 1))
    deeper = {number: text for number, text in taps.items() if not _use_named(session, number, text, needed=False)}
    _cold_start(session, 1)  # before the walk uses functions that may ask again rightly
    Walk(session, Budget(session.options.minutes, session.options.steps), session.options.seed).run()
    for number, text in deeper.items():
        if not used_in_walk(session, text):
            _use_named(session, len(taps) + number, text, needed=True)
    session.canary(canary)
    for number in range(2, COLD_STARTS + 1):
        _cold_start(session, number)
    session.app_ops.stop()
    session.canary(canary)


def _use_named(session: Session, number: int, text: str, *, needed: bool) -> bool:
    with session.segment(f"function-{number}"):
        if found := use_named(session, text, needed=needed):
            Watch(session, FIRST_LAUNCH_SECONDS).run()
    return found


def _cold_start(session: Session, number: int) -> None:
    session.stop()
    session.idle(PAUSE_SECONDS)
    with session.segment(f"cold-start-{number}"):
        session.launch()
        Watch(session, COLD_START_SECONDS).run()


SCENARIO = Scenario("permission-denial", RULES, drive, controls=True, fresh=True, takes=takes)


def test_permission_denial(verdict: Verdict, strict: bool) -> None:
    """Judge one rule on what the device showed."""
    assert_not_violated(verdict, strict=strict)
