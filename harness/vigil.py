"""Vigil: a phone left alone for hours, in segments of an hour; a lost connection costs the time it was away, no more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness.background import Background
from harness.detectors.starting import from_boot
from harness.errors import DeviceLost, ScenarioError
from harness.events import Instant, ScenarioEnded
from harness.parsers.package import parse_package
from harness.starts import Cause, outgoing_starts, own_starts

if TYPE_CHECKING:
    from harness.app import AppUnderTest
    from harness.session import Session
    from harness.starts import Start
    from harness.timeline import Timeline

HOUR = 3600.0
SEGMENT = "trigger-hour-"
"""An hour is a trial of its own, as a round of the self-start scenario is."""
RETURN_SECONDS = 12 * HOUR
"""How long a phone that was unplugged is waited for: until somebody comes in the morning."""


def keep_vigil(session: Session, canary: str, seconds: float) -> None:
    """Watch the app for ``seconds`` of device time. Nothing is pressed, started or ended but the canary of each hour."""
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
                with session.segment(f"{SEGMENT}{number}"):
                    background.watch(min(HOUR, left))
                session.canary(canary)
            except DeviceLost as error:
                session.progress(f"{error}; waiting for it to come back")
                gone = session.uptime()
                rebooted = _come_back(session)
                if rebooted:
                    background.track()
                    end -= gone  # what was watched of the boot before is done
        background.read_callers()


def _refuse_stopped(session: Session) -> None:
    """Android starts nothing of an app in the stopped state: a quiet night would prove nothing (PackageUserState.stopped)."""
    app = session.app
    state = parse_package(session.read("package", ["dumpsys", "package", app.package]), app.package).user(app.user)
    if state is not None and state.stopped:
        raise ScenarioError(
            f"{app.package} was not opened since it was installed or stopped by force, so Android starts nothing of it: "
            "open it, press Home, and watch again"
        )


def _come_back(session: Session) -> bool:
    """Wait for the device and read its logs on from where they broke off; whether it had rebooted meanwhile."""
    boots = session.clock.boots
    session.device.wait_until_back(RETURN_SECONDS)
    session.probe()
    rebooted = session.clock.boots > boots
    since = Instant(session.clock.boots - 1, 0.0)
    if session.recorder is not None:
        session.recorder.start(since=session.clock.wall_at(since))
    session.note("the device was away and is back" + (", after a reboot" if rebooted else ""))
    return rebooted


@dataclass(frozen=True, slots=True)
class Hour:
    """What one hour showed: the app's starts by itself, those with a reason, and the other apps it started."""

    number: int
    complete: bool
    own: tuple[Start, ...]
    innocent: tuple[Start, ...]
    targets: tuple[str, ...]


def hours(timeline: Timeline, app: AppUnderTest) -> list[Hour]:
    """The watch by hour."""
    own = own_starts(timeline, app)
    others = [start for start in outgoing_starts(timeline, app) if start.cause is Cause.SELF]
    ended = {event.segment for event in timeline.of(ScenarioEnded) if not event.note}
    found: list[Hour] = []
    for span in timeline.segments(SEGMENT):
        name, start, end = span
        since = Instant(start.boot, 0.0) if from_boot(timeline, span) else start
        within = [item for item in own if since <= item.at <= end]
        found.append(
            Hour(
                number=int(name.removeprefix(SEGMENT)),
                complete=name in ended,
                own=tuple(item for item in within if item.cause is Cause.SELF),
                innocent=tuple(item for item in within if item.cause is not Cause.SELF),
                targets=tuple(sorted({item.package for item in others if since <= item.at <= end})),
            )
        )
    return found
