"""What must hold of a store after everything was killed now and then: each unit once, nothing lost, nothing twice."""

from collections import Counter
from collections.abc import Mapping, Sequence

from sqlalchemy import func, select

from device_farm.store.database import Store
from device_farm.store.models import Attempt, Result, Unit
from device_farm.units.unit import End, UnitState

COUNTING = (End.DONE, End.APP_FAULT)
AGAIN_SECONDS = 60.0
"""So soon after a death its unit waits again, in time in which the store answers."""


def not_once(store: Store, units: int) -> list[str]:
    """What is wrong with the results, a line each."""
    wrong: list[str] = []
    with store.begin() as session:
        states = Counter(dict(session.execute(select(Unit.state, func.count()).group_by(Unit.state)).tuples().all()))
        if states != {UnitState.DONE: units}:
            wrong.append(f"of {units} units {dict(states)}")
        counting = select(Attempt.unit_id, func.count()).where(Attempt.end.in_(COUNTING)).group_by(Attempt.unit_id)
        wrong += [f"unit {unit}: {count} tries count" for unit, count in session.execute(counting) if count != 1]
        without = select(Unit.id).where(Unit.state == UnitState.DONE, ~select(Result.id).where(Result.unit_id == Unit.id).exists())
        wrong += [f"unit {unit}: done without results" for unit in session.scalars(without)]
        twice = select(Result.unit_id, Result.rule).group_by(Result.unit_id, Result.rule).having(func.count() > 1)
        wrong += [f"unit {unit}: {rule} twice" for unit, rule in session.execute(twice)]
        numbers = select(Attempt.unit_id, func.count(), func.max(Attempt.number)).group_by(Attempt.unit_id)
        tries = dict(session.execute(select(Unit.id, Unit.tries)).tuples().all())
        wrong += [
            f"unit {unit}: {count} tries, the newest {most}, it says {tries[unit]}"
            for unit, count, most in session.execute(numbers)
            if not count == most == tries[unit]
        ]
        still = session.scalars(select(Attempt.unit_id).where(Attempt.ended_at.is_(None))).all()
        wrong += [f"unit {unit}: a try without an end" for unit in still]
    return wrong


def waits_until_given_up(store: Store, deaths: Mapping[tuple[int, int], float], outages: Sequence[tuple[float, float]] = ()) -> list[float]:
    """Seconds from the death of a try, by unit and number, till its unit waits again, less outages (in order).

    When a new try begins hangs on who is alive and free then.
    """
    broken = Attempt.end.in_((End.LOST, End.SUPERSEDED)) & Attempt.ended_at.is_not(None)
    with store.begin() as session:
        found = session.execute(select(Attempt.unit_id, Attempt.number, Attempt.ended_at).where(broken)).tuples().all()
    ends = {(unit, number): ended.timestamp() for unit, number, ended in found if ended is not None}
    spans = [(died, ends[each]) for each, died in deaths.items() if each in ends]
    return [until - since - _covered(since, until, outages) for since, until in spans]


def _covered(since: float, until: float, outages: Sequence[tuple[float, float]]) -> float:
    covered = 0.0
    for begin, end in outages:
        begin, end = max(begin, since), min(end, until)
        if begin < end:
            covered, since = covered + end - begin, end
    return covered
