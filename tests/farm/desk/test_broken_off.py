"""What a process that was killed had recorded: its owner seals it, it never looks whole, and the status names it."""

import json
import os
import tarfile
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from device_farm.desk.desk_status import broken_words, units
from device_farm.execution.run_unit import Sealed, seal_folders, seal_interrupted
from device_farm.store.database import Store
from device_farm.store.models import Attempt, Happening
from device_farm.store.transitions import Ended, begin, expire, finish, note_run
from device_farm.units.unit import End
from harness.custody.integrity import verify
from harness.device.file_lock import hold
from harness.recording.journal import JOURNAL
from harness.recording.lists import sealed_root
from harness.recording.run_format import FORMAT, RUN
from harness.verdicts.analysis import examine
from tests.farm.desk.shelves import desk

ARCHIVE = Path(__file__).parents[2] / "data" / "old_runs" / "puzzle-consent.tar.xz"


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A run of today's format whose process was killed at once: its streams, a journal without a line, and no seal."""
    with tarfile.open(ARCHIVE) as archive:
        archive.extractall(tmp_path / "runs", filter="data")
    (journal,) = (tmp_path / "runs").glob(f"**/{JOURNAL}")
    folder = journal.parents[1]
    for path in folder.iterdir():
        if path.is_file() and path.name != RUN:
            path.unlink()
    journal.write_bytes(b"")
    run = json.loads((folder / RUN).read_bytes())
    (folder / RUN).write_text(json.dumps(run | {"format": FORMAT}), "utf-8")
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return desk(tmp_path, 1)


def lost(store: Store, run: str) -> None:
    """A try that recorded something, and whose worker is gone."""
    with store.begin() as session:
        attempt = begin(session, 1, device=None, worker="gone", lease_seconds=60)
        note_run(session, attempt.id, run)
        expire(session, worker="gone")


def test_all_that_was_recorded_is_sealed_and_is_no_whole_run(broken: Path) -> None:
    before = {path: path.read_bytes() for path in broken.rglob("*") if path.is_file()}
    told: list[Any] = []
    seal_folders(told.append, [str(broken), str(broken / "raw"), str(broken.parent / "nothing")])
    assert [each for each in told if isinstance(each, Sealed)] == [Sealed(str(broken), sealed_root(broken))]
    checked = verify(broken)
    assert (checked.differences, bool(checked.sealed_later)) == ((), True)
    assert all(path.read_bytes() == data for path, data in before.items())
    assert examine(broken).unfinished is not None
    seal_folders(told.append, [str(broken)])
    assert told[-1] == Sealed(str(broken), sealed_root(broken)), "sealed once, and told again"


def test_what_nobody_was_there_to_end_is_sealed_by_the_next_and_the_status_names_it(store: Store, broken: Path) -> None:
    lost(store, str(broken))
    (unit,) = units(store)
    assert unit["broken_off"] == [{"attempt": 1, "end": "lost", "run": str(broken), "root": None}]
    assert "is not sealed" in str(next(broken_words(unit)))
    with (broken / JOURNAL).open("r+b") as file:
        hold(file.fileno(), wait=False)
        assert seal_interrupted(store), "it is recorded still"
    assert not sealed_root(broken)
    assert not seal_interrupted(store)
    (unit,) = units(store)
    assert unit["broken_off"][0]["root"] == sealed_root(broken) != ""
    assert (unit["state"], unit["outcome"]) == ("waiting", None)
    assert str(broken) in str(next(broken_words(unit)))
    with store.begin() as session:
        assert session.scalars(select(Happening.kind)).all() == ["sealed"]


def test_a_farm_seals_the_folders_of_its_own_host_and_phone_alone(store: Store, broken: Path) -> None:
    lost(store, f"a_b:{broken}")
    assert not seal_interrupted(store, host="axb")
    assert not seal_interrupted(store, host="a_b", device=7)
    assert not sealed_root(broken)
    assert not seal_interrupted(store, host="a_b")
    with store.begin() as session:
        assert session.scalars(select(Attempt.root)).one() == sealed_root(broken) != ""


def test_an_answer_is_not_broken_off(store: Store, tmp_path: Path) -> None:
    with store.begin() as session:
        attempt = begin(session, 1, device=None, worker=f"desk:{os.getpid()}", lease_seconds=60)
        assert attempt is not None
        finish(session, attempt, Ended(End.APP_FAULT, run=str(tmp_path)))
    (unit,) = units(store)
    assert unit["broken_off"] == []
