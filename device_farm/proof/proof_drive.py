"""How each proof app is driven: refused at its first start, watched for half a minute, then its own case."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from harness.background.stimuli import ledger
from harness.background.trials import Background
from harness.device.network_address import lost_by_reboot
from harness.events import Trigger
from harness.recording import steps
from harness.restore.ledger import Change
from harness.session.reboot import reboot
from harness.session.screen_watch import Watch

if TYPE_CHECKING:
    from collections.abc import Callable

    from device_farm.proof.proof_apps import ProofApp
    from harness.session.session import Session

FIRST, PRESSED, ALONE, BOOT, COLD = "first-launch", "pressed", "left-alone", "after-boot", "cold-start-1"
"""The segments of a run."""
WATCH_SECONDS = 30.0  # an app that leaves, or asks again, does it within ten seconds
BRIEF_SECONDS = 10.0  # what follows a press or a cold start of an app of three lines
ALONE_SECONDS = 45.0  # its alarm is due 20 s after it was open last; a ROM that delays one by half a minute is fast enough
BOOT_SECONDS = 90.0


def driving(app: ProofApp, *, boots: bool) -> Callable[[Session, str], None]:
    """The driving of one app, as a scenario has it; ``boots`` where the phone may be restarted."""
    return partial(_drive, app=app, boots=boots)


def _drive(session: Session, canary: str, *, app: ProofApp, boots: bool) -> None:
    for package in filter(None, (app.package, app.partner)):
        ledger(session).add(Change(f"package {package}", ("pm", "uninstall", package), ("pm", "path", package)))
    session.canary(canary)
    session.reset()
    with session.segment(FIRST):
        session.launch()
        Watch(session, WATCH_SECONDS).run()
        if app.covers:
            session.press("back")
            Watch(session, BRIEF_SECONDS).run()
    if app.button:
        with session.segment(PRESSED):
            session.use_function(app.button)
            Watch(session, BRIEF_SECONDS).run()
    if app.by_itself:
        _left_alone(session, boots=boots)
    session.stop()
    with session.segment(COLD):
        session.launch()
        Watch(session, BRIEF_SECONDS).run()
    session.canary(canary)


def _left_alone(session: Session, *, boots: bool) -> None:
    """Open the app, leave it and end its process as Android does for memory; then wait and touch nothing."""
    background = Background(session)
    background.read_phone()
    with background.tracking():
        background.open()
        background.kill()
        with session.segment(ALONE):
            background.watch(ALONE_SECONDS)
        if boots and not lost_by_reboot(session.device):
            reboot(session)
            background.track()
            with session.segment(BOOT):
                session.journal.write(steps.Fired(trigger=Trigger.BOOT))
                background.watch(BOOT_SECONDS)
