"""Time: what the phone showed, 北京时间 where the zone is another, over boots and moved clocks."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.detectors.asks_within_48_hours import functions_that_asked
from harness.detectors.shifted_clock import visits, wall_seconds
from harness.events import (
    CanarySeen,
    ClockChanged,
    DialogKind,
    DialogShown,
    Event,
    FunctionUsed,
    Instant,
    LogGap,
    ScenarioEnded,
    ScenarioStarted,
    Source,
    StreamClosed,
    StreamOpened,
)
from harness.events.app_under_test import AppUnderTest
from harness.events.timeline import Timeline
from harness.language import both, chinese
from harness.recording.clock_map import ClockMap, Probe
from harness.report.wall_times import UNKNOWN, WallClock, WallTime, minute

NOON = 1_772_337_600.0  # 2026-03-01 04:00:00 UTC, noon in Beijing


def clock(zone: str, *probes: tuple[float, float]) -> WallClock:
    """Probes as (uptime, wall); the host runs beside the uptime."""
    run: dict[str, Any] = {"device": {"utc_offset": zone}}
    return WallClock(ClockMap(Probe(up, up, wall, up) for up, wall in probes), run)


@pytest.mark.parametrize(
    ("zone", "local", "beijing"),
    [
        ("+0800", "2026-03-01 12:00:01.500 +0800", ""),
        ("-0500", "2026-02-28 23:00:01.500 -0500", "2026-03-01 12:00:01.500"),
        ("+0530", "2026-03-01 09:30:01.500 +0530", "2026-03-01 12:00:01.500"),
        ("", "2026-03-01 04:00:01.500 +0000", "2026-03-01 12:00:01.500"),
    ],
)
def test_the_phone_s_zone_and_beijing(zone: str, local: str, beijing: str) -> None:
    told = clock(zone, (100.0, NOON), (200.0, NOON + 100))
    assert told.at(Instant(0, 101.5)) == WallTime(local, beijing)
    assert told.known is bool(zone)
    assert told.both(Instant(0, 101.5)) == (f"{local} [{beijing} +0800]" if beijing else local)


def test_a_clock_that_was_moved_is_said_until_it_is_back() -> None:
    ahead = 47 * 3600
    told = clock("+0800", (100.0, NOON), (200.0, NOON + 100 + ahead), (300.0, NOON + 200 + ahead), (400.0, NOON + 300))
    assert told.at(Instant(0, 150.0)).moved == ""
    moved = told.at(Instant(0, 250.0))
    assert (moved.local, chinese(moved.moved)) == ("2026-03-03 11:02:30.000 +0800", "手机时钟此时被拨快 47.0 小时")
    assert told.at(Instant(0, 450.0)) == WallTime("2026-03-01 12:05:50.000 +0800")
    assert [both(step) for _, step in told.moves] == [("前移 47.0 小时", "47.0 hours ahead"), ("后移 47.0 小时", "47.0 hours back")]


def test_a_clock_that_was_put_back_is_behind() -> None:
    assert clock("+0800", (1.0, NOON), (2.0, NOON - 600)).at(Instant(0, 3.0)).moved == "the phone's clock stood 10.0 minutes behind"


def test_a_run_that_never_read_its_clock_has_no_times() -> None:
    assert clock("+0800").at(Instant(0, 1.0)) == UNKNOWN
    assert clock("+0800", (1.0, 1e15)).at(Instant(0, 1.0)) == UNKNOWN


def test_the_computer_s_own_time_is_told_in_the_phone_s_zone() -> None:
    told = clock("+0530", (1.0, NOON))
    assert minute(told.of("2026-03-01T04:00:00+00:00")) == WallTime("2026-03-01 09:30 +0530", "2026-03-01 12:00")
    assert told.of("yesterday") == UNKNOWN
    assert told.of("9999-12-31T23:59:59+00:00") == UNKNOWN  # in the phone's zone it is the year 10000


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


APP = AppUnderTest(package="com.example.shop", uid=10123)
HOUR = 3600.0


def moved(at: float, seconds: float | None, source: Source = Source.SESSION, boot: int = 0) -> ClockChanged:
    return ClockChanged(at=Instant(boot, at), source=source, seconds=seconds)


@given(st.lists(st.tuples(st.floats(1, 1000), st.floats(-200_000, 200_000)), max_size=6), st.floats(0, 500), st.floats(500, 1000))
def test_it_is_uptime_plus_the_moves_between(moves: list[tuple[float, float]], start: float, end: float) -> None:
    timeline = Timeline([moved(at, seconds) for at, seconds in moves])
    expected = end - start + sum(seconds for at, seconds in moves if start < at <= end)
    assert wall_seconds(timeline, Instant(0, start), Instant(0, end)) == pytest.approx(expected)


def test_what_the_log_says_of_a_move_is_not_counted_again() -> None:
    timeline = Timeline([moved(10, 47 * HOUR), moved(10, 47 * HOUR, Source.SYSTEM), moved(10, None, Source.SYSTEM)])
    assert wall_seconds(timeline, Instant(0, 0), Instant(0, 20)) == 47 * HOUR + 20


def test_nobody_knows_how_long_a_phone_was_off() -> None:
    assert wall_seconds(Timeline([]), Instant(0, 100), Instant(1, 20)) == float("inf")


def test_a_visit_is_a_segment_of_its_own() -> None:
    segments = [("first-launch", 1, 20), ("clock-47h", 30, 40), ("clock-49h", 50, 60)]
    events = [ScenarioStarted(at=Instant(0, start), source=Source.SESSION, segment=name) for name, start, _ in segments]
    ends = [ScenarioEnded(at=Instant(0, end), source=Source.SESSION, segment=name) for name, _, end in segments]
    assert [(visit.name, visit.start.uptime) for visit in visits(Timeline([*events, *ends]))] == [("clock-47h", 30), ("clock-49h", 50)]


def test_a_function_that_asked_is_known_by_its_first_such_use() -> None:
    def used(at: float, text: str, screen: str = "") -> FunctionUsed:
        return FunctionUsed(at=Instant(0, at), source=Source.SESSION, text=text, screen=screen)

    def asked(at: float) -> DialogShown:
        fields = {"dialog": DialogKind.PERMISSION, "owner": "x", "text": "?", "permission_group": "CAMERA", "box": (0, 0, 1, 1)}
        return DialogShown(at=Instant(0, at), source=Source.TREE, **fields)  # type: ignore[arg-type]

    scans = [used(10, "扫一扫"), asked(11), used(40, "扫一扫", "r"), asked(41)]
    others = [used(1, "首页"), used(20, "更多", "p"), used(21, "语音", "q"), asked(22)]
    found = functions_that_asked(Timeline([*scans, *others]), APP)
    assert [(function.text, function.screen) for function in found] == [("扫一扫", ""), ("语音", "q")]
