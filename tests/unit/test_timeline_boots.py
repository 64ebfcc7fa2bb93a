"""A span over a reboot is one span a boot: covered where each part is, and the log is there from the boot on."""

import pytest

from harness.events import CanarySeen, Event, Instant, LogGap, Source, StreamClosed, StreamOpened
from harness.events.timeline import Timeline


def at(boot: int, uptime: float) -> Instant:
    return Instant(boot, uptime)


def opened(moment: Instant) -> StreamOpened:
    return StreamOpened(at=moment, source=Source.SESSION, stream=Source.EVENTS)


def canary(moment: Instant) -> CanarySeen:
    return CanarySeen(at=moment, source=Source.EVENTS, canary="c", caused=moment)


WHOLE = (opened(at(0, 1)), canary(at(0, 90)), StreamClosed(at=at(0, 95), source=Source.SESSION, stream=Source.EVENTS),
         opened(at(1, 20)), canary(at(1, 60)))  # fmt: skip
WRAPPED = LogGap(at=at(1, 0), source=Source.EVENTS, reason="wrapped")


@pytest.mark.parametrize(
    ("events", "covered"),
    [(WHOLE, True), (WHOLE[:1] + WHOLE[2:], False), (WHOLE[:4], False), ((*WHOLE, WRAPPED), False)],
    ids=["whole", "no canary before the reboot", "no canary after it", "the log of the boot wrapped"],
)
def test_a_span_over_a_reboot(events: tuple[Event, ...], covered: bool) -> None:
    assert Timeline(list(events)).covered(Source.EVENTS, at(0, 10), at(1, 50)) is covered
