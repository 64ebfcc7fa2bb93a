"""The page of a store about the app, saved or in the phone's store: what it tells, and whether it is true."""

from harness.engine.scenario import Scenario, assert_not_violated
from harness.session.check_options import Options
from harness.session.session import Session
from harness.session.store_reading import READING_SECONDS, read_store_page
from harness.verdicts.judge import Verdict

RULES = ("c9-not-told", "c9-differs-from-package", "c10-no-contact", "c10-same-again")


def takes(options: Options) -> float:
    """Seconds of device time at most."""
    return READING_SECONDS if options.store_app else 0.0


def drive(session: Session, canary: str) -> None:
    """Read the page in the phone's store, where it is wanted; what was given was read when the session began."""
    if session.options.store_app:
        read_store_page(session)


SCENARIO = Scenario("store-page", RULES, drive, takes=takes)


def test_store_page(verdict: Verdict, strict: bool) -> None:
    """Judge one rule on what the page tells."""
    assert_not_violated(verdict, strict=strict)
