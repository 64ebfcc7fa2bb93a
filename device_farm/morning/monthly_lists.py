"""Months and their due days.

Notice 164 (四（二）) has the administrations of the provinces enter 违规线索 in the national platform by the 15th of
each month. What is due on a 15th here is what was found in the month before.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime

from device_farm.morning.deadlines import month_of
from harness.errors import ScenarioError
from harness.language import _
from harness.rectification.deadline import working

DUE_DAY = 15
"""Of the month after the one that is exported (notice 164, 四（二）)."""
_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True, slots=True)
class MonthlyList:
    """A month's list: the last day on which it may be entered, days until then, and whether that is a day of rest."""

    month: str
    last: date
    days: int
    rest: bool


def next_monthly_list(today: date) -> MonthlyList:
    """The list that is due next: last month's until the 15th, then this one's."""
    if today.day <= DUE_DAY:
        last = today.replace(day=DUE_DAY)
        month = date(last.year - (last.month == 1), (last.month - 2) % 12 + 1, 1)
    else:
        month = today.replace(day=1)
        last = date(month.year + month.month // 12, month.month % 12 + 1, DUE_DAY)
    return MonthlyList(f"{month:%Y-%m}", last, (last - today).days, not working(last)[0])


def read_month(text: str) -> tuple[datetime, datetime]:
    """From when to when a month such as ``2026-11`` is, in Beijing; raises ScenarioError."""
    read = _MONTH.fullmatch(text.strip())
    if read is None:
        raise ScenarioError(_("'{text}' is no month: write it as 2026-11", text=text[:80]))
    return month_of(int(read[1]), int(read[2]))
