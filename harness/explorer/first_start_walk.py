"""Walk through the first start of an app that was just opened, wherever a scenario needs the app in use."""

from collections.abc import Callable
from dataclasses import dataclass, field

from harness.dialogs.matcher import Dialog
from harness.events import DialogKind
from harness.events.action_kinds import Purpose
from harness.explorer.first_start import FirstStart, is_first
from harness.explorer.popup_closing import PopupCloser
from harness.language import Text, _
from harness.maps.action_selection import Known
from harness.maps.graph import Graph, MappedScreen
from harness.pages.controls import Control
from harness.pages.identity import Page
from harness.pages.look import Look
from harness.session.screen_watch import AFTER_LAST_DENIAL, Watch
from harness.session.session import Session
from harness.session.view_actions import ViewActions

OPEN_SECONDS = 15.0
"""How long a start is waited out [PROJECT]: splash, advert, consent and home page of a slow app."""
MOST_OBSTACLES = 10
SPLASH_SECONDS = 8.0
"""How long a page without a control is given to go on by itself [PROJECT]: logos at a start last 1 to 3 s, adverts 5
s."""
NOT_PASSED = _("what stands before the app's first page with tabs or lists could not be passed: what lies behind it was not reached")


def pass_first_start(session: Session, turned: Callable[[], object] = lambda: None, *, alone: bool = False) -> Text | None:
    """Go on to the page that the app is used from; why it was not reached, None where it was.

    What the app asks for on the way is refused and watched. ``turned`` is called after each page that was turned. The
    touches are those of a way, no use of a function, but for what asks, which is used only where nothing else leads on.
    ``alone``: see ``FirstStart``.
    """
    return FirstStartWalk(session, lambda: Watch(session, AFTER_LAST_DENIAL).run(), FirstStart(alone, past=True)).run(turned)


def bring_into_use(session: Session, turned: Callable[[], object]) -> Text | None:
    """Wait out a start of the app, go through its first start, and refuse what it asks for there and behind it.

    Why it did not come into use, None where it did; ``turned`` as in ``pass_first_start``.
    """
    Watch(session, OPEN_SECONDS).run()
    why = pass_first_start(session, turned, alone=True)
    Watch(session, OPEN_SECONDS).run()
    return why


@dataclass(slots=True)
class FirstStartWalk:
    """The way through the first start of one app.

    ``watch`` answers the dialogs that are met on the way; one that it leaves alone ends the way, and is ``asked``.
    """

    session: Session
    watch: Callable[[], Dialog | None]
    strategy: FirstStart = field(default_factory=lambda: FirstStart(past=True))
    asked: Dialog | None = None
    moves: ViewActions = field(init=False)
    closing: PopupCloser = field(init=False)
    pages: Graph = field(default_factory=Graph)
    pressed: bool = False
    """Whether what is in front may have been opened by our press."""

    def __post_init__(self) -> None:
        """Take the session's hands."""
        self.moves = ViewActions(self.session)
        self.closing = PopupCloser(self.moves)

    def run(self, turned: Callable[[], object] = lambda: None) -> Text | None:
        """Turn one page after the other."""
        while True:
            look = self.clear()
            page = self.moves.page(look)
            if self.asked is not None or page is None or not look.shows((self.session.app.package,)):
                return None
            here = self.known(look, page)
            control = self.onward(look, here)
            if control is None:
                return NOT_PASSED if is_first(here) else None
            self.pressed = True
            if control.promises:
                self.moves.press(control, here.id)
            else:
                self.session.tap(control.centre, Purpose.WALK, control.text or control.id)
                self.moves.settle()
            turned()

    def known(self, look: Look, page: Page) -> MappedScreen:
        """What is known of a page met on the way."""
        here = self.pages.add(page.screen, page.title, skeleton=page.skeleton, activity="", parent="")
        here.learn(self.moves.controls(look), 0)
        return here

    def onward(self, look: Look, here: MappedScreen) -> Control | None:
        """The control that goes on from a page of a first start; None on every other page, and where nothing does."""
        choice = self.strategy.next(self.pages, here, Known())
        controls = self.moves.controls(look) if choice else []
        control = next((each for each in controls if choice is not None and each.key == choice.key and not each.dangerous), None)
        if control is not None:
            here.actions[control.key].tries += 1
        return control

    def clear(self) -> Look:
        """Clear the way, and wait for a page with something to press: a start may show a picture alone for a while."""
        look = self._clear()
        deadline = self.session.uptime() + SPLASH_SECONDS
        while self.asked is None and not self.moves.controls(look) and self.session.uptime() < deadline:
            self.session.wait_for_change(deadline - self.session.uptime())
            look = self._clear()
        return look

    def _clear(self) -> Look:
        """Close and answer what lies over the page; the last look."""
        look = self.moves.settle()
        self.closing.begin()
        for _turn in range(MOST_OBSTACLES):
            if look.dialog is not None and look.dialog.kind is not DialogKind.OTHER:
                self.asked = self.watch()
                if self.asked is not None:
                    return look
            elif (found := self.closing.over(look, opened=self.pressed)) is not None:
                self.closing.close(found)
                if not self.moves.settle().shows((self.session.app.package,)):
                    self.session.launch(cold=False)
            else:
                return look
            look = self.moves.settle()
        return look
