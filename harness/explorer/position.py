"""Position: where a walk stands on the map of the app, and by what it came there. All parts of a walk share it."""

from collections import Counter
from dataclasses import dataclass, field

from harness.events import AdvertKind
from harness.explorer.first_start import has_tabs, is_first, wants_login
from harness.maps.graph import Graph, MappedScreen
from harness.maps.walk_end import WalkEnd
from harness.pages.adverts import find_adverts
from harness.pages.controls import Control
from harness.pages.interruptions import menu_in_front
from harness.pages.look import Look
from harness.pages.pagers import has_drawer
from harness.pages.sole_adverts import offered_by, sole_advert
from harness.session.session import Session
from harness.session.view_actions import ViewActions

MOST_FAILURES, MOST_PICTURES = 2, 60


@dataclass(slots=True)
class Position:
    """Where a walk stands: the map so far, the (screen, key) ``pressed`` last, why this part of it is over.

    ``departed`` is where that press led beyond the app: ``outside:PACKAGE`` or ``left``.
    """

    session: Session
    graph: Graph = field(default_factory=Graph)
    pressed: tuple[str, str] | None = None
    departed: str = ""
    end: WalkEnd | None = None
    until: float = float("inf")
    """The uptime at which the walk's time is up."""
    moves: ViewActions = field(init=False)
    _failures: Counter[tuple[str, str]] = field(default_factory=Counter)
    _pictures: int = 0
    _layers: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Take the session's hands."""
        self.moves = ViewActions(self.session)

    def ended(self) -> WalkEnd | None:
        """Why this part of the walk is over, None while it goes on; any act may end it."""
        return self.end

    def start(self) -> None:
        """The app was started anew: no press led to where it is."""
        self.pressed, self.departed, self.end = None, "", None
        for screen in self.graph.screens.values():
            screen.opened(None)

    def pressing(self, screen: str, key: str) -> None:
        """Remember what is about to be pressed: what comes next, comes of it."""
        self.pressed, self.departed = (screen, key), ""

    def screen(self, look: Look, parent: str = "") -> MappedScreen:
        """The screen of a look, made when it is new."""
        page = self.moves.page(look)
        name, title, skeleton = (page.screen, page.title, page.skeleton) if page else ("", "", "")
        foreground = self.session.foreground.component
        activity = foreground if self.session.app.owns(foreground) else ""
        if name in self.graph:
            return self.graph.screen(name)
        screen = self.graph.add(name, title, skeleton=skeleton, activity=activity, parent=parent)
        if name:
            if layer_in_front(look, self.session.app.package) or sole_advert(look, self.session.app.package) is not None:
                self._layers.add(screen.id)
            screen.scrolls_left = self.moves.can_scroll(look)
            screen.turns = self.moves.can_turn(look)
            known = any(other.drawer and other.activity == activity for other in self.graph.screens.values())
            screen.drawer = not known and has_drawer(look.roots, self.session.app.package)
            if self._pictures < MOST_PICTURES:
                self._pictures += 1
                screen.picture = self.session.picture(f"screen {screen.id}") or ""
        return screen

    def is_layer(self, screen: MappedScreen) -> bool:
        """Whether a layer over a page was in front when a screen was seen first."""
        return screen.id in self._layers

    def saw_inside(self) -> bool:
        """Whether a page was seen that is neither a layer, nor an advert, nor of a first start.

        Where the last start still came to a login, that is one with tabs: what a login opens (忘记密码) is none.
        """
        home = self.graph.screens.get(self.graph.home)
        shut = home is not None and wants_login(home)
        seen = [screen for screen in self.graph.screens.values() if screen.id and screen.id not in self._layers]
        return any(has_tabs(screen) if shut else not is_first(screen) for screen in seen)

    def visit(self, look: Look) -> MappedScreen:
        """Be on the screen of a look, and learn the controls that are in sight now."""
        screen = self.screen(look)
        screen.visits += 1
        new = screen.learn(self.controls(look), 0)
        if new and screen.visits > 1:
            screen.renewed, screen.stale = screen.renewed + 1, 0
        elif self.pressed is not None and self.pressed[0] != screen.id:
            screen.stale += 1
        return screen

    def controls(self, look: Look) -> list[Control]:
        """The controls of a page but for those of the adverts among the rows of its lists, which clause 7 tries.

        So are those that lead on from an advert which nothing closes and which leaves nothing else to be used. Where
        most rows are adverts, as in a store of apps, they are what the page is for.
        """
        found = self.moves.controls(look)
        if (sole := sole_advert(look, self.session.app.package)) is not None:
            return [control for control in found if control.node.box not in offered_by(sole)]
        rows = [control for control in found if control.rows]
        adverts = find_adverts(look, self.session.app.package) if rows else ()
        cards = [advert.box for advert in adverts if advert.kind is AdvertKind.FEED_CARD]
        offered = {each.key for each in rows for x, y, w, h in cards if 0 <= each.centre[0] - x < w and 0 <= each.centre[1] - y < h}
        return [control for control in found if control.key not in offered] if 2 * len(offered) < len(rows) else found

    def failed(self, act: tuple[str, str]) -> None:
        """An act (screen, key) could not be done, or was not taken; after MOST_FAILURES of these it is given up."""
        self._failures[act] += 1

    def give_up(self, act: tuple[str, str]) -> None:
        """Never try an act (screen, key) again."""
        self._failures[act] = MOST_FAILURES

    def given_up(self) -> frozenset[tuple[str, str]]:
        """The acts that are not tried any more."""
        return frozenset(act for act, count in self._failures.items() if count >= MOST_FAILURES)


def layer_in_front(look: Look, package: str) -> bool:
    """Whether a dialog, an open drawer or another layer lies over the page of ``package``."""
    return menu_in_front(look, package) is not None
