"""The clock that an app reads, under a clock that we moved."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.detectors.asks_within_48_hours import functions_that_asked
from harness.detectors.shifted_clock import visits, wall_seconds
from harness.events import ClockChanged, DialogKind, DialogShown, FunctionUsed, Instant, ScenarioEnded, ScenarioStarted, Source
from harness.events.app_under_test import AppUnderTest
from harness.events.timeline import Timeline

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
