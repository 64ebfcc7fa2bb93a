"""Size a farm: the fewest phones that end a campaign in its days, and what goes with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING

from device_farm.simulation.assumptions import NIGHT_CLAUSE
from device_farm.simulation.simulated_campaign import DAY_MINUTES, Campaign
from harness.rectification.deadline import working

if TYPE_CHECKING:
    from collections.abc import Callable

    from device_farm.simulation.assumptions import Assumptions
    from device_farm.simulation.simulated_campaign import Course


@dataclass(frozen=True, slots=True)
class Farm:
    """A farm that is large enough."""

    phones: int
    hosts: int
    days: float
    busy: float
    """Share of the phones' time, between the first unit and the last."""
    again: int
    repairs: int
    host_failures: int
    terabytes: float
    terabytes_with_apks: float
    reviewers: float
    repairers: float


def smallest(assumed: Assumptions, *, seed: int = 0, tell: Callable[[int, float], None] = lambda _phones, _days: None) -> Farm:
    """The fewest phones with which the campaign ends in time; ``tell`` hears of each farm that was tried.

    Halved between what the bare minutes take, which is too few, and the first that is enough.
    """
    few, enough = _bare(assumed), None
    phones = few + 1
    while enough is None or phones - few > 1:
        tried = few + max(1, (phones - few) // 2) if enough is not None else phones
        course = Campaign(assumed, tried, seed=seed).run()
        tell(tried, course.ended / DAY_MINUTES)
        if course.ended > assumed.days * DAY_MINUTES:
            few = tried
            phones = ceil(tried * 1.1) + 1 if enough is None else phones
        else:
            phones, enough = tried, course
    return _farm(assumed, phones, enough)


def of_size(assumed: Assumptions, phones: int, *, seed: int = 0) -> Farm:
    """Simulate a farm of ``phones``; its days are infinite where it does not end in twice the time."""
    return _farm(assumed, phones, Campaign(assumed, phones, seed=seed).run())


def _bare(assumed: Assumptions) -> int:
    """Phones for the bare minutes of all units, without a fault or a pause: always too few, or just enough."""
    minutes = assumed.unit_minutes + assumed.between_minutes if assumed.unit_minutes else 0.0
    if NIGHT_CLAUSE in assumed.clauses:
        minutes += (assumed.night_minutes + assumed.between_minutes) / assumed.apps_a_night
    return max(0, int(assumed.apps * minutes / (assumed.days * assumed.hours_a_day * 60)) - 1)


def _farm(assumed: Assumptions, phones: int, course: Course) -> Farm:
    hours = assumed.accused * assumed.apps * assumed.review_minutes / 60
    days = min(course.ended / DAY_MINUTES, float(assumed.days))
    worked = sum(working(assumed.first_day + timedelta(days=day))[0] for day in range(ceil(days))) or 1
    runs = len([clause for clause in assumed.clauses if clause != NIGHT_CLAUSE][:1]) + (NIGHT_CLAUSE in assumed.clauses)
    terabytes = assumed.apps * runs * assumed.run_megabytes / 1e6
    return Farm(
        phones=phones,
        hosts=ceil(phones / assumed.phones_a_host),
        days=course.ended / DAY_MINUTES,
        busy=course.busy_minutes / (phones * course.ended) if course.ended < float("inf") else 0.0,
        again=course.again,
        repairs=course.repairs,
        host_failures=course.host_failures,
        terabytes=terabytes,
        terabytes_with_apks=terabytes + assumed.apps * assumed.apk_megabytes / 1e6,
        reviewers=hours / (worked * assumed.productive_hours),
        repairers=course.repairs * assumed.repair_minutes / 60 / (worked * assumed.productive_hours),
    )
