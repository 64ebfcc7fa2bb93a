"""The clock that the app reads.

How much of its time passes between two facts, and what happens to it under a moved clock.

Time on the timeline is uptime. An app that keeps its 48 hours by the wall clock sees uptime and our moves of the clock.
"""

from dataclasses import dataclass

from harness.dialogs.dialog_words import has_any, plain, words
from harness.events import AppLaunched, ClockChanged, FunctionUsed, Instant, ScreenSeen, Source
from harness.events.timeline import Timeline

VISITS = "clock-"
"""The segments in which the clock stands ahead begin with this."""
LAUNCHES = ("first-launch", "cold-start")


@dataclass(frozen=True, slots=True)
class Visit:
    """One look at the app under a moved clock: its segment."""

    name: str
    start: Instant
    end: Instant


def visits(timeline: Timeline) -> list[Visit]:
    """The looks at the app under a moved clock, in time order."""
    return [Visit(*segment) for segment in timeline.segments(VISITS)]


def wall_seconds(timeline: Timeline, start: Instant, end: Instant) -> float:
    """Seconds by which the device's wall clock went on from ``start`` to ``end``.

    Time that passed, and moves of the clock.

    Infinite across a reboot: no fact tells how long the phone was off.
    """
    moves = [event for event in timeline.between(start, end, ClockChanged) if event.source is Source.SESSION]
    return end.seconds_since(start) + sum(move.seconds or 0.0 for move in moves if move.at > start)


def trouble(timeline: Timeline, looks: list[Visit]) -> ScreenSeen | None:
    """A page that tells that the app does not bear the moved clock, and that was not there before; None without one.

    The session expired, a certificate is not valid yet or any more, the network fails; or the app starts with a login
    page.
    """
    before = [page for page in timeline.of(ScreenSeen) if looks and page.at < looks[0].start]
    table: list[str] = words()["trouble"]["texts"]
    known = "\n".join(plain(page.text) for page in before)
    new = [word for word in table if not has_any(known, [word])]
    logs_in_always = any(_is_login(page) for page in before if _at_launch(timeline, page.at))
    for look in looks:
        for page in timeline.between(look.start, look.end, ScreenSeen):
            asks_login = not logs_in_always and _is_login(page) and _before_functions(timeline, look, page.at)
            if asks_login or has_any(plain(page.text), new):
                return page
    return None


def _is_login(page: ScreenSeen) -> bool:
    """Whether a page has a field and a button that logs in, or logs in by one press."""
    table = words()["trouble"]
    lines = {plain(line) for line in page.text.splitlines()}
    return bool(lines & set(table["one_press"]) or (page.fields and lines & set(table["login_buttons"])))


def _at_launch(timeline: Timeline, at: Instant) -> bool:
    """Whether a moment lies in a launch of the app, before any function was used in it."""
    spans = [Visit(*span) for prefix in LAUNCHES for span in timeline.segments(prefix)]
    return any(span.start <= at <= span.end and _before_functions(timeline, span, at) for span in spans)


def _before_functions(timeline: Timeline, span: Visit, at: Instant) -> bool:
    """Whether no function was used in ``span`` since the app was last launched in it, before ``at``."""
    launched = [launch.at for launch in timeline.between(span.start, at, AppLaunched)]
    return not timeline.between(launched[-1] if launched else span.start, at, FunctionUsed)
