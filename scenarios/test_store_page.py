"""The page of a store about the app, as the tester saved it: what it tells, and whether it is true of the package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.engine.scenario import Scenario, assert_not_violated

if TYPE_CHECKING:
    from harness.session.session import Session
    from harness.verdicts.judge import Verdict

RULES = ("c9-not-told", "c9-differs-from-package", "c10-no-contact")


def drive(session: Session, canary: str) -> None:
    """Do nothing to the device: what was given was read when the session began."""


SCENARIO = Scenario("store-page", RULES, drive)


def test_store_page(verdict: Verdict, strict: bool) -> None:
    """Judge one rule on what the page tells."""
    assert_not_violated(verdict, strict=strict)
