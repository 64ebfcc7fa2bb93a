"""The timeline of a run as a picture: dialogs, touches, refusals and downloads in rows, and processes as lanes.

Where starts were looked for, each life of a process has the colour of its cause. One panel a boot: uptimes of two boots
have no common axis. Plain data; the template draws it as SVG without script.
"""

from collections.abc import Callable
from dataclasses import dataclass

from harness.events import ActivityStarted, Instant, ProcessDied, ProcessExited, ProcessKilled, ProcessStarted, StartRefused
from harness.events.app_under_test import AppUnderTest
from harness.events.timeline import Timeline
from harness.language import Text, _, listed, with_semicolons
from harness.report.timeline_rows import ActRow, EventLine, act_rows, event_lines
from harness.report.wording import words
from harness.report.wording.terms import EVIDENCE
from harness.starts import Cause, Start, living_main, outgoing_starts, own_starts
from harness.starts.incoming import BURST_SECONDS
from harness.starts.trigger_names import CAUSES, TRIGGERS

MOST_LANES, MOST_BARS, MOST_ROWS = 12, 200, 300
"""Of one panel: lanes, lives of a process; of the table: starts. A phone under test needs far fewer, a hostile
app may start hundreds of processes, and an app that is woken each minute of a night has lived a thousand times."""
RUNNING = "running"
"""What starts while the app runs anyway is no start of the app: a helper process beside its main one."""
SEEN = "seen"
"""A life of a process in a run in which nobody looked for who starts what."""
STEPS = (5, 10, 30, 60, 120, 300, 900, 1800, 3600, 7200, 4 * 3600, 10**9)
MOST_TICKS = 8
SAME_START = 0.5  # seconds between the lines of two buffers about one start


@dataclass(frozen=True, slots=True)
class Bar:
    """One life of a process: its start and end as shares (0 to 1) of the panel's length."""

    start: float
    end: float
    cause: str
    text: Text


@dataclass(frozen=True, slots=True)
class Lane:
    """The lane of one process."""

    process: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """One boot: its length, the axis as (share, label), and in ``left_off`` what was too much to draw, in words.

    ``told`` says the rows in words, and ``untold`` how many lines more there are.
    """

    boot: int
    seconds: float
    ticks: tuple[tuple[float, str], ...]
    lanes: tuple[Lane, ...]
    acts: tuple[ActRow, ...]
    left_off: Text | None = None
    told: tuple[EventLine, ...] = ()
    untold: int = 0


@dataclass(frozen=True, slots=True)
class StartRow:
    """One start in words: what started, set off by what, by whose act, named by whom."""

    when: str
    wall: str
    process: str
    trigger: Text
    cause: str
    cause_words: Text
    callers: Text
    sdk: str


@dataclass(frozen=True, slots=True)
class TimelineChart:
    """The whole picture, and the table that says the same in words.

    ``rows_left_off`` are the later starts that it leaves off; ``starts``: they were looked for in this run.
    """

    panels: tuple[Panel, ...]
    rows: tuple[StartRow, ...]
    refused: int
    rows_left_off: int = 0
    starts: bool = True


def timeline_chart(timeline: Timeline, app: AppUnderTest, wall: Callable[[Instant], str] = lambda at: "") -> TimelineChart | None:
    """The picture of a run; None where nothing happened. ``wall`` tells the time of day of an instant."""
    if not timeline.segments("trigger-") and not timeline.segments("association-"):
        return _unsought(timeline, app, wall)
    own, others = own_starts(timeline, app), outgoing_starts(timeline, app)
    starts = sorted([*own, *others], key=lambda start: start.at)
    packages = {app.package, *(start.package for start in others)}
    boots = sorted({event.at.boot for event in timeline})
    panels = tuple(_panel(timeline, app, packages, starts, boot, wall) for boot in boots)
    refused = sum(app.package in (event.caller, event.package) for event in timeline.of(StartRefused))
    rows = tuple(_row(start, wall(start.at)) for start in starts[:MOST_ROWS])
    return TimelineChart(panels, rows, refused, rows_left_off=len(starts) - len(rows))


def _unsought(timeline: Timeline, app: AppUnderTest, wall: Callable[[Instant], str]) -> TimelineChart | None:
    """The picture of a run in which nobody looked for who starts what: whose act a start was is not said."""
    boots = sorted({event.at.boot for event in timeline})
    panels = (_panel(timeline, app, {app.package}, None, boot, wall) for boot in boots)
    shown = tuple(panel for panel in panels if panel.acts or panel.lanes)
    return TimelineChart(shown, (), 0, starts=False) if shown else None


def _panel(
    timeline: Timeline, app: AppUnderTest, packages: set[str], starts: list[Start] | None, boot: int, wall: Callable[[Instant], str]
) -> Panel:
    times = [event.at.uptime for event in timeline if event.at.boot == boot]
    first, last = min(times), max(times)
    length = max(last - first, 1.0)

    def share(at: Instant) -> float:
        return min(max((at.uptime - first) / length, 0.0), 1.0)

    step = next(step for step in STEPS if length / step <= MOST_TICKS)
    ticks = tuple(((n * step) / length, _tick(n * step, step)) for n in range(int(length // step) + 1))
    causes = None if starts is None else {start.fact: start.cause for start in starts}
    found = _lives(timeline, packages, boot, Instant(boot, last))
    rows = [
        Lane(process, tuple(_bar(born, end, _cause(timeline, born, causes, app), share) for born, end in lives[:MOST_BARS]))
        for process, lives in list(found.items())[:MOST_LANES]
    ]
    lives_left = sum(len(lives) for lives in found.values()) - sum(len(row.bars) for row in rows)
    acts = act_rows(timeline, boot, share)
    left_off = _left_off(len(found) - len(rows), lives_left, sum(row.more for row in acts))
    lines, untold = event_lines(timeline, boot, first, wall)
    return Panel(boot, length, ticks, tuple(rows), acts, left_off, lines, untold)


def _tick(seconds: int, step: int) -> str:
    return f"{seconds} s" if step < 60 else f"{seconds / 60:g} min" if step < 3600 else f"{seconds / 3600:g} h"


def _left_off(processes: int, lives: int, acts: int) -> Text | None:
    """What a panel does not show; None where it shows all."""
    counts = ((processes, _("process(es)")), (lives, _("lives")), (acts, _("act(s)")))
    return listed(_("{count} {what}", count=count, what=what) for count, what in counts if count) or None


def _lives(timeline: Timeline, packages: set[str], boot: int, last: Instant) -> dict[str, list[tuple[ProcessStarted, Instant]]]:
    """Process name -> its lives, each from its start to the first line that tells of its end."""
    ends = [event for event in timeline.of(ProcessDied, ProcessKilled, ProcessExited) if event.at.boot == boot]
    found: dict[str, list[tuple[ProcessStarted, Instant]]] = {}
    for born in timeline.of(ProcessStarted):
        if born.at.boot != boot or born.package not in packages:
            continue
        lives = found.setdefault(born.process, [])
        if lives and lives[-1][0].pid == born.pid and born.at.seconds_since(lives[-1][0].at) < SAME_START:
            continue
        end = next((e.at for e in ends if getattr(e, "pid", None) == born.pid and e.at >= born.at), last)
        lives.append((born, end))
    return found


def _cause(
    timeline: Timeline, born: ProcessStarted, causes: dict[ProcessStarted | ActivityStarted, Cause] | None, app: AppUnderTest
) -> str:
    """Return the cause of a start; where it is none of its own: of a burst, a helper of the running app, or ours."""
    if causes is None:
        return SEEN
    if born in causes:
        return causes[born].value
    if born.package != app.package:
        return Cause.UNKNOWN.value
    if living_main(timeline, app, born.at) is not None:
        return RUNNING
    since = born.at.earlier(BURST_SECONDS)
    burst = [fact for fact in timeline.between(since, born.at, ProcessStarted) if fact.package == app.package and fact in causes]
    return (causes[burst[-1]] if burst else Cause.TESTER).value


def _bar(born: ProcessStarted, end: Instant, cause: str, share: Callable[[Instant], float]) -> Bar:
    told = words(born)
    if cause != SEEN:
        what = _("a process of the running app") if cause == RUNNING else CAUSES[Cause(cause)]
        told = _("{told} · {what}", told=told, what=what)
    return Bar(share(born.at), share(end), cause, told)


def _row(start: Start, wall: str) -> StartRow:
    callers = [_("{said} ({note})", said=caller.package, note=EVIDENCE[caller.evidence]) for caller in start.callers]
    process = start.fact.process if isinstance(start.fact, ProcessStarted) else start.fact.component or start.package
    return StartRow(
        when=f"{start.at.boot + 1} · {start.at.uptime:.1f} s",
        wall=wall,
        process=process,
        trigger=TRIGGERS[start.trigger],
        cause=start.cause.value,
        cause_words=CAUSES[start.cause],
        callers=with_semicolons(callers) if callers else CAUSES[Cause.UNKNOWN],
        sdk=start.sdk or "",
    )
