"""The plan and the purpose of a submission, as they were typed."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from device_farm.intake.add_apps import Purpose
from device_farm.intake.app_identity import PYTHON
from device_farm.intake.submission_rows import Asked, Noted, Place, Refused, Row
from device_farm.store.database import Store
from device_farm.store.models import Device
from device_farm.units.unit import Kind, Plan, fits, labels_of
from device_farm.units.unit import requirement as canonical
from harness.config import current
from harness.engine.option_specs import day_of, need_file
from harness.errors import ScenarioError
from harness.events.app_profile import read_app_profile
from harness.language import _
from harness.rules.profiles import PROFILES
from harness.session.check_options import Options

CHOSEN = (
    "clause",
    "profile",
    "consent",
    "tap",
    "minutes",
    "steps",
    "seed",
    "store-app",
    "earlier",
    "clock",
    "background-minutes",
    "ad-hours",
    "as-of",
    "film",
    "unattended",
    "city",
)
"""The options of a check that a submission may set for all of its apps; of ``earlier`` each app takes its own runs."""
VIRTUAL = "virtual"
SHORT = (1, 5, 7)
"""The clauses of a submission that names none: minutes a phone, where clause 6 takes hours."""
IN_A_NIGHT = 6
"""The clause whose hours many apps share."""
_TIME = re.compile(r"([01]?\d|2[0-3])[:：]([0-5]\d)")


def plan_of(values: Mapping[str, Any], *, requirement: str, night: bool = False, priority: int = 50) -> Plan:
    """The plan of what was typed; what was not is as the tester's own config has it, else as by default.

    Raises ScenarioError for a profile that there is not, FormatError for a file that cannot be read.
    """
    own = current().defaults
    values = {name: own[name] if value in (None, [], ()) and name in own else value for name, value in values.items()}
    named = ("consent", "minutes", "steps", "seed", "store_app", "clock", "background_minutes", "ad_hours", "film", "unattended")
    options = {name: values[name] for name in named if values.get(name) is not None}
    options["taps"] = tuple(values.get("tap") or ())
    if runs := values.get("earlier"):
        from harness.engine.earlier_runs import need_run  # it brings OpenCV along: nobody else pays for that

        options["earlier"] = tuple(str(need_run(folder).absolute()) for folder in runs)
    options["as_of"] = day.isoformat() if (day := day_of(values.get("as_of"))) is not None else ""
    for name in values.get("profile") or ():
        options |= _profile(name)
    defaults = {field.name: getattr(Options(), field.name) for field in fields(Options)}
    said = tuple(sorted((name, _plain(value)) for name, value in options.items() if value != defaults[name]))
    clauses = tuple(sorted(set(values.get("clause") or ((*SHORT, IN_A_NIGHT) if night else SHORT))))
    return Plan(clauses, said, requirement, Kind.NIGHT if night else Kind.SINGLE, priority)


def planned(rows: Iterable[Row], plan: Plan) -> Iterator[Row]:
    """The rows with their own plans: an app file (.py) is for virtual phones, and a shared night has its parts."""
    for row in rows:
        if not isinstance(row, Asked):
            yield row
            continue
        own = row.plan or plan
        if row.app.place.endswith(PYTHON):
            labels = labels_of(own.requirement)
            if labels.get("kind", VIRTUAL) != VIRTUAL:
                yield Refused(row.at, _("an app file is for virtual phones, and {labels} is asked for", labels=own.requirement))
                continue
            own = replace(own, requirement=canonical(labels | {"kind": VIRTUAL}))
        yield from (replace(row, plan=part) for part in parts(own))


def parts(plan: Plan) -> Iterator[Plan]:
    """The plans by which one app is carried out: of a shared night its clause 6, and apart from it the others."""
    alone = tuple(clause for clause in plan.clauses if clause != IN_A_NIGHT)
    if plan.kind is not Kind.NIGHT:
        yield plan
        return
    if alone:
        yield replace(plan, clauses=alone, kind=Kind.SINGLE)
    if IN_A_NIGHT in plan.clauses:
        yield replace(plan, clauses=(IN_A_NIGHT,))


def purpose_of(name: str | None, sources: Sequence[Path], *, city: str = "", window: tuple[str, str] | None = None) -> Purpose:
    """The campaign: as it was called, else the day and the first source. ``window`` is from when until when."""
    at = datetime.now().astimezone()
    begins, ends = next_window(*window, at) if window is not None else (None, None)
    first = sources[0].absolute().name if sources else ""
    called = name or f"{at:%Y-%m-%d} {first}" + (f" +{len(sources) - 1}" if len(sources) > 1 else "")
    return Purpose(called, city, begins, ends)


def next_window(start: str, end: str, at: datetime) -> tuple[datetime, datetime]:
    """When the window begins and ends that is open now or opens next; 22:00 to 06:00 goes over midnight."""
    begin, stop = _time(start), _time(end)
    if begin == stop:
        raise ScenarioError(_("a window from {start} until {end} has no length", start=start, end=end))
    for day in (-1, 0, 1):
        opened = datetime.combine(at.date() + timedelta(days=day), begin, at.tzinfo)
        closed = datetime.combine(opened.date() + timedelta(days=int(stop < begin)), stop, at.tzinfo)
        if closed > at:
            return opened, closed
    raise AssertionError(at)


def _time(text: str) -> time:
    if (found := _TIME.fullmatch(text.strip())) is None:
        raise ScenarioError(_("'{text}' is no time of the day: write 22:00", text=text[:80]))
    return time(int(found[1]), int(found[2]))


def _profile(name: str) -> dict[str, str]:
    """Return the profile of ``--profile``; a file is validated here and read where it is used."""
    if name.lower().endswith(".toml"):
        need_file(name, "--profile")
        read_app_profile(Path(name))
        return {"app_profile": str(Path(name).absolute())}
    if name not in PROFILES:
        raise ScenarioError(
            _(
                "there is no profile '{name}'; give {profiles}, or the file of an app profile (.toml)",
                name=name[:80],
                profiles=", ".join(PROFILES),
            )
        )
    return {"profile": name}


def _plain(value: Any) -> Any:
    """A value as JSON keeps it, so that a unit that was read has the key of the one that was written."""
    return list(value) if isinstance(value, tuple) else value


_LISTED = 8


def without_phone(store: Store, requirements: Iterable[str]) -> Iterator[Noted]:
    """What is needed and no phone of the store is; nothing where no phone was ever seen: the hosts may come later."""
    with store.begin() as session:
        phones = list(session.scalars(select(Device.labels)))
    if not phones:
        return
    there = sorted({f"{name}={value}" for labels in phones for name, value in labels.items() if name != "serial"})
    for needed in sorted(requirements):
        if not any(fits(needed, labels) for labels in phones):
            some = ", ".join(there[:_LISTED]) + (" ..." if len(there) > _LISTED else "")
            yield Noted(
                Place(needed), _("no phone is {needed}: its units wait until one comes; there is {there}", needed=needed, there=some)
            )
