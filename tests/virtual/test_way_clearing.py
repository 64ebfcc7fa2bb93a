"""Windows that are nobody's business: closed by the table alone, else waited for; the span counts as not seen."""

from functools import partial
from pathlib import Path

import pytest

from device_farm.samples.in_process_device import InProcessDevice
from device_farm.samples.sample import OWN_APPS
from device_farm.virtual.app_file import load_app_file
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import devices_in_thread
from device_farm.virtual.faults.switching import switch
from device_farm.virtual.framework.phone_apps import foreign_windows
from device_farm.virtual.spec import Spec
from harness.engine.check import check
from harness.engine.scenario import Scenario
from harness.errors import ScenarioError
from harness.events import AppCovered, ScreenshotTaken
from harness.events.action_kinds import Purpose
from harness.events.findings import Outcome
from harness.session.check_options import Options
from harness.session.session import Session

pytestmark = pytest.mark.usefixtures("slow_time")

APP = tuple(reversed(load_app_file(OWN_APPS / "polite.py")))
CLOSED = {"system-update", "usb", "battery", "alarm", "magazine", "start-confirmation", "anr", "privacy"}
WAITED_FOR = {"call", "app-lock", "pocket", "vpn"}
"""What only a person, or time, takes away; ``vpn`` is in no table."""
ROWS = {"battery": "low-battery", "vpn": ""}
"""What the harness calls these, where the fault has another name."""


def test_each_is_closed_or_waited_for_and_named_and_nothing_is_answered(tmp_path: Path) -> None:
    with devices_in_thread([partial(VirtualDevice, Spec(apps=APP))]) as thread:
        thread.call(lambda: foreign_windows.prepare(thread.devices[0].system))

        def fault(*words: str) -> None:
            thread.call(lambda: switch(thread.daemons[0], "window", list(words)))

        def drive(session: Session, canary: str) -> None:
            session.canary(canary)
            session.reset()
            with session.segment("first-launch"):
                session.launch()
                for name in sorted(CLOSED | WAITED_FOR):
                    fault(name, "6")
                    session.idle(0.5)
                    began = session.uptime()
                    look = session.look()
                    assert look.shows((session.app.package, *session.app.grant_packages)), (name, [root.package for root in look.roots])
                    seconds = session.uptime() - began
                    assert (seconds < 4.0) == (name in CLOSED), (name, seconds)
                    session.idle(7.0)
                fault("clipboard")  # a toast, which covers nothing
                session.look()
                fault("app-lock")
                session.idle(2.0)
                with pytest.raises(ScenarioError, match=r"app lock: com\.miui\.securitycenter lies over the app and stays"):
                    session.press("back", Purpose.WALK)
                fault("off")
                session.press("back", Purpose.WALK)
            session.canary(canary)

        scenario = Scenario("covered", ("c5-exit-after-denial",), drive)
        analysis = check(InProcessDevice(thread), APP[-1].package, Options(clauses=(5,)), runs=tmp_path / "runs", scenarios=[scenario])
        pressed = [line for line in thread.devices[0].truth if line["what"] == "foreign_pressed"]
    assert pressed
    assert all(line["closes"] for line in pressed)
    assert analysis.unfinished is None
    assert {window.window for window in analysis.timeline.of(AppCovered)} == {ROWS.get(name, name) for name in CLOSED | WAITED_FOR}
    assert any(picture.why == "foreign-window" for picture in analysis.timeline.of(ScreenshotTaken))
    (found,) = (verdict for verdict in analysis.verdicts if verdict.rule.id == "c5-exit-after-denial")
    assert found.outcome is Outcome.INCONCLUSIVE
    assert "app lock: com.miui.securitycenter" in found.reason_en
