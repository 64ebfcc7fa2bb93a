"""The feeder: of all that waits, the engine has only what phones will need soon.

An engine that searches hundreds of thousands of jobs is slow, and what it has cannot be reordered. Each requirement has
its share of the window, so that many units for one kind of phone leave no other kind idle. Units are found by an index,
campaign by campaign and requirement by requirement: 400,000 that wait cost no more than ten.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from device_farm.dispatch.engine import OWN, Offer, own_queue, queue_name
from device_farm.dispatch.phone_snapshots import PhoneSnapshot, killed_by, other_phones, phone_snapshots
from device_farm.store.database import now
from device_farm.store.models import Campaign, Unit
from device_farm.store.transitions import queue, unqueue
from device_farm.units.unit import UnitState, fits

if TYPE_CHECKING:
    from device_farm.dispatch.procrastinate_engine import Procrastinate

WINDOW = 5_000
"""Units that the engine has at most, without those that are carried out."""
_SWAPPED = 100
"""Units of a queue that make room at a time for more urgent ones."""


@dataclass(frozen=True, slots=True)
class Fed:
    """The result of a round. ``unmatched`` counts the units whose requirement no phone of the farm meets."""

    units: int = 0
    unmatched: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Waiting:
    unit: int
    priority: int
    tries: int


def feed(session: Session, engine: Procrastinate, *, window: int = WINDOW) -> Fed:
    """Top the engine up, in one transaction."""
    phones = phone_snapshots(session)
    open_now = _requirements(session)
    served = {each: campaigns for each, campaigns in open_now.items() if any(fits(each, phone.labels) for phone in phones)}
    unmatched = {each: _count(session, each, campaigns) for each, campaigns in open_now.items() if each not in served}
    queued = engine.counts(session)
    room, share, units = window - sum(queued.values()), max(1, window // max(1, len(served))), 0
    for each, campaigns in sorted(served.items()):
        name = queue_name(each)
        room += _over(session, engine, name, queued.get(name, 0) - share)
        wanted = min(share - queued.get(name, 0), room)
        found = _first(session, each, campaigns, wanted) if wanted > 0 else _urgent(session, engine, name, each, campaigns)
        units += (added := _hand_out(session, engine, phones, each, found))
        room -= added
    return Fed(units, unmatched)


def _requirements(session: Session) -> dict[str, list[int]]:
    """Return the requirements that wait in campaigns whose time it is, each with those campaigns."""
    at = now(session)
    theirs = select(Unit.id).where(Unit.state == UnitState.WAITING, Unit.campaign_id == Campaign.id).exists()
    begun = or_(Campaign.begins_at.is_(None), Campaign.begins_at <= at)
    unended = or_(Campaign.ends_at.is_(None), Campaign.ends_at > at)
    found: dict[str, list[int]] = {}
    for campaign in session.scalars(select(Campaign.id).where(theirs, begun, unended).order_by(Campaign.id)).all():
        last = ""
        while (last := _next_requirement(session, campaign, last) or "") != "":
            found.setdefault(last, []).append(campaign)
    return found


def _next_requirement(session: Session, campaign: int, last: str) -> str | None:
    waiting = select(Unit.requirement).where(Unit.state == UnitState.WAITING, Unit.campaign_id == campaign, Unit.requirement > last)
    return session.scalars(waiting.order_by(Unit.requirement).limit(1)).first()


def _count(session: Session, requirement: str, campaigns: Sequence[int]) -> int:
    waiting = select(func.count()).where(Unit.state == UnitState.WAITING, Unit.campaign_id.in_(campaigns), Unit.requirement == requirement)
    return session.execute(waiting).scalar_one()


def _first(session: Session, requirement: str, campaigns: Sequence[int], most: int) -> list[_Waiting]:
    """The most urgent units of a requirement, and of those the oldest."""
    found: list[_Waiting] = []
    for campaign in campaigns:
        waiting = select(Unit.id, Unit.priority, Unit.tries).where(
            Unit.state == UnitState.WAITING, Unit.campaign_id == campaign, Unit.requirement == requirement
        )
        found += [_Waiting(*row) for row in session.execute(waiting.order_by(Unit.priority.desc(), Unit.id).limit(most))]
    return sorted(found, key=lambda each: (-each.priority, each.unit))[:most]


def _over(session: Session, engine: Procrastinate, name: str, surplus: int) -> int:
    """Let some units wait again of a queue that has more than its share, for which others stand idle; how many."""
    if surplus <= 0:
        return 0
    least = engine.waiting(session, name, min(surplus, _SWAPPED))
    return len(unqueue(session, engine.withdraw(session, [offer.unit for offer in least])))


def _urgent(session: Session, engine: Procrastinate, name: str, requirement: str, campaigns: Sequence[int]) -> list[_Waiting]:
    """Units that are more urgent than what a full queue has; as many of that wait again."""
    found = _first(session, requirement, campaigns, _SWAPPED)
    least = engine.waiting(session, name, len(found))
    swapped = [(mine, other) for mine, other in zip(found, least, strict=False) if mine.priority > other.priority]
    unqueue(session, engine.withdraw(session, [other.unit for _mine, other in swapped]))
    return [mine for mine, _other in swapped]


def _hand_out(session: Session, engine: Procrastinate, phones: Sequence[PhoneSnapshot], requirement: str, found: Sequence[_Waiting]) -> int:
    """Mark units as queued and hand them to the engine, in this transaction; how many."""
    taken = set(queue(session, [each.unit for each in found]))
    killed = killed_by(session, [each.unit for each in found if each.tries])
    loads = Counter({phone.id: int(phone.busy) for phone in phones})
    offers = []
    for each in found:
        if each.unit not in taken:
            continue
        name = queue_name(requirement)
        if each.unit in killed and (others := other_phones(phones, requirement, killed[each.unit])):
            best = min(others, key=lambda phone: loads[phone.id]).id
            loads[best] += 1
            name = own_queue(best)
        offers.append(Offer(each.unit, name, each.priority + int(each.tries > 0)))  # again comes before all that wait alike
    engine.submit(session, offers)
    return len(offers)


def reroute(session: Session, engine: Procrastinate) -> int:
    """Let units wait again that were kept for a phone that does not work, or is busy while another is free."""
    phones = {phone.id: phone for phone in phone_snapshots(session)}
    kept = engine.waiting(session, f"{OWN}%", WINDOW)
    killed = killed_by(session, [offer.unit for offer in kept])
    needs = dict(session.execute(select(Unit.id, Unit.requirement).where(Unit.id.in_([offer.unit for offer in kept]))).all())
    free = {phone.id for phone in phones.values() if phone.works and not phone.busy} - {_kept_for(offer) for offer in kept}
    back = []
    for offer in kept:
        phone = phones.get(_kept_for(offer))
        others = other_phones(phones.values(), needs.get(offer.unit, "any"), killed.get(offer.unit, set()))
        if phone is None or not phone.works or (phone.busy and any(other.id in free for other in others)):
            back.append(offer.unit)
    unqueue(session, engine.withdraw(session, back))
    return len(back)


def _kept_for(offer: Offer) -> int:
    return int(offer.queue.removeprefix(OWN))
