"""Downloads and installs that began during an act on an advert, and the independent witnesses of each."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from harness.dialogs.app_names import same_name
from harness.dialogs.offers import is_about_a_load, is_own_pack, promises_load, tells_of_loading
from harness.events import (
    ActivityResumed,
    AppStopped,
    CallerSeen,
    DeliveryDescribed,
    DeliveryRemoved,
    DownloadSeen,
    DownloadState,
    Event,
    InstallSeen,
    InstallState,
    Instant,
    NotificationSeen,
    ScreenSeen,
    ToastShown,
    Witness,
)
from harness.events.action_kinds import Ending
from harness.events.app_under_test import AppUnderTest
from harness.events.timeline import Timeline
from harness.language import _
from harness.parsers.delivery_changes import PAGE_BYTES


class Seen(StrEnum):
    """An independent witness of a load: a row and its own notification are one."""

    MANAGER = "manager"
    FILE = "file"
    BYTES = "bytes"
    SESSION = "session"
    PACKAGE = "package"
    INSTALLER = "installer"
    PAGE = "page"  # the app's own page or Toast says that it loads


FITTING_SHARE = 0.5


class Content(StrEnum):
    """The content of a load, as far as anything tells."""

    APP = "app"
    UNKNOWN = "unknown"
    OTHER = "other"  # a picture, a film, a pack of the app's own


_GROUPS = {
    Witness.ROW: Seen.MANAGER,
    Witness.NOTIFICATION: Seen.MANAGER,
    Witness.FILE: Seen.FILE,
    Witness.BYTES: Seen.BYTES,
    Witness.SESSION: Seen.SESSION,
    Witness.PACKAGE: Seen.PACKAGE,
    Witness.INSTALLER: Seen.INSTALLER,
}
SEEN_WORDS = {
    Seen.MANAGER: _("the download row or its notification"),
    Seen.FILE: _("a file in a public folder"),
    Seen.BYTES: _("the bytes that the app received"),
    Seen.SESSION: _("an install session"),
    Seen.PACKAGE: _("a new package"),
    Seen.INSTALLER: _("the installer in the log"),
    Seen.PAGE: _("the app's own words"),
}
DOWNLOADERS = ("com.android.providers.downloads", "com.android.providers.downloads.ui")
"""Android's own download service, which loads for whoever asks."""
_INSTALLERS = ("com.oplus.appdetail", "com.android.vivo.packageinstaller")
"""Installers of makers whose pages do not say so."""
_MAKES_INSTALLER = re.compile(r"packageinstaller/.*(?:Install|Package)", re.IGNORECASE)
_ASKS_PERMISSION = re.compile(r"GrantPermissions|ManagePermissions", re.IGNORECASE)
_APP_MIME = "application/vnd.android.package-archive"
_APP_NAME = re.compile(r"\.(?:apks?|xapk|apkm|aab|hap)(?![a-z])", re.IGNORECASE)
_OTHER_NAME = re.compile(
    r"\.(?:jpe?g|png|gif|webp|bmp|svg|mp[34]|m4a|aac|wav|flac|m3u8|mkv|webm|html?|css|js|json|txt|pdf|docx?|xlsx?|ttf|otf|obb|pak)$",
    re.IGNORECASE,
)
_OTHER_MIME = ("image/", "video/", "audio/", "text/", "font/")
_PARTIAL = re.compile(r"\.(?:part|tmp|temp|download|crdownload|td|\d+)$", re.IGNORECASE)
_OVER = (DownloadState.GONE, DownloadState.FAILED)
_OVER_INSTALL = (InstallState.GONE, InstallState.FAILED)

Delivery = DownloadSeen | InstallSeen
Key = tuple[Witness, str]


@dataclass(frozen=True, slots=True)
class Load:
    """The load of one act, by all that told of it.

    ``keys`` are those of its facts of deliveries, ``names`` what it is called: its titles, and its ``labels`` once they
    are read.
    """

    facts: tuple[Event, ...]
    seen: frozenset[Seen]
    content: Content
    name: str
    keys: frozenset[Key]
    titles: tuple[str, ...]
    labels: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.titles, *self.labels)))

    @property
    def at(self) -> Instant:
        """When the first witness told of it."""
        return self.facts[0].at

    @property
    def size(self) -> int:
        """How many bytes had come by then, as far as it tells."""
        first = self.facts[0]
        return first.bytes or 0 if isinstance(first, DownloadSeen) else 0


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Everything on the timeline that began to come, each by its first fact, with later facts about the same thing."""

    begun: tuple[tuple[Delivery, tuple[Delivery, ...]], ...]
    described: tuple[DeliveryDescribed, ...]


def arrivals(timeline: Timeline) -> Arrivals:
    """Read the deliveries in order: what is over or was removed may begin anew under the same key.

    A row that could not be taken away is there still until it is done: what of it comes meanwhile only grows.
    """
    alive: dict[Key, int] = {}
    kept: set[Key] = set()  # rows that could not be taken away
    begun: list[tuple[Delivery, list[Delivery]]] = []
    told: list[Event] = timeline.of(DownloadSeen, InstallSeen, DeliveryRemoved)
    for fact in told:
        if not isinstance(fact, DownloadSeen | InstallSeen | DeliveryRemoved):
            continue
        key = (fact.witness, fact.key)
        if isinstance(fact, DeliveryRemoved) and fact.problem and fact.witness is Witness.ROW and key in alive:
            kept.add(key)
            continue
        if isinstance(fact, DeliveryRemoved) or fact.state in (*_OVER, *_OVER_INSTALL):
            alive.pop(key, None)
            continue
        if fact.witness is Witness.BYTES:  # what came since the last reading, each time
            begun.append((fact, []))
            continue
        place = alive.get(key, _same(fact, begun, alive.values()))
        if place is None:
            place = len(begun)
            begun.append((fact, []))
        else:
            begun[place][1].append(fact)
        alive[key] = place
        if key in kept and fact.state is DownloadState.DONE:
            kept.remove(key)
            del alive[key]
    return Arrivals(tuple((first, tuple(rest)) for first, rest in begun), tuple(timeline.of(DeliveryDescribed)))


def _same(fact: Delivery, begun: list[tuple[Delivery, list[Delivery]]], alive: Iterable[int]) -> int | None:
    """Which of what comes already a fact of another witness is about, by its name or package."""
    names = _names(fact)
    for place in sorted({*alive}, reverse=True):  # the latest of a name
        first, rest = begun[place]
        told = (first, *rest)
        if any(other.witness is fact.witness and other.key != fact.key for other in told):
            continue  # one witness tells of it already: another row, another file, is another load
        if any(names & _names(other) for other in told):
            return place
    return None


def _names(fact: Delivery) -> set[str]:
    if isinstance(fact, InstallSeen):
        return {fact.package} if fact.package else set()
    ends = (part.rstrip("/").rsplit("/", 1)[-1].split("?", 1)[0] for part in (fact.name, fact.path, fact.uri))
    return {_PARTIAL.sub("", end).casefold() for end in ends if end}


def load_within(
    timeline: Timeline,
    app: AppUnderTest,
    arrived: Arrivals,
    span: tuple[Instant, Instant],
    opened: Collection[str],
    words: str,
    offered: str = "",
    touched: str = "",
) -> Load | None:
    """Return what began to load within a span as one load, or None; bytes alone are none (``bytes_within``).

    ``opened`` are the packages that came to the front in it: what a store loads then is of this act. ``words`` is what
    the advert and its page said already, so that an app's page is no witness for what it said before; ``offered`` the
    name of the app in it, ``touched`` the words under the finger: to install what was loaded before is no new load.
    """
    whose = {app.package, *DOWNLOADERS, *opened, *_called(timeline, app, span)}
    facts: list[Delivery] = []
    for first, rest in arrived.begun:
        if span[0] <= first.at <= span[1] and _whose(first) in (None, *whose) and not _plays(timeline, first):
            facts += [first, *rest]
    downloads = [fact for fact in facts if fact.witness is not Witness.BYTES]
    if not _fits(facts):
        facts = downloads
    content = content_of(facts, arrived.described)
    if content is Content.UNKNOWN and offered and any(same_name(offered, [name]) for name in _titles(downloads)):
        content = Content.APP
    known = not downloads and promises_load(touched) and _loaded_before(timeline, arrived, whose, span[0])
    pages = [] if known else timeline.between(*span, ActivityResumed)
    log = [page for page in pages if is_installer(page.component)][:1]
    told = _told_by_page(timeline, app, span, words)
    seen = {_GROUPS[fact.witness] for fact in facts} | ({Seen.INSTALLER} if log else set()) | ({Seen.PAGE} if told else set())
    kept = all(fact.witness is Witness.FILE for fact in downloads) and content is Content.UNKNOWN
    if content is Content.OTHER or not (downloads or log or told) or (kept and not (log or told)):
        return None  # a file of unknown contents alone is something that the app keeps
    if log:
        content = Content.APP
    every = timeline.in_order(*facts, *log, *told)
    keys = frozenset((fact.witness, fact.key) for fact in downloads)
    labels = tuple(label for each in arrived.described if (each.witness, each.key) in keys for _, label in each.labels if label)
    return Load(every, frozenset(seen), content, _called_name(downloads), keys, tuple(_titles(downloads)), labels)


def _loaded_before(timeline: Timeline, arrived: Arrivals, whose: Collection[str], at: Instant) -> bool:
    """Whether an app began to come to whoever is meant before a moment, since the app's data was last cleared."""
    cleared = [stop.at for stop in timeline.of(AppStopped) if stop.how is Ending.CLEAR and stop.at <= at]
    since = max(cleared, default=at.boot_start)
    return any(
        since <= first.at < at and _whose(first) in (None, *whose) and content_of([first, *rest], arrived.described) is Content.APP
        for first, rest in arrived.begun
    )


def _fits(facts: list[Delivery]) -> bool:
    """Whether the bytes that the app received may be those of the download: half of what others tell, or more."""
    told = [fact for fact in facts if isinstance(fact, DownloadSeen)]
    received = sum(fact.bytes or 0 for fact in told if fact.witness is Witness.BYTES)
    until = max((fact.at for fact in told if fact.witness is Witness.BYTES), default=None)
    came = [fact.bytes or 0 for fact in told if fact.witness is not Witness.BYTES and until is not None and fact.at <= until]
    return received >= FITTING_SHARE * max(came, default=0)


def bytes_within(timeline: Timeline, app: AppUnderTest, arrived: Arrivals, span: tuple[Instant, Instant]) -> DownloadSeen | None:
    """Return what the app received within a span: more than a page costs, and nothing else tells what it was.

    What it loaded already, since we ended it last, may go on even where we took the file away. A file of its own that
    can be read (a picture, a pack of levels) accounts for as much as it holds.
    """
    since = max((stop.at for stop in timeline.of(AppStopped) if stop.at <= span[0]), default=span[0].boot_start)
    if any(first.witness is not Witness.BYTES and since <= first.at < span[0] for first, _ in arrived.begun):
        return None
    came = [
        first
        for first, _ in arrived.begun
        if isinstance(first, DownloadSeen)
        and first.witness is Witness.BYTES
        and first.package in (None, app.package)
        and span[0] <= first.at <= span[1]
    ]
    unknown = sum(fact.bytes or 0 for fact in came) - _of_own_contents(arrived, span)
    return came[0] if came and unknown > PAGE_BYTES else None


def _of_own_contents(arrived: Arrivals, span: tuple[Instant, Instant]) -> int:
    """How many of the bytes of a span are in files of which it is known that they are no app."""
    known = 0
    for first, rest in arrived.begun:
        if not (isinstance(first, DownloadSeen) and first.witness is not Witness.BYTES and span[0] <= first.at <= span[1]):
            continue
        if content_of([first, *rest], arrived.described) is Content.OTHER:
            known += max(fact.bytes or 0 for fact in (first, *rest) if isinstance(fact, DownloadSeen) and fact.at <= span[1])
    return known


def own_pages(timeline: Timeline, app: AppUnderTest, span: tuple[Instant, Instant]) -> list[ScreenSeen | ToastShown]:
    """What the app's pages and the Toasts say within a span; nothing tells whose Toast one is."""
    pages = [page for page in timeline.between(*span, ScreenSeen) if page.package == app.package]
    return sorted([*pages, *timeline.between(*span, ToastShown)], key=lambda page: page.at)


def _plays(timeline: Timeline, fact: Delivery) -> bool:
    """Whether it is a notification whose progress is that of something else than a download."""
    if fact.witness is not Witness.NOTIFICATION or not isinstance(fact, DownloadSeen) or fact.package in DOWNLOADERS:
        return False
    notes = (note for note in timeline.of(NotificationSeen) if note.key == fact.key)
    return not any(is_about_a_load(words) for words in (fact.name, *(f"{note.title} {note.text}" for note in notes)))


def _titles(facts: list[Delivery]) -> list[str]:
    return [fact.name for fact in facts if isinstance(fact, DownloadSeen) and fact.name]


def seen_of(fact: Delivery) -> Seen:
    """Return the witness that a fact belongs to."""
    return _GROUPS[fact.witness]


def speak_of_one(one: Delivery, other: Delivery) -> bool:
    """Whether two facts are about the same thing, by key, name, file, address or package."""
    return (one.witness, one.key) == (other.witness, other.key) or bool(_names(one) & _names(other))


def is_installer(component: str) -> bool:
    """Whether a page is the system's installer: that one comes for a load, and is no jump of its own."""
    of_maker = component.split("/", 1)[0] in _INSTALLERS
    return (of_maker or bool(_MAKES_INSTALLER.search(component))) and not _ASKS_PERMISSION.search(component)


def _whose(fact: Delivery) -> str | None:
    return fact.installer if isinstance(fact, InstallSeen) else fact.package


def _called(timeline: Timeline, app: AppUnderTest, span: tuple[Instant, Instant]) -> set[str]:
    """The packages of which a record says that the app uses them: a store that loads in the background for it."""
    return {record.package for record in timeline.between(*span, CallerSeen) if record.caller == app.package}


def _told_by_page(timeline: Timeline, app: AppUnderTest, span: tuple[Instant, Instant], words: str) -> list[ScreenSeen | ToastShown]:
    before = tells_of_loading(words)
    told = (each for each in own_pages(timeline, app, span) if isinstance(each, ToastShown) or not before)
    return [page for page in told if tells_of_loading(page.text)][:1]


def content_of(facts: list[Delivery], described: tuple[DeliveryDescribed, ...]) -> Content:
    """Tell whether facts of deliveries are about an app, by what was read of it, its type, its name."""
    downloads = [fact for fact in facts if isinstance(fact, DownloadSeen) and fact.witness is not Witness.BYTES]
    keys = {(fact.witness, fact.key) for fact in facts}
    if any((each.witness, each.key) in keys and each.package for each in described):
        return Content.APP
    if any(isinstance(fact, InstallSeen) for fact in facts):
        return Content.APP
    if any(fact.mime == _APP_MIME or _APP_NAME.search(" ".join((fact.name, fact.path, fact.uri))) for fact in downloads):
        return Content.APP
    if downloads and all(_is_other(fact) for fact in downloads):
        return Content.OTHER
    return Content.UNKNOWN


def _is_other(fact: DownloadSeen) -> bool:
    ends = [end for end in (fact.name, fact.path, fact.uri.split("?", 1)[0]) if end]
    named = any(_OTHER_NAME.search(end) or is_own_pack(end) for end in ends)
    return named or fact.mime.startswith(_OTHER_MIME)


def _called_name(facts: list[Delivery]) -> str:
    """What a load is called: by its row or notification, else its file, else the package."""
    for fact in facts:
        if isinstance(fact, DownloadSeen) and (name := fact.name or fact.path.rsplit("/", 1)[-1]):
            return name[:80]
    return next((fact.package for fact in facts if isinstance(fact, InstallSeen) and fact.package), "")[:80]
