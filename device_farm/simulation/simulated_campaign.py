"""Simulate a campaign on a farm, event by event: phones work, fail, wait for a person, and hosts go down.

Assumptions of the simulation, each number with its source (docs/farm.md, "Sizing").

[MEASURED]: on virtual phones, of the 47 sample apps of the demo. [PROJECT]: our own choice, to be replaced by what a
farm of its own sees; every number can be given anew in a TOML file.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Generator
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, time, timedelta
from math import ceil, exp
from pathlib import Path
from typing import Any

import simpy

from harness.errors import FormatError
from harness.language import _
from harness.rectification.deadline import working
from harness.toml_reader import read_toml

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


NIGHT_CLAUSE = 6
"""Of this clause many apps are tested in one night."""


@dataclass(frozen=True, slots=True)
class Assumptions:
    """A campaign and the farm that carries it out. Shares are of one; times as their names say."""

    apps: int = 400_000  # notice 164: to be checked until 10 December 2020
    first_day: date = date(2020, 7, 24)
    days: int = 139
    clauses: tuple[int, ...] = (1, 5, 7)

    clause_1_minutes: float = 5.4  # [MEASURED]
    clause_5_minutes: float = 9.4  # [MEASURED] 8.3 to 11.0
    clause_7_minutes: float = 3.1  # [MEASURED] 1.9 to 7.2
    spread: float = 0.25  # [MEASURED] sigma of the logarithm of those minutes
    night_hours: float = 6.85  # [MEASURED] clause 6 of one app
    night_minutes_an_app: float = 2.65  # [MEASURED] each further app of a shared night: 20 apps take 7.69 h
    apps_a_night: int = 20
    between_minutes: float = 1.5  # [PROJECT] health before and after, install, clean

    hours_a_day: float = 22.0  # [PROJECT] two hours of charging, cooling and updates
    phones_a_host: int = 20  # limit of USB controllers
    app_fault: float = 0.02  # [PROJECT] cannot be installed or opened: ends after a minute
    device_faults_an_hour: float = 0.01  # [PROJECT] the phone's session dies; the unit is done again
    sick: float = 0.10  # [PROJECT] of those faults: the phone does not come back by itself, a person must look
    repair_minutes: float = 15.0  # [PROJECT] of a person
    host_days: float = 30.0  # [PROJECT] between two failures of a host
    host_minutes: float = 10.0  # [PROJECT] until it is up again by itself
    night_disagrees: float = 0.03  # [PROJECT] apps of a shared night that are run alone once more
    repairers: int = 1
    work_from: float = 9.0
    work_until: float = 18.0

    accused: float = 0.30  # [PROJECT] of apps have a finding that a person reviews
    review_minutes: float = 6.0  # [PROJECT] of a person, for each of those apps
    productive_hours: float = 6.5  # [PROJECT] of a person's working day
    run_megabytes: float = 18.0  # [PROJECT] a run folder with pictures of a phone's size; 1 to 3 on virtual phones
    apk_megabytes: float = 60.0  # [PROJECT] mean size of an app

    @property
    def unit_minutes(self) -> float:
        """Mean of the short clauses of one app, without what lies between units."""
        each = {1: self.clause_1_minutes, 5: self.clause_5_minutes, 7: self.clause_7_minutes}
        return sum(each[clause] for clause in self.clauses if clause in each)

    @property
    def night_minutes(self) -> float:
        return self.night_hours * 60 + (self.apps_a_night - 1) * self.night_minutes_an_app


def read_assumptions(path: Path, base: Assumptions) -> Assumptions:
    """``base`` with what a TOML file has otherwise; raises FormatError for a name or value that cannot be."""
    given = read_toml(path)
    known = {field.name: getattr(base, field.name) for field in fields(base)}
    for name, value in given.items():
        if name not in known:
            raise FormatError(_("{path}: '{name}' is no assumption: there are {known}", path=path, name=name[:80], known=", ".join(known)))
        given[name] = _as_the_default(path, name, value, known[name])
    return replace(base, **given)


def _as_the_default(path: Path, name: str, value: Any, default: Any) -> Any:
    if isinstance(default, tuple) and isinstance(value, list) and all(type(one) is int for one in value):
        return tuple(value)
    if isinstance(default, date) and type(value) is date:
        return value
    if type(default) is int and type(value) is int and value > 0:
        return value
    if type(default) is float and type(value) in (int, float) and value >= 0:
        return float(value)
    raise FormatError(_("{path}: {name} = {value} cannot be: it is as {default}", path=path, name=name, value=value, default=default))
