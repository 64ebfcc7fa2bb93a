"""The actions of the explorer on the app's pages, each in the journal before it is on the device."""

import math
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace

from harness.dialogs.act_likelihood import ALONE
from harness.dialogs.danger import is_sim_login
from harness.dialogs.promises import promises_of
from harness.events import DialogKind
from harness.events.action_kinds import Purpose
from harness.events.permission_groups import group_of
from harness.pages.act_bars import acts_inside, is_home, make_of
from harness.pages.controls import Control, Kind, controls, is_loading, scrolling
from harness.pages.identity import Page, describe
from harness.pages.interruptions import confirmations, find_interruption, menu_in_front, place_beside
from harness.pages.look import Look
from harness.pages.pagers import MOST_TURNS, find_pager
from harness.pages.view_structure import STATUS_BAR, own_windows, unnumbered
from harness.parsers.hierarchy import Node
from harness.parsers.touch_order import screen_of
from harness.recording import steps
from harness.recording.steps import Function
from harness.session.seen_acts import counted_on, lines_said, opened_its_own, turned_on
from harness.session.session import Session

FIRST_SECONDS, STEP_SECONDS, SETTLE_SECONDS = 0.4, 0.3, 4.0
"""When a page without a change is looked at after a press, how long one must stay the same, and how long it may go on
changing [PROJECT]: Android's window animations take 0.3 s; an animation or a video never ends."""
LOADING_SECONDS = 10.0
"""How long a page that is being loaded, or without anything left to do, is given to go on by itself [PROJECT]: adverts
at a start last 5 s, loading more."""
ASKS_SECONDS = 1.3
"""How much longer a page is watched that a control opened which promises the use of a permission [PROJECT]: with what
came before it two seconds after the press, in which an app asks that waits for its page to be drawn."""
SCROLLS = 6
"""Swipes down one page at most [PROJECT]: a feed has no end."""
ASKS = (DialogKind.PERMISSION, DialogKind.RATIONALE, DialogKind.SETTINGS_GUIDE)
GUIDES = 8
"""Pages of a first start at most [PROJECT]: a welcome, a policy, guides, choices, a login."""
NO_SIM = ("ABSENT", "")  # empty: a device without a telephone
TEST_TEXT, TEST_DIGITS = "测试AppRights", "00000000000"
"""What is typed: marked as a test, and no number that anybody has."""


@dataclass(slots=True)
class ViewActions:
    """The hands of an explorer on one session; ``steps`` counts what they did to the app."""

    session: Session
    steps: int = 0
    sim: bool | None = None
    loading: set[str] = field(default_factory=set)
    """The pages that never stopped loading."""
    pages: set[str] = field(default_factory=set)
    """The pages that were seen; after GUIDES of them a page of one button is none that only leads into the app."""
    homes: set[str] = field(default_factory=set)
    """Those that show the ways of the app; behind one what likely acts is left alone, however few were seen."""
    silent: frozenset[Hashable] = field(init=False)
    """Makes of controls that changed nothing when an earlier scenario pressed them."""

    def __post_init__(self) -> None:
        self.silent = frozenset(self.session.acts.silent)

    def settle(self) -> Look:
        """Wait until the page and the dialog stay the same for STEP_SECONDS, SETTLE_SECONDS at most; the last look.

        A page that is being loaded is waited for longer, once in vain. Once the time is up what changed meanwhile is
        still looked at: a slow look may be of a page that was on its way out.
        """
        session = self.session
        began = session.uptime()
        session.wait_for_change(FIRST_SECONDS)
        look, since = session.look(), session.uptime()
        while True:
            loads, now = self._loads(look), session.uptime()
            over = now >= began + (LOADING_SECONDS if loads else SETTLE_SECONDS)
            rest = max(since, began + FIRST_SECONDS) + STEP_SECONDS - now
            if session.wait_for_change(rest if rest > 0 else STEP_SECONDS if loads or not look.roots else 0.0):
                fresh = session.look()
                if fresh is not look and (self.name(fresh) != self.name(look) or fresh.dialog != look.dialog):
                    since = session.uptime()
                look = fresh
            stays = session.uptime() >= max(since, began + FIRST_SECONDS) + STEP_SECONDS
            if over or (stays and look.roots and not self._loads(look)):
                break
        if self._loads(look):
            self.loading.add(self.name(look))
        return look

    def _loads(self, look: Look) -> bool:
        """Whether the page is being loaded, and did not stay so before."""
        return is_loading(look.roots, self.session.app.package) and self.name(look) not in self.loading

    def name(self, look: Look) -> str:
        """The identity of the page that a look shows, empty for none."""
        page = self.page(look)
        return page.screen if page else ""

    def page(self, look: Look) -> Page | None:
        """The page that a look shows."""
        return describe(look.roots, self.session.app.package)

    def controls(self, look: Look) -> list[Control]:
        """The controls that a look shows.

        The tester's own words about functions and about what must not be touched count too.
        """
        app, never = self.session.app, self.session.options.app_profile.never_touch
        confirming, acts = confirmations(look, app.package), self.session.acts
        found, windows = controls(look.roots, app.package), own_windows(look.roots, app.package)
        acts.see(found)
        name = self.name(look)
        self.pages.add(name)
        self.homes |= {name} if is_home(found) else set()
        known, inside = len(self.pages) > GUIDES, bool(self.homes - {name})
        return [
            replace(
                control,
                promises=tuple(sorted({*control.promises, *app.promised(control.text)})),
                dangerous=self._dangerous(control)
                or acts.acts(control, allowed=self.session.answers.allows)
                or control.node.box in confirming
                or (
                    (known or inside)
                    and make_of(control) not in acts.ways
                    and acts_inside(control, found, windows[-1], -math.inf if known else ALONE)
                )
                or any(text in control.text for text in never),
            )
            for control in found
        ]

    def _dangerous(self, control: Control) -> bool:
        """A login by the SIM's number is pressed where it can only ask for the permission, or the tester named it.

        Over its refusal apps shut people out. An app that declares no such permission has nothing to ask for.
        """
        if control.dangerous and is_sim_login(control.text):
            app, visit = self.session.app, self.session.options.app_profile.visit
            asks = "PHONE" in map(group_of, app.permissions) and not self._has_sim()
            return not asks and not any(text in control.text for text in visit)
        return control.dangerous

    def _has_sim(self) -> bool:
        """Whether a SIM is in the phone, as far as it tells (TelephonyProperties: gsm.sim.state, one word a slot)."""
        if self.sim is None:
            states = self.session.device.shell(["getprop", "gsm.sim.state"]).stdout.strip().split(",")
            self.sim = not all(state.strip() in NO_SIM for state in states)
        return self.sim

    def press(self, control: Control, screen: str) -> Look:
        """Press a control as a user of the function would, and wait for what comes of it."""
        under = self.session.look()
        before = self.name(under)
        chosen = bool(control.text and promises_of(control.text, control.id)) and not control.promises
        use = steps.Function(text=control.text, id=control.id, screen=screen, chosen=chosen)
        look = self._uncovered(under, self.touch(control, Purpose.FUNCTION, use=use))
        return self._until_asked(look) if control.promises and self.name(look) != before else look

    def _uncovered(self, before: Look, look: Look) -> Look:
        """Shut a menu that stays open over the page that an entry of it led to, as a drawer may."""
        was, now = self._menu(before), self._menu(look)
        if look.dialog is not None or was is None or now is None or not now[1] or was[1] != now[1]:
            return look
        if len(now[2] - was[2]) <= len(now[2] & was[2]):
            return look  # most of the page is as it was
        self.steps += 1
        place = place_beside(now[0], screen_of(look.roots))
        if place is None:
            self.session.press("back", Purpose.WALK)
        else:
            self.session.tap(place, Purpose.WALK)
        return self.settle()

    def _menu(self, look: Look) -> tuple[Node, set[str], set[str]] | None:
        """The menu over the page in front, its words and those of all else in the app's windows, None without one."""
        package = self.session.app.package
        menu = menu_in_front(look, package)
        if menu is None:
            return None
        own = {id(node) for node in menu.walk()}
        shown = [node for root in own_windows(look.roots, package) for node in root.walk() if node.visible and node.text]
        words = [(unnumbered(node.text), id(node) in own) for node in shown]
        return menu, {text for text, inside in words if inside}, {text for text, inside in words if not inside}

    def _until_asked(self, look: Look) -> Look:
        """A page that a control opened which promises the use of a permission: it may ask a moment later."""
        deadline = self.session.uptime() + ASKS_SECONDS
        while look.dialog is None and (rest := deadline - self.session.uptime()) > 0:
            if self.session.wait_for_change(rest):
                look = self.settle()
        return look

    def touch(self, control: Control, purpose: Purpose, *, use: Function | None = None) -> Look:
        """Touch a control, wait for what comes of it, and remember what it did."""
        session, before = self.session, self.session.screen.roots
        self.steps += 1
        session.acts.begin(session.uptime())
        session.tap(control.centre, purpose, control.text or control.id, use=use, held=control.node.held)
        look = self.settle()
        if look.dialog is not None and look.dialog.kind in ASKS:
            session.acts.asking.add(make_of(control))
        elif look.dialog is None or look.dialog.kind is DialogKind.OTHER:
            lines = lines_said(before, look.roots) if control.kind != "tab" else []  # what stands on its page answers nothing
            session.acts.ways |= {make_of(control)} if opened_its_own(before, look.roots, control.text) else set()
            after, more = self.controls(look), counted_on(control, before, look.roots)
            session.acts.learn(control, after, (*lines, *more), changed=look.roots != before, now=session.uptime(), counted=bool(more))
            if use is not None and (done := turned_on(control, after, counted=bool(more))) is not None:
                self.steps += 1
                session.tap(done.centre, Purpose.TAKE_BACK, done.text)
                look = self.settle()
                session.acts.take_back(control, done.text, self.controls(look))
        return look

    def back(self) -> Look:
        """Press Back; the keyboard, where it is up, takes the first press.

        A page that takes no Back is left by its own arrow.
        """
        self.steps += 1
        before = self.session.look()
        typing = self._keyboard(before)
        self.session.press("back", Purpose.WALK)
        look = self.settle()
        if typing and not self._keyboard(look):
            self.session.press("back", Purpose.AFTER_KEYBOARD)
            look = self.settle()
        if (self.name(look), _texts(look)) != (self.name(before), _texts(before)):
            return look
        arrow = next((each for each in self.controls(look) if each.kind is Kind.BACK and not each.dangerous), None)
        return look if arrow is None else self.touch(arrow, Purpose.WALK)

    def _keyboard(self, look: Look) -> bool:
        """Whether a window that is neither the app's nor the status bar's is in front of the app: the input method."""
        app = self.session.app
        others = {app.package, STATUS_BAR, "android", *app.grant_packages, *app.home_packages}
        return look.shows((app.package,)) and any(root.package not in others for root in look.roots)

    def fill(self, look: Look) -> Look:
        """Put marked test data into the fields of the page."""
        for control in self.controls(look):
            if control.kind is Kind.FIELD:
                self.steps += 1
                self.session.fill(control.node, TEST_DIGITS if control.numeric else TEST_TEXT)
        after = self.settle()
        if not self._keyboard(after):
            return after
        self.session.press("back", Purpose.KEYBOARD)  # it covers what the text is for
        return self.settle()

    def filled(self, look: Look) -> bool:
        """Whether a field of the page holds our test data."""
        return any(control.kind is Kind.FIELD and control.node.text in (TEST_TEXT, TEST_DIGITS) for control in self.controls(look))

    def can_scroll(self, look: Look) -> bool:
        """Whether a part of the page can be moved by a swipe."""
        return scrolling(look.roots, self.session.app.package) is not None

    def scroll(self, look: Look, *, down: bool = True) -> Look | None:
        """Swipe the largest moving part of the page by most of its height; None when nothing moved."""
        part = scrolling(look.roots, self.session.app.package)
        if part is None:
            return None
        left, top, right, bottom = part.bounds
        x, low, high = (left + right) // 2, top + (bottom - top) * 4 // 5, top + (bottom - top) // 5
        self.steps += 1
        self.session.swipe((x, low if down else high), (x, high if down else low), Purpose.WALK)
        after = self.settle()
        return None if _texts(after) == _texts(look) else after

    def pull_points(self, look: Look) -> tuple[tuple[int, int], tuple[int, int]]:
        """From where to where a finger pulls a page down, whether or not anything on it scrolls."""
        part = scrolling(look.roots, self.session.app.package)
        left, top, right, bottom = part.bounds if part is not None else (0, 0, *screen_of(look.roots))
        x, high = (left + right) // 2, bottom - top
        return (x, top + high * 3 // 10), (x, top + high * 4 // 5)

    def pull(self, look: Look) -> Look:
        """Pull the page down, as who wants it anew, from its top, until something came or nothing changes."""
        package = self.session.app.package
        for _ in range(SCROLLS if scrolling(look.roots, package) else 1):
            self.steps += 1
            self.session.swipe(*self.pull_points(look), Purpose.WALK)
            before, look = look, self.settle()
            if _texts(look) == _texts(before) or not look.shows((package,)) or find_interruption(look, package) is not None:
                break
        return look

    def can_turn(self, look: Look) -> bool:
        """Whether a swipe to the side may lead to pages that no tab leads to."""
        pager = find_pager(look.roots, self.session.app.package)
        return pager is not None and pager.start is not None and not pager.tabs

    def turn(self, look: Look, *, back: bool = False) -> Look | None:
        """Turn the page to the side, where pages lie beside it; None where nothing moved, or rows lie all over it."""
        pager = find_pager(look.roots, self.session.app.package)
        if pager is None or pager.start is None or pager.end is None:
            return None
        self.steps += 1
        self.session.swipe(*((pager.end, pager.start) if back else (pager.start, pager.end)), Purpose.WALK)
        after = self.settle()
        return None if after.roots == look.roots else after

    def open_drawer(self, look: Look) -> Look | None:
        """Swipe in from the left edge at half the height, where a drawer is opened; None where nothing moved."""
        width, height = screen_of(look.roots)
        self.steps += 1
        self.session.swipe((steps.EDGE // 2, height // 2), (width * 7 // 10, height // 2), Purpose.WALK)
        after = self.settle()
        return None if after.roots == look.roots else after

    def find_beside(self, look: Look, wanted: Callable[[Control], bool]) -> tuple[Look, Control] | None:
        """Turn the pages of a pager, back and then on, until a control that is ``wanted`` is in sight."""
        for back in (True, False):
            for _ in range(MOST_TURNS):
                if (further := self.turn(look, back=back)) is None:
                    break
                look = further
                if (found := self.find(look, wanted, 1)) is not None:
                    return found
        return None

    def find(self, look: Look, wanted: Callable[[Control], bool], pages: int = SCROLLS) -> tuple[Look, Control] | None:
        """Scroll the page until a control that is ``wanted`` is in sight, ``pages`` of it at most.

        None when there is none.
        """
        for number in range(pages):
            found = next((control for control in self.controls(look) if wanted(control)), None)
            if found is not None:
                return look, found
            further = self.scroll(look) if number + 1 < pages else None
            if further is None:
                return None
            look = further
        return None

    def to_top(self, look: Look, most: int = SCROLLS) -> Look:
        """Scroll the page back to its beginning, from ``most`` swipes down at most."""
        for _ in range(most):
            before = self.scroll(look, down=False)
            if before is None:
                return look
            look = before
        return look


def _texts(look: Look) -> list[tuple[str, tuple[int, int, int, int]]]:
    """The texts in sight and where, but for the status bar's, whose clock goes on: what a swipe or Back changes."""
    roots = [root for root in look.roots if root.package != STATUS_BAR]
    return [(node.text, node.bounds) for root in roots for node in root.walk() if node.text and node.visible]
