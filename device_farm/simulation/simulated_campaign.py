"""Simulate a campaign on a farm, event by event: phones work, fail, wait for a person, and hosts go down."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from math import ceil, exp
from typing import TYPE_CHECKING

import simpy

from device_farm.simulation.assumptions import NIGHT_CLAUSE
from harness.rectification.deadline import working

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from device_farm.simulation.assumptions import Assumptions

DAY_MINUTES = 1440.0
APP_FAULT_MINUTES = 1.0
"""What an app that cannot be installed or opened costs [PROJECT]."""


@dataclass(slots=True)
class Course:
    """The course of a campaign, in minutes since the first midnight."""

    ended: float = 0.0
    units: int = 0
    nights: int = 0
    again: int = 0
    faults: int = 0
    repairs: int = 0
    host_failures: int = 0
    busy_minutes: float = 0.0
    waited_minutes: float = 0.0
    """Phones that wait for a person."""
    done_by_day: dict[int, int] = field(default_factory=dict)


class Campaign:
    """A farm of so many phones that carries out all units of the assumptions."""

    def __init__(self, assumed: Assumptions, phones: int, *, seed: int = 0, most_days: float = 0.0) -> None:
        """The campaign is given up after ``most_days``, by default twice the days there are."""
        self.assumed, self.phones = assumed, phones
        self.course = Course()
        self._env = simpy.Environment()
        self._random = random.Random(seed)
        self._end = (most_days or 2 * assumed.days) * DAY_MINUTES
        self._short = assumed.apps if assumed.unit_minutes else 0
        self._nights = ceil(assumed.apps / assumed.apps_a_night) if NIGHT_CLAUSE in assumed.clauses else 0
        self._alone = 0  # apps of a night that are run alone once more
        self._open = 0
        hosts = ceil(phones / assumed.phones_a_host)
        self._up = [self._env.event().succeed() for _host in range(hosts)]
        self._failures = [0] * hosts
        self._repairers = simpy.Resource(self._env, assumed.repairers)
        self._midnight = datetime.combine(assumed.first_day, time())

    def run(self) -> Course:
        """To the end of the last unit, or until it is given up; then ``ended`` is infinite."""
        for number in range(self.phones):
            self._env.process(self._phone(number // self.assumed.phones_a_host))
        for host in range(len(self._up)):
            self._env.process(self._host(host))
        while self._left() and self._env.peek() < self._end:
            self._env.step()
        self.course.ended = float("inf") if self._left() else self._env.now
        return self.course

    def _left(self) -> int:
        return self._short + self._nights + self._alone + self._open

    def _phone(self, host: int) -> Generator[simpy.Event, object, None]:
        env, assumed, course = self._env, self.assumed, self.course
        opening = (24 - assumed.hours_a_day) * 60  # of each day the first hours are for charging and updates
        while self._left():
            in_day = env.now % DAY_MINUTES
            if in_day < opening:
                yield env.timeout(opening - in_day)
            if not self._up[host].triggered:
                yield self._up[host]
            unit = self._take()
            if unit is None:
                yield env.timeout(assumed.unit_minutes or 60.0)  # another's unit may come back
                continue
            began, failures = env.now, self._failures[host]
            minutes = assumed.between_minutes + self._minutes(unit)
            until_fault = self._random.expovariate(max(assumed.device_faults_an_hour, 1e-9) / 60)
            dies = until_fault < minutes
            yield env.timeout(min(minutes, until_fault))
            course.busy_minutes += env.now - began
            if dies or self._failures[host] > failures:
                self._give_back(unit)
            else:
                self._done(unit)
            if dies:
                course.faults += 1
                if self._random.random() < assumed.sick:
                    yield from self._repaired()

    def _take(self) -> str | None:
        """The next unit: long ones first, so that none is begun on the last evening."""
        for name in ("_nights", "_alone", "_short"):
            if getattr(self, name):
                setattr(self, name, getattr(self, name) - 1)
                self._open += 1
                return name
        return None

    def _minutes(self, unit: str) -> float:
        assumed = self.assumed
        if unit == "_nights":
            return assumed.night_minutes
        if unit == "_alone":
            return assumed.night_hours * 60
        if self._random.random() < assumed.app_fault:
            return APP_FAULT_MINUTES
        return assumed.unit_minutes * exp(self._random.gauss(-(assumed.spread**2) / 2, assumed.spread))

    def _give_back(self, unit: str) -> None:
        setattr(self, unit, getattr(self, unit) + 1)
        self._open -= 1
        self.course.again += 1

    def _done(self, unit: str) -> None:
        self._open -= 1
        day = int(self._env.now // DAY_MINUTES)
        apps = {"_short": 1, "_nights": self.assumed.apps_a_night, "_alone": 0}[unit]
        self.course.done_by_day[day] = self.course.done_by_day.get(day, 0) + apps
        if unit == "_short":
            self.course.units += 1
        if unit == "_nights":
            self.course.nights += 1
            self._alone += sum(self._random.random() < self.assumed.night_disagrees for _app in range(apps))

    def _repaired(self) -> Generator[simpy.Event, object, None]:
        """Wait for a person: nobody comes on a weekend or a holiday."""
        began = self._env.now
        with self._repairers.request() as asked:
            yield asked
            yield self._env.timeout(self._until_work())
            yield self._env.timeout(self.assumed.repair_minutes)
        self.course.repairs += 1
        self.course.waited_minutes += self._env.now - began

    def _until_work(self) -> float:
        """Minutes until somebody is at work."""
        moment = self._midnight + timedelta(minutes=self._env.now)
        begins, ends = self.assumed.work_from * 60, self.assumed.work_until * 60
        waited = 0.0
        while True:
            minute = moment.hour * 60 + moment.minute + moment.second / 60
            if working(moment.date())[0] and minute < ends:
                return waited + max(0.0, begins - minute)
            midnight = datetime.combine(moment.date() + timedelta(days=1), time())
            waited += (midnight - moment).total_seconds() / 60
            moment = midnight

    def _host(self, number: int) -> Generator[simpy.Event, object, None]:
        """Its phones lose what they do when it fails, and go on when it is up."""
        while True:
            yield self._env.timeout(self._random.expovariate(1 / (self.assumed.host_days * DAY_MINUTES)))
            self._up[number] = self._env.event()
            self._failures[number] += 1
            self.course.host_failures += 1
            yield self._env.timeout(self.assumed.host_minutes)
            self._up[number].succeed()


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
