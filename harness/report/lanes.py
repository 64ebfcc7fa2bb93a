"""The timeline of a run as a picture: processes as lanes, starts coloured by cause, the tester's acts as marks above.

One panel a boot: uptimes of two boots have no common axis. Plain data; the template draws it as SVG without script.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness.events import (
    AppLaunched,
    AppStopped,
    Event,
    Instant,
    KeyPressed,
    ProcessDied,
    ProcessExited,
    ProcessKilled,
    ProcessStarted,
    StartRefused,
    TriggerFired,
)
from harness.report.wording import words
from harness.report.wording.terms import EVIDENCE
from harness.starts import Cause, Start, living_main, outgoing_starts, own_starts
from harness.starts.incoming import BURST_SECONDS
from harness.starts.names import CAUSES, TRIGGERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from harness.events import ActivityStarted
    from harness.events.app import AppUnderTest
    from harness.events.timeline import Timeline

MARKS: dict[type[Event], str] = {TriggerFired: "trigger", AppLaunched: "launch", AppStopped: "stop", KeyPressed: "key"}
MOST_LANES, MOST_BARS, MOST_MARKS, MOST_ROWS = 12, 200, 400, 300
"""Of one panel: lanes, lives of a process, acts; of the table: starts. A phone under test needs far fewer, a hostile
app may start hundreds of processes, and an app that is woken each minute of a night has lived a thousand times."""
RUNNING = "running"
"""What starts while the app runs anyway is no start of the app: a helper process beside its main one."""
SAME_START = 0.5  # seconds between the lines of two buffers about one start


@dataclass(frozen=True, slots=True)
class Bar:
    """One life of a process: its start and end as shares (0 to 1) of the panel's length."""

    start: float
    end: float
    cause: str
    title: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One process."""

    process: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """An act of the tester, at a share of the panel's length. ``kind``: trigger, launch, stop, key."""

    at: float
    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class Panel:
    """One boot: its length, the axis as (share, label), and in ``left_off`` what was too much to draw, in words."""

    boot: int
    seconds: float
    ticks: tuple[tuple[float, str], ...]
    lanes: tuple[Lane, ...]
    marks: tuple[Mark, ...]
    left_off: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class StartRow:
    """One start in words: what started, set off by what, by whose act, named by whom."""

    when: str
    process: str
    trigger: str
    cause: str
    cause_words: str
    callers_zh: str
    callers_en: str
    sdk: str


@dataclass(frozen=True, slots=True)
class Lanes:
    """The whole picture, and the table that says the same in words.

    ``rows_left_off`` are the later starts that it leaves off.
    """

    panels: tuple[Panel, ...]
    rows: tuple[StartRow, ...]
    refused: int
    rows_left_off: int = 0


def lanes(timeline: Timeline, app: AppUnderTest) -> Lanes | None:
    """The picture of a run in which starts were looked for; None for any other."""
    if not timeline.segments("trigger-") and not timeline.segments("association-"):
        return None
    own, others = own_starts(timeline, app), outgoing_starts(timeline, app)
    starts = sorted([*own, *others], key=lambda start: start.at)
    packages = {app.package, *(start.package for start in others)}
    boots = sorted({event.at.boot for event in timeline})
    panels = tuple(_panel(timeline, app, packages, starts, boot) for boot in boots)
    refused = sum(app.package in (event.caller, event.package) for event in timeline.of(StartRefused))
    rows = tuple(_row(start) for start in starts[:MOST_ROWS])
    return Lanes(panels, rows, refused, rows_left_off=len(starts) - len(rows))


def _panel(timeline: Timeline, app: AppUnderTest, packages: set[str], starts: list[Start], boot: int) -> Panel:
    times = [event.at.uptime for event in timeline if event.at.boot == boot]
    first, last = min(times), max(times)
    length = max(last - first, 1.0)

    def share(at: Instant) -> float:
        return min(max((at.uptime - first) / length, 0.0), 1.0)

    step = next(step for step in (60, 300, 900, 1800, 3600, 7200, 10**9) if length / step <= 12)
    ticks = tuple(((n * step) / length, f"{n * step / 60:g} min") for n in range(int(length // step) + 1))
    causes = {start.fact: start.cause for start in starts}
    found = _lives(timeline, packages, boot, Instant(boot, last))
    rows = [
        Lane(process, tuple(_bar(born, end, _cause(timeline, born, causes, app), share) for born, end in lives[:MOST_BARS]))
        for process, lives in list(found.items())[:MOST_LANES]
    ]
    marks = _marks(timeline, boot, share)
    lives_left = sum(len(lives) for lives in found.values()) - sum(len(row.bars) for row in rows)
    left_off = _left_off(len(found) - len(rows), lives_left, max(len(marks) - MOST_MARKS, 0))
    return Panel(boot, length, ticks, tuple(rows), marks[:MOST_MARKS], left_off)


def _left_off(processes: int, lives: int, acts: int) -> tuple[str, str] | None:
    """What a panel does not show, in Chinese and English; None where it shows all."""
    counts = ((processes, "个进程", "process(es)"), (lives, "次运行", "lives"), (acts, "个操作", "act(s)"))
    more = [(f"{count} {zh}", f"{count} {en}") for count, zh, en in counts if count]
    return ("、".join(zh for zh, _ in more), ", ".join(en for _, en in more)) if more else None


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


def _cause(timeline: Timeline, born: ProcessStarted, causes: dict[ProcessStarted | ActivityStarted, Cause], app: AppUnderTest) -> str:
    """Whose act a start was. What is no start of its own is one of a burst, a helper of the running app, or ours."""
    if born in causes:
        return causes[born].value
    if born.package != app.package:
        return Cause.UNKNOWN.value
    if living_main(timeline, app, born.at) is not None:
        return RUNNING
    since = Instant(born.at.boot, born.at.uptime - BURST_SECONDS)
    burst = [fact for fact in timeline.between(since, born.at, ProcessStarted) if fact.package == app.package and fact in causes]
    return (causes[burst[-1]] if burst else Cause.TESTER).value


def _bar(born: ProcessStarted, end: Instant, cause: str, share: Callable[[Instant], float]) -> Bar:
    zh, en = ("应用运行中的进程", "a process of the running app") if cause == RUNNING else CAUSES[Cause(cause)]
    said = " ".join(words(born))
    return Bar(share(born.at), share(end), cause, f"{said} · {zh} {en}")


def _marks(timeline: Timeline, boot: int, share: Callable[[Instant], float]) -> tuple[Mark, ...]:
    found: list[Mark] = []
    for event in timeline.of(*MARKS):
        if event.at.boot != boot:
            continue
        found.append(Mark(share(event.at), MARKS[type(event)], " ".join(words(event))))
    return tuple(found)


def _row(start: Start) -> StartRow:
    callers_zh = "；".join(f"{caller.package}（{EVIDENCE[caller.evidence][0]}）" for caller in start.callers)
    callers_en = "; ".join(f"{caller.package} ({EVIDENCE[caller.evidence][1]})" for caller in start.callers)
    trigger, trigger_en = TRIGGERS[start.trigger]
    cause, cause_en = CAUSES[start.cause]
    process = start.fact.process if isinstance(start.fact, ProcessStarted) else start.fact.component or start.package
    return StartRow(
        when=f"{start.at.boot + 1} · {start.at.uptime:.1f} s",
        process=process,
        trigger=f"{trigger} {trigger_en}",
        cause=start.cause.value,
        cause_words=f"{cause} {cause_en}",
        callers_zh=callers_zh or CAUSES[Cause.UNKNOWN][0],
        callers_en=callers_en or CAUSES[Cause.UNKNOWN][1],
        sdk=start.sdk or "",
    )
