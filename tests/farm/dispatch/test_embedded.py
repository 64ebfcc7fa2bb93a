"""The PostgreSQL of a folder: it starts, keeps what was committed through kill -9, and is taken over where it runs."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import inspect

from device_farm.dispatch.embedded_postgres import Embedded, _alive, _end_of
from device_farm.store.database import open_store
from tests.farm.dispatch.shelf import until


def test_what_was_committed_survives_kill_9(own_postgres: Embedded) -> None:
    with psycopg.connect(own_postgres.url()) as connection:
        connection.execute("create table kept (word text)")
        connection.execute("insert into kept values ('here')")
    assert own_postgres.pid is not None
    os.kill(own_postgres.pid, signal.SIGKILL)
    own_postgres.start()
    with psycopg.connect(own_postgres.url()) as connection:
        assert connection.execute("select word from kept").fetchone() == ("here",)


def test_one_that_something_else_ends_is_told_in_a_line_and_started_again(own_postgres: Embedded) -> None:
    told: list[str] = []
    over = threading.Event()
    keeping = threading.Thread(target=own_postgres.keep, args=(over, told.append))
    keeping.start()
    try:
        first, url = own_postgres.pid, own_postgres.url()
        assert first is not None
        os.kill(first, signal.SIGKILL)
        until(lambda: told and own_postgres.pid != first and answers(url), "it is there again")
    finally:
        over.set()
        keeping.join()
    assert len(told) == 1, told
    assert "\n" not in told[0]


def answers(url: str) -> bool:
    try:
        with psycopg.connect(url, connect_timeout=2):
            return True
    except psycopg.Error:
        return False


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_a_process_that_ended_and_that_its_parent_forgot_does_not_run() -> None:
    parent = subprocess.Popen(["sh", "-c", "sleep 0.3 & echo $!; exec sleep 60"], stdout=subprocess.PIPE, text=True)
    pid = int(parent.stdout.readline())
    until(lambda: not _alive(pid), "it is seen as ended")
    assert Path(f"/proc/{pid}").exists(), "nobody collected it"
    parent.kill()
    parent.communicate()


def test_a_server_that_still_runs_is_taken_over_and_ended(own_postgres: Embedded) -> None:
    other = Embedded(own_postgres.folder)
    assert other.start() == own_postgres.url()
    assert other.pid == own_postgres.pid
    other.stop()
    assert Embedded(own_postgres.folder).pid is None
    assert own_postgres.start()


def test_the_end_of_a_process_is_told_also_where_nobody_collects_it() -> None:
    never = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    assert not _end_of(never.pid, 0.1)
    never.kill()
    assert _end_of(never.pid, 20)
    never.communicate()
    assert _end_of(never.pid, 20), "of one that was not there any more"


def test_each_test_has_a_database_of_its_own(postgres: str) -> None:
    store = open_store(postgres)
    assert "units" in inspect(store.engine).get_table_names()
    store.close()


def test_programs_that_others_cannot_reach_are_copied(own_postgres: Embedded, monkeypatch: pytest.MonkeyPatch) -> None:
    """As under /root; PostgreSQL runs from the copy."""
    own_postgres.stop()
    monkeypatch.setattr("device_farm.dispatch.embedded_postgres._root", lambda: os.geteuid() == 0)
    monkeypatch.setattr("device_farm.dispatch.embedded_postgres._open_to_all", lambda place: False)
    own_postgres.start()
    assert (own_postgres.folder / "programs").is_dir() == (os.geteuid() == 0)
