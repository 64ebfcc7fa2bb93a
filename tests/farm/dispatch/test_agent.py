"""The agent of a host: a worker for each phone, started again when it dies, ended in good order, gone with its host."""

import os
import signal
import threading
from dataclasses import replace

import pytest

from device_farm.dispatch.agent import Agent
from device_farm.dispatch.phone_worker_process import Settings
from device_farm.store.database import open_store
from device_farm.store.models import Happening, Host
from device_farm.units.job import Virtual
from device_farm.units.unit import UnitState
from tests.farm.dispatch.shelf import Shelf, until


def agent_of(farm: Shelf, said: list[str]) -> Agent:
    settings = Settings(
        database=farm.url,
        artifacts=str(farm.folder / "artifacts"),
        device=0,
        host="here",
        address="",
        folder=str(farm.folder / "work"),
        intervals=farm.intervals.words(),
    )
    store = open_store(farm.url, create=False)
    virtual = [Virtual(), Virtual(rom="miui")]
    return Agent(store, settings, farm.intervals, adb=False, virtual=virtual, module="tests.farm.dispatch.fake_worker", told=said.append)


def test_a_worker_that_dies_is_started_again_and_a_drained_host_takes_nothing(farm: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAKE_LOG", str(farm.folder / "log"))
    monkeypatch.setenv("FAKE_SECONDS", "0.5")
    said: list[str] = []
    agent, leave, stop = agent_of(farm, said), threading.Event(), threading.Event()
    thread = threading.Thread(target=agent.run, args=(leave, stop))
    units = farm.add_units(8) + farm.add_units(1, requirement="kind=virtual|rom=miui")
    with farm.serving():
        thread.start()
        until(lambda: any(row["what"] == "begun" for row in farm.log), "one works")
        os.kill(int(farm.log[0]["pid"]), signal.SIGKILL)
        until(farm.ended, "all units are done")
        assert {row["phone"] for row in farm.log} == {"virtual-1", "virtual-2"}
        assert any("ended with code -9" in line for line in said)
        with farm.store.begin() as session:
            for host in session.query(Host):
                host.draining = True
        until(lambda: "here is drained: nothing more is begun" in said, "it noticed")
        (more,) = farm.add_units(1)
        until(lambda: farm.states()[more] == UnitState.QUEUED, "nobody takes it")
        leave.set()
        thread.join(60)
    assert not thread.is_alive()
    assert said[0] == "2 phone(s): virtual-1, virtual-2"
    assert not any("to end what they do" in line for line in said), "a drained worker has nothing to end"
    with farm.store.begin() as session:
        happened = [row.text_en for row in session.query(Happening).order_by(Happening.id)]
    assert "the worker of here has started" in happened
    assert "'farm serve' leads from now on: units are handed out" in happened
    assert any("ended with code -9" in line for line in happened)
    agent.store.close()
    farm.need_each_once(units)
    assert farm.states()[more] == UnitState.QUEUED


def test_a_worker_without_phones_says_for_which_it_looks(farm: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    agent, leave = agent_of(farm, said), threading.Event()
    agent.virtual, agent.adb, agent.serials = (), True, ("R5CT10ABCDE",)
    agent.settings = replace(agent.settings, adb_port=47123)
    monkeypatch.setattr("device_farm.dispatch.agent.listed", lambda port: [])
    monkeypatch.setattr("device_farm.dispatch.agent.Agent._record", lambda self, at: None)
    thread = threading.Thread(target=agent.run, args=(leave, threading.Event()))
    thread.start()
    until(lambda: bool(said), "it said so")
    leave.set()
    thread.join(120)
    assert said == ["none of the phones R5CT10ABCDE is ready at the adb server 47123: looking again"]
    agent.store.close()


def test_a_host_that_is_let_in_again_says_so(farm: Shelf) -> None:
    said: list[str] = []
    agent = agent_of(farm, said)
    for draining in (False, True, False):
        with farm.store.begin() as session:
            session.query(Host).where(Host.name == "here").update({"draining": draining})
        agent._report()
        with farm.store.begin() as session:
            assert session.query(Host).count() == 2
    assert said == ["here is drained: nothing more is begun", "take units again: here"]
    agent.store.close()
