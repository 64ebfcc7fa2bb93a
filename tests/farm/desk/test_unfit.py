"""An app that one kind of phone cannot take goes to another kind; only where there is none it is told so."""

from pathlib import Path

import pytest
from sqlalchemy import select

from device_farm.desk.next_unit import KnownPhone
from device_farm.dispatch.phone_snapshots import killed_by
from device_farm.execution.fault_attribution import Blame, fault_result
from device_farm.execution.incompatible import same_kind
from device_farm.store.database import Store
from device_farm.store.models import Attempt, Device, Unit
from device_farm.store.transitions import Ended
from device_farm.units.job import Job, Phone
from device_farm.units.unit import End, Plan, UnitState
from harness.errors import CommandFailed
from tests.apk_builder import build_apk
from tests.farm.desk.shelves import FakeShelf, FakeWork, coordinator, desk, fault, judged


def shelf_of(store: Store, *kinds: dict[str, str]) -> FakeShelf:
    pool = FakeShelf(store, len(kinds))
    with store.begin() as session:
        for executor, labels in zip(pool.executors(), kinds, strict=True):
            session.get_one(Device, executor.known.device).labels = labels
            executor.known = KnownPhone(executor.known.device, labels)
    return pool


def only_on(version: str, end: End) -> FakeWork:
    """Work of an app that phones of one Android take."""

    def told(job: Job, phone: Phone) -> Ended:
        return judged("clear") if phone.address == f"phone-{version}" else fault(end)

    return FakeWork(told)


def ends(store: Store) -> list[tuple[str | None, int | None]]:
    with store.begin() as session:
        return [(end, device) for end, device in session.execute(select(Attempt.end, Attempt.device_id).order_by(Attempt.number))]


def test_it_goes_to_the_kind_that_takes_it_and_to_no_other_that_is_as_unfit(tmp_path: Path) -> None:
    store = desk(tmp_path, 1)
    pool = shelf_of(store, *({"android": version} for version in ("10", "9", "8.1", "13")))
    coordinator(store, pool, only_on("3", End.TOO_OLD), tmp_path).run()
    with store.begin() as session:
        unit = session.scalars(select(Unit)).one()
        assert (unit.state, unit.outcome) == (UnitState.DONE, "clear")
    found = [end for end, _device in ends(store)]
    assert found == ["too-old", "done"], "those of the same or an older Android were not tried"
    assert pool.ends[0][1] is End.TOO_OLD


def test_where_no_kind_takes_it_that_is_told_with_what_there_is(tmp_path: Path) -> None:
    store = desk(tmp_path, 1)
    pool = shelf_of(store, {"android": "10"}, {"android": "11"}, {"android": "9"})
    coordinator(store, pool, only_on("7", End.TOO_OLD), tmp_path).run()
    with store.begin() as session:
        unit = session.scalars(select(Unit)).one()
        assert (unit.state, unit.outcome) == (UnitState.DONE, "inconclusive")
        assert unit.reason_en == "no kind of phone here can take it: too-old; there is android=10, android=11, android=9"
    assert ends(store)[-1][0] == "app-fault"
    assert len(ends(store)) == 2


def test_a_phone_that_was_not_asked_for_is_no_other_kind(tmp_path: Path) -> None:
    store = desk(tmp_path, 1, plan=Plan((5,), requirement="rom=miui"))
    pool = shelf_of(store, {"abi": "arm64-v8a", "rom": "miui"}, {"abi": "x86_64", "rom": "pixel"})
    coordinator(store, pool, only_on("1", End.OTHER_ABI), tmp_path).run()
    assert [end for end, _device in ends(store)] == ["app-fault"]


def test_a_farm_knows_all_phones_of_a_kind_that_was_unfit(tmp_path: Path) -> None:
    store = desk(tmp_path, 1)
    pool = shelf_of(store, {"android": "10"}, {"android": "13"})
    coordinator(store, pool, only_on("1", End.TOO_OLD), tmp_path).run()
    with store.begin() as session:
        session.get_one(Device, pool.executors()[1].known.device).labels = {"android": "9"}
        assert killed_by(session, [1]) == {1: {executor.known.device for executor in pool.executors()}}
        assert killed_by(session, [2]) == {}


@pytest.mark.parametrize(
    ("end", "tried", "other", "same"),
    [
        (End.TOO_OLD, {"android": "10"}, {"android": "9"}, True),
        (End.TOO_OLD, {"android": "10"}, {"android": "11"}, False),
        (End.TOO_NEW, {"android": "14"}, {"android": "15"}, True),
        (End.TOO_NEW, {"android": "14"}, {"android": "8.1"}, False),
        (End.TOO_OLD, {"android": "V"}, {"android": "V"}, True),
        (End.TOO_OLD, {"android": "V"}, {"android": "15"}, False),
        (End.OTHER_ABI, {"abi": "arm64-v8a"}, {"abi": "arm64-v8a", "android": "9"}, True),
        (End.OTHER_ABI, {"abi": "arm64-v8a"}, {"abi": "x86_64"}, False),
    ],
)
def test_what_is_of_the_same_kind(end: End, tried: dict[str, str], other: dict[str, str], same: bool) -> None:
    assert same_kind(end, tried, other) is same


def test_what_it_needs_is_read_from_the_apk(tmp_path: Path) -> None:
    app = tmp_path / "a.apk"
    app.write_bytes(build_apk(**{"lib/armeabi-v7a/liba.so": b"", "lib/x86/liba.so": b"", "lib/x86/libb.so": b""}))
    told = fault_result(CommandFailed(f"install {app}", 1, "Failure [INSTALL_FAILED_OLDER_SDK: no]"), Blame.OPENING, -1, str(app))
    assert (told.end, str(told.reason).startswith("it needs Android with API 21 or newer: ")) == (End.TOO_OLD, True)
    told = fault_result(CommandFailed(f"install {app}", 1, "Failure [INSTALL_FAILED_NO_MATCHING_ABIS: -113]"), Blame.OPENING, -1, str(app))
    assert (told.end, str(told.reason).startswith("it needs a processor of armeabi-v7a, x86: ")) == (End.OTHER_ABI, True)
