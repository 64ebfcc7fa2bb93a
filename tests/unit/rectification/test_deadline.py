"""Five working days by the Chinese calendar: weekends that are worked, days off that are moved, years not published."""

from datetime import date

import pytest

from harness.language import chinese
from harness.rectification.deadline import deadline


@pytest.mark.parametrize(
    ("received", "first", "last"),
    [
        ("2026-11-02", "2026-11-03", "2026-11-09"),  # Monday to Monday
        ("2026-11-06", "2026-11-09", "2026-11-13"),  # a Friday
        ("2026-11-07", "2026-11-09", "2026-11-13"),  # a Saturday
        ("2026-09-28", "2026-09-29", "2026-10-10"),  # the days off of October, and the Saturday that is worked for them
        ("2026-02-11", "2026-02-12", "2026-02-25"),  # the Spring Festival, and the Saturday before it
        ("2021-01-22", "2021-01-25", "2021-01-29"),  # as a bulletin of that day set it
        ("2024-07-02", "2024-07-03", "2024-07-09"),
    ],
)
def test_days_are_counted_from_the_next_working_day(received: str, first: str, last: str) -> None:
    found = deadline(date.fromisoformat(received))
    assert (found.first.isoformat(), found.last.isoformat(), found.unchecked) == (first, last, False)


def test_beyond_the_calendar_monday_to_friday_count_and_it_is_said() -> None:
    found = deadline(date(2031, 9, 26))
    assert (found.last, found.unchecked) == (date(2031, 10, 3), True)
    assert "节假日未核" in chinese(found.words(date(2031, 9, 29)))
    assert "not checked" in deadline(date(2026, 11, 2)).words(date(2031, 1, 6))


def test_a_notice_that_runs_over_the_end_of_the_known_years_says_so() -> None:
    assert not deadline(date(2026, 12, 21)).unchecked
    assert deadline(date(2030, 12, 30)).unchecked


@pytest.mark.parametrize(
    ("on", "left", "words"),
    [
        ("2026-11-02", 5, "还有 5 个工作日"),
        ("2026-11-06", 1, "还有 1 个工作日"),
        ("2026-11-08", 1, "还有 1 个工作日"),
        ("2026-11-09", 0, "今天到期"),
        ("2026-11-10", -1, "已逾期 1 个工作日"),
        ("2026-11-14", -4, "已逾期 4 个工作日"),
    ],
)
def test_days_left(on: str, left: int, words: str) -> None:
    found = deadline(date(2026, 11, 2))
    assert (found.left(date.fromisoformat(on)), chinese(found.words(date.fromisoformat(on)))) == (left, words)


def test_overdue_on_a_weekend_is_overdue() -> None:
    assert deadline(date(2026, 11, 6)).left(date(2026, 11, 14)) == -1  # due on Friday


def test_the_day_that_the_notice_names_goes_before_ours() -> None:
    found = deadline(date(2026, 11, 2), printed=date(2026, 11, 20))
    assert (found.last, found.printed, found.left(date(2026, 11, 19))) == (date(2026, 11, 20), True, 1)
