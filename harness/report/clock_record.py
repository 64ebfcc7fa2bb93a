"""The clocks of phone and computer at the head of a record: how far apart, how sure, and every move of the phone's."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from harness.events import ClockChanged, ClockShifted
from harness.events.timeline import Timeline
from harness.language import Text, _
from harness.recording.clock_map import Probe
from harness.report.phone_state_record import Row, on_record
from harness.report.run_clock import RunClock
from harness.report.wording import words
from harness.report.wording.terms import span

MOST_MOVES = 20


def clock_rows(run: dict[str, Any], timeline: Timeline, clock: RunClock) -> Iterator[Row]:
    """The rows of the record; a run without a reading of the clocks says so."""
    device = run.get("device", {})
    yield Row(_("the phone's zone"), on_record(device.get("utc_offset")))
    yield Row(_("begun, by the computer (UTC)"), on_record(run.get("started")))
    if not clock.probes:
        yield Row(_("clocks compared"), _("no reading: they cannot be compared"))
        return
    first, last = clock.probes[0], clock.probes[-1]
    yield Row(_("the phone's clock, first reading"), on_record(clock.wall(clock.map.at_host(first.host))))
    yield Row(_("the phone's clock, last reading"), on_record(clock.wall(clock.map.at_host(last.host))))
    yield Row(_("the phone's clock against the computer's"), _offset(run, first))
    worst = max(one.error + one.wall_error for one in clock.probes)
    count = len(clock.probes)
    yield Row(
        _("readings, and how sure"),
        _("{count}, each good to {worst:.2f} s", count=count, worst=worst),
    )
    if skipped := sum(one.skipped for one in clock.probes):
        yield Row(_("time that the virtual device skipped"), span(skipped))
    moves = timeline.of(ClockChanged, ClockShifted)
    if not moves:
        yield Row(_("moves of the phone's clock"), _("none was seen during the check"))
    for move in moves[:MOST_MOVES]:
        what = words(move)
        yield Row(_("a move of the phone's clock"), _("{when} {what}", when=clock.wall(move.at), what=what), move.place)
    if len(moves) > MOST_MOVES:
        more = len(moves) - MOST_MOVES
        yield Row(_("moves of the phone's clock"), _("{more} more are in the journal", more=more))
    yield Row(
        _("what the computer's clock rests on"),
        _("no source of standard time; a time stamp goes before it"),
    )


def _offset(run: dict[str, Any], first: Probe) -> Text:
    """By the two clocks of the computer that run.json names together; older runs have the second of their beginning."""
    try:
        together = run["computer"]
        true, sure = float(together["wall"]) + first.host - float(together["monotonic"]), first.error + first.wall_error
    except (KeyError, TypeError, ValueError):
        try:
            started = datetime.fromisoformat(str(run.get("started", ""))).astimezone(UTC).timestamp()
        except ValueError:
            return _("cannot be told: the computer's clock is not on record")
        ahead = first.wall - started
        return _("its first reading is {ahead:+.0f} s from the begin on record (an older run: good to some seconds)", ahead=ahead)
    ahead = first.wall - true
    way = _("ahead") if ahead >= 0 else _("behind")
    return _("at the beginning the phone was {number:.2f} s {way} (good to {sure:.3f} s)", number=abs(ahead), way=way, sure=sure)
