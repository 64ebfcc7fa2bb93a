"""State transitions of a unit: begun, renewed, ended, given back. Each is a conditional update, so that only one wins.

The number of a try is its fence. Whoever was taken for dead and comes back has an older number than the unit, and
writes nothing but that it came back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from device_farm.store.database import now
from device_farm.store.models import Artifact, Attempt, FindingRow, Happening, Result, Unit
from device_farm.store.tallies import count_in, overall
from device_farm.units.unit import ENDED, End, UnitState
from harness.language import Text, _, both

PHONES_KILLED = 3
"""A unit that cost so many phones their session is quarantined itself."""
MOST_LOST = 10
"""So often a unit is tried again after its worker or host was gone."""
_DEVICE = (End.DEVICE_FAULT, End.TIMEOUT)
_COUNTS = (End.DONE, End.APP_FAULT)


@dataclass(frozen=True, slots=True)
class Ended:
    """The end of a try. Rows are those of a run that was judged; a fault has none."""

    end: End
    reason: Text | None = None
    final: bool = False
    """Without an answer, and no further try would bring one: the unit is given up at once."""
    run: str = ""
    root: str | None = None
    results: tuple[Result, ...] = ()
    findings: tuple[FindingRow, ...] = ()
    artifacts: tuple[Artifact, ...] = ()
    seconds: float = 0.0
    device_seconds: float = 0.0


def queue(session: Session, units: Sequence[int]) -> list[int]:
    """Mark waiting units as handed to the dispatcher; those that were."""
    moved = update(Unit).where(Unit.id.in_(units), Unit.state == UnitState.WAITING)
    return list(session.scalars(moved.values(state=UnitState.QUEUED, changed_at=now(session)).returning(Unit.id)))


def unqueue(session: Session, units: Sequence[int]) -> list[int]:
    """Let units wait again that the dispatcher has not begun, or has lost; those that do."""
    back = update(Unit).where(Unit.id.in_(units), Unit.state == UnitState.QUEUED)
    return list(session.scalars(back.values(state=UnitState.WAITING, changed_at=now(session)).returning(Unit.id)))


def begin(session: Session, unit: int, *, device: int | None, worker: str, lease_seconds: float) -> Attempt | None:
    """Begin the next try of a unit; None where somebody else has it, or it needs none."""
    at = now(session)
    free = update(Unit).where(Unit.id == unit, Unit.state.in_((UnitState.WAITING, UnitState.QUEUED)))
    taken = free.values(state=UnitState.RUNNING, tries=Unit.tries + 1, changed_at=at).returning(Unit.tries)
    number = session.execute(taken).scalar_one_or_none()
    if number is None:
        return None
    attempt = Attempt(
        unit_id=unit, number=number, device_id=device, worker=worker, started_at=at, lease_until=at + timedelta(seconds=lease_seconds)
    )
    session.add(attempt)
    session.flush()
    return attempt


def renew(session: Session, attempt: int, lease_seconds: float) -> bool:
    """Keep a try alive; False where it was given up or cancelled: then stop, nothing of it will count."""
    until = now(session) + timedelta(seconds=lease_seconds)
    alive = update(Attempt).where(Attempt.id == attempt, Attempt.ended_at.is_(None), _newest()).values(lease_until=until)
    return session.execute(alive.returning(Attempt.id)).scalar_one_or_none() is not None


def note_run(session: Session, attempt: int, run: str) -> None:
    """Say where a try records, while it does: if nobody is left to end it, what it recorded is found all the same."""
    session.execute(update(Attempt).where(Attempt.id == attempt, Attempt.ended_at.is_(None)).values(run=run))


def finish(session: Session, attempt: Attempt, ended: Ended) -> bool:
    """End a try and decide what becomes of its unit; whether it was this try's to decide.

    Artifacts must be stored before: this transaction is the last thing, so that a crash leaves a try that is done again
    and at worst files that nobody names. Who did not hear the answer may say it again: nothing changes then.
    """
    told = session.execute(select(Attempt.end).where(Attempt.id == attempt.id)).scalar_one()
    if told not in (None, End.LOST, End.SUPERSEDED):
        return True
    at = now(session)
    counts = ended.end in _COUNTS
    state = UnitState.GIVEN_UP if ended.final and not counts else _next_state(session, attempt, ended.end)
    won = update(Unit).where(Unit.id == attempt.unit_id, Unit.tries == attempt.number, Unit.state == UnitState.RUNNING)
    zh, en = both(ended.reason) if ended.reason is not None else ("", "")
    values: dict[str, object] = {"state": state, "changed_at": at, "reason_zh": zh, "reason_en": en}
    if counts:
        values |= {"counts": attempt.number, "outcome": overall(result.outcome for result in ended.results)}
    unit = session.execute(won.values(values).returning(Unit.campaign_id, Unit.app_id)).one_or_none()
    mine = unit is not None
    over = {
        "ended_at": at,
        "end": ended.end if mine else End.SUPERSEDED,
        "reason_zh": zh,
        "reason_en": en,
        "run": ended.run or Attempt.run,
        "root": ended.root,
        "seconds": ended.seconds,
        "device_seconds": ended.device_seconds,
    }
    session.execute(update(Attempt).where(Attempt.id == attempt.id).values(over))
    if told is not None:
        session.execute(delete(Artifact).where(Artifact.attempt_id == attempt.id))
    for artifact in ended.artifacts:
        artifact.attempt_id = attempt.id
        session.add(artifact)
    if unit is not None and counts:
        for result in ended.results:
            result.unit_id = attempt.unit_id
            session.add(result)
        for finding in ended.findings:
            finding.campaign_id, finding.unit_id, finding.app_id, finding.found_at = unit.campaign_id, attempt.unit_id, unit.app_id, at
            session.add(finding)
        session.flush()
        count_in(session, unit.campaign_id, ended.results, ended.findings)
    session.flush()
    return mine


def expire(session: Session, *, worker: str | None = None) -> list[Attempt]:
    """Give up the tries whose lease is over, or all that ``worker`` had; their units wait again."""
    whose = Attempt.worker == worker if worker is not None else Attempt.lease_until < now(session)
    lost = session.scalars(select(Attempt).where(Attempt.ended_at.is_(None), whose).with_for_update(skip_locked=True)).all()
    reason = _("whoever carried it out is gone: it is tried again")
    return [attempt for attempt in lost if finish(session, attempt, Ended(End.LOST, reason))]


def cancel(session: Session, units: Sequence[int]) -> int:
    """Cancel units that have no end yet; a try that runs is stopped at its next renewal. How many."""
    open_units = update(Unit).where(Unit.id.in_(units), Unit.state.not_in(ENDED))
    gone = session.scalars(open_units.values(state=UnitState.CANCELLED, changed_at=now(session)).returning(Unit.id)).all()
    return len(gone)


def retry(session: Session, units: Sequence[int]) -> int:
    """Let units that were given up, quarantined or cancelled wait again. How many."""
    again = (UnitState.GIVEN_UP, UnitState.QUARANTINED, UnitState.CANCELLED)
    stopped = update(Unit).where(Unit.id.in_(units), Unit.state.in_(again))
    return len(session.scalars(stopped.values(state=UnitState.WAITING, changed_at=now(session)).returning(Unit.id)).all())


def phones_killed(session: Session, unit: int) -> set[int]:
    """The phones that a unit cost their session: it goes to another, where there is one that fits."""
    faulty = select(Attempt.device_id).distinct().where(Attempt.unit_id == unit, Attempt.end.in_(_DEVICE), Attempt.device_id.is_not(None))
    return {device for device in session.scalars(faulty) if device is not None}


def tell(session: Session, kind: str, text: Text, *, unit: int | None = None, device: int | None = None) -> None:
    """Add a line for the people who look on."""
    zh, en = both(text)
    session.add(Happening(at=now(session), kind=kind, unit_id=unit, device_id=device, text_zh=zh, text_en=en))


def _newest() -> ColumnElement[bool]:
    """The try is the newest of its unit, which is still running."""
    return select(Unit.id).where(Unit.id == Attempt.unit_id, Unit.tries == Attempt.number, Unit.state == UnitState.RUNNING).exists()


def _next_state(session: Session, attempt: Attempt, end: End) -> UnitState:
    if end in _COUNTS:
        return UnitState.DONE
    if end is End.CANCELLED:
        return UnitState.CANCELLED
    if end is End.STOPPED:
        return UnitState.WAITING
    if end in _DEVICE:
        killed = phones_killed(session, attempt.unit_id) | ({attempt.device_id} if attempt.device_id is not None else set())
        faults = _ended(session, attempt.unit_id, _DEVICE) + 1
        return UnitState.QUARANTINED if len(killed) >= PHONES_KILLED or faults > MOST_LOST else UnitState.WAITING
    lost = _ended(session, attempt.unit_id, (End.LOST, End.SUPERSEDED, End.HOST_FAULT, End.ABSENT)) + 1
    return UnitState.GIVEN_UP if lost > MOST_LOST else UnitState.WAITING


def _ended(session: Session, unit: int, ends: Sequence[End]) -> int:
    counted = select(func.count()).select_from(Attempt).where(Attempt.unit_id == unit, Attempt.end.in_(ends))
    return session.execute(counted).scalar_one()
