"""Units go out by priority, label and time to workers that are processes, and come home once."""

from datetime import timedelta

from sqlalchemy import select, update

from device_farm.dispatch.engine import own_queue, queue_name
from device_farm.dispatch.farm_scheduler import reap
from device_farm.dispatch.feeder import feed
from device_farm.phones.phone_transitions import drain
from device_farm.store.database import now
from device_farm.store.models import App, Campaign, Device, Happening, Unit
from device_farm.store.transitions import Ended, begin, cancel, expire, finish, queue, retry
from device_farm.units.unit import End, UnitState
from harness.language import Text
from tests.farm.dispatch.shelf import Shelf, until


def test_two_workers_share_the_units(farm: Shelf) -> None:
    units = farm.add_units(20)
    for address in ("a", "b"):
        farm.start_worker(farm.add_phone(address), seconds=0.05)
    with farm.serving():
        until(farm.ended, "all units are done")
    farm.need_each_once(units)
    assert {row["phone"] for row in farm.log} == {"a", "b"}


def test_the_urgent_come_first_and_each_goes_where_it_fits(farm: Shelf) -> None:
    long = "abi=arm64-v8a|android=13|kind=virtual|rom=miui"
    units = {
        "backlog": farm.add_units(2, priority=0),
        "tonight": farm.add_units(2),
        "again": farm.add_units(2, priority=100),
        "miui": farm.add_units(2, requirement=long),
        "pixel": farm.add_units(2, requirement="rom=pixel"),
        "none": farm.add_units(1, requirement="rom=nobody"),
    }
    farm.add_phone("pixel", abi="arm64-v8a", android="13", kind="virtual", rom="pixel")
    miui = farm.add_phone("miui", abi="arm64-v8a", android="13", kind="virtual", rom="miui")
    with farm.serving() as said:
        until(lambda: list(farm.states().values()).count(UnitState.QUEUED) == 10, "all that fits is queued")
        farm.start_worker(miui)
        until(lambda: sum(state == UnitState.DONE for state in farm.states().values()) == 8, "all but the pixel's are done")
        begun = [row["unit"] for row in farm.log if row["what"] == "begun"]
        assert begun[:2] == units["again"]
        assert sorted(begun[2:6]) == sorted([*units["tonight"], *units["miui"]])
        assert begun[6:] == units["backlog"]
        states = farm.states()
    assert [states[unit] for unit in units["pixel"]] == [UnitState.QUEUED] * 2
    assert [states[unit] for unit in units["none"]] == [UnitState.WAITING]
    assert "no phone of the farm is rom=nobody: units that wait for one: 1" in said
    with farm.store.begin() as session:
        assert session.scalars(select(Happening.kind).order_by(Happening.id)).all() == ["serve", "no-phone"]


def test_a_queue_with_a_long_name_can_be_listened_to(farm: Shelf) -> None:
    """PostgreSQL's channels have 63 characters: a longer name would refuse the whole transaction."""
    needed = "abi=armeabi-v7a|android=13|kind=real|rom=coloros|serial=0123456789ABCDEF0123456789ABCDEF"
    units = farm.add_units(1, requirement=needed)
    words = dict(word.split("=") for word in needed.split("|"))
    farm.start_worker(farm.add_phone("long", **words))
    with farm.serving():
        until(farm.ended, "the unit is done")
    farm.need_each_once(units)
    assert len(queue_name(needed)) <= 38
    assert queue_name(needed) != queue_name(needed.replace("coloros", "coloroz"))


def test_no_more_than_the_window_is_queued_and_the_urgent_get_in(farm: Shelf) -> None:
    farm.add_phone("a", rom="miui")
    old = farm.add_units(6)
    with farm.store.begin() as session:
        assert feed(session, farm.engine, window=4).units == 4
        assert feed(session, farm.engine, window=4).units == 0
    assert [farm.states()[unit] for unit in old] == [UnitState.QUEUED] * 4 + [UnitState.WAITING] * 2
    new = farm.add_units(2, priority=100)
    with farm.store.begin() as session:
        assert feed(session, farm.engine, window=4).units == 2
        assert sum(farm.engine.counts(session).values()) == 4
    assert [farm.states()[unit] for unit in new] == [UnitState.QUEUED] * 2
    assert [farm.states()[unit] for unit in old] == [UnitState.QUEUED] * 2 + [UnitState.WAITING] * 4


def test_many_units_of_one_kind_leave_room_for_another(farm: Shelf) -> None:
    farm.add_phone("a", rom="miui")
    many = farm.add_units(10)
    with farm.store.begin() as session:
        feed(session, farm.engine, window=6)
    few = farm.add_units(3, requirement="rom=miui")
    with farm.store.begin() as session:
        feed(session, farm.engine, window=6)
    with farm.store.begin() as session:
        feed(session, farm.engine, window=6)
        assert farm.engine.counts(session) == {"any": 3, "rom=miui": 3}
    assert [farm.states()[unit] for unit in few] == [UnitState.QUEUED] * 3
    assert [farm.states()[unit] for unit in many] == [UnitState.QUEUED] * 3 + [UnitState.WAITING] * 7


def test_a_campaign_has_its_night(farm: Shelf) -> None:
    phone = farm.add_phone("a")
    early, late, open_now = (farm.add_units(1, campaign=name)[0] for name in ("early", "late", "open"))
    with farm.store.begin() as session:
        at = now(session)
        for name, begins, ends in (("early", 1, 2), ("late", -2, -1), ("open", -1, 1)):
            window = {"begins_at": at + timedelta(hours=begins), "ends_at": at + timedelta(hours=ends)}
            session.execute(update(Campaign).where(Campaign.name == name).values(window))
        feed(session, farm.engine)
    states = farm.states()
    assert (states[early], states[late], states[open_now]) == (UnitState.WAITING, UnitState.WAITING, UnitState.QUEUED)
    with farm.store.begin() as session:
        session.execute(update(Campaign).where(Campaign.name == "open").values(ends_at=at - timedelta(seconds=1)))
    farm.start_worker(phone)
    until(lambda: farm.states()[open_now] == UnitState.WAITING, "what was queued when the night ended waits again")
    assert farm.log == []


def test_cancelled_units_are_not_begun_and_running_ones_stop(farm: Shelf) -> None:
    running, queued = farm.add_units(2)
    farm.start_worker(farm.add_phone("a"), seconds=600)
    with farm.serving():
        until(lambda: farm.states() == {running: UnitState.RUNNING, queued: UnitState.QUEUED}, "one runs")
        with farm.store.begin() as session:
            assert cancel(session, [running, queued]) == 2
        until(lambda: [row["what"] for row in farm.log] == ["begun", "stopped"], "it stopped")
        until(lambda: farm.tries(running)[0][1] is not None, "its end is written")
        with farm.store.begin() as session:
            assert retry(session, [queued]) == 1
        until(lambda: farm.states()[queued] == UnitState.RUNNING, "it was tried again after all")
    assert farm.states()[running] == UnitState.CANCELLED
    with farm.store.begin() as session:
        assert session.get_one(Unit, running).outcome is None


def test_a_phone_that_fails_loses_the_unit_to_another(farm: Shelf) -> None:
    """Although it is the one that is free: it would fail again."""
    bad, good = farm.add_phone("bad"), farm.add_phone("good")
    (unit,) = farm.add_units(1)
    farm.start_worker(bad, sick="bad")
    with farm.serving():
        until(lambda: len(farm.tries(unit)) == 1 and farm.states()[unit] == UnitState.QUEUED, "it waits for the other")
        with farm.store.begin() as session:
            assert farm.engine.counts(session) == {own_queue(good): 1}
        farm.start_worker(good, sick="bad")
        until(farm.ended, "the unit is done")
    assert farm.tries(unit) == [(1, End.DEVICE_FAULT, bad), (2, End.DONE, good)]


def test_an_app_for_a_newer_android_goes_to_a_phone_that_has_it_and_is_told_where_none_has(farm: Shelf) -> None:
    old, older, new = farm.add_phone("old", android="10"), farm.add_phone("older", android="9"), farm.add_phone("new", android="13")
    (unit,) = farm.add_units(1)
    farm.start_worker(old, sick="old", end=End.TOO_OLD)
    with farm.serving():
        until(lambda: len(farm.tries(unit)) == 1 and farm.states()[unit] == UnitState.QUEUED, "it waits for another kind")
        with farm.store.begin() as session:
            assert farm.engine.counts(session) == {own_queue(new): 1}
        farm.start_worker(new)
        until(farm.ended, "the unit is done")
        assert farm.tries(unit) == [(1, End.TOO_OLD, old), (2, End.DONE, new)]
        with farm.store.begin() as session:
            for phone in (older, new):
                session.get_one(Device, phone).state = "offline"
        (other,) = farm.add_units(1)
        until(farm.ended, "the other is done")
    assert farm.tries(other) == [(1, End.APP_FAULT, old)]


def test_what_was_kept_for_a_phone_that_goes_away_goes_elsewhere(farm: Shelf) -> None:
    phones = [farm.add_phone(address) for address in ("a", "b", "c")]
    (unit,) = farm.add_units(1)
    with farm.store.begin() as session:
        attempt = begin(session, unit, device=phones[0], worker="desk/a", lease_seconds=60)
        assert attempt is not None
        finish(session, attempt, Ended(End.DEVICE_FAULT, Text("gone")))
        feed(session, farm.engine)
        (kept,) = farm.engine.counts(session)
        kept_for = int(kept.removeprefix("phone-"))
        drain(session, kept_for, Text("out"))
        assert reap(session, farm.engine, farm.intervals) == 1
        feed(session, farm.engine)
        (other,) = set(phones) - {phones[0], kept_for}
        assert farm.engine.counts(session) == {own_queue(other): 1}
        drain(session, other, Text("out"))
        reap(session, farm.engine, farm.intervals)
        feed(session, farm.engine)
        assert farm.engine.counts(session) == {"any": 1}, "nobody else is left: the same phone may try again"


def test_a_unit_of_a_newer_version_is_not_touched(farm: Shelf) -> None:
    (unit,) = farm.add_units(1, version="99.1")
    worker = farm.start_worker(farm.add_phone("a"))
    with farm.serving():
        until(lambda: worker.poll() is not None, "the worker ends")
    assert worker.returncode == 3
    assert farm.tries(unit) == []
    assert "was submitted by AppRights 99.1" in (farm.folder / "a.out").read_text("utf-8")


def test_a_queued_unit_without_a_job_waits_again(farm: Shelf) -> None:
    """As after a restore of one table, or a worker that died between taking the job and beginning the unit."""
    (unit,) = farm.add_units(1)
    farm.add_phone("a")
    with farm.store.begin() as session:
        queue(session, [unit])
        assert reap(session, farm.engine, farm.intervals) == 1
        assert session.get_one(Unit, unit).state == UnitState.WAITING


def test_a_phone_that_may_not_take_anything_takes_nothing(farm: Shelf) -> None:
    held = farm.add_phone("held")
    units = farm.add_units(2)
    with farm.store.begin() as session:
        drain(session, held, Text("out"))
    farm.start_worker(held)
    farm.start_worker(farm.add_phone("free"), seconds=0.1)
    with farm.serving():
        until(farm.ended, "the other does all")
    assert {row["phone"] for row in farm.log} == {"free"}
    farm.need_each_once(units)


def test_a_phone_on_trial_gets_what_can_wait(farm: Shelf) -> None:
    urgent, backlog = farm.add_units(1, priority=100) + farm.add_units(1, priority=0)
    phone = farm.add_phone("a")
    with farm.store.begin() as session:
        session.execute(update(Device).values(state="trial"))
    farm.start_worker(phone)
    with farm.serving():
        until(farm.ended, "both are done")
    assert [row["unit"] for row in farm.log if row["what"] == "begun"] == [backlog, urgent]


def test_a_lease_goes_by_the_clock_of_the_store(farm: Shelf) -> None:
    (unit,) = farm.add_units(1)
    with farm.store.begin() as session:
        attempt = begin(session, unit, device=None, worker="desk/a", lease_seconds=3600)
        assert attempt is not None
        assert expire(session) == []
        assert abs((attempt.started_at - now(session)).total_seconds()) < 60


def test_units_of_a_night_are_begun_together_and_end_one_by_one(farm: Shelf) -> None:
    """Of one campaign and different makers; one that is urgent and single does not wait for the night."""
    night = farm.add_units(5, kind="night")
    other = farm.add_units(1, kind="night", campaign="tomorrow")
    with farm.store.begin() as session:
        for unit in night[:2]:
            session.execute(update(App).where(App.id == session.get_one(Unit, unit).app_id).values(signer="one maker"))
    farm.start_worker(farm.add_phone("a"))
    with farm.serving():
        until(farm.ended, "all units are done")
    farm.need_each_once([*night, *other])
    together: dict[object, list[int]] = {}
    for row in farm.log:
        if row["what"] == "begun":
            together.setdefault(tuple(row["night"]), []).append(row["unit"])
    assert sorted(together.values()) == sorted([[night[0], *night[2:]], [night[1]], other])
