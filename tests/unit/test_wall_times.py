"""A fact has the time that the phone showed, 北京时间 where the zone is another, and says that the clock was moved."""

from typing import Any

import pytest

from harness.events import Instant
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
