"""The last day of a rectification: so many working days from a notice, by the Chinese working calendar.

The calendar is the State Council's, published for one year at a time: days off that are moved to another week, and
weekends that are worked. Beyond the years that are known, Monday to Friday count, and that is said.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import chinese_calendar

from harness.language import Text, _

DAYS = 5
"""Working days that notice 164 gives after a first inspection (section 四（一）)."""
_WEEKEND = 5


@dataclass(frozen=True, slots=True)
class Deadline:
    """``first`` is the day that counts as one, ``last`` the day by which it must be done.

    ``unchecked``: some day between them is beyond the calendar. ``printed``: the notice itself names the last day.
    """

    first: date
    last: date
    days: int
    unchecked: bool = False
    printed: bool = False

    def left(self, on: date) -> int:
        """Working days from the day after ``on`` to the last one; below nought: so many that it is over by."""
        if on > self.last:
            return -max(1, _between(self.last, on))
        return _between(on, self.last)

    def unchecked_on(self, on: date) -> bool:
        """Whether a day between the notice, the last day and ``on`` is beyond the calendar."""
        return self.unchecked or any(not working(day)[1] for day in (self.last, on))

    def words(self, on: date) -> Text:
        days = self.left(on)
        if on == self.last:
            what = _("due today")
        elif days < 0:
            what = _("overdue by {days} working day(s)", days=-days)
        else:
            what = _("{days} working day(s) left", days=days)
        return _("{said} (holidays not checked)", said=what) if self.unchecked_on(on) else what


def deadline(received: date, days: int = DAYS, printed: date | None = None) -> Deadline:
    """The deadline of a notice; counting begins on the day after it was received.

    A day that the notice itself names goes before ours, and is said to be the notice's.
    """
    day, first, counted, unchecked = received, None, 0, False
    while counted < days:
        day += timedelta(days=1)
        works, known = working(day)
        unchecked = unchecked or not known
        counted += works
        if works and first is None:
            first = day
    begins = first or received + timedelta(days=1)
    if printed is not None:
        return Deadline(begins, printed, days, printed=True)
    return Deadline(begins, day, days, unchecked)


def working(day: date) -> tuple[bool, bool]:
    """Whether a day is worked, and whether the calendar of the State Council says so."""
    try:
        return bool(chinese_calendar.is_workday(day)), True
    except NotImplementedError:
        return day.weekday() < _WEEKEND, False


def _between(start: date, end: date) -> int:
    """Working days after ``start``, to ``end`` with it."""
    return sum(working(start + timedelta(days=number))[0] for number in range(1, (end - start).days + 1))
