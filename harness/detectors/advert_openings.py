"""Apps, stores and browsers that came to the front during an act on an advert."""

from collections.abc import Iterator
from dataclasses import dataclass

from harness.detectors.advert_loads import DOWNLOADERS, is_installer
from harness.dialogs.offers import asks_to_open
from harness.events import (
    ActivityResumed,
    ActivityStarted,
    AdvertAct,
    AppCovered,
    Event,
    FocusSeen,
    Instant,
    ScreenSeen,
    Source,
    StorePageSeen,
)
from harness.events.app_under_test import AppUnderTest
from harness.events.timeline import Timeline
from harness.starts.tester_causes import CLOCK_SLACK

REFUSED = 100  # ActivityManager.java: START_ABORTED and the like are 100 and more
_SYSTEM = ("android", "com.android.systemui", "com.android.intentresolver", "com.android.internal.app", *DOWNLOADERS)
_FILES = ("OPEN_DOCUMENT", "OPEN_DOCUMENT_TREE", "CREATE_DOCUMENT", "GET_CONTENT", "PICK", "RINGTONE_PICKER", "CHOOSER")
_PICTURES = ("android.media.action.IMAGE_CAPTURE", "android.media.action.VIDEO_CAPTURE", "android.provider.action.PICK_IMAGES")
_CHOOSING = frozenset({*_PICTURES, *(f"android.intent.action.{name}" for name in _FILES)})
"""Intents for what another app gives back to the one that asked (Intent.java, MediaStore.java): they promote none."""
UNTOUCHED = (AdvertAct.NOTHING, AdvertAct.BACK, AdvertAct.SCROLL)
"""Acts that press nothing: what comes then without a line that names the app may be anybody's."""


@dataclass(frozen=True, slots=True)
class Opening:
    """Apps of others that one act brought to the front.

    ``witnesses`` counts the log and the tree; ``proved``: the log names the app under test as who asked for it.
    ``stopped_by`` is the part of the phone that asked before anything opened, and was not told yes.
    """

    packages: tuple[str, ...]
    facts: tuple[Event, ...]
    witnesses: int
    proved: bool
    page: StorePageSeen | None
    stopped_by: str = ""

    @property
    def at(self) -> Instant:
        """When the first witness told of it."""
        return self.facts[0].at


def opening_within(timeline: Timeline, app: AppUnderTest, act: AdvertAct, span: tuple[Instant, Instant]) -> Opening | None:
    """Return the opening within a span that the app asked for, None where nothing came to the front.

    A question of the phone's maker before it is an opening that was stopped.
    """
    question = _question(timeline, app, span)
    stopped: list[Event] = []
    facts: dict[str, list[Event]] = {}
    for package, fact in _shown(timeline, app, span):
        facts.setdefault(package, []).append(fact)
    kept: list[Event] = []
    packages: list[str] = []
    proved = False
    for package, own in facts.items():
        lines = [fact for fact in own if isinstance(fact, ActivityStarted)]
        if any(line.action in _CHOOSING for line in lines):
            continue
        asked = any(line.from_uid == app.uid or line.caller == app.package for line in lines)
        if _only_asks(own, asked=asked and len(own) == len(lines), elsewhere=question is not None):
            stopped += own if asked or not (lines or act in UNTOUCHED or not timeline.covered(Source.SYSTEM, *span)) else []
            proved |= asked and question is not None
            continue
        if not asked and (lines or act in UNTOUCHED or not timeline.covered(Source.SYSTEM, *span)):
            continue  # somebody else opened it, or nobody can say who
        packages.append(package)
        kept += own
        proved |= asked
    if not packages and question is not None and stopped:
        return Opening(
            (), timeline.in_order(question, *(fact for fact in stopped if fact is not question)), 1, proved, None, question.package
        )
    if not packages:
        return None
    logged = any(isinstance(fact, ActivityStarted | ActivityResumed | FocusSeen) for fact in kept)
    in_tree = any(isinstance(fact, ScreenSeen | StorePageSeen) for fact in kept)
    page = next((fact for fact in kept if isinstance(fact, StorePageSeen)), None)
    return Opening(tuple(packages), timeline.in_order(*kept), logged + in_tree, proved, page)


def _shown(timeline: Timeline, app: AppUnderTest, span: tuple[Instant, Instant]) -> Iterator[tuple[str, Event]]:
    """(package, fact) of all that speaks of a page of others; not of a window of the table that is nobody's business.

    Such a one a ROM may open in the name of the app, so its START line proves nothing.
    """
    since = span[0].earlier(CLOCK_SLACK)
    covers = [each for each in timeline.of(AppCovered) if each.window]
    kinds: tuple[type[Event], ...] = (ActivityStarted, ActivityResumed, FocusSeen, ScreenSeen, StorePageSeen)
    for fact in timeline.between(since, span[1], *kinds):
        component = package = ""
        if isinstance(fact, ScreenSeen | StorePageSeen):
            package = fact.package
        elif isinstance(fact, ActivityStarted | ActivityResumed | FocusSeen):
            component = fact.component or ""
            package = component.split("/", 1)[0]
        if isinstance(fact, ActivityStarted) and fact.result is not None and fact.result >= REFUSED:
            continue
        foreign = any(each.package == package and each.at <= fact.at <= each.until for each in covers)
        if package and not foreign and not _is_own(app, package) and not is_installer(component):
            yield package, fact


def _is_own(app: AppUnderTest, package: str) -> bool:
    """Whether it is the app's, or a part of the system that is no destination of anything."""
    parts = (app.package, *app.home_packages, *app.grant_packages, *app.settings_packages, *_SYSTEM)
    return package in parts or "inputmethod" in package or "packageinstaller" in package


def _question(timeline: Timeline, app: AppUnderTest, span: tuple[Instant, Instant]) -> ScreenSeen | None:
    """The page of others that asked, in the span, before anything opened."""
    pages = timeline.between(*span, ScreenSeen)
    return next((page for page in pages if page.package != app.package and asks_to_open(page.text)), None)


def _only_asks(facts: list[Event], *, asked: bool, elsewhere: bool) -> bool:
    """Whether a package was in front for a question only, or its START line stands behind one that was not answered."""
    pages = [fact for fact in facts if isinstance(fact, ScreenSeen)]
    if pages and all(asks_to_open(page.text) for page in pages) and not any(isinstance(fact, StorePageSeen) for fact in facts):
        return True
    return asked and elsewhere
