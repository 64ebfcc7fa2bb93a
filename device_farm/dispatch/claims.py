"""The beginning of tries, in one transaction: whether this phone may have the unit, and what may come along with it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from device_farm.desk.next_unit import OPEN, KnownPhone, job_of, waiting_for
from device_farm.dispatch.phone_snapshots import killed_by, other_phones, phone_snapshots
from device_farm.night.night_plan import MOST, groups
from device_farm.phones.phone_transitions import may_take
from device_farm.store.database import now
from device_farm.store.models import App, Attempt, Campaign, Unit
from device_farm.store.transitions import begin, unqueue
from device_farm.units.job import Job
from device_farm.units.unit import Kind, queues
from harness import __version__
from harness.language import Text, _

_LOOKED_AT = 4 * MOST
"""Units from which the guests of a night are chosen."""


@dataclass(frozen=True, slots=True)
class ClaimedAttempt:
    """A try that was begun; the app of ``job`` is where it was submitted, until it was fetched."""

    attempt: Attempt
    job: Job
    sha256: str
    package: str


@dataclass(frozen=True, slots=True)
class Claim:
    """The tries that were begun; ``go_on`` is whether the phone may be given the next."""

    tries: tuple[ClaimedAttempt, ...] = ()
    go_on: bool = True


@dataclass(frozen=True, slots=True)
class Outdated:
    """The unit is of a newer version: this program might understand it wrongly."""

    reason: Text


def claim_units(session: Session, number: int, *, device: int, worker: str, lease_seconds: float, runs: Path) -> Claim | Outdated:
    """Begin a try of a unit on a phone; what may not be begun here or now waits again."""
    unit = session.get(Unit, number)
    if unit is None or unit.state not in OPEN:
        return Claim()
    if newer(unit.version, __version__):
        unqueue(session, [number])
        reason = _(
            "unit {unit} was submitted by AppRights {newer}, this host has {version}: bring it up to date",
            unit=number,
            newer=unit.version,
            version=__version__,
        )
        return Outdated(reason)
    campaign = session.get_one(Campaign, unit.campaign_id)
    if campaign.ends_at is not None and campaign.ends_at <= now(session):
        unqueue(session, [number])
        return Claim()
    if not may_take(session, device):
        unqueue(session, [number])
        return Claim(go_on=False)
    if unit.tries and _belongs_elsewhere(session, unit, device):
        unqueue(session, [number])
        return Claim()
    tries = []
    for guest in _night(session, unit, device) if unit.kind == Kind.NIGHT else [unit]:
        attempt = begin(session, guest.id, device=device, worker=worker, lease_seconds=lease_seconds)
        if attempt is not None:
            tries.append(_taken(session, guest, attempt, runs))
    return Claim(tuple(tries))


def least_urgent(session: Session, labels: Mapping[str, str]) -> int | None:
    """The unit that can wait longest of those that a phone can take."""
    waiting = select(Unit.id).where(Unit.state.in_(OPEN), Unit.requirement.in_(list(queues(labels))))
    return session.scalars(waiting.order_by(Unit.priority, Unit.id.desc()).limit(1)).first()


def _night(session: Session, unit: Unit, device: int) -> Sequence[Unit]:
    """The unit and those that may share its night on this phone: of other makers, and of this version."""
    phones = [KnownPhone(phone.id, phone.labels) for phone in phone_snapshots(session) if phone.works or phone.id == device]
    here = next(phone for phone in phones if phone.device == device)
    others = [phone for phone in phones if phone is not here]
    found = waiting_for(session, here, others, kind=Kind.NIGHT, most=_LOOKED_AT)
    guests = [
        other for other in found if other.id != unit.id and other.campaign_id == unit.campaign_id and not newer(other.version, __version__)
    ]
    return groups([unit, *guests])[0]


def _belongs_elsewhere(session: Session, unit: Unit, device: int) -> bool:
    """Whether it cost this phone its session, and another fits that it did not."""
    killed = killed_by(session, [unit.id]).get(unit.id, set())
    return device in killed and bool(other_phones(phone_snapshots(session), unit.requirement, killed))


def _taken(session: Session, unit: Unit, attempt: Attempt, runs: Path) -> ClaimedAttempt:
    app = session.get_one(App, unit.app_id)
    return ClaimedAttempt(attempt, job_of(session, unit, attempt.number, runs), app.sha256, app.package)


_NUMBERS = re.compile(r"\d+")


def newer(one: str, other: str) -> bool:
    """Whether ``one`` is newer than ``other``; what has no number is as old as can be."""
    return _numbers(one) > _numbers(other)


def _numbers(version: str) -> tuple[int, ...]:
    """The release part; what comes after it (``.dev3``, ``rc1``) is of the same release."""
    release = re.split(r"[a-z+-]|\.dev", version, maxsplit=1)[0]
    return tuple(int(number) for number in _NUMBERS.findall(release))
