"""The coordinator with phones and work that a table tells: who gets what, and what is written down of it."""

import threading
from collections import Counter
from hashlib import sha256
from pathlib import Path

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from device_farm.desk.executor import Executor
from device_farm.intake.add_apps import add_apps
from device_farm.phones.phone_transitions import quarantine
from device_farm.store.database import Store
from device_farm.store.models import Attempt, FindingRow, Happening, Result, Unit
from device_farm.store.transitions import Ended, begin, cancel
from device_farm.units.job import Job, Phone
from device_farm.units.unit import AppFile, End, Kind, Plan, UnitState
from harness.language import Text
from tests.farm.desk.shelves import FakeShelf, FakeWork, coordinator, desk, fault, judged


def states(store: Store) -> Counter[str]:
    with store.begin() as session:
        return Counter(session.scalars(select(Unit.state)).all())


def count(store: Store, table: type) -> int:
    with store.begin() as session:
        return session.execute(select(func.count()).select_from(table)).scalar_one()


def test_every_unit_is_done_once_and_all_phones_are_used(tmp_path: Path) -> None:
    store = desk(tmp_path, 40)
    pool, gate = FakeShelf(store, 4), threading.Barrier(4)
    done = 0

    def end(job: Job, phone: Phone) -> Ended:
        nonlocal done
        done += 1
        if done <= 4:
            gate.wait(120)  # all four at once, or the barrier breaks
        return judged("violation", "clear")

    work = FakeWork(end)
    session = coordinator(store, pool, work, tmp_path)
    session.run()
    assert states(store) == {UnitState.DONE: 40}
    assert sorted(unit for unit, _number, _phone in work.began) == list(range(1, 41))
    assert {phone for _unit, _number, phone in work.began} == {f"phone-{n}" for n in range(4)}
    assert (count(store, Result), count(store, FindingRow), session.ended) == (80, 40, 40)
    assert pool.closed


def test_a_fault_of_a_phone_sends_the_unit_to_another_one(tmp_path: Path) -> None:
    store = desk(tmp_path, 6)

    def end(job: Job, phone: Phone) -> Ended:
        return fault(End.DEVICE_FAULT) if phone.address == "phone-0" else judged("clear")

    work = FakeWork(end)
    coordinator(store, FakeShelf(store, 2), work, tmp_path).run()
    assert states(store) == {UnitState.DONE: 6}
    on_bad = [unit for unit, _number, phone in work.began if phone == "phone-0"]
    assert len(on_bad) == len(set(on_bad)), "a unit came back to the phone that had failed it"


def test_with_one_phone_alone_the_unit_comes_back_to_it(tmp_path: Path) -> None:
    store = desk(tmp_path, 1)
    work = FakeWork(lambda job, phone: fault(End.TIMEOUT) if job.number < 3 else judged("clear"))
    coordinator(store, FakeShelf(store, 1), work, tmp_path).run()
    assert (states(store), [number for _unit, number, _phone in work.began]) == ({UnitState.DONE: 1}, [1, 2, 3])


def test_no_fault_is_ever_shown_as_an_answer(tmp_path: Path) -> None:
    """Many units, every kind of fault by turns: none has a result until a try brings one."""
    store = desk(tmp_path, 60)
    faults = [End.DEVICE_FAULT, End.HOST_FAULT, End.LOST, End.STOPPED, End.TIMEOUT]

    def end(job: Job, phone: Phone) -> Ended:
        return fault(faults[(job.unit + job.number) % 5]) if job.number <= job.unit % 3 else judged("clear")

    pool = FakeShelf(store, 8)
    work = FakeWork(end)
    coordinator(store, pool, work, tmp_path, rest_seconds=0.0).run()
    with store.begin() as session:
        for unit in session.scalars(select(Unit)):
            ends = list(session.scalars(select(Attempt.end).where(Attempt.unit_id == unit.id).order_by(Attempt.number)))
            results = session.execute(select(func.count()).select_from(Result).where(Result.unit_id == unit.id)).scalar_one()
            if unit.state == UnitState.DONE:
                assert ends[-1] == End.DONE
                assert (results, unit.counts, End.DONE in ends[:-1]) == (1, len(ends), False)
            else:
                assert (unit.outcome, results, End.DONE in ends) == (None, 0, False)
    assert states(store)[UnitState.DONE] == 60


def test_what_a_dead_coordinator_had_begun_is_given_up_at_once_and_done_again(tmp_path: Path) -> None:
    store = desk(tmp_path, 5)
    with store.begin() as session:
        for unit in (1, 2):
            assert begin(session, unit, device=None, worker="desk:of-yesterday", lease_seconds=3600) is not None
    work = FakeWork(lambda job, phone: judged("clear"))
    coordinator(store, FakeShelf(store, 2), work, tmp_path).run()
    assert states(store) == {UnitState.DONE: 5}
    with store.begin() as session:
        tries = session.execute(select(Attempt.unit_id, Attempt.end).where(Attempt.worker == "desk:of-yesterday")).all()
        assert sorted(tries) == [(1, End.LOST), (2, End.LOST)]
        assert session.execute(select(func.count()).select_from(Happening).where(Happening.kind == "lost")).scalar_one() == 2


def test_a_stop_ends_what_runs_and_holds_nothing_against_it(tmp_path: Path) -> None:
    store = desk(tmp_path, 4)
    work = FakeWork(lambda job, phone: judged("clear"), hold=threading.Event())
    session = coordinator(store, FakeShelf(store, 2), work, tmp_path)
    thread = threading.Thread(target=session.run)
    thread.start()
    until = threading.Event()
    while work.most < 2 and not until.wait(0.01):
        assert thread.is_alive()
    session.stop()
    thread.join(120)
    assert not thread.is_alive()
    assert states(store) == {UnitState.WAITING: 4}
    with store.begin() as opened:
        assert {attempt.end for attempt in opened.scalars(select(Attempt))} == {End.STOPPED}
        assert all(attempt.run for attempt in opened.scalars(select(Attempt))), "where it recorded is known"
    again = FakeWork(lambda job, phone: judged("clear"))
    coordinator(store, FakeShelf(store, 0), again, tmp_path).run()
    assert again.began == []


def test_a_cancelled_unit_is_stopped_at_its_next_renewal(tmp_path: Path) -> None:
    store = desk(tmp_path, 1)
    work = FakeWork(lambda job, phone: judged("violation"), hold=threading.Event())
    session = coordinator(store, FakeShelf(store, 1), work, tmp_path, renew_seconds=0.0)
    thread = threading.Thread(target=session.run)
    thread.start()
    waited = threading.Event()
    while not work.began and not waited.wait(0.01):
        assert thread.is_alive()
    with store.begin() as opened:
        assert cancel(opened, [1]) == 1
    thread.join(120)
    assert not thread.is_alive()
    assert states(store) == {UnitState.CANCELLED: 1}
    assert count(store, Result) == 0


def test_units_that_no_phone_here_fits_are_left_and_said(tmp_path: Path) -> None:
    store = desk(tmp_path, 2)
    with store.begin() as session:
        session.execute(update(Unit).where(Unit.id == 1).values(requirement="rom=miui"))
    work = FakeWork(lambda job, phone: judged("clear"))
    coordinator(store, FakeShelf(store, 1), work, tmp_path).run()
    assert states(store) == {UnitState.DONE: 1, UnitState.WAITING: 1}


def test_a_sick_phone_is_waited_for_only_so_long(tmp_path: Path) -> None:
    store = desk(tmp_path, 1)
    pool = FakeShelf(store, 1)
    pool.sick.add(pool.executors()[0].known.device)
    work = FakeWork(lambda job, phone: judged("clear"))
    coordinator(store, pool, work, tmp_path, patience_seconds=0.0).run()
    assert (states(store), work.began) == ({UnitState.WAITING: 1}, [])


def test_phones_that_a_person_took_out_are_not_waited_for(tmp_path: Path) -> None:
    store = desk(tmp_path, 1)
    pool = FakeShelf(store, 1)
    with store.begin() as session:
        quarantine(session, pool.executors()[0].known.device, Text("broken glass"))
    session_of_desk = coordinator(store, pool, FakeWork(lambda job, phone: judged("clear")), tmp_path)
    session_of_desk.run()
    told = str(session_of_desk.held_up)
    assert "broken glass" in told
    assert "farm quarantine phone-0 --release" in told


def test_on_a_nearly_full_disk_nothing_is_begun(tmp_path: Path) -> None:
    store = desk(tmp_path, 1)
    work = FakeWork(lambda job, phone: judged("clear"))
    session = coordinator(store, FakeShelf(store, 1), work, tmp_path)
    session.least_free_mb = 1e12
    session.run()
    assert (states(store), work.began) == ({UnitState.WAITING: 1}, [])
    assert session.held_up is not None
    assert "make room" in session.held_up


def test_work_that_tells_no_end_is_a_fault_of_the_computer(tmp_path: Path) -> None:
    store = desk(tmp_path, 1)
    broken = True

    def end(job: Job, phone: Phone) -> Ended:
        if job.number == 1 and broken:
            raise KeyError("a mistake")
        return judged("clear")

    before, threading.excepthook = threading.excepthook, lambda args: None
    try:
        coordinator(store, FakeShelf(store, 1), FakeWork(end), tmp_path).run()
    finally:
        threading.excepthook = before
    assert states(store) == {UnitState.DONE: 1}
    with store.begin() as session:
        assert session.scalars(select(Attempt.end).order_by(Attempt.id)).all() == [End.HOST_FAULT, End.DONE]


def test_units_of_a_night_go_together(tmp_path: Path) -> None:
    store = desk(tmp_path, 7, plan=Plan((6,), kind=Kind.NIGHT))
    work = FakeWork(lambda job, phone: judged("clear"))
    session = coordinator(store, FakeShelf(store, 2), work, tmp_path, groups=lambda units: [units[:5]])
    session.run()
    assert states(store) == {UnitState.DONE: 7}
    by_phone = Counter(phone for _unit, _number, phone in work.began)
    assert sorted(by_phone.values()) == [2, 5]


def package(name: str) -> AppFile:
    return AppFile(sha256(name.encode()).hexdigest(), name, package=name)


def reason(store: Store) -> str:
    with store.begin() as session:
        return session.scalars(select(Unit.reason_en)).one()


def test_a_package_that_one_phone_lacks_goes_to_the_one_that_has_it_and_nothing_is_held_against_either(tmp_path: Path) -> None:
    store = desk(tmp_path, 0)
    add_apps(store, [package(f"cn.qa.app{number}") for number in range(6)], Plan((5,)), "night")
    work = FakeWork(lambda job, phone: fault(End.ABSENT) if phone.address == "phone-0" else judged("clear"))
    pool = FakeShelf(store, 2)
    coordinator(store, pool, work, tmp_path).run()
    assert states(store) == {UnitState.DONE: 6}
    assert Counter(phone for _unit, _number, phone in work.began)["phone-1"] == 6
    assert {end for _device, end in pool.ends} <= {End.ABSENT, End.DONE}


def test_a_package_that_no_phone_has_is_told_once_each_was_asked(tmp_path: Path) -> None:
    store = desk(tmp_path, 0)
    add_apps(store, [package("cn.qa.tianqi")], Plan((5,)), "night")
    work = FakeWork(lambda job, phone: fault(End.ABSENT))
    coordinator(store, FakeShelf(store, 3), work, tmp_path).run()
    assert states(store) == {UnitState.GIVEN_UP: 1}
    assert sorted(phone for _unit, _number, phone in work.began) == ["phone-0", "phone-1", "phone-2"]
    assert "no phone here has cn.qa.tianqi installed" in reason(store)


def test_a_file_that_is_gone_ends_its_unit_at_once_and_the_next_begins_without_a_rest(tmp_path: Path) -> None:
    store = desk(tmp_path, 3)
    work = FakeWork(lambda job, phone: fault(End.ABSENT) if job.unit == 1 else judged("clear"))
    coordinator(store, FakeShelf(store, 1), work, tmp_path, rest_seconds=600.0).run()
    assert [(unit, number) for unit, number, _phone in work.began] == [(1, 1), (2, 1), (3, 1)]
    assert states(store) == {UnitState.GIVEN_UP: 1, UnitState.DONE: 2}


def test_a_stop_that_comes_while_units_are_handed_out_begins_nothing_more(tmp_path: Path) -> None:
    store = desk(tmp_path, 4)

    class Interrupted(FakeShelf):
        def on_trial(self, session: Session, executor: Executor) -> bool:
            night.stop()  # as a signal does: in the middle of it
            return False

    work = FakeWork(lambda job, phone: judged("clear"))
    night = coordinator(store, Interrupted(store, 2), work, tmp_path)
    night.run()
    assert work.began == []
    assert states(store) == {UnitState.WAITING: 4}
