"""What the app under test left open of others, on top of its own task: each start would bring it to the front again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.errors import DeviceTimeout, FormatError
from harness.events.action_kinds import Purpose
from harness.pages.look import Look
from harness.parsers.hierarchy import parse_hierarchy
from harness.recording import steps
from harness.session.polling_interval import STEP_SECONDS

if TYPE_CHECKING:
    from harness.session.session import Session

MOST_LEFT_OPEN = 3
"""Pages left by Back at most [PROJECT]: the app's page in the settings or in a store, and one or two of that."""


def close_left_open(session: Session) -> None:
    """Back out of pages of the system's once the app is ended and hears no answer.

    Back refuses up to Android 10 (GrantPermissionsViewHandlerImpl.onBackPressed): where another app asks, its user
    answers.
    """
    app = session.app
    grants = app.grant_packages if session.foreground.asked_by(app.uid) else ()
    for _turn in range(MOST_LEFT_OPEN):
        if not _in_front(session, *grants, *app.settings_packages):
            break
        session.press("back", Purpose.LEFT_OPEN)


def leave_opened(session: Session) -> None:
    """Leave the app that the app under test opened, where the log has it in front: by Back, else by Home.

    It is never ended: a store or a browser is the user's.
    """
    app, package = session.app, session.foreground.component.partition("/")[0]
    own = (app.package, *app.home_packages, *app.grant_packages, *app.settings_packages)
    if package in own or session.foreground.opener(package, app.uid) != app.uid:
        return
    for _turn in range(MOST_LEFT_OPEN):
        if not _in_front(session, package):
            return
        session.press("back", Purpose.LEFT_OPEN)
        session.idle(STEP_SECONDS)  # a page slides away in 0.3 s, and one Back more would be the app's
    if _in_front(session, package):
        session.press("home", Purpose.LEFT_OPEN)


def _in_front(session: Session, *packages: str) -> bool:
    """Whether a page of one of these is in front; what was read is no look at the app."""
    try:
        xml = session.device.tree()
        session.journal.write(steps.LeftOpen(xml=xml))
        return Look(parse_hierarchy(xml)).shows(packages)
    except (DeviceTimeout, FormatError):
        return False
