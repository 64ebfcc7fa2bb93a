"""Read the privacy policy in the app: what a consent dialog links to, to its end, and the lists it refers to."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness.dialogs.consent_screen import is_privacy_name
from harness.dialogs.dialog_words import has_any, plain, words
from harness.dialogs.matcher import Dialog
from harness.dialogs.pixel_nodes import painted_nodes
from harness.errors import FormatError
from harness.events.action_kinds import Purpose
from harness.events.box import centre
from harness.language import Text, _, chinese
from harness.pages.look import Look
from harness.parsers.hierarchy import Bounds, Node
from harness.policies.page_text import Line, cut_at_side, is_picture, join, lines, lines_of, moved, texts_of, widened, with_pictures
from harness.policies.policy_document import LEAST_SIGNS, has_policy, policy_problem
from harness.policies.policy_lines import dense, has, names_list
from harness.recording import steps
from harness.vision.ocr import read_text

if TYPE_CHECKING:
    from harness.session.session import Session

MOST_TEXTS, MOST_PAGES, MOST_DEPTH = 8, 80, 2
"""Texts of one policy, screens of one text, and links behind each other that are followed at most [PROJECT]."""
READING_SECONDS = 600.0
"""Device time for all of them [PROJECT]: thirty screens take a minute, with tables wider than they are three."""
LINK_LENGTH = 30
_TITLE = re.compile(r"《[^《》]{2,28}》")
MOST_BACKS, MOST_BESIDE = 3, 16
STEP_SECONDS, LOAD_SECONDS = 0.5, 5.0


def read_policies(session: Session, dialog: Dialog) -> None:
    """Read each policy that a consent dialog links to, once in a session; Back leads to the dialog again.

    Text, hash and pictures go to the evidence, and why something was left out.
    """
    reading = _Reading(session, session.uptime() + READING_SECONDS)
    reading.follow(lambda look: look.dialog == dialog, _policy_links, 0)
    session.policy_told |= reading.told


def read_policies_of_page(session: Session) -> None:
    """Read each policy that the page in front links to, where no consent dialog did."""
    reading = _Reading(session, session.uptime() + READING_SECONDS)
    reading.follow(_shows(reading.lines(session.look())), _privacy_links, 0)


def read_policy_in_front(session: Session, screen: str, names: Iterable[str], seconds: float) -> int:
    """Read the page in front where one of its ``names`` is that of a privacy policy, and no consent dialog led to one.

    Each ``screen`` once, for so many ``seconds``. Left alone is a page that only leads to the policy: it has a link and
    no sentence. Returns how often it was swiped, 0 where it was not read.
    """
    name = next(filter(is_privacy_name, names), None)
    if session.policy_told or screen in session.policies_read or name is None or seconds <= 0:
        return 0
    reading, look = _Reading(session, session.uptime() + seconds), session.look()
    if _privacy_links(look, session) and all(len(line.text) <= LINK_LENGTH for line in reading.lines(look)):
        return 0
    session.policies_read.add(screen)
    reading.read(name, lambda look: False, 0)
    return reading.swipes


def write_given(session: Session, text: str) -> None:
    """Keep the text of the tester's own file, which counts before what the app shows; and say where it cannot serve."""
    session.policy_told = True
    session.journal.write(steps.PolicySeen(text=text, title="--policy", sha256=_sha256(text), given=True))
    if (problem := policy_problem(text, session.app)) is not None:
        session.tell(_("--policy: {problem}", problem=problem.words))


@dataclass(slots=True)
class _Reading:
    """The reading of all texts that one dialog leads to, until ``deadline``."""

    session: Session
    deadline: float
    texts: int = 0
    told: bool = False
    """Whether a text about personal data was kept."""
    swipes: int = 0
    _seen: tuple[Look, list[Node]] | None = None
    _blind: bool = False
    """Whether a picture in the text could not be read."""

    def follow(self, home: Callable[[Look], bool], links: Callable[[Look, Session], list[Node]], depth: int) -> bool:
        """Read what the page in front links to; whether anything was opened."""
        opened = False
        while (link := self._next(links(self.session.look(), self.session))) is not None:
            self.session.policies_read.add(_name(link))
            if self.texts >= MOST_TEXTS or self.session.uptime() >= self.deadline:
                self.session.note(_("{text}: not read, enough texts of the policy were", text=_name(link)))
                continue
            self.texts += 1
            opened = True
            self.session.tap(centre(link.box), Purpose.POLICY, _name(link))
            self.read(_name(link), home, depth)
            self._back(home)
        return opened

    def _next(self, links: list[Node]) -> Node | None:
        return next((link for link in links if _name(link) not in self.session.policies_read), None)

    def read(self, title: str, home: Callable[[Look], bool], depth: int) -> None:
        """Read the text in front to its end, and before each swipe what it links to."""
        session = self.session
        if (look := self._loaded(home)) is None:
            session.note(_("{text}: no text of a policy was shown", text=title))
            return
        pictures, cut = [look.picture or session.picture("policy")], None
        page, whole = self._page(look)
        told, leads = [line.text for line in page], False
        for _page in range(MOST_PAGES):
            if depth < MOST_DEPTH and self.follow(_shows(self.lines(look)), _list_links, depth + 1):
                look, leads = session.look(), True
            if session.uptime() >= self.deadline:
                cut = _("the time for it was over")
                break
            before, above = self.lines(look), page
            look = self._swiped(*_upwards(look))
            pictures.append(look.picture)
            if not moved(self.lines(look), before):
                break
            page, all_of_it = self._page(look)
            whole = whole and all_of_it
            if not join(told, moved(page, above)):
                cut = cut or _("a part of it was swiped past")
        else:
            cut = _("it is longer than {pages} screens", pages=MOST_PAGES)
        if not whole:
            cut = cut or _("a table in it goes on beside the screen, and a part of that did not come into sight")
        if self._blind:
            cut, self._blind = cut or _("a picture in it could not be read"), False
        pictures.append(session.picture("policy"))
        self._keep(title, "\n".join(told), pictures, cut, leads=leads)

    def _page(self, look: Look) -> tuple[list[Line], bool]:
        """The lines of a screen with what its tables have beside it, and whether all of that came into sight."""
        roots, whole = self._roots(look), True
        wide = texts_of(roots)
        for area, surely in dict.fromkeys(cut_at_side(roots)):
            _left, top, edge, bottom = area
            seen = any(text.bounds[2] > edge and text.bounds[1] < bottom and top < text.bounds[3] for text in wide)
            whole = seen or (self.session.uptime() < self.deadline and self._beside(texts_of(roots), wide, area, surely))
            if not whole:
                break
        return lines(wide), whole

    def _beside(self, first: list[Line], wide: list[Line], area: Bounds, surely: bool) -> bool:
        """Swipe over a table to its end, put what came beside ``wide``, and swipe back; whether all was done."""
        left, top, right, bottom = area
        near, far = ((left + (right - left) * quarter // 4, (top + bottom) // 2) for quarter in (1, 3))
        seen, shift, ended = first, 0, False
        for _turn in range(MOST_BESIDE):
            now = texts_of(self._roots(self._swiped(far, near)))
            if ended := not moved(now, seen):
                break
            known, seen = seen, now
            if (by := widened(wide, known, now, area, shift)) is None:
                break
            shift = by
        for _turn in range(MOST_BESIDE):
            if not moved(first, seen):
                break
            seen = texts_of(self._roots(self._swiped(near, far)))
        return ended and not moved(first, seen) and (shift > 0 or not surely)

    def _swiped(self, start: tuple[int, int], end: tuple[int, int]) -> Look:
        """The screen after a swipe."""
        self.session.swipe(start, end, Purpose.POLICY)
        self.swipes += 1
        self.session.idle(STEP_SECONDS)
        return self.session.look()

    def _keep(self, title: str, text: str, pictures: list[str | None], cut: Text | None, *, leads: bool) -> None:
        """Keep a text as evidence; a short one only where it ``leads`` to lists that were read."""
        if sum(map(str.isalnum, text)) < LEAST_SIGNS and not leads:
            self.session.note(_("{text}: no text of a policy was shown", text=title))
            return
        if cut is not None:
            self.session.tell(_("{text}: not read to its end: {why}", text=title, why=cut))
        self.told |= has_policy(text)
        kept = tuple(dict.fromkeys(filter(None, pictures)))
        en, zh = ("", "") if cut is None else (str(cut), chinese(cut))
        self.session.journal.write(
            steps.PolicySeen(text=f"{title}\n{text}", title=title, sha256=_sha256(text), pictures=kept, unread=en, unread_zh=zh)
        )

    def _loaded(self, home: Callable[[Look], bool]) -> Look | None:
        """The page that the link led to, once it has words; None where none comes."""
        session, until = self.session, self.session.uptime() + LOAD_SECONDS
        look = session.look()
        while session.uptime() < until and (home(look) or not self.lines(look)):
            session.idle(STEP_SECONDS)
            look = session.look()
        return None if home(look) or not self.lines(look) else look

    def _back(self, home: Callable[[Look], bool]) -> None:
        for _turn in range(MOST_BACKS):
            if home(self.session.look()):
                return
            self.session.press("back", Purpose.CLOSE)
            self.session.idle(STEP_SECONDS)

    def lines(self, look: Look) -> list[Line]:
        """The lines of the app that a look shows."""
        return lines_of(self._roots(look))

    def _roots(self, look: Look) -> list[Node]:
        """The windows of the app, with what its pictures say: those of a page that is read, taken as it is in front."""
        if self._seen is None or self._seen[0] is not look:
            own = [root for root in look.roots if root.package == self.session.app.package] or list(look.roots)
            pictures = any(is_picture(node) for root in own for node in root.walk())
            self._seen = look, [with_pictures(root, self._painted()) for root in own] if pictures else own
        return self._seen[1]

    def _painted(self) -> Callable[[Node], tuple[Node, ...]]:
        taken = self.session.screen.pictured("policy")

        def read(picture: Node) -> tuple[Node, ...]:
            try:
                said = read_text(taken[1], picture.box) if taken is not None else None
            except FormatError:
                said = None
            self._blind |= said is None
            return painted_nodes(picture.package, said or (), (), None, None)

        return read


def _shows(page: list[Line]) -> Callable[[Look], bool]:
    """Whether a look is at a page again: most of its lines are there."""
    known = {line.text for line in page}
    return lambda look: 2 * len(known & {line.text for line in lines_of(look.roots)}) > len(known)


def _links(look: Look, session: Session, leads: Callable[[Node], bool]) -> list[Node]:
    nodes = (node for root in look.roots if root.package == session.app.package for node in root.walk())
    found = [node for node in nodes if node.visible and node.pressable and not node.checkable and 0 < len(_name(node)) <= LINK_LENGTH]
    return [node for node in found if leads(node)]


def _name(node: Node) -> str:
    """What a link is called: its text, of a row the words in it (隐私政策 ›), of a sentence the one title in it."""
    inside = [each for each in node.walk() if each is not node]
    row = not node.text and not any(each.pressable or each.checkable for each in inside)
    name = " ".join(each.text for each in inside if each.visible and each.text) if row else node.text
    titles = _TITLE.findall(name) if len(name) > LINK_LENGTH else []
    return titles[0] if len(titles) == 1 else name


def _privacy_links(look: Look, session: Session) -> list[Node]:
    """The views in sight that lead to a privacy policy, rows too; no mere agreement."""
    return _links(look, session, lambda node: is_privacy_name(_name(node)))


def _policy_links(look: Look, session: Session) -> list[Node]:
    """The views in sight that lead to a policy: 《隐私政策》, Privacy Policy."""
    return _links(look, session, lambda node: has_any(plain(node.text), words()["consent"]["policy"]))


def _list_links(look: Look, session: Session) -> list[Node]:
    """The views of a policy that lead to a list which is a part of it: 《第三方SDK目录》; no other firm's policy."""
    return _links(look, session, lambda node: names_list(node.text) or has(dense(node.text), "elsewhere.parts"))


def _upwards(look: Look) -> tuple[tuple[int, int], tuple[int, int]]:
    left, top, right, bottom = max(look.roots, key=lambda root: root.area).bounds
    x, low, high = (left + right) // 2, top + (bottom - top) * 3 // 4, top + (bottom - top) // 4
    return (x, low), (x, high)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()
