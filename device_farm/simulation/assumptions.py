"""Assumptions of the simulation, each number with its source (docs/farm.md, "Sizing").

[MEASURED]: on virtual phones, of the 47 sample apps of the demo. [PROJECT]: our own choice, to be replaced by what a
farm of its own sees; every number can be given anew in a TOML file.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from harness.errors import FormatError
from harness.language import _
from harness.toml_reader import read_toml

if TYPE_CHECKING:
    from pathlib import Path


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
    phones_a_host: int = 20  # limit of USB controllers, docs/farm.md
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
        """A shared night."""
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
