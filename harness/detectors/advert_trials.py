"""Each act on an advert with what came of it, and which one rule that is charged to (docs/verdicts.md, section 6)."""

from dataclasses import dataclass
from enum import StrEnum

from harness.detectors.advert_loads import Load, arrivals, bytes_within, load_within
from harness.detectors.advert_openings import Opening, opening_within
from harness.dialogs.app_names import same_name
from harness.dialogs.continue_captions import claims
from harness.dialogs.offers import asks_to_open, offers_to_leave, promises_load
from harness.events import (
    AdvertAct,
    AdvertActed,
    AdvertKind,
    AdvertLeft,
    AdvertSeen,
    ControlRole,
    DownloadSeen,
    Instant,
    KeyPressed,
    MotionListenersSeen,
    ScenarioEnded,
    ScreenSeen,
)
from harness.events.app_under_test import AppUnderTest
from harness.events.box import area, centre, contains
from harness.events.timeline import Timeline
from harness.pages.advert_app_info import is_name, names_nothing
from harness.pages.advert_words import invites, is_mark, says_goes, words_of

ADVERTS = "advert-"
"""How the segments begin in which adverts are looked for and tried."""
LURE = "lure-"
"""How the names of controls of ordinary pages begin that brought an app when they were walked over."""
LEAF = "pager-"
"""How the names of pages beside each other begin that were turned on purpose."""
CLOSING = (ControlRole.CLOSE, ControlRole.SKIP, ControlRole.CANCEL)
LOADING = (ControlRole.LOAD, ControlRole.FAST_LOAD)
PASSIVE = (ControlRole.PICTURE, ControlRole.TITLE, ControlRole.OTHER)
ON_ADVERT = (
    AdvertAct.NOTHING, AdvertAct.CLOSE, AdvertAct.BACK, AdvertAct.PICTURE, AdvertAct.BESIDE,
    AdvertAct.OUTSIDE, AdvertAct.BUTTON, AdvertAct.SWIPE, AdvertAct.SCROLL, AdvertAct.MOTION,
)  # fmt: skip
"""Acts on the advert itself; the others are about what loads already."""


class Promise(StrEnum):
    """The promise of the place under the finger: what it says that a touch does."""

    CLOSES = "closes"
    LOADS = "loads"
    LEADS_OUT = "leads-out"
    ELSE = "else"  # something else: 领取, 开始游戏
    NOTHING = "nothing"  # a picture, a title, a gap, a key, no touch at all


@dataclass(frozen=True, slots=True)
class Trial:
    """One act on an advert: ``advert`` as it was last looked at before, None where that is not on record.

    ``still`` tells whether it was there at the end. ``bytes`` is what the app received meanwhile, if nothing else tells
    what that was.
    """

    acted: AdvertActed
    advert: AdvertSeen | None
    end: Instant
    left: AdvertLeft | None
    load: Load | None
    opening: Opening | None
    bytes: DownloadSeen | None
    page: ScreenSeen | None = None
    """The page on which it was, None where none is on record."""
    pictured: bool = True
    """Whether a picture shows what was pressed, with the words that it had; what was left alone needs none."""
    overlaid: bool = False
    """Whether a window of others lay over the app meanwhile: then the touch went there, and nobody saw the advert."""

    listens: bool | None = None
    """Whether the app listened to the phone's motion meanwhile, None where the phone was not asked or does not tell."""
    after: bool | None = None
    """Whether the advert was there when the app was come back to from what the act opened, None where nobody looked."""
    led_on: bool = False
    """Whether it opened a page of the app's own, from which Back led to another one."""

    @property
    def slot(self) -> str:
        return self.acted.slot

    @property
    def of_page(self) -> bool:
        """Whether it was done to a control of an ordinary page: that is an advert's by what it brings alone."""
        return self.slot.startswith(LURE)

    @property
    def still(self) -> bool | None:
        """Whether the advert was there still, None where nobody could see."""
        return self.left.still if self.left is not None and not self.overlaid else None

    @property
    def span(self) -> tuple[Instant, Instant]:
        """Return the span from the act to the end of its watch."""
        return self.acted.at, self.end

    @property
    def kind(self) -> AdvertKind:
        return self.advert.advert if self.advert is not None else AdvertKind.WINDOW

    @property
    def told(self) -> dict[str, str]:
        """Return what the advert said of the app that it offers."""
        return dict(self.advert.told) if self.advert is not None else {}

    @property
    def title(self) -> str:
        """Return the most prominent line of the advert."""
        return title_of(self.advert) if self.advert is not None else ""

    @property
    def has_button(self) -> bool:
        """Whether the advert has a button that says that it loads: without one no touch is beside it.

        Of an ordinary page a picture or title is pressed as one only where it stands beside such a button.
        """
        if self.of_page and self.acted.act is AdvertAct.PICTURE:
            return True
        return self.advert is not None and any(control.role in LOADING or promises_load(control.text) for control in self.advert.controls)

    @property
    def promise(self) -> Promise:
        """Return what the touched place said, at that moment."""
        acted = self.acted
        if acted.act is AdvertAct.BACK or (acted.role in CLOSING and not self.led_on):
            return Promise.CLOSES
        if acted.act in (AdvertAct.NOTHING, AdvertAct.SWIPE, AdvertAct.SCROLL, AdvertAct.MOTION, AdvertAct.OUTSIDE):
            return Promise.NOTHING
        whole = self.advert is not None and self.advert.whole_card
        if acted.role in LOADING or promises_load(acted.words) or (whole and acted.role in PASSIVE) or self._is_on_button():
            return Promise.LOADS
        said = self.advert.words if self.advert is not None else ""
        marked = any(is_mark(word) for word in said.split())
        if marked and acted.role is ControlRole.ACT and invites(acted.words) and not claims(acted.words):
            return Promise.LEADS_OUT
        if acted.role is ControlRole.OPEN or (acted.role is ControlRole.CONFIRM and asks_to_open(said)):
            return Promise.LEADS_OUT
        if acted.role is ControlRole.CONFIRM and promises_load(said):
            return Promise.LOADS
        return Promise.NOTHING if acted.role in PASSIVE else Promise.ELSE

    def _is_on_button(self) -> bool:
        """Whether a touch on no part in particular met the words of a load: 下载灶台计时器, and no card around them."""
        controls, point = self.advert.controls if self.advert is not None else (), (self.acted.x, self.acted.y)
        there = (each for each in controls if contains(each.box, point) and each.role not in (ControlRole.PICTURE, ControlRole.TITLE))
        inner = min(there, key=lambda each: area(each.box), default=None)
        if inner is None or not promises_load(inner.text):
            return False
        return not any(promises_load(each.text) and contains(inner.box, centre(each.box)) for each in controls if each is not inner)


def title_of(seen: AdvertSeen) -> str:
    """Return the most prominent line of an advert."""
    return next((one.text for one in seen.controls if one.role is ControlRole.TITLE and one.text), "")


def trials(timeline: Timeline, app: AppUnderTest) -> list[Trial]:
    acts, seen, lefts = timeline.of(AdvertActed), timeline.of(AdvertSeen), timeline.of(AdvertLeft)
    if not acts:
        return []
    arrived, last = arrivals(timeline), list(timeline)[-1].at
    pages = timeline.of(ScreenSeen)
    found = []
    for number, acted in enumerate(acts):
        before = [advert for advert in seen if advert.slot == acted.slot and advert.at <= acted.at]
        advert = before[-1] if before else None
        following = acts[number + 1].at if number + 1 < len(acts) else None
        of_act = [each for each in lefts if each.slot == acted.slot and _within(acted.at, each.at, following)]
        left = of_act[0] if of_act else None
        end = left.at if left is not None else _until(timeline, acted, following, last)
        span = (acted.at, end)
        opening = opening_within(timeline, app, acted.act, span)
        opened = opening.packages if opening is not None else ()
        coming = (acted.at, max(end, _until(timeline, acted, following, last)))
        words, told = (advert.words, dict(advert.told)) if advert is not None else ("", {})
        page = next((seen for seen in reversed(pages) if seen.at <= acted.at and seen.package == app.package), None)
        # What the page said before the act says nothing of it, but of an app that was ended since.
        said = words if page is None or acted.act is AdvertAct.RELAUNCH else f"{words}\n{page.text}"
        load = load_within(timeline, app, arrived, coming, opened, said, told.get("name", ""), acted.words)
        received = bytes_within(timeline, app, arrived, span) if load is None else None
        # Of an advert that the last tree does not show nothing is known; a page's control, and a leaf that is turned,
        # is on the page's picture.
        looked = [each for each in before if any(each.box) or acted.slot.startswith((LURE, LEAF))]
        shown = any(each.screenshot is not None and each.words == words for each in looked)
        pictured = shown or acted.act is AdvertAct.NOTHING
        heard = next((bool(each.sensors) for each in reversed(timeline.between(*span, MotionListenersSeen))), None)
        overlaid, led_on = bool(timeline.overlaid(*span)), _led_on(timeline, app, acted, span)
        after = of_act[-1].still if len(of_act) > 1 else None
        found.append(Trial(acted, advert, end, left, load, opening, received, page, pictured, overlaid, heard, after, led_on))
    return found


def _within(start: Instant, at: Instant, following: Instant | None) -> bool:
    return start <= at and (following is None or at <= following)


def _led_on(timeline: Timeline, app: AppUnderTest, acted: AdvertActed, span: tuple[Instant, Instant]) -> bool:
    """Whether Back was pressed to look behind the page that a press opened, and another page of the app stood there."""
    back = next((key.at for key in timeline.between(*span, KeyPressed)), None)
    if back is None or acted.act is AdvertAct.BACK:
        return False
    opened = timeline.between(span[0], back, ScreenSeen)[-1:]
    behind = timeline.between(back, span[1], ScreenSeen)[-1:]
    own = all(page.package == app.package for page in (*opened, *behind))
    return own and bool(behind) and [page.screen for page in opened] != [page.screen for page in behind]


def _until(timeline: Timeline, acted: AdvertActed, following: Instant | None, last: Instant) -> Instant:
    """Until when what begins to come is of this act: the next act, the end of the segment or of the record.

    That is where the watch of an act ends, too, that nothing closed.
    """
    ends = [event.at for event in timeline.of(ScenarioEnded) if event.at >= acted.at]
    return min([at for at in (following, *ends[:1]) if at is not None], default=last)


def names_what_came(trial: Trial, load: Load) -> bool:
    """Whether the advert named an app, as such or, among its words or on its page, the one that came.

    As long as nothing tells what came is called, a title that may be a name is one.
    """
    titles = [one.text for one in trial.advert.controls if one.role is ControlRole.TITLE] if trial.advert is not None else []
    if not load.labels and any(is_name(title) and not names_nothing([title]) for title in titles):
        return True
    said = [trial.advert.words if trial.advert is not None else "", *(trial.page.text.splitlines() if trial.page is not None else ())]
    return bool(trial.told.get("name")) or any(same_name(words, load.names) for words in said if words)


def page_took(timeline: Timeline, trial: Trial) -> bool:
    """Whether a touch beside an advert opened another page: that of below takes touches, and nobody is kept from it."""
    return page_after(timeline, trial) not in {"", *last_pages(timeline, trial.acted.at)}


def page_after(timeline: Timeline, trial: Trial) -> str:
    """The page that was in front when the watch of an act ended, empty where none was seen."""
    return next((page.screen for page in reversed(timeline.between(*trial.span, ScreenSeen))), "")


def last_pages(timeline: Timeline, at: Instant) -> tuple[str, ...]:
    """The page in front at a moment and the one before it, as far as they were seen since the boot."""
    pages = [page.screen for page in timeline.between(at.boot_start, at, ScreenSeen)]
    return (*pages[-1:], *[screen for screen in pages if screen != pages[-1]][-1:])


def leaving_question(timeline: Timeline, trial: Trial) -> ScreenSeen | AdvertSeen | None:
    """What came up at an attempt to close an advert and offers to leave after all: 放弃奖励, 仍要离开, 离开."""
    if offers_to_leave(trial.advert.words if trial.advert is not None else ""):
        return None
    for page in timeline.between(*trial.span, ScreenSeen):
        if offers_to_leave(page.text):
            return page
    windows = timeline.between(*trial.span, AdvertSeen)
    return next((window for window in windows if window.slot != trial.slot and offers_to_leave(window.words)), None)


def charge_of_load(trial: Trial) -> str | None:
    """The one rule that a load is charged to, None where it was told and asked for."""
    load, act, promise = trial.load, trial.acted.act, trial.promise
    if load is None or act not in ON_ADVERT or (act is AdvertAct.MOTION and trial.opening is not None):
        return None
    wall = trial.kind is AdvertKind.WALL and promise in (Promise.LOADS, Promise.LEADS_OUT)
    if promise is Promise.CLOSES:
        return "c7-close-acts-as-confirm"
    if wall:
        return "c7-forced-download-wall"
    if promise is Promise.LOADS:
        return None if names_what_came(trial, load) else "c7-download-without-notice"
    if promise in (Promise.ELSE, Promise.LEADS_OUT):
        return "c7-disguised-download"
    beside = act not in (AdvertAct.NOTHING, AdvertAct.MOTION, AdvertAct.BUTTON) and trial.has_button
    return "c7-download-outside-button" if beside else "c7-download-without-notice"


def charge_of_opening(trial: Trial) -> str | None:
    """The one rule that an opened app, store or browser is charged to, None where the touched place said so.

    Where something loads as well, that is the fact, and not the page that came with it. To an app that does not listen
    the phone was not moved. 去领取 says that it leads somewhere, and a store is not where it is said to.
    """
    act, promise = trial.acted.act, trial.promise
    if trial.opening is None or act not in ON_ADVERT:
        return None
    if act is AdvertAct.MOTION and trial.listens is not False:
        return "c7-shake-jump"
    if trial.load is not None:
        return None
    if promise is Promise.CLOSES:
        return "c7-close-acts-as-confirm"
    if promise is Promise.ELSE and says_goes(trial.acted.words) and not _in_store(trial.opening):
        return None
    return "c7-jump" if promise in (Promise.ELSE, Promise.NOTHING) else None


def _in_store(opening: Opening) -> bool:
    """Whether what opened is a store: there an app is to be had, and nothing else."""
    return opening.page is not None or not set(opening.packages).isdisjoint(words_of("store", "packages"))
