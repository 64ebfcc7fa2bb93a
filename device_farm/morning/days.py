"""Days and times of the farm's pages: those of Beijing, which the notice and its deadlines go by."""

from datetime import date, datetime, time, timedelta, timezone

BEIJING = timezone(timedelta(hours=8))


def day_of(moment: datetime) -> date:
    return moment.astimezone(BEIJING).date()


def month_of(year: int, month: int) -> tuple[datetime, datetime]:
    """The moments at which a month in Beijing begins and is over."""
    after = date(year + month // 12, month % 12 + 1, 1)
    return datetime.combine(date(year, month, 1), time(), BEIJING), datetime.combine(after, time(), BEIJING)


def clock(moment: datetime | None) -> str:
    """A moment as a page shows it, to the minute."""
    return f"{moment.astimezone(BEIJING):%Y-%m-%d %H:%M}" if moment is not None else ""
