"""An outage is one line when it begins and one when it is over; a worker that was forgotten begins anew."""

import logging
import threading

import pytest
from sqlalchemy import text

from device_farm.dispatch.command_environment import StoreAvailability
from device_farm.dispatch.engine import queue_name
from device_farm.store.database import StoreError
from tests.farm.dispatch.shelf import Shelf, until


def test_an_outage_is_told_once_whatever_the_store_says_in_between() -> None:
    said: list[str] = []
    outage = StoreAvailability(said.append)
    for reason in ("connection refused", "server closed the connection", "the database system is starting up"):
        outage.away(StoreError(reason))
    outage.back()
    outage.back()
    assert said == ["connection refused: it is asked again until it answers", "the store answers again, after 0 s"]
    outage.away(StoreError("connection refused"))
    assert len(said) == 3


def test_who_is_patient_says_nothing_of_a_short_one() -> None:
    said: list[str] = []
    outage = StoreAvailability(said.append, after=3600.0)
    outage.away(StoreError("connection refused"))
    outage.back()
    assert said == []


def test_a_worker_that_the_engine_forgot_begins_anew(farm: Shelf, caplog: pytest.LogCaptureFixture) -> None:
    farm.add_phone("a")  # nothing is handed out that no phone can take
    (unit,) = farm.add_units(1)
    stop, done = threading.Event(), list[int]()

    def carry_out(number: int) -> bool:
        done.append(number)
        stop.set()
        return False

    def work() -> None:
        while not stop.is_set():
            farm.engine.work([queue_name("any")], carry_out, stop=stop, intervals=farm.intervals)

    def workers() -> list[int]:
        with farm.store.begin() as session:
            return list(session.execute(text("select id from procrastinate_workers")).scalars())

    thread = threading.Thread(target=work)
    with caplog.at_level(logging.DEBUG):
        thread.start()
        until(lambda: bool(workers()), "it is known")
        with farm.store.begin() as session:
            session.execute(text("delete from procrastinate_workers"))
        with farm.serving():
            until(lambda: done == [unit], "it takes the unit all the same", 60)
        thread.join(60)
    assert not thread.is_alive()
    assert not [record for record in caplog.records if "foreign key" in record.getMessage()]


def test_no_worker_takes_another_for_dead(farm: Shelf) -> None:
    with farm.store.begin() as session:
        silent = "insert into procrastinate_workers (last_heartbeat) values (now() - interval '1 hour') returning id"
        number = session.execute(text(silent)).scalar_one()
    stop = threading.Event()
    thread = threading.Thread(
        target=farm.engine.work, args=(["any"], lambda unit: True), kwargs={"stop": stop, "intervals": farm.intervals}
    )
    thread.start()

    def workers() -> list[int]:
        with farm.store.begin() as session:
            return list(session.execute(text("select id from procrastinate_workers")).scalars())

    until(lambda: len(workers()) > 1, "it is known")
    stop.set()
    thread.join(60)
    assert number in workers()
