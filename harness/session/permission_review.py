"""The page on which Android asks what an app for Android 5 or older may access, before it starts for the first time.

It is the system's question and no ask of the app: each switch is turned off, then the page is gone past.
Source: ReviewPermissionsActivity and review_permissions.xml of PackageInstaller and PermissionController; its switches
are those of androidx.preference.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.events.action_kinds import Purpose
from harness.events.box import centre
from harness.language import _
from harness.pages.controls import scrolling

if TYPE_CHECKING:
    from harness.pages.look import Look
    from harness.parsers.hierarchy import Node
    from harness.session.session import Session

CONTINUE, CANCEL = "continue_button", "cancel_button"
MOST_TURNS = 20
"""Switches and swipes of one page at most [PROJECT]: Android has some twelve groups."""
SETTLE_SECONDS = 0.5


def review_of(look: Look, grant_packages: tuple[str, ...]) -> Node | None:
    """Return the window of the review, None where none is in front."""
    for root in reversed(look.roots):
        ids = {node.short_id for node in root.walk()} if root.package in grant_packages else set()
        if {CONTINUE, CANCEL} <= ids:
            return root
    return None


def past_review(session: Session, look: Look) -> Look:
    """Turn all switches of the review off and continue, where it is in front; what is in front afterwards."""
    window = review_of(look, session.app.grant_packages)
    if window is None:
        return look
    session.note(_("Android asks what this app may access, as it is made for Android 5 or older: everything is switched off"))
    swiped = False
    for _turn in range(MOST_TURNS):
        given = next((node for node in window.walk() if node.visible and node.checkable and node.checked), None)
        part = scrolling((window,), window.package)
        if given is not None:
            swiped = False
            session.tap(centre(given.box), Purpose.REVIEW, given.text or given.short_id)
        elif part is not None and not swiped:
            swiped = True
            x, y, width, height = part.box
            session.swipe((x + width // 2, y + height * 4 // 5), (x + width // 2, y + height // 5), Purpose.REVIEW)
        else:
            break
        session.idle(SETTLE_SECONDS)
        seen = review_of(session.look(), session.app.grant_packages)
        if seen is None:
            return session.look()
        swiped = swiped and seen == window
        window = seen
    session.picture("permission-review")
    button = next(node for node in window.walk() if node.short_id == CONTINUE)
    session.tap(centre(button.box), Purpose.REVIEW, button.text)
    session.idle(SETTLE_SECONDS)
    return session.look()
