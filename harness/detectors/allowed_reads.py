"""Reads of the run in which every permission is allowed: what needed them, and which come at a period.

One read is charged to one rule: in the background, at a period in front, without need, whichever comes first.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from harness.detectors.asks import ALLOW_SEGMENTS, asks
from harness.detectors.first_runs import USES
from harness.detectors.read_findings import Read, asked_for, reads, undated, unread
from harness.detectors.reads_after_refusal import USE_SECONDS, led_within
from harness.detectors.timed_reads import of_one_timer
from harness.dialogs.promises import core_by_name, runs_on, tells_distances
from harness.dialogs.related import serves
from harness.events import (
    ActivityResumed,
    AppLaunched,
    AppOpsRead,
    DataKind,
    Event,
    FunctionUsed,
    Instant,
    KeyPressed,
    PermissionGranted,
    ReadWitness,
    ScreenSeen,
    ServiceSeen,
    Tapped,
)
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding, Outcome
from harness.events.personal_data import GROUP_OF, WEAK, data_names
from harness.events.timeline import Timeline
from harness.language import Text, _
from harness.rules import Rule

BACKGROUND = f"{ALLOW_SEGMENTS}background"
EVEN = 0.1
"""By how much of their mean the times between reads of one period differ at most; of rows beside each other, by how
much of the mean between two reads of any, or four rows fit what comes in five."""
MOST_ROWS = 8
"""Rows of one period beside each other at most [PROJECT]: a page that was opened again reads at its own times too."""
LED_TO = 15.0
"""Seconds within which a press leads to what is allowed [PROJECT]: an explanation and a dialog lie between."""
READ_AGAIN = 300.0
"""How long after a read the services of the app are asked for at the latest: at the end of the time in front."""
USED_IN_SIGHT = ("CAMERA", "MICROPHONE")
"""Groups that Android refuses to what has no window in sight (9 and later), and whose use it shows (12 and later)."""
UNSEEN_STATES = ("bg", "cch")
"""States of an app without a window in sight and without a foreground service: that has a notification, and none of
those that an app under this run shows was refused."""


@dataclass(frozen=True, slots=True)
class Period:
    """Reads of ``rows`` that run beside each other; ``seconds`` between two of one row."""

    reads: tuple[Read, ...]
    seconds: float
    rows: int = 1


def front(timeline: Timeline) -> list[tuple[Instant, Instant]]:
    """The parts of the run that allows in which the app is in front."""
    return [(start, end) for name, start, end in timeline.segments(ALLOW_SEGMENTS) if name != BACKGROUND]


def background(timeline: Timeline, app: AppUnderTest) -> list[tuple[Instant, Instant]]:
    """The parts in which it is in the background: from our Home on, as long as no page of it comes back."""
    found = []
    for _name, start, end in timeline.segments(BACKGROUND):
        home = next((key.at for key in timeline.between(start, end, KeyPressed) if key.key == "home"), None)
        if home is not None:
            back = [page.at for page in timeline.between(home.later(USE_SECONDS), end, ActivityResumed) if app.owns(page.component)]
            found.append((home.later(USE_SECONDS), min([end, *back])))
    return found


def periods(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Period]:
    """Reads in front at a period that no press and no page needs: enough at a long one, or at a short one."""
    long = _periods(timeline, app, int(rule.threshold("period_reads")), rule.threshold("seconds"))
    short = _periods(timeline, app, int(rule.threshold("often")), rule.threshold("often_seconds"))
    found = list(long)
    told = {read.facts[0] for period in found for read in period.reads}
    return [*found, *(period for period in short if period.reads[0].facts[0] not in told)]


def too_many(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[tuple[Read, ...]]:
    """The reads of each kind, in front, that no press and no page needs, where they are too many within a time.

    Only a profile of a store has a number (``many``); 0 counts none. Evenly or not makes no difference.
    """
    many, longest = int(rule.threshold("many")), rule.threshold("many_seconds")
    series: dict[tuple[str, str | None], list[Read]] = {}
    for read in (read for start, end in front(timeline) for read in unneeded(timeline, app, start, end)) if many else ():
        series.setdefault((read.what, read.facts[0].attribution), []).append(read)
    windows = {source: zip(own, own[many - 1 :], strict=False) for source, own in series.items()}
    return [
        tuple(series[source])
        for source, pairs in windows.items()
        if any(last.at.seconds_since(first.at) <= longest for first, last in pairs)
    ]


def unneeded(timeline: Timeline, app: AppUnderTest, start: Instant, end: Instant) -> list[Read]:
    """The reads of a span that the phone let through and no press, page or name needs, but for who listens."""
    own = (read for read in reads(timeline, app, start, end) if read.facts[0].witness is not ReadWitness.REGISTRATION)
    return [read for read in own if not read.refused and not needed(timeline, app, read)]


def _periods(timeline: Timeline, app: AppUnderTest, least: int, longest: float) -> Iterator[Period]:
    for start, end in front(timeline):
        for own in _series(unneeded(timeline, app, start, end)):
            yield from (
                list(_even(timeline, own, least, longest, 1))
                or list(_timers(timeline, own, least, longest))
                or _even(timeline, own, least, longest, MOST_ROWS)
            )


def _timers(timeline: Timeline, own: list[Read], least: int, longest: float) -> Iterator[Period]:
    """The timers of several that read one thing at periods of their own."""
    readings = [reading.at.uptime for reading in timeline.between(own[0].at.boot_start, own[-1].at.boot_end, AppOpsRead)]
    while found := of_one_timer(own, readings, least, longest):
        row, seconds = found
        if not timeline.between(row[0].at, row[-1].at, Tapped, AppLaunched, KeyPressed):
            yield Period(tuple(row), seconds)
        own = [read for read in own if read not in row]


def _series(found: Iterable[Read]) -> list[list[Read]]:
    """Reads by what was read, by which call and tag."""
    series: dict[tuple[str, str, str | None], list[Read]] = {}
    for read in found:
        series.setdefault((read.what, read.facts[0].how, read.facts[0].attribution), []).append(read)
    return list(series.values())


def even(timeline: Timeline, found: Sequence[Read], least: int, longest: float, most_rows: int = MOST_ROWS) -> Iterator[Period]:
    """The rows of even times in some reads, each of one kind by one call and tag."""
    for own in _series(found):
        yield from _even(timeline, own, least, longest, most_rows)


def _period_of(found: Sequence[Read], least: int, rows: int) -> float | None:
    """The seconds between reads that come at even times; None where they do not, or are fewer than ``least``.

    Of several ``rows`` that run beside each other it is the one period of all, and the first has ``least``.
    """
    gaps = [later.at.seconds_since(earlier.at) for earlier, later in zip(found, found[rows:], strict=False)]
    if len(found) <= rows * (least - 1):
        return None
    mean = sum(gaps) / len(gaps)
    return mean if all(abs(gap - mean) <= EVEN * mean / rows for gap in gaps) else None


def _even(timeline: Timeline, own: list[Read], least: int, longest: float, most_rows: int) -> Iterator[Period]:
    """The longest rows of even times, one after the other, between which nothing was pressed."""
    place = 0
    while place <= len(own) - least:
        begun = (_from(timeline, own[place:], least, longest, rows) for rows in range(1, most_rows + 1))
        period = next(filter(None, begun), None)
        if period is not None:
            yield period
        place += len(period.reads) if period is not None else 1


def _from(timeline: Timeline, own: list[Read], least: int, longest: float, rows: int) -> Period | None:
    row = own[: rows * (least - 1) + 1]
    mean = _period_of(row, least, rows)
    if mean is None or _as_told(mean) > longest or timeline.between(row[0].at, row[-1].at, Tapped, AppLaunched, KeyPressed):
        return None
    while len(row) < len(own) and (longer := _period_of(own[: len(row) + 1], least, rows)) is not None:
        row, mean = own[: len(row) + 1], longer
    return Period(tuple(row), mean, rows)


def needed(timeline: Timeline, app: AppUnderTest, read: Read) -> bool:
    """Whether something needs what was read; in doubt, after a press of unknown words, it does."""
    return unknown_press(timeline, read) is not None or known_need(timeline, app, read)


def unknown_press(timeline: Timeline, read: Read) -> FunctionUsed | None:
    """The last press just before a read of whose words nobody knows what they need."""
    pressed = timeline.between(*led_within(read), FunctionUsed)
    return next((press for press in reversed(pressed) if not press.promises), None)


def known_need(timeline: Timeline, app: AppUnderTest, read: Read) -> bool:
    """Whether the app's name, the page in front or what was just pressed needs what was read.

    What was allowed just before is read because somebody asked for it; so is what an earlier press of the same control
    led to be allowed. A press counts as long as nothing else is done.
    """
    group = GROUP_OF.get(read.what, read.what)
    if group in app.core_groups or core_by_name(app.label, group):
        return True
    since, until = led_within(read)
    pressed = timeline.between(since, until, FunctionUsed) or _still_used(timeline, until)
    if any(_promises(press, group) for press in pressed):
        return True
    alike = [press.at for press in timeline.of(FunctionUsed) if press.text and press.text in {own.text for own in pressed}]
    given = (
        timeline.between(since, until, PermissionGranted),
        *(timeline.between(at, at.later(LED_TO), PermissionGranted) for at in alike),
    )
    if any(fact.permission_group == group for facts in given for fact in facts):
        return True
    if _runs_on(timeline, app, group, until):
        return True
    pages = _pages_about(timeline, app, read, until)
    if any(serves(own, group) for page in pages for own in page.about):
        return True
    return serves(DataKind.LOCATION, group) and any(tells_distances(page.text) for page in pages)


def _still_used(timeline: Timeline, at: Instant) -> list[FunctionUsed]:
    """The last press, where nothing was done since that leaves what it led to: no key, start or use of the app."""
    last = timeline.between(at.boot_start, at, FunctionUsed)[-1:]
    acts: list[Event] = timeline.between(last[0].at, at, KeyPressed, AppLaunched, Tapped) if last else []
    left = any(act.at > last[0].at and (not isinstance(act, Tapped) or act.purpose in USES) for act in acts)
    return [] if left else last


def _pages_about(timeline: Timeline, app: AppUnderTest, read: Read, until: Instant) -> list[ScreenSeen]:
    """The page that was in front before a read, and those that came as near to it as clocks agree."""
    pages = [page for page in timeline.between(read.at.boot_start, until, ScreenSeen) if page.package == app.package]
    before = [page for page in pages if page.at <= read.earliest]
    return [*before[-1:], *pages[len(before) :]]


def _runs_on(timeline: Timeline, app: AppUnderTest, group: str, at: Instant) -> bool:
    """Whether a function that needs the group was begun in this run and goes on: a way is recorded.

    It has a notification, or a page says that it runs and none has since had the control that begins it.
    """
    since = next((start for start, _end in front(timeline)), at)
    pressed = timeline.between(since, at, FunctionUsed)
    for press in pressed:
        allowed = timeline.between(press.at, press.at.later(LED_TO), PermissionGranted)
        caption = press.text if _promises(press, group) else ""  # a recorder of voices that had the calls allowed too needs no calls
        if caption or any(given.permission_group == group for given in allowed):
            later = (page for page in timeline.between(press.at, at, ScreenSeen) if page.package == app.package)
            told = [runs for page in later if (runs := runs_on(caption, group, page.text)) or press.text in page.text.split("\n")]
            if told and told[-1]:
                return True
    services = timeline.between(since, at.later(READ_AGAIN), ServiceSeen)
    foreground = any(service.foreground and service.package == app.package for service in services)
    return foreground and any(_promises(press, group) for press in pressed)


def _promises(press: FunctionUsed, group: str) -> bool:
    return any(serves(own, group) for own in press.promises)


def not_dated(timeline: Timeline, rule: Rule, part: str, spans: Sequence[tuple[Instant, Instant]]) -> list[Finding]:
    """What is said in place of an accusation where the clock was moved: what was read when is not sure."""
    problem = next(filter(None, (undated(timeline, start, end) for start, end in spans)), None)
    return [Finding(rule.id, Outcome.INCONCLUSIVE, part, problem)] if problem else []


def missing(timeline: Timeline, rule: Rule, spans: Sequence[tuple[Instant, Instant]]) -> Text | None:
    """Why reads of some spans may be missing."""
    for start, end in spans:
        later = timeline.between(end, end.boot_end, AppOpsRead)
        until = later[0].at if later else end
        if problem := undated(timeline, start, end) or unread(timeline, rule, start, end, until):
            return problem
    return None


def exercised(timeline: Timeline, app: AppUnderTest, spans: Sequence[tuple[Instant, Instant]]) -> bool:
    """Whether the app could read anything there: something was allowed, or it read all the same."""
    allowed = any(timeline.between(start, end, PermissionGranted) for start, end in front(timeline))
    return asked_for(timeline) and bool(spans) and (allowed or any(reads(timeline, app, start, end) for start, end in spans))


def nothing_found(
    timeline: Timeline, app: AppUnderTest, rule: Rule, part: str, spans: Sequence[tuple[Instant, Instant]], clear: Text
) -> list[Finding]:
    """What is said where nothing was found: that it is clear, or why nobody knows; none where nothing was tried."""
    if not exercised(timeline, app, spans):
        return []
    problem = missing(timeline, rule, spans) or _never_allowed(timeline, app)
    outcome, reason = (Outcome.INCONCLUSIVE, problem) if problem else (Outcome.CLEAR, clear)
    return [Finding(rule.id, outcome, part, reason, _allowed(timeline))]


def _never_allowed(timeline: Timeline, app: AppUnderTest) -> Text | None:
    """Why nobody knows what the app reads of what it asked for elsewhere in the check: that was not allowed here.

    But for what is weak evidence anyway.
    """
    given = {fact.permission_group for start, end in front(timeline) for fact in timeline.between(start, end, PermissionGranted)}
    asked = {ask.group for ask in asks(timeline, app)}
    left = sorted(group for group in DataKind if group in asked - given and group not in (*USED_IN_SIGHT, *WEAK))
    return _("{groups} was asked for in the check and not allowed in this part of it", groups=data_names(left)) if left else None


def _allowed(timeline: Timeline) -> tuple[Event, ...]:
    return tuple(given for start, end in front(timeline) for given in timeline.between(start, end, PermissionGranted))[:3]


def _as_told(seconds: float) -> float:
    """A period as it is told, to a second, below ten to a tenth: a timer adds to each what the app's work takes."""
    return round(seconds, 1 if seconds < 10 else None)


def how_often(period: Period) -> Text:
    """A period in words, with how many reads are known to come at it."""
    every = _("every {seconds:g} s", seconds=_as_told(period.seconds))
    values = {"every": every, "count": len(period.reads)}
    if period.rows > 1:
        return _("in {rows} series at the same time, each {every}, {count} times in all or more", rows=period.rows, **values)
    return _("{every}, {count} times or more", **values)
