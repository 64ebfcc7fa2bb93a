"""Consent: read what a privacy dialog links to before it is answered, and find the box of a login page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.dialogs.dialog_words import has_any, plain, words
from harness.events.action_kinds import Purpose
from harness.events.box import centre
from harness.language import _
from harness.recording import steps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from harness.dialogs.matcher import Dialog
    from harness.pages.look import Look
    from harness.parsers.hierarchy import Node
    from harness.session.session import Session

MOST_LINKS = 4
PAGES = 12
"""Swipes through one policy at most [PROJECT]: some 12 screens of text are read."""
POLICY_WORDS = 60
"""A page with fewer characters is no policy: it did not load, or says only that it did not [PROJECT]."""
LINK_LENGTH = 20
STEP_SECONDS, LOAD_SECONDS = 0.5, 5.0


def policy_links(look: Look, package: str) -> list[Node]:
    """The views in sight that lead to a policy: 《隐私政策》, Privacy Policy."""
    table = words()["consent"]["policy"]
    return [
        node
        for root in look.roots
        if root.package == package
        for node in root.walk()
        if node.visible and node.pressable and not node.checkable and 0 < len(node.text) <= LINK_LENGTH and has_any(plain(node.text), table)
    ]


def read_policies(session: Session, dialog: Dialog) -> None:
    """Open each policy that a consent dialog links to, once in a session.

    Its text goes to the evidence, and Back leads here again.
    """
    for link in policy_links(session.look(), session.app.package)[:MOST_LINKS]:
        if link.text in session.policies_read:
            continue
        session.policies_read.add(link.text)
        session.tap(centre(link.box), Purpose.POLICY, link.text)
        text = "\n".join(_pages(session, dialog))
        if len(text) >= POLICY_WORDS:
            session.journal.write(steps.Policy(text=f"{link.text}\n{text}"))
        else:
            session.note(_("{text}: no text of a policy was shown", text=link.text))
        for _turn in range(3):
            if session.look().dialog == dialog:
                break
            session.press("back", Purpose.CLOSE)
            session.idle(STEP_SECONDS)


def _pages(session: Session, dialog: Dialog) -> Iterator[str]:
    """The texts of the page in front, swipe by swipe, each line once."""
    seen: set[str] = set()
    deadline = session.uptime() + LOAD_SECONDS
    look = session.look()
    while session.uptime() < deadline and (look.dialog == dialog or not _texts(look, session)):
        session.idle(STEP_SECONDS)
        look = session.look()
    if look.dialog == dialog:
        return
    for _turn in range(PAGES):
        new = [text for text in _texts(look, session) if text not in seen]
        if not new:
            return
        seen.update(new)
        yield from new
        _swipe_up(session, look)
        session.idle(STEP_SECONDS)
        look = session.look()


def _texts(look: Look, session: Session) -> list[str]:
    own = [root for root in look.roots if root.package == session.app.package] or look.roots
    return [node.text or node.description for root in own for node in root.walk() if node.visible and (node.text or node.description)]


def _swipe_up(session: Session, look: Look) -> None:
    left, top, right, bottom = max(look.roots, key=lambda root: root.area).bounds
    x, low, high = (left + right) // 2, top + (bottom - top) * 3 // 4, top + (bottom - top) // 4
    session.swipe((x, low), (x, high), Purpose.POLICY)
