"""Obstacles: what stands between a walk and the app's page.

Asks are refused, interruptions closed, other apps left at once.

What cannot be closed ends this part of the walk.
"""

from dataclasses import dataclass, field

from harness.dialogs.offers import asks_to_leave
from harness.events import DialogKind, InterruptionKind
from harness.events.action_kinds import Purpose
from harness.explorer.permission_denials import AFTER_OTHERS, PermissionDenials
from harness.explorer.popup_closing import PopupCloser
from harness.explorer.position import Position
from harness.language import _
from harness.maps.walk_end import WalkEnd
from harness.pages.controls import CONTROLS, Kind
from harness.pages.interruptions import FORCED, Interruption
from harness.pages.look import Look
from harness.pages.view_structure import STATUS_BAR, unnumbered
from harness.session.person import hand_over, needs_person
from harness.session.wakefulness import light_again

LEFT_BEFORE = 5.0
"""How long the app may be away when it is seen to be [PROJECT]: a press and what comes of it is watched for 4 s."""
MOST_DENIALS, MOST_OBSTACLES, MOST_CRASHES, MOST_LOST = 60, 12, 2, 2


@dataclass(slots=True)
class Obstacles:
    """Clears the way for one walk; it counts how often the app left, and what a person was called for."""

    position: Position
    refusals: PermissionDenials
    closing: PopupCloser = field(init=False)
    covered: set[tuple[str, str, str]] = field(default_factory=set)
    """The pages over which an advert was closed, the tab that opened each, empty where none did, and its words."""
    _crashes: int = 0
    _handed_over: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Take the walk's hands."""
        self.closing = PopupCloser(self.position.moves)

    def clear(self, look: Look, *, opened: bool = False) -> Look | None:
        """Answer what stands in the way until a page of the app is in front; None when none comes.

        ``opened``: our own press led to what is in front now, so a layer that offers something is what it opens.
        """
        session, position = self.position.session, self.position
        self.closing.begin()
        for turn in range(MOST_OBSTACLES):
            if look.dialog is not None and look.dialog.kind is not DialogKind.OTHER:
                self.refusals.answer(look)
            elif (found := self.closing.over(look, opened=opened)) is not None:
                if found.kind == FORCED:
                    return self._forced(found)
                closed = self.closing.close(found)
                self._note_covered(found, closed)
                look = closed or look
                continue
            elif _stopped(look):
                self._not_taken()
                position.end = WalkEnd.RESTART
                return look
            elif (kind := needs_person(look)) is not None and kind not in self._handed_over:
                self._handed_over.add(kind)
                hand_over(session, kind)
            elif not look.roots and turn < MOST_LOST:
                session.idle(1.0)  # the tree did not come: that tells nothing of the app
            elif look.shows((session.app.package,)):
                self._crashes = 0
                return look
            else:
                self._come_back(look)
            if self.refusals.denials >= MOST_DENIALS:
                session.note(_("more than {most} denials: the walk ends here", most=MOST_DENIALS))
                position.end = WalkEnd.FLOODED
                return None
            if position.ended() is not None:
                return look
            if self._crashes > MOST_CRASHES:
                session.note(_("the app leaves by itself at each start: the walk ends here"))
                position.end = WalkEnd.CRASHED
                return None
            look = position.moves.settle()
        session.note(_("something on the screen could not be closed: the walk starts again"))
        position.end = WalkEnd.RESTART
        return look

    def _note_covered(self, found: Interruption, look: Look | None) -> None:
        """The page below an advert that was closed: what it does when it is touched is tried later.

        What asks back when something is closed (确定放弃奖励？) came of that press, and is no advert of the page.
        """
        pressed = self.position.pressed
        closed = pressed is not None and pressed[1].startswith(Kind.CLOSE)
        own = asks_to_leave(found.text) or (closed and found.kind is InterruptionKind.COUPON)
        page = self.position.moves.page(look) if look is not None and found.layer and not own else None
        if page is not None and found.kind in (InterruptionKind.ADVERT, InterruptionKind.COUPON):
            tab = pressed[1] if pressed is not None and pressed[1].startswith(Kind.TAB) else ""
            self.covered.add((page.screen, tab, unnumbered(found.text)))

    def _not_taken(self) -> None:
        """Deal with Android's dialog that the app does not answer.

        A last press that led nowhere was not taken and is tried once more.
        """
        pressed = self.position.pressed
        if pressed is None:
            return
        action = self.position.graph.screen(pressed[0]).actions.get(pressed[1])
        if action is not None and not action.asked and action.to in ("", pressed[0]):
            action.tries = max(action.tries - 1, 0)

    def _forced(self, found: Interruption) -> Look:
        """An update that cannot be refused: at a start the whole app is behind it, on a function only that one."""
        position = self.position
        if position.pressed is None:
            self.refusals.watch(AFTER_OTHERS)  # it says so in the journal, as a problem
            position.end = WalkEnd.FORCED
        else:
            position.session.note(_("forced update over one function, never accepted: {text}", text=found.text[:80]))
            position.give_up(position.pressed)
            position.end = WalkEnd.RESTART
        return position.session.look()

    def _come_back(self, look: Look) -> None:
        """The app is not in front: a permission page without words, the settings, another app, or nothing of it."""
        session, app = self.position.session, self.position.session.app
        if light_again(session):
            return
        if look.shows(app.settings_packages):
            self.refusals.leave_settings()
            return
        strange = next((root.package for root in reversed(look.roots) if root.package not in (*app.home_packages, STATUS_BAR)), "")
        gone = look.shows(app.home_packages) or not strange
        self.position.departed = "left" if gone else f"outside:{strange}"
        if not gone:
            session.note(_("the app opened {strange}; back to it", strange=strange))
            session.picture("outside")
            session.press("back", Purpose.WALK)
            session.idle(1.0)
            if session.look().shows((app.package,)):
                return
        else:
            session.picture("app-left")
            self._crashes += 1
        began = session.uptime()
        session.launch(cold=False)
        self.refusals.latest += session.uptime() - began + LEFT_BEFORE  # that time the app was not in front


def _stopped(look: Look) -> bool:
    """Whether Android says that the app does not answer or keeps stopping (AppNotRespondingDialog, AppErrorDialog)."""
    words = CONTROLS.words("stopped.buttons")
    return any(
        root.package == "android" and any(node.text.casefold() in words for node in root.walk() if node.pressable) for root in look.roots
    )
