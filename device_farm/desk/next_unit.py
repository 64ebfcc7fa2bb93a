"""Select the unit that a phone takes next, and make its job."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from device_farm.execution.incompatible import incompatible_phones
from device_farm.store.models import App, Campaign, Unit
from device_farm.store.transitions import phones_killed
from device_farm.units.job import Job
from device_farm.units.unit import Kind, UnitState, fits, queues

PAGE = 50
"""Units that are looked at in one go."""
OPEN = (UnitState.WAITING, UnitState.QUEUED)


@dataclass(frozen=True, slots=True)
class KnownPhone:
    """A phone of this session: its number in the store, and what it is."""

    device: int
    labels: Mapping[str, str]


NOBODY: Mapping[int, Collection[int]] = {}


def next_unit(
    session: Session,
    phone: KnownPhone,
    others: Sequence[KnownPhone],
    *,
    kind: Kind,
    last: bool = False,
    without: Mapping[int, Collection[int]] = NOBODY,
) -> Unit | None:
    """The first unit for this phone: by priority, then as submitted; the ``last`` for one that must prove itself."""
    return next(iter(waiting_for(session, phone, others, kind=kind, most=1, last=last, without=without)), None)


def waiting_for(
    session: Session,
    phone: KnownPhone,
    others: Sequence[KnownPhone],
    *,
    kind: Kind,
    most: int,
    last: bool = False,
    without: Mapping[int, Collection[int]] = NOBODY,
) -> list[Unit]:
    """Return up to ``most`` units of a kind that this phone may take, in their order.

    One that cost this phone its session, or that its kind cannot take, goes to another that fits while there is one.
    ``without`` are phones that do not have the app of a unit: it is for the others alone.
    """
    fitting = select(Unit).where(Unit.state.in_(OPEN), Unit.kind == kind.value, Unit.requirement.in_(list(queues(phone.labels))))
    order = (Unit.priority, Unit.id.desc()) if last else (Unit.priority.desc(), Unit.id)
    fitting = fitting.order_by(*order).limit(PAGE)
    found: list[Unit] = []
    for start in count(0, PAGE):
        page = session.scalars(fitting.offset(start)).all()
        found += [unit for unit in page if unit.tries == 0 or _may_have(session, unit, phone, others, without.get(unit.id, ()))]
        if len(found) >= most or len(page) < PAGE:
            return found[:most]
    raise AssertionError  # count has no end


def unmatched(session: Session, phones: Sequence[KnownPhone]) -> dict[str, int]:
    """Count the open units whose requirement no phone meets, by requirement."""
    counted = select(Unit.requirement, func.count()).where(Unit.state.in_(OPEN)).group_by(Unit.requirement)
    return {needed: number for needed, number in session.execute(counted) if not any(fits(needed, phone.labels) for phone in phones)}


def job_of(session: Session, unit: Unit, number: int, runs: Path) -> Job:
    app, campaign = session.get_one(App, unit.app_id), session.get_one(Campaign, unit.campaign_id)
    return Job(
        unit=unit.id,
        key=unit.key,
        number=number,
        app=app.place,
        clauses=tuple(unit.clauses),
        runs=runs,
        options=tuple(sorted(unit.options.items())),
        limit_seconds=unit.limit_seconds,
        city=campaign.city,
    )


def counts(session: Session) -> dict[str, int]:
    return dict(session.execute(select(Unit.state, func.count()).group_by(Unit.state)).all())


def _may_have(session: Session, unit: Unit, phone: KnownPhone, others: Sequence[KnownPhone], without: Collection[int]) -> bool:
    if phone.device in without:
        return False
    killed = phones_killed(session, unit.id) | incompatible_phones(session, [unit.id]).get(unit.id, set()) | set(without)
    if phone.device not in killed:
        return True
    return not any(other.device not in killed and fits(unit.requirement, other.labels) for other in others)
