"""Overnight: a phone left alone for hours, in segments of an hour.

A lost connection costs the time it was away, no more.
"""

from harness.background.trials import Background
from harness.detectors import process_start_rules
from harness.errors import DeviceLost, ScenarioError
from harness.events import Instant
from harness.language import _
from harness.parsers.package import parse_package
from harness.session.session import Session

HOUR_SECONDS = 3600.0
RETURN_SECONDS = 12 * HOUR_SECONDS
"""How long a phone that was unplugged is waited for: until somebody comes in the morning."""


def watch_overnight(session: Session, canary: str, seconds: float) -> None:
    """Watch the app for ``seconds`` of device time.

    Nothing is pressed, started or ended but the canary of each hour.
    """
    background = Background(session)
    _refuse_stopped(session)
    background.read_phone()
    with background.tracking():
        session.canary(canary)
        end = session.uptime() + seconds
        number = 0
        while (left := end - session.uptime()) > 0:
            number += 1
            try:
                with session.segment(f"{process_start_rules.HOUR}{number}"):
                    background.watch(min(HOUR_SECONDS, left))
                session.canary(canary)
            except DeviceLost as error:
                session.progress(_("{error}; waiting for it to come back", error=error))
                gone = session.uptime()
                rebooted = _come_back(session)
                if rebooted:
                    background.track()
                    end -= gone  # what was watched of the boot before is done
        background.read_callers()


def _refuse_stopped(session: Session) -> None:
    """Android starts nothing of an app in the stopped state: a quiet night would prove nothing.

    Source: PackageUserState.stopped.
    """
    app = session.app
    state = parse_package(session.read("package", ["dumpsys", "package", app.package]), app.package).user(app.user)
    if state is not None and state.stopped:
        raise ScenarioError(
            _(
                "{package} was not opened since it was installed or stopped by force, "
                "so Android starts nothing of it: open it, press Home, and watch again",
                package=app.package,
            )
        )


def _come_back(session: Session) -> bool:
    """Wait for the device and read its logs on from where they broke off; whether it had rebooted meanwhile."""
    boots = session.clock.boots
    session.device.wait_until_back(RETURN_SECONDS)
    session.probe()
    rebooted = session.clock.boots > boots
    since = Instant(session.clock.boots - 1, 0.0)
    if session.recorder is not None:
        session.recorder.start(since=session.clock.wall_at(since), ended=True)
    session.note(_("the device was away and is back, after a reboot") if rebooted else _("the device was away and is back"))
    return rebooted
