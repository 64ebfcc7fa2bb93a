"""On cleared data every permission is allowed, the app used, left in front and left in the background.

What does it read then, how often, and for whom does nobody see it?
"""

from harness.background.stimuli import run_command
from harness.engine.scenario import Place, Scenario, assert_not_violated
from harness.explorer.app_walk import Budget, Walk
from harness.language import _
from harness.session.check_options import Options
from harness.session.screen_watch import Watch
from harness.session.session import Session
from harness.verdicts.judge import Verdict

FIRST_LAUNCH_SECONDS = 30.0  # [PROJECT]: what an app asks for at its start comes by then
USE = Budget(4.0, 120)  # [PROJECT]: some 30 pages
AGAIN = Budget(1.0, 30)  # [PROJECT]: the ways to what asked
FRONT_SECONDS = 200.0  # [PROJECT]: six reads at the longest period that counts, and a little
RETURN_SECONDS = 10.0  # [PROJECT]: what a return to it shows comes by then
LIT_SECONDS = 60.0  # [PROJECT]: in the background with the screen on, before it goes dark
SERVICES = ["dumpsys", "activity", "services"]

RULES = ("c2-reads-periodically", "c2-reads-in-background", "c2-reads-without-need")


def takes(options: Options) -> float:
    """Seconds of device time at most."""
    minutes = 2 * USE.minutes + AGAIN.minutes + options.background_minutes
    return FIRST_LAUNCH_SECONDS + FRONT_SECONDS + LIT_SECONDS + RETURN_SECONDS + 60 * minutes


def drive(session: Session, canary: str) -> None:
    """Drive the device once; the permissions are taken back by the clearing at the end."""
    if session.options.consent == "refuse":
        for rule in RULES:
            session.not_tried(rule, _("the privacy policy was to be refused: then nothing is allowed either"))
        return
    session.progress(
        _(
            "{package}: used with every permission allowed, {minutes:.0f} min of device time",
            package=session.run_progress.app,
            minutes=takes(session.options) / 60,
        )
    )
    session.canary(canary)
    session.reset()
    session.app_ops.start()
    with session.answers.allowing():
        with session.segment("allow-first-launch"):
            session.launch()
            Watch(session, FIRST_LAUNCH_SECONDS).run()
        Walk(session, USE, session.options.seed).use("allow-use")
        with session.segment("allow-front"):
            session.launch(cold=False, anew=True)  # on its first page an app is in front for the longest
            session.read("services", SERVICES)
            Watch(session, FRONT_SECONDS, touches=False).run()
            session.read("services", SERVICES)
        with session.segment("allow-background"):  # left from its first page, whose own end may read
            _leave(session)
        with session.segment("allow-return"):
            session.launch(cold=False)
            Watch(session, RETURN_SECONDS).run()
        Walk(session, AGAIN, session.options.seed).use("allow-again")  # the process that is left has used them, too
    with session.segment("allow-background"):
        _leave(session)
        _darken(session, 60 * session.options.background_minutes - LIT_SECONDS)
    session.app_ops.stop()
    session.canary(canary)
    session.stop()
    session.reset()


def _leave(session: Session) -> None:
    """Home, and the screen lit as long as one looks elsewhere for a moment."""
    session.press("home")
    session.app_ops.again()
    session.idle(LIT_SECONDS)


def _darken(session: Session, seconds: float) -> None:
    """The screen dark for the rest of the time in the background."""
    run_command(session, ["input", "keyevent", "KEYCODE_SLEEP"])
    session.idle(max(0.0, seconds))
    run_command(session, ["input", "keyevent", "KEYCODE_WAKEUP"])
    run_command(session, ["wm", "dismiss-keyguard"])


SCENARIO = Scenario("data-reads", RULES, drive, place=Place.LAST, fresh=True, takes=takes)


def test_data_reads(verdict: Verdict, strict: bool) -> None:
    """Judge one rule on what the device showed."""
    assert_not_violated(verdict, strict=strict)
