"""The page on which Android asks what an app for Android 5 or older may access, before it starts for the first time.

It is the system's question and no ask of the app: each switch is turned off, then the page is gone past.
Source: ReviewPermissionsActivity and review_permissions.xml of PackageInstaller and PermissionController; its switches
are those of androidx.preference. The first one that is turned off is warned of (DefaultDenyDialog of
BasePermissionReviewPreference.java: Deny anyway or Cancel).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.events.action_kinds import Purpose
from harness.events.box import centre
from harness.language import _
from harness.pages.controls import scrolling
from harness.pages.look import Look
from harness.parsers.hierarchy import Node

if TYPE_CHECKING:
    from harness.session.session import Session

CONTINUE, CANCEL = "continue_button", "cancel_button"
DENY_ANYWAY = "button1"  # of the AlertDialog that warns of the first switch
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
    packages = session.app.grant_packages
    window = review_of(look, packages)
    if window is None:
        return look
    session.note(_("Android asks what this app may access, as it is made for Android 5 or older: everything is switched off"))
    swiped_at: Node | None = None
    for _turn in range(MOST_TURNS):
        warned = _warned_of(look, packages)
        window = review_of(look, packages)
        if warned is None and window is None:
            return look
        given = next((node for node in window.walk() if node.visible and node.checkable and node.checked), None) if window else None
        part = scrolling((window,), window.package) if window else None
        if warned is not None:
            session.tap(centre(warned.box), Purpose.REVIEW, warned.text)
        elif given is not None:
            session.tap(centre(given.box), Purpose.REVIEW, given.text or given.short_id)
        elif part is not None and window != swiped_at:
            swiped_at = window
            x, y, width, height = part.box
            session.swipe((x + width // 2, y + height * 4 // 5), (x + width // 2, y + height // 5), Purpose.REVIEW)
        else:
            break
        session.idle(SETTLE_SECONDS)
        look = session.look()
    session.picture("permission-review")
    button = next((node for root in look.roots for node in root.walk() if node.short_id == CONTINUE), None)
    if button is not None:
        session.tap(centre(button.box), Purpose.REVIEW, button.text)
        session.idle(SETTLE_SECONDS)
    return session.look()


def _warned_of(look: Look, grant_packages: tuple[str, ...]) -> Node | None:
    """The button that turns a switch off in spite of the warning in front of the review."""
    root = next((root for root in reversed(look.roots) if root.package in grant_packages), None)
    if root is None or review_of(Look((root,), None), grant_packages) is not None:
        return None
    return next((node for node in root.walk() if node.short_id == DENY_ANYWAY), None)
