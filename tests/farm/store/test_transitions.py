"""A unit is begun by one, ended by the newest, and never lost."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from device_farm.store.database import Store, now
from device_farm.store.models import Artifact, Attempt, FindingRow, Happening, Result, Unit
from device_farm.store.transitions import (
    MOST_LOST,
    PHONES_KILLED,
    Ended,
    begin,
    cancel,
    expire,
    finish,
    overall,
    phones_killed,
    queue,
    renew,
    retry,
    tell,
)
from device_farm.units.unit import End, UnitState
from harness.language import _
from tests.farm.store.made import LEASE, add_device, add_unit, digest, result


def started(session: Session, unit: int, *, device: int | None = None, lease: float = LEASE) -> Attempt:
    attempt = begin(session, unit, device=device, worker="w", lease_seconds=lease)
    assert attempt is not None
    return attempt


def state(session: Session, unit: int) -> str:
    return session.execute(select(Unit.state).where(Unit.id == unit)).scalar_one()


def test_a_good_try_ends_the_unit_with_its_rows(store: Store) -> None:
    with store.begin() as session:
        unit = add_unit(session)
        assert queue(session, [unit]) == [unit]
        assert queue(session, [unit]) == []
        attempt = started(session, unit)
        finding = FindingRow(rule="r", clause="5", outcome="violation", part="p", key="0" * 12, reason_zh="", reason_en="")
        brought = Ended(
            End.DONE,
            run="runs/a",
            root=digest("root"),
            results=(result(outcome="violation"), result("c5-nag-loop")),
            findings=(finding,),
            artifacts=(Artifact(path="run.json", sha256=digest("file"), size=3),),
        )
        assert finish(session, attempt, brought)
    with store.begin() as session:
        row = session.get_one(Unit, unit)
        assert (row.state, row.outcome, row.counts, row.tries) == ("done", "violation", 1, 1)
        assert session.scalars(select(Result.outcome).order_by(Result.rule)).all() == ["violation", "clear"]
        assert session.scalars(select(FindingRow.app_id)).all() == [row.app_id]
        assert session.scalars(select(Attempt.end)).all() == ["done"]
        assert session.scalars(select(Attempt.root)).all() == [digest("root")]
        assert session.scalars(select(Artifact.attempt_id)).all() == [attempt.id]
        assert begin(session, unit, device=None, worker="late", lease_seconds=LEASE) is None


def test_of_many_that_want_a_unit_one_gets_it(store: Store) -> None:
    with store.begin() as session:
        unit = add_unit(session)
    got: list[int] = []
    gate = threading.Barrier(8)

    def want(worker: str) -> None:
        gate.wait(120)
        with store.begin() as session:
            attempt = begin(session, unit, device=None, worker=worker, lease_seconds=LEASE)
            if attempt is not None:
                got.append(attempt.number)

    threads = [threading.Thread(target=want, args=(f"w{number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert got == [1]


def test_who_was_given_up_and_comes_back_writes_nothing_that_counts(store: Store) -> None:
    with store.begin() as session:
        unit = add_unit(session)
        zombie = started(session, unit, lease=-1)
        assert [attempt.number for attempt in expire(session)] == [1]
        assert state(session, unit) == UnitState.WAITING
        second = started(session, unit)
        assert not renew(session, zombie.id, LEASE)
        assert renew(session, second.id, LEASE)
        assert not finish(session, zombie, Ended(End.DONE, run="late", results=(result(outcome="clear"),)))
        assert state(session, unit) == UnitState.RUNNING
        assert finish(session, second, Ended(End.DONE, results=(result(outcome="violation"),)))
        assert not finish(session, zombie, Ended(End.DONE, run="later", results=(result(outcome="clear"),)))
    with store.begin() as session:
        assert session.scalars(select(Result.outcome)).all() == ["violation"]
        ends = session.execute(select(Attempt.number, Attempt.end, Attempt.run).order_by(Attempt.number)).all()
        assert [tuple(row) for row in ends] == [(1, "superseded", "later"), (2, "done", "")]


def test_a_lease_that_is_renewed_is_not_over(store: Store) -> None:
    with store.begin() as session:
        unit = add_unit(session)
        attempt = started(session, unit, lease=-1)
        assert renew(session, attempt.id, LEASE)
        assert expire(session) == []
        session.execute(update(Attempt).values(lease_until=now(session) - timedelta(seconds=1)))
        assert len(expire(session)) == 1


def test_all_of_a_worker_that_is_known_to_be_gone_end_at_once(store: Store) -> None:
    with store.begin() as session:
        units = [add_unit(session, name) for name in "abc"]
        for unit in units[:2]:
            started(session, unit)
        begin(session, units[2], device=None, worker="other", lease_seconds=LEASE)
        assert len(expire(session, worker="w")) == 2
        assert [state(session, unit) for unit in units] == ["waiting", "waiting", "running"]


def test_faults_of_phones_go_to_other_phones_and_three_phones_are_enough(store: Store) -> None:
    with store.begin() as session:
        unit = add_unit(session)
        phones = [add_device(session, f"phone-{number}") for number in range(PHONES_KILLED)]
        for number, phone in enumerate(phones, 1):
            end = End.TIMEOUT if number == 2 else End.DEVICE_FAULT
            assert finish(session, started(session, unit, device=phone), Ended(end, _("the device is gone")))
            assert phones_killed(session, unit) == set(phones[:number])
            assert state(session, unit) == ("quarantined" if number == PHONES_KILLED else "waiting")
        row = session.get_one(Unit, unit)
        assert row.outcome is None
        assert row.reason_zh
        assert session.execute(select(func.count()).select_from(Result)).scalar_one() == 0
        assert retry(session, [unit]) == 1
        assert state(session, unit) == UnitState.WAITING


def test_one_phone_that_fails_again_and_again_ends_too(store: Store) -> None:
    with store.begin() as session:
        unit, phone = add_unit(session), add_device(session)
        tries = 0
        while state(session, unit) == UnitState.WAITING:
            finish(session, started(session, unit, device=phone), Ended(End.DEVICE_FAULT))
            tries += 1
        assert (state(session, unit), tries) == (UnitState.QUARANTINED, MOST_LOST + 1)


def test_a_fault_of_the_app_ends_the_unit_and_is_no_pass(store: Store) -> None:
    with store.begin() as session:
        unit = add_unit(session)
        assert finish(session, started(session, unit), Ended(End.APP_FAULT, _("it cannot be installed")))
        row = session.get_one(Unit, unit)
        assert (row.state, row.outcome) == ("done", "inconclusive")


def test_hosts_that_die_again_and_again_end_the_unit_as_given_up(store: Store) -> None:
    with store.begin() as session:
        unit = add_unit(session)
        for number in range(MOST_LOST + 1):
            assert state(session, unit) == UnitState.WAITING, number
            attempt = started(session, unit, lease=-1)
            if number % 2:
                finish(session, attempt, Ended(End.HOST_FAULT, _("no space")))
            else:
                assert len(expire(session)) == 1
        assert state(session, unit) == UnitState.GIVEN_UP
        assert session.get_one(Unit, unit).outcome is None


def test_cancelled_while_it_runs_its_try_stops_and_counts_for_nothing(store: Store) -> None:
    with store.begin() as session:
        waiting, running, done = (add_unit(session, name) for name in "abc")
        attempt = started(session, running)
        finish(session, started(session, done), Ended(End.DONE, results=(result(),)))
        assert cancel(session, [waiting, running, done]) == 2
        assert not renew(session, attempt.id, LEASE)
        assert not finish(session, attempt, Ended(End.DONE, results=(result(),)))
        assert [state(session, unit) for unit in (waiting, running, done)] == ["cancelled", "cancelled", "done"]
        assert session.get_one(Unit, running).counts is None
        assert retry(session, [waiting, running, done]) == 2


def test_a_block_that_fails_changes_nothing(store: Store) -> None:
    with store.begin() as session:
        unit = add_unit(session)

    class Torn(Exception):
        pass

    def tear() -> None:
        with store.begin() as session:
            finish(session, started(session, unit), Ended(End.DONE, results=(result(),)))
            raise Torn

    with pytest.raises(Torn):
        tear()
    with store.begin() as session:
        assert state(session, unit) == UnitState.WAITING
        assert session.execute(select(func.count()).select_from(Attempt)).scalar_one() == 0


@pytest.mark.parametrize(
    ("outcomes", "one"),
    [
        ([], "inconclusive"),
        (["clear", "violation", "inconclusive"], "violation"),
        (["clear", "suspected"], "suspected"),
        (["clear", "inconclusive", "not_exercised"], "inconclusive"),
        (["clear", "not_exercised"], "clear"),
        (["not_exercised"], "not_exercised"),
    ],
)
def test_one_word_for_a_unit_is_the_gravest(outcomes: list[str], one: str) -> None:
    assert overall(outcomes) == one


def test_lines_for_who_looks_on_are_in_order_and_in_both_languages(store: Store) -> None:
    with store.begin() as session:
        unit = add_unit(session)
        for number in range(3):
            tell(session, "begun", _("{count} rows", count=number), unit=unit)
        rows = session.scalars(select(Happening).order_by(Happening.id)).all()
        assert [row.text_en for row in rows] == [f"{number} rows" for number in range(3)]
        assert all(row.text_zh != row.text_en for row in rows)
