"""A computer that stands still in the middle of a touch: nobody is accused for it, and nobody is cleared."""

import time
from typing import Any

import pytest

from device_farm.samples.in_process_device import InProcessDevice
from device_farm.samples.sample import OWN_APPS
from device_farm.samples.sample_check import read_sample
from harness.events.findings import Outcome
from harness.session.session import Session
from tests.faults.disturbed import told

pytestmark = pytest.mark.usefixtures("slow_time")

RULE, CONTROL, SECONDS = "c5-asks-again-in-session", "附近门店", 6.0


@pytest.mark.parametrize(("drives", "outcome"), [(1, Outcome.CLEAR), (2, Outcome.INCONCLUSIVE)])
def test_an_ask_that_hangs_on_a_touch_of_six_seconds_is_tried_again_and_then_left_open(
    monkeypatch: pytest.MonkeyPatch, drives: int, outcome: Outcome
) -> None:
    stood, begun, stalls, clock, tap, touch, again = 0.0, 1, False, time.monotonic, Session.tap, InProcessDevice.tap, Session.begin_again

    def named(self: Session, point: tuple[int, int], purpose: Any, text: str = "", **use: Any) -> float:
        nonlocal stalls
        stalls = text == CONTROL and begun <= drives
        return tap(self, point, purpose, text, **use)

    def stalled(self: InProcessDevice, x: int, y: int, **how: bool) -> None:
        nonlocal stood, stalls
        stood, stalls = stood + SECONDS * stalls, False
        touch(self, x, y, **how)

    def counted(self: Session, of_host: float) -> None:
        nonlocal begun
        begun += 1
        again(self, of_host)

    monkeypatch.setattr(time, "monotonic", lambda: clock() + stood)
    monkeypatch.setattr(Session, "tap", named)
    monkeypatch.setattr(InProcessDevice, "tap", stalled)
    monkeypatch.setattr(Session, "begin_again", counted)
    found = told(read_sample(OWN_APPS / "twins/asks_again_in_session.py"))
    assert (found.outcomes[RULE], begun) == (outcome, 2), found.reasons[RULE]
