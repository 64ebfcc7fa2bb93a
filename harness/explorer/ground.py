"""Ground: the app under the explorer's feet: on which page it is, and what stands in the way there.

Asks are refused by a ``Watch``, interruptions closed, other apps left at once; what cannot be closed ends this part of the walk.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from harness.events import DialogKind
from harness.explorer.graph import BACK, Graph, Screen
from harness.pages.interruptions import FORCED, find_interruption
from harness.pages.nodes import STATUS_BAR
from harness.session.moves import Moves
from harness.session.person import hand_over, needs_person
from harness.session.watch import EXPLANATIONS, Watch

if TYPE_CHECKING:
    from harness.pages.interruptions import Interruption
    from harness.pages.look import Look
    from harness.session.session import Session

AFTER_FIRST, AFTER_GROUP, AFTER_OTHERS, AFTER_KNOWN = 30.0, 17.0, 11.0, 3.0
"""Seconds watched: after the system's first denial, in which a late exit is suspected; after the first of each further
group, in which an exit counts and Android tells of a blocked main thread (``harness.session.watch``); after others, in
which an exit counts; and after what was refused in vain before: the settings of the system left as they were, the app's
own explanation at one control."""
MOST_EXPLAINED = 3
"""Times that the app's own explanation at one control is met before it is known."""
MOST_SAID, SYSTEM_ASKS = 2, 2
"""Times that it is met in the same words, at any control; and how often Android asks for a group at most."""
MOST_ASKS = 5
"""Asks that are refused one after the other before the app is started again."""
MOST_DENIALS, MOST_OBSTACLES, MOST_FAILURES, MOST_CRASHES = 60, 12, 2, 2
MOST_PICTURES = 60


class End(StrEnum):
    """Why a part of the walk is over."""

    DONE = "done"
    BUDGET = "budget"
    RESTART = "restart"
    CRASHED = "crashed"
    FORCED = "forced-update"
    FLOODED = "flooded"

    @property
    def cut_short(self) -> str:
        """Why the walk did not get to its end; empty where it did, and where it goes on from a new start."""
        return "" if self in (End.DONE, End.RESTART) else self.value


@dataclass(slots=True)
class Ground:
    """Where an explorer is on the map of one session's app, and what it met: refused groups, functions to use again, failures."""

    session: Session
    graph: Graph = field(default_factory=Graph)
    moves: Moves = field(init=False)
    again: list[tuple[str, str]] = field(default_factory=list)
    _refused: float = 0.0
    _denials: int = 0
    _pictures: int = 0
    _crashes: int = 0
    _asked: set[str] = field(default_factory=set)
    _watched: set[str | None] = field(default_factory=set)
    _handed_over: set[str] = field(default_factory=set)
    _failures: dict[tuple[str, str], int] = field(default_factory=dict)
    _end: End | None = None
    _last: tuple[str, str] | None = None
    _departed: str = ""
    _explained: Counter[tuple[str, str]] = field(default_factory=Counter)  # how often the app's own was met
    _said: Counter[str] = field(default_factory=Counter)  # and in which words
    _settings_left: int = 0

    def __post_init__(self) -> None:
        """Take the session's hands."""
        self.moves = Moves(self.session)

    def _ended(self) -> End | None:
        return self._end

    # --- where we are ---------------------------------------------------------------------------------------------

    def _here(self, look: Look, parent: str = "") -> Screen:
        """The screen of a look, made when it is new."""
        page = self.moves.page(look)
        name, title, skeleton = (page.screen, page.title, page.skeleton) if page else ("", "", "")
        front = self.session.front.component
        activity = front if self.session.app.owns(front) else ""
        if name in self.graph:
            return self.graph.screen(name)
        screen = self.graph.visit(name, title, skeleton=skeleton, activity=activity, parent=parent)
        if name:
            screen.scrolls_left = self.moves.can_scroll(look)
            if self._pictures < MOST_PICTURES:
                self._pictures += 1
                screen.picture = self.session.picture(f"screen {screen.id}") or ""
        return screen

    def _observe(self, look: Look) -> Screen:
        """The screen of a look, with the controls that are in sight now."""
        screen = self._here(look)
        screen.visits += 1
        screen.learn(self.moves.controls(look), 0)
        return screen

    # --- what stands in the way -----------------------------------------------------------------------------------

    def _arrive(self, look: Look) -> Look | None:
        """Answer what stands in the way until a page of the app is in front; None when none comes."""
        session = self.session
        for _ in range(MOST_OBSTACLES):
            if look.dialog is not None and look.dialog.kind is not DialogKind.OTHER:
                self._answer(look)
            elif (found := find_interruption(look, session.app.package)) is not None:
                if found.kind == FORCED:
                    return self._forced(found)
                look = self.moves.close(found)
                continue
            elif _stopped(look):
                self._not_taken()
                self._end = End.RESTART
                return look
            elif (kind := needs_person(look)) is not None and kind not in self._handed_over:
                self._handed_over.add(kind)
                hand_over(session, kind)
            elif look.shows((session.app.package,)):
                self._crashes = 0
                return look
            else:
                self._come_back(look)
            if self._denials >= MOST_DENIALS:
                session.note(f"more than {MOST_DENIALS} denials: the walk ends here")
                self._end = End.FLOODED
                return None
            if self._ended() is not None:
                return look
            if self._crashes > MOST_CRASHES:
                session.note("the app leaves by itself at each start: the walk ends here")
                self._end = End.CRASHED
                return None
            look = self.moves.settle()
        session.note("something on the screen could not be closed: the walk starts again")
        self._end = End.RESTART
        return look

    def _not_taken(self) -> None:
        """Android says that the app does not answer: a last press that led nowhere was not taken and is tried once more."""
        action = self.graph.screen(self._last[0]).actions.get(self._last[1]) if self._last else None
        if self._last is not None and action is not None and not action.asked and action.to in ("", self._last[0]):
            action.tries = max(action.tries - 1, 0)
            self._failures[self._last] = self._failures.get(self._last, 0) + 1

    def _forced(self, found: Interruption) -> Look:
        """An update that cannot be refused: at a start the whole app is behind it, on a function only that one."""
        if self._last is None:
            self._watch(AFTER_OTHERS)  # it says so in the journal, as a problem
            self._end = End.FORCED
        else:
            self.session.note(f"强制更新 forced update over one function, never accepted: {found.text[:80]}")
            self._failures[self._last] = MOST_FAILURES
            self._end = End.RESTART
        return self.session.look()

    def _answer(self, look: Look) -> None:
        """Say no to an ask and watch; note on the map where it came from, and that the function is to be used again."""
        group = look.dialog.group if look.dialog else None
        explained = self._goes_past(look)
        first = group not in self._watched and (explained or (look.dialog is not None and look.dialog.kind is DialogKind.PERMISSION))
        seconds = AFTER_OTHERS if not first else AFTER_GROUP if self._watched else AFTER_FIRST
        if self._explained[self._place(group)] > MOST_EXPLAINED or self._said_before(look, explained=explained):
            seconds = AFTER_KNOWN
        if first:
            self._watched.add(group)
        groups = self._watch(seconds, touches=first, explained=explained)
        looped = len(groups) >= MOST_ASKS
        if looped:
            self._end = End.RESTART  # a loop of dialogs: only a new start leads out of it
        known = bool(groups) and {*groups} <= self._asked
        if not {*filter(None, groups)} <= self._asked:
            self._refused = self.session.uptime()
        self._asked.update(filter(None, groups))
        if not groups or self._last is None:
            return
        screen, key = self._last
        action = self.graph.screen(screen).actions.get(key)
        if action is not None and key != BACK:
            if not action.asked and not looped and not known:
                self.again.append((screen, key))
            action.asked += [each or "" for each in groups]

    def _said_before(self, look: Look, *, explained: bool) -> bool:
        """Whether the app's own explanation was met in the same words wherever it came from, and nothing followed.

        Refused, it is known after two; gone past, after the two times that the system may have asked behind it, too.
        """
        if look.dialog is None or look.dialog.kind not in EXPLANATIONS:
            return False
        self._said[look.dialog.text] += 1
        return self._said[look.dialog.text] > (MOST_SAID + SYSTEM_ASKS if explained else MOST_SAID)

    def _goes_past(self, look: Look) -> bool:
        """Whether to go past the app's own explanation, so that the system asks and is refused, or to refuse the explanation itself.

        Each is done every second time. The system comes first, because some apps explain only once; but where the group was refused
        already, what speaks of the settings leads only there.
        """
        dialog = look.dialog
        if dialog is None or dialog.kind not in EXPLANATIONS:
            return False
        place = self._place(dialog.group)
        to_settings = dialog.kind is DialogKind.SETTINGS_GUIDE and dialog.group in self._asked
        met = self._explained[place]
        self._explained[place] += 1
        return met % 2 == (1 if to_settings else 0)

    def _place(self, group: str | None) -> tuple[str, str]:
        """What an explanation is known by: its group and the control that led to it, which may stand on several pages."""
        return group or "", self._last[1] if self._last else ""

    def _watch(self, seconds: float, *, touches: bool = True, explained: bool = False) -> list[str | None]:
        watch = Watch(self.session, seconds, MOST_ASKS, touches=touches, explained=explained)
        watch.run()
        self._denials += watch.denials
        return watch.groups

    def _come_back(self, look: Look) -> None:
        """The app is not in front: a permission page without words, the settings, another app, or nothing of it."""
        session, app = self.session, self.session.app
        if look.shows(app.settings_packages):
            self._watch(AFTER_KNOWN if self._settings_left else AFTER_OTHERS, touches=False)
            self._settings_left += 1
            return
        strange = next((root.package for root in reversed(look.roots) if root.package not in (*app.home_packages, STATUS_BAR)), "")
        gone = look.shows(app.home_packages) or not strange
        self._departed = "left" if gone else f"outside:{strange}"
        if not gone:
            session.note(f"the app opened {strange}; back to it")
            session.picture("outside")
            session.press("back", "walk")
            session.wait_for_change(1.0)
            if session.look().shows((app.package,)):
                return
        else:
            session.picture("app-left")
            self._crashes += 1
        session.launch(cold=False)


def _stopped(look: Look) -> bool:
    """Whether Android says that the app does not answer or keeps stopping (AppNotRespondingDialog, AppErrorDialog)."""
    words = ("关闭应用", "close app", "等待", "wait")
    return any(
        root.package == "android" and any(node.text.casefold() in words for node in root.walk() if node.pressable) for root in look.roots
    )
