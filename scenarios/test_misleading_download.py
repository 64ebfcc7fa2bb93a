"""The app is looked through for adverts and windows; each is left alone, touched, swiped and closed.

Does it load, open, or stay, although nobody wanted it? What comes to the phone is taken away again.
"""

from harness.adverts.advert_check import CAMPAIGN_SECONDS, LOOKING_SECONDS, AdvertCheck
from harness.engine.scenario import Scenario, assert_not_violated
from harness.session.check_options import Options
from harness.session.session import Session
from harness.verdicts.judge import Verdict

RULES = (
    "c7-auto-renewal",
    "c7-close-acts-as-confirm",
    "c7-disguised-download",
    "c7-download-outside-button",
    "c7-download-resumes",
    "c7-download-without-notice",
    "c7-forced-download-wall",
    "c7-jump",
    "c7-not-the-promised-app",
    "c7-shake-jump",
    "c7-window-cannot-close",
)


def takes(options: Options) -> float:
    """Seconds of device time at most; an app without adverts takes a few minutes."""
    return LOOKING_SECONDS + CAMPAIGN_SECONDS + options.ad_hours * 3600


def drive(session: Session, canary: str) -> None:
    """Drive the device once; what happened is in the run folder."""
    session.canary(canary)
    session.reset()
    AdvertCheck(session).run()
    session.stop()
    session.canary(canary)


SCENARIO = Scenario("misleading-download", RULES, drive, fresh=True, takes=takes)


def test_misleading_download(verdict: Verdict, strict: bool) -> None:
    """Judge one rule on what the device showed."""
    assert_not_violated(verdict, strict=strict)
