"""A phone that was left alone, hour by hour: what started by itself in each, and whom it started."""

from dataclasses import dataclass

from harness.detectors.process_start_rules import HOUR, from_boot
from harness.events import ScenarioEnded
from harness.events.app_under_test import AppUnderTest
from harness.events.timeline import Timeline
from harness.starts import Cause, Start, outgoing_starts, own_starts


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour of a night: the app's starts by itself, those with a reason, and the other apps it started."""

    number: int
    complete: bool
    own: tuple[Start, ...]
    innocent: tuple[Start, ...]
    targets: tuple[str, ...]


def hours(timeline: Timeline, app: AppUnderTest) -> list[Hour]:
    own = own_starts(timeline, app)
    others = [start for start in outgoing_starts(timeline, app) if start.cause is Cause.SELF]
    ended = {event.segment for event in timeline.of(ScenarioEnded) if not event.note}
    found: list[Hour] = []
    for span in timeline.segments(HOUR):
        name, start, end = span
        since = start.boot_start if from_boot(timeline, span) else start
        within = [item for item in own if since <= item.at <= end]
        found.append(
            Hour(
                number=int(name.removeprefix(HOUR)),
                complete=name in ended,
                own=tuple(item for item in within if item.cause is Cause.SELF),
                innocent=tuple(item for item in within if item.cause is not Cause.SELF),
                targets=tuple(sorted({item.package for item in others if since <= item.at <= end})),
            )
        )
    return found
