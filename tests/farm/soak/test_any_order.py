"""Units survive whatever workers do, in any order: exactly one try counts, results stand once, tries only go up."""

import os
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from device_farm.store import transitions
from device_farm.store.database import Store, now, open_store
from device_farm.store.models import Artifact, Attempt, Result, Unit
from device_farm.store.transitions import Ended
from device_farm.units.unit import End, UnitState
from tests.farm.store.made import LEASE, add_device, add_unit, digest, result

COUNTING = (End.DONE, End.APP_FAULT)
BROUGHT = [end for end in End if end not in (End.LOST, End.SUPERSEDED)]  # what a worker can say itself
EXAMPLES, STEPS = int(os.environ.get("APPRIGHTS_SOAK_EXAMPLES", "15")), 40
WORKERS, UNITS, PHONES = ("w0", "w1", "w2"), 3, 4


@cache
def empty() -> bytes:
    """A store without rows, made once."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "farm.sqlite"
        open_store(file).close()
        return file.read_bytes()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "farm.sqlite")
    yield opened
    opened.close()


class AnyOrder(RuleBasedStateMachine):
    """Some units, some workers that die, come back and say things twice, and a person who cancels."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(prefix="apprights-order-")
        file = Path(self.folder.name) / "farm.sqlite"
        file.write_bytes(empty())
        self.store = open_store(file)
        with self.store.begin() as session:
            self.units = [add_unit(session, f"u{number}") for number in range(UNITS)]
            self.phones = [add_device(session, f"p{number}") for number in range(PHONES)]
        self.tries: dict[int, int] = dict.fromkeys(self.units, 0)
        self.held: list[Attempt] = []  # every try that a worker ever began and may still speak of
        self.said: dict[int, Ended] = {}
        self.final: dict[int, tuple[object, ...]] = {}

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    @rule(number=st.integers(0, UNITS - 1))
    def hand_out(self, number: int) -> None:
        with self.store.begin() as session:
            transitions.queue(session, [self.units[number]])

    @rule(number=st.integers(0, UNITS - 1))
    def take_back(self, number: int) -> None:
        with self.store.begin() as session:
            transitions.unqueue(session, [self.units[number]])

    @rule(number=st.integers(0, UNITS - 1), worker=st.sampled_from(WORKERS), phone=st.integers(0, PHONES))
    def begin(self, number: int, worker: str, phone: int) -> None:
        device = self.phones[phone] if phone < PHONES else None
        with self.store.begin() as session:
            was = self.state(session, self.units[number])
            attempt = transitions.begin(session, self.units[number], device=device, worker=worker, lease_seconds=LEASE)
        assert (attempt is not None) == (was in (UnitState.WAITING, UnitState.QUEUED))
        if attempt is not None:
            self.held.append(attempt)

    @precondition(lambda self: self.held)
    @rule(data=st.data())
    def renew(self, data: st.DataObject) -> None:
        attempt = data.draw(st.sampled_from(self.held))
        with self.store.begin() as session:
            alive = transitions.renew(session, attempt.id, LEASE)
            assert alive == (self.newest(session, attempt) and self.state(session, attempt.unit_id) is UnitState.RUNNING)

    @precondition(lambda self: self.held)
    @rule(data=st.data(), end=st.sampled_from(BROUGHT), outcome=st.sampled_from(["clear", "violation"]))
    def finish(self, data: st.DataObject, end: End, outcome: str) -> None:
        attempt = data.draw(st.sampled_from(self.held))
        with self.store.begin() as session:
            mine = self.newest(session, attempt) and self.state(session, attempt.unit_id) is UnitState.RUNNING
            told = session.execute(select(Attempt.end).where(Attempt.id == attempt.id)).scalar_one()
            before = told not in (None, End.LOST, End.SUPERSEDED)  # it says it once more
            assert transitions.finish(session, attempt, self.brought(attempt, end, outcome)) == (mine or before)

    @precondition(lambda self: self.held)
    @rule(data=st.data(), end=st.sampled_from(BROUGHT), outcome=st.sampled_from(["clear", "violation"]))
    def finish_and_say_it_again(self, data: st.DataObject, end: End, outcome: str) -> None:
        """The answer of the store was lost with the connection: the worker says the same once more."""
        attempt = data.draw(st.sampled_from(self.held))
        for _time in range(2):
            with self.store.begin() as session:
                transitions.finish(session, attempt, self.brought(attempt, end, outcome))
                self.check(session)

    @precondition(lambda self: self.held)
    @rule(data=st.data(), end=st.sampled_from(BROUGHT))
    def die_while_finishing(self, data: st.DataObject, end: End) -> None:
        attempt = data.draw(st.sampled_from(self.held))
        try:
            with self.store.begin() as session:
                transitions.finish(session, attempt, self.brought(attempt, end, "clear"))
                raise InterruptedError
        except InterruptedError:
            pass

    @precondition(lambda self: self.held)
    @rule(data=st.data())
    def be_late(self, data: st.DataObject) -> None:
        """The lease of one try runs out, and the reaper comes by."""
        attempt = data.draw(st.sampled_from(self.held))
        with self.store.begin() as session:
            over = now(session) - timedelta(seconds=1)
            session.execute(update(Attempt).where(Attempt.id == attempt.id).values(lease_until=over))
            transitions.expire(session)

    @rule(worker=st.sampled_from(WORKERS))
    def host_dies(self, worker: str) -> None:
        with self.store.begin() as session:
            transitions.expire(session, worker=worker)

    @rule(number=st.integers(0, UNITS - 1))
    def cancel(self, number: int) -> None:
        with self.store.begin() as session:
            transitions.cancel(session, [self.units[number]])

    @rule(number=st.integers(0, UNITS - 1))
    def retry(self, number: int) -> None:
        with self.store.begin() as session:
            transitions.retry(session, [self.units[number]])

    @invariant()
    def it_holds(self) -> None:
        with self.store.begin() as session:
            self.check(session)

    # what must hold
    def check(self, session: Session) -> None:
        for unit in session.scalars(select(Unit)):
            tries = list(session.scalars(select(Attempt).where(Attempt.unit_id == unit.id).order_by(Attempt.number)))
            assert [attempt.number for attempt in tries] == list(range(1, unit.tries + 1))
            assert unit.tries >= self.tries[unit.id]
            self.tries[unit.id] = unit.tries
            if unit.state == UnitState.RUNNING:
                assert tries[-1].ended_at is None, "a unit runs and nobody has it"
            counting = [attempt.number for attempt in tries if attempt.end in COUNTING]
            results = session.execute(select(Result.rule, Result.outcome, Result.reason_en).where(Result.unit_id == unit.id)).all()
            if unit.state != UnitState.DONE:
                assert (counting, unit.counts, results) == ([], None, [])
                assert unit.id not in self.final
                continue
            assert counting == [unit.counts]
            assert {said for _rule, _outcome, said in results} <= {f"try {unit.counts}"}
            told = (unit.counts, unit.outcome, tuple(map(tuple, results)), tries[unit.counts - 1].run)
            assert self.final.setdefault(unit.id, told) == told
        for attempt in session.scalars(select(Attempt)):
            paths = list(session.scalars(select(Artifact.path).where(Artifact.attempt_id == attempt.id)))
            assert len(paths) == len(set(paths))

    def brought(self, attempt: Attempt, end: End, outcome: str) -> Ended:
        """What a worker says of a try. It may say other things at another time, as one that was taken for dead does."""
        row = result(outcome=outcome)
        row.reason_en = f"try {attempt.number}"
        file = Artifact(path="run.json", sha256=digest(f"{attempt.unit_id} {attempt.number}"), size=1)
        return Ended(end, run=f"run-{attempt.number}", results=(row,) if end is End.DONE else (), artifacts=(file,))

    def state(self, session: Session, unit: int) -> UnitState:
        return UnitState(session.execute(select(Unit.state).where(Unit.id == unit)).scalar_one())

    def newest(self, session: Session, attempt: Attempt) -> bool:
        return session.execute(select(Unit.tries).where(Unit.id == attempt.unit_id)).scalar_one() == attempt.number


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(
    max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)


def test_a_unit_whose_workers_always_come_back_late_is_given_up(store: Store) -> None:
    with store.begin() as session:
        unit = add_unit(session)
        for _try in range(transitions.MOST_LOST + 1):
            attempt = transitions.begin(session, unit, device=None, worker="w", lease_seconds=-1)
            assert attempt is not None
            transitions.expire(session)
            assert not transitions.finish(session, attempt, Ended(End.DONE, results=(result(),)))
        assert session.get_one(Unit, unit).state == UnitState.GIVEN_UP
        assert session.scalars(select(Result)).all() == []
