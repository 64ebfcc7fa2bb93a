"""Read the page that the phone's own store has about the app; nothing on it is loaded, opened or updated.

Pressed are rows that show more text: the list of permissions, and what else is told about the app.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from harness.dialogs.app_names import same_name
from harness.errors import CommandFailed
from harness.events.action_kinds import Purpose
from harness.events.box import centre
from harness.language import _, chinese, quoted
from harness.listings.phone_store import has_no_such_app, listing_text, opens_permissions, others_begin, shows_more, store_for
from harness.pages.advert_app_info import is_company
from harness.pages.advert_words import words_of
from harness.pages.look import Look
from harness.pages.store_page import find_store_page
from harness.parsers.intent_answers import components
from harness.policies.page_text import Line, join, lines_of, moved
from harness.recording import steps
from harness.session.session import Session

OPEN_SECONDS, STEP_SECONDS = 15.0, 0.5
MOST_SCREENS, MOST_BACKS = 25, 3
"""Screens of one page, and presses of Back to it, at most [PROJECT]."""
MOST_STILL = 8
"""Swipes that change no line while one text fills the screen [PROJECT]: it may go on below."""
READING_SECONDS = 120.0
"""Device time for the whole page [PROJECT]: twenty-five screens take a minute."""


class _Unread(Exception):
    """The page is not read, or not to its end; the argument says why."""


def read_store_page(session: Session) -> None:
    """Open the app's page in the phone's store, read it and leave by Home; why it was not read is told and kept."""
    reading, problem = _StoreReading(session), None
    try:
        reading.read()
    except _Unread as unread:
        problem = unread.args[0]
        session.tell(_("--store-app: {problem}", problem=problem))
    finally:
        if reading.store:
            session.press("home", Purpose.LEAVE)
    en, zh = ("", "") if problem is None else (str(problem), chinese(problem))
    text = listing_text(reading.known, reading.lines, reading.permissions)
    session.journal.write(
        steps.Listing(file=reading.store or "--store-app", text=text, screenshot=reading.screenshot, unread=en, unread_zh=zh)
    )


@dataclass(slots=True)
class _StoreReading:
    """What was read so far of the page in the store that was opened."""

    session: Session
    store: str = ""
    known: dict[str, str] = field(default_factory=dict)  # what the page tells without a label
    screenshot: str | None = None
    lines: list[str] = field(default_factory=list)
    permissions: list[str] = field(default_factory=list)
    _pressed: set[str] = field(default_factory=set)
    _until: float = 0.0

    def read(self) -> None:
        """Read the whole page; raises _Unread for a reason why not."""
        self._until = self.session.uptime() + READING_SECONDS
        self._open()
        self._shown()
        self._read_to_end(self.lines, self._press_rows)

    def _open(self) -> None:
        session = self.session
        link = ["-a", "android.intent.action.VIEW", "-d", f"market://details?id={session.app.package}"]
        answers = components(session.device.shell(["cmd", "package", "query-activities", "--brief", *link]).stdout)
        packages = list(dict.fromkeys(answer.partition("/")[0] for answer in answers))
        store = store_for(packages, words_of("store", "packages"))
        if not store:
            raise _Unread(_("no store on the phone answers a link to the app's page"))
        started = ["am", "start", *link, "-p", store]
        try:
            said = session.device.shell(started)
        except CommandFailed as error:
            raise _Unread(_("the store {store} does not open: {error}", store=store, error=error)) from None
        session.journal.write(steps.Command(command=" ".join(started), code=said.code, text=(said.stderr + said.stdout)[:500]))
        if "Error" in said.stdout + said.stderr:
            answer = " ".join((said.stdout + said.stderr).split())
            raise _Unread(_("the store {store} does not open: {error}", store=store, error=quoted(answer)))
        self.store = store
        session.screen.forget()

    def _shown(self) -> None:
        """Wait for the page of this app."""
        session, until, label = self.session, self.session.uptime() + OPEN_SECONDS, self.session.app.label
        while True:
            look = session.look()
            lines = [line.text for line in self._lines(look)]
            found = find_store_page(look, session.app.package)
            page = found if found is not None and found.package == self.store else None
            if has_no_such_app(lines):
                raise _Unread(_("the store {store} has no page of {package}", store=self.store, package=session.app.package))
            if page is not None or any(label in line.split("\t") for line in lines if label):
                break
            if session.uptime() >= until:
                shown = quoted(" ".join(lines)[:60])
                raise _Unread(
                    _("the store {store} shows no page of an app but {shown}: open it by hand once", store=self.store, shown=shown)
                )
            session.idle(STEP_SECONDS)
        if page is not None and page.login:
            raise _Unread(_("the store {store} wants an account before it shows the page", store=self.store))
        name = page.name if page is not None and page.name else label
        if label and name and not same_name(name, [label]):
            raise _Unread(_("the store {store} shows the page of {other}, not of {label}", store=self.store, other=name, label=label))
        firm = next(filter(is_company, lines), "")
        self.known = {"name": name or "", "developer": firm}
        if page is not None:
            self.known |= {"version": page.version, "developer": page.developer or firm}
        self.screenshot = look.picture or session.picture("store")

    def _read_to_end(self, told: list[str], press: Callable[[Look], None]) -> None:
        """Read screen after screen into ``told``, on each of which ``press`` may press rows."""
        session = self.session
        told += [line.text for line in self._lines(session.look())]
        still = 0
        for _screen in range(MOST_SCREENS):
            press(session.look())
            if (end := next((place for place, line in enumerate(told) if others_begin(line)), None)) is not None:
                del told[end:]
                return
            look = session.look()
            before = self._lines(look)
            self._swipe(look)
            fresh = moved(self._lines(session.look()), before)
            still = 0 if fresh else still + 1
            if still > (MOST_STILL if _fills(before, look) else 0):
                return
            if fresh:
                join(told, fresh)
            if session.uptime() >= self._until:
                raise _Unread(_("the store's page was not read to its end: the time for it was over"))
        raise _Unread(_("the store's page was not read to its end: it is longer than {screens} screens", screens=MOST_SCREENS))

    def _press_rows(self, look: Look) -> None:
        """Press each row in sight that shows more text, once, and read what it shows."""
        for node in (node for root in look.roots if root.package == self.store for node in root.walk() if node.visible and node.area > 0):
            text = node.text or node.description
            listed = opens_permissions(self.store, text)
            if text in self._pressed or not (listed or shows_more(self.store, text)):
                continue
            self._pressed.add(text)
            home = {line.text for line in self._lines(look)}
            self.session.tap(centre(node.box), Purpose.STORE, text)
            self.session.idle(2 * STEP_SECONDS)
            told = self.permissions if listed else self.lines
            if self._at(home):  # it shows more where it stands, or nothing
                told += [line.text for line in self._lines(self.session.look()) if line.text not in home]
                continue
            self._read_to_end(told, lambda _look: None)
            self._back(home)

    def _back(self, home: set[str]) -> None:
        for _turn in range(MOST_BACKS):
            if self._at(home):
                return
            self.session.press("back", Purpose.STORE)
            self.session.idle(STEP_SECONDS)
        if not self._at(home):
            raise _Unread(_("the store's page did not come back after a part of it was read"))

    def _at(self, home: set[str]) -> bool:
        """Whether the screen still shows most of those lines."""
        return 2 * len(home & {line.text for line in self._lines(self.session.look())}) > len(home)

    def _lines(self, look: Look) -> list[Line]:
        return lines_of([root for root in look.roots if root.package == self.store])

    def _swipe(self, look: Look) -> None:
        roots = [root for root in look.roots if root.package == self.store] or look.roots
        left, top, right, bottom = max(roots, key=lambda root: root.area).bounds
        x, low, high = (left + right) // 2, top + (bottom - top) * 7 // 10, top + (bottom - top) * 3 // 10
        self.session.swipe((x, low), (x, high), Purpose.STORE)
        self.session.idle(STEP_SECONDS)


def _fills(lines: list[Line], look: Look) -> bool:
    """Whether one text takes more than half of the screen's height."""
    height = max(root.bounds[3] - root.bounds[1] for root in look.roots)
    return any(2 * (line.bounds[3] - line.bounds[1]) > height for line in lines)
